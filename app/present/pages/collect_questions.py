"""What the program asks, as cards: the question in plain words, why, the cells, the choices, what holds meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.decisions import DecisionKind, Question
from app.domain.findings import CellReference
from app.domain.instrument import Item, ItemType
from app.domain.numbers import number
from app.present import wording
from app.present.pages.collect_values import Choice, Example, QuestionCard
from app.present.view import View

EXAMPLES = 3


def question_cards(view: View) -> tuple[QuestionCard, ...]:
    """Return the open questions of the study, heaviest first; pairs of firms are asked elsewhere."""
    asked = [question for question in view.study.questions if question.kind is not DecisionKind.FIRM]
    return tuple(question_card(view, question) for question in asked)


def question_card(view: View, question: Question) -> QuestionCard:
    """Return one question as a card."""
    texts, files = view.texts, {place.source for place in question.places}
    told = {"n": number(question.answers, "count"), "files": number(len(files), "count")}
    return QuestionCard(
        id=question.id,
        kind=question.kind.value,
        title=asked_words(view, question),
        why=texts(f"collect.why.{question.kind.value}"),
        examples=tuple(_example(view, place) for place in question.places[:EXAMPLES]),
        choices=tuple(choice(view, question, answer) for answer in question.choices),
        assumed=texts("collect.assumed", answer=choice(view, question, question.assumed).text),
        weight=texts("collect.weight", **told) if question.answers else texts("collect.weight_files", files=told["files"]),
        answers=question.answers,
        files=len(files),
        options=_options(view, question),
    )


def _example(view: View, place: CellReference) -> Example:
    separator = view.texts("collect.place_separator")
    file = separator.join(part for part in (place.source, place.sheet) if part)
    return Example(place, file, place.a1 or view.texts("collect.see_sheet"))


def choice(view: View, question: Question, answer: str) -> Choice:
    """Return one answer of a question in words."""
    words = _ANSWERS.get(question.kind)
    text = words(view, question, answer) if words is not None else view.texts(f"collect.answer.{answer}")
    return Choice(answer, text)


def asked_words(view: View, question: Question) -> str:
    """Return what is asked in plain words."""
    subject, told = question.subject, dict(question.params)
    if question.kind is DecisionKind.ANSWER:
        code, _, text = subject.partition("|")
        return view.texts("collect.ask.answer", item=_item_words(view, code), text=told.get("text", text))
    if question.kind is DecisionKind.HIDDEN:
        if not question.answers:
            return view.texts(f"collect.decided.hidden_{subject}")
        return view.texts(f"collect.ask.hidden_{subject}", n=told.get("n", number(question.answers, "count")))
    return view.texts(f"collect.ask.{question.kind.value}", subject=subject)


def _column(view: View, _question: Question, answer: str) -> str:
    return _item_words(view, answer) if answer else view.texts("collect.answer.no_item")


def _option(view: View, question: Question, answer: str) -> str:
    item = _item(view, question.subject.partition("|")[0])
    if not answer or item is None:
        return view.texts("collect.answer.no_option")
    words = next((view.texts.of(option.words) for option in item.options if option.code == answer), "")
    return words or _plain(view, item, answer)


def _plain(view: View, item: Item, answer: str) -> str:
    key = f"term.answer.{answer}"
    return view.texts(key) if item.type is ItemType.YES_NO and key in view.texts.entries else answer


def _rows(view: View, _question: Question, answer: str) -> str:
    return view.texts("collect.answer.rows", rows=answer) if answer else view.texts("collect.answer.no_header")


def _role(view: View, _question: Question, answer: str) -> str:
    return view.texts(f"preview.role.{answer}")


def _unit(view: View, _question: Question, answer: str) -> str:
    return answer or view.texts("collect.answer.no_unit")


_ANSWERS: Mapping[DecisionKind, Callable[[View, Question, str], str]] = {
    DecisionKind.COLUMN: _column,
    DecisionKind.ANSWER: _option,
    DecisionKind.HEADER: _rows,
    DecisionKind.ROW: _role,
    DecisionKind.UNIT: _unit,
}


def _options(view: View, question: Question) -> tuple[Choice, ...]:
    """Return every answer that could be given, where the choices offered are only the likeliest."""
    if question.kind is DecisionKind.COLUMN:
        answers = ("", *(item.code for item in view.study.instrument.items))
    elif question.kind is DecisionKind.ANSWER:
        item = _item(view, question.subject.partition("|")[0])
        answers = ("", *(option.code for option in item.options)) if item is not None else ()
    else:
        answers = ()
    return tuple(choice(view, question, answer) for answer in answers) if set(answers) > set(question.choices) else ()


def _item(view: View, code: str) -> Item | None:
    return next((item for item in view.study.instrument.items if item.code == code), None)


def _item_words(view: View, code: str) -> str:
    item = _item(view, code)
    return wording.sentence_case(view.texts, view.texts.of(item.words)) if item is not None else code
