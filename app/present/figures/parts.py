"""Sobol indices: how much of the shifting of ranks each choice explains, alone and with all it interacts with."""

from __future__ import annotations

from app.analysis.disclosure import release
from app.domain.figure import Figure, FigureKind
from app.domain.numbers import number, percent
from app.domain.release import Cell, CellStatus, Row
from app.domain.robustness import SobolIndex
from app.domain.words import Texts
from app.present.provenance import profile_provenance
from app.present.view import View


def make_sobol(view: View) -> Figure:
    """Return `sobol`: a row a choice, the one that moves ranks most first; the caller has some indices."""
    if view.assessment is None or view.assessment.robustness is None:
        raise KeyError("no robustness")
    found, texts = view.assessment.robustness, view.texts
    ordered = sorted(found.indices, key=lambda index: (-index.total, index.factor))
    rows = [Row(index.factor, factor_words(view, index.factor), _cells(index)) for index in ordered]
    table = release("sobol", (texts("figure.sobol.first"), texts("figure.sobol.total")), rows)
    top, draws = ordered[0], number(found.draws, "count")
    title = texts("figure.sobol.title", factor=factor_words(view, top.factor), share=percent(bounded(top.total)))
    return Figure(
        id="sobol",
        kind=FigureKind.PARTS,
        title=title,
        subtitle=texts("figure.sobol.subtitle", draws=draws),
        table=table,
        provenance=profile_provenance(
            view, view.assessment.total, texts("figure.sobol.measure"), texts("figure.sobol.interval", draws=draws)
        ),
        alt=texts("figure.sobol.alt", n=len(rows), title=title),
    )


def factor_words(view: View, factor: str) -> str:
    """Return a choice in words; one that is not known by itself is a pillar, an item, or stays as it is."""
    return factor_name(view.texts, factor) or view.pillar_label(factor)


def factor_name(texts: Texts, factor: str) -> str:
    """Return the words of a choice of the index, "" where it has none."""
    key = f"assess.factor.{factor}"
    return texts(key) if key in texts.entries else ""


def bounded(share: float) -> float:
    """Return a Sobol index as the share it stands for: sampling may put it a little below 0 or above 1."""
    return min(1.0, max(0.0, share))


def _cells(index: SobolIndex) -> tuple[Cell, Cell]:
    first, total = bounded(index.first), bounded(max(index.first, index.total))
    return Cell(CellStatus.SHOWN, "fraction", first), Cell(CellStatus.SHOWN, "fraction", total)
