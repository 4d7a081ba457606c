"""Small survey files for the use cases."""

from __future__ import annotations

from app.domain.task import run_to_end
from app.workflows.context import Context
from app.workflows.new_study import new_study
from tests.study_samples import INSTRUMENT

HEADER = "Q20,Q21,Q22,Q23,Q26"
LADDER = ("No (we do not use ML methods)", "I do not know", "We use ML methods for generating insights")
NOW = "2026-09-01T08:00:00+08:00"


def context(resources, now=NOW):
    return Context(resources, now)


def write_answers(path, n=12, industry="Manufacturing/Fabrication", step="No (we do not use ML methods)"):
    """A table of `n` answers, all alike but for the team's size."""
    teams = ("0", "1-2", "3-4")
    lines = [f"{industry},0-49 employees,{teams[row % 3]},{step},$1-$99" for row in range(n)]
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def new(path, resources):
    """A new study with the small questionnaire."""
    return run_to_end(new_study(path, context(resources), str(INSTRUMENT)))
