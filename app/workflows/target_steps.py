"""The commands on targets, each with its parameters as the catalogue names them."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Task
from app.workflows.context import Context
from app.workflows.goal_edit import put_back, set_goal, withdraw
from app.workflows.goal_fields import pairs_of
from app.workflows.layers import take_example, take_file
from app.workflows.proofs import Found, prove, unprove
from app.workflows.reported import Given, declare, report, undeclare, unreport
from app.workflows.targets import Parameters, sign, text_of


def goal(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    """Change a goal, make one, withdraw it (`withdraw`) or put it back as it came (`forget`)."""
    id_ = text_of(parameters, "goal")
    if parameters.get("forget"):
        return put_back(study, id_, sign(parameters, context), context)
    signed = sign(parameters, context, ("who", "why"))
    if parameters.get("withdraw"):
        return withdraw(study, id_, signed, context)
    return set_goal(study, id_, pairs_of(parameters.get("set")), signed, context)


def goalbook(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    """Take in a layer of goals from a file (`from`) or one of the program's examples (`add`)."""
    signed = sign(parameters, context)
    if parameters.get("from") is not None:
        return take_file(study, Path(parameters["from"]), signed, context)
    if not text_of(parameters, "add"):
        raise UserError("goalbook.nothing")
    return take_example(study, text_of(parameters, "add"), signed, context)


def proof(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    """Record what was found about an entry, or take it back (`forget`)."""
    entry, state, note, document = (text_of(parameters, name) for name in ("entry", "state", "note", "document"))
    if parameters.get("forget"):
        return unprove(study, entry, sign(parameters, context), context)
    return prove(study, Found(entry, state, note, document), sign(parameters, context, ("who",)), context)


def reported(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    """Record a figure of a goal, or take one back (`forget`)."""
    given = Given(*(text_of(parameters, name) for name in ("goal", "value", "date", "source")))
    if parameters.get("forget"):
        return unreport(study, given, sign(parameters, context), context)
    return report(study, given, sign(parameters, context, ("who",)), context)


def declared_break(study: Study, path: Path, parameters: Parameters, context: Context) -> Task[Study]:  # noqa: ARG001
    """Declare a break of a series, or take the declaration back (`forget`)."""
    wave, measure = text_of(parameters, "wave"), text_of(parameters, "measure")
    if parameters.get("forget"):
        return undeclare(study, wave, measure, sign(parameters, context), context)
    return declare(study, wave, measure, sign(parameters, context, ("who", "why")), context)
