"""收表: what came in, what is wrong in it, and who has not reported."""

from __future__ import annotations

from collections import Counter

from app.domain.findings import Severity
from app.domain.numbers import number
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study, Wave
from app.domain.words import Texts
from app.present import wording
from app.present.answers import finding_words
from app.present.brief.quality import finding_rows
from app.present.pages.collect_coverage import coverage_of
from app.present.pages.collect_decided import decision_table
from app.present.pages.collect_pairs import firm_pairs
from app.present.pages.collect_questions import question_cards
from app.present.pages.collect_register import reporting_of, reporting_view
from app.present.pages.collect_revisions import revised_files
from app.present.pages.common import chips, empty_head, in_wave, newest_wave, synthetic
from app.present.pages.values import CollectPage, Column, Fact, Head, PageTable
from app.present.view import ALL, View

_SOURCES = (
    ("file", "text"),
    ("wave", "text"),
    ("reader", "text"),
    ("rows", "number"),
    ("mapped", "number"),
    ("unmapped", "number"),
    ("errors", "number"),
    ("warnings", "number"),
    ("status", "text"),
)
_FINDINGS = (
    ("problem", "text"),
    ("severity", "severity"),
    ("file", "text"),
    ("place", "place"),
    ("value", "text"),
    ("message", "prose"),
    ("remedy", "prose"),
)
_KINDS = (("problem", "text"), ("severity", "severity"), ("count", "number"), ("remedy", "prose"))
_ORDER = {severity: place for place, severity in enumerate(Severity)}


def collect_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> CollectPage:
    """Return the received files, the findings (errors first; row ids are their numbers in the study), and who is missing."""
    view = View(study, resources, texts, selection)
    sources, findings, kinds = _sources(view), _findings(view), _kinds(view)
    wave = newest_wave(view)
    if not study.sources or wave is None:
        return CollectPage(empty_head(view, "collect", "study.collect", "collect"), (), sources, findings, kinds, ())
    reporting = reporting_of(view, wave)
    return CollectPage(
        *(_head(view, wave), _facts(view), sources, findings, kinds, _absent(view, wave)),
        coverage=coverage_of(view, wave, reporting),
        questions=question_cards(view),
        pairs=firm_pairs(view),
        revised=revised_files(view),
        reporting=reporting_view(view, reporting) if reporting is not None else None,
        decided=decision_table(view),
    )


def _columns(view: View, columns: tuple[tuple[str, str], ...]) -> tuple[Column, ...]:
    return tuple(Column(key, view.texts(f"page.column.{key}"), kind) for key, kind in columns)


def _sources(view: View) -> PageTable:
    wanted = [s for s in view.study.sources if view.selection.wave in ("", s.wave)]
    counts = Counter((finding.place.source, finding.severity) for finding in view.study.findings)

    def found(severity: Severity) -> tuple[object, ...]:
        return tuple(counts[s.name, severity] + counts[s.sha256, severity] for s in wanted)

    errors, warnings = found(Severity.ERROR), found(Severity.WARNING)
    data = (
        tuple(s.name for s in wanted),
        tuple(view.filter_value("wave", s.wave) if s.wave else "" for s in wanted),
        tuple(s.reader for s in wanted),
        tuple(s.responses for s in wanted),
        tuple(s.mapped for s in wanted),
        tuple(s.unmapped for s in wanted),
        errors,
        warnings,
        tuple(view.texts(f"page.status.{s.status}") for s in wanted),
    )
    worst = tuple("error" if e else "warning" if w else "" for e, w in zip(errors, warnings, strict=True))
    return PageTable(_columns(view, _SOURCES), data, tuple(s.sha256 for s in wanted), worst)


def _findings(view: View) -> PageTable:
    numbered = sorted(enumerate(view.study.findings), key=lambda pair: _ORDER[pair[1].severity])
    words = [finding_words(view, finding) for _, finding in numbered]
    data = (
        tuple(w.title for w in words),
        tuple(w.severity for w in words),
        tuple(finding.place.source for _, finding in numbered),
        tuple(" ".join(part for part in (finding.place.sheet, finding.place.a1) if part) for _, finding in numbered),
        tuple(finding.value for _, finding in numbered),
        tuple(w.message for w in words),
        tuple(w.remedy for w in words),
    )
    severities = tuple(finding.severity.value for _, finding in numbered)
    return PageTable(_columns(view, _FINDINGS), data, tuple(str(place) for place, _ in numbered), severities)


