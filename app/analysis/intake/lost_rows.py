"""Firms and townships that the shape of a table hides: a table beside it, a township written once for the rows below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.analysis.intake.asked import Asked
from app.analysis.intake.distinct import is_blank
from app.analysis.intake.layouts import Recognised
from app.analysis.intake.reports import report
from app.domain.findings import CellReference, Finding
from app.domain.sheet import Match, Orientation

_FEWEST = 2  # headings that a table beside another one repeats, rows that a township is left out in


def side_by_side(found: Recognised, matches: Sequence[Match], firm: frozenset[str], place: CellReference) -> Iterator[Finding]:
    """Yield the ranges beside a table that ask the same again, who the firm is (items `firm`) among it: not read."""
    layout = found.layout
    if layout.orientation is not Orientation.WIDE or not len(layout.body):
        return
    first, last = layout.header_rows[-1] + 1, int(layout.body[-1]) + 1
    for run in _runs([match for match in matches if match.reason == "match.repeated"]):
        if len(run) >= _FEWEST and firm & {match.rivals[0] for match in run}:
            ends = (CellReference("", "", first, run[0].position + 1), CellReference("", "", last, run[-1].position + 1))
            cell = CellReference(place.source, place.sheet, first, run[0].position + 1)
            yield report("sheet.side_by_side", cell, ":".join(end.a1 for end in ends))


def _runs(matches: Sequence[Match]) -> list[list[Match]]:
    """Return the matches in runs that name each item once."""
    runs: list[list[Match]] = []
    for match in matches:
        if not runs or match.rivals[0] in {each.rivals[0] for each in runs[-1]}:
            runs.append([])
        runs[-1].append(match)
    return runs


def blank_below(found: Recognised, asked: Asked | None) -> Iterator[Finding]:
    """Yield that townships stand only in the first row of their group, when each is written once and blank rows follow it."""
    if asked is None or found.layout.orientation is not Orientation.WIDE:
        return
    blank = np.array([is_blank(text) for text in asked.distinct.texts], dtype=bool)
    rows = blank[asked.distinct.inverse]
    once = bool((asked.distinct.counts[~blank] == 1).all())
    if not len(rows) or rows[0] or int(rows.sum()) < _FEWEST or not once:
        return
    row = int(asked.column.rows[np.flatnonzero(rows)[0]])
    yield report("township.blank_below", asked.column.cell(row), str(int(rows.sum())), header=asked.header)
