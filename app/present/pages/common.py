"""What all pages share: chips of the selection, notes, and the empty state with its next step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.domain.study import Wave
from app.present.pages.values import Chip, Empty, Head, NextStep
from app.present.tables import level_codes
from app.present.view import View


def newest_wave(view: View) -> Wave | None:
    """Return the chosen wave, or the newest that was collected (assessed or not)."""
    waves = view.study.waves
    return next((wave for wave in waves if wave.id == view.selection.wave), waves[-1] if waves else None)


def in_wave(view: View, wave: Wave) -> npt.NDArray[np.int64]:
    """Return the positions of the counted responses of a wave."""
    if view.study.responses is None:
        return np.zeros(0, dtype=np.int64)
    firms = view.study.responses.firms
    inside = firms["counted"].to_numpy(dtype=bool) & (firms["wave"].astype("str") == wave.id).to_numpy(dtype=bool)
    return np.flatnonzero(inside).astype(np.int64)


def chips(view: View, fields: Sequence[str]) -> tuple[Chip, ...]:
    """Return the chips of these fields of the selection, with what may be chosen."""
    return tuple(_chip(view, field) for field in fields)


def _chip(view: View, field: str) -> Chip:
    texts, value = view.texts, str(getattr(view.selection, field))
    nothing = texts("page.chip.newest" if field == "wave" else "page.chip.all")
    options = (("", nothing), *((option, view.filter_value(field, option)) for option in _options(view, field)))
    text = view.filter_value(field, value) if value else nothing
    return Chip(field, texts(f"page.chip.{field}"), value, text, options)


def _options(view: View, field: str) -> list[str]:
    if field == "wave":
        return [wave.id for wave in view.study.waves]
    if field == "level":
        return list(level_codes(view))
    if view.study.responses is None:
        return []
    held = view.study.tallies
    if held is not None and field in held:  # the firms' own column takes ten times as long
        found = {str(value) for value in held[field].cat.categories if value}
    else:
        found = {str(value) for value in pd.unique(view.study.responses.firms[field]) if pd.notna(value) and str(value)}
    if field == "size":
        return [size for size in ("large", "medium", "small", "micro") if size in found]
    return sorted(found)


def synthetic(view: View) -> str:
    """Return the demonstration mark, "" for a real study."""
    return view.texts("provenance.synthetic") if view.study.synthetic else ""


def empty_head(view: View, why: str, command: str, step: str) -> Head:
    """Return the head of a page that has nothing to show: why, and the one command that changes it."""
    texts = view.texts
    words, headline = texts(f"page.empty.{why}"), texts(f"page.empty.{why}_headline")
    return Head(headline, synthetic=synthetic(view), empty=Empty(words, NextStep(command, texts(f"page.empty.step_{step}"))))


def needs_responses(view: View) -> Head:
    """Return the head of a page that waits for workbooks."""
    return empty_head(view, "no_responses", "study.collect", "collect")


def needs_assessment(view: View) -> Head:
    """Return the head of a page that waits for the assessment."""
    if view.study.responses is None:
        return needs_responses(view)
    return empty_head(view, "no_assessment", "study.assess", "assess")


def assess_again(view: View) -> NextStep:
    """Return the step that brings what an older assessment lacks."""
    return NextStep("study.assess", view.texts("assess.again"))


def absent(column: pd.Series) -> tuple[object, ...]:
    """Return a column as plain values, None where missing."""
    return tuple(column.astype("object").where(column.notna(), None).tolist())


def labels(column: pd.Series, words: dict[str, str]) -> tuple[object, ...]:
    """Return a column of codes as words, one look-up a distinct code."""
    return tuple(column.fillna("").astype("str").map(words).tolist())
