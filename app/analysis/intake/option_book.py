"""An item's options by every way people write them: code, wording, synonym, letter, number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from app.analysis.intake.tidy import circled_numbers
from app.domain.instrument import Item, Option
from app.domain.words import normal_form

NEAR = 90.0  # similarity (0–100) from which a slip of the pen is read as the option it resembles
SEPARATORS = re.compile(r"[;；、,，/|┋│\n\r\t]+")
LABEL = re.compile(r"^\s*[(（\[]?\s*([A-Za-z]|\d{1,2})\s*[)）\].、．:：]\s*(?=\S)")
NONE = ("无", "没有", "均无", "都没有", "以上都没有", "以上均无", "none", "no", "暂无", "否", "×")
_OTHER = re.compile(r"^\s*(?:其他|其它|others?\b)", re.IGNORECASE)
_MARK = " .。、)(（）"


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """The options of one item; one book is made for an item and compared by identity, so that readings can be kept.

    `exact` normal form → code; `texts` the longer ones, longest first, with their codes; `numbers` what a bare number
    means; `lettered`: a bare letter means a place in the list; `divided`: an option's own text holds a separator;
    `exclusive` codes that stand alone; `none`, `other`: the codes of 无 and 其他, or None.
    """

    codes: tuple[str, ...]
    exact: Mapping[str, str]
    texts: tuple[tuple[str, str], ...]
    numbers: Mapping[int, str]
    lettered: bool
    divided: bool
    exclusive: frozenset[str]
    none: str | None
    other: str | None


@lru_cache(maxsize=1024)
def option_book(item: Item) -> Book:
    """Return the option book of a closed item."""
    exact: dict[str, str] = {}
    for option in item.options:
        for text in _wordings(option):
            exact.setdefault(normal_form(text) or text.strip(), option.code)
    codes = tuple(option.code for option in item.options)
    exclusive = [option.code for option in item.options if option.exclusive]
    return Book(
        codes=codes,
        exact=exact,
        texts=tuple(sorted(((text, code) for text, code in exact.items() if len(text) > 1), key=lambda pair: -len(pair[0]))),
        numbers=_numbering(codes),
        lettered=not any(len(text) == 1 and text.isascii() and text.isalpha() for text in exact),
        divided=any(SEPARATORS.search(text) for option in item.options for text in _wordings(option)),
        exclusive=frozenset(exclusive),
        none=next((exact[text] for text in NONE if text in exact), exclusive[0] if len(exclusive) == 1 else None),
        other=next((option.code for option in item.options if _is_other(option)), None),
    )


def whole(text: str, book: Book) -> str | None:
    """Return the option that the whole of `text` words, also behind a label (A. …) or its own code (L2 …), else None."""
    key = normal_form(text) or text.strip()
    if key in book.exact:
        return book.exact[key]
    bare = LABEL.sub("", text, count=1)
    if bare != text and (code := book.exact.get(normal_form(bare))):
        return code
    if book.other and _OTHER.match(bare):
        return book.other
    if key in NONE:
        return book.none
    return _behind_code(key, book)


def place(mark: str, book: Book) -> str | None:
    """Return the option that a bare letter, number or circled number stands for, None when it stands for none."""
    circled = circled_numbers(mark)
    if len(circled) == 1:
        return book.numbers.get(circled[0])
    mark = mark.strip(_MARK)
    if mark.isdecimal() and len(mark) <= 2:
        return book.numbers.get(int(mark))
    if book.lettered and len(mark) == 1 and mark.isascii() and mark.isalpha():
        position = ord(mark.upper()) - ord("A")
        return book.codes[position] if position < len(book.codes) else None
    return None


def near(text: str, book: Book) -> str | None:
    """Return the one option that a longer text nearly equals, None when there is none or more than one."""
    key = normal_form(text)
    if len(key) < 4:
        return None
    hits = process.extract(key, [option for option, _ in book.texts], scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
    codes = {book.exact[hit[0]] for hit in hits}
    return codes.pop() if len(codes) == 1 and same_polarity(key, hits[0][0]) else None


def same_polarity(one: str, other: str) -> bool:
    """Return whether two texts negate alike: 未应用 and 已应用 differ in one character and in everything."""
    return all((mark in one) == (mark in other) for mark in "未不无非没")


def numbering_words(item: Item) -> str:
    """Return how bare numbers were read: 1 = …；2 = …."""
    words = {option.code: option.words.zh for option in item.options}
    return "；".join(f"{number} = {words[code]}" for number, code in option_book(item).numbers.items())


def _wordings(option: Option) -> tuple[str, ...]:
    return (option.code, option.words.zh, option.words.en, *option.synonyms)


def _is_other(option: Option) -> bool:
    return option.code == "other" or bool(_OTHER.match(option.words.zh) or _OTHER.match(option.words.en))


def _numbering(codes: tuple[str, ...]) -> dict[int, str]:
    """Return what a bare number means: the number that ends every code (L0 … L4), else the place in the list."""
    endings = [re.search(r"\d+$", code) for code in codes]
    numbers = {int(ending.group()): code for ending, code in zip(endings, codes, strict=True) if ending}
    return numbers if codes and len(numbers) == len(codes) else dict(enumerate(codes, start=1))


def _behind_code(key: str, book: Book) -> str | None:
    """Return the option written as its code or letter run together with its own wording: l2单点应用, c单点应用."""
    for text, code in book.texts:
        if key.endswith(text) and key[: -len(text)] in (normal_form(code), chr(ord("a") + book.codes.index(code))):
            return code
    return None
