"""What the command that lists templates and places runs."""

from __future__ import annotations

from app.commands.catalog import Request
from app.domain.task import Task
from app.workflows.templates import Offered, offered_templates


def run_templates(request: Request) -> Task[Offered]:
    """List templates, sections and places; check the places of a document of one's own where one is given."""
    return offered_templates(request.context, request.parameters.get("file"))
