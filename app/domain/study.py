"""调查项目: the document as one frozen value, and the journal of the commands that made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.assessment import Assessment
from app.domain.decisions import Guidance, Question
from app.domain.findings import Finding
from app.domain.goals import GoalProgress
from app.domain.instrument import Instrument
from app.domain.judgement import Judgements
from app.domain.register import Register
from app.domain.responses import Responses
from app.domain.rubric import Rubric
from app.domain.signing import Signing
from app.domain.targets import Targets

if TYPE_CHECKING:
    import pandas as pd

FORMAT_VERSION = 5  # 2: decisions, questions, register; 3: judgements, strata; 4: targets; 5: signing; older files are read


class Design(StrEnum):
    """How the firms of a wave came to answer: 普查, 概率抽样, 自愿填报."""

    CENSUS = "census"
    SAMPLE = "sample"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Wave:
    """期: one round; `date` ISO; `frame` firms in the frame by sector (empty: unknown); `due` the day by which forms were due.

    `strata` are the firm columns by which firms were drawn or are to be weighted (of sector, size, township), and `cells` the
    frame's firms in each combination of them, their values joined by a bar (`C|small`); both empty where only `frame` is known.
    `instrument` is the version of the instrument it was collected with, "" in studies that did not note it.
    """

    id: str
    date: str
    design: Design
    frame: Mapping[str, int]
    due: str = ""
    strata: tuple[str, ...] = ()
    cells: Mapping[str, int] = field(default_factory=dict)
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """来源表: one file as received. `content` (zlib-compressed bytes) is held only until the study file has stored it.

    `responses` rows it gave; `mapped`/`unmapped` columns; `status` read | refused | repeat.
    `sha256` is that of the workbook kept; `received` that of the file as it came, where a password or an archive was around
    it. `arrived` when it was collected (ISO); `templates` the fingerprints of its tables; `corrects` the source it seems to
    put right; `questions` what it left open.
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
    received: str = ""
    arrived: str = ""
    templates: tuple[str, ...] = ()
    corrects: str = ""
    questions: tuple[Question, ...] = ()


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
    """The whole state. Derived values (`responses` … `progress`, `tallies`) are functions of sources, parameters and resources.

    `definition` is the TOML text of the instrument and of its rubric, kept so that a study never changes its questions.
    `tallies` are the sums of every measure by wave and kind of firm (`analysis.progress.cube`), made and dropped with `progress`.
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
    guidance: Guidance = Guidance()  # noqa: RUF009 - a frozen value
    questions: tuple[Question, ...] = ()
    register: Register | None = None
    judgements: Judgements = Judgements()  # noqa: RUF009 - a frozen value
    targets: Targets = Targets()  # noqa: RUF009 - a frozen value
    signing: Signing = Signing()  # noqa: RUF009 - a frozen value
    tallies: pd.DataFrame | None = field(default=None, compare=False)

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
