"""What assessing prints, and the commands by which people judge: labels, visits, weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import shapes_assess as shapes
from app.cli.session import Session
from app.cli.show_collect import show_changed, show_written
from app.cli.wording import finding_lines
from app.domain.assessment import Assessment, ClassifierReport
from app.domain.judgement import VisitList, Weighting
from app.domain.numbers import ABSENT_SIGN, cell_text, percent
from app.domain.study import Study

if TYPE_CHECKING:
    from app.analysis.learn.labels import Matched
    from app.commands.running import Changed
    from app.commands.runs import Assessed, Visiting
    from app.domain.learning import Agreement

MOST = 20
_MODEL = ("model", "kappa", "rps", "accuracy", "ece", "said")  # columns of the page's table that a terminal has room for


def show_assess(study: Study, session: Session) -> int:
    """Print levels by sector, how sure they are and by which method, the classifier beside its baselines, and what is next."""
    if session.as_json:
        session.json(shapes.assess_json(study, session.resources))
        return 0
    for assessment in study.assessments:
        _show_wave(study, assessment, session)
    if study.latest_assessment is not None:
        _say_next(study, session)
    return 0


def _show_wave(study: Study, assessment: Assessment, session: Session) -> None:
    """The same released tables as the pages: small cells are hidden here too."""
    from app.domain.selection import Selection
    from app.present.figures import make_figure
    from app.present.view import View

    total, chosen = assessment.total, Selection(wave=assessment.wave)
    session.say("cli.assess.wave", wave=assessment.wave, n=total.n, n_level=total.n_level, n_model=total.n_model)
    if not total.n:
        return
    figure = make_figure(study, session.resources, "levels-by-sector", session.texts, chosen)
    header = [session.texts("cli.assess.sector"), *figure.table.columns]
    session.table(
        header, [[row.label, *(cell_text(cell, with_interval=False) for cell in row.cells)] for row in figure.table.rows]
    )
    view = View(study, session.resources, session.texts, chosen)
    used = next((each for each in study.judgements.weightings if each.id == assessment.weighting), None)
    if used is not None:
        session.say("cli.assess.weighting", id=used.id, why=used.rationale)
    _show_estimates(view, session)
    _show_classifier(view, assessment.classifier, session)


def _show_estimates(view: Any, session: Session) -> None:
    """Print each sector's class with its chance, the share that it rests on with its interval, and where that comes from."""
    from app.domain.release import CellStatus
    from app.present.estimates import class_words, method_words
    from app.present.tables import reach_table

    known = view.estimates
    if not known:
        return
    rows = []
    reach = reach_table(view)
    for row in reach.rows:
        estimate, cell = known.get(row.key), row.cells[0]
        hidden = cell.status is CellStatus.HIDDEN
        found = None if estimate is None or hidden else estimate.sector_class
        sure = ABSENT_SIGN if found is None or found.probability is None else percent(found.probability)
        words = cell_text(cell) if hidden else class_words(view, found)
        rows.append((row.label, words, sure, cell_text(cell), "" if estimate is None else method_words(session.texts, estimate)))
    names = [session.texts(f"cli.assess.{name}") for name in ("sector", "class", "chance")]
    print()
    session.table([*names, *reach.columns, session.texts("cli.assess.method")], rows)


def _show_classifier(view: Any, report: ClassifierReport | None, session: Session) -> None:
    """Print every model beside its baselines, or why none is in use."""
    from app.present.pages.classifier_tables import model_part, worded

    if report is None:
        return
    part = model_part(view, report)
    if part is not None and part.table is not None:
        columns = [
            (column, data) for column, data in zip(part.table.columns, part.table.data, strict=True) if column.key in _MODEL
        ]
        print()
        session.say("cli.assess.classifier")
        session.table([column.title for column, _ in columns], list(zip(*(data for _, data in columns), strict=True)))
    if report.refusal is not None:
        session.say("cli.assess.refusal", reason=worded(session.texts, report.refusal).rstrip("。."))
    elif report.accuracy is not None and report.baseline_accuracy is not None:
        accuracy, baseline = percent(report.accuracy), percent(report.baseline_accuracy)
        session.say("cli.assess.model", n=report.n_predicted, accuracy=accuracy, baseline=baseline)


def _say_next(study: Study, session: Session) -> None:
    """Say the one thing to do next."""
    name, said, newest = session.given["study"].name, study.judgements, study.latest_assessment
    wave = newest.wave if newest is not None else ""
    summary = newest.labels if newest is not None else None
    waiting = len(summary.agreement.queue) if summary is not None and summary.agreement is not None else 0
    drawn = [each for each in said.visit_lists if each.wave == wave]
    print()
    if waiting:
        session.say("cli.assess.next_queue", n=waiting, study=name)
    elif not drawn and not any(label.wave == wave for label in said.labels):
        session.say("cli.assess.next_visits", study=name)
    elif not any(label.wave == wave for label in said.labels):
        session.say("cli.assess.next_labels", study=name)
    else:
        session.say("cli.assess.next_goals", study=name)


def show_labels(assessed: Assessed, session: Session) -> int:
    """Print what a file brought, then wave by wave the assessments, how far assessors agree, and who waits for a ruling."""
    if session.as_json:
        session.json(shapes.labels_json(assessed, session.texts, session.resources))
        return 0
    study, before = assessed.changed.after, assessed.changed.before
    told = set(before.findings)
    new = tuple(finding for finding in study.findings if finding not in told)
    if new:
        print(*finding_lines(new, session.texts, session.resources), sep="\n")
    shown = [match for match in assessed.waves if match.labels or match.overrides or match.confirmations]
    for match in shown:
        print(*_label_lines(match, session), sep="\n")
    if not shown:
        session.say("cli.labels.none")
    _say_again(assessed.changed, session)
    return 0


