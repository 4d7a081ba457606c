"""What each command prints when it is done, for people or as JSON, and the exit code that goes with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import shapes
from app.cli.session import Session
from app.cli.show_assess import show_assess, show_judged, show_labels, show_visits, show_weights
from app.cli.show_backtest import show_backtest
from app.cli.show_brief import show_briefs
from app.cli.show_collect import (
    show_changed,
    show_decisions,
    show_questions,
    show_register,
    show_revisions,
    show_slips,
    show_written,
)
from app.cli.show_goals import show_goals
from app.cli.show_relay import show_merge, show_receipt, show_relay
from app.cli.show_releases import show_releases
from app.cli.show_scenarios import show_change, show_scenario
from app.cli.show_sign import show_anonymised, show_sign
from app.cli.show_targets import show_break, show_goal, show_goalbook, show_proof, show_reported
from app.cli.show_templates import show_templates
from app.cli.show_verify import show_verify
from app.cli.show_watch import show_watch
from app.cli.wording import finding_lines
from app.domain.findings import Finding, Severity
from app.domain.numbers import ABSENT_SIGN
from app.domain.study import Source, Study
from app.workflows.nothing_read import NothingRead
from app.workflows.waves import is_late

if TYPE_CHECKING:
    from app.commands.running import Changed
    from app.workflows.check import CheckedFile, CheckedSheet, CheckReport
    from app.workflows.demo import DemoReport

FOUND_WRONG = 1


def show(result: Any, session: Session) -> int:
    """Print the result of the session's command; return the exit code."""
    return _PRINTERS[session.command.name](result, session)


def _show_check(report: CheckReport, session: Session) -> int:
    if session.as_json:
        session.json(shapes.check_json(report, session.texts, session.resources))
    if not report.found:
        raise NothingRead("check.nothing_found", report.findings)
    if not session.as_json:
        for file in report.files:
            _show_file(file, session)
        counts = {severity.value: sum(each.severity is severity for each in report.findings) for severity in Severity}
        unread = sum(file.error is not None for file in report.files)
        session.say("cli.check.total", files=len(report.files), unread=unread, **counts)
    return FOUND_WRONG if report.is_wrong else 0


def _show_file(file: CheckedFile, session: Session) -> None:
    print(file.name)
    for sheet in file.sheets:
        _show_sheet(sheet, session)
    _show_findings(file.all_findings, session, file.name)
    print()


def _show_sheet(sheet: CheckedSheet, session: Session) -> None:
    if sheet.mapping is None or not len(sheet.mapping.layout.body):
        session.say("cli.check.no_table", sheet=sheet.name)
        return
    layout = sheet.mapping.layout
    mapped = sum(match.item is not None for match in sheet.mapping.matches)
    session.say(
        f"cli.check.{layout.orientation.value}",
        sheet=sheet.name,
        header="–".join(str(row + 1) for row in sorted({layout.header_rows[0], layout.header_rows[-1]}))
        if layout.header_rows
        else ABSENT_SIGN,
        first=int(layout.body[0]) + 1,
        last=int(layout.body[-1]) + 1,
        firms=sheet.responses,
        mapped=mapped,
        unmapped=len(sheet.mapping.matches) - mapped,
    )


def _show_findings(findings: tuple[Finding, ...], session: Session, in_file: str = "") -> None:
    if findings:
        print(*finding_lines(findings, session.texts, session.resources, in_file), sep="\n")


def _show_new(study: Study, session: Session) -> int:
    path: Path = session.given["study"]
    if session.as_json:
        session.json({"written": [str(path)]})
        return 0
    session.say("cli.new", file=path, instrument=session.texts.of(study.instrument.words), version=study.instrument.version)
    return 0


def _show_collect(collected: Changed, session: Session) -> int:
    study, before = collected.after, set(collected.before.sources)
    files = [source for source in study.sources if source not in before]
    told = set(collected.before.findings)
    new = tuple(finding for finding in study.findings if finding not in told)
    if session.as_json:
        session.json(shapes.collect_json(study, files, new, session.texts, session.resources))
        return 0
    if not files and not new:
        session.say("cli.collect.nothing_new")
        return 0
    if files:
        header = [session.texts(f"cli.collect.{name}") for name in ("file", "status", "responses", "mapped", "unmapped")]
        session.table(header, [_source_row(source, study, session) for source in files])
    _show_findings(new, session)
    if study.questions:
        session.say("cli.collect.questions", n=len(study.questions), study=session.given["study"].name)
    for wave in dict.fromkeys(source.wave for source in files):
        _show_wave(study, wave, sum(source.responses for source in files if source.wave == wave), session)
    return 0


