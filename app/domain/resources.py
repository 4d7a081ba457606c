"""Everything loaded from resources/, once, and passed as an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.brief import BriefTemplate, PageLayout
from app.domain.crosswalk import Standard
from app.domain.findings import FindingKind
from app.domain.firm_names import NameBook
from app.domain.goals import GoalBook
from app.domain.instrument import Instrument
from app.domain.natives import NativeRule
from app.domain.reference import ReferenceSeries
from app.domain.rubric import Rubric
from app.domain.rules import Rule
from app.domain.taxonomy import Taxonomy
from app.domain.watch import ExposureIndex, WatchRule
from app.domain.words import Words


@dataclass(frozen=True, slots=True)
class Resources:
    """The constants of the world: instruments and rubrics by id, goal book, taxonomy, finding kinds, wording, rules, names.

    `natives` holds the rule for AI-native candidates by instrument id; `standards` those whose levels are read in as given;
    `references` published series from elsewhere; `watch` what is watched by instrument id; `exposure` published indices;
    `templates` what documents are made of and `layouts` the pages they are set on, by id.
    """

    instruments: Mapping[str, Instrument]
    rubrics: Mapping[str, Rubric]
    goal_book: GoalBook
    taxonomy: Taxonomy
    finding_kinds: Mapping[str, FindingKind]
    words: Mapping[str, Words]
    rules: tuple[Rule, ...] = ()
    names: NameBook = field(default_factory=NameBook)
    natives: Mapping[str, NativeRule] = field(default_factory=dict)
    standards: tuple[Standard, ...] = ()
    references: tuple[ReferenceSeries, ...] = ()
    watch: Mapping[str, WatchRule] = field(default_factory=dict)
    exposure: tuple[ExposureIndex, ...] = ()
    templates: Mapping[str, BriefTemplate] = field(default_factory=dict)
    layouts: Mapping[str, PageLayout] = field(default_factory=dict)
