"""还差多少: how many firms it would take to reach a goal, who is nearest, and which groups have that many."""

from __future__ import annotations

from app.analysis.disclosure import release
from app.domain.assessment import TOTAL
from app.domain.numbers import ABSENT_SIGN, cell_text, number
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.scenario import GroupNeed, Need
from app.present import wording
from app.present.draw.steps import points
from app.present.pages.section import Listing, Part, Section
from app.present.pages.values import Column, PageTable
from app.present.scenario_words import refusal_words, value_words
from app.present.view import View

FIELDS = ("size", "level", "sector", "township")


def need_section(view: View, need: Need) -> Section:
    """Return what a goal would take, by nearness and by group, or why it cannot be told."""
    texts = view.texts
    if need.firms is None or need.target is None or need.now is None:
        return Section(refusal_words(view, need))
    base = texts(f"scenario.need.{need.base}")
    if need.firms.middle <= 0:
        return Section(texts("scenario.need.none", target=wording.share_text(texts, need.target)), notes=(base,))
    firms = number(need.firms.middle, "count")
    if need.firms.low < need.firms.high:
        low, high = (number(end, "count") for end in (need.firms.low, need.firms.high))
        firms = texts("assess.between", value=firms, low=low, high=high)
    said = {"target": wording.share_text(texts, need.target), "firms": firms}
    headline = texts("scenario.need.headline", quarter=number(need.per_quarter or 0.0, "count"), **said)
    groups = [_groups(view, need, field) for field in FIELDS]
    shown: list[Part] = [_steps(view, need), *(each for each in groups if each is not None)]
    rows: tuple[tuple[Part, ...], ...] = tuple(tuple(shown[at : at + 2]) for at in range(0, len(shown), 2))
    return Section(headline, rows, (base, texts("scenario.need.note")))


def _steps(view: View, need: Need) -> Listing:
    """The least set: from the nearest on, until the target is reached."""
    texts, rows = view.texts, []
    for step in need.steps:
        if step.taken < 0.5:
            continue
        size = texts("scenario.need.other_sizes") if step.size == "*" else value_words(view, "size", step.size)
        rows.append((_nearness(view, step.nearness), size, number(step.available, "count"), number(step.taken, "count")))
    columns = (
        Column("nearness", texts("scenario.need.nearness")),
        Column("size", texts("scenario.need.size")),
        Column("available", texts("scenario.need.waiting"), "number"),
        Column("taken", texts("scenario.need.taken"), "number"),
    )
    data = tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in columns)
    ids = tuple(f"step-{place}" for place in range(len(rows)))
    return Listing("need.steps", texts("scenario.need.steps"), PageTable(columns, data, ids), most=10)


def _nearness(view: View, nearness: str) -> str:
    if nearness == "planned":
        return view.texts("scenario.need.planned")
    return (
        view.texts("scenario.need.at_level", level=view.level_label(nearness)) if nearness else view.texts("scenario.need.rest")
    )


def _groups(view: View, need: Need, field: str) -> Listing | None:
    groups = [each for each in need.groups if each.field == field]
    if len(groups) < 2:
        return None
    texts, known = view.texts, {each.value: each for each in groups}
    table = _released(view, field, groups)
    rows = []
    for row in table.rows:
        firms, waiting = (cell_text(cell) for cell in row.cells)
        hidden = any(cell.status is CellStatus.HIDDEN for cell in row.cells)
        gain, alone = ("‡", "‡") if hidden else _verdict(view, known.get(row.key), need)
        rows.append((row.label, firms, waiting, gain, alone))
    columns = (
        Column("group", texts(f"change.column.{field}")),
        Column("firms", texts("scenario.need.firms"), "number"),
        Column("waiting", texts("scenario.need.waiting"), "number"),
        Column("gain", texts("scenario.need.gain"), "number"),
        Column("verdict", texts("scenario.need.alone"), "level"),
    )
    ids = tuple(row.key or "unknown" for row in table.rows)
    title = texts(f"scenario.need.by_{field}")
    return Listing(f"need.{field}", title, PageTable(columns, tuple(zip(*rows, strict=True)), ids), most=10)


def _released(view: View, field: str, groups: list[GroupNeed]) -> ReleasedTable:
    """The counts of a field with all firms first, small ones hidden and others with them, for all firms are known."""
    firms, waiting = (sum(getattr(each, name) for each in groups) for name in ("firms", "available"))
    answered, left = (sum(getattr(each, name) for each in groups) for name in ("answered", "waiting"))
    total = Row(TOTAL, view.sector_label(TOTAL), (_count(firms, answered), _count(waiting, left)))
    rows = [Row(each.value, value_words(view, field, each.value), _cells(each)) for each in groups]
    names = (view.texts("scenario.need.firms"), view.texts("scenario.need.waiting"))
    return release(f"need-{field}", names, [total, *rows], TOTAL)


def _cells(group: GroupNeed) -> tuple[Cell, Cell]:
    return _count(group.firms, group.answered), _count(group.available, group.waiting)


def _count(value: float, n: int) -> Cell:
    return Cell(CellStatus.SHOWN, "count", float(round(value)), n=n)


def _verdict(view: View, group: GroupNeed | None, need: Need) -> tuple[str, str]:
    """What a group could add if all of it came to meet the measure, and whether that is enough, with which part of them."""
    texts = view.texts
    if group is None:
        return "", ""
    if not group.available:
        return ABSENT_SIGN, texts("scenario.need.done")
    gain = points(_gain(group, need) * 100)
    if not group.enough:
        return gain, texts("scenario.need.not_enough")
    return gain, texts("scenario.need.enough", part=wording.share_text(texts, group.needed / group.available))


def _gain(group: GroupNeed, need: Need) -> float:
    """What the share would gain if all of a group came to meet the measure."""
    gap = (need.target or 0.0) - (need.now.middle if need.now is not None else 0.0)
    return gap * group.available / group.needed if group.needed > 0 else 0.0
