"""类型与对照: exploratory types, shown only where they are stable, and levels of other standards against ours."""

from __future__ import annotations

from app.analysis.disclosure import release
from app.domain.crosswalk import Standard
from app.domain.figure import Figure, FigureKind
from app.domain.learning import Crosswalk, FirmType, Types
from app.domain.numbers import cell_text, number, percent
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.present import wording
from app.present.estimates import reason_words
from app.present.figures.levels import measure_line
from app.present.pages.section import Listing, Part, Passage, Section
from app.present.pages.values import Column, PageTable
from app.present.provenance import profile_provenance
from app.present.view import View

_STRONG, _WEAK = 0.5, 0.2  # of a rank correlation between two ladders, as commonly read
_TOTAL = "*"


def kinds_section(view: View) -> Section:
    """Return the types and the crosswalks, each absence in a sentence."""
    texts, found = view.texts, view.assessment
    types = found.types if found is not None else None
    crosswalks = found.crosswalks if found is not None else ()
    rows: list[tuple[Part, ...]] = [_types(view, types)]
    rows += [_crosswalk(view, crosswalk) for crosswalk in crosswalks]
    if not crosswalks:
        rows.append((Passage("crosswalk", texts("assess.crosswalk.title"), (texts("assess.crosswalk.none"),)),))
    return Section(_headline(view, types, len(crosswalks)), tuple(rows))


def _headline(view: View, types: Types | None, crosswalks: int) -> str:
    texts = view.texts
    shown = types is not None and bool(types.types) and not types.refusal
    first = texts("assess.types.headline", k=types.k) if types is not None and shown else texts("assess.types.headline_none")
    return f"{first}{texts('wording.clause_separator')}{texts('assess.crosswalk.headline', n=crosswalks)}"


def _types(view: View, types: Types | None) -> tuple[Part, ...]:
    texts, title = view.texts, view.texts("assess.types.title")
    if types is None or not types.types or types.refusal:
        why = reason_words(texts, types.refusal) if types is not None and types.refusal else texts("assess.types.none")
        return (Passage("types", title, (wording.full_stop(texts, why), texts("assess.types.never_level"))),)
    stability = number((types.stability or 0.0) * 100, "score")
    said = texts("assess.types.stable", k=types.k, n=number(types.n, "count"), stability=stability)
    return (types_figure(view, types), Passage("types", title, (said, texts("assess.types.never_level"))))


def types_figure(view: View, types: Types) -> Figure:
    """Return `types`: mean pillar scores of each type, the largest first."""
    texts, total = view.texts, view.profiles[1]
    ordered = sorted(types.types, key=lambda found: (-found.n, found.id))
    rows = [_type_row(view, found, place, types.n) for place, found in enumerate(ordered)]
    columns = tuple(view.pillar_label(pillar.code) for pillar in view.study.rubric.pillars)
    title = texts("assess.types.figure", k=types.k)
    return Figure(
        id="types",
        kind=FigureKind.HEAT,
        title=title,
        subtitle=measure_line(view, "figure.heat.subtitle"),
        table=release("types", columns, rows),
        provenance=profile_provenance(view, total, texts("figure.heat.measure"), texts("wording.interval.scores")),
        alt=texts("figure.heat.alt", n=len(rows), m=len(columns), title=title),
    )


def _type_row(view: View, found: FirmType, place: int, n: int) -> Row:
    share = percent(found.n / n) if n else "—"
    label = view.texts("assess.types.row", letter="ABCDEFGHIJ"[place % 10], share=share)
    return Row(found.id, label, tuple(Cell(CellStatus.SHOWN, "score", score, n=found.n) for score in found.centre))


def _crosswalk(view: View, crosswalk: Crosswalk) -> tuple[Part, ...]:
    texts, item, standard = view.texts, crosswalk.item, _standard(view, crosswalk)
    asked = next((texts.of(known.words) for known in view.study.instrument.items if known.code == item), item)
    name = texts.of(standard.words) if standard is not None else asked
    table = released_crosswalk(view, crosswalk)
    columns = (
        Column("theirs", texts("assess.crosswalk.theirs")),
        *(Column(f"c{place}", head, "number") for place, head in enumerate(table.columns)),
    )
    labels = tuple(row.label for row in table.rows)
    data = tuple(tuple(cell_text(row.cells[place]) for row in table.rows) for place in range(len(table.columns)))
    said = (texts("assess.crosswalk.firms", n=number(crosswalk.n, "count")), _agreement(view, crosswalk), lost(view, crosswalk))
    words = tuple(text for text in said if text)
    made = PageTable(columns, (labels, *data), tuple(row.key for row in table.rows))
    return (Listing(f"crosswalk.{item}", texts("assess.crosswalk.listing", name=name), made, words),)


def released_crosswalk(view: View, crosswalk: Crosswalk) -> ReleasedTable:
    """Return the counts with totals both ways, hidden until no cell can be worked out from the totals."""
    counts = [list(row) for row in crosswalk.counts]
    down = [sum(column) for column in zip(*counts, strict=True)] if counts else []
    grid = [[sum(down), *down], *([sum(row), *row] for row in counts)]
    names = (_TOTAL, *(f"{level} " for level in crosswalk.theirs))
    labels = (view.texts("assess.crosswalk.total"), *(option_words(view, crosswalk, code) for code in crosswalk.theirs))
    rows = tuple(
        Row(key.strip(), label, tuple(Cell(CellStatus.SHOWN, "count", float(n), n=n) for n in line))
        for key, label, line in zip(names, labels, grid, strict=True)
    )
    columns = (view.texts("assess.crosswalk.total"), *(view.level_label(level) for level in crosswalk.ours))
    return view.door.release_both_ways(ReleasedTable(f"crosswalk-{crosswalk.item}", columns, rows, "", 0, _TOTAL))


def option_words(view: View, crosswalk: Crosswalk, code: str) -> str:
    """Return a level of the other standard in words; the answer's own where the standard is not known, else the code."""
    standard = _standard(view, crosswalk)
    if standard is not None:
        return next((view.texts.of(level.words) for level in standard.levels if level.code == code), code)
    item = next((known for known in view.study.instrument.items if known.code == crosswalk.item), None)
    options = {option.code: option for option in item.options} if item is not None else {}
    return view.texts.of(options[code].words) if code in options else code


def _standard(view: View, crosswalk: Crosswalk) -> Standard | None:
    return next((known for known in view.resources.standards if known.id == crosswalk.standard), None)


def _agreement(view: View, crosswalk: Crosswalk) -> str:
    """Say whether firms that stand higher there stand higher here."""
    rho = crosswalk.correlation
    if rho is None:
        return view.texts("assess.crosswalk.no_order")
    word = "strong" if rho >= _STRONG else "weak" if rho >= _WEAK else "none_order"
    return view.texts(f"assess.crosswalk.{word}", rho=f"{rho:.2f}".replace("-", "−"))


def lost(view: View, crosswalk: Crosswalk) -> str:
    """Say what of the other standard does not carry over into our levels."""
    standard = _standard(view, crosswalk)
    if standard is None:
        return view.texts("assess.crosswalk.lost")
    return wording.full_stop(view.texts, view.texts.of(standard.lost))
