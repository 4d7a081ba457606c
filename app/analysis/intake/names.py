"""Names of Chinese firms made comparable, and taken apart into place, brand, trade, legal form and branch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from app.domain.firm_names import NameBook

_BRACKETS = tuple(zip("[]{}【】〔〕〖〗", "()()()()()", strict=True))
_NOISE = re.compile(r"[^\w()\n]+|_")
_INSIDE = re.compile(r"\(([^()]*)\)")
_FORMER = re.compile(r"原|曾用名|更名|现名|已")
_ORDINAL = re.compile(r"第?[0-9一二三四五六七八九十]+(?=(?:分?[厂店部院校所社场]|工厂|车间|门市部|经营部|营业部|分公司)$)")
_LONGEST_PLACE, _LONGEST_TRADE = 6, 6


class FirmName(NamedTuple):
    """A name taken apart: `places` without 省 市 县, joined by a bar; `form` as compared, `family` of forms; "" where absent."""

    places: str
    brand: str
    trade: str
    form: str
    family: str
    branch: str

    @property
    def core(self) -> str:
        """Brand and trade: what tells a firm from its neighbours."""
        return self.brand + self.trade


def plain_names(names: Sequence[str]) -> list[str]:
    """Return names in one width, case and script (traditional characters as simplified), brackets the only marks kept."""
    text = one_text(names)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for bracket, plain in _BRACKETS:  # on long texts ten times as fast as to translate every character
            text = text.replace(bracket, plain)
    text = _NOISE.sub("", text.casefold())
    return (text if text.isascii() else _simplified()(text)).split("\n") if names else []


def one_text(names: Sequence[str]) -> str:
    """Return names a line each; a line break inside one, which hardly any has, becomes a blank."""
    text = "\n".join(names)
    return text if text.count("\n") < len(names) else "\n".join(name.replace("\n", " ") for name in names)


def name_keys(names: Sequence[str], book: NameBook = NameBook()) -> list[str]:  # noqa: B008 - a frozen value
    """Return names as they are compared for being the same: plain, without brackets, forms of one kind written alike."""
    text = "\n".join(plain_names(names)).replace("(", "").replace(")", "")
    for written, meant in book.alike.items():
        text = text.replace(written, meant)
    return text.split("\n") if names else []


@cache
def _simplified() -> Callable[[str], str]:
    """Return the converter to simplified characters; its dictionaries load in some milliseconds."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


class NameReader:
    """Takes names apart with one book of words; make it once, ask it for every distinct name."""

    def __init__(self, book: NameBook) -> None:
        self._book = book
        self._forms: dict[str, list[str]] = {}  # by their last character, the longest first
        for form in sorted({*book.forms, *book.alike, *book.alike.values()}, key=len, reverse=True):
            self._forms.setdefault(form[-1], []).append(form)
        companies = "|".join(map(re.escape, sorted((*book.companies, *book.alike), key=len, reverse=True)))
        self._company = re.compile(f"(.+?(?:{companies}))(.+)") if book.companies else None
        ends = "|".join(_place_end(end, book.ordinary) for end in sorted(book.place_ends, key=len, reverse=True))
        self._place = re.compile(rf"([^\W\da-z]{{2,{_LONGEST_PLACE}}}?)({ends})") if ends else None
        self._place_end = re.compile(ends) if ends else None

    def read(self, plain: str) -> FirmName:
        """Return the parts of a name as `plain_names` gives it."""
        text, places, forms = self._without_brackets(plain)
        text, branch = self._without_branch(text)
        text, form = self._without_form(text)
        text, leading = self._without_places(text)
        brand, trade = self._brand_and_trade(text)
        if not brand:  # 苏州机械厂: the place is all that tells it from others
            brand, leading = (leading[-1], leading[:-1]) if leading else (trade, [])
            trade = "" if brand == trade else trade
        form = form or "".join(forms)
        form = self._book.alike.get(form, form)
        return FirmName("|".join((*leading, *places)), brand, trade, form, self._book.forms.get(form, ""), branch)

    def _without_brackets(self, plain: str) -> tuple[str, list[str], list[str]]:
        """Return the text without brackets, the places and the legal forms (普通合伙) that stood in them."""
        if "(" not in plain:
            return plain, [], []
        places: list[str] = []
        forms: list[str] = []

        def taken(found: re.Match[str]) -> str:
            inside = found[1]
            rest, named = self._without_places(inside, whole=True)
            if _FORMER.match(inside):
                return ""
            if named and not rest:
                places.extend(named)
                return ""
            if inside in self._book.forms:
                forms.append(inside)
                return ""
            return inside

        return _INSIDE.sub(taken, plain).replace("(", "").replace(")", ""), places, forms

    def _without_branch(self, text: str) -> tuple[str, str]:
        """Return the firm's own name, and the branch: whatever stands behind a company's legal form, or a numbered works."""
        found = self._company.fullmatch(text) if self._company else None
        if found:
            return found[1], found[2]
        numbered = _ORDINAL.search(text)
        if numbered and numbered.start() >= 2:
            return text[: numbered.start()], text[numbered.start() :]
        end = next((end for end in self._book.branches if text.endswith(end) and len(text) > len(end) + 1), "")
        return text.removesuffix(end), end

    def _without_form(self, text: str) -> tuple[str, str]:
        fitting = self._forms.get(text[-1:], ())
        form = next((form for form in fitting if text.endswith(form) and len(text) > len(form)), "")
        return text.removesuffix(form), form

    def _without_places(self, text: str, whole: bool = False) -> tuple[str, list[str]]:
        """Return the text behind the places it begins with, and those; at least two characters stay unless it is `whole`."""
        places: list[str] = []
        left = 0 if whole else 2
        while text:
            place, length = self._leading_place(text)
            if not place or len(text) - length < left:
                break
            places.append(place)
            text = text[length:]
        return text, places

    def _leading_place(self, text: str) -> tuple[str, int]:
        """Return the place a text begins with, without 省 市 县, and how many characters it takes."""
        known = next((size for size in range(min(_LONGEST_PLACE, len(text)), 1, -1) if text[:size] in self._book.places), 0)
        if known:
            end = self._place_end.match(text, known) if self._place_end else None
            return text[:known], end.end() if end else known
        found = self._place.match(text) if self._place else None
        if found and not found[0].endswith(self._book.ordinary):
            return found[1], found.end()
        return "", 0

    def _brand_and_trade(self, text: str) -> tuple[str, str]:
        """Return what stands before the words of business at the end of a text, and those words."""
        stop = len(text)
        while stop:
            word = next((n for n in range(min(_LONGEST_TRADE, stop), 1, -1) if text[stop - n : stop] in self._book.trades), 0)
            if not word:
                break
            stop -= word
        return text[:stop], text[stop:]


def _place_end(end: str, ordinary: Sequence[str]) -> str:
    """Return the pattern of the end of a place's name where it does not begin an ordinary word: 市, but not 市政."""
    begun = "|".join(re.escape(word.removeprefix(end)) for word in ordinary if word.startswith(end) and word != end)
    return re.escape(end) + (f"(?!{begun})" if begun else "")
