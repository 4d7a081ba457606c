"""三、目标进展: every goal with its document, light and reason; the headline trajectory; the proxy said aloud."""

from __future__ import annotations

from app.domain.brief import Block, FigureBlock, GridBlock, Paragraph
from app.domain.goals import GoalProgress, Light
from app.domain.numbers import ABSENT_SIGN
from app.domain.release import Cell, CellStatus
from app.present import wording
from app.present.figures import GOAL_PREFIX, figure_ids, make_figure
from app.present.figures.goal import all_shown, observed_table
from app.present.view import View

_COLUMNS = ("goal", "document", "target", "value", "gap", "light", "reason")
_STAR = "*"
_BARE = ("goal", "document", "target", "reason")  # of a goal this survey cannot measure


def goals(view: View) -> list[Block]:
    """Return the grids of goals that this survey measures and that it cannot, and the figures of the headline measure."""
    texts, progress = view.texts, view.study.progress
    if not progress:
        return [Paragraph(texts("brief.summary.no_goals"))]
    measurable = any(p.observations for p in progress)
    blocks: list[Block] = [Paragraph(texts("brief.goals.intro" if measurable else "brief.goals.intro_none"))]
    proxies = {p.measure.id: p.measure for p in progress if p.measure is not None and p.measure.proxy and p.observations}
    blocks += [Paragraph(texts("brief.goals.proxy", measure=texts.of(measure.words))) for measure in proxies.values()]
    measured = [_row(view, p) for p in progress if p.observations]
    others = [_row(view, p) for p in progress if not p.observations]
    if measured:
        blocks.append(_grid(view, "table", _COLUMNS, measured))
    ids = [id_ for id_ in figure_ids(view.study) if id_.startswith(GOAL_PREFIX)][:1]
    ids += [id_ for id_ in figure_ids(view.study) if id_ == "penetration-by-sector"]
    figures = [FigureBlock(make_figure(view.study, view.resources, id_, texts, view.selection)) for id_ in ids]
    rest = [tuple(row[_COLUMNS.index(column)] for column in _BARE) for row in others]
    return [*blocks, *figures, *([_grid(view, "others" if measured else "others_only", _BARE, rest)] if rest else [])]


def _grid(view: View, title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> GridBlock:
    """Return a grid of goals; the note explains the star of unconfirmed wordings where there is one."""
    texts = view.texts
    verify = texts("brief.goals.verify") if any(row[0].endswith(_STAR) for row in rows) else ""
    names = tuple(texts(f"brief.goals.{column}") for column in columns)
    return GridBlock(texts(f"brief.goals.{title}"), names, tuple(rows), verify, annex=columns is _BARE)


def latest_cell(view: View, progress: GoalProgress) -> Cell | None:
    """Return the newest observation of a goal as released, or None when there is none."""
    if progress.measure is None or not progress.observations:
        return None
    return observed_table(view, progress, progress.measure).rows[-1].cells[0]


def gap_words(view: View, progress: GoalProgress, cell: Cell | None) -> str:
    """Return how far a released value is from its goal, — where that cannot be said or nothing is missing."""
    if cell is None or cell.value is None or cell.low is None or progress.goal.value is None:
        return ABSENT_SIGN
    gap = progress.goal.value - cell.value
    return wording.points(view.texts, gap) if gap > 0 else ABSENT_SIGN


def reason_words(view: View, progress: GoalProgress) -> str:
    """Return why the light is as it is; where an observation is hidden the pace would give it back, so only that is said."""
    measure = progress.measure if progress.observations else None
    if measure is not None and not all_shown(observed_table(view, progress, measure)):
        return view.texts("brief.goals.hidden")
    return view.texts(progress.reason, **dict(progress.reason_values))


def _row(view: View, progress: GoalProgress) -> tuple[str, ...]:
    texts, goal = view.texts, progress.goal
    cell = latest_cell(view, progress)
    hidden = cell is not None and cell.status is CellStatus.HIDDEN
    light = Light.CANNOT_TELL if hidden else progress.light
    return (
        texts.of(goal.words) + (_STAR if goal.verify else ""),
        goal.document,
        wording.target_text(texts, goal),
        wording.cell_words(texts, cell) if cell is not None else ABSENT_SIGN,
        gap_words(view, progress, cell),
        f"{wording.LIGHT_SIGNS[light]} {texts(f'term.light.{light.value}')}",
        reason_words(view, progress),
    )
