"""The bureau's key is made once and kept to its owner; keys of others are known by where they come from."""

from __future__ import annotations

import os
import sys

import pytest

from app.domain.errors import UserError
from app.domain.relay import Acquaintance
from app.files.relay_keys import KNOWN_NAME, fingerprint, is_signed, own_fingerprint, read_known, sign, usual_key, write_known


def test_that_a_key_is_made_once_and_nobody_else_may_read_it(tmp_path):
    key = tmp_path / "new" / "key.pem"
    public, signature = sign(b"abc", key)
    assert sign(b"abc", key) == (public, signature)
    assert is_signed(b"abc", public, signature)
    assert not is_signed(b"abd", public, signature)
    assert own_fingerprint(key) == fingerprint(public)
    if sys.platform != "win32":
        assert key.stat().st_mode & 0o077 == 0


def test_that_a_fingerprint_can_be_read_out(tmp_path):
    groups = own_fingerprint(tmp_path / "key.pem").split("-")
    assert len(groups) == 8
    assert all(len(group) == 4 and group.isalnum() for group in groups)


@pytest.mark.parametrize(
    "content", [b"", b"no key", b"x" * 9000, b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_that_a_file_that_is_no_key_is_never_overwritten(tmp_path, content):
    key = tmp_path / "key.pem"
    key.write_bytes(content)
    with pytest.raises(UserError) as caught:
        sign(b"abc", key)
    assert caught.value.code == "relay.key"
    assert key.read_bytes() == content


def test_that_a_key_of_another_kind_is_none_of_ours(tmp_path):
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = ec.generate_private_key(ec.SECP256R1())
    key = tmp_path / "key.pem"
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(UserError) as caught:
        sign(b"abc", key)
    assert caught.value.code == "relay.key"


@pytest.mark.parametrize(("public", "signature"), [("zz", "00"), ("00", "00"), ("00" * 32, "00" * 64), ("", "")])
def test_that_a_malformed_signature_is_no_signature(public, signature):
    assert not is_signed(b"abc", public, signature)


def test_that_known_keys_stand_beside_the_key_and_a_spoilt_list_stops_everything(tmp_path):
    key = tmp_path / "key.pem"
    assert read_known(key) == {}
    write_known(key, {"990101": Acquaintance("东河县", "AAAA", "2026-09-01")})
    assert read_known(key)["990101"].name == "东河县"
    for spoilt in ("{", "[]", '{"990101": 1}', "[" * 100_000):
        (tmp_path / KNOWN_NAME).write_text(spoilt)
        with pytest.raises(UserError) as caught:
            read_known(key)
        assert caught.value.code == "relay.known"


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="the folder of this system's own")
def test_that_the_usual_key_is_kept_in_the_users_own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert usual_key().is_relative_to(tmp_path)