def _show_wave(study: Study, wave: str, responses: int, session: Session) -> None:
    known = study.wave(wave)
    design = session.texts(f"term.design.{known.design.value}")
    session.say("cli.collect.total", wave=wave, date=known.date, design=design, n=responses)
    if not session.given.get("design"):
        session.say("cli.collect.design", design=design)


def _source_row(source: Source, study: Study, session: Session) -> tuple[str, ...]:
    status = session.texts(f"term.source.{source.status}")
    if is_late(source, study.waves):
        status = session.texts("cli.collect.late", status=status)
    return (source.name, status, str(source.responses), str(source.mapped), str(source.unmapped))


def _show_stored_findings(study: Study, session: Session) -> int:
    if session.as_json:
        session.json({"findings": shapes.numbered_findings_json(study, session.texts, session.resources)})
    elif study.findings:
        _show_findings(study.findings, session)
        session.say("cli.findings.all")
    else:
        session.say("cli.findings.none")
    return 0


def _show_goals(study: Study | Path, session: Session) -> int:
    if isinstance(study, Path):
        return show_written(study, session)
    return show_goals(study, session)


def _show_journal(study: Study, session: Session) -> int:
    if session.as_json:
        session.json(shapes.journal_json(study))
        return 0
    names = ("number", "time", "command", "parameters", "effect", "hash")
    rows = [
        (str(each.number), each.time, each.command, _short(each.parameters), _short(each.effect), each.hash[:12])
        for each in study.journal
    ]
    session.table([session.texts(f"cli.journal.{name}") for name in names], rows)
    return 0


def _short(text: str) -> str:
    values = json.loads(text)
    return ", ".join(f"{name}={_counted(value)}" for name, value in values.items())


def _counted(value: Any) -> str:
    return f"[{len(value)}]" if isinstance(value, list | dict) else str(value)


def _show_demo(report: DemoReport, session: Session) -> int:
    if session.as_json:
        made = sorted(path for path in report.folder.rglob("*") if path.is_file())
        session.json({"folder": str(report.folder), "study": str(report.path), "written": [str(path) for path in made]})
        return 0
    county = report.county
    session.say(
        "cli.demo.made",
        county=county.county,
        folder=report.folder,
        workbooks=len(county.workbooks),
        firms=county.firms,
        faults=county.faults,
        responses=sum(county.responses),
        findings=len(report.study.findings),
        questions=len(report.study.questions),
        figures=len(report.figures),
        visits=report.visits.name,
        visited=len(report.study.judgements.visit_lists[-1].visits),
        assessments=report.assessments.relative_to(report.folder).as_posix(),
    )
    session.say("cli.demo.open", study=report.path)
    return 0


_PRINTERS: Mapping[str, Callable[[Any, Session], int]] = {
    "check": _show_check,
    "new": _show_new,
    "collect": _show_collect,
    "findings": _show_stored_findings,
    "assess": show_assess,
    "labels": show_labels,
    "label": show_judged,
    "ruling": show_judged,
    "override": show_judged,
    "confirm": show_judged,
    "visits": show_visits,
    "weights": show_weights,
    "model": show_written,
    "goals": _show_goals,
    "backtest": show_backtest,
    "goal": show_goal,
    "goalbook": show_goalbook,
    "proof": show_proof,
    "scenario": show_scenario,
    "sign": show_sign,
    "releases": show_releases,
    "relay": show_relay,
    "merge": show_merge,
    "receipt": show_receipt,
    "anonymise": show_anonymised,
    "change": show_change,
    "reported": show_reported,
    "break": show_break,
    "brief": show_written,
    "briefs": show_briefs,
    "verify": show_verify,
    "templates": show_templates,
    "figure": show_written,
    "journal": _show_journal,
    "demo": _show_demo,
    "questions": show_questions,
    "decide": show_changed,
    "decisions": show_decisions,
    "correct": show_changed,
    "accept": show_changed,
    "register": show_register,
    "revisions": show_revisions,
    "form": show_written,
    "slips": show_slips,
    "responses": show_written,
    "watch": show_watch,
    "agents": show_written,
}
