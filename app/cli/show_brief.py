"""What the commands about documents print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.session import Session
from app.domain.words import Texts

if TYPE_CHECKING:
    from app.domain.errors import UserError
    from app.workflows.write_briefs import Written


def show_briefs(written: Written, session: Session) -> int:
    """Print how many briefs were written and which could not be, with the reason."""
    if session.as_json:
        left_out = [{"part": part, "error": error.code} for part, error in written.left_out]
        session.json({"files": [str(path) for path in written.files], "left_out": left_out})
        return 0
    for part, error in written.left_out:
        session.say("show.briefs.left_out", part=part, reason=_reason(error, session.texts))
    session.say("show.briefs.written", n=len(written.files), folder=session.given["out"])
    return 0


def _reason(error: UserError, texts: Texts) -> str:
    return texts(f"error.{error.code}", **error.params)
