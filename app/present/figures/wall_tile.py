"""One tile of the goal wall in words: where the goal stands, what follows from it, and what each number opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.analysis.disclosure import hide
from app.domain.goals import Goal, GoalKind, GoalProgress, Light
from app.domain.numbers import interval, number, percent
from app.domain.release import Cell, CellStatus, Row
from app.domain.wall import Bullet, Part, Tile
from app.present import wording
from app.present.figures.goal_values import firms_words, is_counted, points_words, ratio_words
from app.present.figures.ranked import observation_cell
from app.present.goal_standing import filters_of, proof_of
from app.present.marks import goal_id, progress_id
from app.present.view import View

SIGNS = {">=": "≥", "<=": "≤", "=": ""}


Hidden = Mapping[tuple[str, str], frozenset[str]]
"""The sectors that the table of a measure in a wave hides, by measure and wave."""


def measured_cell(view: View, progress: GoalProgress, hidden: Hidden) -> Cell | None:
    """Return the newest value from the answers as released, or None where there is none.

    Hidden, too, where it would give back a sector that the table by sector hides.
    """
    latest, measure = progress.latest, progress.measure
    if measure is None or latest is None or not latest.wave:
        return None
    cell = observation_cell(latest, progress_id(progress.goal.id, "value", filters_of(view)))
    if sectors_of(view, progress) & hidden.get((measure.id, latest.wave), frozenset()):
        cell = hide(cell)
    return view.door.release("tile", ("",), [Row("", "", (cell,))]).rows[0].cells[0]


def sectors_of(view: View, progress: GoalProgress) -> set[str]:
    """Return the sectors a goal's value is of, none where it is of all."""
    return set(progress.goal.sections) | ({view.selection.sector} if view.selection.sector else set())


def tile_of(view: View, progress: GoalProgress, cell: Cell | None, horizon: int) -> Tile:
    """Return the tile of a goal; `cell` is its value from the answers as released."""
    if cell is not None:
        return _measured(view, progress, cell, horizon)
    if is_counted(progress.goal):
        return _reported(view, progress, horizon)
    if progress.goal.kind is GoalKind.MILESTONE or progress.goal.value is None:
        return _proved(view, progress, horizon)
    return _unmeasured(view, progress, horizon)


def _bare(view: View, progress: GoalProgress, horizon: int, sign: str, value: Part) -> Tile:
    """Return what all tiles share."""
    texts, goal, filters = view.texts, progress.goal, filters_of(view)
    words = texts.of(goal.words)
    document = Part(goal.document, progress_id(goal.id, "document", filters), texts("wall.say.document", document=goal.document))
    return Tile(
        goal=goal.id,
        layer=goal.layer.value,
        horizon=horizon,
        sign=sign,
        head=Part("", goal_id(goal.id, filters), words),
        wording=Part(words, goal_id(goal.id, filters), texts("wall.say.wording", words=words)),
        document=document,
        target=Part(""),
        value=value,
        badges=_badges(view, progress),
    )


def _badges(view: View, progress: GoalProgress) -> tuple[Part, ...]:
    texts, goal = view.texts, progress.goal
    mark = progress_id(goal.id, "document", filters_of(view))
    found = []
    if progress.measure is not None and progress.measure.proxy and progress.latest is not None:
        words = texts.of(goal.proxy) or texts("wording.caution.proxy")
        found.append(Part(texts("page.goals.badge_proxy"), mark, words))
    if goal.verify:
        found.append(Part(texts("wall.verify"), mark, texts("figure.goal.verify")))
    return tuple(found)


def _target(view: View, goal: Goal) -> str:
    return view.texts("wall.target", target=wording.target_text(view.texts, goal))


def _short_target(view: View, goal: Goal, horizon: int, mark: str) -> Part:
    """Return the target as a sign and a number; its year only where the column does not say it."""
    texts = view.texts
    if goal.value is None:
        return Part("")
    amount = wording.amount(texts, goal.value, goal.unit) if is_counted(goal) else percent(goal.value)
    key = "wall.target_short" if goal.year == horizon else "wall.target_short_year"
    return Part(texts(key, sign=SIGNS.get(goal.operator, goal.operator), value=amount, year=goal.year), mark, _target(view, goal))


