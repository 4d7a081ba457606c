"""From what was dropped on the program to workbooks that can be read: folders searched, archives unpacked, locks opened.

Archives and locked workbooks are opened in guarded children, and what they hold goes into a private folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.domain.findings import CellReference, Finding
from app.domain.task import Progress, Task
from app.files.file_names import shown_name
from app.files.preflight import is_archive, is_locked
from app.files.read_causes import UNPACKED_BYTES, Refusal
from app.files.read_job import finding
from app.files.read_paths import expand
from app.files.unpack_files import Opened, Order, open_up

_DEPTH: Final = 2  # an archive in an archive is opened, one in that is not
_BLOCK: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Arrival:
    """A workbook on disk, ready for guarded reading.

    `name` is what people see, `archive.zip/inner.xlsx` for one that came in an archive; `received` the SHA-256 of the file
    as it came, empty when `path` is that file itself.
    """

    path: Path
    name: str
    received: str = ""


def arrive(
    paths: Sequence[Path], passwords: Sequence[str], folder: Path
) -> Task[tuple[tuple[Arrival, ...], tuple[Finding, ...]]]:
    """Return the workbooks behind `paths` in their order, and a finding for everything that is refused or left out.

    `passwords` are tried in turn on locked workbooks and archive members. `folder` is the caller's, private and to be
    deleted once the workbooks have been read. Never raises for what a file holds; UserError `file.*` when `folder` is full.
    """
    files, left_out = expand(paths)
    desk = _Desk(tuple(dict.fromkeys(passwords)), folder, list(left_out))
    for done, path in enumerate(files):
        progress = Progress("progress.arriving", done, len(files), shown_name(path))
        yield progress
        for _ in desk.take(path):
            yield progress
    return tuple(desk.arrivals), tuple(desk.findings)


@dataclass(slots=True)
class _Desk:
    """What has arrived so far. Its generators yield while they wait."""

    passwords: tuple[str, ...]
    folder: Path
    findings: list[Finding]
    arrivals: list[Arrival] = field(default_factory=list)
    bytes_left: int = 0

    def take(self, path: Path) -> Iterator[None]:
        """Take in one file as it came; the limit on unpacked bytes holds for everything inside it together."""
        self.bytes_left = UNPACKED_BYTES
        return self._settle(Arrival(path, shown_name(path)), 0)

    def _settle(self, arrival: Arrival, depth: int) -> Iterator[None]:
        try:
            if is_archive(arrival.path):
                yield from self._unpack(arrival, depth)
            elif is_locked(arrival.path):
                opened = yield from self._open("unlock", arrival)
                self.arrivals += self._inside(arrival, opened)
            else:
                self.arrivals.append(arrival)
        except Refusal as refusal:
            self._refuse(arrival.name, refusal)
        except OSError:
            self.arrivals.append(arrival)  # whoever reads it will say why it cannot be read

    def _unpack(self, archive: Arrival, depth: int) -> Iterator[None]:
        if depth >= _DEPTH:
            raise Refusal("READ_OTHER_FORMAT", kind="ZIP")
        opened = yield from self._open("unpack", archive)
        place = CellReference(archive.name)
        if not opened.files and not opened.refused:
            raise Refusal("READ_OTHER_FORMAT", kind=f"ZIP {'、'.join(opened.skipped)}".strip())
        if opened.n_skipped:
            self.findings.append(finding("READ_SKIPPED_FILES", place, "、".join(opened.skipped), n=opened.n_skipped))
        for name, refusal in opened.refused:
            self._refuse(f"{archive.name}/{name}", refusal)
        for member in self._inside(archive, opened):
            yield from self._settle(member, depth + 1)

    def _open(self, do: str, arrival: Arrival) -> Generator[None, None, Opened]:
        opened = yield from open_up(Order(do, arrival.path, arrival.name, self.passwords, self.bytes_left), self.folder)
        self.bytes_left -= sum(path.stat().st_size for path, _ in opened.files)
        return opened

    def _inside(self, outer: Arrival, opened: Opened) -> list[Arrival]:
        received = outer.received or _sha256(outer.path)
        return [Arrival(path, f"{outer.name}/{name}" if name else outer.name, received) for path, name in opened.files]

    def _refuse(self, name: str, refusal: Refusal) -> None:
        self.findings.append(finding(refusal.code, CellReference(name), file=name, **refusal.params))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
