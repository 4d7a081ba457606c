"""关注: what else the policy asks to be watched: agents in use and their control, jobs, and where models come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from app.domain.condition import Condition
from app.domain.estimate import Estimate
from app.domain.words import Words

AGENT_COLUMNS = (
    "position",  # row of the responses
    "firm",
    "name",
    "sector",
    "size",
    "township",
    "agents",  # how many (NaN unknown)
    "kinds",  # option codes, joined by a bar
    "purposes",  # option codes, joined by a bar
    "tier",  # Tier value, "" unknown
    "autonomy",  # option code of the item, "" unknown
    "runs_on",
    "data",
    "logs",
    "review",
    "filing",
    "control",  # 0–100 over the applicable answered controls, NaN where none was answered
    "control_low",  # the same were every blank a no
    "control_high",  # the same were every blank a yes
    "exposure",  # 0–100, NaN unknown
    "flags",  # codes of red flags that hold, joined by a bar
    "flags_unknown",  # codes of red flags a blank leaves open, joined by a bar
    "quadrant",  # Quadrant value
)


class Tier(StrEnum):
    """Who decides, in the three official tiers: 仅限用户本人决策, 需用户授权决策, 智能体自主决策."""

    USER = "user"
    AUTHORISED = "authorised"
    AGENT = "agent"


class Quadrant(StrEnum):
    """Exposure × control. A red flag puts a firm among the uncontrolled whatever its score."""

    ACT = "act"  # high exposure, weak control
    GUARDED = "guarded"  # high exposure, strong control
    TIDY = "tidy"  # low exposure, weak control
    CALM = "calm"  # low exposure, strong control
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Control:
    """One control of agents: satisfied where `holds`, not applicable where `exempt` holds; `hook` is the text it comes from."""

    id: str
    words: Words
    holds: Condition
    exempt: Condition | None
    hook: str


@dataclass(frozen=True, slots=True)
class RedFlag:
    """What overrides any score where `holds`."""

    id: str
    words: Words
    holds: Condition
    hook: str


@dataclass(frozen=True, slots=True, eq=False)
class AgentRegister:
    """The agents in use in one wave: `frame` a row a firm that uses them (AGENT_COLUMNS). It names firms: internal."""

    wave: str
    version: str
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True)
class SectorAgents:
    """Agents in one sector (TOTAL for all). Shares are of firms that answered, `flagged` and quadrants of firms with agents."""

    sector: str
    firms: int
    users: int
    using: Estimate
    flagged: Estimate
    control: float | None
    exposure: float | None
    quadrants: Mapping[str, int]
    flags: Mapping[str, int]
    tiers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SectorJobs:
    """Jobs in one sector (TOTAL for all): rates over employees of firms that answered both, redeployment over those affected.

    `rates` by id displaced | created | net | moved | redeployed | trained. `exposure` is the range (lowest, middle, highest) over
    published indices, each 0–1 relative to all sectors, by `indices`; None where no index covers the sector. Exposure is not
    displacement.
    """

    sector: str
    firms: int
    employees: float
    rates: Mapping[str, Estimate]
    exposure: tuple[float, float, float] | None
    indices: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SectorModels:
    """Where models come from in one sector (TOTAL for all), as shares of firms by option code; blank is in none.

    `sources`, `purposes`, `barriers` by option code; `human_channel` None where the instrument does not ask.
    """

    sector: str
    firms: int
    sources: Mapping[str, Estimate]
    purposes: Mapping[str, Estimate]
    barriers: Mapping[str, Estimate]
    human_channel: Estimate | None


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """Everything watched in one wave; TOTAL first, then the sectors. `missing` are text keys of what was not asked."""

    wave: str
    register: AgentRegister
    agents: tuple[SectorAgents, ...]
    jobs: tuple[SectorJobs, ...]
    models: tuple[SectorModels, ...]
    missing: tuple[str, ...] = ()
