"""How the classifier did, drawn: its chances against what came true, and its levels against the assessors'."""

from __future__ import annotations

from dataclasses import replace

from app.domain.assessment import ClassifierReport
from app.domain.figure import Figure, FigureKind
from app.domain.learning import CalibrationBin, LabelsFrom
from app.domain.numbers import number, percent
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.present import wording
from app.present.provenance import instrument_text, notes, source_text
from app.present.view import View

CALIBRATION, CONFUSION = "calibration", "confusion"
BEFORE, AFTER = "before", "after"
TOGETHER = "total"  # key of the row that sums the others while a table is released


def classifier_figures(report: ClassifierReport | None) -> tuple[str, ...]:
    """Return the ids of the figures that a report makes possible."""
    if report is None:
        return ()
    calibrated = (CALIBRATION,) if report.calibration_before or report.calibration_after else ()
    return (*calibrated, *((CONFUSION,) if any(map(any, report.confusion)) else ()))


def make_calibration(view: View, report: ClassifierReport) -> Figure:
    """Return `calibration`: the chance given against the share of firms that had the level, before and after calibration."""
    texts = view.texts
    table = calibration_table(view, report)
    after, before = chosen_error(report)
    known = after if after is not None else before
    key = "both" if None not in (after, before) else "one" if known is not None else "plain"
    shown = {"before": _points(before), "after": _points(after), "error": _points(known)}
    title = texts(f"figure.calibration.title_{key}", **shown)
    return Figure(
        id=CALIBRATION,
        kind=FigureKind.CALIBRATION,
        title=title,
        subtitle=_subtitle(view, report, "figure.calibration.subtitle"),
        table=table,
        provenance=_provenance(view, report, texts("figure.calibration.measure")),
        alt=texts("figure.calibration.alt", n=len(table.rows), title=title),
    )


def make_confusion(view: View, report: ClassifierReport) -> Figure:
    """Return `confusion`: firms by assessed level (rows) and the level the model gave out of fold (columns), row totals last."""
    texts = view.texts
    table = confusion_table(view, report)
    right, near = hits(report)
    title = texts("figure.confusion.title", right=percent(right), near=percent(near))
    return Figure(
        id=CONFUSION,
        kind=FigureKind.CONFUSION,
        title=title,
        subtitle=_subtitle(view, report, "figure.confusion.subtitle"),
        table=table,
        provenance=_provenance(view, report, texts("figure.confusion.measure")),
        alt=texts("figure.confusion.alt", n=len(table.rows), title=title),
    )


def chosen_error(report: ClassifierReport) -> tuple[float | None, float | None]:
    """Return the expected calibration error of the chosen model, after and before."""
    score = next((score for score in report.scores if score.model == report.model), None)
    return (score.ece_after, score.ece_before) if score is not None else (None, None)


def hits(report: ClassifierReport) -> tuple[float, float]:
    """Return the shares of firms whose level was met, and met within one level: as told of the model, else by the confusion."""
    score = next((score for score in report.scores if score.model == report.model), None)
    if score is not None and score.accuracy is not None and score.adjacent is not None:
        return score.accuracy, score.adjacent
    cells = [(i, j, n) for i, row in enumerate(report.confusion) for j, n in enumerate(row)]
    n = sum(n for *_, n in cells) or 1
    return sum(n for i, j, n in cells if i == j) / n, sum(n for i, j, n in cells if abs(i - j) <= 1) / n


def calibration_table(view: View, report: ClassifierReport) -> ReleasedTable:
    """Return a row a bin: the mean chance given, and the share that had it; bins on too few firms hidden."""
    columns = (view.texts("figure.calibration.chance"), view.texts("figure.calibration.share"))
    sides = ((BEFORE, report.calibration_before), (AFTER, report.calibration_after))
    rows = [_bin_row(view, side, place, each) for side, bins in sides for place, each in enumerate(bins)]
    return view.door.release(CALIBRATION, columns, rows)


def confusion_table(view: View, report: ClassifierReport) -> ReleasedTable:
    """Return counts with row totals, hidden along each row: a row's total less what is shown gives no small cell back.

    How many firms were given each level out of fold is published nowhere, so columns need no partners of their own.
    """
    levels = report.levels or tuple(code for code, _ in report.classes)
    firms = {code: sum(row) for code, row in zip(levels, report.confusion, strict=False)}
    turned = [
        Row(level, level, tuple(_count(row[place]) for row in report.confusion if sum(row))) for place, level in enumerate(levels)
    ]
    assessed = [level for level in levels if firms.get(level)]
    together = Row(TOGETHER, TOGETHER, tuple(_count(firms[level]) for level in assessed))
    safe = view.door.release(CONFUSION, assessed, [*turned, together], total=TOGETHER)
    rows = tuple(
        Row(level, view.level_label(level), tuple(row.cells[place] for row in safe.rows)) for place, level in enumerate(assessed)
    )
    columns = (*(view.level_label(level) for level in levels), view.texts("figure.confusion.total"))
    hidden = sum(cell.status is CellStatus.HIDDEN for row in rows for cell in row.cells)
    return replace(safe, columns=columns, rows=rows, hidden=hidden, total="")


def _bin_row(view: View, side: str, place: int, each: CalibrationBin) -> Row:
    cells = tuple(Cell(CellStatus.SHOWN, "fraction", value, n=each.n) for value in (each.chance, each.share))
    return Row(f"{side}-{place}", view.texts(f"figure.calibration.{side}"), cells)


def _count(n: int) -> Cell:
    return Cell(CellStatus.SHOWN, "count", float(n), n=n)


def _points(error: float | None) -> str:
    return f"{error * 100:.1f}" if error is not None else ""


def _subtitle(view: View, report: ClassifierReport, key: str) -> str:
    names = {"n": number(report.n_train, "count"), "folds": report.folds, "repeats": max(1, report.repeats)}
    date = wording.date_text(view.texts, view.wave.date) if view.wave is not None else ""
    return view.texts(key, date=date, **names)


def _provenance(view: View, report: ClassifierReport, measure: str) -> Provenance:
    texts, wave = view.texts, view.wave
    who = "ladder" if report.labels_from is LabelsFrom.LADDER else "assessors"
    return Provenance(
        measure=measure,
        sample=texts(f"figure.classifier.sample_{who}", n=number(report.n_train, "count")),
        weighting=texts("wording.weighting.firms"),
        interval="",
        as_of=wording.date_text(texts, wave.date) if wave is not None else "",
        instrument=instrument_text(view),
        source=source_text(view, wave) if wave is not None else "",
        note=notes(texts, texts("figure.classifier.note")),
        synthetic=view.study.synthetic,
    )
