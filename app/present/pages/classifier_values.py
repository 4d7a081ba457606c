"""The frozen values the classifier page is made of; every text in them is already worded."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.figure import Figure
from app.present.pages.values import Fact, Head, PageTable


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its title above and a sentence on how to read it below; no table: the sentence stands alone."""

    title: str
    table: PageTable | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CardSection:
    """One section of the model card: a heading and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassifierPage:
    """分类器: models beside baselines, how far its chances can be believed, for whom it errs, and its card.

    `warnings` stand in a bar above everything; `choice` says why this model was taken; `exports` whether there is a model
    to write into a file.
    """

    head: Head
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    models: Part | None = None
    choice: str = ""
    levels: Part | None = None
    calibration: Figure | None = None
    confusion: Figure | None = None
    conformal: Part | None = None
    groups: Part | None = None
    drift: Part | None = None
    card: tuple[CardSection, ...] = ()
    exports: bool = False
