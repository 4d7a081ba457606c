"""Who of the firm register has answered: response by township, sector and size, and the firms that have not."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from app.analysis.intake.coverage import response_table
from app.domain.numbers import number, percent
from app.domain.register import GROUPS, Coverage
from app.domain.study import Wave
from app.present.pages.values import Column, PageTable, Reporting
from app.present.view import View

_NUMBERS = (("registered", "number"), ("responded", "number"), ("missing", "number"), ("rate", "percent"))
_CROSS = "all"


def reporting_of(view: View, wave: Wave) -> Coverage | None:
    """Return who of the study's register answered in `wave`, None without a register."""
    if view.study.register is None:
        return None
    return response_table(view.study.register, view.study.responses, wave.id, view.resources.names)


def reporting_view(view: View, coverage: Coverage) -> Reporting:
    """Return the response by each of GROUPS and by all of them together, those who lack most first, and who is missing."""
    texts = view.texts
    told = {"n": number(coverage.registered, "count"), "answered": number(coverage.responded, "count")}
    told["rate"] = percent(coverage.rate) if coverage.rate is not None else "—"
    key = "headline" if len(coverage.absent) else "headline_whole"
    notes = [texts("collect.register.note")]
    if len(coverage.unlisted):
        notes.append(texts("collect.register.unlisted", n=number(len(coverage.unlisted), "count")))
    groups: tuple[tuple[str, Sequence[str]], ...] = (*((group, (group,)) for group in GROUPS), (_CROSS, GROUPS))
    return Reporting(
        headline=texts(f"collect.register.{key}", missing=number(len(coverage.absent), "count"), **told),
        note=" ".join(notes),
        groups=tuple((name, texts(f"collect.register.by_{name}"), _response(view, coverage, parts)) for name, parts in groups),
        absent=_absent(view, coverage.absent),
    )


def _words(view: View, group: str, value: object) -> str:
    text = "" if pd.isna(value) else str(value)
    return view.filter_value(group, text) if text else view.texts("collect.register.untold")


def _response(view: View, coverage: Coverage, groups: Sequence[str]) -> PageTable:
    found = coverage.by(*groups)
    found = found.assign(missing=found["registered"] - found["responded"])
    found = found.sort_values(["missing", "registered"], ascending=False, kind="stable")
    columns = (*(_column(view, group, "text") for group in groups), *(_column(view, name, kind) for name, kind in _NUMBERS))
    words = (tuple(_words(view, group, value) for value in found[group]) for group in groups)
    numbers = (tuple(float(value) for value in found[name]) for name, _ in _NUMBERS)
    return PageTable(columns, (*words, *numbers), tuple(map(str, range(len(found)))))


def _absent(view: View, firms: pd.DataFrame) -> PageTable:
    """The missing firms as the register tells them, with their codes where it has any."""
    codes = tuple(firms["code"].fillna("").astype(str))
    columns = (_column(view, "name", "text"), *(_column(view, group, "text") for group in GROUPS))
    data = (
        tuple(firms["name"].fillna("").astype(str)),
        *(tuple(_words(view, group, value) for value in firms[group]) for group in GROUPS),
    )
    if any(codes):
        columns, data = (*columns, _column(view, "code", "code")), (*data, codes)
    return PageTable(columns, data, tuple(map(str, range(len(firms)))))


def _column(view: View, key: str, kind: str) -> Column:
    return Column(key, view.texts(f"collect.register.column.{key}"), kind)
