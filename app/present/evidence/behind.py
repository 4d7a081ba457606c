"""The firms behind a number, as lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.domain.numbers import number
from app.present import wording
from app.present.evidence.values import FirmLine
from app.present.view import View

MOST_FIRMS = 200
FEW = 5  # below, a number is not published (analysis.disclosure.Policy.hide_below)


@dataclass(frozen=True, slots=True)
class Behind:
    """Firms in the order to list them: positions of shape (n,), the part each plays, and what a position answered."""

    positions: npt.NDArray[np.int64]
    parts: Sequence[str]
    answer: Callable[[int], str]


def firm_lines(view: View, behind: Behind) -> tuple[FirmLine, ...]:
    """Return the first MOST_FIRMS firms as lines."""
    responses = view.study.responses
    if responses is None:
        return ()
    levels = level_by_position(view)
    positions = [int(position) for position in behind.positions[:MOST_FIRMS]]
    firms = responses.firms.iloc[positions]
    return tuple(
        FirmLine(
            position=position,
            name=str(name),
            sector=view.sector_label(str(sector)),
            level=wording.level_name(view.texts, levels.get(position, "")),
            part=part,
            answer=behind.answer(position),
        )
        for position, name, sector, part in zip(positions, firms["name"], firms["sector"], behind.parts, strict=False)
    )


def firms_line(view: View, total: int) -> str:
    """Say how many firms stand behind the number and how many are listed."""
    if total > MOST_FIRMS:
        return view.texts("evidence.more", total=number(total, "count"), shown=MOST_FIRMS)
    return view.texts("evidence.all", total=number(total, "count"))


def few_note(view: View, n: int) -> tuple[str, ...]:
    """Return the warning that a number on so few firms is not published."""
    return (view.texts("evidence.not_published"),) if 0 < n < FEW else ()


def level_by_position(view: View) -> dict[int, str]:
    """Return the level of each assessed response, in all waves."""
    frames = [assessment.firms[["position", "level"]] for assessment in view.study.assessments]
    if not frames:
        return {}
    both = pd.concat([frame.astype({"level": "str"}) for frame in frames]).fillna({"level": ""})
    return dict(zip(both["position"].astype("int64").tolist(), both["level"].tolist(), strict=True))


def of_sector(view: View, sector: str) -> pd.DataFrame:
    """Return the assessed firms of a sector (TOTAL: all) inside the filters."""
    firms = view.firms
    return firms if sector == "*" else firms[firms["sector"] == sector]
