"""附：数据依据: what every number of a brief is, how it was computed, and what the whole rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from app.domain.brief import Block, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.claims import Claim
from app.domain.findings import Severity
from app.domain.numbers import ABSENT_SIGN, number
from app.domain.program import program_version
from app.present import wording
from app.present.brief.evidence_ids import ranges
from app.present.brief.evidence_words import formula_words, kind_of, value_words
from app.present.brief.quality import finding_rows
from app.present.claims import AS_TABLES, charted, claims_of, provenance_of, table_of, title_of
from app.present.goal_standing import progress_of
from app.present.provenance import instrument_text
from app.present.view import View

SECTION = "evidence"
FEW = 12  # statistics: a table of no more of them is told statistic by statistic


def with_evidence(view: View, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the annex anew below its heading, where there is one: it speaks of the blocks before it."""
    start = next((at for at, each in enumerate(blocks) if isinstance(each, Heading) and each.section == SECTION), None)
    if start is None:
        return tuple(blocks)
    after = (at for at in range(start + 1, len(blocks)) if isinstance(each := blocks[at], Heading) and each.level == 1)
    end = next(after, len(blocks))
    return (*blocks[: start + 1], *evidence(view, blocks[:start]), *blocks[end:])


def evidence(view: View, blocks: Sequence[Block]) -> list[Block]:
    """Return the annex on `blocks`, which are all blocks of the brief that stand before it."""
    claims = claims_of(blocks, view.texts)
    made: list[Block] = [Paragraph(view.texts("brief.evidence.intro"))]
    made += [_statistics(view, blocks, claims)]
    grids = (_tables(view, blocks, claims), _others(view, blocks, claims), _goals(view, blocks))
    made += [grid for grid in grids if grid.rows]
    return [*made, *_findings(view, blocks), _judged(view), _versions(view)]


def _grid(view: View, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], note: str = "") -> GridBlock:
    heads = tuple(view.texts(f"brief.evidence.column.{column}") for column in columns)
    return GridBlock(view.texts(f"brief.evidence.{name}"), heads, tuple(map(tuple, rows)), note, annex=True)


def _statistics(view: View, blocks: Sequence[Block], claims: Sequence[Claim]) -> Block:
    """Return the statistics that the text or a small table states, each once, with all places where it is printed."""
    large = {at for at, block in enumerate(blocks) if _marks(block) > FEW}
    told = {each.evidence for each in claims if each.evidence and (each.block not in large or _is_beside(each))}
    held: dict[str, list[Claim]] = {}
    for each in claims:
        if each.evidence in told:
            held.setdefault(each.evidence, []).append(each)
    names = _names(blocks)
    formulas = {kind_of(mark): formula_words(view, mark) for mark in held}
    rows = [_statistic(view, (names.get(mark, ""), formulas[kind_of(mark)]), found) for mark, found in held.items()]
    if not rows:
        return Paragraph(view.texts("brief.evidence.no_statistics"))
    columns = ("id", "statistic", "value", "firms", "formula")
    return _grid(view, "statistics", columns, rows, view.texts("brief.evidence.statistics_note"))


def _statistic(view: View, told: tuple[str, str], found: Sequence[Claim]) -> tuple[str, ...]:
    """Return the row of one statistic; `told` is its name and its formula."""
    first = found[0]
    firms = number(first.n, "count") if first.n is not None else ABSENT_SIGN
    return (ranges(view.texts, (each.id for each in found)), told[0], value_words(view, first), firms, told[1])


def _is_beside(claim: Claim) -> bool:
    """Whether a number stands in the title or the notes of its block."""
    return not claim.id.rpartition(".")[2].isdigit()


def _marks(block: Block) -> int:
    table = table_of(block)
    return 0 if table is None else sum(cell.value is not None for row in table.rows for cell in row.cells)


def _names(blocks: Sequence[Block]) -> dict[str, str]:
    """Return what each statistic is called: row and column of the first table that has it."""
    names: dict[str, str] = {}
    for block in blocks:
        table = table_of(block)
        for row in table.rows if table is not None else ():
            for column, cell in zip(table.columns if table is not None else (), row.cells, strict=False):
                names.setdefault(cell.evidence, f"{row.label} · {column}")
    return names


