"""Figures of a study by id: pure values, every table in them released."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.domain.assessment import TOTAL, Assessment
from app.domain.boundary import Boundary
from app.domain.errors import UserError
from app.domain.figure import Figure
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present.alt import alt_text
from app.present.figures.change import make_change
from app.present.figures.classifier import CALIBRATION, CONFUSION, classifier_figures, make_calibration, make_confusion
from app.present.figures.compared import COMPARED, compared_figures, make_compared
from app.present.figures.goal import make_goal
from app.present.figures.heat import make_heat
from app.present.figures.levels import make_distribution, make_levels
from app.present.figures.parts import make_sobol
from app.present.figures.profile import make_profile
from app.present.figures.ranked import make_penetration, make_sectors_l2
from app.present.figures.ranks import has_ranks, make_ranks, make_robust_ranks
from app.present.figures.townships import TOWNSHIPS
from app.present.figures.wall import WALL, make_wall
from app.present.figures.watch import WATCH_FIGURES, make_watched, watch_figures
from app.present.view import ALL, View

__all__ = ["GOAL_PREFIX", "assessed_figures", "figure_ids", "figure_of", "make_figure", "make_mapped", "possible_figures"]

GOAL_PREFIX = "goal-"
_OF_LEVELS: dict[str, Callable[[View], Figure]] = {
    "levels-by-sector": make_levels,
    "level-distribution": make_distribution,
    "sectors-l2": make_sectors_l2,
    "heat": make_heat,
    "profile": make_profile,
    "rank-intervals": make_ranks,
    "change": make_change,
    "robust-ranks": make_robust_ranks,
    "sobol": make_sobol,
}
_ESTIMATED: dict[str, Callable[[Assessment], bool]] = {
    "profile": lambda found: found.total_estimate is not None,
    "rank-intervals": lambda found: has_ranks(estimate.rank for estimate in found.estimates),
    "change": lambda found: any(change.sector == TOTAL for change in found.changes),
    "robust-ranks": lambda found: found.robustness is not None and has_ranks(found.robustness.sectors),
    "sobol": lambda found: found.robustness is not None and bool(found.robustness.indices),
}
UNFILTERED = ("rank-intervals", "change")  # told of all firms of a sector only
_PENETRATION = "penetration-by-sector"
_OF_MODEL = {CALIBRATION: make_calibration, CONFUSION: make_confusion}


def assessed_figures(study: Study) -> tuple[str, ...]:
    """Return the ids of the figures that an assessment makes possible; empty while there is none."""
    latest = study.latest_assessment
    if latest is None:
        return ()
    return possible_figures(latest)


def possible_figures(found: Assessment) -> tuple[str, ...]:
    """Return the ids of the figures that this assessment makes possible."""
    has_index = any(score is not None for score in found.total.pillars.values())
    always = (id_ for id_ in _OF_LEVELS if id_ not in _ESTIMATED and (id_ != "heat" or has_index))
    return (*always, *(id_ for id_, holds in _ESTIMATED.items() if holds(found)))


def figure_ids(study: Study, resources: Resources | None = None) -> tuple[str, ...]:
    """Return the ids of the figures that can be made of this study now; with `resources`, those of what is watched too."""
    goals = tuple(f"{GOAL_PREFIX}{p.goal.id}" for p in study.progress if p.observations)
    measured = any(p.measure is not None and p.observations[0].wave for p in study.progress if p.observations)
    latest = study.latest_assessment
    learnt = classifier_figures(latest.classifier if latest is not None else None)
    wall = (WALL,) if study.progress else ()
    watched = watch_figures(study, resources) if resources is not None else ()
    beside = compared_figures(study)
    return (*assessed_figures(study), *learnt, *wall, *goals, *((_PENETRATION,) if measured else ()), *beside, *watched)


def make_figure(study: Study, resources: Resources, figure_id: str, texts: Texts, selection: Selection = ALL) -> Figure:
    """Return the figure `figure_id` in the language of `texts`, for the firms of `selection` (its sector is lit).

    UserError: `figure.unknown`, or what is to be done first (`figure.needs_assessment`, `figure.needs_goals`, …).
    """
    return figure_of(View(study, resources, texts, selection), figure_id)


def figure_of(view: View, figure_id: str) -> Figure:
    """Return a figure of what `view` looks at, its tables through the view's door; UserError as `make_figure`."""
    figure = _made(view, figure_id)
    return replace(figure, alt=alt_text(figure, view.texts))


def make_mapped(study: Study, resources: Resources, texts: Texts, selection: Selection, boundary: Boundary) -> Figure:
    """Return `townships` on the outlines of `boundary`; UserError as `make_figure`, and `boundary.no_match`."""
    return mapped_of(View(study, resources, texts, selection), boundary)


def mapped_of(view: View, boundary: Boundary) -> Figure:
    """Return `townships` on the outlines of `boundary`, its table through the view's door; UserError as `make_mapped`."""
    figure = make_compared(view, TOWNSHIPS, boundary)
    return replace(figure, alt=alt_text(figure, view.texts))


def _made(view: View, figure_id: str) -> Figure:
    study, resources, selection = view.study, view.resources, view.selection
    if figure_id in WATCH_FIGURES:
        return make_watched(view, figure_id)
    if figure_id in COMPARED:
        return make_compared(view, figure_id)
    if figure_id in _OF_MODEL:
        report = view.assessment.classifier if view.assessment is not None else None
        if report is None or figure_id not in classifier_figures(report):
            raise UserError("figure.needs_labels", id=figure_id)
        return _OF_MODEL[figure_id](view, report)
    if figure_id in _OF_LEVELS:
        if study.latest_assessment is None:
            raise UserError("figure.needs_assessment", id=figure_id)
        if figure_id == "heat" and "heat" not in assessed_figures(study):
            code = "figure.no_scores" if study.rubric.pillars else "figure.needs_index"
            raise UserError(code, id=figure_id, rubric=study.rubric.id)
        if view.assessment is None:
            known_waves = ", ".join(assessment.wave for assessment in study.assessments)
            raise UserError("figure.no_wave", id=figure_id, wave=selection.wave, known=known_waves)
        if view.firms.empty or (view.filters and figure_id in UNFILTERED):
            raise UserError("figure.no_firms", id=figure_id)
        if figure_id in _ESTIMATED and figure_id != "profile" and not _ESTIMATED[figure_id](view.assessment):
            raise UserError("figure.unknown", id=figure_id, known=", ".join(figure_ids(study)))
        return _OF_LEVELS[figure_id](view)
    if figure_id == WALL and study.progress:
        return make_wall(view)
    goal = figure_id.removeprefix(GOAL_PREFIX)
    known_goal = figure_id.startswith(GOAL_PREFIX) and any(goal == entry.id for entry in resources.goal_book.goals)
    if figure_id in figure_ids(study):
        return make_penetration(view) if figure_id == _PENETRATION else make_goal(view, goal)
    if known_goal and study.progress:
        raise UserError("figure.no_measure", id=figure_id)
    if figure_id in (_PENETRATION, WALL) or known_goal:
        raise UserError("figure.needs_goals", id=figure_id)
    raise UserError("figure.unknown", id=figure_id, known=", ".join(figure_ids(study)) or "—")
