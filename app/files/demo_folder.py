"""The folder of a demonstration: what it holds, and that nobody else's file in it is ever overwritten."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import UserError
from app.files.atomic import write_error
from app.files.preflight import ENDINGS

STUDY, KEY, VISITS = "demo.zhiheng", "answer_key.json", "visits.xlsx"
_FILES = frozenset({STUDY, KEY, VISITS, "brief.docx", "brief.pptx", "tables.xlsx"})
_FOLDERS = {"workbooks": frozenset({*ENDINGS, ".json", ".txt"}), "figures": frozenset({".png", ".svg"})}


def clear_demo_folder(folder: Path) -> None:
    """Make `folder`, or empty it of an earlier demonstration; UserError `demo.*` when it holds anything else or is a file."""
    if folder.exists() and not folder.is_dir():
        raise UserError("demo.not_a_folder", folder=folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ours = [path for path in sorted(folder.rglob("*")) if not path.is_dir()]
        strangers = [path for path in ours if not _is_ours(path.relative_to(folder))]
        if strangers or (ours and not (folder / STUDY).is_file() and not (folder / "workbooks").is_dir()):
            raise UserError("demo.not_empty", folder=folder, file=(strangers or ours)[0].name)
        for path in ours:
            path.unlink()
        (folder / "figures").mkdir(exist_ok=True)
    except OSError as error:
        raise write_error(error, folder) from error


def _is_ours(path: Path) -> bool:
    if len(path.parts) == 1:
        return path.name in _FILES
    return path.suffix in _FOLDERS.get(path.parts[0], frozenset())
