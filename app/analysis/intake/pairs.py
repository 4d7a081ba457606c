"""The queue of firms that may be one: found by code and name, scored, never joined until somebody decides."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from app.analysis.intake.faces import Faces, faces_of
from app.analysis.intake.firm_findings import FirmPlaces
from app.analysis.intake.identity import BETWEEN, DIFFERENT, SAME, firm_keys, firms_of_keys, subject_of
from app.analysis.intake.pair_codes import code_candidates
from app.analysis.intake.pair_names import name_candidates
from app.domain.decisions import DecisionKind, Guidance, Question
from app.domain.findings import CellReference
from app.domain.firm_names import NameBook
from app.domain.responses import Responses


def firm_pairs(
    responses: Responses,
    guidance: Guidance,
    names: NameBook = NameBook(),  # noqa: B008 - a frozen value
) -> tuple[Question, ...]:
    """Return a question for each two firms that may be one and about which nothing is decided, likeliest first.

    Until somebody answers they are two. `params`: `name`, `code`, `town` of the one and `other`, `other_code`,
    `other_town` of the other; `score` (0–1, two decimals) and `reason` (a text key, firm.reason.*); `places` the two cells.
    """
    if not len(responses):
        return ()
    faces = faces_of(responses, names)
    found = pd.concat([code_candidates(faces), name_candidates(faces, names)], ignore_index=True)
    if found.empty:
        return ()
    one, other = faces.firm[found["left"].to_numpy()], faces.firm[found["right"].to_numpy()]
    found = found.assign(low=np.minimum(one, other), high=np.maximum(one, other))
    found = found.sort_values(["score", "left", "right"], ascending=[False, True, True], kind="stable")
    found = found.drop_duplicates(["low", "high"])
    asked = _Asking(responses, faces, _decided(responses, guidance, names))
    questions = [asked.question(*row) for row in found[["left", "right", "score", "reason"]].itertuples(index=False)]
    return tuple(question for question in questions if question is not None)


def _decided(responses: Responses, guidance: Guidance, names: NameBook) -> frozenset[str]:
    """Return the subjects about which something is decided, by the ids the firms have now."""
    subjects = [each.subject for each in guidance.decisions if each.kind is DecisionKind.FIRM]
    if not subjects:
        return frozenset()
    ids: Mapping[str, str] = firms_of_keys(firm_keys(responses, names), responses.firms["firm"].to_numpy(dtype=object))
    pairs = [subject.partition(BETWEEN) for subject in subjects]
    return frozenset(subject_of(ids.get(one, one), ids.get(other, other)) for one, _, other in pairs)


class _Asking:
    """Words pairs of faces as questions."""

    def __init__(self, responses: Responses, faces: Faces, decided: frozenset[str]) -> None:
        self._faces, self._decided = faces, decided
        self._ids = responses.firms["firm"].to_numpy(dtype=object)
        self._towns = responses.firms["township"].astype(object).fillna("").to_numpy()
        self._answers = pd.Series(self._ids).value_counts().to_dict()
        self._places = FirmPlaces(responses)

    def question(self, left: int, right: int, score: float, reason: str) -> Question | None:
        """Return the question about the firms of two faces, None when it is decided."""
        ids = {face: str(self._ids[self._faces.position[face]]) for face in (left, right)}
        subject = subject_of(*ids.values())
        if subject in self._decided:
            return None
        first, second = sorted((left, right), key=lambda face: ids[face])
        by_code = reason.startswith("firm.reason.code")
        return Question(
            kind=DecisionKind.FIRM,
            scope="",
            subject=subject,
            choices=(SAME, DIFFERENT),
            assumed=DIFFERENT,
            answers=min(self._answers[ids[left]], self._answers[ids[right]]),
            places=tuple(self._place(face, by_code) for face in (first, second)),
            params=(
                *self._told(first, ("name", "code", "town")),
                *self._told(second, ("other", "other_code", "other_town")),
                ("score", f"{score:.2f}"),
                ("reason", reason),
            ),
        )

    def _place(self, face: int, by_code: bool) -> CellReference:
        position = int(self._faces.position[face])
        return self._places.of(position, self._faces.code[face]) if by_code else self._places.line(position)

    def _told(self, face: int, keys: tuple[str, str, str]) -> tuple[tuple[str, str], ...]:
        town = str(self._towns[self._faces.position[face]])
        return tuple(zip(keys, (str(self._faces.name[face]), str(self._faces.code[face]), town), strict=True))
