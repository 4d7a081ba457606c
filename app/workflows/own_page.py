"""The page of a locality: a profile file of one's own, shaped as those in resources/briefing/layouts, instead of a template's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.domain.brief import BriefPlan, PageLayout
from app.domain.errors import UserError
from app.files.file_names import shown_name
from app.files.resource_briefing import read_layouts

ENDING = ".toml"


def own_page(plan: BriefPlan) -> tuple[BriefPlan, PageLayout | None]:
    """Return the plan without the page profile that its template names, and that profile; None where it names none.

    The sections are those of the usual template. UserError `file.missing`, ResourceError for a profile that lacks something.
    """
    if not plan.template.lower().endswith(ENDING):
        return plan, None
    path = Path(plan.template)
    if not path.is_file():
        raise UserError("file.missing", file=shown_name(path))
    layout = next(iter(read_layouts([path]).values()))
    return replace(plan, template=""), layout
