"""On-site assessments as people hand them in: any workbook or csv with a column of firms and one of levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.analysis.intake.clean_date import read_date
from app.analysis.learn.find_firms import AT, read_code
from app.analysis.learn.labels import level_of
from app.domain.errors import UserError
from app.domain.findings import CellReference, Finding, Severity
from app.domain.judgement import Label
from app.domain.rubric import Rubric
from app.domain.sheet import CellKind, RawSheet, RawWorkbook
from app.domain.task import Task
from app.domain.words import Words, normal_form
from app.files.read_workbook import read_workbook

FIRM_FIELDS = ("code", "name", "township", "wave")
ASSESSED_FIELDS = ("level", "who", "when", "why", "evidence")  # these may stand there once for each assessor
FILE_FINDINGS: Mapping[str, Severity] = {
    "label.no_firm": Severity.ERROR,
    "label.no_level": Severity.ERROR,
    "label.date_unread": Severity.WARNING,
    "label.future": Severity.WARNING,
}
"""What is told of a file when it is read; everything else is told by `matched_labels`."""
_LOOKED = 40  # rows in which the headings must stand
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "甲": 1, "乙": 2}
_ORDINAL = re.compile(r"第?(?P<first>[1-9一二三四])(?:位|名)?(?=评|assess)|(?P<last>[1-9一二三四甲乙])$")
_ASIDE = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_DAY = len("2026-06-30")
_GUARD = "'"  # what is put before a text that a spreadsheet would take for a formula


@dataclass(frozen=True, slots=True)
class LabelGuide:
    """What reading needs to know: the rubric whose levels are given, the wave meant where a row says none, the headings in
    both languages (`labels.heading.*`), and today."""

    rubric: Rubric
    wave: str
    words: Mapping[str, Words]
    today: str


@dataclass(frozen=True, slots=True)
class LabelFile:
    """What a file said: `name` of the file, its labels in the order of its rows, and what was wrong with its cells."""

    name: str
    labels: tuple[Label, ...]
    findings: tuple[Finding, ...]


def read_labels(path: Path, guide: LabelGuide) -> Task[LabelFile]:
    """Return the labels of every sheet of the file that has a heading for the firm and one for the level.

    A row whose level and assessor are blank is a firm that was not visited. A level that the rubric does not know is kept as
    written, so that it can be told and put right. A firm without a valid code is called name@township where the file has
    townships. UserError `labels.no_table` when no sheet fits, `labels.empty` when none is filled in; for a file that cannot be
    read the workbook's own findings come back, without labels.
    """
    workbook = yield from read_workbook(path)
    if not workbook.sheets:
        return LabelFile(workbook.name, (), workbook.findings)
    return labels_of(workbook, guide)


def labels_of(workbook: RawWorkbook, guide: LabelGuide) -> LabelFile:
    """Return the labels of a workbook as it was read; UserError as `read_labels`."""
    tables = [table for sheet in workbook.sheets if (table := _table(sheet, guide.words)) is not None]
    if not tables:
        raise UserError("labels.no_table", file=workbook.name)
    labels: list[Label] = []
    findings = list(workbook.findings)
    for table in tables:
        for label, wrong in _labels(table, workbook.name, guide):
            labels += [label] if label is not None else []
            findings += wrong
    if not labels and not findings:
        raise UserError("labels.empty", file=workbook.name)
    return LabelFile(workbook.name, tuple(labels), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with its columns by field and assessor (0: the firm), and the row of its headings."""

    sheet: RawSheet
    header: int
    columns: Mapping[tuple[str, int], int]

    def text(self, row: int, field: str, number: int = 0) -> str:
        """The text of a field, "" where the sheet has no such column; a firm's cells may span the rows of its assessors."""
        column = self.columns.get((field, number))
        if column is None:
            return ""
        top = row if number else self._top(row, column)
        text = self.sheet.text(top, column).strip()
        return text[1:] if text[:1] == _GUARD and text[1:2] in tuple("=+-@") else text

    def date(self, row: int, number: int) -> tuple[str, str]:
        """Return the day of a label as written and in ISO form, "" where there is none or it cannot be read."""
        column = self.columns.get(("when", number))
        if column is None or row >= self.sheet.n_rows:
            return "", ""
        raw = self.sheet.columns[column]
        code = int(raw.codes[row])
        day = (read_date(raw.texts[code], raw.kinds[code]) or "") if raw.kinds[code] is not CellKind.EMPTY else ""
        return raw.texts[code].strip(), day if len(day) == _DAY else ""

    def place(self, file: str, row: int, field: str, number: int = 0) -> CellReference:
        """The cell of a field, the row where the sheet has no such column."""
        return CellReference(file, self.sheet.name, row + 1, self.columns.get((field, number), -1) + 1)

    def _top(self, row: int, column: int) -> int:
        spans = (each for each in self.sheet.merges if each[1] <= column <= each[3] and each[0] <= row <= each[2])
        return next((each[0] for each in spans), row)


