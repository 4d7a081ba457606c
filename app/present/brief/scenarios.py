"""情景: the scenarios that were saved, beside where we are, with all that they assume; never called a forecast."""

from __future__ import annotations

from app.analysis.progress.scenario import outcomes, scenarios_in_force
from app.domain.brief import Block, FigureBlock, GridBlock, Paragraph
from app.domain.goals import GoalProgress
from app.domain.scenario import Outcome
from app.present.figures.scenarios import make_scenarios, scenarios_title
from app.present.pages.scenarios import book_of
from app.present.scenario_words import lever_words, outcome_assumptions, refusal_words
from app.present.view import View


def scenarios(view: View) -> list[Block]:
    """Return the saved scenarios by goal; nothing while there are none."""
    held = scenarios_in_force(view.study.targets.scenarios)
    if not held:
        return []
    blocks: list[Block] = [Paragraph(view.texts("brief.scenarios.intro"))]
    book = book_of(view.study)
    known = {progress.goal.id: progress for progress in view.study.progress}
    for goal in dict.fromkeys(each.goal for each in held):
        told = outcomes(view.study, book, goal, tuple(each for each in held if each.goal == goal))
        blocks += _of_goal(view, known.get(goal), told)
    return blocks


def _of_goal(view: View, progress: GoalProgress | None, told: tuple[Outcome, ...]) -> list[Block]:
    texts = view.texts
    sound = [each for each in told if each.after is not None]
    blocks: list[Block] = [
        Paragraph(view.texts("brief.scenarios.finding", finding=scenarios_title(view, each))) for each in sound
    ]
    if progress is not None and sound:
        blocks.append(FigureBlock(make_scenarios(view, progress, told)))
    columns = tuple(texts(f"brief.scenarios.{name}") for name in ("name", "levers", "note"))
    rows = [_row(view, each) for each in told]
    blocks.append(GridBlock(texts("brief.scenarios.table"), columns, tuple(rows), texts("scenario.warning")))
    if sound:
        assumed = tuple(line for each in sound for line in _assumed(view, each))
        columns = (texts("brief.scenarios.name"), texts("brief.scenarios.assumption"))
        blocks.append(GridBlock(texts("brief.scenarios.assumptions"), columns, assumed, annex=True))
    return blocks


def _assumed(view: View, outcome: Outcome) -> list[tuple[str, ...]]:
    """Return all that a scenario assumes, a row an assumption; its name stands in the first."""
    sentences = outcome_assumptions(view, outcome)
    return [(outcome.scenario.name if place == 0 else "", sentence) for place, sentence in enumerate(sentences)]


def _row(view: View, outcome: Outcome) -> tuple[str, ...]:
    said = view.texts("scenario.and").join(lever_words(view, lever) for lever in outcome.scenario.levers)
    note = refusal_words(view, outcome) if outcome.reason else outcome.scenario.note
    return outcome.scenario.name, said, note
