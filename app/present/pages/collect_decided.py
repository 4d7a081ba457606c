"""What people decided, one line a decision, so that it can be looked over and taken back."""

from __future__ import annotations

from app.domain.decisions import Decision, DecisionKind, Question
from app.domain.numbers import number
from app.present.pages.collect_questions import asked_words, choice
from app.present.pages.values import Column, PageTable
from app.present.view import View

_COLUMNS = ("about", "answer", "where")


def decision_table(view: View) -> PageTable:
    """Return the decisions in force, the newest first; row ids are the ids of the decisions."""
    newest = tuple(reversed(view.study.guidance.decisions))
    asked = [_as_question(view, decision) for decision in newest]
    data = (
        tuple(asked_words(view, question) for question in asked),
        tuple(choice(view, question, decision.answer).text for question, decision in zip(asked, newest, strict=True)),
        tuple(_where(view, decision) for decision in newest),
    )
    columns = tuple(Column(key, view.texts(f"collect.decided.{key}"), "text") for key in _COLUMNS)
    return PageTable(columns, data, tuple(decision.id for decision in newest))


def _as_question(view: View, decision: Decision) -> Question:
    """The question that a decision answers, told anew: what was asked is no longer kept once it is answered."""
    subject, params = decision.subject, ()
    if decision.kind is DecisionKind.FIRM:
        names = (_firm(view, firm) for firm in subject.split("|"))
        subject = view.texts("wording.list_separator").join(names)
    return Question(decision.kind, decision.scope, subject, (), "", 0, (), params)


def _firm(view: View, firm: str) -> str:
    responses = view.study.responses
    names = responses.firms["name"][responses.firms["firm"] == firm].dropna() if responses is not None else ()
    return str(next(iter(names), firm))


def _where(view: View, decision: Decision) -> str:
    """The workbooks for which a decision holds."""
    if not decision.scope:
        return view.texts("collect.decided.everywhere")
    sha256, _, sheet = decision.scope.partition("/")
    if sheet:
        file = next((source.name for source in view.study.sources if source.sha256 == sha256), "")
        return view.texts("collect.place_separator").join(part for part in (file, sheet) if part)
    files = [source.name for source in view.study.sources if decision.scope in source.templates]
    if len(files) == 1:
        return files[0]
    return view.texts("collect.decided.files", n=number(len(files), "count"))
