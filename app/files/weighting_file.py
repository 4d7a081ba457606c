"""Pillar weights as a small file that a person may edit: a number for each pillar, how they are joined, and why."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import UserError
from app.domain.judgement import Weighting
from app.files.atomic import write_atomically
from app.files.small_text import read_small_text
from app.files.toml_text import quoted

_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class WeightingFile:
    """What a file says: weights by pillar as written, `aggregation` and `rationale` "" where it does not say."""

    weights: tuple[tuple[str, float], ...]
    aggregation: str = ""
    rationale: str = ""


def read_weighting(path: Path) -> WeightingFile:
    """Return the weights of a file that `write_weighting` made, or one like it; UserError `weights.file`."""
    try:
        document = tomllib.loads(read_small_text(path, _BYTES, "weights.file"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError("weights.file", file=path.name) from error
    weights = document.get("weights")
    texts = [document.get(name, "") for name in ("aggregation", "rationale")]
    if not isinstance(weights, dict) or not weights or not all(isinstance(text, str) for text in texts):
        raise UserError("weights.file", file=path.name)
    if not all(isinstance(weight, int | float) and not isinstance(weight, bool) for weight in weights.values()):
        raise UserError("weights.file", file=path.name)
    return WeightingFile(tuple((code, float(weight)) for code, weight in weights.items()), *texts)


def write_weighting(path: Path, weighting: Weighting) -> None:
    """Write one version of the weights to `path` as TOML; UserError when the disk will not have it."""
    lines = [f"aggregation = {quoted(weighting.aggregation.value)}", f"rationale = {quoted(weighting.rationale)}", ""]
    lines += ["[weights]", *(f"{quoted(code)} = {float(weight)!r}" for code, weight in weighting.weights)]
    write_atomically(path, "\n".join(lines) + "\n")
