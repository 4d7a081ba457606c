"""Collecting workbooks into a study: received, read, recognised, cleaned; the same bytes twice change nothing."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.analysis.intake import WorkbookIntake, assign_wave, combine, intake_workbook
from app.analysis.intake.credit_code import invented
from app.domain.errors import UserError
from app.domain.findings import CellReference, Finding, Severity
from app.domain.responses import Responses
from app.domain.sheet import RawWorkbook
from app.domain.study import Source, Study, Wave
from app.domain.task import Progress, Task
from app.files.file_names import shown_name
from app.files.frame_counts import read_frame_counts
from app.files.read_workbook import expand, read_workbooks
from app.files.receive import Received, receive
from app.workflows.context import Context
from app.workflows.nothing_read import NothingRead
from app.workflows.waves import Said, sector_names, settle_wave, with_wave

_FRAME_SMALL = "COLLECT_FRAME_SMALL"


@dataclass(frozen=True, slots=True)
class Collection:
    """What to collect, as which wave, and a table of the firms in its frame (columns sector, count)."""

    paths: tuple[Path, ...]
    said: Said = Said()  # noqa: RUF009 - a frozen value
    frame: Path | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file gave."""

    source: Source
    responses: tuple[Responses, ...] = ()
    findings: tuple[Finding, ...] = ()


def collect(study: Study, collection: Collection, context: Context) -> Task[Study]:
    """Return the study with the files of `collection` added; levels and progress, no longer current, are dropped.

    A file that cannot be read gives one finding and the others go on; bytes already in the study are only noted.
    UserError: `wave.*`, `frame.*`, `check.no_files`, and NothingRead when no file could be read.
    """
    wave = _settled(study, collection, context)
    files, refused = expand(collection.paths)
    if not files and not any(finding.severity is Severity.ERROR for finding in refused):
        raise UserError("check.no_files", paths="、".join(shown_name(path) for path in collection.paths))
    received = yield from _receive_all(files)
    fresh, repeats = _sort_out(study, files, received, wave)
    parts = yield from _read_all(study, fresh, wave, context)
    refusals = _refusals(fresh, parts)
    repeats = tuple(_with_fate(repeat, refusals) for repeat in repeats)
    if all(part.source.status == "refused" for part in (*repeats, *parts)):
        raise NothingRead("collect.nothing_read", [*refused, *(finding for part in parts for finding in part.findings)])
    yield Progress("progress.collect.combine")
    return _with_parts(study, wave, (*repeats, *parts), refused)


def _settled(study: Study, collection: Collection, context: Context) -> Wave:
    said = collection.said
    if collection.frame is not None:
        known = sector_names(study.instrument, context.resources.taxonomy)
        said = replace(said, frame=read_frame_counts(collection.frame, known))
    return settle_wave(study.waves, said, context.today)


def _receive_all(files: Sequence[Path]) -> Task[tuple[Received | None, ...]]:
    received = []
    for done, path in enumerate(files):
        yield Progress("progress.collect.receive", done, len(files), shown_name(path))
        received.append(receive(path))
    return tuple(received)


def _sort_out(
    study: Study, files: Sequence[Path], received: Sequence[Received | None], wave: Wave
) -> tuple[list[tuple[Path, Received | None]], tuple[_Part, ...]]:
    """Split into files to be read and repeats of bytes that are already here (in the study or earlier in this collection)."""
    here = {source.sha256: (source.name, source.wave) for source in study.sources if source.status == "read"}
    fresh: list[tuple[Path, Received | None]] = []
    repeats = []
    for path, content in zip(files, received, strict=True):
        if content is None or content.sha256 not in here:
            fresh.append((path, content))
            if content is not None:
                here[content.sha256] = (shown_name(path), wave.id)
            continue
        note = _repeat_note(shown_name(path), *here[content.sha256], wave)
        source = Source(content.sha256, shown_name(path), content.size, wave.id, "", "repeat", 0, 0, 0)
        repeats.append(_Part(source, findings=(note,)))
    return fresh, tuple(repeats)


def _repeat_note(name: str, original: str, original_wave: str, wave: Wave) -> Finding:
    """The same bytes in another wave are a likely mistake: the answers do not come into the wave that was asked for."""
    place = CellReference(name)
    if original_wave == wave.id:
        return Finding("COLLECT_REPEAT", Severity.NOTE, place, name, (("original", original),))
    params = (("original", original), ("held", original_wave), ("wave", wave.id))
    return Finding("COLLECT_OTHER_WAVE", Severity.WARNING, place, name, params)


def _read_all(
    study: Study, fresh: Sequence[tuple[Path, Received | None]], wave: Wave, context: Context
) -> Task[tuple[_Part, ...]]:
    names = _free_names(study, [path for path, _ in fresh], wave)
    workbooks = read_workbooks([path for path, _ in fresh])
    parts: list[_Part] = []
    for (_, content), name in zip(fresh, names, strict=True):
        workbook = yield from _next_workbook(workbooks)
        yield Progress("progress.collect.intake", len(parts), len(fresh), name)
        parts.append(_part(study, _renamed(workbook, name), content, wave, context))
    return tuple(parts)


def _refusals(fresh: Sequence[tuple[Path, Received | None]], parts: Sequence[_Part]) -> Mapping[str, _Part]:
    """Return what was received but refused, by the hash of its bytes."""
    pairs = zip((content for _, content in fresh), parts, strict=True)
    return {content.sha256: part for content, part in pairs if content is not None and part.source.status == "refused"}


