"""Collecting workbooks into a study: received, read, recognised, cleaned; the same bytes twice change nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.decisions import Decision, Guidance, with_decision
from app.domain.errors import UserError
from app.domain.findings import CellReference, Finding, Severity
from app.domain.sheet import RawWorkbook
from app.domain.study import Study, Wave
from app.domain.task import Progress, Task
from app.files.arrive import arrive
from app.files.file_names import shown_name
from app.files.frame_counts import read_frame_counts
from app.files.read_workbook import read_workbooks
from app.files.receive import pack
from app.files.slip_mark import slip_mark
from app.workflows.arrivals import Came, kept_out, named_freely, receive_all, sort_out, with_fate
from app.workflows.context import Context
from app.workflows.nothing_read import NothingRead
from app.workflows.retake import under_way
from app.workflows.revisions import with_corrected
from app.workflows.take_in import Part, take_in
from app.workflows.waves import Said, sector_names, settle_wave, size_names, version_of, with_wave
from app.workflows.whole import with_parts


@dataclass(frozen=True, slots=True)
class Collection:
    """What to collect, as which wave, with a table of the firms in its frame (sector and count, or size and township too).

    `passwords` are tried on locked workbooks in turn; `decisions` of colleagues hold from the first file on.
    """

    paths: tuple[Path, ...]
    said: Said = Said()  # noqa: RUF009 - a frozen value
    frame: Path | None = None
    passwords: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


def collect(study: Study, collection: Collection, context: Context) -> Task[Study]:
    """Return the study with the files of `collection` added; levels and progress, no longer current, are dropped.

    A file that cannot be read gives one finding and the others go on; bytes already in the study are only noted.
    UserError: `wave.*`, `frame.*`, `check.no_files`, and NothingRead when no file could be read.
    """
    wave = _settled(study, collection, context)
    guided = replace(study, guidance=_guided(study.guidance, collection.decisions))
    with tempfile.TemporaryDirectory(prefix="zhiheng-", ignore_cleanup_errors=True) as folder:
        arrivals, refused = yield from arrive(collection.paths, collection.passwords, Path(folder))
        if not arrivals and not any(finding.severity is Severity.ERROR for finding in refused):
            raise UserError("check.no_files", paths="、".join(shown_name(path) for path in collection.paths))
        lost, refused = kept_out(refused, wave, context.now)
        yield from (part.progress(0, len(arrivals)) for part in lost)
        came = yield from receive_all(arrivals)
        fresh, repeats = sort_out(study, came, wave, context.now)
        parts = yield from _read_all(guided, named_freely(study, fresh, wave), wave, context)
    parts = [*lost, *with_fate(repeats, parts), *_corrected(study, parts, context)]
    if all(part.source.status == "refused" for part in parts):
        raise NothingRead("collect.nothing_read", [*refused, *(finding for part in parts for finding in part.findings)])
    yield Progress("progress.collect.combine")
    return _with_files(guided, wave, parts, refused, context)


def _settled(study: Study, collection: Collection, context: Context) -> Wave:
    said = collection.said
    if collection.frame is not None:
        known = sector_names(study.instrument, context.resources.taxonomy)
        counts = read_frame_counts(collection.frame, known, size_names(study.instrument, context.resources.words))
        said = replace(said, frame=counts.sectors, strata=counts.strata, cells=counts.cells)
    return settle_wave(study.waves, said, context.today, version_of(study.instrument))


def _guided(guidance: Guidance, decisions: Sequence[Decision]) -> Guidance:
    """What was decided in this study stands against what came from elsewhere."""
    own = {decision.id for decision in guidance.decisions}
    for decision in decisions:
        if decision.id not in own:
            guidance = with_decision(guidance, decision)
    return guidance


def _read_all(study: Study, fresh: Sequence[Came], wave: Wave, context: Context) -> Task[list[Part]]:
    """Each file is taken in as soon as it is read, while the next ones are being read."""
    parts: list[Part] = []
    for event in read_workbooks([each.arrival.path for each in fresh], names=[each.name for each in fresh]):
        if isinstance(event, Progress):
            yield from under_way(event)
            continue
        parts.append(_part(study, event, fresh[len(parts)], wave, context))
        yield parts[-1].progress(len(parts), len(fresh))
    return parts


def _corrected(study: Study, parts: Sequence[Part], context: Context) -> list[Part]:
    """The read ones among `parts` may each put an earlier form right."""
    found = iter(with_corrected(study, [part for part in parts if part.source.status == "read"], context))
    return [next(found) if part.source.status == "read" else part for part in parts]


def _slip_of(workbook: RawWorkbook, study: Study, wave: Wave) -> str:
    """The source from which a returned slip was made, where this wave has it."""
    mark = slip_mark(workbook)
    held = {source.sha256 for source in study.sources if source.status == "read" and source.wave == wave.id}
    return mark if mark in held else ""


def _part(study: Study, workbook: RawWorkbook, came: Came, wave: Wave, context: Context) -> Part:
    source = replace(came.source(wave, context.now), sha256=workbook.sha256, size=workbook.size, reader=workbook.reader)
    if not workbook.sheets:
        return Part(source, findings=workbook.findings)
    received = came.received
    packed = pack(received) if received is not None and received.sha256 == workbook.sha256 else None
    if packed is None:
        changed = Finding("COLLECT_CHANGED", Severity.ERROR, CellReference(workbook.name), workbook.name)
        return Part(source, findings=(changed,))
    source = replace(source, content=packed, corrects=_slip_of(workbook, study, wave))
    return take_in(workbook, source, study, context)


def _with_files(study: Study, wave: Wave, parts: Sequence[Part], refused: Sequence[Finding], context: Context) -> Study:
    """A file refused before and received now loses its old line; a repeat noted before is not noted again."""
    held = {source.name for source in study.sources if source.status == "read"}
    stale = {part.source.name for part in parts if part.source.status == "read"} - held
    kept = [source for source in study.sources if source.name not in stale]
    lines = {(source.sha256, source.name) for source in kept}
    added = [part.source for part in parts if (part.source.sha256, part.source.name) not in lines]
    findings = [finding for finding in study.findings if finding.place.source not in stale]
    told = (finding for part in parts if part.source.status != "read" for finding in part.findings)
    before = replace(
        study,
        waves=with_wave(study.waves, wave),
        sources=(*kept, *added),
        findings=tuple(dict.fromkeys((*findings, *refused, *told))),
    )
    after = with_parts(before, [part for part in parts if part.source.status == "read"], context)
    return after if after.waves == study.waves else replace(after, assessments=(), progress=(), tallies=None)
