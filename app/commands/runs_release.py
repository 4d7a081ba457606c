"""What the commands about giving something out run: signing, and the files that leave the house."""

from __future__ import annotations

from dataclasses import dataclass

from app.commands.catalog import Request
from app.commands.running import Changed, changed_if
from app.domain.signing import Standing
from app.domain.task import Task
from app.workflows.sign import stands


@dataclass(frozen=True, slots=True)
class Signing:
    """A study before and after a command on its signatures, and where its brief stands."""

    changed: Changed
    standing: Standing


def run_sign(request: Request) -> Task[Signing]:
    """Sign a brief or take a signature back; without a stage only say where it stands."""
    given = request.parameters
    wanted = any(given[name] for name in ("stage", "who", "note", "withdraw"))
    changed = yield from changed_if(wanted, "sign", request)
    return Signing(changed, stands(changed.after))
