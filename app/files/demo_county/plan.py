"""What the county consists of: resources/demo/*.toml as frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.files.resources import resources_folder

WAVES = (("2025", "2025-06-30"), ("2026", "2026-06-30"))


@dataclass(frozen=True, slots=True)
class Township:
    """A township or park: how many firms its register holds, and its industrial profile."""

    name: str
    firms: int
    profile: str


@dataclass(frozen=True, slots=True)
class SectorPlan:
    """A section's share of firms, readiness shift in standard deviations, and shares by size (large … micro)."""

    letter: str
    share: float
    ready: float
    sizes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DivisionPlan:
    """A division within its section: weight, real class codes with names, and words for invented firm names."""

    code: str
    section: str
    weight: float
    classes: tuple[tuple[str, str], ...]
    business: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan; the tables `register`, `names`, `profiles`, `answers`, `writing`, `assessors` are as TOML has them."""

    county: str
    short: str
    prefix: str
    firms: int
    townships: tuple[Township, ...]
    sectors: Mapping[str, SectorPlan]
    divisions: tuple[DivisionPlan, ...]
    register: Mapping[str, Any]
    profiles: Mapping[str, Mapping[str, float]]
    names: Mapping[str, Any]
    answers: Mapping[str, Any]
    writing: Mapping[str, Any]
    shapes: tuple[Mapping[str, Any], ...]
    faults: tuple[Mapping[str, Any], ...]
    assessors: Mapping[str, Any]


def load_plan(folder: Path | None = None) -> Plan:
    """Read the plan of the county from `folder` (default: resources/demo)."""
    folder = folder or resources_folder() / "demo"
    tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
    county, sectors = tables["county"], tables["sectors"]
    return Plan(
        county=county["name"],
        short=county["short"],
        prefix=county["prefix"],
        firms=county["firms"],
        townships=tuple(Township(**row) for row in county["townships"]),
        sectors={row["letter"]: SectorPlan(**{**row, "sizes": tuple(row["sizes"])}) for row in sectors["sections"]},
        divisions=tuple(_division(code, row) for code, row in sectors["divisions"].items()),
        register=county["register"],
        profiles=county["profiles"],
        names=tables["names"],
        answers=tables["answers"],
        writing=tables["writing"],
        shapes=tuple(tables["shapes"]["shapes"]),
        faults=tuple(tables["faults"]["faults"]),
        assessors=tables["assessors"],
    )


def stream(seed: int, *stage: int) -> np.random.Generator:
    """Return an independent random stream for one stage, so that a change in one stage leaves the others alone."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *stage])))


def _division(code: str, row: Mapping[str, Any]) -> DivisionPlan:
    classes = tuple((str(a), str(b)) for a, b in row["classes"])
    return DivisionPlan(code, row["section"], row["weight"], classes, tuple(row["business"]))
