"""Whether two cells hold the same number, and how each is shown."""

from __future__ import annotations

from app.domain.document import Entry
from app.domain.numerals import Numeral, numerals
from app.domain.seals import stored_key

_NEAR = 1e-9
_MOST, _GENERAL = 12, 3  # decimals: those that rounding is tried to, and the fewest of a number shown in no format


def is_same(expected: Entry, found: Entry) -> bool:
    """Whether a stored number is the expected one, or that rounded to no fewer decimals than it is shown with."""
    if expected.value is None or found.value is None:
        return False
    return _is_near(expected.value, found.value) or _is_rounded(expected.value, found.value, least_digits(expected))


def least_digits(cell: Entry) -> int:
    """Return the decimals that a stored number is shown with: of a fraction shown as a percentage two more."""
    return (cell.digits if cell.digits < _MOST - _GENERAL else _GENERAL) + 2 * cell.percent


def says(found: Numeral, expected: Entry) -> bool:
    """Whether a number written as text is the expected stored one, to the decimals written and no fewer than are shown."""
    value = found.value
    if expected.value is None or value is None:
        return False
    digits = len(found.text.partition(".")[2].rstrip("%％")) + 2 * found.key.endswith("%")
    return digits >= least_digits(expected) and _is_near(round(expected.value, digits), value)


def shown(cell: Entry) -> str:
    """Return a cell as a reader sees it."""
    if cell.value is None:
        return cell.text
    if cell.digits > _MOST - _GENERAL - 1:
        return f"{cell.value:.6g}"
    return f"{cell.value * 100:.{cell.digits}f}%" if cell.percent else f"{cell.value:,.{cell.digits}f}"


def both_shown(expected: Entry, found: Entry) -> tuple[str, str]:
    """Return both cells as a reader sees them, with all their digits where they would look the same."""
    texts = shown(expected), shown(found)
    if texts[0] != texts[1] or expected.value is None or found.value is None:
        return texts
    return stored_key(expected.value), stored_key(found.value)


def single(text: str) -> Numeral | None:
    """Return the number that a text is all of, None where it holds none or more."""
    found = [each for each in numerals(text) if not each.code]
    return found[0] if len(found) == 1 else None


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(1.0, abs(one))


def _is_rounded(value: float, other: float, least: int) -> bool:
    return any(_is_near(round(value, digits), other) for digits in range(least, _MOST))
