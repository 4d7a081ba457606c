"""Instruments and rubrics from their TOML text; the layout is documented at the top of resources/instruments/aiplus-2026.toml."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from app.domain.instrument import Instrument, Item, ItemType, Option, Role
from app.domain.rubric import LEVELS, Gate, ItemScore, LevelWords, Pillar, Rubric
from app.files.resource_conditions import leaves, parse_condition
from app.files.resource_rows import ResourceError, Row, parse_toml, require_unique

_E = TypeVar("_E", bound=StrEnum)

KEPT = 16  # definitions: a study's own is read each time it is opened or checked, and takes as long as its answers
_FIRM_FACTS = ("sector", "size")  # columns of the firms frame that may predict a level
_CLOSED = (ItemType.SINGLE, ItemType.LADDER, ItemType.MULTI)
_SCORE_KINDS = ("options", "count", "goalposts", "steps")


@lru_cache(maxsize=KEPT)
def parse_instrument(text: str, file: str = "instrument.toml") -> Instrument:
    """Return the instrument a TOML text describes; ResourceError names file and row of what is wrong."""
    row = parse_toml(text, file)
    rubric = _rubric_name(row)
    source = row.source()
    items = tuple(_item(child, source) for child in row.children("item"))
    require_unique(row, [item.code for item in items])
    _require_single_roles(row, items)
    instrument = Instrument(
        id=row.text("id"),
        version=row.text("version"),
        words=row.words("name"),
        source=source,
        items=items,
        rubric=rubric,
        scoring=row.take("scoring", dict, None),
        verify=row.flag("verify"),
    )
    row.close()
    return instrument


@lru_cache(maxsize=KEPT)
def parse_rubric(text: str, file: str = "rubric.toml") -> Rubric:
    """Return the rubric of a TOML text: the text itself, or the [rubric] table of an instrument's text."""
    row = parse_toml(text, file)
    if isinstance(row.fields.get("rubric"), dict):
        instrument_id, instrument_source = row.text("id"), row.source()
        row = row.child("rubric")
        row.fields.setdefault("id", instrument_id)
        row.fields.setdefault("source", instrument_source)
    return _rubric(row)


def require_fit(instrument: Instrument, rubric: Rubric, file: str = "rubric.toml") -> None:
    """Raise ResourceError when the rubric names an item or an option that the instrument does not have."""
    answers = {item.code: {option.code for option in item.options} or None for item in instrument.items}
    conditions = [gate.condition for gate in rubric.gates] + [score.applies for score in rubric.scores if score.applies]
    asked = [(score.item, tuple(code for code, _ in score.points)) for score in rubric.scores]
    asked += [(leaf.item, leaf.includes) for condition in conditions for leaf in leaves(condition) if leaf.kind == "answer"]
    asked += [(name, ()) for name in rubric.predictors if name not in _FIRM_FACTS]
    if rubric.ladder_item:
        asked.append((rubric.ladder_item, tuple(code for code, _ in rubric.ladder)))
    for item, codes in asked:
        known = answers.get(item, set())
        unknown = [code for code in codes if known is not None and code not in known]
        if item not in answers or unknown:
            raise ResourceError("kind", file, rubric.id, field=item, value=" ".join(unknown) or item)


def _rubric_name(row: Row) -> str:
    """Return the id of the instrument's rubric; its own [rubric] table bears the instrument's id unless it names itself."""
    if isinstance(row.fields.get("rubric"), dict):
        own = row.child("rubric")
        return own.text("id", row.fields.get("id", ""))
    return row.text("rubric", "")


def _item(row: Row, source: str) -> Item:
    kind = _member(row, ItemType, "type")
    label = row.words("label")
    item = Item(
        code=row.text("code"),
        type=kind,
        words=label,
        question=row.words("question") if "question" in row.fields else label,
        unit=row.text("unit", ""),
        pillar=row.text("pillar", ""),
        role=_member(row, Role, "role") if "role" in row.fields else None,
        options=tuple(_option(child) for child in row.children("options")),
        synonyms=row.texts("synonyms"),
        low=row.optional_number("low"),
        high=row.optional_number("high"),
        sections=row.texts("sections"),
        source=row.source(default=source),
        verify=row.flag("verify"),
    )
    row.close()
    require_unique(row, [option.code for option in item.options])
    if kind in _CLOSED and not item.options:
        raise row.error("missing", field="options")
    if any("|" in option.code for option in item.options):
        raise row.error("kind", field="options", value="|")
    return item


