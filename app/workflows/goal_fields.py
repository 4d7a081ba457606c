"""The fields of a goal as people type them: field=value, each read and checked, and what a new goal still lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from app.analysis.intake.tidy import written
from app.domain.errors import UserError
from app.domain.goals import NO_WORDS, Goal, GoalKind, Layer
from app.domain.words import Words
from app.workflows.goal_numbers import check_value, read_value

_PAIRS = {"": "words", "scope_": "scope", "proxy_": "proxy", "definition_": "definition"}
"""What the names of fields in one language begin with, and the field of a goal that holds the pair."""
_WORDED = {f"{start}{lang}": (field, lang) for start, field in _PAIRS.items() for lang in ("zh", "en")}
_PLAIN = ("document", "issued", "paragraph", "unit", "source", "indicator")
FIELDS = ("layer", "kind", "year", "operator", "value", *_PLAIN, "sections", "measure", "path", "verify", *_WORDED)
"""The fields that may be set."""
_NEEDED = ("layer", "kind", "year", "zh", "document", "issued", "scope_zh")
_FILLED = (*_NEEDED, "en", "scope_en", "source")  # may not be emptied
_OPERATORS = {
    **dict.fromkeys((">", "＞", "超过", "高于", "大于", "多于", "超"), ">"),
    **dict.fromkeys((">=", "≥", "＞＝", "不低于", "不少于", "至少", "达到", "以上"), ">="),
    **dict.fromkeys(("≈", "~", "约", "左右", "约为"), "≈"),
    **dict.fromkeys(("=", "＝", "等于", "为"), "="),
    **dict.fromkeys(("<=", "≤", "＜＝", "不超过", "不高于", "不多于", "至多", "以内"), "<="),
    **dict.fromkeys(("<", "＜", "低于", "少于", "小于", "不足"), "<"),
    "": "",
}
_PATHS = ("linear", "s_curve")
_YES, _NO = ("yes", "是", "true"), ("no", "否", "false", "")
_ISSUED = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_YEAR = re.compile(r"(19|20)\d\d")
_SAID = re.compile(r"([^=＝]*)[=＝](.*)", re.DOTALL)
_ID = re.compile(r"\w[\w.-]{0,59}")


@dataclass(frozen=True, slots=True)
class Known:
    """What a field is held against: ids of measures, letters of sections, how layers and kinds are called, and this year."""

    measures: tuple[str, ...]
    sections: tuple[str, ...]
    words: Mapping[str, Words]
    this_year: int


def pairs_of(given: Iterable[object] | Mapping[str, object] | None) -> dict[str, str]:
    """Return fields given as texts `field=value`, as pairs or as a mapping; UserError `targets.pair`, `targets.field`."""
    items = given.items() if isinstance(given, Mapping) else given or ()
    said: dict[str, str] = {}
    for item in items:
        name, value = _pair(item)
        if name not in FIELDS:
            raise UserError("targets.field", field=name, known=" ".join(FIELDS))
        if name in said:
            raise UserError("targets.twice", field=name)
        said[name] = value
    return said


def _pair(item: Any) -> tuple[str, str]:
    found = _SAID.fullmatch(item) if isinstance(item, str) else None
    if isinstance(item, str) and found is None:
        raise UserError("targets.pair", text=item)
    name, value = found.groups() if found is not None else item
    text = value if isinstance(value, str) else f"{value:.12g}" if isinstance(value, float) else str(value)
    return str(name).strip(), written(text)


def check_id(id_: str) -> None:
    """Refuse with UserError `targets.id` an id that could not be part of a file name or of an evidence mark."""
    if not _ID.fullmatch(id_):
        raise UserError("targets.id", goal=id_)


def with_fields(goal: Goal | None, id_: str, said: Mapping[str, str], known: Known) -> Goal:
    """Return `goal` (None: a new one called `id_`) with the fields of `said`.

    UserError `targets.*` for a value that a field cannot have, and `targets.missing` with all that a new goal lacks.
    """
    if goal is None:
        check_id(id_)
        lacking = [name for name in _NEEDED if not said.get(name)]
        if said.get("value") and not said.get("operator"):
            lacking.append("operator")
        if lacking:
            raise UserError("targets.missing", goal=id_, fields=" ".join(lacking))
    emptied = next((name for name in _FILLED if name in said and not said[name]), None)
    if emptied is not None:
        raise UserError("targets.empty", field=emptied)
    values = {each.name: getattr(goal, each.name) for each in fields(Goal)} if goal is not None else _blank(id_, said)
    values |= {name: _READERS[name](text, known) for name, text in said.items() if name in _READERS}
    values |= {name: said[name] for name in _PLAIN if name in said}
    values |= _worded(values, said)
    if "value" in said:  # read last: how depends on kind and unit
        values["value"] = read_value(said["value"], values["kind"], values["unit"]) if said["value"] else None
        values["operator"] = values["operator"] if said["value"] or "operator" in said else ""
    made = Goal(**values)
    _check(made)
    if goal is not None and goal.value is not None and made.kind is not goal.kind and "value" not in said:
        raise UserError("targets.kind_alone", goal=id_)
    return made


def _blank(id_: str, said: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that a new goal begins with; English and source are taken from what was said until they are given."""
    own = Words(said["zh"], said["zh"])
    scope = Words(said["scope_zh"], said["scope_zh"])
    blank = dict.fromkeys(("operator", "unit", "measure", "paragraph", "indicator"), "")
    return {
        "id": id_,
        **blank,
        "value": None,
        "words": own,
        "scope": scope,
        "sections": (),
        "proxy": NO_WORDS,
        "definition": NO_WORDS,
        "source": said["document"],
        "verify": False,
        "path": "linear",
    }


