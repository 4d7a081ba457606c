"""What may leave of what is watched: shares, means and rates by sector after disclosure control, columns and rows by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.analysis.disclosure import Dominance, Policy, release
from app.analysis.watch.jobs import FOLLOWS, RATES
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.watch import SectorAgents, SectorJobs, SectorModels, Watch

AGENT_COLUMNS = ("using", "flagged", "control", "exposure")
MODEL_PARTS = ("sources", "purposes", "barriers", "human_channel")


@dataclass(frozen=True, slots=True)
class Released:
    """Tables by part, rows TOTAL and sectors, columns by key; empty where the part was not asked.

    `agents` using, flagged, control, exposure; `tiers`, `quadrants`, `flags` shares of users; `jobs` RATES; `models` by part and
    option.
    """

    agents: ReleasedTable
    tiers: ReleasedTable
    quadrants: ReleasedTable
    flags: ReleasedTable
    jobs: ReleasedTable
    models: Mapping[str, ReleasedTable]


def released(watch: Watch) -> Released:
    """Return every aggregate of `watch` as it may be shown."""
    models = {part: _models(watch.models, part) for part in MODEL_PARTS}
    return Released(
        _table("watch-agents", AGENT_COLUMNS, [(one.sector, _agents(one)) for one in watch.agents]),
        _counts("watch-tiers", watch.agents, lambda one: one.tiers),
        _counts("watch-quadrants", watch.agents, lambda one: one.quadrants),
        _flags(watch.agents),
        _jobs(watch.jobs),
        {part: table for part, table in models.items() if table.columns},
    )


def estimate_cell(found: Estimate, unit: str = "fraction") -> Cell:
    """Return an estimate as a cell to be released; one that stands on firms and has no value may not be told or cannot be."""
    return Cell(CellStatus.SHOWN, unit, found.value, found.low, found.high, found.n)


def _table(id_: str, columns: Sequence[str], sectors: Sequence[tuple[str, Sequence[Cell]]]) -> ReleasedTable:
    return release(id_, tuple(columns), [Row(sector, sector, tuple(cells)) for sector, cells in sectors], TOTAL)


def _agents(one: SectorAgents) -> Sequence[Cell]:
    means = (Cell(CellStatus.SHOWN, "score", value, n=one.users) for value in (one.control, one.exposure))
    return (estimate_cell(one.using), estimate_cell(one.flagged), *means)


def _counts(id_: str, agents: Sequence[SectorAgents], counts: Callable[[SectorAgents], Mapping[str, int]]) -> ReleasedTable:
    """Return counts of users as shares of them, hidden by the users they are shares of."""
    columns = tuple(counts(agents[0])) if agents else ()
    sectors = [(one.sector, [_share_of_users(counts(one)[column], one.users, one.users) for column in columns]) for one in agents]
    return _table(id_, columns, sectors)


def _share_of_users(count: int, users: int, n: int) -> Cell:
    return Cell(CellStatus.SHOWN, "fraction", count / users if users else None, n=n)


def _flags(agents: Sequence[SectorAgents]) -> ReleasedTable:
    """Return shares of users by red flag, hidden by the users that fly it: a flag is nothing to be known of a firm or two."""
    columns = tuple(agents[0].flags) if agents else ()
    sectors = [(one.sector, [_share_of_users(one.flags[flag], one.users, one.flags[flag]) for flag in columns]) for one in agents]
    return _table("watch-flags", columns, sectors)


def _jobs(jobs: Sequence[SectorJobs]) -> ReleasedTable:
    columns = tuple(name for name in RATES if jobs and name in jobs[0].rates)
    rows = [Row(one.sector, one.sector, tuple(_rate(one, name) for name in columns)) for one in jobs]
    follows = {columns.index(name): [columns.index(part) for part in parts] for name, parts in FOLLOWS.items() if name in columns}
    return release("watch-jobs", columns, rows, TOTAL, Policy(dominance=Dominance()), follows)


def _rate(one: SectorJobs, name: str) -> Cell:
    cell = estimate_cell(one.rates[name])
    return Cell(CellStatus.HIDDEN, cell.unit, n=cell.n) if name in one.hidden else cell


def _models(models: Sequence[SectorModels], part: str) -> ReleasedTable:
    def estimates(one: SectorModels) -> Mapping[str, Estimate]:
        found = getattr(one, part)
        return {part: found} if isinstance(found, Estimate) else found or {}

    columns = tuple(estimates(models[0])) if models else ()
    sectors = [(one.sector, [estimate_cell(each) for each in estimates(one).values()]) for one in models]
    return _table(f"watch-{part}", columns, sectors)
