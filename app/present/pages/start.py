"""起步: what the open study holds, and the next station of the work."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.domain.findings import Severity
from app.domain.goals import Light
from app.domain.numbers import number
from app.domain.resources import Resources
from app.domain.study import JournalEntry, Study
from app.domain.words import Texts
from app.present import wording
from app.present.brief.goals import latest_cell
from app.present.figures.levels import total_cell
from app.present.marks import goal_id
from app.present.pages.common import in_wave, newest_wave, synthetic
from app.present.pages.values import Fact, Head, StartPage, Step
from app.present.tables import reach_table
from app.present.view import View

HISTORY = 6  # journal entries shown


def start_page(study: Study, resources: Resources, texts: Texts, recent: Sequence[tuple[str, str]] = ()) -> StartPage:
    """Return the finding so far, the facts and the stations of the work of an open study; `recent` are (path, name)."""
    view = View(study, resources, texts)
    return StartPage(_head(view), tuple(recent), _facts(view), _steps(view), _history(view))


def _head(view: View) -> Head:
    texts, study = view.texts, view.study
    if not study.sources:
        return Head(texts("page.start.headline_new", name=study.name), synthetic=synthetic(view))
    finding = _finding(view)
    firms = len(study.responses) if study.responses is not None else 0
    counts = {"waves": len(study.waves), "sources": len(study.sources), "firms": number(firms, "count")}
    headline = texts("page.start.headline", name=study.name, finding=finding)
    return Head(headline, texts("page.start.measure", **counts), synthetic=synthetic(view))


def _finding(view: View) -> str:
    if view.assessment is not None:
        share = wording.cell_words(view.texts, total_cell(reach_table(view)))
        return view.texts("page.step.readiness_done", share=share)
    return _worded(view, "collect", bool(view.study.sources))


def _facts(view: View) -> tuple[Fact, ...]:
    texts, study, wave = view.texts, view.study, newest_wave(view)
    facts = [Fact(texts("page.fact.firms"), number(len(in_wave(view, wave)), "count"))] if wave is not None else []
    if view.assessment is not None:
        reach = total_cell(reach_table(view))
        facts.append(Fact(texts("page.fact.reach"), wording.cell_words(texts, reach), reach.evidence))
    measured = next((p for p in study.progress if p.measure is not None and p.observations), None)
    cell = latest_cell(view, measured) if measured is not None else None
    if measured is not None and cell is not None:
        name = "penetration_proxy" if measured.measure is not None and measured.measure.proxy else "penetration"
        facts.append(Fact(texts(f"page.fact.{name}"), wording.cell_words(texts, cell), goal_id(measured.goal.id)))
    return tuple(facts)


def _history(view: View) -> tuple[tuple[str, str], ...]:
    """Return the newest journal entries in words; a collection names its wave."""
    newest = reversed(view.study.journal[-HISTORY:])
    return tuple((_entry(view, entry), entry.time.replace("T", " ")[:16]) for entry in newest)


def _entry(view: View, entry: JournalEntry) -> str:
    key = f"page.journal.{entry.command}"
    words = view.texts(key) if key in view.texts.entries else entry.command
    wave = json.loads(entry.parameters).get("wave", "")
    return view.texts("page.journal.of_wave", what=words, wave=view.filter_value("wave", wave)) if wave else words


def _steps(view: View) -> tuple[Step, ...]:
    study = view.study
    done = {
        "collect": bool(study.sources),
        "firms": study.responses is not None,
        "readiness": view.assessment is not None,
        "goals": bool(study.progress),
        "brief": view.assessment is not None,
    }
    commands = {"collect": "study.collect", "readiness": "study.assess", "goals": "study.goals", "brief": "study.brief"}
    return tuple(
        Step(page, view.texts(f"page.step.{page}"), _worded(view, page, ready), ready, commands.get(page, ""))
        for page, ready in done.items()
    )


def _worded(view: View, page: str, done: bool) -> str:
    """Say how far a station is."""
    study, texts = view.study, view.texts
    if not done:
        return texts(f"page.step.{page}_open")
    findings = sum(finding.severity is not Severity.NOTE for finding in study.findings)
    share = wording.cell_words(texts, total_cell(reach_table(view))) if view.assessment is not None else ""
    counts = {
        "sources": number(len(study.sources), "count"),
        "findings": number(findings, "count"),
        "firms": number(len(study.responses) if study.responses is not None else 0, "count"),
        "share": share,
        "n": len(study.progress),
        "told": sum(p.light is not Light.CANNOT_TELL for p in study.progress),
    }
    return texts(f"page.step.{page}_done", **counts)
