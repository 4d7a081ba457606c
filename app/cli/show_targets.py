"""What the commands about the goal book, evidence, reported figures and declared breaks print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.cli import shapes_targets as shapes
from app.cli.session import Session
from app.domain.goals import Goal, GoalKind
from app.domain.numbers import ABSENT_SIGN
from app.domain.targets import GoalEdit, ProofState
from app.domain.words import Words

if TYPE_CHECKING:
    from app.commands.runs_targets import Layered, Targeted

PROGRAM = "program"


def show_goal(targeted: Targeted, session: Session) -> int:
    """Print the goals that stand, or one with its document, measure and history."""
    chosen = session.given["goal"] or ""
    if session.as_json:
        session.json(shapes.goal_json(targeted, session.resources, chosen))
        return 0
    _say_changed(targeted, session)
    if chosen:
        print(*_one(chosen, targeted, session), sep="\n")
        return 0
    names = ("id", "layer", "words", "target", "measure", "origin")
    session.table(
        [session.texts(f"cli.goal.{name}") for name in names], [_row(each, targeted, session) for each in targeted.book.goals]
    )
    session.say("cli.goal.how", study=session.given["study"].name)
    return 0


def _row(goal: Goal, targeted: Targeted, session: Session) -> tuple[str, ...]:
    texts = session.texts
    layer, origin = texts(f"term.layer.{goal.layer.value}"), _origin(targeted.origins[goal.id], session)
    return (goal.id, layer, texts.of(goal.words), _target(goal, session), goal.measure or ABSENT_SIGN, origin)


def _target(goal: Goal, session: Session) -> str:
    from app.present.wording import target_text

    return ABSENT_SIGN if goal.value is None else target_text(session.texts, goal)


def _origin(origin: str, session: Session) -> str:
    if origin == PROGRAM:
        return session.texts("cli.goal.program")
    return origin or session.texts("cli.goal.typed")


def _one(id_: str, targeted: Targeted, session: Session) -> Iterator[str]:
    from app.analysis.progress.book import history

    goal = next((each for each in targeted.book.goals if each.id == id_), None)
    if goal is None:
        yield session.texts("cli.goal.withdrawn", goal=id_)
    else:
        yield from _described(goal, targeted, session)
    versions = history(session.resources.goal_book, targeted.changed.after.targets, id_)
    yield session.texts("cli.goal.history", n=len(versions))
    yield from (f"  {_version(each, session)}" for each in versions)


def _described(goal: Goal, targeted: Targeted, session: Session) -> Iterator[str]:
    texts = session.texts
    measure = next((each for each in targeted.book.measures if each.id == goal.measure), None)
    yield f"{goal.id}  {texts.of(goal.words)}"
    place = " · ".join(part for part in (goal.document, goal.paragraph, goal.issued) if part)
    shown = {
        "layer": texts(f"term.layer.{goal.layer.value}"),
        "kind": texts(f"term.kind.{goal.kind.value}"),
        "target": _target(goal, session) if goal.value is not None else texts("cli.goal.no_number", year=goal.year),
        "scope": " ".join((texts.of(goal.scope), *goal.sections)),
        "document": place,
        "source": goal.source,
        "definition": texts.of(goal.definition) or texts("cli.goal.no_definition"),
        "measure": texts("cli.goal.no_measure") if measure is None else f"{measure.id}  {texts.of(measure.words)}",
        "proxy": texts.of(goal.proxy),
        "indicator": goal.indicator,
        "origin": _origin(targeted.origins[goal.id], session),
    }
    yield from (f"  {texts('cli.goal.line', name=texts(f'cli.goal.{name}'), text=text)}" for name, text in shown.items() if text)
    if goal.verify:
        yield f"  {texts('cli.goal.verify')}"
    if goal.falls:
        yield f"  {texts('cli.goal.falls')}"


def _version(edit: GoalEdit, session: Session) -> str:
    if not (edit.when or edit.who):
        return session.texts("cli.goal.version_own", what=_what(edit, session))
    why = edit.why or edit.origin or ABSENT_SIGN
    return session.texts("cli.goal.version", when=edit.when, who=edit.who or ABSENT_SIGN, what=_what(edit, session), why=why)


def _what(edit: GoalEdit, session: Session) -> str:
    if edit.goal is None:
        return session.texts("cli.goal.gone")
    if edit.goal.kind is GoalKind.MILESTONE or edit.goal.value is None:
        return session.texts.of(edit.goal.words)
    return f"{session.texts.of(edit.goal.words)} {_target(edit.goal, session)}"


def show_goalbook(layered: Layered, session: Session) -> int:
    """Print the layers with counts and where they came from, the goals that clash, and what was written."""
    from app.present.goal_standing import clash_sentence
    from app.present.view import View
    from app.present.wording import full_stop

    if session.as_json:
        session.json(shapes.goalbook_json(layered))
        return 0
    texts, layers = session.texts, layered.layers
    _say_changed(layered.targeted, session)
    if layered.path is not None:
        session.say("cli.written", file=layered.path)
        return 0
    names = ("layer", "goals", "quantified", "measured", "origins")
    rows = [
        (
            texts(f"term.layer.{each.layer.value}"),
            *(str(getattr(each, name)) for name in names[1:4]),
            "、".join(texts("cli.goalbook.origin", origin=_origin(origin, session), n=n) for origin, n in each.origins),
        )
        for each in layers.counts
    ]
    _table("goalbook", names, rows, session)
    view = View(layered.targeted.changed.after, session.resources, texts)
    for each in layers.conflicts:
        said = full_stop(texts, clash_sentence(view, layered.targeted.book, each))
        session.say("cli.goalbook.conflict", upper=each.upper, lower=each.lower, said=said)
    if layers.withdrawn:
        session.say("cli.goalbook.withdrawn", goals=" ".join(layers.withdrawn))
    session.say("cli.goalbook.how", study=session.given["study"].name, examples=" ".join(layers.available))
    return 0


def show_proof(targeted: Targeted, session: Session) -> int:
    """Print how every action, item, support and milestone stands by the evidence, or one of them with its history."""
    entries, chosen = _entries(targeted), session.given["entry"] or ""
    if session.as_json:
        session.json(shapes.proof_json(targeted, entries, chosen))
        return 0
    texts = session.texts
    _say_changed(targeted, session)
    said = {proof.id: proof for proof in targeted.changed.after.targets.proofs}
    rows = []
    for id_, words in entries.items():
        proof = said.get(id_)
        state = texts(f"term.proof.{(proof.state if proof is not None else ProofState.UNKNOWN).value}")
        found = (proof.document, proof.note, proof.who, proof.when) if proof is not None else ("", "", "", "")
        rows.append((id_, texts.of(words), state, *found))
    shown = [row for row in rows if chosen in ("", row[0])]
    _table("proof", ("entry", "words", "state", "document", "note", "who", "when"), shown, session)
    if not chosen:
        session.say("cli.proof.how", study=session.given["study"].name)
    return 0


def _entries(targeted: Targeted) -> dict[str, Words]:
    from app.workflows.proofs import provable

    words = {entry.id: entry.words for entry in targeted.book.checklist} | {goal.id: goal.words for goal in targeted.book.goals}
    return {id_: words[id_] for id_ in provable(targeted.book)}


def show_reported(targeted: Targeted, session: Session) -> int:
    """Print the figures reported for goals that count things, newest last."""
    from app.workflows.reported import figures

    study, chosen = targeted.changed.after, session.given["goal"] or ""
    ids = [id_ for id_ in dict.fromkeys(each.goal for each in study.targets.reported) if chosen in ("", id_)]
    known = {id_: figures(study, id_) for id_ in ids}
    if session.as_json:
        session.json(shapes.reported_json(targeted, known))
        return 0
    _say_changed(targeted, session)
    goals = {goal.id: goal for goal in targeted.book.goals}
    rows = [
        (
            id_,
            session.texts.of(goals[id_].words) if id_ in goals else ABSENT_SIGN,
            date,
            _number(each.value),
            each.source,
            each.who,
        )
        for id_, by_day in known.items()
        for date, each in by_day.items()
    ]
    if rows:
        session.table(
            [session.texts(f"cli.reported.{name}") for name in ("goal", "words", "date", "value", "source", "who")], rows
        )
    else:
        session.say("cli.reported.none", study=session.given["study"].name)
    return 0


def _number(value: float | None) -> str:
    return ABSENT_SIGN if value is None else f"{value:,.12g}"


def show_break(targeted: Targeted, session: Session) -> int:
    """Print the breaks that people declared."""
    from app.workflows.reported import breaks_of

    standing = breaks_of(targeted.changed.after)
    if session.as_json:
        session.json(shapes.break_json(targeted, standing))
        return 0
    _say_changed(targeted, session)
    rows = [(each.wave, each.measure or session.texts("cli.break.all"), each.why, each.who, each.when) for each in standing]
    if rows:
        _table("break", ("wave", "measure", "why", "who", "when"), rows, session)
    else:
        session.say("cli.break.none", study=session.given["study"].name)
    return 0


def _table(command: str, names: Sequence[str], rows: Sequence[Sequence[str]], session: Session) -> None:
    session.table([session.texts(f"cli.{command}.{name}") for name in names], rows)


def _say_changed(targeted: Targeted, session: Session) -> None:
    """Say whether anything was recorded, where something was to be."""
    before, after = targeted.changed.before, targeted.changed.after
    if after is not before:
        session.say("cli.targets.done" if after.progress is before.progress else "cli.targets.computed")
    elif any(session.given.get(name) for name in ("set", "from", "add", "state", "note", "document", "value")):
        session.say("cli.changed.nothing")
