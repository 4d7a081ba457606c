"""评估: who stands where, how sure that is, how sectors compare, and what changed."""

from __future__ import annotations

from dataclasses import replace

from app.domain.assessment import TOTAL, ClassifierReport
from app.domain.estimate import SectorEstimate
from app.domain.figure import Figure
from app.domain.numbers import number, percent
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present import wording
from app.present.estimates import is_sure, likely, rests_on_visits
from app.present.figures.levels import make_distribution, make_levels, total_cell
from app.present.figures.profile import make_profile, method_note
from app.present.marks import class_id, share_id
from app.present.pages.common import chips, needs_assessment, synthetic
from app.present.pages.readiness_changes import changes_section
from app.present.pages.readiness_kinds import kinds_section
from app.present.pages.readiness_natives import natives_view
from app.present.pages.readiness_ranking import ranking_section
from app.present.pages.readiness_values import ReadinessViews
from app.present.pages.section import Section
from app.present.pages.values import Chip, Empty, Fact, Head, ReadinessPage
from app.present.provenance import shares_measure
from app.present.tables import reach_table
from app.present.view import ALL, View


def readiness_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> ReadinessPage:
    """Return the profile of every sector, the classifier in plain sentences, and the views behind the profile."""
    view = View(study, resources, texts, selection)
    if view.assessment is None:
        return ReadinessPage(needs_assessment(view), None, (), (), ())
    if view.firms.empty:
        words = texts("page.empty.no_firms")
        head = Head(words, chips=_chips(view), synthetic=synthetic(view), empty=Empty(words))
        return ReadinessPage(head, None, (), (), ())
    main, levels, spread = make_profile(view), make_levels(view), make_distribution(view)
    views = ReadinessViews(
        levels=Section(spread.title, ((replace(levels, title=spread.title),), (spread,))),  # the page's own headline is above
        ranking=ranking_section(view),
        changes=changes_section(view),
        natives=natives_view(view),
        kinds=kinds_section(view),
    )
    return ReadinessPage(_head(view, main), main, (spread, levels), _facts(view), classifier_sentences(view), views)


def _chips(view: View) -> tuple[Chip, ...]:
    return chips(view, ("wave", "sector", "size", "township"))


def _head(view: View, main: Figure) -> Head:
    """Return the finding, and the method in three sentences: how levels come about, how shares do, how far classes and ranks
    can be trusted; then what warns of more."""
    texts, known = view.texts, view.estimates
    visits = "_visits" if rests_on_visits(known.get(TOTAL)) else ""
    how = texts(f"page.readiness.note_{'ladder' if view.study.rubric.ladder_item else 'levels'}{visits}")
    interval = main.provenance.interval
    notes = [how, texts("assess.note.shares", method=method_note(view, known), interval=interval)]
    notes += [texts("assess.note.class")] if known else []
    alike = {rests_on_visits(estimate) for sector, estimate in known.items() if sector}
    notes += [texts("assess.note.alike")] if len(alike) > 1 else []
    notes += [texts("assess.note.filtered")] if view.filters and view.assessment and view.assessment.total_estimate else []
    notes += [wording.full_stop(texts, worded(texts, note)) for note in view.design_notes if not visits]
    if main.provenance.note:
        notes.append(main.provenance.note)
    if main.table.hidden:
        notes.append(texts("page.readiness.note_hidden"))
    return Head(main.title, main.subtitle, _chips(view), tuple(notes), synthetic(view))


def _facts(view: View) -> tuple[Fact, ...]:
    total, texts, known = view.profiles[1], view.texts, view.estimates.get(TOTAL)
    none = total.n - total.n_level - total.n_model
    reach = total_cell(reach_table(view))
    facts = [Fact(texts("page.fact.reach"), wording.cell_words(texts, reach), reach.evidence)]
    facts += _class_fact(view, known) if known is not None else []
    facts += [
        Fact(texts("page.fact.firms"), number(total.n, "count")),
        Fact(texts("page.fact.levelled"), number(total.n_level, "count"), share_id(total.wave, "*", "L0+", view.filters)),
    ]
    if known is not None and known.n_labelled:
        facts.append(Fact(texts("assess.fact.labelled"), number(known.n_labelled, "count")))
    elif total.n_model:
        facts.append(Fact(texts("page.fact.modelled"), number(total.n_model, "count")))
    facts.append(Fact(texts("page.fact.none"), number(none, "count")))
    return tuple(facts)


def _class_fact(view: View, known: SectorEstimate) -> list[Fact]:
    """Return the class of all firms by its code, with its chance where one may be given; its name stands below."""
    found, texts = known.sector_class, view.texts
    if found is None:
        return []
    code = found.level if is_sure(found) else "/".join(likely(found))
    sure = found.probability is not None and is_sure(found)
    value = texts("wording.share_interval", share=code, interval=wording.chance_text(found.probability or 0.0)) if sure else code
    name = view.level_name(found.level) if is_sure(found) else texts("assess.cannot_tell")
    return [Fact(texts("assess.fact.class", name=name), value, class_id(known.wave, TOTAL))]


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
    return (_accuracy(texts, report), _use(view, report))


def _accuracy(texts: Texts, report: ClassifierReport) -> str:
    return texts(
        "page.readiness.model",
        model=worded(texts, f"classifier.{report.model}", report.model),
        baseline=worded(texts, f"classifier.{report.baseline}", report.baseline),
        n=number(report.n_train, "count"),
        accuracy=percent(report.accuracy or 0.0),
        base=percent(report.baseline_accuracy or 0.0),
    )


def _use(view: View, report: ClassifierReport) -> str:
    counts = {"n": number(report.n_predicted, "count"), "abstained": number(report.n_abstained, "count")}
    return shares_measure(view, "page.readiness.model_use", **counts)


def worded(texts: Texts, key: str, otherwise: str = "") -> str:
    """Return the words of a key another part names in its data, or the fallback where there are none."""
    return texts(key) if key in texts.entries else otherwise or key
