"""Reading sources again from the bytes kept in the study, and taking them in by what people decided since."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

from app.domain.errors import UserError
from app.domain.sheet import RawWorkbook
from app.domain.study import Source, Study
from app.domain.task import FileProgress, Progress, Task
from app.files.read_workbook import read_workbooks
from app.files.study_file import read_source
from app.workflows.context import Context
from app.workflows.take_in import Part, take_in
from app.workflows.whole import with_parts


def retake(study: Study, path: Path, sources: Set[str], context: Context) -> Task[Study]:
    """Return `study` with the sources of these hashes read anew from its file at `path` and taken in by its guidance.

    The order of sources stays, since the first response of a firm counts. UserError `retake.unread` when a source that
    could be read before cannot be now (the study is then as it was), `study.damaged.*` when its bytes are not whole.
    """
    chosen = [source for source in study.sources if source.status == "read" and source.sha256 in sources]
    parts = yield from _parts(study, path, chosen, context)
    yield Progress("progress.collect.combine")
    return with_parts(study, parts, context)


def _parts(study: Study, path: Path, chosen: Sequence[Source], context: Context) -> Task[list[Part]]:
    parts: list[Part] = []
    with tempfile.TemporaryDirectory(prefix="zhiheng-", ignore_cleanup_errors=True) as folder:
        paths = [_laid_out(path, source, Path(folder)) for source in chosen]
        for event in read_workbooks(paths, names=[source.name for source in chosen]):
            if isinstance(event, Progress):
                yield from under_way(event)
                continue
            source = chosen[len(parts)]
            parts.append(take_in(_checked(event, source), source, study, context))
            yield parts[-1].progress(len(parts), len(chosen))
    return parts


def _laid_out(path: Path, source: Source, folder: Path) -> Path:
    """The bytes of a source as a file whose name is only its hash and its ending: what people call it stays out of paths."""
    target = folder / f"{source.sha256}{Path(source.name).suffix[:10]}"
    target.write_bytes(read_source(path, source.sha256))
    return target


def under_way(event: Progress) -> Iterator[Progress]:
    """Pass on how the reading goes; that a file is done is told when it is taken in as well."""
    if not isinstance(event, FileProgress) or event.state in ("waiting", "reading"):
        yield event


def _checked(workbook: RawWorkbook, source: Source) -> RawWorkbook:
    if not workbook.sheets:
        reasons = ", ".join(finding.code for finding in workbook.findings)
        raise UserError("retake.unread", file=source.name, reason=reasons)
    return workbook
