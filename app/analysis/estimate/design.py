"""How firms came to answer, as numbers: the one declaration of design that every estimate of a wave starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.answers import Floats
from app.analysis.estimate.weighting import Codes, check_weights, post_weights, rake_weights
from app.domain.study import Design


@dataclass(frozen=True, slots=True, eq=False)
class SurveyDesign:
    """`weights` (n,): firms of the frame each answered firm stands for; `strata` (n,): its stratum.

    `answered` (H,) firms of each stratum and `frame` (H,) those they were drawn from, NaN where unknown (then no correction
    for a finite frame). `notes` are text keys saying what had to be done. A calibrated design keeps its `margins`, each (n,)
    the group of every firm, and the weights `base` (n,) within them, for what calibration takes off the variance. `times` (n,)
    says how many firms, alike in all that is asked, each row is; default one.
    """

    kind: Design
    weights: Floats
    strata: Codes
    answered: Floats
    frame: Floats
    notes: tuple[str, ...] = ()
    margins: tuple[Codes, ...] = ()
    base: Floats | None = None
    times: Floats | None = None

    def counted(self, values: Floats) -> Floats:
        """Return values (n,), each as often as its row has firms."""
        return values if self.times is None else values * self.times

    @property
    def unseen(self) -> Floats:
        """The share of each stratum's frame that did not answer (H,): the correction for a finite frame, 1 where unknown."""
        known = np.isfinite(self.frame) & (self.frame > 0)
        return 1.0 - np.divide(self.answered, self.frame, out=np.zeros(len(self.frame)), where=known)

    @property
    def spread(self) -> Floats:
        """What a stratum's sum of squares is multiplied by to give a variance (H,): (1 − n/N) n / (n − 1).

        A stratum with one firm cannot show its variance; its deviation from the mean of all is taken in its place
        (Lumley, T. (2010), Complex Surveys, §A: lonely PSU "adjust").
        """
        several = self.answered > 1
        return self.unseen * np.divide(self.answered, self.answered - 1, out=np.ones(len(several)), where=several)


def declare(kind: Design, weights: Floats, strata: Codes, frame: Floats | None = None) -> SurveyDesign:
    """Return the design of firms with these weights (n,) and strata (n,); `frame` (H,) firms by stratum, default unknown.

    UserError `estimate.weights`. A frame smaller than its answers cannot be true and counts as unknown.
    """
    count = int(strata.max()) + 1 if len(strata) else 0
    answered = np.bincount(strata, minlength=count).astype(np.float64)
    known = np.full(count, np.nan) if frame is None else np.where(frame >= answered, frame, np.nan)
    return SurveyDesign(kind, check_weights(weights), strata, answered, known)


def post_stratify(design: SurveyDesign, groups: Codes, totals: Floats) -> SurveyDesign:
    """Return the design weighted so that group g of `groups` (n,) stands for `totals[g]` firms; UserError of `post_weights`."""
    weights = post_weights(design.weights, groups, totals)
    return replace(design, weights=weights, margins=(groups,), base=design.weights)


def rake(design: SurveyDesign, margins: Sequence[Codes], totals: Sequence[Floats]) -> SurveyDesign:
    """Return the design weighted to several margins at once; a note says so where they could not all be met."""
    raked = rake_weights(design.weights, margins, totals)
    notes = design.notes if raked.converged else (*design.notes, "estimate.note.not_raked")
    return replace(design, weights=raked.weights, margins=tuple(margins), base=None, notes=notes)
