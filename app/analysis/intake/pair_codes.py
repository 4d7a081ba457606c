"""Firms whose credit codes are nearly the same: one of them is wrong, and very likely by a slip."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.analysis.intake.clean_text import lost_digits
from app.analysis.intake.credit_code import LENGTH, looked_alike
from app.analysis.intake.faces import Faces, candidates
from app.domain.sheet import CellKind

_SHORTEST = 12  # characters that must be left of a code for it to point to one firm
_HEAD, _TAIL = 12, 5  # one slip leaves the first twelve or the last five characters of a code as they were
_ALONE, _WITH_NAME = 0.7, 0.27  # the codes alone; what a name of full likeness adds


def code_candidates(faces: Faces) -> pd.DataFrame:
    """Return pairs of a face with a wrong code and one of another firm whose valid code differs from it by one slip.

    A slip is one character wrong, lost or too many, or two neighbours changed round; a code that lost its last digits
    belongs to the one valid code that begins with what is left.
    """
    right = np.unique(faces.code[faces.valid].astype(str)).astype(object)
    wrong = np.unique(faces.code[~faces.valid].astype(str)).astype(object)
    wrong = wrong[[_SHORTEST <= len(code) <= LENGTH + 1 for code in wrong]] if len(wrong) else wrong
    if not len(wrong) or not len(right):
        return candidates(np.zeros(0, np.int64), np.zeros(0, np.int64), 0.0, "")
    pairs = _near(wrong, right)
    wrong_faces = pd.DataFrame({"wrong": faces.code, "left": np.arange(len(faces))})[~faces.valid]
    right_faces = pd.DataFrame({"right_code": faces.code, "right": np.arange(len(faces))})[faces.valid]
    joined = pairs.merge(wrong_faces, on="wrong").merge(right_faces, on="right_code")
    left, other = joined["left"].to_numpy(dtype=np.int64), joined["right"].to_numpy(dtype=np.int64)
    found = candidates(left, other, 0.0, "").assign(reason=joined["reason"].to_numpy())
    found["score"] = _ALONE + _WITH_NAME * _likeness(faces, left, other)
    return found[faces.firm[left] != faces.firm[other]]


def _near(wrong: npt.NDArray[np.object_], right: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Return the pairs (wrong, right_code, reason) that one slip or lost last digits explain."""
    meant = np.array([looked_alike(code) for code in wrong], dtype=object)
    blocks = [
        pd.DataFrame({"end": [code[end] for code in meant], "wrong": wrong, "meant": meant}).merge(
            pd.DataFrame({"end": [code[end] for code in right], "right_code": right}), on="end"
        )
        for end in (slice(_HEAD), slice(-_TAIL, None))
    ]
    pairs = pd.concat(blocks, ignore_index=True).drop_duplicates(["wrong", "right_code"])
    slips = process.cpdist(pairs["meant"].tolist(), pairs["right_code"].tolist(), scorer=OSA.distance, score_cutoff=1)
    near = pairs[slips <= 1].assign(reason="firm.reason.code_near")
    left_over = pairs[slips > 1]
    lost = left_over[[_begins(code, whole) for code, whole in zip(left_over["meant"], left_over["right_code"], strict=True)]]
    lost = lost.drop_duplicates("wrong", keep=False).assign(reason="firm.reason.code_part")
    return pd.concat([near, lost], ignore_index=True)[["wrong", "right_code", "reason"]]


def _begins(code: str, whole: str) -> bool:
    """Return whether `whole` begins with what is left of a code: cut short, or its last digits turned into noughts."""
    rest = code.rstrip("0") if lost_digits(code, CellKind.NUMBER) else code
    return len(rest) >= _SHORTEST and whole.startswith(rest)


def _likeness(faces: Faces, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return how alike the names of pairs of faces are, 0–1; shape (n_pairs,)."""
    if not len(left):
        return np.zeros(0)
    distance = process.cpdist(faces.key[left].tolist(), faces.key[right].tolist(), scorer=OSA.normalized_similarity)
    return np.asarray(distance, dtype=np.float64)
