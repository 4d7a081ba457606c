"""Printing progress toward the goals; small groups are hidden here as on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.session import Session
from app.cli.shapes_goals import goals_json
from app.domain.goals import GoalProgress
from app.domain.numbers import ABSENT_SIGN
from app.domain.study import Study

if TYPE_CHECKING:
    from app.present.view import View

_COLUMNS = ("goal", "target", "value", "light", "reason")


def show_goals(study: Study, session: Session) -> int:
    """Print each goal with its target, newest value, light and the reason for it."""
    from app.present.view import View

    if session.as_json:
        session.json(goals_json(View(study, session.resources, session.texts)))
        return 0
    view = View(study, session.resources, session.texts)
    header = [session.texts(f"cli.goals.{name}") for name in _COLUMNS]
    session.table(header, [_row(view, progress) for progress in study.progress])
    return 0


def _row(view: View, progress: GoalProgress) -> tuple[str, ...]:
    from app.present.brief.goals import latest_cell
    from app.present.figures.goal_values import value_words
    from app.present.goal_released import released
    from app.present.wording import cell_words, light_reason, target_text

    goal, texts, cell = progress.goal, view.texts, latest_cell(view, progress)
    told = released(view, progress)
    value = ABSENT_SIGN if cell is None else cell_words(texts, cell)
    if progress.latest is not None and not progress.latest.wave:  # reported: rests on no firm's answers
        value = value_words(texts, goal, progress.latest.value)
    return (
        texts.of(goal.words),
        ABSENT_SIGN if goal.value is None else target_text(texts, goal),
        value,
        texts(f"term.light.{told.light.value}"),
        light_reason(texts, told),
    )
