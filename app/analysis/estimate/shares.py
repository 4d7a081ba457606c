"""The share with a property in each group of a design's firms, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.answers import Floats
from app.analysis.estimate.design import SurveyDesign
from app.analysis.estimate.domains import Domains, ratios
from app.analysis.estimate.intervals import Drawn, share_estimate
from app.analysis.estimate.weighting import sums
from app.analysis.estimate.wilson import usable_frame
from app.domain.estimate import Estimate


def group_shares(y: Floats, design: SurveyDesign, groups: Domains, frames: Sequence[int | None]) -> list[Estimate]:
    """Return the share of each group (of `frames` firms, None: unknown) for which `y` (n,) is 1, of 0 firms where it is empty."""
    found, worth = ratios(y, design, groups), groups.worth()
    hits = sums(groups.of, y, groups.count)
    return [
        share_estimate(
            float(found.value[place]),
            float(found.variance[place]),
            Drawn(
                int(groups.firms[place]),
                float(worth[place]),
                float(groups.settled[place]),
                usable_frame(groups.firms[place], frames[place]),
            ),
            int(hits[place]),
        )
        for place in range(groups.count)
    ]
