"""Scenarios in plain words: a lever, each assumption, why one cannot be told; and shares as they may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.domain.numbers import number, percent
from app.domain.scenario import Assumption, Need, Outcome, Span
from app.domain.targets import Lever
from app.present import wording
from app.present.view import View

Group = Sequence[tuple[str, str]]


def group_words(view: View, group: Group) -> str:
    """Return a group of firms in words: `小型、制造业企业`; all firms where nothing narrows it."""
    texts = view.texts
    parts = [value_words(view, name, value).removeprefix(f"{value} " if name == "sector" else "") for name, value in group]
    return texts("scenario.group", parts=texts("scenario.group_and").join(parts)) if parts else texts("scenario.everyone")


def value_words(view: View, field: str, value: str) -> str:
    """Return a sector, size, township or level in words, unknown ones too."""
    return view.texts("scenario.level_unknown") if field == "level" and not value else view.filter_value(field, value)


def group_of(text: str) -> Group:
    """Read a group written as `size=small;level=L1`."""
    return tuple((name, value) for name, _, value in (part.partition("=") for part in text.split(";") if part))


def lever_words(view: View, lever: Lever) -> str:
    """Return a lever in one sentence: `2027年6月30日前，120家小型企业达到L2及以上（成功率30%–70%）`."""
    texts = view.texts
    key = "scenario.lever.level" if lever.reach else "scenario.lever.measure"
    reach = view.at_least_label(lever.reach) if lever.reach else ""
    group, firms = group_words(view, lever.group), number(lever.firms, "count")
    said = texts(key, date=_date(view, lever.by), firms=firms, group=group, level=reach)
    return said if lever.success == (1.0, 1.0) else texts("scenario.lever.success", lever=said, success=range_text(lever.success))


def range_text(ends: tuple[float, float]) -> str:
    """Return a success range: 30%–70%, or 50%."""
    low, high = (percent(end) for end in ends)
    return low if low == high else f"{low}–{high}"


def assumption_words(view: View, assumption: Assumption) -> str:
    """Return one assumption as a sentence."""
    return view.texts(assumption.key, **_filled(view, assumption.values))


def outcome_assumptions(view: View, outcome: Outcome) -> tuple[str, ...]:
    """Return every assumption of a scenario in words, those of its levers first, each once."""
    found = []
    for place, effect in enumerate(outcome.levers, 1):
        head = view.texts("scenario.lever.numbered", n=place) if len(outcome.levers) > 1 else ""
        found += [f"{head}{assumption_words(view, each)}" for each in effect.assumptions]
    return tuple(dict.fromkeys([*found, *(assumption_words(view, each) for each in outcome.assumptions)]))


def refusal_words(view: View, told: Outcome | Need) -> str:
    """Return why a scenario, or what a goal would take, cannot be told; "" where it can."""
    return view.texts(told.reason, **_filled(view, told.reason_values)) if told.reason else ""


def span_text(view: View, span: Span) -> str:
    """Return a share with its range: 47%（44–51%）."""
    return wording.share_text(view.texts, span.middle, *((span.low, span.high) if span.low < span.high else ()))


def gain_text(view: View, span: Span) -> str:
    """Return what a lever adds, in percentage points with its range: +1.4（+0.8～+2.1）."""
    from app.present.draw.steps import points

    low, middle, high = (points(end * 100) for end in (span.low, span.middle, span.high))
    return middle if low == high else view.texts("assess.between", value=middle, low=low, high=high)


def gain_of(outcome: Outcome) -> Span:
    """Return what all levers of a scenario add together."""
    low, middle, high = (sum(getattr(each.effect, end) for each in outcome.levers) for end in ("low", "middle", "high"))
    return Span(low, middle, high)


def _filled(view: View, values: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Put what an assumption or a reason holds into words, by the name of its place."""
    makers: dict[str, Callable[[str], str]] = {
        **dict.fromkeys(("share", "low", "high"), lambda text: percent(float(text))),
        **dict.fromkeys(("n", "firms", "asked", "least"), lambda text: number(float(text), "count") if text else text),
        **dict.fromkeys(("group", "wider"), lambda text: group_words(view, group_of(text))),
        **dict.fromkeys(("date", "by"), lambda text: _date(view, text)),
        "level": lambda text: view.at_least_label(text) if text in _levels(view) else text,
    }
    return {name: makers[name](value) if name in makers else value for name, value in values}


def _levels(view: View) -> tuple[str, ...]:
    return tuple(level.code for level in view.study.rubric.levels)


def _date(view: View, iso: str) -> str:
    return wording.date_text(view.texts, iso)
