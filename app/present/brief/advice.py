"""四、短板与建议: the weakest pillar of each sector from the data; suggestions are general and marked as such."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.brief import Block, Paragraph
from app.domain.release import Row
from app.present import wording
from app.present.figures.heat import extremes
from app.present.tables import pillar_table
from app.present.view import View


def advice(view: View) -> list[Block]:
    """Return sectors grouped by their weakest pillar, each group with a general suggestion."""
    texts = view.texts
    if view.assessment is None:
        return [Paragraph(texts("brief.summary.no_assessment"))]
    groups = weakest(view)
    if not groups:
        return [Paragraph(texts("brief.advice.none" if view.study.rubric.pillars else "brief.advice.no_pillars"))]
    blocks: list[Block] = [Paragraph(texts("brief.advice.intro"))]
    for pillar, entries in groups:
        names = [texts("brief.advice.entry", sector=sector, score=score) for sector, score in entries]
        words = texts(
            "brief.advice.group",
            pillar=view.pillar_label(pillar),
            n=len(names),
            sectors=texts("wording.clause_separator").join(names),
        )
        blocks.append(Paragraph(words))
        if f"suggestion.{pillar}" in texts.entries:
            blocks.append(Paragraph(texts("brief.advice.suggestion", text=texts(f"suggestion.{pillar}"))))
    return blocks


def weakest(view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (pillar code, [(sector label, its score in words)]), the pillar that most sectors lack first."""
    codes = [pillar.code for pillar in view.study.rubric.pillars]
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in pillar_table(view).rows if codes else ():
        found = _lowest(row)
        if row.key not in (TOTAL, "") and found is not None:
            score = wording.cell_words(view.texts, row.cells[found])
            groups.setdefault(codes[found], []).append((row.label, score))
    return sorted(groups.items(), key=lambda group: (-len(group[1]), codes.index(group[0])))


def _lowest(row: Row) -> int | None:
    found = extremes(row)
    return found[0] if found is not None else None
