"""A package is read back only when all of it is what was signed and what it must be; all else is one plain sentence."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.receipt import Receipt, ReceiptItem
from app.files.receipt_file import read_receipt, write_receipt
from app.files.records import encode_record
from app.files.relay_file import read_relay, write_relay
from app.files.relay_keys import own_fingerprint
from tests.unit.files.relay_samples import content, signed_anyhow, table


@pytest.fixture
def key(tmp_path):
    return tmp_path / "key" / "k.pem"


@pytest.fixture
def package(tmp_path, key):
    write_relay(tmp_path / "a.zhrelay", content(), key)
    return tmp_path / "a.zhrelay"


def refusal(path, texts):
    with pytest.raises(UserError) as caught:
        read_relay(path)
    assert texts(f"error.{caught.value.code}", **caught.value.params)
    return caught.value.code


def test_that_a_package_comes_back_as_it_was_written(package, key):
    found = read_relay(package)
    assert found.content == content()
    assert found.fingerprint == own_fingerprint(key)
    assert len(found.content_hash) == 64


def test_that_the_same_content_gives_the_same_bytes(package, tmp_path, key):
    write_relay(tmp_path / "b.zhrelay", content(), key)
    assert (tmp_path / "b.zhrelay").read_bytes() == package.read_bytes()


def test_that_how_the_file_is_laid_out_does_not_matter(package, tmp_path):
    other = tmp_path / "b.zhrelay"
    other.write_text("\ufeff" + json.dumps(json.loads(package.read_text()), indent=4), encoding="utf-8")
    assert read_relay(other) == read_relay(package)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_that_no_altered_byte_gives_another_package(package, at, by):
    raw = bytearray(package.read_bytes())
    raw[at % len(raw)] ^= by
    other = package.with_name("b.zhrelay")
    other.write_bytes(bytes(raw))
    with contextlib.suppress(UserError):
        assert read_relay(other).content == content()  # a space more or less is no other package


@pytest.mark.parametrize("part", [0.0, 0.2, 0.9, 0.999])
def test_that_a_package_cut_short_is_refused(package, zh, part):
    raw = package.read_bytes().rstrip()
    package.write_bytes(raw[: int(len(raw) * part)])
    assert refusal(package, zh) in ("relay.cut", "relay.foreign")


def test_that_a_number_altered_after_signing_is_found(package, zh):
    package.write_text(package.read_text(encoding="utf-8").replace('"n": 10', '"n": 11'), encoding="utf-8")
    assert refusal(package, zh) == "relay.signature"


def test_that_a_signature_of_another_key_or_of_another_format_is_none(package, tmp_path, zh):
    mine, other = json.loads(package.read_text()), tmp_path / "other.pem"
    write_relay(tmp_path / "b.zhrelay", content(), other)
    theirs = json.loads((tmp_path / "b.zhrelay").read_text())
    package.write_text(json.dumps({**mine, "key": theirs["key"]}))
    assert refusal(package, zh) == "relay.signature"
    package.write_text(json.dumps({**mine, "signature": "zz"}))
    assert refusal(package, zh) == "relay.signature"
    signed_anyhow(package, other, form="zhiheng-receipt")
    package.write_text(package.read_text().replace("zhiheng-receipt", "zhiheng-relay"))
    assert refusal(package, zh) == "relay.signature"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "relay.foreign"),
        (b"[]", "relay.foreign"),
        (b"{}", "relay.foreign"),
        (b"\xff\xfe\x00", "relay.foreign"),
        (b'{"format": "zhiheng-relay", "version": true}', "relay.foreign"),
        (b'{"format": "zhiheng-relay", "version": 1}', "relay.foreign"),
        (b'{"format": "zhiheng-relay", "version": 99}', "relay.newer"),
        (b'{"format": "zhiheng-relay", "format": "zhiheng-relay"}', "relay.cut"),
        (b'{"format": NaN}', "relay.cut"),
        (b'{"format": 1e999}', "relay.cut"),
        (b'{"format": ' + b"9" * 5000 + b"}", "relay.cut"),
        (b'{"a": ' + b"[" * 200_000, "relay.cut"),
        (b'{"a": "' + b"x" * (9 << 20), "relay.too_large"),
    ],
    ids=range(13),
)
def test_that_what_is_no_package_is_called_so(tmp_path, zh, raw, code):
    path = tmp_path / "a.zhrelay"
    path.write_bytes(raw)
    assert refusal(path, zh) == code


def test_that_an_archive_a_folder_and_nothing_are_no_packages(tmp_path, zh):
    with zipfile.ZipFile(tmp_path / "a.zhrelay", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x", b"0" * 1_000_000)
    (tmp_path / "b.zhrelay").mkdir()
    assert refusal(tmp_path / "a.zhrelay", zh) == "relay.foreign"
    assert refusal(tmp_path / "b.zhrelay", zh) == "relay.foreign"
    assert refusal(tmp_path / "c.zhrelay", zh) == "file.missing"


BAD_TABLE = json.loads(encode_record(table(A=10, C=20, all=30)))


def with_cell(**changed):
    rows = [dict(BAD_TABLE["rows"][0], cells=[{**BAD_TABLE["rows"][0]["cells"][0], **changed}]), *BAD_TABLE["rows"][1:]]
    return {"tables": [{**BAD_TABLE, "rows": rows}]}


@pytest.mark.parametrize(
    "changed",
    [
        {"tables": []},
        {"tables": [{**BAD_TABLE, "rounded": 7}]},
        {"tables": [{**BAD_TABLE, "rounded": -5}]},
        {"tables": [{**BAD_TABLE, "rounded": 5, "unit": "people"}]},
        {"tables": "x"},
        {"surprise": 1},
        {"firms": [{"name": "甲"}]},
        with_cell(told=0),
        with_cell(n=None),
        with_cell(n=-1),
        with_cell(told=2, of=2),
        with_cell(value=1e300),
        with_cell(n="10"),
        {"tables": [{**BAD_TABLE, "rows": BAD_TABLE["rows"][:2]}]},
        {"tables": [{**BAD_TABLE, "rows": [*BAD_TABLE["rows"], *BAD_TABLE["rows"]]}]},
        {"tables": [{**BAD_TABLE, "columns": ["*", "x"]}]},
        {"tables": [{**BAD_TABLE, "sums": [["*", ["no"]]]}]},
        {"tables": [BAD_TABLE, BAD_TABLE]},
        {"dates": ["gestern", "2026-06-30"]},
        {"place": {"code": "12", "name": "甲", "rank": "county"}},
        {"place": {"code": "990101", "name": "甲\x1b[2J", "rank": "county"}},
        {"place": {"code": "990101", "name": "甲", "rank": "village"}},
        {"who": "长" * 500},
    ],
    ids=range(23),
)
def test_that_a_signed_content_that_cannot_be_is_refused(tmp_path, key, zh, changed):
    path = signed_anyhow(tmp_path / "a.zhrelay", key, **changed)
    assert refusal(path, zh) == "relay.content"


@pytest.mark.parametrize("value", [{"name": "甲"}, [1, 2], "x", None, content().place])
def test_that_nothing_but_a_content_becomes_a_package(tmp_path, key, value):
    with pytest.raises(TypeError):
        write_relay(tmp_path / "a.zhrelay", value, key)
    with pytest.raises(TypeError):
        write_relay(tmp_path / "a.zhrelay", dataclasses.replace(content(), tables=()), key)
    assert not (tmp_path / "a.zhrelay").exists()


def test_that_a_receipt_comes_back_and_an_altered_one_does_not(tmp_path, key):
    receipt = Receipt("990100", "市", "王五", "2026-09-01", (ReceiptItem("a.zhrelay", "00", True),), ("回执",))
    path = tmp_path / "r.json"
    write_receipt(path, receipt, key)
    assert read_receipt(path).receipt == receipt
    path.write_text(path.read_text(encoding="utf-8").replace("王五", "赵六"), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_receipt(path)
    assert caught.value.code == "relay.signature"
