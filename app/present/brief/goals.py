"""三、目标进展: how each goal stands, what it takes, what cannot be told and why, what clashes, and what evidence there is."""

from __future__ import annotations

from collections import Counter

from app.domain.brief import Block, FigureBlock, GridBlock, Paragraph
from app.domain.goals import Goal, GoalKind, GoalProgress, Light
from app.domain.numbers import ABSENT_SIGN, fixed, number, percent
from app.domain.release import Cell
from app.domain.targets import ProofState
from app.present import wording
from app.present.figures import GOAL_PREFIX, figure_ids, figure_of
from app.present.figures.goal_table import observed_table
from app.present.figures.goal_values import is_counted
from app.present.goal_released import is_released
from app.present.goal_standing import book_of, clash_sentence, conflicts_of, proof_of, reported_of
from app.present.view import View

_COLUMNS = ("goal", "document", "target", "value", "gap", "pace", "light")
_STAR = "*"
PART_COLUMNS = ("goal", "document", "target", "value")  # of some of the firms: goals are set for all, so no light and no gap
_BARE = ("goal", "document", "target", "reason")  # of a goal the survey cannot measure
MOST = 2  # clashes that are told one by one


def goals(view: View) -> list[Block]:
    """Return the grids of goals that this survey measures and that it cannot, sentences on them, and the headline figures."""
    texts, progress = view.texts, view.study.progress
    if not progress:
        return [Paragraph(texts("brief.summary.no_goals"))]
    measured = [p for p in progress if is_measured(p)]
    others = [_bare_row(view, p) for p in progress if not is_measured(p)]
    blocks: list[Block] = [Paragraph(texts("brief.goals.intro" if measured else "brief.goals.intro_none"))]
    proxies = {p.measure.id: texts.of(p.measure.words) for p in measured if p.measure is not None and p.measure.proxy}
    if proxies:
        said = texts("wording.clause_separator").join(proxies.values())
        blocks.append(Paragraph(texts("brief.goals.proxy", measures=said)))
    if measured:
        blocks.append(goal_grid(view, "table", _COLUMNS, [_row(view, p) for p in measured]))
    blocks += [Paragraph(text) for text in (_greys(view, measured), _clashes(view), _evidence(view)) if text]
    ids = [id_ for id_ in figure_ids(view.study) if id_ in {f"{GOAL_PREFIX}{p.goal.id}" for p in measured}][:1]
    ids += [id_ for id_ in figure_ids(view.study) if id_ == "penetration-by-sector"]
    figures = [FigureBlock(figure_of(view, id_)) for id_ in ids]
    rest = [goal_grid(view, "others" if measured else "others_only", _BARE, others)] if others else []
    return [*blocks, *figures[:1], *rest, *figures[1:]]  # a table that may break over pages between figures that may not


def is_measured(progress: GoalProgress) -> bool:
    """Whether a goal has a value from the answers; reported figures are none."""
    return progress.measure is not None and progress.latest is not None and bool(progress.latest.wave)


