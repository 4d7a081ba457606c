"""目标库: every goal with where it came from, what it asks and by which measure; and which goals do not go together."""

from __future__ import annotations

from app.domain.goals import Goal, GoalBook, GoalKind, Layer
from app.domain.progress import Conflict
from app.present import wording
from app.present.goal_standing import book_of, clash_sentence, conflicts_of
from app.present.pages.goals_values import BookView, Clash
from app.present.pages.values import Column, PageTable
from app.present.view import View

COLUMNS = (
    ("goal", "prose"),
    ("layer", "text"),
    ("target", "text"),
    ("measure", "text"),
    ("document", "text"),
    ("origin", "text"),
)


def goal_book(view: View) -> BookView:
    """Return the goal book in force."""
    texts, book = view.texts, book_of(view)
    clashes = tuple(_clash(view, book, found) for found in conflicts_of(view))
    numbered = sum(goal.value is not None for goal in book.goals)
    measured = sum(bool(goal.measure) for goal in book.goals)
    said = {"n": len(book.goals), "numbered": numbered, "measured": measured, "clashes": len(clashes)}
    headline = texts("wall.book.headline_clash" if clashes else "wall.book.headline", **said)
    held = {goal.layer for goal in book.goals}
    layers = tuple((layer.value, texts(f"term.layer.{layer.value}")) for layer in Layer if layer in held)
    return BookView(headline, _table(view, book), clashes, layers, (texts("wall.book.note"), *_withdrawn(view, book)))


def _table(view: View, book: GoalBook) -> PageTable:
    layers = list(Layer)
    goals = sorted(book.goals, key=lambda goal: layers.index(goal.layer))
    columns = tuple(
        Column(key, view.texts(f"wall.book.{key}"), kind, optional=key in ("document", "origin")) for key, kind in COLUMNS
    )
    cells = [_cells(view, book, goal) for goal in goals]
    return PageTable(
        columns, tuple(zip(*cells, strict=True)) if cells else tuple(() for _ in columns), tuple(goal.id for goal in goals)
    )


def _cells(view: View, book: GoalBook, goal: Goal) -> tuple[str, ...]:
    texts = view.texts
    words = texts.of(goal.words)
    if goal.verify:
        words = texts("wall.book.with_badge", words=words, badge=texts("wall.verify"))
    return (
        words,
        texts(f"term.layer.{goal.layer.value}"),
        _target(view, goal),
        _measure(view, book, goal),
        goal.document,
        origin(view, goal),
    )


def _target(view: View, goal: Goal) -> str:
    """Return the target; a number that can not be true, and a text without one, say so."""
    texts = view.texts
    if goal.value is None:
        return texts("wall.book.words_only", year=goal.year)
    return wording.target_text(texts, goal) if is_possible(goal) else texts("wall.book.impossible", year=goal.year)


def is_possible(goal: Goal) -> bool:
    """Whether a goal's number can be true of what it counts: a share of 0 to 1, anything else 0 or more."""
    return goal.value is None or (0 <= goal.value <= 1 if goal.kind is GoalKind.RATE else 0 <= goal.value < float("inf"))


def _measure(view: View, book: GoalBook, goal: Goal) -> str:
    """Return by what a goal is measured: an official definition or none, a proxy or not."""
    texts = view.texts
    if goal.kind in (GoalKind.COUNT, GoalKind.AMOUNT):
        return texts("wall.book.by_report")
    if goal.value is None:
        return texts("wall.book.by_proof")
    measure = next((found for found in book.measures if found.id == goal.measure), None)
    if measure is None:
        return texts("wall.book.no_measure")
    key = "wall.book.defined" if texts.of(goal.definition) else "wall.book.by_proxy" if measure.proxy else "wall.book.by_measure"
    return texts(key, name=texts.of(measure.short) or texts.of(measure.words))


def origin(view: View, goal: Goal) -> str:
    """Return where a goal came from in a word: the program, a file, or whoever typed it in."""
    edit = next((edit for edit in reversed(view.study.targets.goals) if edit.id == goal.id), None)
    if edit is None:
        return view.texts("wall.book.program")
    return edit.origin or view.texts("wall.book.typed", who=edit.who or view.texts("wall.evidence.not_noted"))


def _clash(view: View, book: GoalBook, found: Conflict) -> Clash:
    return Clash(clash_sentence(view, book, found), *(_named(view, book.goal(id_)) for id_ in (found.upper, found.lower)))


def _named(view: View, goal: Goal) -> tuple[str, str]:
    return goal.id, view.texts(
        "wall.book.named", layer=view.texts(f"term.layer.{goal.layer.value}"), words=view.texts.of(goal.words)
    )


def _withdrawn(view: View, book: GoalBook) -> tuple[str, ...]:
    """Say which goals were taken out of the book in this study."""
    last = {edit.id: edit for edit in view.study.targets.goals}
    gone = [id_ for id_, edit in last.items() if edit.goal is None]
    known = {goal.id: view.texts.of(goal.words) for goal in view.resources.goal_book.goals}
    known |= {edit.id: view.texts.of(edit.goal.words) for edit in view.study.targets.goals if edit.goal is not None}
    names = [known.get(id_, id_) for id_ in gone if all(goal.id != id_ for goal in book.goals)]
    return (view.texts("wall.book.withdrawn", goals=wording.joined(view.texts, names)),) if names else ()
