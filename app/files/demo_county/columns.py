"""Which questions a workbook asks, in what order, under which header texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.domain.instrument import Instrument, Item, ItemType, Role
from app.domain.rubric import Rubric
from app.files.demo_county.layout_body import Column
from app.files.demo_county.shape import Shape

_FIRST = (Role.NAME, Role.CREDIT_CODE)
_MEASURED = (ItemType.COUNT, ItemType.MONEY, ItemType.NUMBER, ItemType.PERCENT)


@dataclass(frozen=True, slots=True)
class Wordbook:
    """Header texts that no item holds: serial number, remarks, group titles by pillar ("" the identity), outer titles."""

    serial: str
    remarks: str
    groups: Mapping[str, str]
    outer: Mapping[str, str]
    parts: Sequence[str]
    several: str
    staff: Mapping[str, str]


def wordbook(writing: Mapping[str, Any], rubric: Rubric) -> Wordbook:
    """Return the header texts of resources/demo/writing.toml, with the rubric's names for its pillars."""
    headers = writing["headers"]
    groups = {"": headers["identity"], **headers["groups"]}
    groups |= {pillar.code: pillar.words.zh for pillar in rubric.pillars if pillar.code not in groups}
    return Wordbook(
        serial=headers["serial"],
        remarks=headers["remarks"],
        groups=groups,
        outer=headers["outer"],
        parts=headers["parts"],
        several=headers["several"],
        staff=headers["staff"],
    )


def asked_items(shape: Shape, instrument: Instrument, rng: np.random.Generator) -> tuple[Item, ...]:
    """Return the items the form asks, in its order; `skip` names items or whole pillars."""
    wanted = (item for item in instrument.items if item.role is not Role.SIZE)  # it follows from the others
    items = [item for item in wanted if item.code not in shape.skip and item.pillar not in shape.skip]
    if shape.order == "plain":
        return tuple(items)
    first = [item for item in items if item.role in _FIRST]
    identity = [item for item in items if not item.pillar and item.role not in _FIRST]
    rest = [item for item in items if item.pillar]
    if shape.order == "identity_last":
        return (*first, *rest, *identity)
    pillars = list(dict.fromkeys(item.pillar for item in rest))
    order = [pillars[position] for position in rng.permutation(len(pillars))]
    mixed = [item for pillar in order for item in _shuffled([item for item in rest if item.pillar == pillar], rng)]
    return (*first, *_shuffled(identity, rng), *mixed)


def make_columns(shape: Shape, items: Iterable[Item], book: Wordbook, rng: np.random.Generator) -> tuple[Column, ...]:
    """Return the columns of a wide form: serial number, the items with their headers and groups, perhaps remarks."""
    columns = [Column(None, book.serial)]
    for number, item in enumerate(items, start=1):
        look = "percent" if item.type is ItemType.PERCENT and shape.habit.percent == "fraction" else ""
        columns.append(Column(item, header_text(shape, item, number, book, rng), _groups(shape, item, book), look))
    if shape.staff:
        columns = _staff_together(columns, book)
    if shape.split:
        columns = _split(columns, book)
    if shape.remarks:
        columns.append(Column(None, book.remarks))
    return tuple(columns)


def header_text(shape: Shape, item: Item, number: int, book: Wordbook, rng: np.random.Generator) -> str:
    """Return what the header says: label, full question or another wording, numbered and with its unit where usual."""
    text = item.words.zh
    if shape.wording == "question":
        text = item.question.zh
    if shape.wording == "synonym":
        chinese = [synonym for synonym in item.synonyms if not synonym.isascii()] or [text]
        text = chinese[int(rng.integers(len(chinese)))]
    if shape.wording == "numbered":
        text = f"{number}、{text}"
    unit = unit_text(shape, item)
    if item.type is ItemType.MULTI and shape.wording in ("label", "numbered"):
        text += book.several
    return f"{text}（{unit}）" if unit and shape.units == "header" else text


def unit_text(shape: Shape, item: Item) -> str:
    """Return the unit in which this form asks an item, "" for answers without one."""
    if item.type not in _MEASURED:
        return ""
    if item.type is ItemType.MONEY:
        return shape.habit.money
    if item.type is ItemType.PERCENT:
        return "%" if shape.habit.percent == "points" else ""
    return item.unit


def _shuffled(items: list[Item], rng: np.random.Generator) -> list[Item]:
    return [items[position] for position in rng.permutation(len(items))]


def _groups(shape: Shape, item: Item, book: Wordbook) -> tuple[str, ...]:
    """Return the header groups above an item; a firm's name and code stand alone, merged down."""
    if item.role in _FIRST or shape.header == 1:
        return ()
    own = book.groups[item.pillar]
    return (own,) if shape.header == 2 else (book.outer.get(item.pillar, book.outer[""]), own)


def _staff_together(columns: list[Column], book: Wordbook) -> list[Column]:
    """Put the counted staff side by side under one group, as 从业人员 over 期末人数 and 其中：…."""
    staff = {column.item.code: column for column in columns if column.item and column.item.code in book.staff}
    rest = [column for column in columns if column.item is None or column.item.code not in staff]
    first = next(iter(staff.values()))
    groups = (*first.groups[:-1], book.staff["group"])
    together = [replace(column, header=book.staff[code], groups=groups) for code, column in staff.items()]
    place = columns.index(first)
    return [*rest[:place], *together, *rest[place:]]


def _split(columns: list[Column], book: Wordbook) -> list[Column]:
    """Divide every group of more than five columns into two parts, as forms do to stay readable."""
    members: dict[tuple[str, ...], int] = {}
    for column in columns:
        members[column.groups] = members.get(column.groups, 0) + 1
    seen: dict[tuple[str, ...], int] = {}
    parted = []
    for column in columns:
        place = seen.get(column.groups, 0)
        seen[column.groups] = place + 1
        if column.groups and members[column.groups] > 5:
            part = book.parts[0] if place < (members[column.groups] + 1) // 2 else book.parts[1]
            column = replace(column, groups=(*column.groups[:-1], column.groups[-1] + part))
        parted.append(column)
    return parted
