"""Codes of GB/T 4754 in the editions of 2017 and 2011: what a code means in each, and which edition an answer tells.

The edition of 2017 has another name for some 250 codes of 2011, dropped 160, and moved every division from 79 on by one, so
that 82 is 教育 in one and 其他服务业 in the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.domain.taxonomy import Taxonomy
from app.domain.words import normal_form

NEW, OLD = "2017", "2011"
_CLEARLY = 3  # times as many codes of one edition as of the other before a column is of that edition
_TYPING = 0.1  # share of a column's codes that must be of 2011: a code or two may be slips of the pen
_LAST_OLD = 96


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means in one edition: section, division and code of 2017, and its own name there."""

    section: str
    division: str
    detail: str
    label: str


@dataclass(frozen=True, slots=True)
class CodeBook:
    """The codes of one taxonomy: `section_of` division → section letter; `by_name` name of a code in normal form → code of
    2017; `old_names` names that only the edition of 2011 has → code of 2017 (division alone where the code is gone)."""

    taxonomy: Taxonomy
    section_of: Mapping[str, str]
    by_name: Mapping[str, str]
    old_names: Mapping[str, str]

    def meaning(self, code: str, letter: str, edition: str) -> Meaning | None:
        """Return what `code` (two digits or more) means in an edition, None when it has no such code under that letter."""
        if edition == NEW:
            division, detail = code[:2], code
        else:
            if not code[:2].isdecimal() or not 1 <= int(code[:2]) <= _LAST_OLD:
                return None
            detail = self._today(code)
            division = detail[:2]
        section = self.section_of.get(division, "")
        if not section or letter not in ("", section):
            return None
        name = self.name(code, edition)
        return Meaning(section, division, detail, f"{section}{code} {name}".strip())

    def name(self, code: str, edition: str) -> str:
        """Return the name of a code in an edition, of its group where the code only pads that (3610 for 361), else ""."""
        for known in (code, code[:3] if code[3:] == "0" else ""):
            if known and (name := self.taxonomy.codes.get(known, ("", ""))[edition == OLD]):
                return name
        return ""

    def told(self, code: str, letter: str, name: str, division: str) -> str:
        """Return the edition that an answer tells by its letter, its digits, or the name beside them ("" where none does).

        `name` is in normal form, `division` the one of 2017 that it names ("" unknown).
        """
        new, old = self.meaning(code, letter, NEW), self.meaning(code, letter, OLD)
        if new is None or old is None:
            return NEW if new else OLD if old else ""
        fits = [edition for edition in (NEW, OLD) if name and normal_form(self.name(code, edition)) == name]
        if not fits and division and new.division != old.division:
            fits = [edition for edition, meaning in ((NEW, new), (OLD, old)) if meaning.division == division]
        if not fits and len(code) > 2 and self.taxonomy.codes:
            fits = [edition for edition in (NEW, OLD) if self._listed(code, edition)]
        return fits[0] if len(fits) == 1 else ""

    def _listed(self, code: str, edition: str) -> bool:
        """Return whether an edition has the code; a group that holds one class alone is listed as that class (…0)."""
        return bool(self.name(code, edition) or (len(code) == 3 and self.name(f"{code}0", edition)))

    def _today(self, code: str) -> str:
        """Return the code of 2017 for one of 2011: by its name where that lived on, else its division."""
        division = self.taxonomy.moved.get(code[:2], code[:2])
        name = self.name(code, OLD)
        if name and (known := self.by_name.get(normal_form(name))):
            return known
        return code if division == code[:2] else division


@lru_cache(maxsize=4)
def code_book(taxonomy: Taxonomy) -> CodeBook:
    """Return the code book of a taxonomy, made once."""
    section_of = {code: letter for letter, section in taxonomy.sections.items() for code in section.divisions}
    by_name: dict[str, str] = {}
    for code in sorted(taxonomy.codes, key=len):
        if name := taxonomy.codes[code][0]:
            by_name.setdefault(normal_form(name), code)
    old: dict[str, str] = {}
    for code, (_, name) in taxonomy.codes.items():
        key = normal_form(name)
        if name and key not in by_name:
            division = taxonomy.moved.get(code[:2], code[:2])
            old.setdefault(key, division)
    return CodeBook(taxonomy, section_of, by_name, old)


def edition_of(told: Iterable[str]) -> str:
    """Return the edition of a column from what its codes tell one by one ("" nothing), "" where they do not settle it."""
    votes = list(told)
    new, old = votes.count(NEW), votes.count(OLD)
    if old > _CLEARLY * new and old >= _TYPING * len(votes):
        return OLD
    return NEW if new > _CLEARLY * old else ""
