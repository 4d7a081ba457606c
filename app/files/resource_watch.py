"""Rules of what is watched of resources/watch, checked against the questions they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.domain.condition import Condition
from app.domain.instrument import Instrument, Item, ItemType
from app.domain.watch import AgentRule, Control, Factor, ModelRule, RedFlag, Tier, WatchRule
from app.files.resource_by_instrument import read_by_instrument
from app.files.resource_conditions import leaves, parse_condition
from app.files.resource_rows import Row, require_unique

JOBS = ("displaced", "created", "moved", "trained")
_YES_NO = frozenset({"yes", "no", "planned", "unknown", "na"})
_NUMBERS = (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT)
_COLUMNS = ("agents", "kinds", "purposes", "autonomy", "runs_on", "data", "logs", "review", "filing", "incidents")


def read_watch_rules(paths: Sequence[Path], instruments: Mapping[str, Instrument]) -> dict[str, WatchRule]:
    """Return the rules by instrument; ResourceError for a bad row, or an item or option that the instrument does not have."""
    return read_by_instrument(paths, instruments, _rule, _require_fit)


def _rule(row: Row) -> WatchRule:
    source = row.source()
    rule = WatchRule(
        id=row.text("id"),
        instrument=row.text("instrument"),
        version=row.text("version"),
        words=row.words("name"),
        source=source,
        agents=_agents(row.child("agents")),
        jobs=_named_items(row.child("jobs"), JOBS),
        models=_models(row.child("models")),
        verify=row.flag("verify"),
    )
    row.close()
    return rule


def _agents(row: Row) -> AgentRule:
    rule = AgentRule(
        uses=parse_condition(row.child("uses")),
        columns=_named_items(row.child("columns"), _COLUMNS),
        tiers=_tiers(row.child("tiers")),
        tier_hook=row.text("tier_hook"),
        controls=tuple(_control(child) for child in row.children("control")),
        flags=tuple(_flag(child) for child in row.children("flag")),
        factors=tuple(_factor(child) for child in row.children("factor")),
        strong=row.number("strong"),
        high=row.number("high"),
    )
    row.close()
    for parts in (rule.controls, rule.flags, rule.factors):
        if not parts:
            raise row.error("missing", field="control / flag / factor")
        require_unique(row, [part.id for part in parts])
    for field in ("strong", "high"):
        if not 0 < getattr(rule, field) <= 100:
            raise row.error("kind", field=field, value=getattr(rule, field))
    return rule


def _control(row: Row) -> Control:
    exempt = parse_condition(row.child("exempt")) if "exempt" in row.fields else None
    control = Control(row.text("id"), row.words(), parse_condition(row.child("holds")), exempt, row.source("hook"))
    row.close()
    return control


def _flag(row: Row) -> RedFlag:
    flag = RedFlag(row.text("id"), row.words(), parse_condition(row.child("holds")), row.source("hook"))
    row.close()
    return flag


def _factor(row: Row) -> Factor:
    points = tuple(_numbers(row.child("points")).items()) if "points" in row.fields else ()
    steps = tuple(_step(row, step) for step in row.take("steps", list, []))
    factor = Factor(row.text("id"), row.words(), row.text("item"), points, steps)
    row.close()
    weights = [weight for _, weight in (*points, *steps)]
    if bool(points) == bool(steps) or not all(0 <= weight <= 1 for weight in weights):
        raise row.error("kind", field=factor.id, value=weights)
    if list(steps) != sorted(set(steps)):
        raise row.error("kind", field="steps", value=steps)
    return factor


def _step(row: Row, step: object) -> tuple[float, float]:
    if not isinstance(step, list) or len(step) != 2 or not all(_is_number(number) for number in step):
        raise row.error("kind", field="steps", value=step)
    return float(step[0]), float(step[1])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _tiers(row: Row) -> dict[str, Tier]:
    tiers = {}
    for option in tuple(row.fields):
        value = row.text(option)
        if value not in tuple(Tier):
            raise row.error("kind", field=option, value=value)
        tiers[option] = Tier(value)
    return tiers


def _models(row: Row) -> ModelRule:
    channel, exempt = (
        parse_condition(row.child(name)) if name in row.fields else None for name in ("human_channel", "human_exempt")
    )
    rule = ModelRule(row.text("sources"), row.text("purposes"), row.text("barriers"), channel, exempt)
    row.close()
    return rule


def _named_items(row: Row, names: Sequence[str]) -> dict[str, str]:
    items = {name: row.text(name) for name in names}
    row.close()
    return items


def _numbers(row: Row) -> dict[str, float]:
    return {name: row.number(name) for name in tuple(row.fields)}


def _require_fit(row: Row, rule: WatchRule, instrument: Instrument) -> None:
    """Every item the rule reads is asked, is of the kind it is read as, and has the options the rule names."""
    items = {item.code: item for item in instrument.items}
    for condition in _conditions(rule):
        for leaf in leaves(condition):
            _require_options(row, leaf.item if leaf.kind == "answer" else leaf.kind, leaf.includes, items)
    agents = rule.agents
    for factor in agents.factors:
        _require_options(row, factor.item, [option for option, _ in factor.points], items)
    _require_options(row, agents.columns["autonomy"], tuple(agents.tiers), items)
    closed = (*agents.columns.values(), rule.models.sources, rule.models.purposes, rule.models.barriers)
    for code in closed:
        _require_options(row, code, (), items)
    counted = (*rule.jobs.values(), agents.columns["agents"], *(each.item for each in agents.factors if each.steps))
    for code in counted:
        if code not in items or items[code].type not in _NUMBERS:
            raise row.error("kind", field=code, value=code)


def _conditions(rule: WatchRule) -> Iterator[Condition]:
    yield rule.agents.uses
    for control in rule.agents.controls:
        yield control.holds
        if control.exempt is not None:
            yield control.exempt
    yield from (flag.holds for flag in rule.agents.flags)
    yield from (each for each in (rule.models.human_channel, rule.models.human_exempt) if each is not None)


def _require_options(row: Row, code: str, options: Sequence[str], items: Mapping[str, Item]) -> None:
    item = items.get(code)
    if item is None:
        raise row.error("kind", field=code, value=code)
    known = _YES_NO if item.type is ItemType.YES_NO else {option.code for option in item.options}
    unknown = [option for option in options if option not in known]
    if unknown:
        raise row.error("kind", field=code, value=" ".join(unknown))
