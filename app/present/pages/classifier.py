"""分类器: what was learnt from on-site assessments, beside its baselines, and how wrong it may be."""

from __future__ import annotations

from app.domain.assessment import ClassifierReport
from app.domain.learning import LabelsFrom
from app.domain.numbers import HIDDEN_SIGN, number, percent
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.figures.classifier import CALIBRATION, CONFUSION, classifier_figures, make_calibration, make_confusion
from app.present.model_card import model_card
from app.present.pages.classifier_tables import (
    chosen_score,
    conformal_part,
    drift_part,
    feature_label,
    group_part,
    level_part,
    model_part,
    model_word,
    split_counts,
    two,
    worded,
)
from app.present.pages.classifier_values import ClassifierPage
from app.present.pages.common import chips, needs_assessment, needs_responses, synthetic
from app.present.pages.values import Chip, Empty, Fact, Head, NextStep
from app.present.view import ALL, View

_BASELINES = ("majority", "rubric")
_LEAK, _LEFT_OUT = "learn.warning.leak", "learn.warning.left_out"


def classifier_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> ClassifierPage:
    """Return the report of the chosen wave's classifier in words, tables and figures; an empty page says why there is none."""
    view = View(study, resources, texts, Selection(wave=selection.wave))
    if view.assessment is None:
        return ClassifierPage(_nothing_learnt(view) if study.responses is not None else needs_responses(view))
    report = view.assessment.classifier
    if report is None or report.labels_from is LabelsFrom.NONE:
        return ClassifierPage(_nothing_learnt(view))
    if report.refusal and not report.scores:
        return ClassifierPage(_refused(view, report))
    made = classifier_figures(report)
    return ClassifierPage(
        head=_head(view, report),
        facts=_facts(view, report),
        warnings=_warnings(view, report),
        models=model_part(view, report),
        choice=_choice(texts, report),
        levels=level_part(view, report),
        calibration=make_calibration(view, report) if CALIBRATION in made else None,
        confusion=make_confusion(view, report) if CONFUSION in made else None,
        conformal=conformal_part(view, report),
        groups=group_part(view, report),
        drift=drift_part(view, report),
        card=model_card(view, report),
        exports=not report.refusal and report.model not in _BASELINES,
    )


def _chips(view: View) -> tuple[Chip, ...]:
    return chips(view, ("wave",)) if len(view.study.waves) > 1 else ()


def _nothing_learnt(view: View) -> Head:
    """Say that the rubric is the answer until somebody has looked, that what was seen has yet to be worked in, or that none of it
    could be: its firms are unknown, or its assessors disagree."""
    texts, wave = view.texts, view.wave.id if view.wave is not None else ""
    waiting = sum(label.wave == wave for label in view.study.judgements.labels)
    if view.assessment is None and not waiting:
        return needs_assessment(view)
    key, step = ("none", "study.visits")
    if waiting:
        key, step = ("unread", "study.assess") if view.assessment is None else ("unsettled", "study.labels")
    why = texts(f"page.classifier.empty_{key}", n=number(waiting, "count"))
    next_step = NextStep(step, texts(f"page.classifier.step_{key}"))
    headline = texts(f"page.classifier.empty_{key}_headline", n=number(waiting, "count"))
    return Head(headline, "", _chips(view), (), synthetic(view), Empty(why, next_step))


def _refused(view: View, report: ClassifierReport) -> Head:
    """Say why nothing could be tried, and what would change it."""
    texts = view.texts
    reason = worded(texts, report.refusal or "")
    why = texts("page.classifier.empty_refused", reason=reason, n=number(report.n_train, "count"))
    step = NextStep("study.visits", texts("page.classifier.step_none"))
    return Head(texts("page.classifier.empty_refused_headline"), "", _chips(view), (), synthetic(view), Empty(why, step))


