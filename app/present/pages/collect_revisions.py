"""A corrected form against the one it puts right, in words: what each row becomes, old text against new."""

from __future__ import annotations

from app.domain.numbers import number
from app.domain.revision import ChangedCell, ChangedRow, Revision, RowChange
from app.present.pages.collect_values import Revised, RevisionRow, RevisionView
from app.present.view import View

_SETTLED = "COLLECT_REVISED"  # what is told of a correction once nothing in it waits


def revised_files(view: View) -> tuple[Revised, ...]:
    """Return the files that put an earlier one right, those of which something is still to be decided first."""
    names = {source.sha256: source.name for source in view.study.sources if source.status == "read"}
    settled = {finding.place.source for finding in view.study.findings if finding.code == _SETTLED}
    found = []
    for source in view.study.sources:
        if source.status == "read" and source.corrects in names:
            key = "collect.revised_settled" if source.name in settled else "collect.revised"
            sentence = view.texts(key, file=source.name, earlier=names[source.corrects])
            found.append(Revised(source.name, sentence, source.name in settled))
    return tuple(sorted(found, key=lambda file: file.settled))


def revision_view(view: View, source: str, revision: Revision) -> RevisionView:
    """Return what the file named `source` would change; rows are numbered from 1 as the command that accepts them does."""
    texts = view.texts
    counts = {kind.value: number(len(revision.of(kind)), "count") for kind in RowChange}
    labels = {item.code: texts.of(item.words) for item in view.study.instrument.items}
    rows = tuple(_row(view, number_, row, labels) for number_, row in enumerate(revision.rows, start=1))
    key = "collect.diff.headline" if rows else "collect.diff.headline_none"
    note = texts("collect.diff.note", n=number(revision.unchanged, "count"))
    return RevisionView(source, texts(key, file=source, **counts), note, rows, revision.unchanged)


def _row(view: View, number_: int, row: ChangedRow, labels: dict[str, str]) -> RevisionRow:
    place = row.place.a1 if not row.place.row else view.texts("collect.diff.row", row=row.place.row)
    state, waits = _state(view, row)
    return RevisionRow(number_, row.kind.value, row.firm, place, _cells(view, row, labels), state, waits)


def _state(view: View, row: ChangedRow) -> tuple[str, bool]:
    """Which of the two rows counts, and whether that still has to be decided: the earlier one does until somebody says so."""
    aside = view.study.guidance.aside
    if row.new is not None and row.new in aside:
        return view.texts("collect.diff.state_left" if row.kind is RowChange.NEW else "collect.diff.state_kept"), False
    if row.kind is RowChange.NEW:
        return view.texts("collect.diff.state_counted"), False
    if row.old is not None and row.old in aside:
        return view.texts("collect.diff.state_taken" if row.kind is RowChange.CHANGED else "collect.diff.state_gone"), False
    return view.texts("collect.diff.state_waiting"), True


def _cells(view: View, row: ChangedRow, labels: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The answers that differ; of a new or vanished row only how many there are, for each of them is new or gone."""
    if row.kind is RowChange.CHANGED:
        return tuple((labels.get(cell.item, cell.item), *_texts(view, cell)) for cell in row.cells)
    told = view.texts("collect.diff.answers", n=number(len(row.cells), "count"))
    return (("", "", told) if row.kind is RowChange.NEW else ("", told, ""),)


def _texts(view: View, cell: ChangedCell) -> tuple[str, str]:
    blank = view.texts("collect.diff.blank")
    return cell.old_text or blank, cell.new_text or blank
