"""What a goal's document says, who entered it, and where it clashes with goals of other layers."""

from __future__ import annotations

from app.analysis.progress.book import history
from app.domain.goals import Goal, GoalProgress
from app.present import wording
from app.present.goal_standing import book_of, clash_sentence, conflicts_of
from app.present.pages.goal_values import Particular
from app.present.view import View

_WIDE = ("words", "definition", "measure", "source")


def document_line(view: View, goal: Goal) -> str:
    """Return what the goal says, whose it is, by which document, where in it, since when and where it holds."""
    texts = view.texts
    words = texts("page.goal.quoted", words=texts.of(goal.words))
    parts = [words, texts(f"term.layer.{goal.layer.value}"), goal.document, goal.paragraph, goal.issued, texts.of(goal.scope)]
    return texts("gui.separator").join(part for part in parts if part)


def particulars_of(view: View, progress: GoalProgress) -> tuple[Particular, ...]:
    """Return everything the goal book holds about a goal; what is not known says that it is not."""
    texts, goal = view.texts, progress.goal
    definition = texts.of(goal.definition)
    sections = wording.joined(texts, [view.sector_label(letter) for letter in goal.sections])
    rows = [
        ("words", texts("page.goal.quoted", words=texts.of(goal.words)), ""),
        ("layer", texts(f"term.layer.{goal.layer.value}"), ""),
        ("document", goal.document, texts("figure.goal.verify") if goal.verify else ""),
        ("paragraph", goal.paragraph or texts("page.goal.not_noted"), ""),
        ("issued", wording.date_text(texts, goal.issued), ""),
        ("scope", texts.of(goal.scope), sections),
        ("quantified", wording.target_text(texts, goal), texts(f"page.goal.kind_words.{goal.kind.value}")),
        ("definition", definition or texts("page.goal.no_definition"), ""),
        (
            "measure",
            _measure(view, progress),
            _proxy(view, progress),
        ),
        ("path", texts(f"page.goal.path.{goal.path}"), ""),
        ("entered", entered(view, goal.id), ""),
        ("source", wording.source_text(texts, goal.source), ""),
    ]
    return tuple(Particular(texts(f"page.goal.about.{name}"), text, note, name in _WIDE) for name, text, note in rows)


def entered(view: View, id_: str) -> str:
    """Say who entered the goal as it stands: the program, a file of a layer, or somebody by hand."""
    texts = view.texts
    edits = history(view.resources.goal_book, view.study.targets, id_)
    last = edits[-1] if edits else None
    if last is None or not last.who:
        return texts("page.goal.by_program", version=view.resources.goal_book.version)
    key = "entered_file" if last.origin else "entered_by"
    return texts(f"page.goal.{key}", who=last.who, when=wording.date_text(texts, last.when), file=last.origin)


def conflict_lines(view: View, id_: str) -> tuple[str, ...]:
    """Return where goal `id_` does not go together with another, a sentence each."""
    found = [each for each in conflicts_of(view) if id_ in (each.upper, each.lower)]
    return tuple(wording.full_stop(view.texts, clash_sentence(view, book_of(view), each)) for each in found)


def _measure(view: View, progress: GoalProgress) -> str:
    texts, measure = view.texts, progress.measure
    if measure is None:
        return texts("page.goal.no_measure")
    version = texts("page.goal.version", version=measure.version) if measure.version else ""
    return f"{texts.of(measure.words)}{version}"


def _proxy(view: View, progress: GoalProgress) -> str:
    """Return what stands in for the goal's rate and why, "" where nothing does."""
    words = wording.full_stop(view.texts, view.texts.of(progress.goal.proxy))
    return view.texts("wording.caution.proxy_words", words=words) if words and progress.measure is not None else ""
