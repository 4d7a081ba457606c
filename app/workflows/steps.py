"""The commands that change a study, each with its parameters as the catalogue names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.decisions import Correction
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Task
from app.files.passwords import read_passwords
from app.files.study_decisions import read_answers, read_decisions
from app.workflows import target_steps
from app.workflows.accept import Accepted, accept
from app.workflows.anonymise import anonymise
from app.workflows.assess import assess
from app.workflows.collect import Collection, collect
from app.workflows.context import DEFAULT_SEED, Context
from app.workflows.correct import correct, find_cell
from app.workflows.decide import Answers, decide
from app.workflows.goals import goals
from app.workflows.judge import Said, judge, take_back
from app.workflows.labels import file_name, forget_labels, take_labels, with_label_findings
from app.workflows.register import take_register
from app.workflows.relay import relay
from app.workflows.scenarios import save_scenario
from app.workflows.sign import sign
from app.workflows.visits import draw
from app.workflows.waves import Said as SaidOfWave
from app.workflows.weights import Wanted, pairs_of, set_weights, use_weights, wanted_from

Parameters = Mapping[str, Any]
Step = Callable[[Study, Path, Parameters, Context], Task[Study]]


def passwords_of(parameters: Parameters) -> tuple[str, ...]:
    """Return the passwords typed and those in a file; UserError `password.file`."""
    file = parameters.get("password_file")
    return (*(parameters.get("passwords") or ()), *(read_passwords(file) if file is not None else ()))


def _collect(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    wave, date, design, due = (str(parameters.get(name) or "") for name in ("wave", "date", "design", "due"))
    file = parameters.get("decisions")
    collection = Collection(
        tuple(parameters["paths"]),
        SaidOfWave(wave, date, design, due=due),
        parameters.get("frame"),
        passwords_of(parameters),
        read_decisions(file) if file is not None else (),
    )
    return collect(study, collection, context)


def _decide(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:
    question, answer, file = (parameters.get(name) for name in ("question", "answer", "from"))
    answers = tuple(parameters.get("answers") or ()) + (read_answers(file) if file is not None else ())
    forget = tuple(parameters.get("forget") or ()) if not isinstance(parameters.get("forget"), bool) else ()
    if question and parameters.get("forget") is True:
        forget = (question,)
    elif question and answer is not None:
        answers = (*answers, (question, answer))
    decisions = tuple(parameters.get("decisions") or ())
    if not (answers or decisions or forget):
        raise UserError("decide.nothing")
    return decide(study, path, Answers(answers, decisions, forget), context)


def _decisions(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:
    return decide(study, path, Answers(decisions=read_decisions(parameters["from"])), context)


def _correct(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:
    made: tuple[Correction, ...] = tuple(parameters.get("corrections") or ())
    forgotten: tuple[Correction, ...] = ()
    if parameters.get("cell") is not None:
        place = find_cell(study, parameters["cell"])
        if parameters.get("forget"):
            forgotten = (place,)
        elif parameters.get("text") is None:
            raise UserError("correct.nothing")
        else:
            made = (*made, replace(place, text=parameters["text"], reason=parameters.get("reason") or ""))
    return correct(study, path, made, forgotten, context)


def _accept(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    flags = frozenset(name for name in ("new", "changed", "vanished", "all") if parameters.get(name))
    rows = tuple(int(row) for row in parameters.get("rows") or ())
    return accept(study, parameters["source"], Accepted(rows, flags, bool(parameters.get("keep"))), context)


def _register(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    return take_register(study, parameters["file"], context)


def _assess(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    if parameters.get("labels") is not None:
        study = yield from take_labels(study, Path(parameters["labels"]), context)
    assessed = yield from assess(study, context.resources, _seed(parameters))
    return with_label_findings(assessed, context)


def _seed(parameters: Parameters) -> int:
    seed = parameters.get("seed")
    return DEFAULT_SEED if seed in (None, "") else int(seed)  # 0 is a seed like any other


def _labels(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    file = parameters.get("file")
    if file in (None, ""):
        raise UserError("labels.file")
    if parameters.get("forget"):
        return at_once(forget_labels(study, file_name(file), context))
    return take_labels(study, Path(file), context, parameters.get("wave") or "")


def _judge(kind: str) -> Step:
    """Return the step that takes one judgement of this kind, or takes it back."""

    def step(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
        names = ("firm", "who", "when", "why", "evidence", "wave")
        what = parameters.get("answer") if kind == "confirmations" else parameters.get("level")
        said = Said(what=_text(what), **{name: _text(parameters.get(name)) for name in names})
        change = take_back if parameters.get("forget") else judge
        return at_once(change(study, kind, said, context))

    return step


def _text(value: Any) -> str:
    return "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _visits(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    return draw(study, int(parameters.get("n") or 0), _seed(parameters), context)


def _weights(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    if parameters.get("use"):
        return at_once(use_weights(study, parameters["use"], context))
    wanted = Wanted(pairs_of(parameters.get("set")), *(_text(parameters.get(name)) for name in ("aggregation", "why", "who")))
    if parameters.get("from") is not None:
        wanted = wanted_from(Path(parameters["from"]), wanted)
    return at_once(set_weights(study, wanted, context))


def at_once(study: Study) -> Task[Study]:
    """Return as a task what takes no time."""
    return study
    yield  # a task is a generator, even one that yields nothing


def _goals(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    return goals(study, context.resources.goal_book, parameters.get("as_of") or "")


def _scenario(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    return at_once(save_scenario(study, parameters, context))


STEPS: Mapping[str, Step] = {
    "collect": _collect,
    "decide": _decide,
    "decisions": _decisions,
    "correct": _correct,
    "accept": _accept,
    "register": _register,
    "assess": _assess,
    "labels": _labels,
    "label": _judge("labels"),
    "ruling": _judge("rulings"),
    "override": _judge("overrides"),
    "confirm": _judge("confirmations"),
    "visits": _visits,
    "weights": _weights,
    "goals": _goals,
    "goal": target_steps.goal,
    "goalbook": target_steps.goalbook,
    "proof": target_steps.proof,
    "reported": target_steps.reported,
    "break": target_steps.declared_break,
    "scenario": _scenario,
    "sign": sign,
    "relay": relay,
    "anonymise": anonymise,
}
