"""Pairs of firms that may be one, side by side; nothing is joined until somebody says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from app.domain.decisions import DecisionKind, Question
from app.domain.numbers import percent
from app.domain.responses import Responses
from app.present import wording
from app.present.pages.collect_values import Choice, FirmPair, FirmSide
from app.present.view import View

Positions = Mapping[Any, npt.NDArray[np.intp]]
ANSWERS = ("same", "different")
FIELDS = ("code", "township", "sector", "size", "wave")


def firm_pairs(view: View) -> tuple[FirmPair, ...]:
    """Return the open pairs of the study, likeliest first as the study has them."""
    responses = view.study.responses
    asked = [question for question in view.study.questions if question.kind is DecisionKind.FIRM]
    if responses is None or not asked:
        return ()
    places: Positions = responses.firms.groupby("firm", sort=False).indices
    return tuple(pair for question in asked if (pair := _pair(view, responses, places, question)) is not None)


def _pair(view: View, responses: Responses, places: Positions, question: Question) -> FirmPair | None:
    """A pair whose firm has gone meanwhile (its file was put right) is asked no more."""
    left, _, right = question.subject.partition("|")
    if left not in places or right not in places:
        return None
    told, texts = dict(question.params), view.texts
    facts = [_facts(view, responses, places[firm]) for firm in (left, right)]
    return FirmPair(
        question.id,
        left=_side(view, responses, places[left], facts[0], facts[1]),
        right=_side(view, responses, places[right], facts[1], facts[0]),
        reason=_reason(view, told.get("reason", "")),
        score=_score(view, told.get("score", "")),
        choices=tuple(Choice(answer, texts(f"collect.answer.{answer}"), texts(f"collect.pair.{answer}")) for answer in ANSWERS),
        assumed=texts("collect.assumed", answer=texts(f"collect.answer.{question.assumed or 'different'}")),
    )


def _facts(view: View, responses: Responses, positions: npt.NDArray[np.intp]) -> dict[str, str]:
    """Return what is known of a firm over all its answers: distinct values, joined."""
    firms = responses.firms.iloc[positions]
    facts = {}
    for field in FIELDS:
        values = [str(value) for value in dict.fromkeys(firms[field].dropna().tolist()) if str(value)]
        words = values if field == "code" else [view.filter_value(field, value) for value in values]
        facts[field] = wording.joined(view.texts, words)
    blocks = dict.fromkeys(responses.places["block"].iloc[positions].tolist())
    facts["file"] = wording.joined(view.texts, [responses.blocks[int(block)].file for block in blocks])
    return facts


def _side(
    view: View, responses: Responses, positions: npt.NDArray[np.intp], own: Mapping[str, str], other: Mapping[str, str]
) -> FirmSide:
    names = dict.fromkeys(str(name) for name in responses.firms["name"].iloc[positions].dropna())
    missing = view.texts("collect.pair.unknown")
    lines = tuple(
        (view.texts(f"collect.pair.{field}"), text or missing, bool(text and other[field] and text != other[field]))
        for field, text in own.items()
    )
    return FirmSide(wording.joined(view.texts, list(names)), lines, _place(view, responses, int(positions[0])))


def _place(view: View, responses: Responses, position: int) -> Any:
    from app.domain.instrument import Role

    item = view.study.instrument.with_role(Role.NAME)
    return responses.cell(position, item.code) if item is not None else None


def _reason(view: View, reason: str) -> str:
    return view.texts(reason) if reason in view.texts.entries else reason


def _score(view: View, score: str) -> str:
    try:
        return view.texts("collect.pair.score", score=percent(float(score)))
    except ValueError:  # a pair found by its codes alone has no score
        return ""
