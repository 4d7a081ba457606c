"""What the command that verifies a document runs."""

from __future__ import annotations

from app.commands.catalog import Request
from app.commands.running import opened
from app.domain.task import Task
from app.domain.verified import Verified
from app.workflows.verify import Place, verify_file


def run_verify(request: Request) -> Task[Verified]:
    """Hold a document against its study; neither is changed."""
    given = request.parameters
    study = yield from opened(given["study"])
    return (yield from verify_file(study, Place(given["file"], given["study"], given["template"]), request.context))
