"""Agents by sector: how many firms use them, in which tier and quadrant, and how many fly a red flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.conditions import evaluate
from app.analysis.watch.answered import answered
from app.analysis.watch.register import agent_frame
from app.analysis.watch.sample import Sample
from app.domain.assessment import TOTAL
from app.domain.instrument import Instrument
from app.domain.watch import AgentRule, Quadrant, SectorAgents, Tier

NO_USERS = "watch.reason.no_users"


def watch_agents(sample: Sample, rule: AgentRule, instrument: Instrument) -> tuple[pd.DataFrame, tuple[SectorAgents, ...]]:
    """Return the register (AGENT_COLUMNS) and what can be said of all firms and of each sector.

    A firm that left open whether it uses agents is neither a user nor a firm without.
    """
    said = evaluate(rule.uses, sample.values, instrument)
    uses = said == 1.0
    frame = agent_frame(sample, uses, rule, instrument)
    return frame, _Told(sample, said, frame, rule).sectors()


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A sample with what its firms said of agents (n,; NaN unknown) and the register of those that use them."""

    sample: Sample
    said: Floats
    frame: pd.DataFrame
    rule: AgentRule

    def sectors(self) -> tuple[SectorAgents, ...]:
        """Return TOTAL first, then the sectors."""
        uses, known = self.said == 1.0, ~np.isnan(self.said)
        flagged, settled = self._flagged()
        base = answered(self.sample, known)
        using = base.shares(uses)
        flags = base.shares(flagged, uses & settled, NO_USERS)
        control, exposure = (self.sample.means(self._spread(name, np.nan)) for name in ("control", "exposure"))
        counts = {name: self._counts(name, codes) for name, codes in self._codes().items()}
        bitten = self._spread("incidents", np.nan)
        firms, users, hurt, heard = map(self.sample.counts, (known, uses, bitten > 0, ~np.isnan(bitten)))
        return tuple(
            SectorAgents(
                sector=sector,
                firms=int(firms[place]),
                users=int(users[place]),
                using=using[place],
                flagged=flags[place],
                control=control[place],
                exposure=exposure[place],
                quadrants=_at(counts["quadrant"], place),
                flags=_at(counts["flags"], place),
                tiers=_at(counts["tier"], place),
                flags_unknown=_at(counts["flags_unknown"], place),
                incidents=int(hurt[place]),
                incidents_known=int(heard[place]),
            )
            for place, sector in enumerate((TOTAL, *self.sample.sectors))
        )

    def _codes(self) -> dict[str, tuple[str, ...]]:
        flags = tuple(flag.id for flag in self.rule.flags)
        return {"quadrant": tuple(Quadrant), "tier": (*Tier, ""), "flags": flags, "flags_unknown": flags}

    def _flagged(self) -> tuple[Bools, Bools]:
        """Where a red flag holds (n,), and where none is left open.

        A firm that left one open is in no share though another holds: to count it only where flagged would push the share up.
        """
        hold, open_ = ((self._spread(name, "") != "") for name in ("flags", "flags_unknown"))
        return hold, ~open_

    def _spread(self, column: str, nothing: object) -> np.ndarray:
        """Return a column of the register over all firms of the sample, `nothing` where a firm is not in it."""
        values = self.frame[column].to_numpy()
        found = np.full(len(self.sample), nothing, dtype=values.dtype)
        found[self.said == 1.0] = values
        return found

    def _counts(self, column: str, codes: Sequence[str]) -> dict[str, np.ndarray]:
        """Return how many users have each code, of all and by sector; several may stand in a cell, joined by a bar."""
        kinds, place = np.unique(self.frame[column].to_numpy(dtype=str), return_inverse=True)
        of = self.sample.of[self.said == 1.0]
        table = np.zeros((len(kinds), len(self.sample.sectors)), dtype=np.int64)
        np.add.at(table, (place, of), 1)
        found = {}
        for code in codes:
            rows = [at for at, kind in enumerate(kinds.tolist()) if code in kind.split("|")]
            by_sector = table[rows].sum(axis=0)
            found[str(code)] = np.concatenate([[by_sector.sum()], by_sector])
        return found


def _at(counts: Mapping[str, np.ndarray], place: int) -> dict[str, int]:
    return {code: int(numbers[place]) for code, numbers in counts.items()}
