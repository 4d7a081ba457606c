"""五、数据质量: what was received, what was not counted, what is wrong."""

from __future__ import annotations

from collections import Counter

from app.domain.brief import Block, GridBlock, Paragraph
from app.domain.findings import FindingKind, Severity
from app.domain.numbers import number, percent
from app.domain.study import Wave
from app.present import wording
from app.present.provenance import shares_measure
from app.present.view import View

_ORDER = tuple(Severity)


def quality(view: View) -> list[Block]:
    """Return the counts of files and answers, of firms without a level, and the findings by kind."""
    texts = view.texts
    blocks: list[Block] = [Paragraph(collected_sentence(view, wave)) for wave in view.study.waves]
    blocks += [Paragraph(text) for text in (levels_sentence(view), classifier_sentence(view)) if text]
    rows = finding_rows(view)
    if not rows:
        return [*blocks, Paragraph(texts("brief.quality.clean"))]
    columns = tuple(texts(f"brief.quality.{name}") for name in ("code", "severity", "count", "remedy"))
    return [*blocks, GridBlock(texts("brief.quality.table"), columns, rows, texts("brief.quality.note"), annex=True)]


def collected_sentence(view: View, wave: Wave) -> str:
    """Say how many workbooks and answers of a wave came in and which were not counted."""
    sources = [source for source in view.study.sources if source.wave == wave.id]
    responses = view.study.responses
    of_wave = responses.firms[responses.firms["wave"].astype("str") == wave.id] if responses is not None else None
    counted = int(of_wave["counted"].sum()) if of_wave is not None else 0
    return view.texts(
        "brief.quality.collected",
        wave=wording.sentence_case(view.texts, view.filter_value("wave", wave.id)),
        files=number(len(sources), "count"),
        read=sum(source.status == "read" for source in sources),
        refused=sum(source.status == "refused" for source in sources),
        responses=number(len(of_wave) if of_wave is not None else 0, "count"),
        repeats=number((len(of_wave) if of_wave is not None else 0) - counted, "count"),
    )


def levels_sentence(view: View) -> str:
    """Say how many firms have a level, from what, and how many have none; empty before an assessment."""
    if view.assessment is None:
        return ""
    total = view.profiles[1]
    n_level, n_model, none = view.firms_with_level(total)
    said = {"n": number(total.n, "count"), "n_level": n_level, "n_model": n_model, "none": none}
    return shares_measure(view, "brief.quality.levels", **said)


def classifier_sentence(view: View) -> str:
    """Say how good the level model is beside its baseline, or why it did not run; empty when there is none."""
    report = view.assessment.classifier if view.assessment is not None else None
    if report is None:
        return ""
    if report.refusal is not None:
        return view.texts(report.refusal) if report.refusal in view.texts.entries else ""
    if report.accuracy is None or report.baseline_accuracy is None:
        return ""
    return view.texts(
        "brief.quality.classifier",
        n=number(report.n_train, "count"),
        accuracy=percent(report.accuracy),
        baseline=percent(report.baseline_accuracy),
    )


def finding_rows(view: View) -> tuple[tuple[str, ...], ...]:
    """Return (problem, severity, places, remedy) by kind of finding, the worst and most frequent first."""
    counts = Counter((finding.code, finding.severity) for finding in view.study.findings)
    ordered = sorted(counts.items(), key=lambda entry: (_ORDER.index(entry[0][1]), -entry[1], entry[0][0]))
    rows = []
    for (code, severity), count in ordered:
        kind = view.resources.finding_kinds.get(code)
        words = view.texts(f"term.severity.{severity.value}")
        rows.append((_title(view, kind, code), words, number(count, "count"), _remedy(view, kind)))
    return tuple(rows)


def _title(view: View, kind: FindingKind | None, code: str) -> str:
    return view.texts.of(kind.title) if kind is not None else code


def _remedy(view: View, kind: FindingKind | None) -> str:
    """Return the remedy where it stands without the values of a single finding, else nothing."""
    words = view.texts.of(kind.remedy) if kind is not None else ""
    return "" if "{" in words else words