def _measured(view: View, progress: GoalProgress, cell: Cell, horizon: int) -> Tile:
    texts, goal, filters = view.texts, progress.goal, filters_of(view)
    hidden, words = cell.status is CellStatus.HIDDEN, texts.of(goal.words)
    light = Light.CANNOT_TELL if hidden else progress.light
    word = texts(f"term.light.{light.value}")
    shown = "‡" if hidden else percent(cell.value or 0.0)
    said = texts("wall.say.value", words=words, value=wording.cell_words(texts, cell))
    bare = _bare(view, progress, horizon, light.value, Part(shown, progress_id(goal.id, "value", filters), said))
    reason = texts("brief.goals.hidden") if hidden else wording.light_reason(texts, progress)
    shown_reason = reason if hidden else wording.light_reason(texts, progress, brief=True)
    n = texts("wall.n", n=number(cell.n, "count")) if cell.n is not None else ""
    bounds = texts("wall.bounds", interval=interval(cell.low, cell.high, "fraction")) if cell.low is not None else ""
    small = "†" if cell.status is CellStatus.SMALL else ""
    return Tile(
        goal=bare.goal,
        layer=bare.layer,
        horizon=horizon,
        sign=light.value,
        head=Part(word, progress_id(goal.id, "light", filters), texts("wall.say.light", words=words, light=word, reason=reason)),
        wording=bare.wording,
        document=bare.document,
        target=Part(_target(view, goal), bare.document.evidence, _target(view, goal)),
        value=bare.value,
        bounds=Part(texts("wall.separator").join(part for part in (f"{bounds}{small}", n) if part), bare.value.evidence, said)
        if bounds or n
        else Part(""),
        numbers=() if hidden else numbers(view, progress, cell),
        reason=shown_reason if light is Light.CANNOT_TELL else "",
        badges=bare.badges,
        bullet=None if hidden else _bullet(view, progress, cell),
        measured=True,
    )


def _bullet(view: View, progress: GoalProgress, cell: Cell) -> Bullet | None:
    goal = progress.goal
    if cell.value is None or goal.value is None:
        return None
    sentence = view.texts(
        "wall.say.bullet", value=wording.cell_words(view.texts, cell), target=wording.target_text(view.texts, goal)
    )
    mark = progress_id(goal.id, "fan" if progress.fan else "value", filters_of(view))
    return Bullet(cell.value, cell.low, cell.high, goal.value, mark, sentence)


def numbers(view: View, progress: GoalProgress, cell: Cell) -> tuple[Part, ...]:
    """Return what follows from a released value: gap, firms a quarter, probability, ratio of the paces.

    Of volunteers and hidden waves nothing follows: each of these would give the value back, or say more than is known.
    """
    if cell.value is None or cell.low is None or any(seen.n < 5 for seen in progress.observations):
        return ()
    texts, goal = view.texts, progress.goal
    found = {name: value for name, value in _values(view, progress, cell).items() if value}

    def part(name: str) -> Part:
        label = texts(f"wall.number.{name}")
        return Part(
            found[name], progress_id(goal.id, name, filters_of(view)), texts(f"wall.say.{name}", value=found[name]), label
        )

    return tuple(part(name) for name in found)


def _values(view: View, progress: GoalProgress, cell: Cell) -> dict[str, str]:
    """Return every number in words, in the order in which they are shown; "" where it cannot be said."""
    texts, goal, pace = view.texts, progress.goal, progress.pace
    short = goal.short_by(cell.value) if cell.value is not None else 0.0
    open_ = short > 0
    quarter = pace.per_quarter if pace is not None else None
    return {
        "gap": points_words(texts, short * 100) if open_ else "",
        "per_quarter": firms_words(texts, max(quarter, 1)) if open_ and quarter is not None else "",
        "probability": wording.goal_chance(progress.probability) if progress.probability is not None else "",
        "ratio": ratio_words(texts, pace) if open_ else "",
    }


def _reported(view: View, progress: GoalProgress, horizon: int) -> Tile:
    """Return the tile of a goal that counts things: what was reported against the target."""
    texts, goal, latest = view.texts, progress.goal, progress.latest
    mark = progress_id(goal.id, "reported")
    target = _short_target(view, goal, horizon, mark)
    if latest is None:
        value = Part(texts("wall.unreported"), mark, texts("wall.say.unreported"))
        return _with_target(_bare(view, progress, horizon, "unknown", value), target)
    amount = wording.amount(texts, latest.value, goal.unit)
    share = texts("wall.of_target", share=percent(latest.value / goal.value)) if goal.value else ""
    value = Part(texts("wall.reported", value=amount, share=share), mark, texts("wall.say.reported", value=amount))
    return _with_target(_bare(view, progress, horizon, progress.light.value, value), target)


def _proved(view: View, progress: GoalProgress, horizon: int) -> Tile:
    """Return the tile of a goal without a number: what the evidence shows."""
    texts, proof = view.texts, proof_of(view, progress.goal.id)
    state = proof.state.value if proof is not None else "unknown"
    mark = progress_id(progress.goal.id, "proof")
    if proof is None:
        return _bare(view, progress, horizon, state, Part(texts("wall.no_proof"), mark, texts("wall.say.no_proof")))
    said = texts("wall.proof", state=texts(f"wall.state.{state}"), when=wording.date_text(texts, proof.when))
    return _bare(view, progress, horizon, state, Part(said, mark, texts("wall.say.proof", state=said)))


def _unmeasured(view: View, progress: GoalProgress, horizon: int) -> Tile:
    """Return the tile of a share that this survey does not measure."""
    texts, goal = view.texts, progress.goal
    reason = wording.light_reason(texts, progress)
    short = f"wall.why.{progress.reason.removeprefix('light.reason.')}"
    words = texts(short) if short in texts.entries else reason
    value = Part(words, progress_id(goal.id, "light", filters_of(view)), reason)
    target = _short_target(view, goal, horizon, value.evidence)
    return _with_target(_bare(view, progress, horizon, progress.light.value, value), target)


def _with_target(tile: Tile, target: Part) -> Tile:
    return replace(tile, target=target)
