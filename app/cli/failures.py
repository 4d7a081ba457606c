"""How a command ends when it cannot do its work: one plain sentence, and never a traceback on the screen."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path

from app.cli.wording import finding_sentence
from app.domain.errors import UserError
from app.domain.findings import Finding
from app.domain.resources import Resources
from app.domain.words import Texts

BAD_INPUT = 2
INTERRUPTED = 130


def user_error(error: UserError, texts: Texts, resources: Resources) -> int:
    """Print the sentence of `error` on standard error and return the exit code.

    Where it carries findings they follow a line each; a single one says all there is to say and stands alone.
    """
    findings: tuple[Finding, ...] = getattr(error, "findings", ())
    lines = [finding_sentence(finding, texts, resources) for finding in findings]
    if len(lines) != 1:
        lines = [texts(f"error.{error.code}", **error.params), *(f"  {line}" for line in lines)]
    print(*lines, sep="\n", file=sys.stderr)
    return BAD_INPUT


def interrupted(texts: Texts) -> int:
    """Say that nothing half-done was kept; return the exit code."""
    print(texts("cli.interrupted"), file=sys.stderr)
    return INTERRUPTED


def unexpected(error: BaseException, texts: Texts, now: str = "") -> int:
    """Write where a bug struck into a log and name the log; return the exit code."""
    print(texts("cli.unexpected", log=write_log(error, now)), file=sys.stderr)
    return BAD_INPUT


def write_log(error: BaseException, now: str = "") -> Path:
    """Append the moment, the kind of error and the lines it passed through; no values, since they may hold firms' data."""
    lines = [f"{now} {type(error).__module__}.{type(error).__qualname__}", *traceback.format_tb(error.__traceback__), ""]
    for folder in (_log_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "zhiheng.log"
            with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write("\n".join(lines))
        except OSError:
            continue
        return path
    return Path("-")


def _log_folder() -> Path:
    from platformdirs import user_log_path

    return user_log_path("zhiheng", appauthor=False)
