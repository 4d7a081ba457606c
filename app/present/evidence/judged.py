"""What is said of one firm's level: rubric, bounds of its blanks, classifier, assessors, what a person noted beside it."""

from __future__ import annotations

import pandas as pd

from app.analysis.learn.explain import explain_rubric
from app.analysis.learn.what_if import OneFirm
from app.domain.instrument import Item, ItemType
from app.domain.judgement import Label, Override, Ruling
from app.domain.learning import Explanation, Lift
from app.domain.numbers import percent
from app.domain.study import Study
from app.present import wording
from app.present.answers import answer_words
from app.present.judged import FirmJudged, firm_text, judged
from app.present.pages.classifier_tables import feature_label
from app.present.tables import level_codes
from app.present.view import View

Line = tuple[str, str]
_NUMBERS = (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT)
MOST, MOST_LIFTS = 7, 5  # contributions and ways up that are told
LEAST = 0.05  # contributions that would read as 0.0 points are not told


def level_lines(view: View, row: pd.Series) -> tuple[Line, ...]:
    """Return (heading, sentence) of what blanks may change and of what the classifier says, where they were computed."""
    lines = (("bounds", _bounds(view, row)), ("model", model_words(view, row)))
    return tuple((view.texts(f"evidence.firm.{name}"), text) for name, text in lines if text)


def model_words(view: View, row: pd.Series) -> str:
    """Return the classifier's level with its chance, and its set where that holds more than one; "" where it says nothing."""
    texts = view.texts
    level, low, high = (_text(row, name) for name in ("predicted", "set_low", "set_high"))
    if not (level or low):
        return ""
    chance = row.get(f"q_{level}") if level else None
    told = percent(float(chance)) if chance is not None and pd.notna(chance) else "—"
    if low == high:
        return texts("evidence.firm.model_sure", level=level or low, chance=told)
    if not level:
        return texts("evidence.firm.model_wide", low=low, high=high)
    return texts("evidence.firm.model_unsure", level=level, chance=told, low=low, high=high)


def judged_lines(view: View, position: int, wave: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return (heading, sentence) of the assessors' labels with their ruling, and of the override; empty where nobody judged."""
    found = judged(view, wave)
    firm = found.firms.get(position) if found is not None else None
    if firm is None:
        return (), ()
    texts = view.texts
    assessed = [_judgement(view, label) for label in firm.standing]
    lines = [(texts("evidence.firm.assessed"), "\n".join(assessed))] if assessed else []
    if firm.disagrees:
        lines.append(("", texts("evidence.firm.waiting")))
    if firm.ruling is not None:
        lines.append((texts("evidence.firm.ruling"), _judgement(view, firm.ruling)))
    return tuple(lines), _override(view, firm)


def explained(study: Study, position: int) -> Explanation | None:
    """Return why the rubric, with the weights in force, gives a response its level; None where it gives none or has no index."""
    responses, rubric = study.responses, study.rubric
    if responses is None or not rubric.scores or rubric.ladder_item:
        return None
    found = explain_rubric(OneFirm(responses, study.instrument, rubric, position, study.judgements.weighting_in_force))
    return found if found.level else None


def why_lines(view: View, found: Explanation) -> tuple[Line, ...]:
    """Return (heading, sentences) of why the rubric gives a firm its level, heaviest first, and of what would lift it by one."""
    texts = view.texts
    told = [(name, part) for name, part in found.contributions if abs(part) >= LEAST][:MOST]
    why = [_pull(view, name, part) for name, part in told]
    lifts = [_lift(view, lift) for lift in found.lifts[:MOST_LIFTS]]
    lines = [(texts("evidence.firm.why", level=found.level), "\n".join(why))] if why else []
    if found.level != level_codes(view)[-1]:
        lines.append((texts("evidence.firm.lift"), "\n".join(lifts) or texts("evidence.firm.lift_none")))
    return tuple(lines)


def asking(view: View, position: int) -> tuple[Line, ...]:
    """Return what the form to judge this firm is told: how judgements name it, its name, the wave."""
    responses = view.study.responses
    if responses is None or not bool(responses.firms["counted"].iat[position]):
        return ()
    firm = responses.firms.iloc[position]
    return (("firm", firm_text(view, position)), ("name", str(firm["name"])), ("wave", str(firm["wave"])))


def _bounds(view: View, row: pd.Series) -> str:
    worst, best = (_text(row, name) for name in ("level_worst", "level_best"))
    if not (worst and best):
        return ""
    key = "bounds_same" if worst == best else "bounds_differ"
    return view.texts(f"evidence.firm.{key}", level=worst, worst=worst, best=best)


def _judgement(view: View, said: Label | Ruling | Override) -> str:
    texts = view.texts
    when = wording.date_text(texts, said.when)
    first = texts("evidence.firm.assessed_line", level=view.level_label(said.level), who=said.who, when=when)
    evidence = getattr(said, "evidence", "")
    more = [said.why, texts("evidence.firm.evidence", evidence=evidence) if evidence else ""]
    return "\n".join(part for part in (first, *more) if part)


def _override(view: View, firm: FirmJudged) -> tuple[Line, ...]:
    if firm.override is None:
        return ()
    return ((view.texts("evidence.firm.override"), _judgement(view, firm.override)),)


def _pull(view: View, name: str, part: float) -> str:
    points = f"{abs(part):.1f}".removesuffix(".0")
    return view.texts(f"evidence.firm.why_{'up' if part > 0 else 'down'}", name=feature_label(view, name), points=points)


def _lift(view: View, lift: Lift) -> str:
    texts = view.texts
    steps = [_step(view, lift.item, (lift.current, lift.better))]
    if lift.also:
        item, current, better = lift.also
        steps.append(_step(view, item, (current, better)))
    return texts("evidence.firm.lift_line", steps=texts("wording.clause_separator").join(steps), level=lift.level)


def _step(view: View, code: str, answers: tuple[str, str]) -> str:
    item = next((item for item in view.study.instrument.items if item.code == code), None)
    label = view.texts.of(item.words) if item is not None else code
    current, better = (answer_words(view, item, _value(item, text)) if item is not None else text for text in answers)
    return view.texts("evidence.firm.lift_step", item=label, current=current, better=better)


def _value(item: Item, text: str) -> object:
    """Return an answer given as text as it is stored: a number where the item holds numbers, None for a blank."""
    if not text:
        return None
    return float(text) if item.type in _NUMBERS else text


def _text(row: pd.Series, name: str) -> str:
    value = row.get(name)
    return str(value) if value is not None and pd.notna(value) else ""
