"""Unified social credit codes with right check characters (GB 32100-2015, its organisation code by GB 11714-1997)."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_check(body: str) -> str:
    """Return the check character of an eight-character organisation code (GB 11714-1997)."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, _INNER_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def check_character(first_seventeen: str) -> str:
    """Return the eighteenth character of a credit code (GB 32100-2015)."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def credit_code(kind: str, division: str, body: str) -> str:
    """Return the whole code: `kind` authority and entity type (two), `division` (six), `body` (eight characters)."""
    first = kind + division + body + organisation_check(body)
    return first + check_character(first)


def with_wrong_check(code: str) -> str:
    """Return `code` with another last character, so that its check fails."""
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 7) % 31]
