"""Figures of what is watched, by id; each is made only where there is something to draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.domain.assessment import TOTAL
from app.domain.errors import UserError
from app.domain.figure import Figure
from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.words import Texts
from app.present.figures.agents import make_flags, make_tiers, make_using
from app.present.figures.exposure import exposed, make_exposure
from app.present.figures.jobs import make_jobs
from app.present.figures.models import KINDS, make_models, shares_of
from app.present.figures.quadrant import make_quadrant
from app.present.view import View
from app.present.watching import Watched, watched

_MAKERS: dict[str, Callable[[Watched], Figure]] = {
    "agents-using": make_using,
    "agents-quadrant": make_quadrant,
    "agents-tiers": make_tiers,
    "agents-flags": make_flags,
    "jobs-balance": make_jobs,
    "jobs-exposure": make_exposure,
    **{f"models-{kind}": partial(make_models, kind=kind) for kind in KINDS},
}
WATCH_FIGURES = tuple(_MAKERS)


def possible(found: Watched) -> tuple[str, ...]:
    """Return the ids of the figures that can be made of what was found."""
    agents, jobs, models = found.agents.get(TOTAL), found.jobs.get(TOTAL), found.models.get(TOTAL)
    lit = found.agents.get(found.lit)
    has = {
        "agents-using": agents is not None and agents.firms > 0,
        "agents-quadrant": agents is not None and agents.users > 0,
        "agents-tiers": agents is not None and agents.users > 0,
        "agents-flags": lit is not None and any(lit.flags.values()),
        "jobs-balance": jobs is not None and jobs.firms > 0,
        "jobs-exposure": bool(exposed(found)),
        **{f"models-{kind}": models is not None and models.firms > 0 and bool(shares_of(models, kind)) for kind in KINDS},
    }
    return tuple(id_ for id_ in WATCH_FIGURES if has[id_])


def figures_watched(found: Watched) -> tuple[Figure, ...]:
    """Return all figures that can be made of what was found."""
    return tuple(_MAKERS[id_](found) for id_ in possible(found))


def watch_figures(study: Study, resources: Resources) -> tuple[str, ...]:
    """Return the ids of the figures of what is watched in the newest wave."""
    found = watched(View(study, resources, Texts("zh", resources.words)))
    return possible(found) if found is not None else ()


def make_watched(view: View, figure_id: str) -> Figure:
    """Return one of WATCH_FIGURES; UserError `figure.unknown` where this questionnaire or wave has nothing to draw for it."""
    found = watched(view)
    known = possible(found) if found is not None else ()
    if found is None or figure_id not in known:
        raise UserError("figure.unknown", id=figure_id, known=", ".join(known) or "—")
    return _MAKERS[figure_id](found)
