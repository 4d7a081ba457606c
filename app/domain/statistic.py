"""Which firms a number rests on, read from its mark: what two tables must agree on when the same firms stand in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.assessment import TOTAL
from app.domain.release import Cell

Filters = tuple[tuple[str, str], ...]
FIRMS = "firms"  # the basis of all firms counted
UNION = "+"  # between the sectors of a goal that is set for several
_SECTOR = "sector"
_LENGTHS = {"share": 3, "pillar": 3, "estimate": 3, "levels": 2, "class": 2, "rank": 2, "measure": 3, "goal": 1, "progress": 2}
_LENGTHS |= dict.fromkeys(("agents", "jobs", "models"), 3)
_BASES = {"share": "level", "levels": "level", "estimate": "estimate", "class": FIRMS, "rank": FIRMS}
_GOAL_TABLE = "goal-"
_OF_USERS = ("users", "t:")  # what is told of the firms with agents as a whole


@dataclass(frozen=True, slots=True)
class GoalBasis:
    """What a goal is measured by: the id of its measure, its sectors (none: all), the wave of its newest value."""

    measure: str
    sections: tuple[str, ...]
    wave: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What marks alone do not say: the basis of each goal by its id, and the codes of the levels, lowest first."""

    goals: Mapping[str, GoalBasis] = field(default_factory=dict)
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Firms that a number rests on: `basis` what they were asked or rated, in a wave, of a sector (TOTAL: all), under filters."""

    basis: str
    wave: str
    sector: str
    filters: Filters = ()

    @property
    def key(self) -> str:
        """Return the group as a short text, e.g. `level|2026|C|size=small`."""
        tail = ";".join(f"{name}={value}" for name, value in self.filters)
        return "|".join((self.basis, self.wave, self.sector, *((tail,) if tail else ())))


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number about a group: `what` it is (a level, a pillar, an answer), "" the group as a whole."""

    group: Group
    what: str = ""


def statistic_of(mark: str, naming: Naming, table: str = "", row: str = "") -> Statistic | None:
    """Return what the number with this mark is, in `row` of `table`; None where the mark does not tell."""
    goal = naming.goals.get(table.removeprefix(_GOAL_TABLE)) if table.startswith(_GOAL_TABLE) else None
    kind, *parts = mark.split("|")
    if goal is not None and row:
        return _of_goal(goal, _filters(parts[-1]) if "=" in parts[-1] else (), row) if mark else None
    length = _LENGTHS.get(kind, 0)
    if not length or len(parts) not in (length, length + 1):
        return None
    filters = _filters(parts[length]) if len(parts) > length else ()
    if kind in ("goal", "progress"):
        known = naming.goals.get(parts[0])
        told = kind == "goal" or parts[1] == "value"
        return _of_goal(known, filters, known.wave) if known is not None and told else None
    if kind == "measure":
        return Statistic(Group(f"measure.{parts[0]}", parts[1], parts[2], filters), "value")
    wave, sector, what = parts[0], parts[1], parts[2] if length > 2 else ""
    return Statistic(Group(_basis(kind, what), wave, sector, filters), what or kind)


def place_of(table: str, row: str, column: int) -> str:
    """Name a cell that bears no mark."""
    return f"{table}|{row}|{column}"


def group_key(cell: Cell, naming: Naming, place: tuple[str, str, int]) -> str:
    """Return the group a cell rests on, a place of its own where its mark does not tell."""
    found = statistic_of(cell.evidence, naming, place[0], place[1])
    return found.group.key if found is not None else place_of(*place)


def _basis(kind: str, what: str) -> str:
    if kind == "agents":
        return "agents" if what == "using" else "agents.users" if what.startswith(_OF_USERS) else f"agents.{what}"
    if kind == "models":
        return f"models.{what.split(':')[0]}"
    if kind in ("jobs", "pillar"):
        return f"{kind}.{what}"
    return _BASES[kind]


def _of_goal(goal: GoalBasis, filters: Filters, wave: str) -> Statistic:
    sector = next((value for name, value in filters if name == _SECTOR), "")
    sectors = tuple(one for one in goal.sections if not sector or one == sector) or ((sector,) if sector else ())
    rest = tuple(pair for pair in filters if pair[0] != _SECTOR)
    return Statistic(Group(f"measure.{goal.measure}", wave, UNION.join(sectors) or TOTAL, rest), "value")


def _filters(text: str) -> Filters:
    return tuple((name, value) for name, _, value in (part.partition("=") for part in text.split(";")))