def goal_grid(view: View, title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> GridBlock:
    """Return a grid of goals; the note explains the star of unconfirmed wordings where there is one."""
    texts = view.texts
    verify = texts("brief.goals.verify") if any(row[0].endswith(_STAR) for row in rows) else ""
    names = tuple(texts(f"brief.goals.{column}") for column in columns)
    return GridBlock(texts(f"brief.goals.{title}"), names, tuple(rows), verify, annex=columns is _BARE)


def latest_cell(view: View, progress: GoalProgress) -> Cell | None:
    """Return the newest observation of a goal as released, or None when there is none."""
    if not is_measured(progress):
        return None
    return observed_table(view, progress, progress.measure).rows[-1].cells[0]


def _row(view: View, progress: GoalProgress) -> tuple[str, ...]:
    """Return the row of a measured goal; of hidden waves neither gap, pace nor probability, for each gives the value back."""
    texts, goal, cell = view.texts, progress.goal, latest_cell(view, progress)
    shown = is_released(view, progress)
    light = progress.light if shown else Light.CANNOT_TELL
    return (
        _words(view, goal),
        goal.document,
        wording.target_text(texts, goal),
        wording.cell_words(texts, cell) if cell is not None else ABSENT_SIGN,
        _gap(view, progress, cell) if shown else ABSENT_SIGN,
        _pace(view, progress) if shown else ABSENT_SIGN,
        _light(view, progress, light),
    )


def part_row(view: View, progress: GoalProgress) -> tuple[str, ...]:
    """Return the row of a goal held against some of the firms: where they stand, without a verdict."""
    texts, cell = view.texts, latest_cell(view, progress)
    value = wording.cell_words(texts, cell) if cell is not None else ABSENT_SIGN
    return _words(view, progress.goal), progress.goal.document, wording.target_text(texts, progress.goal), value


def _words(view: View, goal: Goal) -> str:
    return view.texts.of(goal.words) + (_STAR if goal.verify else "")


def _gap(view: View, progress: GoalProgress, cell: Cell | None) -> str:
    """Return how far a released value is from its goal and the firms a quarter that takes; — where nothing is missing."""
    texts, goal, pace = view.texts, progress.goal, progress.pace
    if cell is None or cell.value is None or cell.low is None or goal.value is None:
        return ABSENT_SIGN
    gap = goal.short_by(cell.value)
    if gap <= 0:
        return ABSENT_SIGN
    words = wording.points(texts, gap)
    if pace is None or not pace.per_quarter:
        return words
    return texts("brief.goals.gap_firms", gap=words, firms=number(max(1.0, pace.per_quarter), "count"))


def _pace(view: View, progress: GoalProgress) -> str:
    """Return how fast it goes against how fast it would have to; — where one wave gives no pace."""
    pace, texts = progress.pace, view.texts
    if pace is None or pace.ratio is None or pace.band is None or pace.observed is None or pace.required is None:
        return ABSENT_SIGN
    told = {"observed": wording.plain(pace.observed), "required": wording.plain(pace.required)}
    return texts("brief.goals.pace_words", band=texts(f"pace.band.{pace.band.value}"), ratio=fixed(pace.ratio, 2), **told)


def _light(view: View, progress: GoalProgress, light: Light) -> str:
    texts = view.texts
    word = f"{wording.LIGHT_SIGNS[light]} {texts(f'term.light.{light.value}')}"
    if light is Light.CANNOT_TELL or progress.probability is None:
        return word
    return texts("brief.goals.light_chance", light=word, chance=wording.goal_chance(progress.probability))


def _bare_row(view: View, progress: GoalProgress) -> tuple[str, ...]:
    goal = progress.goal
    return _words(view, goal), goal.document, wording.target_text(view.texts, goal), _standing(view, progress)


def _standing(view: View, progress: GoalProgress) -> str:
    """Return what is known of a goal that no answers measure: a reported figure, evidence, or why nothing can be said."""
    texts, goal = view.texts, progress.goal
    reported = reported_of(view, goal)
    if reported and reported[0].value is not None:
        newest = reported[0]
        amount = wording.amount(texts, reported[0].value, goal.unit) if is_counted(goal) else percent(reported[0].value)
        told = {"date": wording.date_text(texts, newest.date), "source": newest.source or texts("wall.evidence.not_noted")}
        return texts("brief.goals.reported", value=amount, **told)
    proof = proof_of(view, goal.id)
    if proof is not None and proof.state is not ProofState.UNKNOWN:
        return texts("brief.goals.proof", state=texts(f"wall.state.{proof.state.value}"), document=proof.document or ABSENT_SIGN)
    return wording.light_reason(texts, progress)


def _greys(view: View, measured: list[GoalProgress]) -> str:
    """Say of every measured goal that cannot be judged why not, goals with the same reason together."""
    texts = view.texts
    why: dict[str, list[str]] = {}
    for progress in measured:
        shown = is_released(view, progress)
        if shown and progress.light is not Light.CANNOT_TELL:
            continue
        reason = wording.light_reason(texts, progress) if shown else texts("brief.goals.hidden")
        why.setdefault(reason, []).append(texts("brief.goals.quoted", goal=texts.of(progress.goal.words)))
    said = [texts("brief.goals.grey", goals=wording.joined(texts, names), reason=reason) for reason, names in why.items()]
    return wording.full_stop(texts, texts("wording.clause_separator").join(said)) if said else ""


def _clashes(view: View) -> str:
    """Say which goals of the book do not go together: the first ones in words, the others by number."""
    texts, found = view.texts, conflicts_of(view)
    if not found:
        return ""
    said = texts("wording.clause_separator").join(clash_sentence(view, book_of(view), one) for one in found[:MOST])
    key = "brief.goals.clashes_more" if len(found) > MOST else "brief.goals.clashes"
    return texts(key, n=len(found), said=said, rest=len(found) - MOST)


def _evidence(view: View) -> str:
    """Count what is done, under way and not begun of actions, items, supports and goals without a number; "" while nothing is."""
    book = book_of(view)
    ids = [entry.id for entry in book.checklist if entry.group != "action"]
    ids += [goal.id for goal in book.goals if goal.kind is GoalKind.MILESTONE or goal.value is None]
    proofs = (proof_of(view, id_) for id_ in ids)
    found = Counter((proof.state if proof is not None else ProofState.UNKNOWN).value for proof in proofs)
    if found[ProofState.UNKNOWN.value] == len(ids):
        return ""
    return view.texts("brief.goals.evidence", n=len(ids), **{state.value: found[state.value] for state in ProofState})
