"""What the command `releases` prints: the register of what left, and the report on the brief as it would go out now."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from app.cli.session import Session
from app.domain.release_report import ReleaseReport
from app.domain.signing import Release

if TYPE_CHECKING:
    from app.workflows.releases import Released


def show_releases(found: Released, session: Session) -> int:
    """Print every release with how much it showed and hid, then the report where it was asked for."""
    if session.as_json:
        session.json(released_json(found))
        return 0
    if not found.releases:
        session.say("cli.releases.none")
    for release in found.releases:
        session.say("cli.releases.one", **_counted(release), kind=session.texts(f"cli.releases.kind_{release.kind}"))
    if found.report is not None:
        _show_report(found.report, session)
    return 0


def _show_report(report: ReleaseReport, session: Session) -> None:
    from app.present.release_words import report_sentence

    print(report_sentence(report, session.texts))
    for table in report.tables:
        session.say("cli.releases.table", **dataclasses.asdict(table))
    for id_, reason in report.dropped:
        title = next((table.title for table in report.tables if table.table == id_), id_)
        session.say(reason, title=title)
    for mark, release in report.held:
        session.say("cli.releases.held", mark=mark, release=release)
    if report.offer_rounding:
        session.say("cli.releases.rounding")


def _counted(release: Release) -> dict[str, Any]:
    hidden = sum(cell.hidden for cell in release.cells)
    said = {name: getattr(release, name) for name in ("id", "when", "who", "purpose")}
    return {**said, "shown": len(release.cells) - hidden, "hidden": hidden}


def released_json(found: Released) -> dict[str, Any]:
    """Return the register without its cells, and the report."""
    rows = [{**_counted(each), "kind": each.kind, "journal": each.journal, "policy": each.policy} for each in found.releases]
    return {"releases": rows, "report": None if found.report is None else report_json(found.report)}


def report_json(report: ReleaseReport) -> dict[str, Any]:
    """Return a release report."""
    made = dataclasses.asdict(report)
    return {
        **made,
        "hidden": report.hidden,
        "offer_rounding": report.offer_rounding,
        "dropped": [{"table": id_, "reason": reason.rpartition(".")[2]} for id_, reason in report.dropped],
        "held": [{"mark": mark, "release": release} for mark, release in report.held],
    }