def _worded(values: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, Words]:
    """Return the pairs of words that `said` changes; a language that says nothing of its own follows the other."""
    changed: dict[str, dict[str, str]] = {}
    for name, (field, lang) in _WORDED.items():
        if name in said:
            pair: Words = NO_WORDS if values[field].zh == values[field].en else values[field]
            changed.setdefault(field, {"zh": pair.zh, "en": pair.en})[lang] = said[name]
    return {field: Words(pair["zh"] or pair["en"], pair["en"] or pair["zh"]) for field, pair in changed.items()}


def _check(goal: Goal) -> None:
    if goal.value is not None:
        if goal.kind is GoalKind.MILESTONE:
            raise UserError("targets.milestone_value", goal=goal.id)
        check_value(goal.value, goal.kind)
    if (goal.value is None) != (goal.operator == ""):
        raise UserError("targets.operator_alone" if goal.operator else "targets.value_alone", goal=goal.id)


def _read_year(text: str, known: Known) -> int:
    if not _YEAR.fullmatch(text):
        raise UserError("targets.year", year=text)
    if int(text) < known.this_year:
        raise UserError("targets.past", year=text, now=known.this_year)
    return int(text)


def _read_operator(text: str, _known: Known) -> str:
    if text not in _OPERATORS:
        raise UserError("targets.operator", operator=text)
    return _OPERATORS[text]


def _named(kind: type[StrEnum], key: str) -> Callable[[str, Known], StrEnum]:
    """Return the reader of one of a few names, by its code or as it is called on screen."""

    def read(text: str, known: Known) -> StrEnum:
        for each in kind:
            words = known.words[f"term.{key}.{each.value}"]
            if text.casefold() in (each.value, words.zh, words.zh.removesuffix("级"), words.en.casefold()):
                return each
        listed = "、".join(f"{each.value} {known.words[f'term.{key}.{each.value}'].zh}" for each in kind)
        raise UserError(f"targets.{key}", text=text, known=listed)

    return read


def _read_sections(text: str, known: Known) -> tuple[str, ...]:
    letters = tuple(dict.fromkeys(part.upper() for part in re.split(r"[\s,，、;；]+", text) if part))
    for letter in letters:
        if letter not in known.sections:
            raise UserError("targets.section", section=letter)
    return letters


def _read_measure(text: str, known: Known) -> str:
    if text and text not in known.measures:
        raise UserError("targets.measure", measure=text, known=" ".join(known.measures))
    return text


def _read_issued(text: str, _known: Known) -> str:
    try:
        date.fromisoformat(f"{text}-01-01"[: len("2026-01-01")])  # what is left out of a day is its first
    except ValueError as error:
        raise UserError("targets.issued", date=text) from error
    if not _ISSUED.fullmatch(text):
        raise UserError("targets.issued", date=text)
    return text


def _read_path(text: str, _known: Known) -> str:
    if text not in _PATHS:
        raise UserError("targets.path", path=text)
    return text


def _read_verify(text: str, _known: Known) -> bool:
    if text.casefold() not in (*_YES, *_NO):
        raise UserError("judge.yes_no", answer=text)
    return text.casefold() in _YES


_READERS: Mapping[str, Callable[[str, Known], Any]] = {
    "layer": _named(Layer, "layer"),
    "kind": _named(GoalKind, "kind"),
    "year": _read_year,
    "operator": _read_operator,
    "sections": _read_sections,
    "measure": _read_measure,
    "issued": _read_issued,
    "path": _read_path,
    "verify": _read_verify,
}
