"""One township's form of one wave before it is laid out: who answered, what was asked, what stands in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.domain.instrument import Instrument, Item, ItemType, Role
from app.domain.taxonomy import Taxonomy
from app.files.demo_county.answers import Truth
from app.files.demo_county.columns import asked_items
from app.files.demo_county.firms import Firm
from app.files.demo_county.plan import Plan, stream
from app.files.demo_county.shape import Shape
from app.files.demo_county.traits import Floats
from app.files.demo_county.wording import BLANK, Pen, Typed, Written

_WRITING, _ANSWERING, _ASKING = 8, 9, 10


@dataclass(frozen=True, slots=True)
class World:
    """All that is true of the county: its plan, its firms, their answers, the questions asked of them, and how far they truly
    are (`states`, one a firm, in the wave that is assessed on site)."""

    plan: Plan
    instrument: Instrument
    taxonomy: Taxonomy
    firms: Sequence[Firm]
    truth: Truth
    seed: int
    states: Floats


@dataclass(slots=True)
class Line:
    """One firm's answers on one form; faults change `cells` after the fact and leave what is true in `value`."""

    firm: Firm
    cells: dict[str, Written]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: its kind, the line (−1: a row of totals) and item it stands at, and the text in the cell."""

    kind: str
    line: int
    item: str
    text: str


@dataclass(slots=True)
class Draft:
    """A form under construction: wave number, township number, shape, items in form order, lines and planted faults."""

    wave: int
    town: int
    shape: Shape
    items: tuple[Item, ...]
    lines: list[Line]
    faults: list[Fault] = field(default_factory=list)


def respondents(world: World, wave: int) -> list[list[Firm]]:
    """Return, township by township, the firms that hand in a form of `wave`, in the order of the register."""
    rng = stream(world.seed, _ANSWERING, wave)
    handed_in = rng.random(len(world.firms)) < world.plan.register["answers"][wave]
    towns: list[list[Firm]] = [[] for _ in world.plan.townships]
    for firm, came in zip(world.firms, handed_in, strict=True):
        if came and firm.exists[wave]:
            towns[firm.township].append(firm)
    _repeat_some(world, towns, rng)
    return towns


def _repeat_some(world: World, towns: list[list[Firm]], rng: np.random.Generator) -> None:
    """Let a few firms hand in a second form in the next township (not in the one whose form holds a firm a sheet)."""
    answering = [firm for town in towns for firm in town]
    count = round(len(answering) * world.plan.register["repeat"])
    for position in rng.choice(len(answering), size=count, replace=False):
        firm = answering[int(position)]
        towns[(firm.township + 1) % 17].append(firm)


def make_draft(world: World, place: tuple[int, int], firms: Sequence[Firm], shape: Shape) -> Draft:
    """Return the form of township and wave `place` with every answer of `firms` written in the clerk's ways."""
    town, wave = place
    rng = stream(world.seed, _WRITING, wave, town)
    items = asked_items(shape, world.instrument, stream(world.seed, _ASKING, town))
    pen = Pen(shape.habit, world.plan.writing, rng)
    if shape.groups == "sector":
        firms = sorted(firms, key=lambda firm: firm.section)
    lines = [Line(firm, _cells(world, firm, (wave, shape), items, pen), _remark(world, pen)) for firm in firms]
    return Draft(wave, town, shape, items, lines)


def _remark(world: World, pen: Pen) -> str:
    return str(pen.pick(world.plan.writing["remarks"]["texts"])) if pen.rng.random() < 0.03 else ""


def _cells(world: World, firm: Firm, form: tuple[int, Shape], items: Sequence[Item], pen: Pen) -> dict[str, Written]:
    wave, shape = form
    cells: dict[str, Written] = {}
    for item in items:
        if item.code in world.truth.waves[wave]:
            cells[item.code] = pen.write(item, world.truth.waves[wave][item.code][firm.serial])
        else:
            cells[item.code] = _identity(world, firm, item, (wave, shape), pen)
    return cells


def _identity(world: World, firm: Firm, item: Item, form: tuple[int, Shape], pen: Pen) -> Written:
    wave, shape = form
    figures = firm.figures[wave]
    facts: Mapping[Role | None, Typed] = {
        Role.NAME: firm.name,
        Role.CREDIT_CODE: firm.code,
        Role.TOWNSHIP: world.plan.townships[firm.township].name,
        Role.EMPLOYEES: float(figures.employees),
        Role.REVENUE: figures.revenue,
        Role.ASSETS: figures.assets,
    }
    if item.type is ItemType.INDUSTRY:
        text = industry_text(world.taxonomy, firm, shape.industry, pen.rng)
        return Written(text, text)
    if item.role in (Role.REVENUE, Role.ASSETS) and pen.rng.random() < world.plan.answers["blanks"]["money"]:
        return BLANK
    return pen.write(item, facts[item.role])


def industry_text(taxonomy: Taxonomy, firm: Firm, way: str, rng: np.random.Generator) -> str:
    """Return how a form names the firm's industry: by section, division, class, code or an everyday alias."""
    if way == "alias":
        names = [alias for alias, target in taxonomy.aliases.items() if target == firm.division and not alias.isascii()]
        return names[int(rng.integers(len(names)))] if names else taxonomy.divisions[firm.division].zh
    ways = {
        "section": taxonomy.sections[firm.section].words.zh,
        "division": taxonomy.divisions[firm.division].zh,
        "division_code": firm.division,
        "class_code": firm.klass[0],
        "class_both": f"{firm.klass[0]} {firm.klass[1]}",
    }
    return ways[way]
