"""The faults people make, planted on purpose; resources/demo/faults.toml says how many of each and which finding tells of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.domain.instrument import Instrument, Item, ItemType, Role
from app.files.demo_county.codes import with_wrong_check
from app.files.demo_county.draft import Draft, Fault, Line
from app.files.demo_county.wording import Written

Maker = Callable[["Site"], "str | int | float | None"]

_TRIES = 500  # random cells looked at for each fault; few codes are all digits in a text file


@dataclass(frozen=True, slots=True)
class Site:
    """A cell that may be spoiled: the draft, its line, the item, and the county's chance."""

    draft: Draft
    line: Line
    item: Item
    rng: np.random.Generator

    @property
    def cell(self) -> str | int | float:
        """What stands in the cell now."""
        return self.line.cells[self.item.code].cell


def plant(drafts: Sequence[Draft], instrument: Instrument, kinds: Sequence[Mapping[str, Any]], rng: np.random.Generator) -> None:
    """Spoil cells of one wave's drafts: `count` faults of each kind, each at a cell of its own."""
    for kind in kinds:
        if kind["kind"] not in _MAKERS:
            _FORM_MAKERS[kind["kind"]](drafts, kind, instrument, rng)
            continue
        items = _targets(instrument, kind)
        placed = 0
        for _ in range(int(kind["count"]) * _TRIES):
            if placed == kind["count"]:
                break
            placed += _try(drafts, kind, items, rng)


def _targets(instrument: Instrument, kind: Mapping[str, Any]) -> list[Item]:
    """Return the items a kind of fault may strike: by role, by codes, or by type."""
    if "role" in kind:
        return [item for item in instrument.items if item.role is Role(kind["role"])]
    if "items" in kind:
        return [instrument.item(code) for code in kind["items"]]
    return [item for item in instrument.items if item.type is ItemType(kind["type"]) and item.role is None]


def _try(drafts: Sequence[Draft], kind: Mapping[str, Any], items: Sequence[Item], rng: np.random.Generator) -> int:
    """Strike one random cell if it suits the kind; return how many faults that made."""
    draft = drafts[int(rng.integers(len(drafts)))]
    position = int(rng.integers(len(draft.lines)))
    item = items[int(rng.integers(len(items)))]
    line = draft.lines[position]
    if item.code not in line.cells or any(fault.line == position for fault in draft.faults):
        return 0
    if draft.shape.format not in kind.get("formats", [draft.shape.format]) or draft.shape.totals in kind.get("no_totals", []):
        return 0
    site = Site(draft, line, item, rng)
    if site.cell == "":
        return 0
    spoiled = _MAKERS[kind["kind"]](site)
    if spoiled is None:
        return 0
    line.cells[item.code] = Written(spoiled, line.cells[item.code].value)
    draft.faults.append(Fault(kind["kind"], position, item.code, str(spoiled)))
    return 1


def _wrong_totals(drafts: Sequence[Draft], kind: Mapping[str, Any], instrument: Instrument, rng: np.random.Generator) -> None:
    """Leave a firm out of the sum on `count` forms that have a row of totals."""
    item = _targets(instrument, kind)[0].code
    summed = [draft for draft in drafts if draft.shape.totals != "none"]
    for position in rng.choice(len(summed), size=kind["count"], replace=False):
        draft = summed[int(position)]
        values = [float(line.cells[item].value or 0) for line in draft.lines]
        draft.faults.append(Fault(kind["kind"], -1, item, str(round(sum(values) - max(values)))))


def _mark_repeats(drafts: Sequence[Draft], kind: Mapping[str, Any], instrument: Instrument, _rng: np.random.Generator) -> None:
    """Note the firms that another township reports as well; the second form is the one that repeats."""
    item = _targets(instrument, kind)[0].code
    for draft in drafts:
        for position, line in enumerate(draft.lines):
            if line.firm.township != draft.town:
                draft.faults.append(Fault(kind["kind"], position, item, line.firm.name))


def _wrong_check(site: Site) -> str:
    return with_wrong_check(str(site.cell))


def _letter_o(site: Site) -> str | None:
    """Write the letter O for a zero, as tired eyes do."""
    text = str(site.cell)
    return text[:8] + text[8:].replace("0", "O", 1) if "0" in text[8:] else None


def _code_as_number(site: Site) -> float | None:
    """Let the spreadsheet take an all-digit code for a number: the last three digits are lost."""
    text = str(site.cell)
    return float(text[:15] + "000") if text.isdigit() and len(text) == 18 else None


def _code_scientific(site: Site) -> str | None:
    text = str(site.cell)
    return f"{text[0]}.{text[1:6]}E+17" if text.isdigit() and len(text) == 18 else None


def _short_code(site: Site) -> str:
    return str(site.cell)[:-2]


def _percent_too_large(site: Site) -> str:
    return f"{int(site.rng.integers(150, 900))}%"


def _negative(site: Site) -> int | None:
    return -int(site.rng.integers(1, 60)) if isinstance(site.cell, int) else None


def _unit_slip(site: Site) -> float | int | None:
    """Enter money in 元 on a form that asks for 万元."""
    if isinstance(site.cell, str) or site.draft.shape.habit.money != "万元" or site.cell < 100:
        return None
    return round(site.cell * 10000)


def _words_for_number(site: Site) -> str:
    return str(site.rng.choice(["很多", "若干", "见附表", "待核实"]))


def _no_such_option(site: Site) -> str:
    return str(site.rng.choice(["视情况而定", "以后再说", "听上级安排"]))


def _contradiction(site: Site) -> str | None:
    """Tick 无 together with other answers."""
    text = str(site.cell)
    exclusive = next((option for option in site.item.options if option.exclusive), None)
    if exclusive is None or text == exclusive.words.zh or site.draft.shape.habit.multi in ("letters", "circled"):
        return None
    return exclusive.words.zh + "、" + text


def _odd_industry(site: Site) -> str:
    return str(site.rng.choice(["其他新兴业态", "综合类", "多种经营", "一般项目"]))


_MAKERS: Mapping[str, Maker] = {
    "wrong_check": _wrong_check,
    "letter_o": _letter_o,
    "code_as_number": _code_as_number,
    "code_scientific": _code_scientific,
    "short_code": _short_code,
    "percent_too_large": _percent_too_large,
    "negative": _negative,
    "unit_slip": _unit_slip,
    "words_for_number": _words_for_number,
    "no_such_option": _no_such_option,
    "contradiction": _contradiction,
    "odd_industry": _odd_industry,
}
_FORM_MAKERS: Mapping[str, Callable[[Sequence[Draft], Mapping[str, Any], Instrument, np.random.Generator], None]] = {
    "total": _wrong_totals,
    "repeat": _mark_repeats,
}
