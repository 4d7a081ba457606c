"""The alternative text of a figure: what it is and what it finds, then whom it speaks of, as full sentences."""

from __future__ import annotations

from app.domain.figure import Figure
from app.domain.words import Texts
from app.present import wording


def alt_text(figure: Figure, texts: Texts) -> str:
    """Return the figure's own words, its sample where it has one, else how many values it shows; saying it again adds nothing."""
    said, sample = wording.full_stop(texts, figure.alt), figure.provenance.sample
    if not sample:
        shown = sum(cell.value is not None for row in figure.table.rows for cell in row.cells)
        told = texts("figure.alt.plain", said="", n=shown).strip()
        return said if told in said else texts("figure.alt.plain", said=said, n=shown)
    return said if sample in said else texts("figure.alt.sentence", said=said, sample=sample.rstrip("。."))
