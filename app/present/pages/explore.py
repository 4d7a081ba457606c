"""探索: does size go with readiness, and the cross table of sector × size."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import is_numeric
from app.domain.assessment import TOTAL
from app.domain.instrument import Role
from app.domain.numbers import number
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.words import Texts
from app.present.cross import sector_by_size
from app.present.estimates import rests_on_visits
from app.present.pages.common import chips, needs_assessment, synthetic
from app.present.pages.values import Axis, ExplorePage, Head, Scatter
from app.present.view import ALL, View

LEAST_FIRMS = 10
_BINS = (60, 40)
_STRONG, _WEAK = 0.3, 0.1  # of a rank correlation, as commonly read


def explore_page(study: Study, resources: Resources, texts: Texts, selection: Selection = ALL) -> ExplorePage:
    """Return index against people employed, ready for points or density, and L2 shares by sector and size."""
    view = View(study, resources, texts, selection)
    if view.assessment is None or study.responses is None:
        return ExplorePage(needs_assessment(view), None, None)
    firms = view.firms
    if selection.sector:
        firms = firms[firms["sector"] == selection.sector]
    scatter = _scatter(view, firms)
    cross = sector_by_size(view)
    visited = rests_on_visits(view.estimates.get(TOTAL))
    counted = (texts("page.explore.cross_note"), *((texts("page.explore.cross_visits"),) if visited else ()))
    notes = (*counted, *((texts("page.readiness.note_hidden"),) if cross.hidden else ()))
    return ExplorePage(_head(view, scatter), scatter, cross, texts("page.explore.cross"), notes)


def _scatter(view: View, firms: pd.DataFrame) -> Scatter | None:
    responses, item = view.study.responses, view.study.instrument.with_role(Role.EMPLOYEES)
    if responses is None or item is None or item.code not in responses.values:
        return None
    if not is_numeric(responses.values[item.code]):  # a form may ask for a size class instead of a number
        return None
    positions = firms["position"].to_numpy(dtype=np.int64)
    people = responses.values[item.code].to_numpy(dtype=np.float64, na_value=np.nan)[positions]
    index = firms["index"].to_numpy(dtype=np.float64)
    known = np.isfinite(index) & (people > 0)
    if not known.any():
        return None
    x, y = np.log10(people[known]), index[known]
    edges = (np.linspace(x.min(), max(x.max(), x.min() + 0.1), _BINS[0] + 1), np.linspace(0.0, 100.0, _BINS[1] + 1))
    density = np.histogram2d(x, y, bins=edges)[0].astype(np.int64)
    missing = int((~known).sum())
    levels = tuple(firms["level"].to_numpy()[known].tolist())
    texts = view.texts
    return Scatter(
        x=x,
        y=y,
        positions=positions[known],
        levels=levels,
        x_axis=Axis(texts("page.explore.people"), log=True),
        y_axis=Axis(texts("page.explore.index")),
        x_edges=edges[0],
        y_edges=edges[1],
        density=density,
        missing=texts("page.explore.missing", n=number(missing, "count")) if missing else "",
    )


def rank_correlation(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> float | None:
    """Return Spearman's rank correlation, None below LEAST_FIRMS or when one side does not vary."""
    if len(x) < LEAST_FIRMS or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    ranks = pd.DataFrame({"x": x, "y": y}).rank()
    return float(np.corrcoef(ranks["x"], ranks["y"])[0, 1])


def _head(view: View, scatter: Scatter | None) -> Head:
    texts = view.texts
    fields = chips(view, ("wave", "sector", "size", "township"))
    notes = tuple(note for note in (texts("page.explore.note"), scatter.missing if scatter is not None else "") if note)
    if scatter is None:
        return Head(texts("page.explore.headline_no_index"), chips=fields, synthetic=synthetic(view))
    rho = rank_correlation(scatter.x, scatter.y)
    shown = number(len(scatter.x), "count")
    headline = texts("page.explore.headline_few")
    if rho is not None:
        words = "negative" if rho < -_WEAK else "strong" if rho >= _STRONG else "weak" if rho >= _WEAK else "none"
        headline = texts(
            "page.explore.headline", n=shown, rho=f"{rho:.2f}".replace("-", "−"), words=texts(f"page.explore.{words}")
        )
    return Head(headline, texts("page.explore.measure", n=shown), fields, notes, synthetic(view))
