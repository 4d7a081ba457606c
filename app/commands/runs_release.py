"""What the commands about giving something out run: signing, and the files that leave the house."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.commands.catalog import Request
from app.commands.running import Changed, changed_if, opened, without_study
from app.domain.anonymous import Anonymity
from app.domain.signing import Standing
from app.domain.task import Task
from app.workflows.anonymise import k_of, prepared
from app.workflows.perform import run_and_save
from app.workflows.sign import stands


@dataclass(frozen=True, slots=True)
class Signing:
    """A study before and after a command on its signatures, and where its brief stands."""

    changed: Changed
    standing: Standing


def run_sign(request: Request) -> Task[Signing]:
    """Sign a brief or take a signature back; without a stage only say where it stands."""
    given = request.parameters
    wanted = any(given[name] for name in ("stage", "who", "when", "note", "withdraw"))
    changed = yield from changed_if(wanted, "sign", request)
    return Signing(changed, stands(changed.after))


@dataclass(frozen=True, slots=True)
class Anonymised:
    """Where an anonymised firm file was written, and how it was made."""

    path: Path
    anonymity: Anonymity


def run_anonymise(request: Request) -> Task[Anonymised]:
    """Write the firms without their names; the journal says what for."""
    given = request.parameters
    before = yield from opened(given["study"])
    parameters = {**without_study(request), "lang": request.lang}
    after = yield from run_and_save(given["study"], before, "anonymise", parameters, request.context)
    return Anonymised(given["out"], prepared(after, k_of(given), request.context).anonymity)
