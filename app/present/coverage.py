"""收表进度: a row a sender, a cell a wave; what came, how it was read, and who is still to report.

Values and their merging with files under way need no pandas, so that the window can fill the matrix while files are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.task import FileProgress

TELLING = ("refused", "reading", "waiting", "late", "read", "repeat", "absent")  # the state a cell of many files shows first
ENDINGS = ("街道", "乡", "镇", "园区", "街")
SHAPED = re.compile("(?:^|[^\u4e00-\u9fff])([\u4e00-\u9fff]{2,3}(?:街道|镇|乡))")  # a name that begins where no word does
NOBODY = ("乡镇", "街镇")  # endings of what is about many townships
SHORTEST = 2  # characters that are left of a township's name once its ending is taken off


@dataclass(frozen=True, slots=True)
class CoverageFile:
    """One file of a sender: `state` waiting | reading | read | late | refused | repeat; `key` names it for a click.

    `found` counts all findings of a file under way, whose errors and warnings are not told apart yet; None afterwards.
    """

    name: str
    state: str
    rows: int = 0
    errors: int = 0
    warnings: int = 0
    questions: int = 0
    key: str = ""
    found: int | None = None


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """What one sender sent in one wave; no file: `absent` when it was due, "" when nobody expects it."""

    files: tuple[CoverageFile, ...] = ()
    due: bool = False

    @property
    def state(self) -> str:
        """The state that most needs to be seen."""
        if not self.files:
            return "absent" if self.due else ""
        return min((file.state for file in self.files), key=TELLING.index)

    @property
    def rows(self) -> int:
        """Answers of all files together."""
        return sum(file.rows for file in self.files)

    @property
    def counts(self) -> tuple[int, int, int]:
        """Errors, warnings, questions of all files together."""
        files = self.files
        return sum(f.errors for f in files), sum(f.warnings for f in files), sum(f.questions for f in files)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One sender: a township, or the name of a file that tells none (`known` False); a cell a wave.

    `expected` firms by the register, `answered` those of them that did; None where no register is known.
    """

    sender: str
    cells: tuple[CoverageCell, ...]
    known: bool = True
    expected: int | None = None
    answered: int | None = None

    @property
    def rate(self) -> float | None:
        """Answered ÷ expected, None without a register or where nobody is expected."""
        return self.answered / self.expected if self.expected and self.answered is not None else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix: `waves` ids from the oldest, `now` the index of the wave looked at, `rows` those needing attention first."""

    waves: tuple[str, ...] = ()
    now: int = -1
    rows: tuple[CoverageRow, ...] = ()

    @property
    def has_register(self) -> bool:
        """Whether it is known how many firms ought to report."""
        return any(row.expected is not None for row in self.rows)

    @property
    def under_way(self) -> tuple[CoverageFile, ...]:
        """The files of a collection that is under way."""
        files = (file for row in self.rows if row.cells for file in row.cells[self.now].files)
        return tuple(file for file in files if file.found is not None)

    @property
    def silent(self) -> tuple[str, ...]:
        """The senders that were due in the wave looked at and sent nothing."""
        return tuple(row.sender for row in self.rows if row.cells and row.cells[self.now].state == "absent")


def named_in(file: str, townships: Iterable[str]) -> str:
    """Return the township whose name, whole or without its ending, stands in a file's name; the longest wins.

    Where none is known, what looks like the name of a township at the beginning of a word; "" for nothing.
    """
    whole = [name for name in townships if name and name in file]
    if whole:
        return max(whole, key=len)
    stems = {_stem(name): name for name in townships}
    found = [stem for stem in stems if len(stem) >= SHORTEST and stem in file]
    return stems[max(found, key=len)] if found else _shaped(file)


def sender_of(file: str, told: Mapping[str, int], rows: int, townships: Iterable[str]) -> tuple[str, bool]:
    """Return who sent a file and whether that is a township.

    `told` counts the townships its answers name. Most answers decide, then the file's name, then whatever township is told;
    a file without any is its own sender.
    """
    most = max(told, key=lambda name: (told[name], name), default="")
    if most and 2 * told[most] >= rows:
        return most, True
    sender = named_in(file, townships) or most
    return (sender, True) if sender else (file, False)


def ordered(rows: Iterable[CoverageRow], now: int) -> tuple[CoverageRow, ...]:
    """Return the rows that need somebody first: refused, silent, with questions, with errors, then by name."""

    def weight(row: CoverageRow) -> tuple[int, int, int, str]:
        cell = row.cells[now] if row.cells else CoverageCell()
        errors, _, questions = cell.counts
        rank = {"refused": 0, "absent": 1, "late": 2}.get(cell.state, 3)
        return rank, -questions, -errors, row.sender

    return tuple(sorted(rows, key=weight))


def with_progress(coverage: Coverage, wave: str, events: Sequence[FileProgress]) -> Coverage:
    """Return the matrix with files that are being read now; rows keep their places, unknown senders come last."""
    if not events:
        return coverage
    coverage = _with_wave(coverage, wave)
    rows = {row.sender: row for row in coverage.rows}
    townships = [row.sender for row in coverage.rows if row.known]
    for event in events:
        sender = event.township or named_in(event.file, townships) or event.file
        row = rows.get(sender) or CoverageRow(sender, (CoverageCell(),) * len(coverage.waves), bool(event.township))
        rows = _without_guess(rows, event.file, sender, coverage.now)
        rows[sender] = _with_file(row, _file_of(event), coverage.now)
    return replace(coverage, rows=tuple(rows.values()))


def _shaped(file: str) -> str:
    return next((name for name in SHAPED.findall(file) if not name.endswith(NOBODY)), "")


def _stem(name: str) -> str:
    ending = next((ending for ending in ENDINGS if name.endswith(ending)), "")
    return name.removesuffix(ending)


def _with_wave(coverage: Coverage, wave: str) -> Coverage:
    """A wave that has begun only now gets its column; everybody who reported before is due in it."""
    if wave in coverage.waves:
        return replace(coverage, now=coverage.waves.index(wave))
    rows = tuple(replace(row, cells=(*row.cells, CoverageCell(due=row.known))) for row in coverage.rows)
    return Coverage((*coverage.waves, wave), len(coverage.waves), rows)


def _file_of(event: FileProgress) -> CoverageFile:
    return CoverageFile(event.file, event.state, event.rows, found=event.findings)


def _with_file(row: CoverageRow, file: CoverageFile, now: int) -> CoverageRow:
    cell = row.cells[now]
    names = [known.name for known in cell.files]
    files = list(cell.files)
    if file.name in names:
        files[names.index(file.name)] = file
    else:
        files.append(file)
    cells = list(row.cells)
    cells[now] = replace(cell, files=tuple(files))
    return replace(row, cells=tuple(cells))


def _without_guess(rows: dict[str, CoverageRow], file: str, sender: str, now: int) -> dict[str, CoverageRow]:
    """Once a file has told its township, the row under its own name goes."""
    guess = rows.get(file)
    if guess is None or file == sender or len(guess.cells[now].files) > 1:
        return rows
    return {name: row for name, row in rows.items() if name != file}
