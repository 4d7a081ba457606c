"""A learnt model as bytes and back: a header that says what it belongs to, and a body that can only hold what it must.

The body is skops with a list of trusted types, read by nothing that could run code. The header is checked before the body.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from app.analysis.learn.calibrate import Calibration
from app.analysis.learn.conformal import Thresholds
from app.analysis.learn.fitted import Boosted, Core, Fitted, PlainModel, RubricTable, Shares
from app.analysis.learn.plain import Plain
from app.analysis.learn.predict import LevelModel, Norms
from app.analysis.learn.report import libraries
from app.analysis.learn.sets import Sets
from app.analysis.learn.steady import steady
from app.analysis.learn.table import Columns
from app.domain.errors import UserError
from app.domain.instrument import Instrument
from app.domain.rubric import Rubric

MOST_BYTES = 64 * 1024 * 1024
_FORMAT = "zhiheng-model-1"
_HEADER, _BODY = "header.json", "body.skops"
TRUSTED = (
    "app.analysis.learn.estimators.FrankHall",
    "functools.partial",  # of check_array alone: the function inside is held against this list as well
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.utils.validation.check_array",
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a model belongs to: questionnaire and rubric with versions, the wave it learnt from, and the day it was saved."""

    instrument: str
    instrument_version: str
    rubric: str
    rubric_version: str
    wave: str = ""
    when: str = ""


def meta_of(instrument: Instrument, rubric: Rubric, wave: str = "", when: str = "") -> Meta:
    """Return what a model of this study belongs to."""
    return Meta(instrument.id, instrument.version, rubric.id, rubric.version, wave, when)


