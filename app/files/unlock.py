"""Opening workbooks that are locked with a password, with msoffcrypto-tool. Runs in the guarded child alone."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from app.files.read_causes import Refusal

_NO_PASSWORD: Final = "VelvetSweatshop"  # noqa: S105 — Excel locks with it what opens without asking, [MS-OFFCRYPTO] 2.3.5


def unlock(path: Path, passwords: Sequence[str]) -> bytes:
    """Return the workbook in the clear, `passwords` tried in turn; Refusal READ_PASSWORD when none fits.

    Office Open XML (agile and standard encryption) and BIFF8 workbooks (XOR, RC4, RC4 CryptoAPI), WPS's included.
    """
    tempfile.TemporaryFile = io.BytesIO  # type: ignore[assignment,misc] # msoffcrypto would put it on the disk in the clear
    with path.open("rb") as file:
        office = _opened(file)
        for password in (_NO_PASSWORD, *dict.fromkeys(passwords)):
            if _fits(office, password):
                return _decrypted(office)
    raise Refusal("READ_PASSWORD")


def _opened(file: Any) -> Any:
    import msoffcrypto

    try:
        return msoffcrypto.OfficeFile(file)
    except MemoryError:
        raise
    except Exception as error:  # schemes that it does not know (BIFF 5, rights management) raise in many ways
        raise Refusal("READ_PASSWORD") from error


def _fits(office: Any, password: str) -> bool:
    """Whether `password` opens it; one too long for an old scheme, or empty, does not."""
    if not password:
        return False
    options = {"verify_password": True} if office.format == "ooxml" else {}
    try:
        office.load_key(password=password, **options)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 — InvalidKeyError, and IndexError or ValueError for passwords no such file can have
        return False
    return True


def _decrypted(office: Any) -> bytes:
    clear = io.BytesIO()
    try:
        office.decrypt(clear)
    except MemoryError:
        raise
    except Exception as error:  # a damaged package makes the library raise in many ways
        raise Refusal("READ_DAMAGED") from error
    return clear.getvalue()
