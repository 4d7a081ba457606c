"""Corrected forms: which file puts which right, what it changes, and how far people have taken that over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from app.analysis.intake import combine
from app.analysis.intake.revise import find_corrected, revise
from app.domain.decisions import Guidance, RowKey
from app.domain.errors import UserError
from app.domain.findings import CellReference, Finding, Severity
from app.domain.responses import Responses
from app.domain.revision import ChangedRow, Revision, RowChange
from app.domain.study import Source, Study
from app.workflows.context import Context
from app.workflows.parts import part_of, pieces
from app.workflows.take_in import Part

REVISION_CODES = frozenset({"COLLECT_REVISION", "COLLECT_REVISED"})
_REPEAT = "firm.repeat"


def revised_sources(study: Study) -> tuple[Source, ...]:
    """Return the sources that put another one right which the study still has."""
    read = {source.sha256 for source in study.sources if source.status == "read"}
    return tuple(source for source in study.sources if source.status == "read" and source.corrects in read)


def revision_of(study: Study, source: str) -> Revision:
    """Return what the source named `source` changes; UserError `revision.none` when it puts no other right."""
    chosen = next((each for each in revised_sources(study) if each.name == source), None)
    if chosen is None or study.responses is None:
        known = "、".join(each.name for each in revised_sources(study)) or "—"
        raise UserError("revision.none", file=source, known=known)
    return _revision(study, chosen, study.responses)


def is_settled(row: ChangedRow, aside: frozenset[RowKey]) -> bool:
    """Whether somebody has decided which of the two rows counts; a new one counts until somebody says otherwise."""
    return row.kind is RowChange.NEW or row.old in aside or row.new in aside


def revision_findings(study: Study, responses: Responses) -> Iterator[Finding]:
    """Yield for each corrected form how many rows it changes: a warning while rows wait for somebody, then a note."""
    names = {source.sha256: source.name for source in study.sources}
    aside = frozenset(study.guidance.aside)
    for source in revised_sources(study):
        revision = _revision(study, source, responses)
        waiting = [row for row in revision.rows if not is_settled(row, aside)]
        touched = any(row.old in aside or row.new in aside for row in revision.rows)
        is_open = any(row.kind is RowChange.CHANGED for row in waiting) or (bool(waiting) and not touched)
        counts = {kind.value: str(len(revision.of(kind))) for kind in RowChange}
        params = {
            "original": names[source.corrects],
            **counts,
            "unchanged": str(revision.unchanged),
            "waiting": str(len(waiting)),
        }
        code, severity = ("COLLECT_REVISION", Severity.WARNING) if is_open else ("COLLECT_REVISED", Severity.NOTE)
        yield Finding(code, severity, CellReference(source.name), source.name, tuple(params.items()))


def without_expected(findings: Iterable[Finding], study: Study) -> Iterator[Finding]:
    """Leave out the repeats of a corrected form against the one it puts right: they are its purpose, and counted in one line."""
    names = {source.sha256: source.name for source in study.sources}
    original = {source.name: names[source.corrects] for source in revised_sources(study)}
    for finding in findings:
        counts = dict(finding.params).get("counts", "") if finding.code == _REPEAT else ""
        if not (counts and _stands_in(counts, _ancestors(original, finding.place.source))):
            yield finding


def with_corrected(study: Study, parts: Sequence[Part], context: Context) -> list[Part]:
    """Return `parts`, each that seems to put right a source before it (in the study or among the parts) naming it.

    A returned slip names its source itself; any other form is held against those of its wave.
    """
    found: list[Part] = []
    order = [source.sha256 for source in study.sources if source.status == "read"]
    blocks = {part.source.sha256: part.responses for part in parts}
    whole = pieces(study.responses, (*order, *blocks), blocks)
    everything = combine(whole, None)[0] if whole else None
    shared = _sharing(everything)
    for part in parts:
        alike = everything if part.source.sha256 in shared else None
        sha256 = part.source.corrects or _corrected(part, alike, order, context)
        if sha256 and sha256 not in order:  # the likest form came later: look again among those before
            before = pieces(study.responses, order, blocks)
            sha256 = _corrected(part, combine(before, None)[0] if before else None, order, context)
        found.append(replace(part, source=replace(part.source, corrects=sha256)))
        order.append(part.source.sha256)
    return found


def _sharing(responses: Responses | None) -> frozenset[str]:
    """The sources that have a firm, by name or valid code, which another source of their wave has as well.

    Few do, and only these can put another right: comparing every form with all others would take the square of their number.
    """
    if responses is None:
        return frozenset()
    firms = responses.firms
    source = np.array([block.source for block in responses.blocks], dtype=object)[responses.places["block"].to_numpy()]
    found: set[str] = set()
    for keys in (firms["code"].where(firms["code_valid"], ""), firms["name"]):
        rows = pd.DataFrame({"key": keys.fillna(""), "wave": firms["wave"], "source": source})
        rows = rows[rows["key"] != ""].drop_duplicates()
        found |= set(rows["source"][rows.duplicated(["key", "wave"], keep=False)])
    return frozenset(found)


def _corrected(part: Part, earlier: Responses | None, order: Sequence[str], context: Context) -> str:
    if not part.responses or earlier is None or not order:
        return ""
    own = part.responses[0] if len(part.responses) == 1 else combine(part.responses, None)[0]
    return find_corrected(own, part.source.wave, earlier, context.resources.names)


def _revision(study: Study, source: Source, responses: Responses) -> Revision:
    return revise(part_of(responses, source.corrects), part_of(responses, source.sha256), study.instrument)


def _ancestors(original: dict[str, str], name: str) -> set[str]:
    """The forms that `name` puts right, and those that they put right in turn."""
    found: set[str] = set()
    while (name := original.get(name, "")) and name not in found:
        found.add(name)
    return found


def _stands_in(place: str, names: set[str]) -> bool:
    return any(place == name or place.startswith(f"{name} · ") for name in names)


def lineage(study: Study, source: Source) -> frozenset[str]:
    """Return the hashes of the sources that `source` puts right, directly and in turn."""
    by_sha = {each.sha256: each for each in study.sources}
    found: set[str] = set()
    sha256 = source.corrects
    while sha256 and sha256 not in found:
        found.add(sha256)
        sha256 = by_sha[sha256].corrects if sha256 in by_sha else ""
    return frozenset(found)


def with_aside(guidance: Guidance, put: Iterable[RowKey], back: Iterable[RowKey]) -> Guidance:
    """Return the guidance with the rows `put` aside and those of `back` counting again."""
    kept = dict.fromkeys(guidance.aside) | dict.fromkeys(put)
    for key in back:
        kept.pop(key, None)
    return replace(guidance, aside=tuple(kept))
