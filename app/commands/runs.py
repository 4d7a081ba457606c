"""What each command of the command line runs; loaded with the analysis, after the arguments were understood."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.analysis.learn.labels import Matched
from app.commands.catalog import Request
from app.commands.running import Changed, change, opened, performed, without_study
from app.domain.errors import UserError
from app.domain.judgement import VisitList
from app.domain.register import Coverage
from app.domain.study import Study
from app.domain.task import Task
from app.files.endings import check_ending
from app.files.study_decisions import travelling, write_decisions
from app.workflows.check import CheckReport, check
from app.workflows.demo import DemoReport, demo
from app.workflows.form import write_form
from app.workflows.labels import matched_waves
from app.workflows.model import export_model
from app.workflows.new_study import new_study
from app.workflows.perform import record
from app.workflows.register import coverage_of
from app.workflows.responses_out import write_responses
from app.workflows.slips import SlipReport, slips
from app.workflows.steps import passwords_of
from app.workflows.visits import ENDINGS, find_list, write_list
from app.workflows.weights import export_weights


@dataclass(frozen=True, slots=True)
class Reported:
    """What taking in a register changed, and who has reported by it."""

    changed: Changed
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Assessed:
    """A study with what people judged in each of its waves, and what a command changed of it."""

    changed: Changed
    waves: tuple[Matched, ...]


@dataclass(frozen=True, slots=True)
class Visiting:
    """A study with the visit list that was drawn or written (None: only listed), where it was written, and who was assessed."""

    changed: Changed
    drawn: VisitList | None
    path: Path | None
    waves: tuple[Matched, ...]


def run_demo(request: Request) -> Task[DemoReport]:
    """The demonstration county, end to end."""
    return demo(request.parameters["out"], request.lang, request.context, request.parameters["seed"])


def run_check(request: Request) -> Task[CheckReport]:
    """Read and check files without a study."""
    given = request.parameters
    return check(given["paths"], request.context, given["instrument"], passwords_of(given))


def run_new(request: Request) -> Task[Study]:
    """Make a study file."""
    return new_study(request.parameters["study"], request.context, request.parameters["instrument"])


def run_collect(request: Request) -> Task[Changed]:
    """Add workbooks to a study."""
    return change("collect", request)


def run_decide(request: Request) -> Task[Changed]:
    """Answer a question, or take an answer back."""
    given = request.parameters
    if given["question"] and given["answer"] is None and not given["forget"]:
        raise UserError("decide.nothing")
    return change("decide", request)


def run_decisions(request: Request) -> Task[Changed | Path | Study]:
    """Write decisions to a file that may travel, take such a file over, or list what was decided."""
    if request.parameters["from"] is not None:
        return (yield from change("decisions", request))
    study, out = (yield from opened(request.parameters["study"])), request.parameters["out"]
    if out is None:
        return study
    if not travelling(study.guidance.decisions):
        raise UserError("decisions.none", study=study.name)
    write_decisions(out, study.guidance.decisions)
    return Path(out)


def run_correct(request: Request) -> Task[Changed]:
    """Put a cell right."""
    return change("correct", request)


def run_accept(request: Request) -> Task[Changed]:
    """Let rows of a corrected form count."""
    return change("accept", request)


def run_register(request: Request) -> Task[Reported]:
    """Take a firm register into the study, or only show who has reported by the one it has."""
    if request.parameters["file"] is not None:
        changed = yield from change("register", request)
    else:
        study = yield from opened(request.parameters["study"])
        changed = Changed(study, study)
    return Reported(changed, coverage_of(changed.after, request.context))


def run_questions(request: Request) -> Task[Study]:
    """Open a study to list what it asks."""
    return opened(request.parameters["study"])


def run_revisions(request: Request) -> Task[Study]:
    """Open a study to list what corrected forms change."""
    return opened(request.parameters["study"])


def run_form(request: Request) -> Task[Path]:
    """Write a clean form of an instrument."""
    given, register = request.parameters, None
    if given["register"] is not None:
        study = yield from opened(given["register"])
        if study.register is None:
            raise UserError("register.none", study=study.name)
        register = study.register
    return (yield from write_form(given["instrument"], given["out"], request.lang, request.context, register))


def run_slips(request: Request) -> Task[SlipReport]:
    """Write each sender a copy of their own workbook with what is wrong marked in it."""
    return slips(request.parameters["study"], request.parameters["out"], request.context, request.lang)


def run_responses(request: Request) -> Task[Path]:
    """Write the cleaned firm table, and into the journal that it was written: it names firms."""
    study = yield from opened(request.parameters["study"])
    path = yield from write_responses(study, request.parameters["out"])
    record(request.parameters["study"], study, "responses", without_study(request), request.context)
    return path


def run_assess(request: Request) -> Task[Study]:
    """Compute levels."""
    return performed("assess", request)


def run_labels(request: Request) -> Task[Assessed]:
    """Take in on-site assessments or take them back; without a file only list them."""
    if request.parameters["file"] is None and not request.parameters["forget"]:
        study = yield from opened(request.parameters["study"])
        changed = Changed(study, study)
    else:
        changed = yield from change("labels", request)
    return Assessed(changed, matched_waves(changed.after, request.context))


def run_label(request: Request) -> Task[Changed]:
    """Record one on-site assessment."""
    return change("label", request)


def run_ruling(request: Request) -> Task[Changed]:
    """Settle a disagreement between assessors."""
    return change("ruling", request)


def run_override(request: Request) -> Task[Changed]:
    """Note another level beside the computed one."""
    return change("override", request)


def run_confirm(request: Request) -> Task[Changed]:
    """Say whether a candidate is an AI-native firm."""
    return change("confirm", request)


def run_visits(request: Request) -> Task[Visiting]:
    """Draw a visit list, write one that was drawn, or only list those there are.

    A list names firms, so that writing one without drawing it is journaled by itself.
    """
    given, path = request.parameters, request.parameters["study"]
    if given["out"] is not None:
        check_ending(given["out"], *ENDINGS)
    if given["n"] is not None:
        changed = yield from change("visits", request)
    else:
        study = yield from opened(path)
        changed = Changed(study, study)
    study, drawn = changed.after, None
    if given["out"] is not None or given["list"] or given["n"] is not None:
        drawn = find_list(study, "" if given["n"] is not None else given["list"] or "")
    if drawn is not None and given["out"] is not None:
        yield from write_list(study, drawn, given["out"], request.lang, request.context)
        if given["n"] is None:
            record(path, study, "visits", {**without_study(request), "list": drawn.id}, request.context)
    return Visiting(changed, drawn, given["out"], matched_waves(study, request.context))


def run_weights(request: Request) -> Task[Changed | Path]:
    """Set pillar weights, use an earlier version, write those in force to a file, or list the versions."""
    given = request.parameters
    if any(given[name] for name in ("set", "aggregation", "from", "use", "why")):
        changed = yield from change("weights", request)
    else:
        study = yield from opened(given["study"])
        changed = Changed(study, study)
    if given["export"] is None:
        return changed
    return export_weights(changed.after, given["export"])


def run_model(request: Request) -> Task[Path]:
    """Write the learnt model, and into the journal that it was written."""
    study = yield from opened(request.parameters["study"])
    path = yield from export_model(study, request.parameters["out"], request.context)
    record(request.parameters["study"], study, "model", without_study(request), request.context)
    return path


def run_findings(request: Request) -> Task[Study]:
    """Open a study to list its findings."""
    return opened(request.parameters["study"])


def run_journal(request: Request) -> Task[Study]:
    """Open a study to list its journal."""
    return opened(request.parameters["study"])
