"""From what was declared of a wave, and who answered, to its design.

A census in which some firms did not answer is taken as if those of a stratum who did were drawn by chance (the response
model of Särndal, C.-E., Swensson, B. & Wretman, J. (1992), Model Assisted Survey Sampling, §15.6): weights and the correction
for the frame then carry what the silent firms could change, and not whether they differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.estimate.design import SurveyDesign, declare
from app.analysis.estimate.strata import Stratum, collapse
from app.analysis.estimate.weighting import Codes, rake_weights, trim
from app.domain.study import Design, Wave

_COLLAPSED = "estimate.note.collapsed."  # by the column given up


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """The combinations of the strata's columns that answered or are in the frame: C of them, `of` (n,) that of each firm."""

    columns: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    of: Codes
    answered: Floats
    frame: Floats

    @property
    def known(self) -> tuple[int, ...]:
        """The cells with a frame that can be true and that holds firms."""
        return tuple(int(cell) for cell in np.flatnonzero((self.frame >= self.answered) & (self.frame > 0)))


def survey_design(firms: pd.DataFrame, wave: Wave, known: pd.DataFrame) -> SurveyDesign:
    """Return the design of a wave's answered `firms`: FIRM_SCORE_COLUMNS, shape (n,), those whose answer is to be counted.

    `known` is `Responses.firms`, for size and township. Strata are the wave's, else the sectors of its frame, else none.
    Strata with fewer than 5 answers are collapsed (`strata.collapse`), and the weights then raked to the frame's totals of
    every column. What silence and raking did to the weights is trimmed to [0.3, 3] × its mean; strata that were asked whole,
    and the rates at which a sample was drawn, are not. Firms of a stratum without frame, or with one smaller than its answers,
    stand for themselves, without correction for a finite frame. Variances take raked weights as given, which does not flatter.
    """
    cells = _cells(firms, wave, known)
    if not cells.known:
        plain = declare(wave.design, np.ones(len(firms)), np.zeros(len(firms), dtype=np.int64))
        return replace(plain, notes=("estimate.note.no_frame",) if len(firms) else ())
    strata = [Stratum(cells.parts[cell], (cell,), int(cells.answered[cell]), int(cells.frame[cell])) for cell in cells.known]
    joined, given_up = collapse(strata, cells.columns)
    weights, notes = _weights(cells, joined, wave.design)
    stratum, frame = np.full(len(cells.parts), len(joined)), np.full(len(joined) + 1, np.nan)
    for place, one in enumerate(joined):
        stratum[list(one.members)], frame[place] = place, one.frame
    own = declare(wave.design, weights[cells.of], stratum[cells.of], _heard(frame, stratum[cells.of]))
    return replace(own, notes=(*_frame_notes(cells), *(_COLLAPSED + column for column in given_up), *notes))


def _heard(frame: Floats, strata: Codes) -> Floats:
    """The frame of the strata up to the last that has answers; numbers between them stay without firms."""
    return frame[: int(strata.max()) + 1] if len(strata) else frame[:0]


def _cells(firms: pd.DataFrame, wave: Wave, known: pd.DataFrame) -> _Cells:
    columns: tuple[str, ...] = wave.strata if wave.strata and wave.cells else ("sector",)
    counts = wave.cells if wave.strata and wave.cells else wave.frame
    keys, of = _keys(firms, columns, known)
    parts = sorted({*(tuple(key.split("|", len(columns) - 1)) for key in counts), *keys})
    place = {part: number for number, part in enumerate(parts)}
    cell = np.array([place[key] for key in keys], dtype=np.int64)[of]
    answered = np.bincount(cell, minlength=len(parts)).astype(np.float64)
    frame = np.array([counts.get("|".join(part), np.nan) for part in parts], dtype=np.float64)
    return _Cells(columns, tuple(parts), cell, answered, frame)


def _keys(firms: pd.DataFrame, columns: Sequence[str], known: pd.DataFrame) -> tuple[list[tuple[str, ...]], Codes]:
    """Return the distinct values of the columns, and which of them each firm has (n,)."""
    rows = firms["position"].to_numpy()
    values: list[list[str]] = []
    whole = np.zeros(len(firms), dtype=np.int64)
    for column in columns:
        answers = firms[column] if column == "sector" else known[column].iloc[rows]
        codes, names = pd.factorize(answers, use_na_sentinel=True)
        values.append([*(str(name) for name in names), ""])
        whole = whole * len(values[-1]) + np.where(codes < 0, len(names), codes)
    of, distinct = pd.factorize(whole)
    return [_unpacked(int(code), values) for code in distinct], of


def _unpacked(code: int, values: Sequence[Sequence[str]]) -> tuple[str, ...]:
    found: list[str] = []
    for names in reversed(values):
        found.append(names[code % len(names)])
        code //= len(names)
    return tuple(reversed(found))


def _frame_notes(cells: _Cells) -> tuple[str, ...]:
    heard = cells.answered > 0
    notes = []
    if (heard & ~(cells.frame > 0)).any():
        notes.append("estimate.note.no_frame")
    if (heard & (cells.frame > 0) & (cells.frame < cells.answered)).any():
        notes.append("estimate.note.small_frame")
    return tuple(notes)


def _weights(cells: _Cells, joined: Sequence[Stratum], kind: Design) -> tuple[Floats, tuple[str, ...]]:
    """Return the weight of the firms of each cell (C,), 1 where there is no frame, and what had to be done."""
    weights, notes = np.ones(len(cells.parts)), []
    for stratum in joined:
        weights[list(stratum.members)] = stratum.frame / stratum.answered if stratum.answered else 1.0
    drawn = weights.copy() if kind is Design.SAMPLE else np.ones(len(weights))
    whole = {cell for stratum in joined if stratum.is_complete for cell in stratum.members}
    partly = [cell for cell in cells.known if cell not in whole]
    open_ = np.array([cell for cell in partly if cells.answered[cell] > 0], dtype=np.int64)
    if len(open_) and len(joined) < len(cells.known) and len(cells.columns) > 1:
        weights[open_], raked = _to_margins(cells, partly, open_, weights[open_])
        notes.append("estimate.note.raked" if raked else "estimate.note.not_raked")
    trimmed = drawn[open_] * trim(weights[open_] / drawn[open_], cells.answered[open_] * drawn[open_])
    if not np.allclose(trimmed, weights[open_], rtol=1e-9):
        notes.append("estimate.note.trimmed")
        weights[open_] = trimmed
    return weights, tuple(notes)


def _to_margins(cells: _Cells, partly: Sequence[int], heard: Codes, weights: Floats) -> tuple[Floats, bool]:
    """Rake the weights of the cells `heard`, which stand for those of `partly`, to the frame's totals by each column.

    False leaves them: the totals cannot be met where a sector, size or township has no answers at all.
    """
    answered, margins, totals = cells.answered[heard], [], []
    for column in range(len(cells.columns)):
        wanted: dict[str, float] = {}
        for cell in partly:
            wanted[cells.parts[cell][column]] = wanted.get(cells.parts[cell][column], 0.0) + float(cells.frame[cell])
        names = sorted({cells.parts[cell][column] for cell in heard})
        if set(names) != set(wanted):
            return weights, False
        margins.append(np.array([names.index(cells.parts[cell][column]) for cell in heard], dtype=np.int64))
        totals.append(np.array([wanted[name] for name in names]))
    raked = rake_weights(weights * answered, margins, totals)
    return (raked.weights / answered, True) if raked.converged else (weights, False)