def model_bytes(model: LevelModel, meta: Meta) -> bytes:
    """Return the model as a file: a zip of a readable header and a skops body."""
    from skops.io import dumps

    header = {
        "format": _FORMAT,
        **asdict(meta),
        "levels": model.levels,
        "columns": asdict(model.columns),
        "kind": model.fitted.kind,
        "seed": model.sets.seed,
        "libraries": dict(libraries()),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((_HEADER, json.dumps(header, ensure_ascii=False).encode()), (_BODY, steady(dumps(_state(model))))):
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def model_from_bytes(data: bytes, instrument: Instrument, rubric: Rubric) -> tuple[LevelModel, Meta]:
    """Return the model of a file and what it belongs to.

    UserError `model.unreadable`, `model.untrusted`, `model.other_instrument`, `model.other_rubric`, `model.other_levels`,
    `model.other_questions` or `model.other_version` where it cannot be used here.
    """
    header, body = _unpacked(data)
    meta, columns = _checked(header, instrument, rubric)
    return _restored(header, columns, _state_of(body)), meta


def _unpacked(data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        with _opened(data) as archive:
            header, body = json.loads(archive.read(_HEADER)), archive.read(_BODY)
        _opened(body).close()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise UserError("model.unreadable") from error
    if not isinstance(header, dict) or header.get("format") != _FORMAT:
        raise UserError("model.unreadable")
    return header, body


def _opened(data: bytes) -> zipfile.ZipFile:
    """Return a zip that unpacks to no more than a model may take; ValueError where it would."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
        raise ValueError("unpacks to too much")
    return archive


def _checked(header: Mapping[str, Any], instrument: Instrument, rubric: Rubric) -> tuple[Meta, Columns]:
    """Return what the header says; UserError where it is not of this study."""
    try:
        meta = Meta(*(str(header[field.name]) for field in fields(Meta)))
        columns = _columns(header["columns"])
        levels = tuple(str(level) for level in header["levels"])
        saved = str(header["libraries"]["scikit-learn"])
    except (KeyError, TypeError, ValueError) as error:
        raise UserError("model.unreadable") from error
    _same("model.other_instrument", (meta.instrument, meta.instrument_version), (instrument.id, instrument.version))
    _same("model.other_rubric", (meta.rubric, meta.rubric_version), (rubric.id, rubric.version))
    _same("model.other_levels", levels, tuple(level.code for level in rubric.levels))
    missing = sorted(set(columns.items) - {score.item for score in rubric.scores})
    if missing:
        raise UserError("model.other_questions", missing="、".join(missing))
    own = dict(libraries())["scikit-learn"]
    if header["kind"] == "boosting":  # a boosting's levels changed in 12 % of firms between releases, a regression's in none
        _same("model.other_version", tuple(saved.split(".")[:2]), tuple(own.split(".")[:2]))
    return meta, columns


def _same(code: str, theirs: tuple[str, ...], ours: tuple[str, ...]) -> None:
    if theirs != ours:
        raise UserError(code, theirs=" ".join(theirs), ours=" ".join(ours))


def _columns(given: Mapping[str, Any]) -> Columns:
    return Columns(
        items=tuple(map(str, given["items"])),
        pillars=tuple(map(str, given["pillars"])),
        weights=tuple(map(float, given["weights"])),
        facts=tuple((str(name), tuple(map(str, answers))) for name, answers in given["facts"]),
        amounts=tuple(map(str, given["amounts"])),
        flags=tuple(map(str, given["flags"])),
    )


def _state(model: LevelModel) -> dict[str, Any]:
    """Return the model as plain arrays, and one estimator where it is boosted."""
    fitted, bounds = model.fitted, model.sets.bounds
    return {
        "classes": fitted.classes,
        "floor": fitted.floor,
        "slopes": fitted.calibration.slopes,
        "shifts": fitted.calibration.shifts,
        "quantiles": [None if bound is None else float(bound) for bound in bounds.quantiles],
        "bounds": [float(bounds.alpha), int(bounds.n), bounds.reason],
        "ends": [int(end) for end in model.sets.ends],
        "sectors": list(model.norms.sectors),
        "norms": model.norms.points,
        **_core_state(fitted.core),
    }


def _core_state(core: Core) -> dict[str, Any]:
    if isinstance(core, PlainModel):
        plain = {"pillars": list(core.plain.pillars), "fill": core.plain.fill}
        return {**plain, "coefficients": core.coefficients, "cuts": core.thresholds}
    if isinstance(core, Boosted):
        return {"estimator": core.estimator}
    if isinstance(core, Shares | RubricTable):
        return {"above": core.above}
    raise TypeError(type(core).__name__)


def _state_of(body: bytes) -> dict[str, Any]:
    """Return the body's state; UserError where it is damaged or holds a type that a model has no use for."""
    from skops.io import get_untrusted_types, loads

    try:
        kinds = sorted(set(get_untrusted_types(data=body)) - set(TRUSTED))
        if kinds:
            raise UserError("model.untrusted", kinds="、".join(kinds[:5]))
        state = loads(body, trusted=list(TRUSTED))
    except UserError:
        raise
    except Exception as error:  # whatever a damaged or hostile body raises in the reader, it is no model of ours
        raise UserError("model.unreadable") from error
    if not isinstance(state, dict):
        raise UserError("model.unreadable")
    return state


def _restored(header: Mapping[str, Any], columns: Columns, state: Mapping[str, Any]) -> LevelModel:
    try:
        alpha, n, reason = state["bounds"]
        calibration = Calibration(_floats(state["slopes"]), _floats(state["shifts"]))
        classes = np.asarray(state["classes"], dtype=np.int64)
        fitted = Fitted(str(header["kind"]), columns, classes, _floats(state["floor"]), _core(columns, state), calibration)
        norms = Norms(tuple(map(str, state["sectors"])), np.asarray(state["norms"], dtype=np.float32))
        bounds = Thresholds(tuple(state["quantiles"]), float(alpha), int(n), str(reason))
        low, high = state["ends"]
        sets = Sets(bounds, classes, (int(low), int(high)), int(header["seed"]))
        return LevelModel(fitted, tuple(map(str, header["levels"])), sets, norms)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("model.unreadable") from error


def _core(columns: Columns, state: Mapping[str, Any]) -> Core:
    if "coefficients" in state:
        plain = Plain(columns, tuple(map(str, state["pillars"])), _floats(state["fill"]))
        return PlainModel(plain, _floats(state["coefficients"]), _floats(state["cuts"]))
    if "estimator" in state:
        return Boosted(state["estimator"], columns.rubric)
    above = _floats(state["above"])
    return Shares(above) if above.ndim == 1 else RubricTable(above, columns.rubric)


def _floats(numbers: object) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(numbers, dtype=np.float64)