def _option(row: Row) -> Option:
    option = Option(row.text("code"), row.words(), row.texts("synonyms"), row.flag("exclusive"))
    row.close()
    return option


def _member(row: Row, kind: type[_E], key: str) -> _E:
    value = row.text(key)
    try:
        return kind(value)
    except ValueError as error:
        raise row.error("kind", field=key, value=value) from error


def _require_single_roles(row: Row, items: tuple[Item, ...]) -> None:
    require_unique(row, [item.role.value for item in items if item.role is not None])


def _rubric(row: Row) -> Rubric:
    source = row.source()
    ladder = row.child("ladder") if "ladder" in row.fields else None
    rubric = Rubric(
        id=row.text("id"),
        version=row.text("version"),
        words=row.words("name"),
        source=source,
        pillars=tuple(_pillar(child) for child in row.children("pillar")),
        scores=tuple(_score(child, source) for child in row.children("score")),
        gates=tuple(_gate(child, source) for child in row.children("gate")),
        levels=tuple(_level(child) for child in row.children("level")),
        minimum_answered=row.number("minimum_answered", 0.65),
        ladder_item=ladder.text("item") if ladder else "",
        ladder=_ladder(ladder) if ladder else (),
        predictors=row.texts("predictors"),
        verify=row.flag("verify"),
    )
    row.close()
    _check_rubric(row, rubric)
    return rubric


def _pillar(row: Row) -> Pillar:
    pillar = Pillar(row.text("code"), row.words(), row.number("weight", 1.0))
    row.close()
    return pillar


def _score(row: Row, source: str) -> ItemScore:
    points = row.take("points", dict, {})
    score = ItemScore(
        item=row.text("item"),
        pillar=row.text("pillar"),
        kind=row.text("kind"),
        weight=row.number("weight", 1.0),
        points=tuple((code, float(value)) for code, value in points.items()),
        low=row.number("low", 0.0),
        high=row.number("high", 1.0),
        applies=parse_condition(row.child("applies")) if "applies" in row.fields else None,
        source=row.source(default=source),
        steps=_steps(row),
    )
    row.close()
    if score.kind not in _SCORE_KINDS:
        raise row.error("kind", field="kind", value=score.kind)
    if (score.kind == "options") != bool(points):
        raise row.error("missing", field="points")
    if (score.kind == "steps") != bool(score.steps):
        raise row.error("missing", field="steps")
    if score.high <= score.low:
        raise row.error("kind", field="high", value=score.high)
    return score


def _steps(row: Row) -> tuple[tuple[float, float], ...]:
    steps = row.take("steps", list, [])
    bounds = [step[0] for step in steps if isinstance(step, list) and len(step) == 2]
    if len(bounds) != len(steps) or bounds != sorted(set(bounds)):
        raise row.error("kind", field="steps", value=steps)
    return tuple((float(bound), float(points)) for bound, points in steps)


def _gate(row: Row, source: str) -> Gate:
    gate = Gate(
        row.text("id"), row.text("level"), parse_condition(row.child("condition")), row.words(), row.source(default=source)
    )
    row.close()
    return gate


def _level(row: Row) -> LevelWords:
    level = LevelWords(row.text("code"), row.words(), row.number("lowest_index"), row.words("meaning"))
    row.close()
    return level


def _ladder(row: Row) -> tuple[tuple[str, str], ...]:
    levels = row.child("levels")
    pairs = tuple((option, levels.text(option)) for option in tuple(levels.fields))
    row.close()
    return pairs


def _check_rubric(row: Row, rubric: Rubric) -> None:
    codes = tuple(level.code for level in rubric.levels)
    if codes != LEVELS:
        raise row.error("kind", field="level", value=" ".join(codes))
    require_unique(row, [pillar.code for pillar in rubric.pillars])
    require_unique(row, [score.item for score in rubric.scores])
    require_unique(row, [gate.id for gate in rubric.gates])
    used = [(level, "level") for _, level in rubric.ladder] + [(gate.level, "gate") for gate in rubric.gates]
    for level, field in used:
        if level not in LEVELS:
            raise row.error("kind", field=field, value=level)
    pillars = {pillar.code for pillar in rubric.pillars}
    for score in rubric.scores:
        if score.pillar not in pillars:
            raise row.error("kind", field=score.item, value=score.pillar)