def _kinds(view: View) -> PageTable:
    rows = finding_rows(view)
    counts = Counter((finding.code, finding.severity) for finding in view.study.findings)
    ordered = sorted(counts.items(), key=lambda entry: (_ORDER[entry[0][1]], -entry[1], entry[0][0]))
    data = (
        tuple(row[0] for row in rows),
        tuple(row[1] for row in rows),
        tuple(count for _, count in ordered),
        tuple(row[3] for row in rows),
    )
    severities = tuple(severity.value for (_, severity), _ in ordered)
    return PageTable(_columns(view, _KINDS), data, tuple(code for (code, _), _ in ordered), severities)


def _absent(view: View, wave: Wave) -> tuple[str, ...]:
    """Return the townships of the wave before that have no answer in this one."""
    responses, waves = view.study.responses, [known.id for known in view.study.waves]
    place = waves.index(wave.id)
    if responses is None or place == 0:
        return ()
    townships = responses.firms["township"].fillna("").astype("str")
    here = set(townships.iloc[in_wave(view, wave)])
    before = set(townships.iloc[in_wave(view, view.study.waves[place - 1])])
    return tuple(sorted(name for name in before - here if name))


def _silent(view: View, wave: Wave) -> list[str]:
    """Return the sectors of the frame that have no answer in this wave."""
    responses = view.study.responses
    here = set(responses.firms["sector"].iloc[in_wave(view, wave)].astype("str")) if responses is not None else set()
    return [view.sector_label(sector) for sector, n in sorted(wave.frame.items()) if n and sector not in here]


def _facts(view: View) -> tuple[Fact, ...]:
    study, texts = view.study, view.texts
    severities = Counter(finding.severity for finding in study.findings)
    responses = len(study.responses) if study.responses is not None else 0
    counted = int(study.responses.firms["counted"].sum()) if study.responses is not None else 0
    numbers = (
        ("sources", len(study.sources)),
        ("refused", sum(source.status == "refused" for source in study.sources)),
        ("responses", responses),
        ("repeats", responses - counted),
        ("errors", severities[Severity.ERROR]),
        ("warnings", severities[Severity.WARNING]),
    )
    return tuple(Fact(texts(f"page.fact.{name}"), number(value, "count")) for name, value in numbers)


def _head(view: View, wave: Wave) -> Head:
    study, texts = view.study, view.texts
    severities = Counter(finding.severity for finding in study.findings)
    firms = len(in_wave(view, wave))
    counts = {"sources": len(study.sources), "firms": firms}
    counts |= {"errors": severities[Severity.ERROR], "warnings": severities[Severity.WARNING]}
    clean = not (severities[Severity.ERROR] or severities[Severity.WARNING])
    key = "page.collect.headline_clean" if clean else "page.collect.headline"
    sample = wording.sample_sentence(texts, wave, firms, view.frame_of(wave))
    missing, silent = _absent(view, wave), _silent(view, wave)
    name = view.filter_value("wave", wave.id)
    notes = [texts("page.collect.note")]
    if missing:
        earlier = study.waves[study.waves.index(wave) - 1].id
        told = {"earlier": view.filter_value("wave", earlier), "wave": name, "names": wording.joined(texts, missing)}
        notes.insert(0, texts("page.collect.absent", **told))
    if silent:
        notes.insert(0, texts("page.collect.silent", names=wording.joined(texts, silent)))
    return Head(
        headline=texts(key, **{word: number(value, "count") for word, value in counts.items()}),
        measure_line=texts("page.collect.measure", wave=name, sample=sample, date=wording.date_text(texts, wave.date)),
        chips=chips(view, ("wave",)) if len(study.waves) > 1 else (),
        notes=tuple(notes),
        synthetic=synthetic(view),
    )