def _head(view: View, report: ClassifierReport) -> Head:
    texts = view.texts
    source = texts(f"page.classifier.from_{report.labels_from.value}")
    counts = {"n": number(report.n_train, "count"), "folds": report.folds, "repeats": max(1, report.repeats)}
    date = wording.date_text(texts, view.wave.date) if view.wave is not None else ""
    line = texts("page.classifier.measure", source=source, date=date, **counts)
    notes = tuple(texts(f"page.classifier.note_{name}") for name in ("learn", "test", "use"))
    return Head(_finding(view, report), line, _chips(view), notes, synthetic(view))


def _finding(view: View, report: ClassifierReport) -> str:
    """Return the headline: refused and why, a baseline that was not beaten, or how far the model and assessors agree."""
    texts = view.texts
    if report.refusal:
        return texts("page.classifier.headline_refused", reason=worded(texts, report.refusal))
    model, baseline = chosen_score(report), chosen_score(report, report.baseline)
    who = texts(f"page.classifier.with_{report.labels_from.value}")
    kappa = model.kappa if model is not None else report.kappa
    if report.model in _BASELINES:
        return texts("page.classifier.headline_baseline", name=model_word(texts, report.model), kappa=two(kappa), who=who)
    if kappa is None:
        return texts("page.classifier.headline_plain", n=number(report.n_train, "count"))
    base = baseline.kappa if baseline is not None else None
    name = model_word(texts, report.baseline)
    if base is None:
        return texts("page.classifier.headline_alone", who=who, kappa=two(kappa))
    key = "better" if kappa > base else "not_better"
    return texts(f"page.classifier.headline_{key}", who=who, kappa=two(kappa), name=name, base=two(base))


def _facts(view: View, report: ClassifierReport) -> tuple[Fact, ...]:
    texts, score = view.texts, chosen_score(report)
    facts = [("firms", number(report.n_train, "count"))]
    if score is not None and score.kappa is not None:
        facts.append(("kappa", two(score.kappa)))
    if report.conformal is not None and not report.refusal:
        facts.append(("unsure", percent(1.0 - report.conformal.single)))
    blank = report.n_predicted + report.n_abstained
    if blank and not report.refusal:
        filled, left = split_counts(blank, report.n_predicted)
        facts += [("blank", number(blank, "count"))] if HIDDEN_SIGN in (filled, left) else [("filled", filled), ("left", left)]
    return tuple(Fact(texts(f"page.classifier.fact_{name}"), text) for name, text in facts)


def _warnings(view: View, report: ClassifierReport) -> tuple[str, ...]:
    """Return what to know first: what gives the level away, what was left out, and what else the learning noticed."""
    texts = view.texts
    said = [
        texts("page.classifier.leak", feature=feature_label(view, leak.feature), score=two(leak.score)) for leak in report.leaks
    ]
    if report.left_out:
        levels = wording.joined(texts, [view.level_label(code) for code in report.left_out])
        said.append(texts("page.classifier.left_out", levels=levels))
    told = {_LEAK: bool(report.leaks), _LEFT_OUT: bool(report.left_out)}  # told above, with their names
    said += [worded(texts, key) for key in report.warnings if not told.get(key)]
    return tuple(wording.full_stop(texts, sentence) for sentence in said)


def _choice(texts: Texts, report: ClassifierReport) -> str:
    """Say in one sentence why this model was taken: the simplest within one standard error of the best."""
    tried = [score for score in report.scores if score.rps is not None]
    chosen = chosen_score(report)
    if report.refusal or chosen is None or chosen.rps is None or not tried:
        return ""
    best = min(tried, key=lambda score: score.rps or 0.0)
    words = {
        "best": model_word(texts, best.model),
        "rps": two(best.rps, 3),
        "error": two(best.rps_error, 3),
        "name": model_word(texts, chosen.model),
        "own": two(chosen.rps, 3),
    }
    return texts(f"page.classifier.choice_{'best' if best.model == chosen.model else 'simpler'}", **words)
