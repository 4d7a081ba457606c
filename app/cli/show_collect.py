"""What the commands around collecting print: questions, decisions, corrections, the register, revisions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import shapes_collect as shapes
from app.cli.session import Session
from app.cli.wording import finding_lines
from app.domain.decisions import Question
from app.domain.numbers import ABSENT_SIGN, percent
from app.domain.revision import Revision, RowChange
from app.domain.study import Study

if TYPE_CHECKING:
    from app.commands.running import Changed
    from app.commands.runs import Reported
    from app.workflows.slips import SlipReport

MOST = 3
ABSENT = 20


def show_questions(study: Study, session: Session) -> int:
    """Print the questions that matter most, or all of them."""
    if session.as_json:
        session.json(shapes.questions_json(study, session.texts, session.resources))
        return 0
    if not study.questions:
        session.say("cli.questions.none")
        return 0
    shown = study.questions if session.given.get("all") else study.questions[:MOST]
    for question in shown:
        print(*_question_lines(question, study, session), "", sep="\n")
    if len(shown) < len(study.questions):
        session.say("cli.questions.more", n=len(study.questions) - len(shown))
    session.say("cli.questions.how", study=session.given["study"].name)
    return 0


def _question_lines(question: Question, study: Study, session: Session) -> list[str]:
    words = shapes.question_words(question, study, session.texts, session.resources)
    lines = [f"{question.id}  {words.title}"]
    lines += [f"    {text}" for text in (words.why, words.weight, *words.places) if text]
    for answer, text in words.choices:
        mark = session.texts("cli.questions.assumed") if answer == question.assumed else ""
        lines.append(f"    {answer or shapes.NONE:<12}  {text} {mark}".rstrip())
    return lines


def show_changed(changed: Changed, session: Session) -> int:
    """Print what a decision or correction changed."""
    if session.as_json:
        session.json(shapes.changed_json(changed.before, changed.after, session.texts, session.resources))
        return 0
    before, after = changed.before, changed.after
    if after is before:
        session.say("cli.changed.nothing")
        return 0
    told = set(before.findings)
    new = tuple(finding for finding in after.findings if finding not in told)
    gone = len(told - set(after.findings))
    if new:
        print(*finding_lines(new, session.texts, session.resources), sep="\n")
    session.say("cli.changed.done", new=len(new), gone=gone, questions=len(after.questions))
    return 0


def show_decisions(result: Any, session: Session) -> int:
    """Print the decisions in force, where they were written, or what taking them over changed."""
    if isinstance(result, Path):
        return show_written(result, session)
    if not isinstance(result, Study):
        return show_changed(result, session)
    if session.as_json:
        session.json(shapes.decisions_json(result))
        return 0
    guidance = result.guidance
    if not (guidance.decisions or guidance.corrections):
        session.say("cli.decisions.none")
        return 0
    rows = [
        (each.id, session.texts(f"cli.decisions.kinds.{each.kind.value}"), each.subject, each.answer or shapes.NONE)
        for each in guidance.decisions
    ]
    if rows:
        session.table([session.texts(f"cli.decisions.{name}") for name in ("id", "kind", "subject", "answer")], rows)
    for each in guidance.corrections:
        session.say("cli.decisions.correction", place=shapes.correction_place(each, result), text=each.text, reason=each.reason)
    return 0


def show_register(reported: Reported, session: Session) -> int:
    """Print who has reported by the register: by township, then who is absent."""
    coverage, texts = reported.coverage, session.texts
    if session.as_json:
        session.json(shapes.register_json(reported.changed.after, coverage))
        return 0
    unknown = texts("term.township.unknown")
    rows = [
        (str(row.township) or unknown, str(row.registered), str(row.responded), percent(row.rate))
        for row in coverage.by("township").itertuples()
    ]
    session.table([texts(f"cli.register.{name}") for name in ("township", "registered", "responded", "rate")], rows)
    total = {"registered": coverage.registered, "responded": coverage.responded, "unlisted": len(coverage.unlisted)}
    session.say(
        "cli.register.total",
        wave=coverage.wave or ABSENT_SIGN,
        rate=ABSENT_SIGN if coverage.rate is None else percent(coverage.rate),
        **total,
    )
    absent = [name or code for name, code in zip(coverage.absent["name"], coverage.absent["code"], strict=True)]
    if absent:
        more = texts("cli.register.more", n=len(absent) - ABSENT) if len(absent) > ABSENT else ""
        session.say("cli.register.absent", n=len(absent), names="、".join(map(str, absent[:ABSENT])), more=more)
    return 0


def show_revisions(study: Study, session: Session) -> int:
    """Print the corrected forms, or row by row what one of them changes."""
    from app.workflows.revisions import revised_sources, revision_of

    name = session.given.get("source")
    names = [name] if name else [source.name for source in revised_sources(study)]
    found = {each: revision_of(study, each) for each in names}
    if session.as_json:
        session.json(shapes.revisions_json(study, found))
        return 0
    if not found:
        session.say("cli.revisions.none")
    for each, revision in found.items():
        counts = {kind.value: len(revision.of(kind)) for kind in RowChange}
        session.say("cli.revisions.file", file=each, unchanged=revision.unchanged, **counts)
        if name:
            print(*_revision_lines(study, revision, session), sep="\n")
    if found and not name:
        session.say("cli.revisions.how")
    return 0


def _revision_lines(study: Study, revision: Revision, session: Session) -> Iterator[str]:
    aside, texts = frozenset(study.guidance.aside), session.texts
    labels = {item.code: texts.of(item.words) for item in study.instrument.items}
    for number, row in enumerate(revision.rows, 1):
        state = texts(f"cli.revisions.{shapes.row_state(row, aside)}")
        yield f"{number:>4}  {texts(f'cli.revisions.{row.kind.value}')}  {row.firm}  {row.place}  {state}".rstrip()
        if row.kind is RowChange.CHANGED:
            for cell in row.cells:
                yield f"      {labels.get(cell.item, cell.item)}: {cell.old_text or ABSENT_SIGN} → {cell.new_text or ABSENT_SIGN}"


def show_slips(report: SlipReport, session: Session) -> int:
    """Print the slips that were written."""
    if session.as_json:
        session.json(shapes.slips_json(report))
        return 0
    header = [session.texts(f"cli.slips.{name}") for name in ("file", "errors", "warnings", "cells")]
    rows = [(slip.path.name, str(slip.errors), str(slip.warnings), str(slip.cells)) for slip in report.slips]
    if rows:
        session.table(header, rows)
    counts = {"slips": len(report.slips), "clean": len(report.clean), "refused": len(report.refused)}
    session.say("cli.slips.total", folder=report.folder, **counts)
    return 0


def show_written(path: Path, session: Session) -> int:
    """Print what file was written."""
    if session.as_json:
        session.json({"written": [str(path)]})
    else:
        session.say("cli.written", file=path)
    return 0
