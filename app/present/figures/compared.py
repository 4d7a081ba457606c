"""Figures that hold sectors, goals or townships against each other, by id; each is made only where there is something to draw."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.assessment import Assessment
from app.domain.boundary import Boundary
from app.domain.errors import UserError
from app.domain.figure import Figure
from app.domain.study import Study
from app.present.figures.bullet import BULLET, has_bullets, make_bullet
from app.present.figures.multiples import MULTIPLES, has_multiples, make_multiples
from app.present.figures.scatter import SCATTER, has_scatter, make_scatter
from app.present.figures.slope import SLOPE, has_slope, make_slope
from app.present.figures.townships import TOWNSHIPS, has_townships, make_townships
from app.present.view import View

_MAKERS: dict[str, Callable[[View], Figure]] = {
    BULLET: make_bullet,
    SLOPE: make_slope,
    SCATTER: make_scatter,
    MULTIPLES: make_multiples,
    TOWNSHIPS: make_townships,
}
COMPARED = tuple(_MAKERS)
_UNFILTERED = (SLOPE, SCATTER)  # told of all firms of a sector only


def compared_figures(study: Study) -> tuple[str, ...]:
    """Return the ids of the figures that this study makes possible."""
    found = study.latest_assessment
    has = {
        BULLET: has_bullets(study),
        SLOPE: found is not None and has_slope(found),
        SCATTER: has_scatter(study),
        MULTIPLES: found is not None and has_multiples(found),
        TOWNSHIPS: has_townships(study),
    }
    return tuple(id_ for id_ in COMPARED if has[id_])


def make_compared(view: View, figure_id: str, boundary: Boundary | None = None) -> Figure:
    """Return one of COMPARED; townships on the outlines of `boundary` where it is given.

    UserError `figure.needs_goals` or `figure.needs_assessment` where that is first to be done, `figure.unknown` where this
    study has nothing to draw for it, `figure.no_firms` where the selection leaves nothing that may be told.
    """
    if figure_id == BULLET and not view.study.progress:
        raise UserError("figure.needs_goals", id=figure_id)
    if figure_id != BULLET and view.study.latest_assessment is None:
        raise UserError("figure.needs_assessment", id=figure_id)
    known = compared_figures(view.study)
    if figure_id not in known or not _is_there(view, figure_id):
        raise UserError("figure.unknown", id=figure_id, known=", ".join(known) or "—")
    if figure_id != BULLET and (view.firms.empty or (view.filters and figure_id in _UNFILTERED)):
        raise UserError("figure.no_firms", id=figure_id)
    if boundary is not None:
        return make_townships(view, boundary)
    return _MAKERS[figure_id](view)


def _is_there(view: View, figure_id: str) -> bool:
    """Whether the wave that is looked at has what the newest one has."""
    found: Assessment | None = view.assessment
    if figure_id == BULLET:
        return True
    if found is None:
        return False
    return has_slope(found) if figure_id == SLOPE else figure_id != SCATTER or found is view.study.latest_assessment
