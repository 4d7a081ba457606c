"""评估: who stands where, what the classifier did, and how sure all of it is."""

from __future__ import annotations

from app.domain.assessment import ClassifierReport
from app.domain.figure import Figure
from app.domain.numbers import number, percent
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.figures import assessed_figures, make_figure
from app.present.figures.levels import total_cell
from app.present.marks import share_id
from app.present.pages.common import chips, needs_assessment, synthetic
from app.present.pages.values import Chip, Empty, Fact, Head, ReadinessPage
from app.present.tables import reach_table
from app.present.view import ALL, View

_MAIN, _OTHERS = "levels-by-sector", ("heat", "level-distribution")


def readiness_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> ReadinessPage:
    """Return the levels by sector, heat and distribution beside them, and the classifier in plain sentences."""
    view = View(study, resources, texts, selection)
    if view.assessment is None:
        return ReadinessPage(needs_assessment(view), None, (), (), ())
    if view.firms.empty:
        words = texts("page.empty.no_firms")
        head = Head(words, chips=_chips(view), synthetic=synthetic(view), empty=Empty(words))
        return ReadinessPage(head, None, (), (), ())
    ids = assessed_figures(study)
    figures = {id_: make_figure(study, resources, id_, texts, selection) for id_ in (_MAIN, *_OTHERS) if id_ in ids}
    main = figures.pop(_MAIN)
    return ReadinessPage(_head(view, main), main, tuple(figures.values()), _facts(view), classifier_sentences(view))


def _chips(view: View) -> tuple[Chip, ...]:
    return chips(view, ("wave", "sector", "size", "township"))


def _head(view: View, main: Figure) -> Head:
    texts = view.texts
    how = texts("page.readiness.note_ladder" if view.study.rubric.ladder_item else "page.readiness.note_levels")
    notes = [how, texts("page.readiness.note_interval", interval=main.provenance.interval)]
    if main.provenance.note:
        notes.append(main.provenance.note)
    if main.table.hidden:
        notes.append(texts("page.readiness.note_hidden"))
    return Head(main.title, main.subtitle, _chips(view), tuple(notes), synthetic(view))


def _facts(view: View) -> tuple[Fact, ...]:
    total, texts = view.profiles[1], view.texts
    none = total.n - total.n_level - total.n_model
    reach = total_cell(reach_table(view))
    facts = [
        Fact(texts("page.fact.reach"), wording.cell_words(texts, reach), reach.evidence),
        Fact(texts("page.fact.firms"), number(total.n, "count")),
        Fact(texts("page.fact.levelled"), number(total.n_level, "count"), share_id(total.wave, "*", "L0+", view.filters)),
    ]
    if total.n_model:
        facts.append(Fact(texts("page.fact.modelled"), number(total.n_model, "count")))
    facts.append(Fact(texts("page.fact.none"), number(none, "count")))
    return tuple(facts)


def classifier_sentences(view: View) -> tuple[str, ...]:
    """Say how the level model did beside its baseline and what it was used for, or why it did not run."""
    report = view.assessment.classifier if view.assessment is not None else None
    if report is None:
        return ()
    texts = view.texts
    if report.refusal is not None:
        return (texts("page.readiness.model_refused", reason=worded(texts, report.refusal)),)
    if report.accuracy is None or report.baseline_accuracy is None:
        return ()
    return (_accuracy(texts, report), _use(texts, report))


def _accuracy(texts: Texts, report: ClassifierReport) -> str:
    return texts(
        "page.readiness.model",
        model=worded(texts, f"classifier.{report.model}", report.model),
        baseline=worded(texts, f"classifier.{report.baseline}", report.baseline),
        n=number(report.n_train, "count"),
        accuracy=percent(report.accuracy or 0.0),
        base=percent(report.baseline_accuracy or 0.0),
    )


def _use(texts: Texts, report: ClassifierReport) -> str:
    counts = {"n": number(report.n_predicted, "count"), "abstained": number(report.n_abstained, "count")}
    return texts("page.readiness.model_use", **counts)


def worded(texts: Texts, key: str, otherwise: str = "") -> str:
    """Return the words of a key another part names in its data, or the fallback where there are none."""
    return texts(key) if key in texts.entries else otherwise or key
