"""How ready each invented firm is: a latent trait by sector, size and wave, with luck that lasts from wave to wave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.files.demo_county.firms import Firm
from app.files.demo_county.plan import Plan, stream

_TRAITS = 4
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Traits:
    """`ready[wave]` per firm in standard deviations; `pillars[code][wave]` the same with the pillar's own luck."""

    ready: tuple[Floats, Floats]
    pillars: Mapping[str, tuple[Floats, Floats]]


def make_traits(plan: Plan, firms: Sequence[Firm], pillars: Sequence[str], seed: int) -> Traits:
    """Return the latent readiness of every firm in both waves (an assumption, see resources/demo/answers.toml)."""
    rng = stream(seed, _TRAITS)
    latent = plan.answers["latent"]
    base = np.array([plan.sectors[firm.section].ready for firm in firms])
    base += rng.normal(0.0, latent["towns"], len(plan.townships))[[firm.township for firm in firms]]
    base += rng.normal(0.0, latent["firms"], len(firms))
    waves = []
    for wave, shift in enumerate(latent["waves"]):
        size = np.array([latent["sizes"][firm.figures[wave].size] for firm in firms])
        waves.append(base + size + shift + rng.normal(0.0, latent["years"], len(firms)))
    own = {code: _pillar(waves, latent, rng) for code in pillars}
    return Traits((waves[0], waves[1]), own)


def _pillar(waves: Sequence[Floats], latent: Mapping[str, Any], rng: np.random.Generator) -> tuple[Floats, Floats]:
    luck = rng.normal(0.0, latent["pillars"], len(waves[0]))
    return waves[0] + luck, waves[1] + luck


def lasting_uniforms(rng: np.random.Generator, n: int, stays: float) -> tuple[Floats, Floats]:
    """Return two waves of uniform numbers of which a share `stays` is the same, so that firms rarely forget what they had."""
    first, second = rng.random(n), rng.random(n)
    return first, np.where(rng.random(n) < stays, first, second)