def _tables(view: View, blocks: Sequence[Block], claims: Sequence[Claim]) -> GridBlock:
    """Return each table and figure by kinds of statistic: where its numbers are, by which measure and formula, over whom."""
    held: dict[int, list[Claim]] = {}
    drawn = {at for at, each in enumerate(blocks) if isinstance(each, FigureBlock) and each.figure.kind not in AS_TABLES}
    for each in (*(each for each in claims if not _is_beside(each)), *charted(blocks)):
        if (each.block in drawn) is (".C" in each.id):
            held.setdefault(each.block, []).append(each)
    rows = [
        _table(view, block, found)
        for at, block in enumerate(blocks)
        if isinstance(block, TableBlock | FigureBlock)
        for found in _by_kind(held.get(at, []))
    ]
    return _grid(view, "tables", ("id", "table", "method", "sample"), rows)


def _by_kind(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Return the numbers of a table in parts that one formula holds for; years and numbers of firms go with those before them."""
    parts: dict[tuple[str, ...], list[Claim]] = {}
    kind = next((kind_of(each.evidence) for each in claims if each.evidence), None)
    for each in claims if kind is not None else ():
        kind = kind_of(each.evidence) if each.evidence else kind
        parts.setdefault(kind or (), []).append(each)
    return list(parts.values())


def _table(view: View, block: TableBlock | FigureBlock, found: Sequence[Claim]) -> tuple[str, ...]:
    texts, provenance = view.texts, provenance_of(block)
    assert provenance is not None
    formula = formula_words(view, next(each.evidence for each in found if each.evidence))
    method = texts("brief.evidence.text_of", measure=provenance.measure, formula=formula)
    sample = texts("brief.evidence.text_of", measure=provenance.sample, formula=provenance.interval)
    return (_span(view, found), title_of(block), method, sample if provenance.interval else provenance.sample)


def _span(view: View, found: Sequence[Claim]) -> str:
    """Return the first and last identifier of many: what stands between them is told by the same row."""
    if len(found) == 1:
        return found[0].id
    return view.texts("brief.evidence.range", first=found[0].id, last=found[-1].id.partition(".")[2])


def _others(view: View, blocks: Sequence[Block], claims: Sequence[Claim]) -> GridBlock:
    """Return the numbers without a statistic behind them, section by section."""
    section, sections = view.texts("brief.evidence.front"), dict[int, str]()
    for at, block in enumerate(blocks):
        section = block.text if isinstance(block, Heading) and block.level == 1 else section
        sections[at] = section
    held: dict[str, list[str]] = {}
    for each in claims:
        is_text = isinstance(blocks[each.block], Paragraph | GridBlock)
        if not each.evidence and is_text:
            held.setdefault(sections[each.block], []).append(each.id)
    rows = [(name, ranges(view.texts, ids)) for name, ids in held.items()]
    return _grid(view, "others", ("section", "id"), rows, view.texts("brief.evidence.others_note"))


def _goals(view: View, blocks: Sequence[Block]) -> GridBlock:
    """Return the goals that have a number, with the document that gives it: those the brief names, or all where it names none."""
    texts = view.texts
    goals = [progress.goal for progress in progress_of(view) if progress.goal.value is not None]
    named = _words(blocks)
    goals = [goal for goal in goals if texts.of(goal.words) in named] or goals
    rows = [
        (
            texts.of(goal.words) + (texts("brief.evidence.verify_star") if goal.verify else ""),
            wording.target_text(texts, goal),
            goal.document or ABSENT_SIGN,
            wording.source_text(texts, goal.paragraph) or ABSENT_SIGN,
        )
        for goal in goals
    ]
    return _grid(view, "goals", ("goal", "target", "document", "paragraph"), rows)


def _words(blocks: Sequence[Block]) -> str:
    """Return the running text and the cells of tables of texts, a line each."""
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    said += [cell for block in blocks if isinstance(block, GridBlock) for row in block.rows for cell in row]
    return "\n".join(said)


def _findings(view: View, blocks: Sequence[Block]) -> list[Block]:
    """Return how many findings are open, by kind where no other section of the brief tells them."""
    texts, counts = view.texts, Counter(finding.severity for finding in view.study.findings)
    if not counts:
        return [Paragraph(texts("brief.evidence.findings_none"))]
    parts = [
        texts("brief.evidence.findings_part", severity=texts(f"term.severity.{each.value}"), n=number(counts[each], "count"))
        for each in Severity
        if counts[each]
    ]
    if any(isinstance(each, Heading) and each.section == "quality" for each in blocks):
        told = {"n": number(counts.total(), "count"), "parts": texts("brief.evidence.separator").join(parts)}
        where = "findings_elsewhere" if view.filters or view.selection.sector else "findings_line"
        return [Paragraph(texts(f"brief.evidence.{where}", **told))]
    heads = tuple(texts(f"brief.quality.{name}") for name in ("code", "severity", "count", "remedy"))
    return [GridBlock(texts("brief.evidence.findings"), heads, finding_rows(view), texts("brief.quality.note"), annex=True)]


def _judged(view: View) -> Block:
    """Return what people ruled, noted, confirmed and corrected, by whom; no firm is named."""
    texts = view.texts
    rows = [
        (texts(f"brief.evidence.what.{name}"), number(len(people), "count"), _people(view, people))
        for name, people in _signed(view).items()
        if people
    ]
    if not rows:
        return Paragraph(texts("brief.evidence.judged_none"))
    return _grid(view, "judged", ("kind", "count", "who"), rows, texts("brief.evidence.judged_note"))


def _signed(view: View) -> dict[str, list[str]]:
    """Return who signed each entry in force, by kind: judgements of the wave looked at, corrections and answers of the study.

    Of several on one firm (labels: by one assessor) the last is in force; firms count as people named them.
    """
    wave, judgements, guidance = view.wave.id if view.wave is not None else "", view.study.judgements, view.study.guidance
    labels = {(each.code, each.name, each.who): each.who for each in judgements.labels if each.wave == wave}
    single = {
        "rulings": {(each.code, each.name): each.who for each in judgements.rulings if each.wave == wave},
        "overrides": {(each.code, each.name): each.who for each in judgements.overrides if each.wave == wave},
        "confirmations": {(each.code, each.name): each.who for each in judgements.confirmations if each.wave == wave},
    }
    weighting = judgements.weighting_in_force
    return {
        "labels": list(labels.values()),
        **{name: list(held.values()) for name, held in single.items()},
        "corrections": [""] * len(guidance.corrections),
        "decisions": [""] * len(guidance.decisions),
        "weighting": [weighting.who] if weighting is not None else [],
    }


def _people(view: View, people: Sequence[str]) -> str:
    names = sorted({each.strip() for each in people if each.strip()})
    return wording.joined(view.texts, names) if names else view.texts("brief.evidence.nobody")


def _versions(view: View) -> GridBlock:
    """Return what the brief was made of and by: wave, instrument, rubric, weights, program, journal."""
    texts, study, wave = view.texts, view.study, view.wave
    weighting = study.judgements.weighting_in_force
    last = study.journal[-1].hash if study.journal else texts("brief.evidence.version.none")
    told = {
        "wave": view.filter_value("wave", wave.id) if wave is not None else texts("brief.evidence.version.none"),
        "instrument": instrument_text(view, with_rubric=False),
        "rubric": f"{study.rubric.id} {study.rubric.version}",
        "weights": weighting.id if weighting is not None else texts("brief.evidence.version.weights_rubric"),
        "program": texts("brief.evidence.version.program_of", version=program_version()),
        "steps": texts("brief.evidence.steps", n=number(len(study.journal), "count")),
        "journal": last,
    }
    return _grid(view, "versions", ("item", "content"), [(texts(f"brief.evidence.version.{k}"), v) for k, v in told.items()])
