"""Answers of closed questions as option codes: one option, a step of a ladder, or several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.analysis.intake.clean_missing import missing_code
from app.analysis.intake.distinct import Cleaned, Distinct, Issue, is_blank
from app.analysis.intake.option_book import LABEL, NONE, SEPARATORS, Book, near, numbering_words, option_book, place, whole
from app.analysis.intake.tick_boxes import ticked_part
from app.analysis.intake.tidy import circled_numbers, tidy
from app.domain.instrument import Item
from app.domain.words import normal_form

_LETTERS = re.compile(r"[A-Za-z](?:[\s;；、,，/|┋.和]*[A-Za-z])*[.。]?")
_NUMBERS = re.compile(r"\d{1,2}(?:[\s;；、,，/|┋.和]+\d{1,2})*[.。]?")
_FREE_TEXT = re.compile(r"(?:其他|其它|others?)\s*(?:[:：_]+|[(（]|请(?:注明|说明))(?P<free>[^;；\n┋|)）]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: option codes, and the finding it deserves ("" none) with the part that was not understood."""

    codes: tuple[str, ...] = ()
    issue: str = ""
    part: str = ""
    numbered: bool = False


def clean_single(distinct: Distinct, item: Item) -> Cleaned:
    """Return the option code of each distinct value, None for blanks and for what is no option."""
    return _clean(distinct, item, read_single)


def clean_multi(distinct: Distinct, item: Item) -> Cleaned:
    """Return the option codes of each distinct value joined by | in option order, None for blanks and unreadable texts."""
    return _clean(distinct, item, read_multi)


@lru_cache(maxsize=65_536)
def read_single(text: str, book: Book) -> Reading:
    """Return the one option that `text` means; kept, for the files of a folder answer alike."""
    ticked = ticked_part(text)
    text = tidy(text) if ticked is None else ticked
    if code := whole(text, book):
        return Reading((code,))
    if code := place(text, book):
        return Reading((code,), numbered=True)
    code = near(LABEL.sub("", text, count=1), book)
    return Reading((code,), "option.near") if code else Reading((), "option.unknown")


@lru_cache(maxsize=65_536)
def read_multi(text: str, book: Book) -> Reading:
    """Return the options that `text` lists: whole options first, longest first, so that 、 inside an option does not split it."""
    if not book.divided and (plain := _plain_list(text, book)):
        return _listed(plain, book)
    circled = circled_numbers(text)
    if circled:
        return _numbered([book.numbers.get(number) for number in circled], book, text)
    ticked = ticked_part(text)
    text = tidy(text) if ticked is None else ticked
    if code := book.exact.get(normal_form(text) or text) or (book.none if normal_form(text) in NONE else None):
        return Reading((code,))
    if marks := _marks(text, book):
        return _numbered([place(mark, book) for mark in marks], book, text)
    codes = _split(text, book)
    if codes is not None:
        return _listed(codes, book)
    found, rest = _scan(text, book)
    meant = [(part, whole(part, book), near(part, book)) for part in rest]
    found += [code or guess or "" for _, code, guess in meant]
    unknown = "；".join(part for part, code, guess in meant if not (code or guess))
    return _listed(found, book, unknown, near=any(guess and not code for _, code, guess in meant))


def _clean(distinct: Distinct, item: Item, read: Callable[[str, Book], Reading]) -> Cleaned:
    book = option_book(item)
    values = np.empty(len(distinct), dtype=object)
    issues, numbered = [], False
    for index, text in enumerate(distinct.texts):
        if is_blank(text) or ticked_part(text) == "":
            continue
        reading = read(text, book)
        values[index] = "|".join(reading.codes) or None
        numbered |= reading.numbered and bool(reading.codes)
        if reading.issue:
            issues.append(_issue(index, text, reading))
    note = (("option.numbered", {"options": numbering_words(item)}),) if numbered else ()
    return Cleaned(values, tuple(issues), note)


def _issue(index: int, text: str, reading: Reading) -> Issue:
    if not reading.codes and (missing := missing_code(text)):
        return Issue(index, missing)
    return Issue(index, reading.issue, (("part", reading.part or text), ("read", "|".join(reading.codes))))


