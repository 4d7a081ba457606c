"""调查项目: the document as one frozen value, and the journal of the commands that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.assessment import Assessment
from app.domain.findings import Finding
from app.domain.goals import GoalProgress
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.rubric import Rubric

FORMAT_VERSION = 1


class Design(StrEnum):
    """How the firms of a wave came to answer: 普查, 概率抽样, 自愿填报."""

    CENSUS = "census"
    SAMPLE = "sample"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Wave:
    """期: one round; `date` ISO; `frame` firms in the frame by sector (empty: unknown)."""

    id: str
    date: str
    design: Design
    frame: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Source:
    """来源表: one file as received. `content` (zlib-compressed bytes) is held only until the study file has stored it.

    `responses` rows it gave; `mapped`/`unmapped` columns; `status` read | refused | repeat.
    """

    sha256: str
    name: str
    size: int
    wave: str
    reader: str
    status: str
    responses: int
    mapped: int
    unmapped: int
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """操作记录: `hash` = sha256(previous hash, number, time, command, parameters, effect); parameters and effect are JSON."""

    number: int
    time: str
    command: str
    parameters: str
    effect: str
    hash: str


@dataclass(frozen=True, slots=True)
class Study:
    """The whole state. Derived values (`responses` … `progress`) are functions of sources, parameters and resources.

    `definition` is the TOML text of the instrument and of its rubric, kept so that a study never changes its questions.
    """

    name: str
    instrument: Instrument
    rubric: Rubric
    definition: tuple[str, str] = ("", "")
    waves: tuple[Wave, ...] = ()
    sources: tuple[Source, ...] = ()
    responses: Responses | None = None
    findings: tuple[Finding, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    progress: tuple[GoalProgress, ...] = ()
    journal: tuple[JournalEntry, ...] = ()
    synthetic: bool = False

    def wave(self, id_: str) -> Wave:
        """Return the wave with this id; KeyError when there is none."""
        for wave in self.waves:
            if wave.id == id_:
                return wave
        raise KeyError(id_)

    @property
    def latest_assessment(self) -> Assessment | None:
        """The assessment of the newest wave, or None."""
        return self.assessments[-1] if self.assessments else None
