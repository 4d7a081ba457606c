"""附：方法: three plain sentences, then definitions, versions, documents and the hash to check them by."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.brief import Block, GridBlock, Paragraph
from app.domain.goals import Measure
from app.present import wording
from app.present.estimates import rests_on_visits
from app.present.provenance import instrument_text
from app.present.view import View


def method(view: View) -> list[Block]:
    """Return how the numbers were made and what they rest on."""
    texts, study = view.texts, view.study
    ladder = bool(study.rubric.ladder_item)
    first = texts("brief.method.ladder", rubric=texts.of(study.rubric.words)) if ladder else texts("brief.method.one")
    parts = ("two", "visits", "three") if rests_on_visits(view.estimates.get(TOTAL)) else ("two", "three")
    blocks: list[Block] = [Paragraph(first), *(Paragraph(texts(f"brief.method.{part}")) for part in parts)]
    measures = {p.measure.id: p.measure for p in study.progress if p.measure is not None and p.observations}
    if measures:
        rows = tuple((_measure(view, measure), wording.source_text(texts, measure.source)) for measure in measures.values())
        columns = (texts("brief.method.measures"), texts("provenance.source"))
        blocks.append(GridBlock(texts("brief.method.measures"), columns, rows, annex=True))
    instrument, rubric = study.instrument, study.rubric
    text = instrument_text(view, with_rubric=False)
    lines = [texts("brief.method.instrument", text=text, source=wording.source_text(texts, instrument.source))]
    source = wording.source_text(texts, rubric.source)
    lines.append(texts("brief.method.rubric", name=texts.of(rubric.words), id=rubric.id, version=rubric.version, source=source))
    documents = tuple(dict.fromkeys(p.goal.document for p in study.progress if p.goal.document))
    if documents:
        lines.append(texts("brief.method.goals", documents=wording.joined(texts, documents)))
    last = study.journal[-1].hash if study.journal else ""
    lines.append(texts("brief.method.journal", hash=last) if last else texts("brief.method.no_journal"))
    return [*blocks, *(Paragraph(line) for line in lines)]


def _measure(view: View, measure: Measure) -> str:
    texts = view.texts
    proxy = texts("brief.method.proxy") if measure.proxy else ""
    weight = texts(f"wording.weighting.{measure.weight}")
    return texts("brief.method.measure", words=texts.of(measure.words), weight=weight, proxy=proxy)
