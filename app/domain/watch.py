"""关注: what else the policy asks to be watched: agents in use and their control, jobs, and where models come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.condition import Condition
from app.domain.estimate import Estimate
from app.domain.words import Words

if TYPE_CHECKING:
    import pandas as pd

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
    "exposure_low",  # 0–100: the least that what was left blank allows
    "exposure_high",  # the most
    "incidents",  # how many in twelve months (NaN unknown)
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


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of exposure: what an answer weighs, 0–1, by option (`points`) or, for a number, `steps` (at least, weight)."""

    id: str
    words: Words
    item: str
    points: tuple[tuple[str, float], ...] = ()
    steps: tuple[tuple[float, float], ...] = ()

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that any answer weighs."""
        weights = [weight for _, weight in (*self.points, *self.steps)]
        return min(weights), max(weights)


@dataclass(frozen=True, slots=True)
class AgentRule:
    """How agents are read from answers: who uses them, what the register holds, tiers, controls, flags, exposure and cuts.

    `columns` names the item of a register column; `tiers` gives the tier of an option of the autonomy item, `tier_hook` the text
    it comes from. Control is strong from `strong` on, exposure high from `high` on, both 0–100.
    """

    uses: Condition
    columns: Mapping[str, str]
    tiers: Mapping[str, Tier]
    tier_hook: str
    controls: tuple[Control, ...]
    flags: tuple[RedFlag, ...]
    factors: tuple[Factor, ...]
    strong: float
    high: float


@dataclass(frozen=True, slots=True)
class ModelRule:
    """The items for where models come from, what AI is used for and what stands in the way; who keeps a human channel.

    Firms for which `human_exempt` holds have nothing that serves customers, and are in no share of those that keep one.
    """

    sources: str
    purposes: str
    barriers: str
    human_channel: Condition | None = None
    human_exempt: Condition | None = None


@dataclass(frozen=True, slots=True)
class WatchRule:
    """How one instrument is watched. `jobs` names the items displaced | created | moved | trained."""

    id: str
    instrument: str
    version: str
    words: Words
    source: str
    agents: AgentRule
    jobs: Mapping[str, str]
    models: ModelRule
    verify: bool = False


@dataclass(frozen=True, slots=True)
class ExposureIndex:
    """A published index of how exposed work is to AI, by section of GB/T 4754: `values` in its own unit.

    `assumed` says what Zhiheng itself assumed to come from occupations or other classifications to sections.
    """

    id: str
    words: Words
    source: str
    values: Mapping[str, float]
    assumed: Words
    verify: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class AgentRegister:
    """The agents in use in one wave: `frame` a row a firm that uses them (AGENT_COLUMNS). It names firms: internal."""

    wave: str
    version: str
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True)
class SectorAgents:
    """Agents in one sector (TOTAL for all). Shares are of firms that answered, `flagged` and quadrants of firms with agents.

    `firms` said whether they use agents, `users` do; `control` and `exposure` are means over users where they are known (None:
    nowhere). `quadrants`, `tiers` ("" unknown) and `flags` count users, `flags_unknown` those whose blanks leave a flag open;
    `incidents` users with at least one of the `incidents_known` that said.
    """

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
    flags_unknown: Mapping[str, int] = field(default_factory=dict)
    incidents: int = 0
    incidents_known: int = 0


@dataclass(frozen=True, slots=True)
class SectorJobs:
    """Jobs in one sector (TOTAL for all): rates over employees of firms that answered both, redeployment over those affected.

    `rates` by id displaced | created | net | moved | redeployed | trained. `exposure` is the range (lowest, middle, highest) over
    published indices, each 0–1 relative to all sectors, by `indices`; None where no index covers the sector. Exposure is not
    displacement. `left_out` firms gave counts below 0, above their employees, or no employees, and are in no rate. `hidden` are
    the rates, and "employees", that one or two firms make up: their value is None, and `employees` is 0.
    """

    sector: str
    firms: int
    employees: float
    rates: Mapping[str, Estimate]
    exposure: tuple[float, float, float] | None
    indices: Mapping[str, float]
    left_out: int = 0
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectorModels:
    """Where models come from in one sector (TOTAL for all), as shares of firms by option code; blank is in none.

    `sources`, `purposes`, `barriers` by option code; `human_channel` is a share of firms whose AI serves
    customers, None where the instrument does not ask.
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
