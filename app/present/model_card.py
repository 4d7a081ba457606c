"""The model card: what a classifier is for, what it rests on, how wrong it may be and what it must not be used for.

Sections of plain text for the page and for the annex of a brief. After Mitchell, M. et al. (2019), "Model cards for model
reporting", FAT*, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.assessment import ClassifierReport
from app.domain.learning import LabelsFrom, ModelScore
from app.domain.numbers import number, percent
from app.present import wording
from app.present.pages.classifier_tables import chosen_score, feature_label, level_part, model_word, released_groups, two, worded
from app.present.pages.classifier_values import CardSection
from app.present.view import View

_FIELDS = ("size", "ownership", "township", "sector")
_NAMED = 12  # predictors named; the rest are counted
_MOVED = 5  # predictors that have moved most, named
_ERROR_SHOWN = 0.1
_UNSEEN = 0.01


def model_card(view: View, report: ClassifierReport) -> tuple[CardSection, ...]:
    """Return the card of a classifier that ran, section by section; nothing for one that did not."""
    score = chosen_score(report)
    if not report.scores or score is None:
        return ()
    made = (
        ("purpose", _purpose(view, report)),
        ("labels", _labels(view, report)),
        ("data", _data(view, report)),
        ("models", _models(view, report)),
        ("numbers", _numbers(view, report, score)),
        ("calibration", _calibration(view, score)),
        ("sets", _sets(view, report)),
        ("groups", _groups(view, report)),
        ("limits", _limits(view)),
        ("drift", _drift(view, report)),
        ("versions", _versions(view, report)),
    )
    texts = view.texts
    return tuple(
        CardSection(
            texts(f"card.title.{name}"), tuple(wording.full_stop(texts, wording.sentence_case(texts, line)) for line in lines)
        )
        for name, lines in made
    )


def _wave(view: View) -> str:
    return view.assessment.wave if view.assessment is not None else ""


def _purpose(view: View, report: ClassifierReport) -> Iterator[str]:
    texts = view.texts
    yield texts("card.purpose.use", wave=_wave(view))
    if report.refusal:
        yield texts("card.purpose.baseline", reason=worded(texts, report.refusal))
    else:
        abstained = number(report.n_abstained, "count")
        yield texts("card.purpose.fills", n=number(report.n_predicted, "count"), abstained=abstained)
    for warning in report.warnings:
        yield worded(texts, warning)


def _labels(view: View, report: ClassifierReport) -> Iterator[str]:
    texts, n = view.texts, number(report.n_train, "count")
    given = [label for label in view.study.judgements.labels if label.wave == _wave(view)]
    if report.labels_from is LabelsFrom.LADDER:
        yield texts("card.labels.ladder", n=n)
    elif given:
        days, people = sorted(label.when for label in given), len({label.who for label in given})
        yield texts("card.labels.assessors", n=n, people=number(people, "count"), first=days[0], last=days[-1])
    else:
        yield texts("card.labels.assessors_only", n=n)
    part = level_part(view, report)
    if part is not None and part.table is not None:  # after disclosure control; the last row is all firms together
        names, counts = (list(column)[:-1] for column in part.table.data)
        levels = [f"{name} {count}" for name, count in zip(names, counts, strict=True)]
        yield texts("card.labels.counts", levels=wording.joined(texts, levels))
    if report.left_out:
        yield texts("card.labels.left_out", levels=wording.joined(texts, [view.level_label(code) for code in report.left_out]))
    yield texts("card.labels.never")


def _data(view: View, report: ClassifierReport) -> Iterator[str]:
    texts = view.texts
    names = [feature_label(view, name) for name in report.predictors[:_NAMED]]
    more = ["…"] if len(report.predictors) > _NAMED else []
    yield texts("card.data.predictors", n=number(len(report.predictors), "count"), names=wording.joined(texts, names + more))
    if report.model == "ordinal":
        yield texts("card.data.plain")
    if report.model == "boosting":
        yield texts("card.data.boosting")
    yield texts("card.data.rare")


def _models(view: View, report: ClassifierReport) -> Iterator[str]:
    texts = view.texts
    for score in report.scores:
        name = model_word(texts, score.model)
        if score.refusal or score.rps is None:
            yield texts("card.models.refused", model=name, reason=worded(texts, score.refusal))
        else:
            numbers = {"kappa": two(score.kappa), "rps": two(score.rps, 3), "error": two(score.rps_error, 3)}
            shares = {"accuracy": percent(score.accuracy or 0.0), "adjacent": percent(score.adjacent or 0.0)}
            yield texts("card.models.tried", model=name, **numbers, **shares)
    yield texts("card.models.choice", model=model_word(texts, report.model))


def _numbers(view: View, report: ClassifierReport, score: ModelScore) -> Iterator[str]:
    texts = view.texts
    yield texts("card.numbers.nested", repeats=report.repeats, folds=report.folds)
    yield texts(
        "card.numbers.right",
        accuracy=percent(report.accuracy or 0.0),
        baseline=model_word(texts, report.baseline),
        base=percent(report.baseline_accuracy or 0.0),
    )
    if score.stability_seed is not None and score.stability_rows is not None:
        yield texts("card.numbers.stable", seed=percent(score.stability_seed), rows=percent(score.stability_rows))


def _calibration(view: View, score: ModelScore) -> Iterator[str]:
    texts = view.texts
    yield texts("card.calibration.error", before=two(score.ece_before, 3), after=two(score.ece_after, 3))
    if score.ece_after is not None:
        yield texts("card.calibration.shown" if score.ece_after <= _ERROR_SHOWN else "card.calibration.hidden")


def _sets(view: View, report: ClassifierReport) -> Iterator[str]:
    texts, found = view.texts, report.conformal
    if found is None:
        yield texts("card.sets.none")
        return
    shares = {"target": percent(found.target), "coverage": percent(found.coverage)}
    yield texts("card.sets.covered", n=number(found.n, "count"), size=two(found.mean_size, 1), **shares)
    yield texts("card.sets.single", single=percent(found.single))


def _groups(view: View, report: ClassifierReport) -> Iterator[str]:
    """Name the kinds of firms whose interval leaves 0 out; only what disclosure control lets stand."""
    texts, looked_at, biased = view.texts, 0, 0
    for field in _FIELDS:
        for row in released_groups(view, report, field):
            n, _, bias = row.cells
            if bias.value is None or bias.low is None or bias.high is None:
                continue
            looked_at += 1
            if bias.low > 0 or bias.high < 0:
                biased += 1
                ends = {"bias": two(abs(bias.value)), "low": two(bias.low), "high": two(bias.high)}
                direction = texts("card.groups.above" if bias.value > 0 else "card.groups.below")
                where = {"field": texts(f"page.classifier.field_{field}"), "value": row.label, "direction": direction}
                yield texts("card.groups.biased", n=number(n.value or 0, "count"), **where, **ends)
    if not biased:
        yield texts("card.groups.even")
    else:
        yield texts("card.groups.many", n=number(looked_at, "count"), chance=two(looked_at * 0.05, 1))


def _limits(view: View) -> Iterator[str]:
    for name in ("override", "single_firm", "place", "cause"):
        yield view.texts(f"card.limits.{name}")


def _drift(view: View, report: ClassifierReport) -> Iterator[str]:
    texts, moved = view.texts, [one for one in report.drift if one.state != "ok"]
    if moved:
        named = [texts("card.drift.named", name=feature_label(view, one.feature), psi=two(one.psi)) for one in moved[:_MOVED]]
        yield texts("card.drift.moved", n=number(len(moved), "count"), names=wording.joined(texts, named))
    else:
        yield texts("card.drift.ok", n=number(len(report.drift), "count"))
    for one in report.drift:
        if one.unseen >= _UNSEEN:
            yield texts("card.drift.unseen", name=feature_label(view, one.feature), share=percent(one.unseen))


def _versions(view: View, report: ClassifierReport) -> Iterator[str]:
    texts, instrument, rubric = view.texts, view.study.instrument, view.study.rubric
    form = {"instrument": instrument.id, "version": instrument.version, "rubric": rubric.id, "rubric_version": rubric.version}
    yield texts("card.versions.form", wave=_wave(view), **form)
    yield texts("card.versions.seed", seed=report.seed)
    yield texts("card.versions.libraries", libraries=", ".join(f"{name} {version}" for name, version in report.libraries))
