"""An instrument's words turned round: which item a header may mean, and which texts are answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from app.analysis.intake.tidy import tidy
from app.analysis.intake.units import split_unit
from app.domain.instrument import Instrument, Item, Role
from app.domain.words import normal_form

_NUMBERED = re.compile(
    r"^\s*(?:[(（]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）、.．:：]|第[一二三四五六七八九十\d]+[题项][、.:：]?|[Qq]\d+[、.．:：\s])\s*"
)
_REMARKS = re.compile(r"[(（\[【]\s*(?:可?多选|单选|必填|选填|请?选择|是/否|有/无|下拉选择)[^)）\]】]*[)）\]】]")
_PART_OF = re.compile(r"^\s*(?:#\s*)?其中\s*[:：]?\s*(?=\S)")
_HINT = re.compile(r"[（(]\s*\d+\s*[=＝][^)）]*[)）]")
_CODE = re.compile(r"[0-9A-Z]{15,20}")
_OWN = 4  # of an item's wordings: label and question in both languages; synonyms follow
_KEPT, _KEPT_LENGTH = 50_000, 24  # texts whose meaning is kept
IDENTITY = frozenset({Role.NAME, Role.CREDIT_CODE, Role.TOWNSHIP, Role.INDUSTRY})


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Normal form of a header → codes of the items it may mean; `codes` case-folded item codes; `answers` option texts.

    `identity` items that say who and where a firm is, `firm` those that name it; `items_of` the instrument's items by code;
    `labels` the normal forms of an item's own label and question.
    One lexicon is made for an instrument and compared by identity, so that what is worked out from it can be kept.
    """

    headers: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, str]
    answers: frozenset[str]
    identity: frozenset[str]
    firm: frozenset[str]
    items_of: Mapping[str, Item]
    labels: Mapping[str, frozenset[str]]
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def items(self, text: str) -> tuple[str, ...]:
        """Return the items that a header cell names exactly, without its number, unit and remarks; () when none.

        What short texts mean is kept: the sheets of a folder hold the same headings and answers.
        """
        known = self._known.get(text)
        if known is None:
            known = self._items(text)
            if len(text) <= _KEPT_LENGTH and len(self._known) < _KEPT:
                self._known[text] = known
        return known

    def _items(self, text: str) -> tuple[str, ...]:
        if len(text) > 200:
            return ()
        code = self.code(text)
        if code:
            return (code,)
        if not any(map(str.isalpha, text)) or _CODE.fullmatch(text):
            return ()  # numbers, dates and credit codes name nothing
        return next((self.headers[key] for key in header_keys(text) if key in self.headers), ())

    def code(self, text: str) -> str:
        """Return the item whose code a header cell is, "" when it is none."""
        return self.codes.get(text.strip().casefold(), "")


@lru_cache(maxsize=8)
def _lexicon(items: tuple[Item, ...]) -> Lexicon:
    headers: dict[str, dict[str, None]] = {}
    answers = set()
    for item in items:
        for text in item_wordings(item):
            for key in header_keys(text):
                headers.setdefault(key, {})[item.code] = None
        answers |= {normal_form(text) for option in item.options for text in (option.words.zh, option.words.en, *option.synonyms)}
    identity = frozenset(item.code for item in items if item.role in IDENTITY)
    codes = {item.code.casefold(): item.code for item in items}
    return Lexicon(
        headers={key: tuple(named) for key, named in headers.items() if key},
        codes=codes,
        answers=frozenset(answers - {""}),
        identity=identity,
        firm=frozenset(item.code for item in items if item.role in (Role.NAME, Role.CREDIT_CODE)),
        items_of={item.code: item for item in items},
        labels={item.code: frozenset(normal_form(text) for text in item_wordings(item)[:_OWN]) for item in items},
    )


def lexicon_of(instrument: Instrument) -> Lexicon:
    """Return the lexicon of an instrument (kept between calls: a folder of workbooks asks for one instrument)."""
    return _lexicon(instrument.items)


def item_wordings(item: Item) -> tuple[str, ...]:
    """Return every header under which an item is known: labels, questions and synonyms."""
    return (item.words.zh, item.words.en, item.question.zh, item.question.en, *item.synonyms)


@lru_cache(maxsize=16_384)
def header_keys(text: str) -> tuple[str, ...]:
    """Return the normal forms under which a header is looked up, nearest to the text first."""
    text = tidy(text)
    bare = bare_header(text)
    return tuple(dict.fromkeys(key for key in (normal_form(text), normal_form(bare)) if key))


def bare_header(text: str) -> str:
    """Return a header without number (1. 、（一）、Q1), 其中, unit, formula hint (3=1+2) and remarks such as （可多选）."""
    text = _REMARKS.sub("", _HINT.sub("", text)).strip(" *＊:：?？\n")
    numberless = _PART_OF.sub("", _NUMBERED.sub("", text))
    return split_unit(numberless or text)[0].strip(" *＊:：?？")


def without_hints(text: str) -> str:
    """Return a header cell in one line, without formula hints."""
    return _HINT.sub("", re.sub(r"\s*[\r\n]+\s*", "", text)).strip()
