"""From what was dropped on the program to the files to read: folders searched, what is no table counted."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.domain.findings import CellReference, Finding
from app.files.file_names import shown_name
from app.files.preflight import ARCHIVE, ENDINGS
from app.files.read_causes import Refusal
from app.files.read_job import finding
from app.files.read_process import check_regular

_NAMED: Final = 5


def expand(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Return the files to read, folders searched through in the order of their names, and a finding for what is left out.

    A file named outright is kept whatever its ending; a missing one, a pipe or a device becomes a finding, and the others
    go on. In folders, owner files (`~$…`), hidden files, links and endings that promise no table are counted in one note.
    """
    files: list[Path] = []
    findings: list[Finding] = []
    for path in paths:
        if path.is_dir():
            found, skipped = _search(path)
            files += found
            if skipped:
                names = "、".join(skipped[:_NAMED])
                findings.append(finding("READ_SKIPPED_FILES", CellReference(shown_name(path)), names, n=len(skipped)))
            continue
        try:
            check_regular(path)
            files.append(path)
        except Refusal as refusal:
            findings.append(finding(refusal.code, CellReference(shown_name(path)), file=shown_name(path), **refusal.params))
    return tuple(dict.fromkeys(files)), tuple(findings)


def _search(folder: Path) -> tuple[list[Path], list[str]]:
    files: list[Path] = []
    skipped: list[str] = []
    for root, folders, names in os.walk(folder):
        skipped += [name for name in folders if name.startswith(".")]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            promises = path.suffix.lower() in (*ENDINGS, ARCHIVE) and not name.startswith((".", "~$"))
            if not promises or not stat.S_ISREG(path.lstat().st_mode):
                skipped.append(shown_name(path))
            else:
                files.append(path)
    return files, sorted(skipped)
