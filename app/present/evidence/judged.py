"""What is said of one firm's level: rubric, bounds of its blanks, classifier, assessors, what a person noted beside it."""

from __future__ import annotations

import pandas as pd

from app.domain.judgement import Label, Override, Ruling
from app.domain.numbers import percent
from app.present import wording
from app.present.judged import FirmJudged, firm_text, judged
from app.present.view import View

Line = tuple[str, str]


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


def _text(row: pd.Series, name: str) -> str:
    value = row.get(name)
    return str(value) if value is not None and pd.notna(value) else ""
