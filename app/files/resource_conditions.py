"""Conditions over answers as resource files write them.

{ item = "T1", includes = ["yes"] }      { item = "P1", at_least = 3 }      { pillar = "data", at_least = 60 }
{ any = [ … ] }      { all = [ … ] }      { count = [ … ], at_least = 2 }
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.condition import Condition
from app.files.resource_rows import Row

_GROUPS = ("any", "all", "count")


def parse_condition(row: Row) -> Condition:
    """Return the condition a table stands for; ResourceError when it is none of the forms above."""
    group = next((name for name in _GROUPS if name in row.fields), None)
    condition = _parse_answer(row) if group is None else _parse_group(row, group)
    row.close()
    return condition


def _parse_group(row: Row, group: str) -> Condition:
    parts = tuple(parse_condition(part) for part in row.children(group))
    if not parts:
        raise row.error("blank", field=group)
    at_least = row.number("at_least") if group == "count" else None
    return Condition(group, at_least=at_least, parts=parts)


def _parse_answer(row: Row) -> Condition:
    if "pillar" in row.fields:
        return Condition("pillar", item=row.text("pillar"), at_least=row.number("at_least"))
    item, includes, at_least = row.text("item"), row.texts("includes"), row.optional_number("at_least")
    if bool(includes) == (at_least is not None):
        raise row.error("condition", field=item)
    return Condition("answer", item=item, includes=includes, at_least=at_least)


def leaves(condition: Condition) -> Iterator[Condition]:
    """Yield the answer and pillar conditions inside `condition`."""
    if not condition.parts:
        yield condition
    for part in condition.parts:
        yield from leaves(part)
