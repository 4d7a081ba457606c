"""What stands around a table and may be kept: its title, notes, units, and the place that reports."""

from __future__ import annotations

from app.analysis.intake.furniture import is_preamble, names_persons, public_note, region_name, reporting_place
from app.analysis.intake.sheet_facts import SheetFacts
from app.analysis.intake.units import note_units, split_unit


def head_texts(facts: SheetFacts, start: int, stop: int) -> list[str]:
    """Return the texts in the rows start … stop−1."""
    return [text for row in range(start, stop) for text in facts.shown(row).values()]


def title_of(head: list[str]) -> str:
    """Return the longest line above the table that is no form furniture."""
    return max((text for text in head if not is_preamble(text) and not names_persons(text)), key=len, default="")


def notes_of(facts: SheetFacts, head: list[str], footers: tuple[int, ...]) -> tuple[str, ...]:
    """Return the lines around the table that may be kept: furniture without persons, and 注, 说明, 数据来源 with what follows."""
    kept = [text for text in head if is_preamble(text) and not names_persons(text)]
    noting = False
    for row in footers:
        for text in facts.shown(row).values():
            note = public_note(text)
            noting = bool(note) or (noting and not names_persons(text))
            if noting:
                kept.append(note or text.strip())
    return tuple(kept)


def units_of_note(head: list[str]) -> tuple[str, ...]:
    """Return the units named above the table: 单位：万元、人, or the unit of a 指标： line."""
    named = next((units for text in head if (units := note_units(text))), ())
    if named:
        return named
    indicator = next((split_unit(text)[1] for text in head if text.startswith("指标") and is_preamble(text)), "")
    return (indicator,) if indicator else ()


def group_places(facts: SheetFacts, groups: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    """Return (row, township) of the group rows that name a township."""
    named = ((row, region_name(next(iter(facts.shown(row).values()), ""))) for row in groups)
    return tuple((row, name) for row, name in named if name)


def reporting(head: list[str]) -> str:
    """Return the township of a 填报单位 line, "" when there is none."""
    return next((place for text in head if (place := reporting_place(text))), "")