def _table(sheet: RawSheet, words: Mapping[str, Words]) -> _Table | None:
    """Return the sheet as a table of labels, None when no row near its top names a firm and a level."""
    known = _headings(words)
    for row in range(min(sheet.n_rows, _LOOKED)):
        columns: dict[tuple[str, int], int] = {}
        for column, text in enumerate(sheet.row(row)):
            found = _field(text, known)
            if found is not None:
                columns.setdefault(found, column)
        if ("level", 1) in columns and columns.keys() & {("code", 0), ("name", 0)}:
            return _Table(sheet, row, columns)
    return None


def _headings(words: Mapping[str, Words]) -> dict[str, str]:
    """Return the field of every heading that is known, as compared."""
    fields = (*FIRM_FIELDS, *ASSESSED_FIELDS)
    pairs = ((field, words[f"labels.heading.{field}"]) for field in fields)
    return {normal_form(each): field for field, both in pairs for text in (both.zh, both.en) for each in text.split("|")}


def _field(heading: str, known: Mapping[str, str]) -> tuple[str, int] | None:
    """Return the field that a heading names and for which assessor (评估人2, 第二评估人); None when it names none."""
    text = normal_form(_ASIDE.sub("", heading)) or normal_form(heading)
    number = 1
    if text not in known:
        found = _ORDINAL.search(text)
        if found is None:
            return None
        mark = found["first"] or found["last"]
        number = _NUMERALS.get(mark) or int(mark)
        text = text[: found.start()] + text[found.end() :]
    field = known.get(text)
    if field is None:
        return None
    return (field, number) if field in ASSESSED_FIELDS else (field, 0)


def _labels(table: _Table, file: str, guide: LabelGuide) -> Iterator[tuple[Label | None, list[Finding]]]:
    assessors = sorted({number for field, number in table.columns if field == "level"})
    for row in range(table.header + 1, table.sheet.n_rows):
        for number in assessors:
            filled = [name for name in ASSESSED_FIELDS if name != "when" and table.text(row, name, number)]
            if filled:
                yield _label(table, row, number, file, guide)


def _label(table: _Table, row: int, number: int, file: str, guide: LabelGuide) -> tuple[Label | None, list[Finding]]:
    """Return the label of one assessor in one row, None where it lacks firm or level, and what is wrong with its cells."""
    code, name, level = table.text(row, "code"), _name(table, row), table.text(row, "level", number)
    place = table.place(file, row, "level", number)
    if not (code or name):
        return None, [_told("label.no_firm", place, level)]
    if not level:
        return None, [_told("label.no_level", place, name or code)]
    written, day = table.date(row, number)
    if not written and number > 1:
        written, day = table.date(row, 1)
    wrong = []
    if written and not day:
        wrong.append(_told("label.date_unread", table.place(file, row, "when", number), written))
    if day > guide.today:
        wrong.append(_told("label.future", table.place(file, row, "when", number), written, today=guide.today))
    label = Label(
        wave=table.text(row, "wave").rstrip("年期") or guide.wave,
        code=code,
        name=name,
        level=level_of(level, guide.rubric) or level,
        who=table.text(row, "who", number),
        when=day,
        why=table.text(row, "why", number),
        evidence=table.text(row, "evidence", number),
        place=str(place),
    )
    return label, wrong


def _name(table: _Table, row: int) -> str:
    name, township = table.text(row, "name"), table.text(row, "township")
    alone = not name or not township or read_code([table.text(row, "code")]) != [""]
    return name if alone else f"{name}{AT}{township}"


def _told(code: str, place: CellReference, value: str, **params: str) -> Finding:
    return Finding(code, FILE_FINDINGS[code], place, value, tuple(params.items()))


def in_file(labels: Sequence[Label], file: str) -> tuple[Label, ...]:
    """Return those of `labels` that came from the file of this name."""
    return tuple(label for label in labels if label.place == file or label.place.startswith(f"{file} · "))
