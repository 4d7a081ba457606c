"""What other weights do: the rank and mean index of every sector before and after."""

from __future__ import annotations

from app.analysis.index import rank_moves
from app.domain.figure import Figure, FigureKind
from app.domain.judgement import Weighting
from app.domain.release import Cell, CellStatus, Row
from app.domain.robustness import RankMove
from app.present.marks import pillar_id
from app.present.pages.weights_values import Moves
from app.present.provenance import profile_provenance
from app.present.view import View


def moves_of(view: View, weighting: Weighting) -> Moves:
    """Return what `weighting` does to the sectors of the wave on screen; a sentence alone where no sector can be ranked."""
    if view.assessment is None:
        return Moves(view.texts("figure.moves.none"))
    found = rank_moves(view.assessment.firms, view.study.rubric, weighting)
    if not any(move.after for move in found):
        return Moves(view.texts("figure.moves.none"))
    figure = make_moves(view, found)
    return Moves(figure.title, figure)


def make_moves(view: View, found: tuple[RankMove, ...]) -> Figure:
    """Return `moves`: a row a sector by its rank after; small sectors are hidden as everywhere, and stand last."""
    texts = view.texts
    firms = view.assessment.firms if view.assessment is not None else view.firms
    counts = firms.loc[firms["index"].notna(), "sector"].astype("str").value_counts()
    ordered = sorted(found, key=lambda move: (not move.after, move.after, move.before, move.key))
    rows = [Row(move.key, view.sector_label(move.key), _cells(view, move, int(counts.get(move.key, 0)))) for move in ordered]
    columns = tuple(texts(f"figure.moves.{name}") for name in ("before", "after", "index_before", "index_after"))
    title = _title(view, tuple(move for move in ordered if move.after))
    total = view.profiles[1]
    return Figure(
        id="moves",
        kind=FigureKind.MOVES,
        title=title,
        subtitle="",
        table=view.door.release("moves", columns, rows),
        provenance=profile_provenance(view, total, texts("figure.moves.measure"), texts("wording.interval.scores")),
        alt=texts("figure.moves.alt", n=len(rows), title=title),
        chosen=view.selection.sector,
    )


def _cells(view: View, move: RankMove, n: int) -> tuple[Cell, ...]:
    wave = view.assessment.wave if view.assessment is not None else ""
    first = view.study.rubric.pillars[0].code
    mark = pillar_id(wave, move.key, first)
    pairs = (("rank", float(move.before)), ("rank", float(move.after)), ("score", move.index_before), ("score", move.index_after))
    return tuple(Cell(CellStatus.SHOWN, unit, value, n=n, evidence=mark) for unit, value in pairs)


def _title(view: View, moves: tuple[RankMove, ...]) -> str:
    texts = view.texts
    moved = [move for move in moves if move.before != move.after]
    if not moved:
        same = all(move.index_before == move.index_after for move in moves)
        return texts(f"figure.moves.{'in_force' if same else 'still'}", n=len(moves))
    most = max(moved, key=lambda move: (abs(move.before - move.after), -move.after))
    key = "figure.moves.up" if most.after < most.before else "figure.moves.down"
    steps = abs(most.before - most.after)
    return texts(key, n=len(moves), moved=len(moved), sector=view.sector_label(most.key), steps=steps)
