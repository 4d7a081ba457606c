"""Unified social credit codes (GB 32100-2015): 18 characters, the last a check over the first 17, mod 31.

Characters 9 to 17 are the organisation code (GB 11714-1997), whose own last character is a check over its first eight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015, table 2: no I O S V Z
LENGTH = 18
_WEIGHTS = np.array([pow(3, place, 31) for place in range(LENGTH - 1)], dtype=np.int64)
_VALUES = np.full(128, -1, dtype=np.int64)
_VALUES[[ord(letter) for letter in ALPHABET]] = np.arange(len(ALPHABET))
_DIVISION = slice(2, 8)  # the administrative division: digits only
_PROVINCE = slice(2, 4)
_BODY = slice(8, 17)
_BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)  # GB 11714-1997
_BODY_VALUES = np.full(128, -1, dtype=np.int64)
_BODY_VALUES[[ord(letter) for letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"]] = np.arange(36)
_BODY_CHECKS = np.array([ord(mark) for mark in "0X987654321"], dtype=np.int64)  # by the sum mod 11
_NOWHERE = "99"  # no province has this number (GB/T 2260); the demonstration county carries it in every code
_TENS = ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 83))
_PLACES = frozenset(str(number) for first, stop in _TENS for number in range(first, stop)) | {_NOWHERE}  # GB/T 2260
# Look-alikes: letters that a code never holds, and characters of which it may hold either.
_NEVER = {"O": "0", "I": "1", "S": "5", "Z": "2", "V": "U"}
_ALIKE = {"8": "B", "B": "8", "0": "D", "D": "0", "6": "G", "G": "6"}


def valid_codes(codes: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return for each code whether form and both check characters are right; shape (n,)."""
    right = np.zeros(len(codes), dtype=bool)
    places = [index for index, code in enumerate(codes) if len(code) == LENGTH and code.isascii()]
    if not places:
        return right
    letters = _letters([codes[index] for index in places])
    values = _VALUES[letters]
    formed = (values >= 0).all(axis=1) & (values[:, _DIVISION] <= 9).all(axis=1)
    checks = (-(values[:, :-1] @ _WEIGHTS)) % 31
    right[places] = formed & (checks == values[:, -1]) & _sound_bodies(letters)
    return right


def code_fault(code: str) -> tuple[str, str]:
    """Return the finding code of an invalid code, and the valid code that was likely meant ("" when none is likely).

    A repair is offered when it is the only one of its kind that makes both checks right, and touches only what is wrong.
    """
    if len(code) != LENGTH:
        meant = _only_valid(_with_length(code))
        return ("code.length", "") if not meant else ("code.extra" if len(code) > LENGTH else "code.missing", meant)
    if any(letter in _NEVER for letter in code):
        return "code.confused", _only_valid([looked_alike(code)])
    if any(letter not in ALPHABET for letter in code):
        return "code.letters", ""
    fault = "code.check" if _sound_bodies(_letters([code]))[0] else "code.body"
    once, twice = _alike(code, fault)
    meant = _only_valid(once) or _only_valid([*once, *twice])
    if meant:
        return "code.confused", meant
    meant = _only_valid(_swapped(code, fault))
    return ("code.swapped", meant) if meant else (fault, "")


def looked_alike(code: str) -> str:
    """Return a code with the letters that no code holds as what they look like."""
    return "".join(_NEVER.get(letter, letter) for letter in code)


def invented(codes: Sequence[str]) -> bool:
    """Whether most of the codes that are given name a province that does not exist, so that the firms are invented."""
    given = [code for code in codes if len(code) == LENGTH]
    return sum(code[_PROVINCE] == _NOWHERE for code in given) * 2 > len(given)


def _letters(codes: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.array(codes, dtype=f"S{LENGTH}").view(np.uint8).reshape(-1, LENGTH)


def _sound_bodies(letters: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Return for each code whether its organisation code passes its own check (GB 11714-1997); shape (n,)."""
    values = _BODY_VALUES[letters[:, 8:16]]
    sound: npt.NDArray[np.bool_] = (values >= 0).all(axis=1) & (_BODY_CHECKS[values @ _BODY_WEIGHTS % 11] == letters[:, 16])
    return sound


def _with_length(code: str) -> list[str]:
    """Return the codes of right length from which one character was lost, or into which one came."""
    if len(code) == LENGTH + 1:
        return [code[:place] + code[place + 1 :] for place in range(LENGTH + 1)]
    if len(code) == LENGTH - 1:
        return [code[:place] + letter + code[place:] for place in range(LENGTH) for letter in ALPHABET]
    return []


def _alike(code: str, fault: str) -> tuple[list[str], list[str]]:
    """Return the code with a look-alike at one place and at two: in the organisation code if that is wrong, else at the end."""
    wrong = [*range(8, 17)] if fault == "code.body" else [17]
    wrong += [place for place in range(2, 8) if not code[place].isdigit()]
    places = [place for place in wrong if code[place] in _ALIKE]
    once = [_swap(code, place) for place in places]
    return once, [_swap(_swap(code, one), other) for one, other in combinations(places, 2)]


def _swap(code: str, place: int) -> str:
    return code[:place] + _ALIKE[code[place]] + code[place + 1 :]


def _swapped(code: str, fault: str) -> list[str]:
    """Return the code with two neighbours changed round: in the organisation code if that is wrong, else in the division.

    Where the organisation code is sound, only an impossible province tells that the division is what is wrong.
    """
    if fault == "code.body":
        pairs = range(7, 17)
    elif code[_PROVINCE] not in _PLACES:
        pairs = range(1, 7)
    else:
        return []
    return [code[:place] + code[place + 1] + code[place] + code[place + 2 :] for place in pairs]


def _only_valid(candidates: Iterable[str]) -> str:
    """Return the one valid code of a possible place among the candidates, "" when there is none or more than one."""
    distinct = sorted(set(candidates))
    valid = [code for code, right in zip(distinct, valid_codes(distinct), strict=True) if right]
    possible = [code for code in valid if code[_PROVINCE] in _PLACES]
    return possible[0] if len(possible) == 1 else ""
