"""着色预览: a sheet as received, with what the program took each row and column for, ready to be put right by a click."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.findings import CellReference, Finding, Severity, column_letters
from app.domain.instrument import Instrument
from app.domain.sheet import Mapping as SheetMapping
from app.domain.sheet import Match, Orientation, RawSheet, RowRole
from app.domain.words import Texts
from app.present.pages.collect_values import QuestionCard

SURE = 0.85  # from this confidence on a match is shown as settled
_WORST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Strip:
    """What a line of a sheet (a column, or in long forms a row) was taken for.

    `item` code or "" for none of ours; `state` sure | unsure | none | decided; `why` says on what grounds; `heading` is what
    a decision about it is remembered by.
    """

    position: int
    heading: str
    item: str
    label: str
    state: str
    confidence: float
    why: str
    rivals: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RolePatch:
    """One entry of the legend: a role, its words, how many rows have it."""

    role: RowRole
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found at one cell, worst first, in words; `corrected` is the text that holds instead, None for none."""

    severity: str
    lines: tuple[str, ...]
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """One item a column may be: its code, its words, where it belongs."""

    code: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Painted:
    """A sheet ready to be drawn. Rows and columns count from 0, `marks` are by (row, column), −1 for a whole row or column.

    `down`: the questions run down the sheet (long forms), so that `strips` belong to rows. `scope` is that of a decision for
    this sheet alone, `templates` that of one for every sheet of the same template, by the position of a strip. `options` are
    the answers a closed item offers, by its code.
    """

    file: str
    sheet: RawSheet
    sheets: tuple[str, ...]
    roles: tuple[RowRole, ...]
    legend: tuple[RolePatch, ...]
    strips: Mapping[int, Strip]
    down: bool
    marks: Mapping[tuple[int, int], Mark]
    items: tuple[ItemChoice, ...]
    scope: str
    templates: Mapping[int, str]
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[QuestionCard, ...] = ()
    row: int = -1
    column: int = -1

    def asked_at(self, row: int, column: int) -> QuestionCard | None:
        """Return the open question about a cell, its row or its column, None where nothing is asked."""
        for card in self.questions:
            for example in card.examples:
                place = example.place
                if place.source == self.file and place.sheet == self.sheet.name and _meets(place, row + 1, column + 1):
                    return card
        return None

    def role(self, row: int) -> RowRole:
        """Return what a row was taken for."""
        return self.roles[row] if row < len(self.roles) else RowRole.BLANK


def role_words(role: RowRole, down: bool, texts: Texts) -> str:
    """Return a role in words; where the questions run down the sheet, its body holds them and not firms."""
    return texts("preview.asked" if down and role is RowRole.FIRM else f"preview.role.{role.value}")


def legend(roles: Sequence[RowRole], texts: Texts, down: bool = False) -> tuple[RolePatch, ...]:
    """Return the roles that occur, in the order a sheet shows them, with how many rows have each."""
    counts = Counter(roles)
    return tuple(
        RolePatch(role, role_words(role, down, texts), counts[role])
        for role in RowRole
        if counts[role] and role is not RowRole.BLANK
    )


def strips(mappings: Iterable[SheetMapping], instrument: Instrument, texts: Texts, decided: frozenset[str]) -> dict[int, Strip]:
    """Return what each matched line was taken for, by its zero-based position; `decided` are headings settled by a person."""
    labels = {item.code: texts.of(item.words) for item in instrument.items}
    return {
        match.position: _strip(match, labels, texts, match.header in decided) for mapping in mappings for match in mapping.matches
    }


def runs_down(mappings: Sequence[SheetMapping]) -> bool:
    """Whether the questions of a sheet stand below each other."""
    return bool(mappings) and all(mapping.layout.orientation is not Orientation.WIDE for mapping in mappings)


def item_choices(instrument: Instrument, pillars: Mapping[str, str], texts: Texts) -> tuple[ItemChoice, ...]:
    """Return every item a column may be, in the order of the form; `pillars` words the groups."""
    return tuple(ItemChoice(item.code, texts.of(item.words), pillars.get(item.pillar, "")) for item in instrument.items)


def marks(
    findings: Iterable[Finding], lines: Iterable[str], corrected: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], Mark]:
    """Return what was found by zero-based cell; `lines` word the findings one by one, `corrected` are the texts put in."""
    found: dict[tuple[int, int], list[tuple[int, str, str]]] = {}
    for finding, line in zip(findings, lines, strict=True):
        place = (finding.place.row - 1, finding.place.column - 1)
        found.setdefault(place, []).append((_WORST[finding.severity], finding.severity.value, line))
    result = {}
    for place in {*found, *corrected}:
        told = sorted(found.get(place, []))
        worst = told[0][1] if told else ""
        result[place] = Mark(worst, tuple(line for _, _, line in told), corrected.get(place))
    return result


def letters(position: int) -> str:
    """Return the letters of a zero-based column."""
    return column_letters(position + 1)


def _meets(place: CellReference, row: int, column: int) -> bool:
    """Whether a place, maybe a whole row or column, holds a one-based cell."""
    return place.row in (0, row) and place.column in (0, column)


def _strip(match: Match, labels: Mapping[str, str], texts: Texts, decided: bool) -> Strip:
    item = match.item or ""
    label = labels.get(item, item) or texts("preview.no_item")
    state = "decided" if decided else "none" if not item else "sure" if match.confidence >= SURE else "unsure"
    reason = match.reason if match.reason in texts.entries else "match.none"
    why = texts("preview.decided") if decided else texts(reason)
    rivals = tuple(labels.get(rival, rival) for rival in match.rivals)
    return Strip(match.position, match.header, item, label, state, match.confidence, why, rivals, match.unit)