def _numbered(codes: list[str | None], book: Book, text: str) -> Reading:
    if None in codes:
        return Reading((), "option.unknown", text)
    listed = _listed((code for code in codes if code), book)
    return Reading(listed.codes, listed.issue, listed.part, numbered=True)


def _listed(codes: Iterable[str], book: Book, unknown: str = "", *, near: bool = False) -> Reading:
    """Return the found codes once each in option order, with the finding they deserve."""
    wanted = set(codes)
    chosen = tuple(code for code in book.codes if code in wanted)
    if len(chosen) > 1 and book.exclusive & wanted:
        return Reading((), "option.exclusive", "|".join(chosen))
    if unknown:
        return Reading(chosen, "option.part_unknown" if chosen else "option.unknown", unknown)
    return Reading(chosen, "option.near" if near else "")


def _marks(text: str, book: Book) -> list[str]:
    """Return the letters or numbers of a text that is nothing but those (ACD, A、C, 1,3), else []."""
    if book.lettered and _LETTERS.fullmatch(text):
        letters = re.findall("[A-Za-z]", text)
        return letters if all(place(letter, book) for letter in letters) else []
    return re.findall(r"\d+", text) if _NUMBERS.fullmatch(text) else []


def _plain_list(text: str, book: Book) -> list[str]:
    """Return the codes of a list of options in their own words, [] where a part is anything else: most answers are just that."""
    codes = [_part(part, book) for part in SEPARATORS.split(text) if part]
    return [code for code in codes if code] if all(codes) else []


@lru_cache(maxsize=65_536)
def _part(part: str, book: Book) -> str | None:
    return book.exact.get(normal_form(part)) if part.isprintable() else None


def _split(text: str, book: Book) -> list[str] | None:
    """Return the codes of a plain list of known options, None when a part is unknown or an option may itself be divided."""
    if book.divided:
        return None
    codes = [book.exact.get(normal_form(part)) for part in SEPARATORS.split(text) if part.strip()]
    known = [code for code in codes if code]
    return known if known and len(known) == len(codes) else None


def _scan(text: str, book: Book) -> tuple[list[str], list[str]]:
    """Return the codes of the whole options found in `text`, and the parts left over between them."""
    squeezed, places = _squeeze(text)
    found: list[str] = []
    taken = [False] * len(squeezed)
    for option, code in book.texts:
        start = squeezed.find(option)
        while start >= 0:
            stop = start + len(option)
            if not any(taken[start:stop]) and _stands_alone(text, places[start], places[stop - 1]):
                taken[start:stop] = [True] * len(option)
                found.append(code)
            start = squeezed.find(option, start + 1)
    covered = {spot for spot, used in zip(places, taken, strict=True) if used}
    if book.other and (free := _FREE_TEXT.search(text)):
        covered.update(range(*free.span("free")))
    rest = "".join("；" if spot in covered else character for spot, character in enumerate(text))
    return found, _left_over(rest)


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of `text`, case folded, and where each stands in it."""
    spots = [spot for spot, character in enumerate(text) if character.isalnum()]
    folded = (text[spot].casefold() for spot in spots)
    return "".join(letter if len(letter) == 1 else letter[0] for letter in folded), spots


def _stands_alone(text: str, first: int, last: int) -> bool:
    """Return whether no letter of the same script touches the stretch: 机器学习 is not meant by 非机器学习类."""
    before, after = text[first - 1 : first], text[last + 1 : last + 2]
    return not (_joined(before, text[first]) or _joined(after, text[last]))


def _joined(neighbour: str, letter: str) -> bool:
    return neighbour.isalnum() and neighbour.isascii() == letter.isascii()


def _left_over(rest: str) -> list[str]:
    parts = (LABEL.sub("", part.strip()).strip(" .。:：()（）_和及与") for part in SEPARATORS.split(rest))
    return [part for part in parts if any(map(str.isalnum, part)) and not re.fullmatch(r"[A-Za-z]|\d{1,2}", part)]
