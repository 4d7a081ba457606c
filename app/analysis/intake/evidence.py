"""What the answers under a heading say about its meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice

from app.analysis.intake.clean_options import read_multi, read_single
from app.analysis.intake.clean_percent import read_share
from app.analysis.intake.clean_yes_no import read_yes_no
from app.analysis.intake.distinct import is_marker
from app.analysis.intake.option_book import Book, option_book, whole
from app.analysis.intake.quantity import read_quantity
from app.analysis.intake.tidy import tidy
from app.domain.instrument import Item, ItemType

ENOUGH = 3  # fewer answers than these prove nothing
_MOST = 12  # and more than these prove nothing more
_CODE = re.compile(r"[0-9A-Z]{17,19}", re.IGNORECASE)


def support(item: Item, answers: tuple[str, ...]) -> float | None:
    """Return the share (0–1) of distinct answers that the item could have, None when they prove nothing either way."""
    if item.type not in _TESTS:
        return None
    telling = list(islice((answer for answer in answers if not is_marker(answer)), _MOST))
    if len(telling) < min(ENOUGH, _fewest(item)):
        return None
    book = option_book(item)
    return sum(_fits(item.type, book, answer) for answer in telling) / len(telling)


@lru_cache(maxsize=65_536)
def _fits(kind: ItemType, book: Book, answer: str) -> bool:
    """Return whether an item of this kind and these options could be answered so; kept, for files answer alike."""
    return _TESTS[kind](book, answer)


def listed_share(item: Item, entries: tuple[str, ...]) -> float:
    """Return the share (0–1) of a drop-down list's entries that are options of the item, 0 for other items and no list."""
    if item.type not in (ItemType.SINGLE, ItemType.LADDER, ItemType.MULTI) or len(entries) < ENOUGH:
        return 0.0
    book = option_book(item)
    return sum(whole(tidy(entry), book) is not None for entry in entries) / len(entries)


def looks_like_codes(answers: tuple[str, ...]) -> bool:
    """Return whether nearly all of three or more answers have the shape of a credit code."""
    return len(answers) >= ENOUGH and sum(map(_is_code, answers)) >= 0.8 * len(answers)


def _fewest(item: Item) -> int:
    return 2 if item.type in (ItemType.YES_NO, ItemType.SINGLE, ItemType.LADDER) else ENOUGH


def _is_code(answer: str) -> bool:
    return bool(_CODE.fullmatch(answer.strip())) and any(map(str.isdigit, answer))


def _one(book: Book, answer: str) -> bool:
    return bool(read_single(answer, book).codes)


def _several(book: Book, answer: str) -> bool:
    return bool(read_multi(answer, book).codes)


def _number(_book: Book, answer: str) -> bool:
    quantity = read_quantity(answer) if len(answer) <= 40 else None
    return quantity is not None and quantity.unit not in ("%", "‰")


def _share(_book: Book, answer: str) -> bool:
    return len(answer) <= 40 and (read_share(tidy(answer)) is not None or _number(_book, answer))  # 0.35 and 35: the column tells


_TESTS: Mapping[ItemType, Callable[[Book, str], bool]] = {
    ItemType.YES_NO: lambda _book, answer: read_yes_no(answer) is not None,
    ItemType.SINGLE: _one,
    ItemType.LADDER: _one,
    ItemType.MULTI: _several,
    ItemType.NUMBER: _number,
    ItemType.COUNT: _number,
    ItemType.MONEY: _number,
    ItemType.PERCENT: _share,
    ItemType.CODE: lambda _book, answer: _is_code(answer),
}
