"""A multi-select whose options have a column each: 使用场景/研发设计, A、研发设计 under a group, 5(研发设计)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.analysis.intake.clean_yes_no import read_yes_no
from app.analysis.intake.distinct import is_marker
from app.analysis.intake.headings import Heading
from app.analysis.intake.lexicon import Lexicon, bare_header
from app.analysis.intake.option_book import Book, option_book, whole
from app.analysis.intake.tick_boxes import EMPTY_BOX
from app.analysis.intake.tidy import tidy
from app.domain.instrument import Item, ItemType
from app.domain.words import normal_form

_ENDED = re.compile(r"^(?P<stem>.*?\S)\s*[（(](?P<option>[^()（）]+(?:[（(][^()（）]*[)）])?)[)）]\s*$")
_PARTED = re.compile(r"^(?P<stem>.+?)\s*(?:[:：/\\|┋]|[-—_]{1,2})\s*(?P<option>\S.*)$")
_FEWEST_NAMED, _FEWEST_UNNAMED = 2, 3  # columns under a question's own name, and under none
_MARKS, _MARKS_NAMED = 0.8, 0.5  # share of answers that must be marks for columns to be options, unnamed and named


@dataclass(frozen=True, slots=True)
class Part:
    """A column that asks for one option of an item."""

    item: str
    option: str


def option_columns(headings: Sequence[Heading], places: Sequence[int], lexicon: Lexicon) -> dict[int, Part]:
    """Return which of `places` (indices into `headings`) ask for one option each, and of which item.

    Columns under a question's name need two of its options; under a number or a group of another name at least three
    columns that are all options of one question and of no other.
    """
    multi = [item for item in lexicon.items_of.values() if item.type is ItemType.MULTI]
    found: dict[int, Part] = {}
    if not multi:
        return found
    for stem, members in _by_stem(headings, places).items():
        texts = {place: option for place, option in members.items() if place not in found}
        item, parts = _best(stem, texts, multi, lexicon)
        share = _MARKS_NAMED if item is not None and item.code in _named(stem, lexicon) else _MARKS
        if item is not None and _are_marks(headings, parts, option_book(item), share):
            found.update({place: Part(item.code, option) for place, option in parts.items()})
    return found


def strangers(headings: Sequence[Heading], places: Sequence[int], parts: Mapping[int, Part], lexicon: Lexicon) -> dict[int, str]:
    """Return the item beside whose option columns, under the same name, a column stands that is none of its options."""
    asked = {part.item for part in parts.values()}
    found: dict[int, str] = {}
    for place in places:
        named = {code for stem, _ in _readings(headings[place].text) for code in _named(stem, lexicon)} & asked
        if place not in parts and len(named) == 1:
            found[place] = named.pop()
    return found


def _by_stem(headings: Sequence[Heading], places: Sequence[int]) -> dict[str, dict[int, str]]:
    """Return option texts by the stem over or before them and by place; the stem "" holds headings that have none."""
    stems: dict[str, dict[int, str]] = {}
    for place in places:
        for stem, option in _readings(headings[place].text):
            stems.setdefault(stem, {}).setdefault(place, option)
    return dict(sorted(stems.items(), key=lambda pair: pair[0] == ""))


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to take a heading apart into a question and one of its options."""
    parts = text.split(" / ")
    if len(parts) > 1:
        yield parts[-2], parts[-1]
    for pattern in (_ENDED, _PARTED):
        match = pattern.match(parts[-1])
        if match:
            yield match["stem"], match["option"]
    yield "", parts[-1]


def _best(stem: str, texts: Mapping[int, str], multi: Sequence[Item], lexicon: Lexicon) -> tuple[Item | None, Mapping[int, str]]:
    """Return the one item whose options the texts are, with the option of each place."""
    named = _named(stem, lexicon)
    known = [item for item in multi if item.code in named]
    fitting = []
    for item in known or multi:
        parts = _options(texts, option_book(item))
        if len(parts) >= (_FEWEST_NAMED if known else _FEWEST_UNNAMED) and (known or not stem or len(parts) == len(texts)):
            fitting.append((item, parts))
    most = max((len(parts) for _, parts in fitting), default=0)
    best = [(item, parts) for item, parts in fitting if len(parts) == most]
    return best[0] if len(best) == 1 else (None, {})


def _named(stem: str, lexicon: Lexicon) -> set[str]:
    return set(lexicon.items(stem)) | set(lexicon.items(bare_header(stem))) if stem else set()


def _options(texts: Mapping[int, str], book: Book) -> dict[int, str]:
    """Return the option each text names, an option once."""
    parts: dict[int, str] = {}
    for place, text in texts.items():
        option = whole(tidy(text), book) if normal_form(text) else None
        if option and option not in parts.values():
            parts[place] = option
    return parts


def _are_marks(headings: Sequence[Heading], parts: Mapping[int, str], book: Book, share: float) -> bool:
    """Return whether the columns hold marks; under 其他 stands free text, which says nothing either way."""
    answers = [answer for place, option in parts.items() if option != book.other for answer in headings[place].answers]
    marks = sum(is_mark(answer) or is_marker(answer) or bool(whole(tidy(answer), book)) for answer in answers)
    return marks >= share * len(answers)


def is_mark(text: str) -> bool:
    """Return whether a text says of one option whether it holds: √, ×, 是, 否, 1, 0, an empty box."""
    return text.strip() in EMPTY_BOX or (len(text) <= 4 and read_yes_no(text) in ("yes", "no"))
