"""One hash over everything a brief rests on: the same hash means that the same brief would be written.

Values are hashed by their content: neither how a file packs them nor a field that a later version of the program adds (and leaves
at its default) makes another hash of the same study, or else an approval would look broken after an update.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

import numpy as np
import pandas as pd

from app.domain.study import Study

_LEFT_OUT = {"model", "content"}  # what only repeats the numbers beside it, or is stored elsewhere
_FRAMES = ("values", "firms")


def results_hash(study: Study) -> str:
    """Return sha256 (hex) over answers, findings, levels, goals, and the definition, waves, sources, judgements and targets.

    Signatures, releases, the journal and decisions are no part of it: what a decision changed shows in the answers.
    """
    known = study.responses
    answers = () if known is None else (*(getattr(known, name) for name in _FRAMES), known.qualifiers)
    register = None if study.register is None else study.register.firms
    results = (study.findings, study.assessments, study.progress)
    return content_hash(
        study.name, study.definition, study.waves, study.sources, study.judgements, study.targets, answers, register, results
    )


def content_hash(*values: object) -> str:
    """Return sha256 (hex) over values: dataclasses, mappings, sequences, enums, plain values and frames of numbers and texts."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(json.dumps(_plain(value), sort_keys=True, separators=(",", ":")).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(held) for field in dataclasses.fields(value) if (held := _held(value, field)) is not field}
    if isinstance(value, pd.DataFrame):
        return [[str(name), _column(value.iloc[:, place])] for place, name in enumerate(value.columns)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(entry) for entry in value]
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value


def _held(value: Any, field: dataclasses.Field[Any]) -> Any:
    """Return what the field holds, or the field itself where it is left out."""
    held = getattr(value, field.name)
    if field.name in _LEFT_OUT:
        return field
    if field.default is not dataclasses.MISSING:
        return field if _is(held, field.default) else held
    if field.default_factory is not dataclasses.MISSING:
        return field if _is(held, field.default_factory()) else held
    return held


def _is(held: Any, default: Any) -> bool:
    return held is default or (type(held) is type(default) and not isinstance(held, pd.DataFrame) and held == default)


def _column(column: pd.Series) -> str:
    """Return the hash of a column's values, whatever stores them."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _texts(column.cat.codes.to_numpy(), [str(each) for each in column.cat.categories])
    if pd.api.types.is_numeric_dtype(column.dtype):
        return hashlib.sha256((column.to_numpy(dtype=np.float64) + 0.0).astype("<f8").tobytes()).hexdigest()
    codes, labels = pd.factorize(column)
    return _texts(codes, [str(each) for each in labels])


def _texts(codes: np.ndarray, labels: list[str]) -> str:
    """Hash texts by their distinct ones in the order in which they come, and the number of each; −1 is missing."""
    order, distinct = pd.factorize(codes)
    names = [None if code < 0 else labels[code] for code in distinct.tolist()]
    digest = hashlib.sha256(json.dumps(names).encode())
    digest.update(order.astype("<i8").tobytes())
    return digest.hexdigest()
