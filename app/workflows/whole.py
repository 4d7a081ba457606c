"""The study as its sources and people's decisions make it: one table, its findings and its questions.

Everything here depends on the order of sources, what each gave, and the guidance; never on the way the study came about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.analysis.intake import combine, merge_questions
from app.analysis.intake.combine import STUDY_LEVEL
from app.analysis.intake.coverage import register_codes
from app.analysis.intake.credit_code import invented
from app.analysis.intake.pairs import firm_pairs
from app.analysis.intake.rules import check_study, study_level, unit_questions
from app.domain.decisions import Question
from app.domain.findings import CellReference, Finding, Severity
from app.domain.responses import Responses
from app.domain.study import Source, Study, Wave
from app.workflows.context import Context
from app.workflows.parts import in_plain_order, pieces, same
from app.workflows.revisions import REVISION_CODES, revision_findings, without_expected
from app.workflows.take_in import Part

_FRAME_SMALL = "COLLECT_FRAME_SMALL"
_OF_COLLECTING = "COLLECT_"


def with_parts(study: Study, parts: Sequence[Part], context: Context) -> Study:
    """Return `study` with `parts` in place of what their sources gave before, everything that follows from all made anew.

    `study` holds the sources, guidance and waves as they shall be; a source without a part keeps its responses and findings.
    Levels and progress are dropped when an answer changed.
    """
    by_sha = {part.source.sha256: part for part in parts if part.source.status == "read"}
    sources = tuple(by_sha[each.sha256].source if _is_read(each) and each.sha256 in by_sha else each for each in study.sources)
    order = [source.sha256 for source in sources if _is_read(source)]
    blocks = pieces(study.responses, order, {sha256: part.responses for sha256, part in by_sha.items()})
    responses, told = _combined(blocks, study, context)
    settled = replace(
        study,
        sources=sources,
        responses=responses,
        synthetic=study.synthetic or any(_is_invented(part) for part in by_sha.values()),
        questions=_questions(sources, responses, study, context),
    )
    findings = [*_own_findings(study, parts, context), *told, *small_frames(responses, settled.waves)]
    after = replace(settled, findings=_in_order(findings, sources, context))
    return after if responses is study.responses else replace(after, assessments=(), progress=(), tallies=None)


def small_frames(responses: Responses | None, waves: Iterable[Wave]) -> tuple[Finding, ...]:
    """Tell the sectors of which more firms answered than the frame holds; their intervals do without the frame."""
    if responses is None:
        return ()
    return tuple(finding for wave in waves if wave.frame for finding in _small_frame(responses, wave))


def _small_frame(responses: Responses, wave: Wave) -> Iterable[Finding]:
    firms = responses.firms
    counted = firms.loc[(firms["wave"] == wave.id) & firms["counted"], "sector"].value_counts()
    for sector, size in wave.frame.items():
        firms_counted = int(counted.get(sector, 0))
        if firms_counted > size:
            params = (("wave", wave.id), ("frame", str(size)), ("counted", str(firms_counted)))
            yield Finding(_FRAME_SMALL, Severity.WARNING, CellReference(wave.id), sector, params)


def _is_read(source: Source) -> bool:
    return source.status == "read"


def _is_invented(part: Part) -> bool:
    return any(invented(block.firms["code"].tolist()) for block in part.responses)


def _combined(blocks: Sequence[Responses], study: Study, context: Context) -> tuple[Responses | None, tuple[Finding, ...]]:
    """One table of all, the very object of before when it holds the same, and what shows only in the whole."""
    if not blocks:
        return None, ()
    names = context.resources.names
    combined, told = combine(blocks, None, study.guidance, names, study.instrument)
    table = in_plain_order(combined, study.instrument)
    if study.responses is not None and same(study.responses, table):
        table = study.responses
    ruled = check_study(table, study.instrument, context.resources.rules, [wave.id for wave in study.waves])
    known = () if study.register is None else register_codes(study.register, table, names)
    return table, (*without_expected(told, study), *ruled, *known, *revision_findings(study, table))


def _questions(sources: Sequence[Source], responses: Responses | None, study: Study, context: Context) -> tuple[Question, ...]:
    asked = [question for source in sources for question in source.questions]
    if responses is not None:
        asked += unit_questions(responses, study.instrument)
        asked += firm_pairs(responses, study.guidance, context.resources.names)
    return merge_questions(asked)


def _of_whole(context: Context) -> frozenset[str]:
    """The codes of findings that only the whole shows; they are made anew each time."""
    return STUDY_LEVEL | study_level(context.resources.rules) | REVISION_CODES | {_FRAME_SMALL}


def _own_findings(study: Study, parts: Sequence[Part], context: Context) -> list[Finding]:
    """Findings of sources: new ones for `parts` (what collecting said of them stays), the old ones of all others."""
    renewed, whole = {part.source.name for part in parts}, _of_whole(context)
    kept = [
        finding
        for finding in study.findings
        if finding.code not in whole and (finding.place.source not in renewed or finding.code.startswith(_OF_COLLECTING))
    ]
    return [*kept, *(finding for part in parts for finding in part.findings)]


def _in_order(findings: Iterable[Finding], sources: Sequence[Source], context: Context) -> tuple[Finding, ...]:
    """What belongs to no source first, then source by source, then what shows only in the whole; each finding once."""
    whole = _of_whole(context)
    place = {source.name: number for number, source in reversed(list(enumerate(sources)))}

    def rank(finding: Finding) -> int:
        return len(sources) if finding.code in whole else place.get(finding.place.source, -1)

    return tuple(sorted(dict.fromkeys(findings), key=rank))
