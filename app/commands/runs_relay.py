"""What the commands between levels run: a package for the next level up, adding packages up, and answering for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.commands.catalog import Request
from app.commands.running import opened, without_study
from app.domain.receipt import ReadReceipt
from app.domain.relay import RelayPackage
from app.domain.task import Progress, Task
from app.domain.words import Texts
from app.files.endings import check_ending
from app.files.relay_file import read_relay
from app.files.write_relay_xlsx import ENDING, write_relay_xlsx
from app.present.relay import relay_sheets
from app.workflows.merge import Merged, merge
from app.workflows.perform import run_and_save
from app.workflows.receipts import Received, receipt, receipts_in


@dataclass(frozen=True, slots=True)
class Sent:
    """A package as it was written and read back, and where, and the workbook of its tables (None: not asked for)."""

    path: Path
    package: RelayPackage
    tables: Path | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """Packages added up, and the workbook of the sums (None: not asked for)."""

    merged: Merged
    tables: Path | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """Receipts that were read, and whose signature holds."""

    receipts: tuple[ReadReceipt, ...]


def run_relay(request: Request) -> Task[Sent]:
    """Write a package; the study's register keeps what left with it."""
    given = request.parameters
    _check_tables(request)
    before = yield from opened(given["study"])
    yield from run_and_save(given["study"], before, "relay", without_study(request), request.context)
    package = read_relay(given["out"])
    _write_tables(request, package)
    return Sent(given["out"], package, given["tables"])


def run_merge(request: Request) -> Task[Joined]:
    """Add packages up."""
    _check_tables(request)
    merged = yield from merge(request.parameters, request.context)
    _write_tables(request, read_relay(merged.path))
    return Joined(merged, request.parameters["tables"])


def run_receipt(request: Request) -> Task[Received | Looked]:
    """Answer for packages, or look at receipts."""
    given = request.parameters
    yield Progress("progress.receipt")
    if given["out"] is None:
        found = receipts_in(given["paths"])
        if found:
            return Looked(tuple(found))
    return (yield from receipt(given, request.lang, request.context))


def _check_tables(request: Request) -> None:
    if request.parameters["tables"] is not None:
        check_ending(request.parameters["tables"], ENDING)


def _write_tables(request: Request, package: RelayPackage) -> None:
    path = request.parameters["tables"]
    if path is not None:
        texts = Texts(request.lang, request.context.resources.words)
        sheets = relay_sheets(texts, package.content)
        write_relay_xlsx(path, sheets, package.content.created, texts("write.body_font"))
