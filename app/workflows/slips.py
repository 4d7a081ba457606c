"""Return slips: a copy of each sender's own workbook with what is wrong marked in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.findings import Finding, Severity
from app.domain.sheet import RawWorkbook
from app.domain.study import Source, Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.atomic import make_folder, write_atomically
from app.files.read_workbook import read_content
from app.files.resources import load_palette
from app.files.slip_book import mark_workbook, marked_cells
from app.files.slip_copy import copy_workbook, sheet_names
from app.files.slip_mark import mark_text
from app.files.slip_names import own_ending, slip_name
from app.files.slip_package import Package, Unfit
from app.files.slip_styles import Look
from app.files.slip_summary import Remark, Summary, clipped
from app.files.study_file import open_study, read_source
from app.present.answers import finding_words
from app.present.view import View
from app.workflows.context import Context

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_FILLS = {Severity.ERROR: "FFC9CD", Severity.WARNING: "FFE89E", Severity.NOTE: "E6EBEB"}  # the red and yellow Excel users know


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip written. `kind` own: the sender's workbook itself; copy: its texts in a new xlsx.

    `cells` coloured; `unwrapped`: the source came with a password or in an archive, the slip is without.
    """

    source: str
    path: Path
    kind: str
    errors: int
    warnings: int
    notes: int
    cells: int
    unwrapped: bool


@dataclass(frozen=True, slots=True)
class SlipReport:
    """The slips written into `folder`; the sources with nothing to put right; those that could not be read at all."""

    folder: Path
    slips: tuple[Slip, ...]
    clean: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every slip of a run needs."""

    study: Study
    path: Path
    folder: Path
    view: View
    look: Look
    now: str


def slips(study_path: Path, folder: Path, context: Context, lang: Lang = "zh") -> Task[SlipReport]:
    """Write into `folder` (made when it is missing) a slip for every source that has errors or warnings.

    UserError `study.*` for the study, or why the disk will not have a slip; those written before it stay.
    """
    yield Progress("progress.open", detail=study_path.name)
    study = open_study(study_path)
    make_folder(folder)
    texts = Texts(lang, context.resources.words)
    desk = _Desk(study, study_path, folder, View(study, context.resources, texts), _look(texts), context.now)
    findings = _by_source(study)
    read = [source for source in study.sources if source.status == "read"]
    wanted = [source for source in read if _is_wrong(findings.get(source.name, ()))]
    written, taken = [], set[str]()
    for done, source in enumerate(wanted):
        yield Progress("progress.slips", done, len(wanted), source.name)
        written.append((yield from _slip(desk, source, findings[source.name], taken)))
    names = {source.name for source in wanted}
    clean = tuple(source.name for source in read if source.name not in names)
    refused = tuple(source.name for source in study.sources if source.status == "refused")
    return SlipReport(folder, tuple(written), clean, refused)


def _by_source(study: Study) -> dict[str, list[Finding]]:
    """Return what each sender can put right; how we dealt with a file (repeats, corrections, rows aside) is our own affair."""
    found: dict[str, list[Finding]] = {}
    for finding in study.findings:
        if finding.code.startswith("COLLECT_") or finding.code == "firm.aside":
            continue
        found.setdefault(finding.place.source, []).append(finding)
    return found


def _is_wrong(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is not Severity.NOTE for finding in findings)


def _slip(desk: _Desk, source: Source, findings: Sequence[Finding], taken: set[str]) -> Task[Slip]:
    content = read_source(desk.path, source.sha256)
    remarks = [_remark(desk.view, finding) for finding in findings]
    summary = _summary(desk.view.texts, source, findings)
    try:
        kind, ending = "own", own_ending(source.name, macros=Package(content).has("xl/vbaProject.bin"))
        slip = mark_workbook(content, _in_order(remarks, ()), summary, desk.look)
    except Unfit:
        kind, ending = "copy", ".xlsx"
        workbook = yield from read_content(source.name, content)
        remarks = _renamed(remarks, workbook)
        names = [sheet.name for sheet in workbook.sheets]
        slip = mark_workbook(copy_workbook(workbook, desk.now), _in_order(remarks, names), summary, desk.look)
    path = desk.folder / slip_name(source.name, desk.view.texts("slip.name_mark"), ending, taken)
    write_atomically(path, slip)
    errors, warnings, notes = (sum(each.severity is severity for each in findings) for severity in _ORDER)
    cells = sum(len(marked_cells([r for r in remarks if r.place.sheet == name])) for name in {r.place.sheet for r in remarks})
    unwrapped = bool(source.received) and source.received != source.sha256
    return Slip(source.name, path, kind, errors, warnings, notes, cells, unwrapped)


def _remark(view: View, finding: Finding) -> Remark:
    words = finding_words(view, finding)
    message, remedy = clipped(words.message), clipped(words.remedy)
    note = view.texts("slip.note", level=words.severity, title=words.title, message=message, remedy=remedy).strip()
    return Remark(finding.place, finding.severity, words.severity, finding.value, message, remedy, note)


def _in_order(remarks: Sequence[Remark], sheets: Sequence[str]) -> list[Remark]:
    """Return the remarks as people work through them: the worst first, then sheet by sheet, row by row."""
    places = {name: place for place, name in enumerate(sheets)}
    names = {remark.place.sheet: None for remark in remarks}
    order = {name: places.get(name, len(places) + at) for at, name in enumerate(names)}
    return sorted(
        dict.fromkeys(remarks),
        key=lambda each: (_ORDER.index(each.severity), order[each.place.sheet], each.place.row, each.place.column),
    )


def _renamed(remarks: Sequence[Remark], workbook: RawWorkbook) -> list[Remark]:
    """Return the remarks with the names that the sheets of a copy have."""
    names = dict(zip((sheet.name for sheet in workbook.sheets), sheet_names(workbook), strict=True))
    return [replace(each, place=replace(each.place, sheet=names.get(each.place.sheet, each.place.sheet))) for each in remarks]


def _summary(texts: Texts, source: Source, findings: Sequence[Finding]) -> Summary:
    counts = Counter(finding.severity for finding in findings)
    numbers = {severity.value: counts[severity] for severity in _ORDER}
    columns = ("number", "level", "sheet", "cell", "value", "message", "remedy")
    names = tuple(texts.switched(lang)("slip.sheet") for lang in ("zh", "en"))
    return Summary(
        sheet=texts("slip.sheet"),
        names=names,
        title=texts("slip.title", file=source.name),
        lines=(texts("slip.counts", **numbers), texts("slip.what_to_do"), texts("slip.what_to_keep")),
        headings=tuple(texts(f"slip.column.{name}") for name in columns),
        mark=texts("slip.mark", mark=mark_text(source.sha256)),
        author=texts("slip.author"),
    )


def _look(texts: Texts) -> Look:
    palette = load_palette("light")
    inks = (palette.accent_soft, palette.text, palette.muted, palette.accent, palette.hairline)
    head, text, muted, accent, line = map(_rgb, inks)
    return Look(_FILLS, head, text, muted, accent, line, texts("write.body_font"))


def _rgb(colour: str) -> str:
    return colour.removeprefix("#").upper()
