"""A layer of goals as a file that travels: the rows of resources/goals, written so that they are read back as they were."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.domain.condition import Condition
from app.domain.errors import UserError
from app.domain.goals import Goal, GoalBook, Measure
from app.domain.words import Words
from app.files.atomic import write_atomically
from app.files.resource_goals import parse_goal_book
from app.files.small_text import read_small_text
from app.files.toml_text import quoted

_BYTES = 8 << 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 12
"""Conditions inside conditions that a measure may have."""
_HEAD = (
    "# 目标库的一层，可用文本编辑器修改，再用 goalbook --from 收入。",
    "# One layer of a goal book: edit it as text, take it in with goalbook --from.",
)


def read_goal_layer(path: Path) -> GoalBook:
    """Return the goals of a file that `write_goal_layer` made, or one like it, and the measures that came with them.

    UserError: `goalbook.file` for what is no such file, `goalbook.empty`, `goalbook.entries` where it holds a checklist,
    `resource.*` (ResourceError) for a row that is not as it must be, `file.missing`.
    """
    text = read_small_text(path, _BYTES, "goalbook.file")
    try:
        _check(tomllib.loads(text), path)
        book = parse_goal_book(text, path.name)
    except UserError:
        raise
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise UserError("goalbook.file", file=path.name) from error
    if book.checklist:
        raise UserError("goalbook.entries", file=path.name)
    if not book.goals:
        raise UserError("goalbook.empty", file=path.name)
    return book


def write_goal_layer(path: Path, version: str, goals: Sequence[Goal], measures: Sequence[Measure] = ()) -> None:
    """Write goals and the measures that travel with them to `path` as TOML; UserError when the disk will not have it."""
    lines = [*_HEAD, f"version = {quoted(version)}"]
    for goal in goals:
        lines += ["", "[[goal]]", *_pairs(_goal_fields(goal))]
    for measure in measures:
        lines += ["", "[[measure]]", *_pairs(_measure_fields(measure))]
    write_atomically(path, "\n".join(lines) + "\n")


def _check(document: dict[str, Any], path: Path) -> None:
    """Refuse what the reader of resources, made for files of the program itself, takes on trust."""
    sources = document.get("sources", {})
    named = isinstance(sources, dict) and all(isinstance(text, str) for text in sources.values())
    if not named or not _is_plain(document, _DEEPEST):
        raise UserError("goalbook.file", file=path.name)


def _is_plain(value: Any, left: int) -> bool:
    """Whether no number in it is endless, no text holds what a document cannot, and nothing lies deeper than conditions may."""
    if isinstance(value, float) and not math.isfinite(value):
        return False
    if isinstance(value, str) and _CONTROL.search(value):
        return False
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left > 0 and all(_is_plain(each, left - isinstance(value, dict)) for each in inner)


def _goal_fields(goal: Goal) -> Iterator[tuple[str, str]]:
    """Yield the fields that are not as they would be if they were not there."""
    yield "id", quoted(goal.id)
    yield "layer", quoted(goal.layer.value)
    yield "kind", quoted(goal.kind.value)
    yield "year", str(goal.year)
    if goal.value is not None:
        yield "operator", quoted(goal.operator)
        yield "value", repr(float(goal.value))
    yield from _texts(goal, ("unit",))
    yield from _words(goal.words)
    yield from _texts(goal, ("document", "issued", "paragraph"))
    yield "scope", _table(_words(goal.scope))
    if goal.sections:
        yield "sections", _list(map(quoted, goal.sections))
    yield from _texts(goal, ("measure", "indicator"))
    if goal.path != "linear":
        yield "path", quoted(goal.path)
    for name in ("proxy", "definition"):
        if getattr(goal, name) != Words("", ""):
            yield name, _table(_words(getattr(goal, name)))
    yield "source", quoted(goal.source)
    if goal.verify:
        yield "verify", "true"


def _measure_fields(measure: Measure) -> Iterator[tuple[str, str]]:
    yield "id", quoted(measure.id)
    yield from _words(measure.words)
    if measure.short != Words("", ""):
        yield "short", _table(_words(measure.short))
    yield "weight", quoted(measure.weight)
    if measure.proxy:
        yield "proxy", "true"
    yield from _texts(measure, ("version",))
    yield "source", quoted(measure.source)
    yield "numerator", _condition(measure.numerator)
    if measure.denominator is not None:
        yield "denominator", _condition(measure.denominator)
    if measure.planned is not None:
        yield "planned", _condition(measure.planned)
        yield "planned_months", str(measure.planned_months)


def _condition(condition: Condition) -> str:
    if condition.kind == "pillar":
        return _table((("pillar", quoted(condition.item)), ("at_least", repr(float(condition.at_least or 0.0)))))
    if condition.kind == "answer":
        what = [("item", quoted(condition.item))]
        if condition.includes:
            what.append(("includes", _list(map(quoted, condition.includes))))
        if condition.at_least is not None:
            what.append(("at_least", repr(float(condition.at_least))))
        return _table(what)
    parts = [(condition.kind, _list(map(_condition, condition.parts)))]
    return _table([*parts, *([("at_least", repr(float(condition.at_least or 0.0)))] if condition.kind == "count" else [])])


def _texts(value: Goal | Measure, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, quoted(text)) for name in names if (text := getattr(value, name)))


def _words(words: Words) -> Iterator[tuple[str, str]]:
    yield from (("zh", quoted(words.zh)), ("en", quoted(words.en)))


def _pairs(fields: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> list[str]:
    return [f"{name} = {text}" for name, text in fields]


def _table(fields: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> str:
    return "{ " + ", ".join(_pairs(fields)) + " }"


def _list(texts: Iterator[str] | Sequence[str]) -> str:
    return f"[{', '.join(texts)}]"
