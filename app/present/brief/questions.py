"""领导问答: what a leader is likely to ask, each answered from the study in a sentence or two, or with why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.brief import Block, Heading, Paragraph
from app.domain.goals import GoalProgress
from app.domain.numbers import percent
from app.present import wording
from app.present.brief.advice import weakest
from app.present.brief.goals import is_measured, latest_cell
from app.present.brief.quality import collected_sentence, levels_sentence
from app.present.brief.summary import change_sentence, goals_sentence, levels_sentence_of, sample_paragraph
from app.present.figures.ranked import ranking_finding
from app.present.goal_released import is_released
from app.present.tables import ranked, reach_table
from app.present.view import View


def questions(view: View) -> list[Block]:
    """Return question after question as a small heading with its answer; those that nothing in the study answers say why."""
    texts = view.texts
    blocks: list[Block] = [Paragraph(texts("brief.questions.intro"))]
    for key, answer in _ASKED:
        said = [text for text in answer(view) if text]
        blocks += [
            Heading(texts(f"brief.questions.{key}"), 2),
            *(Paragraph(text) for text in said or [texts("brief.questions.none")]),
        ]
    return blocks


def _sample(view: View) -> Sequence[str]:
    return (sample_paragraph(view), *([collected_sentence(view, view.wave)] if view.wave is not None else []))


def _levels(view: View) -> Sequence[str]:
    return (levels_sentence_of(view), levels_sentence(view)) if view.assessment is not None else (_unassessed(view),)


def _sectors(view: View) -> Sequence[str]:
    if view.assessment is None:
        return (_unassessed(view),)
    finding = ranking_finding(view, ranked(reach_table(view)))
    return (wording.full_stop(view.texts, view.texts("figure.ranked.levels", level="L2", finding=finding)),)


def _change(view: View) -> Sequence[str]:
    return (change_sentence(view),)


def _goals(view: View) -> Sequence[str]:
    measured = [progress for progress in view.study.progress if is_measured(progress)]
    return (goals_sentence(view), *(_goal(view, progress) for progress in measured[:3]))


def _goal(view: View, progress: GoalProgress) -> str:
    """Say of one goal where it stands and how likely it is, or why that cannot be told."""
    texts, cell = view.texts, latest_cell(view, progress)
    told = {
        "goal": texts.of(progress.goal.words),
        "target": wording.target_text(texts, progress.goal),
        "value": wording.cell_words(texts, cell) if cell is not None else texts("wording.no_value"),
    }
    if progress.probability is None or not is_released(view, progress):
        return texts("brief.questions.goal_untold", reason=wording.light_reason(texts, progress), **told)
    light = texts(f"term.light.{progress.light.value}")
    return texts("brief.questions.goal", light=light, chance=wording.goal_chance(progress.probability), **told)


def _weak(view: View) -> Sequence[str]:
    groups = weakest(view) if view.assessment is not None else []
    if not groups:
        return ()
    pillar, entries = groups[0]
    names = wording.joined(view.texts, [sector for sector, _ in entries])
    return (view.texts("brief.questions.weak_answer", pillar=view.pillar_label(pillar), n=len(entries), sectors=names),)


def _trust(view: View) -> Sequence[str]:
    """Say how far numbers may be relied on: how the firms came to answer and how sure the model of levels is."""
    report = view.assessment.classifier if view.assessment is not None else None
    said = [view.texts("brief.questions.trust_interval")] if view.assessment is not None else []
    if report is not None and report.accuracy is not None and report.baseline_accuracy is not None:
        shares = {"accuracy": percent(report.accuracy), "baseline": percent(report.baseline_accuracy)}
        said.append(view.texts("brief.questions.trust_model", **shares))
    return said


def _hidden(view: View) -> Sequence[str]:
    return (view.texts("brief.questions.hidden_answer"),)


def _unassessed(view: View) -> str:
    return view.texts("brief.summary.no_assessment")


_ASKED: tuple[tuple[str, Callable[[View], Sequence[str]]], ...] = (
    ("sample", _sample),
    ("levels", _levels),
    ("sectors", _sectors),
    ("change", _change),
    ("goals", _goals),
    ("weak", _weak),
    ("trust", _trust),
    ("hidden", _hidden),
)
