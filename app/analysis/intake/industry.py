"""Industry answers → section letter, division and detailed code of GB/T 4754-2017."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

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
    """Where a firm belongs: section letter, two-digit division, code as detailed as given; "" where unknown.

    `issue` is the finding it deserves ("" none), `meant` the name or code it was read as.
    """

    section: str = ""
    division: str = ""
    detail: str = ""
    issue: str = ""
    meant: str = ""


class IndustryReader:
    """Reads industry answers with one taxonomy; make it once, ask it for every distinct text."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._section_of = {code: letter for letter, section in taxonomy.sections.items() for code in section.divisions}
        self._names = _names(taxonomy)

    def read(self, text: str) -> Industry:
        """Return the industry that `text` names by code, name or both; an unknown one has no section and a finding."""
        text = tidy(text)
        by_code = self._by_code(text)
        name = _CODE.sub(" ", text) if by_code else text
        by_name = self._by_name(name)
        if by_code and by_name and by_name.section != by_code.section:
            return Industry(issue="industry.conflict", meant=f"{by_code.detail or by_code.section} / {by_name.meant}")
        found = by_code or by_name or self._by_near_name(name)
        return found or Industry(issue="industry.unknown")

    def _by_code(self, text: str) -> Industry | None:
        """Return the industry of the first code in `text` that exists: C, 26, C26, 2614, C2614."""
        for match in _CODE.finditer(text):
            letter, digits = (match[1] or "").upper(), match[2] or ""
            if not (letter or digits) or (letter and not digits and normal_form(text) != letter.lower()):
                continue
            found = self._coded(letter, digits)
            if found:
                return found
        return None

    def _coded(self, letter: str, digits: str) -> Industry | None:
        if not digits:
            return Industry(letter, meant=letter) if letter in self._taxonomy.sections else None
        # Spreadsheets drop the leading zero of divisions 01–09: 1 is 01.
        for code in (digits, "0" + digits) if len(digits) % 2 else (digits,):
            section = self._section_of.get(code[:2], "") if len(code) > 1 else ""
            if section and letter in ("", section):
                return Industry(section, code[:2], code, meant=code)
        return None

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
        return None

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
        return Industry(self._section_of.get(target, ""), target, target, meant=meant)

    def _official(self, target: str) -> str:
        section = self._taxonomy.sections.get(target)
        return section.words.zh if section else self._taxonomy.divisions[target].zh


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