def _label_lines(match: Matched, session: Session) -> Iterator[str]:
    from app.analysis.learn.labels import BETWEEN

    texts, summary = session.texts, match.summary
    counts = {name: getattr(summary, name) for name in ("labels", "firms", "assessors", "unknown")}
    yield texts("cli.labels.wave", wave=match.wave, **counts)
    header = [texts(f"cli.labels.{name}") for name in ("firm", "level", "who", "when", "place")]
    rows = [(each.name or each.code, each.level, each.who, each.when, each.place) for each in match.labels[:MOST]]
    if rows:
        yield from session.lines(header, rows)
    if len(match.labels) > MOST:
        yield texts("cli.labels.more", n=len(match.labels) - MOST)
    for pair in match.pairs:
        yield texts("cli.labels.agreement", one=pair.one, other=pair.other, **_agreement_words(pair.agreement))
    if len(match.pairs) > 1 and summary.agreement is not None:
        yield texts("cli.labels.agreement_all", **_agreement_words(summary.agreement))
    for code, name, levels in summary.agreement.queue if summary.agreement is not None else ():
        yield texts("cli.labels.queue", firm=name or code, levels=levels.replace(BETWEEN, "、"))
    for _, each in match.overrides:
        yield texts("cli.labels.override", firm=each.name or each.code, level=each.level, **_author(each))
    for _, said in match.confirmations:
        answer = texts(f"cli.labels.{'yes' if said.is_native else 'no'}")
        yield texts("cli.labels.confirmation", firm=said.name or said.code, answer=answer, **_author(said))


def _author(judged: Any) -> dict[str, str]:
    return {name: getattr(judged, name) for name in ("who", "when", "why")}


def _agreement_words(found: Agreement) -> dict[str, str]:
    kappa = ABSENT_SIGN if found.kappa is None else f"{found.kappa:.2f}"
    if found.low is not None and found.high is not None:
        kappa = f"{kappa} [{found.low:.2f}–{found.high:.2f}]"
    return {"n": str(found.firms), "agree": ABSENT_SIGN if found.agree is None else percent(found.agree), "kappa": kappa}


def show_judged(changed: Changed, session: Session) -> int:
    """Print what one judgement changed."""
    if session.as_json:
        return show_changed(changed, session)
    before, after = changed.before, changed.after
    if after is before:
        session.say("cli.changed.nothing")
        return 0
    told = set(before.findings)
    new = tuple(finding for finding in after.findings if finding not in told)
    if new:
        print(*finding_lines(new, session.texts, session.resources), sep="\n")
    session.say("cli.judged.done")
    _say_again(changed, session)
    return 0


def _say_again(changed: Changed, session: Session) -> None:
    """Say that levels are to be computed anew where they were dropped."""
    if changed.before.assessments and not changed.after.assessments:
        session.say("cli.judged.again", study=session.given["study"].name)


def show_visits(visiting: Visiting, session: Session) -> int:
    """Print the list that was drawn and where it was written, or all lists."""
    if session.as_json:
        session.json(shapes.visits_json(visiting))
        return 0
    study, drawn = visiting.changed.after, visiting.drawn
    name = session.given["study"].name
    if study is not visiting.changed.before and drawn is not None:
        session.say("cli.visits.drawn", n=len(drawn.visits), frame=_framed(drawn), **_of_list(drawn))
    if visiting.path is not None:
        show_written(visiting.path, session)
    elif drawn is not None:
        session.say("cli.visits.how", study=name, id=drawn.id)
    elif study.judgements.visit_lists:
        seen = shapes.visited(visiting.waves, study)
        names = ("id", "wave", "when", "n", "frame", "seed", "visited")
        rows = [_list_row(each, seen.get(each.wave, frozenset())) for each in study.judgements.visit_lists]
        session.table([session.texts(f"cli.visits.{each}") for each in names], rows)
        session.say("cli.visits.how", study=name, id=study.judgements.visit_lists[-1].id)
    else:
        session.say("cli.visits.none")
    return 0


def _framed(drawn: VisitList) -> int:
    return sum(count for _, count in drawn.frame)


def _of_list(drawn: VisitList) -> dict[str, object]:
    return {name: getattr(drawn, name) for name in ("id", "wave", "seed", "excluded")}


def _list_row(each: VisitList, seen: frozenset[str]) -> tuple[str, ...]:
    done = sum(visit.firm in seen for visit in each.visits)
    return (each.id, each.wave, each.when, str(len(each.visits)), str(_framed(each)), str(each.seed), str(done))


def show_weights(result: Any, session: Session) -> int:
    """Print the versions of the weights, or where those in force were written."""
    if isinstance(result, Path):
        return show_written(result, session)
    from app.workflows.weights import in_force

    changed: Changed = result
    study = changed.after
    own = in_force(replace(study, judgements=replace(study.judgements, weighting="")))
    if session.as_json:
        session.json(shapes.weights_json(study, own))
        return 0
    rows = [_version_row(each, study, session) for each in (own, *study.judgements.weightings)]
    names = ("id", "aggregation", "weights", "when", "why")
    session.table([session.texts(f"cli.weights.{name}") for name in names], rows)
    _say_again(changed, session)
    return 0


def _version_row(version: Weighting, study: Study, session: Session) -> Sequence[str]:
    texts = session.texts
    id_ = version.id or "rubric"
    shown = texts("cli.weights.in_use", id=id_) if version.id == study.judgements.weighting else id_
    weights = " ".join(f"{code}={weight:g}" for code, weight in version.weights)
    why = version.rationale if version.id else texts("cli.weights.rubric")
    return (shown, texts(f"cli.weights.{version.aggregation.value}"), weights, version.when, why)
