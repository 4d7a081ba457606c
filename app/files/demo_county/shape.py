"""The shape of one township's workbook, as resources/demo/shapes.toml tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from app.files.demo_county.wording import Habit


@dataclass(frozen=True, slots=True)
class Shape:
    """One workbook's shape. Texts may hold {county}, {town}, {year}, {count}.

    `format` xlsx | xls | csv-gb18030 | csv-utf8 | html; `orientation` wide | long; `header` rows of the header 1–3;
    `ordinals` none | digits | stub (甲乙丙 then 1 2 3); `totals` none | top | bottom | subtotals; `groups` none | sector;
    `spacer` a blank row after so many rows (0: none); `spare` numbered but empty rows at the end; `pages` the header
    again after so many rows (one-row headers); `order` plain | identity_last | mixed;
    `wording` label | question | synonym | numbered; `units` header | note; `skip` items or pillars not asked;
    `split` long header groups in two parts; `staff` head counts under one group 从业人员: 期末人数, 其中：….
    """

    id: str
    format: str
    file: str
    sheet: str
    habit: Habit
    orientation: str = "wide"
    titles: tuple[str, ...] = ()
    left_note: str = ""
    unit_note: str = ""
    block: tuple[str, ...] = ()
    header: int = 1
    ordinals: str = "none"
    hints: bool = False
    totals: str = "none"
    groups: str = "none"
    spacer: int = 0
    spare: int = 0
    pages: int = 0
    footer: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    order: str = "plain"
    wording: str = "label"
    units: str = "header"
    industry: str = "division"
    skip: tuple[str, ...] = ()
    remarks: bool = False
    split: bool = False
    staff: bool = False


def make_shape(row: Mapping[str, Any], year: str) -> Shape:
    """Return the shape a township uses in `year`: the table, with its `changes` of that year laid over it."""
    merged: dict[str, Any] = {key: value for key, value in row.items() if key != "changes"}
    merged.update(row.get("changes", {}).get(year, {}))
    merged["habit"] = Habit(**merged["habit"])
    unknown = set(merged) - {field.name for field in fields(Shape)}
    if unknown:
        raise KeyError(sorted(unknown))
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in merged.items()}
    return Shape(**frozen)
