"""Where goals stand for whoever shows them: the book in force, progress under the filters, and what evidence says."""

from __future__ import annotations

from app.analysis.progress.book import conflicts, effective
from app.analysis.progress.narrow import progress_under
from app.domain.goals import Goal, GoalBook, GoalProgress
from app.domain.progress import Conflict
from app.domain.targets import Proof, Reported
from app.present import wording
from app.present.view import View

NARROWING = ("sector", "size", "township")  # fields of the selection that narrow the firms of the wall
Filters = tuple[tuple[str, str], ...]


def book_of(view: View) -> GoalBook:
    """Return the goal book with what the study changed, added or withdrew."""
    return effective(view.resources.goal_book, view.study.targets)


def filters_of(view: View) -> Filters:
    """Return the (field, value) filters that narrow the wall."""
    chosen = ((field, str(getattr(view.selection, field))) for field in NARROWING)
    return tuple((field, value) for field, value in chosen if value)


def view_words(view: View) -> str:
    """Return the filters in words: 制造业、小型."""
    return wording.joined(view.texts, [view.filter_value(field, value) for field, value in filters_of(view)])


def progress_of(view: View) -> tuple[GoalProgress, ...]:
    """Return the progress of every goal among the firms of the selection."""
    filters = filters_of(view)
    if not filters or not view.study.progress:
        return view.study.progress
    return progress_under(view.study, view.resources.goal_book, {field: (value,) for field, value in filters})


def conflicts_of(view: View) -> tuple[Conflict, ...]:
    """Return which goals of the book do not go together."""
    return conflicts(book_of(view))


def proof_of(view: View, id_: str) -> Proof | None:
    """Return the newest evidence about a checklist entry or a milestone, None where there never was any."""
    return next((proof for proof in reversed(view.study.targets.proofs) if proof.id == id_), None)


def proofs_of(view: View, id_: str) -> tuple[Proof, ...]:
    """Return everything ever recorded about an entry, newest first."""
    return tuple(proof for proof in reversed(view.study.targets.proofs) if proof.id == id_)


def reported_of(view: View, goal: Goal) -> tuple[Reported, ...]:
    """Return the figures reported for a goal that hold, newest day first: the last one of each day, unless it was taken back."""
    held = {entry.date: entry for entry in view.study.targets.reported if entry.goal == goal.id}
    return tuple(held[day] for day in sorted(held, reverse=True) if held[day].value is not None)


def clash_sentence(view: View, book: GoalBook, found: Conflict) -> str:
    """Return a conflict in a sentence: which goals, what each asks, and how they differ."""
    texts, upper, lower = view.texts, book.goal(found.upper), book.goal(found.lower)
    return texts(
        f"conflict.{found.kind}",
        upper_layer=texts(f"term.layer.{upper.layer.value}").lower(),  # within a sentence
        lower_layer=texts(f"term.layer.{lower.layer.value}").lower(),
        upper=wording.target_text(texts, upper),
        lower=wording.target_text(texts, lower),
        upper_document=upper.document,
        lower_document=lower.document,
        scope=texts.of(lower.scope),
    )
