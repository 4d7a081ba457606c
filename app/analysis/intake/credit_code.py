"""Unified social credit codes (GB 32100-2015): 18 characters, the last a check over the first 17, mod 31."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015, table 2: no I O S V Z
LENGTH = 18
_WEIGHTS = np.array([pow(3, place, 31) for place in range(LENGTH - 1)], dtype=np.int64)
_VALUES = np.full(128, -1, dtype=np.int64)
_VALUES[[ord(letter) for letter in ALPHABET]] = np.arange(len(ALPHABET))
_DIVISION = slice(2, 8)  # the administrative division: digits only
_PROVINCE = slice(2, 4)
_NOWHERE = "99"  # no province has this number (GB/T 2260); the demonstration county carries it in every code
_CONFUSED = {"O": "0", "I": "1", "S": "5", "Z": "2", "V": "U"}  # letters the code never holds → what was meant


def valid_codes(codes: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return for each code whether form and check character are right; shape (n,)."""
    right = np.zeros(len(codes), dtype=bool)
    places = [index for index, code in enumerate(codes) if len(code) == LENGTH and code.isascii()]
    if not places:
        return right
    letters = np.array([codes[index] for index in places], dtype=f"S{LENGTH}").view(np.uint8).reshape(-1, LENGTH)
    values = _VALUES[letters]
    formed = (values >= 0).all(axis=1) & (values[:, _DIVISION] <= 9).all(axis=1)
    checks = (-(values[:, :-1] @ _WEIGHTS)) % 31
    right[places] = formed & (checks == values[:, -1])
    return right


def code_fault(code: str) -> tuple[str, str]:
    """Return the finding code of an invalid code, and the valid code that was likely meant ("" when none is likely)."""
    if len(code) != LENGTH:
        return "code.length", ""
    meant = "".join(_CONFUSED.get(letter, letter) for letter in code)
    if meant != code:
        return "code.confused", meant if bool(valid_codes([meant])[0]) else ""
    return ("code.letters" if any(letter not in ALPHABET for letter in code) else "code.check"), ""


def invented(codes: Sequence[str]) -> bool:
    """Whether most of the codes that are given name a province that does not exist, so that the firms are invented."""
    given = [code for code in codes if len(code) == LENGTH]
    return sum(code[_PROVINCE] == _NOWHERE for code in given) * 2 > len(given)