def _with_fate(repeat: _Part, refusals: Mapping[str, _Part]) -> _Part:
    """A copy of a file that then could not be read is no repeat of anything: it is refused as well, for the same reason."""
    original = refusals.get(repeat.source.sha256)
    if original is None:
        return repeat
    name = repeat.source.name
    findings = tuple(
        replace(
            finding,
            place=replace(finding.place, source=name),
            params=tuple((key, name if key == "file" else value) for key, value in finding.params),
        )
        for finding in original.findings
    )
    return _Part(replace(original.source, name=name), findings=findings)


def _next_workbook(events: Iterator[Progress | RawWorkbook]) -> Generator[Progress, None, RawWorkbook]:
    for event in events:
        if isinstance(event, RawWorkbook):
            return event
        yield event
    raise AssertionError("the reader gave fewer workbooks than it was given files")


def _part(study: Study, workbook: RawWorkbook, content: Received | None, wave: Wave, context: Context) -> _Part:
    if not workbook.sheets:
        return _Part(_source(workbook, wave, "refused"), findings=workbook.findings)
    if content is None or content.sha256 != workbook.sha256:
        changed = Finding("COLLECT_CHANGED", Severity.ERROR, CellReference(workbook.name), workbook.name)
        return _Part(_source(workbook, wave, "refused"), findings=(changed,))
    intake = intake_workbook(workbook, study.instrument, context.resources.taxonomy)
    return _intake_part(workbook, intake, content, wave)


def _intake_part(workbook: RawWorkbook, intake: WorkbookIntake, content: Received, wave: Wave) -> _Part:
    responses = [assign_wave(sheet.responses, wave.id) for sheet in intake.sheets if sheet.responses is not None]
    matches = [match for sheet in intake.sheets if sheet.mapping is not None for match in sheet.mapping.matches]
    source = replace(
        _source(workbook, wave, "read"),
        responses=sum(map(len, responses)),
        mapped=sum(match.item is not None for match in matches),
        unmapped=sum(match.item is None for match in matches),
        content=content.packed,
    )
    findings = (*workbook.findings, *intake.findings, *(finding for sheet in intake.sheets for finding in sheet.findings))
    return _Part(source, tuple(responses), tuple(dict.fromkeys(findings)))


def _source(workbook: RawWorkbook, wave: Wave, status: str) -> Source:
    return Source(workbook.sha256, workbook.name, workbook.size, wave.id, workbook.reader, status, 0, 0, 0)


def _free_names(study: Study, paths: Sequence[Path], wave: Wave) -> list[str]:
    """Name each file as it is called, with the wave (and a number) added where the study has another file of that name."""
    taken = {source.name for source in study.sources if source.status == "read"}
    names = []
    for path in paths:
        name, number = shown_name(path), 1
        stem = name.removesuffix(path.suffix)
        while name in taken:
            mark = wave.id if number == 1 else f"{wave.id}-{number}"
            name, number = f"{stem} [{mark}]{path.suffix}", number + 1
        taken.add(name)
        names.append(name)
    return names


def _renamed(workbook: RawWorkbook, name: str) -> RawWorkbook:
    if workbook.name == name:
        return workbook
    findings = tuple(replace(finding, place=replace(finding.place, source=name)) for finding in workbook.findings)
    return replace(workbook, name=name, findings=findings)


def _with_parts(study: Study, wave: Wave, parts: Sequence[_Part], refused: Sequence[Finding]) -> Study:
    """A file refused before and received now loses its old line; a repeat noted before is not noted again."""
    held = {source.name for source in study.sources if source.status == "read"}
    stale = {part.source.name for part in parts if part.source.status == "read"} - held
    kept = [source for source in study.sources if source.name not in stale]
    lines = {(source.sha256, source.name) for source in kept}
    added = [part.source for part in parts if (part.source.sha256, part.source.name) not in lines]
    findings = [finding for finding in study.findings if finding.place.source not in stale]
    findings += [*refused, *(finding for part in parts for finding in part.findings)]
    blocks = [block for part in parts for block in part.responses]
    after = replace(study, waves=with_wave(study.waves, wave), sources=(*kept, *added))
    if blocks:
        responses, found = combine(blocks, study.responses)
        synthetic = study.synthetic or any(invented(block.firms["code"].tolist()) for block in blocks)
        after = replace(after, responses=responses, synthetic=synthetic)
        findings += found
    findings = [finding for finding in findings if (finding.code, finding.place.source) != (_FRAME_SMALL, wave.id)]
    findings += _small_frames(after.responses, wave)
    after = replace(after, findings=tuple(dict.fromkeys(findings)))
    unmoved = not blocks and after.waves == study.waves
    return after if unmoved else replace(after, assessments=(), progress=())


def _small_frames(responses: Responses | None, wave: Wave) -> tuple[Finding, ...]:
    """Tell the sectors of which more firms answered than the frame holds; their intervals do without the frame."""
    if responses is None or not wave.frame:
        return ()
    firms = responses.firms
    counted = firms.loc[(firms["wave"] == wave.id) & firms["counted"], "sector"].value_counts()
    return tuple(
        Finding(_FRAME_SMALL, Severity.WARNING, CellReference(wave.id), sector, _places(wave, size, int(counted[sector])))
        for sector, size in wave.frame.items()
        if counted.get(sector, 0) > size
    )


def _places(wave: Wave, frame: int, counted: int) -> tuple[tuple[str, str], ...]:
    return (("wave", wave.id), ("frame", str(frame)), ("counted", str(counted)))
