"""Why a firm has its level and what would lift it by one: asked of the rubric, and of the model that the assessment keeps."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.learn.explain import explain, explain_rubric
from app.analysis.learn.save import model_from_bytes
from app.analysis.learn.what_if import OneFirm
from app.domain.errors import UserError
from app.domain.instrument import Item, ItemType
from app.domain.learning import Explanation, Lift
from app.domain.study import Study
from app.present.answers import answer_words
from app.present.pages.classifier_tables import feature_label
from app.present.tables import level_codes
from app.present.view import View

Line = tuple[str, str]
_NUMBERS = (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT)
MOST, MOST_LIFTS = 7, 5  # contributions and ways up that are told
LEAST = 0.05  # contributions that would read as 0.0 points are not told


@dataclass(frozen=True, slots=True)
class Why:
    """Both answers to one question, each None where there is nothing to ask: no index, no level, no model.

    `unread` is why a model that is there could not be asked: another version of the program learnt it.
    """

    rubric: Explanation | None
    model: Explanation | None
    unread: UserError | None = None


def explained(study: Study, position: int) -> Why:
    """Return why the rubric, with the weights in force, and the model each give a response its level."""
    responses, rubric = study.responses, study.rubric
    if responses is None:
        return Why(None, None)
    firm = OneFirm(responses, study.instrument, rubric, position, study.judgements.weighting_in_force)
    found = explain_rubric(firm) if rubric.scores and not rubric.ladder_item else None
    kept = next((each.model for each in study.assessments if each.wave == firm.wave), b"")
    told = found if found is not None and found.level else None
    try:
        asked = explain(model_from_bytes(kept, study.instrument, rubric)[0], firm) if kept else None
    except UserError as error:  # the firm and all else that is known of it can still be shown
        return Why(told, None, error)
    return Why(told, asked)


def why_lines(view: View, why: Why) -> tuple[Line, ...]:
    """Return (heading, sentences) of each explanation, heaviest first, and of what would lift the firm by one level."""
    pairs = (("rubric", why.rubric, 1.0), ("model", why.model, 100.0))
    lines = [line for who, found, scale in pairs if found is not None for line in _lines(view, who, found, scale)]
    if why.unread is not None:
        lines.append((view.texts("evidence.firm.model_unread"), view.texts(f"error.{why.unread.code}", **why.unread.params)))
    return tuple(lines)


def _lines(view: View, who: str, found: Explanation, scale: float) -> list[Line]:
    texts = view.texts
    moved = [(name, part * scale) for name, part in found.contributions]
    told = [_pull(view, who, name, points) for name, points in moved if abs(points) >= LEAST][:MOST]
    lifts = [_lift(view, lift) for lift in found.lifts[:MOST_LIFTS]]
    lines = [(texts(f"evidence.firm.why_{who}", level=found.level), "\n".join(told))] if told else []
    if found.level != level_codes(view)[-1]:
        lines.append((texts(f"evidence.firm.lift_{who}"), "\n".join(lifts) or texts("evidence.firm.lift_none")))
    return lines


def _pull(view: View, who: str, name: str, part: float) -> str:
    points = f"{abs(part):.1f}".removesuffix(".0")
    key = f"evidence.firm.why_{who}_{'up' if part > 0 else 'down'}"
    return view.texts(key, name=feature_label(view, name), points=points)


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
