"""Industry answers → section letter, division and detailed code of GB/T 4754-2017, from codes of 2017 or 2011 and names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from app.analysis.intake.industry_codes import NEW, OLD, Meaning, code_book, edition_of
from app.analysis.intake.tidy import tidy
from app.domain.taxonomy import Taxonomy
from app.domain.words import normal_form

NEAR = 90.0  # similarity (0–100) from which a name counts as a slip of a known one
_CODE = re.compile(r"(?<![A-Za-z0-9第])([A-Ta-t])?\s*-?\s*(\d{1,4})?(?![A-Za-z0-9.%年月日个家项级期号届人])")
_LETTER_FIRST = re.compile(r"^[a-t](?=[^\x00-\x7f])")
_LEVELS = re.compile(r"[/|>＞→\\;；]|--+|－|—+|-(?=\D)")
_ENDINGS = ("行业", "产业", "企业", "业", "类")


@dataclass(frozen=True, slots=True)
class Industry:
    """Where a firm belongs: section letter, two-digit division, code of 2017 as detailed as given; "" where unknown.

    `issue` is the finding it deserves ("" none), `meant` the name or code it was read as; `other` what the code means in
    the other edition and `edition` the one it was read by, where that matters.
    """

    section: str = ""
    division: str = ""
    detail: str = ""
    issue: str = ""
    meant: str = ""
    other: str = ""
    edition: str = ""

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        """What the finding's words need."""
        if not self.edition:
            return (("meant", self.meant),)
        other = OLD if self.edition == NEW else NEW
        return (("meant", self.meant), ("other", self.other), ("edition", self.edition), ("other_edition", other))


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer taken apart: letter and code ("" none), its name, what that name means, and the edition it tells."""

    letter: str = ""
    code: str = ""
    name: str = ""
    by_name: Industry | None = None
    told: str = ""


class IndustryReader:
    """Reads industry answers with one taxonomy; make it once, ask it for every distinct text."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._book = code_book(taxonomy)
        self._names = _names(taxonomy)

    def read(self, text: str) -> Industry:
        """Return the industry that `text` names by code, name or both; an unknown one has no section and a finding."""
        return self.read_all((text,))[0]

    def read_all(self, texts: Sequence[str]) -> list[Industry]:
        """Return the industry of each distinct answer of a column; codes are read by the edition that the column tells.

        Blank answers have no industry and no finding. Where nothing tells the edition 2017 is taken, and a finding names
        both readings of every code that has two.
        """
        answers = [self._apart(tidy(text)) for text in texts]
        column = edition_of(answer.told for answer in answers if answer.code)
        return [self._settled(answer, column) if text else Industry() for text, answer in zip(texts, answers, strict=True)]

    def _apart(self, text: str) -> _Answer:
        letter, code = self._code(text)
        name = _CODE.sub(" ", text) if letter or code else text
        by_name = self._by_name(name)
        told = self._book.told(code, letter, normal_form(name), by_name.division if by_name else "") if code else ""
        return _Answer(letter, code, name, by_name, told)

    def _settled(self, answer: _Answer, column: str) -> Industry:
        by_code, by_name = self._by_code(answer, column), answer.by_name
        if by_code and by_name and by_name.section != by_code.section:
            return Industry(issue="industry.conflict", meant=f"{by_code.detail or by_code.section} / {by_name.meant}")
        found = by_code or by_name or self._by_near_name(answer.name)
        return found or Industry(issue="industry.unknown")

    def _code(self, text: str) -> tuple[str, str]:
        """Return letter and digits of the first code in `text` that exists in an edition: C, 26, C26, 2614, C2614."""
        for match in _CODE.finditer(text):
            letter, digits = (match[1] or "").upper(), match[2] or ""
            if not (letter or digits) or (letter and not digits and normal_form(text) != letter.lower()):
                continue
            if not digits and letter in self._taxonomy.sections:
                return letter, ""
            # Spreadsheets drop the leading zero of divisions 01–09: 1 is 01.
            for code in (digits, "0" + digits) if len(digits) % 2 else (digits,):
                if len(code) > 1 and any(self._book.meaning(code, letter, edition) for edition in (NEW, OLD)):
                    return letter, code
        return "", ""

    def _by_code(self, answer: _Answer, column: str) -> Industry | None:
        if not answer.code:
            return Industry(answer.letter, meant=answer.letter) if answer.letter else None
        known = answer.told or column
        edition = known or NEW
        found = self._book.meaning(answer.code, answer.letter, edition)
        if found is None:
            return None
        other = self._book.meaning(answer.code, answer.letter, OLD if edition == NEW else NEW)
        plain = Industry(found.section, found.division, found.detail, meant=answer.code)
        if other is not None and not self._differs(answer.code, found, other):
            return plain
        if edition == NEW and (known or other is None):
            return plain
        unclear = not known and other is not None and other.division != found.division and len(answer.code) > 2
        issue = "industry.edition_unclear" if unclear else "industry.edition"
        return replace(plain, issue=issue, meant=found.label, other=other.label if other else "—", edition=edition)

    def _differs(self, code: str, one: Meaning, other: Meaning) -> bool:
        """Return whether a code means another industry in the other edition: another division, or a class of another name."""
        names = {name for edition in (NEW, OLD) if (name := self._book.name(code, edition))}
        return one.division != other.division or (len(code) == 4 and len(names) > 1)

    def _by_name(self, text: str) -> Industry | None:
        """Return the industry a name means; of a path such as 制造业/医药制造业 the most detailed part counts."""
        whole = self._target(text)
        if whole:
            return whole
        parts = [found for part in _LEVELS.split(text) if (found := self._target(part))]
        return max(parts, key=lambda found: len(found.division), default=None)

    def _target(self, name: str) -> Industry | None:
        key = normal_form(name)
        bare = _LETTER_FIRST.sub("", key)
        for candidate in (key, bare, *(bare.removesuffix(ending) for ending in _ENDINGS if bare.endswith(ending))):
            target = self._names.get(candidate)
            if target:
                return self._industry(target, name.strip())
        code = self._book.by_name.get(key) or self._book.old_names.get(key)
        return self._industry(code, name.strip()) if code else None

    def _by_near_name(self, text: str) -> Industry | None:
        key = normal_form(text)
        if len(key) < 4:
            return None
        hits = process.extract(key, self._names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
        targets = {self._names[hit[0]] for hit in hits}
        if len(targets) != 1:
            return None
        target = targets.pop()
        found = self._industry(target, "")
        return Industry(found.section, found.division, found.detail, "industry.near", self._official(target))

    def _industry(self, target: str, meant: str) -> Industry:
        if target in self._taxonomy.sections:
            return Industry(target, meant=meant)
        return Industry(self._book.section_of.get(target[:2], ""), target[:2], target, meant=meant)

    def _official(self, target: str) -> str:
        section = self._taxonomy.sections.get(target)
        return section.words.zh if section else self._taxonomy.divisions[target].zh


@lru_cache(maxsize=4)
def _names(taxonomy: Taxonomy) -> Mapping[str, str]:
    """Return every known name in normal form → section letter or division code; a section of one division gives way to it."""
    names: dict[str, str] = {}
    for letter, section in taxonomy.sections.items():
        names |= {normal_form(section.words.zh): letter, normal_form(section.words.en): letter}
    for code, words in taxonomy.divisions.items():
        names |= {normal_form(words.zh): code, normal_form(words.en): code}
    for name, target in taxonomy.aliases.items():
        names.setdefault(normal_form(name), target)
    for name, target in list(names.items()):
        for ending in _ENDINGS:
            if name.endswith(ending) and len(name) > len(ending) + 1:
                names.setdefault(name.removesuffix(ending), target)
    names.pop("", None)
    return names
