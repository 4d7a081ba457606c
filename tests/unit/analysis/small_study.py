"""Small instruments, rubrics and responses for the tests of the analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from app.domain.condition import Condition
from app.domain.instrument import Instrument, Item, ItemType, Option, Role
from app.domain.responses import FIRM_COLUMNS, Block, Responses
from app.domain.rubric import Gate, ItemScore, LevelWords, Pillar, Rubric
from app.domain.study import Design, Wave
from app.domain.words import Words

W = Words("文", "text")
YES_NO = ("yes", "no", "planned", "unknown", "na")
NUMBERS = (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT)


def item(code: str, type_: ItemType, options: Sequence[str] = (), exclusive: str = "", **more) -> Item:
    closed = tuple(Option(option, W, exclusive=option == exclusive) for option in options)
    return Item(code, type_, W, W, options=closed, **more)


INSTRUMENT = Instrument(
    "small",
    "1",
    W,
    "test",
    (
        item("use", ItemType.YES_NO, YES_NO, pillar="use"),
        item("tools", ItemType.MULTI, ("a", "b", "c", "none"), "none", pillar="use"),
        item("stage", ItemType.LADDER, ("s0", "s1", "s2"), pillar="data"),
        item("line", ItemType.YES_NO, YES_NO, pillar="data", sections=("C",)),
        item("spend", ItemType.MONEY, pillar="data"),
        item("people", ItemType.COUNT, role=Role.EMPLOYEES),
        item("income", ItemType.MONEY, role=Role.REVENUE),
    ),
)
YES_POINTS = (("yes", 1.0), ("planned", 0.25), ("no", 0.0))
LEVELS = tuple(LevelWords(f"L{place}", W, cut, W) for place, cut in enumerate((0.0, 20.0, 40.0, 60.0, 80.0)))


def uses_ai(**more) -> Condition:
    return Condition("answer", item="use", includes=("yes",), **more)


RUBRIC = Rubric(
    id="small",
    version="1",
    words=W,
    source="test",
    pillars=(Pillar("use", W, 2.0), Pillar("data", W, 1.0)),
    scores=(
        ItemScore("use", "use", "options", points=YES_POINTS),
        ItemScore("tools", "use", "count", high=2.0),
        ItemScore("stage", "data", "goalposts", high=2.0),
        ItemScore("line", "data", "options", points=YES_POINTS),
        ItemScore("spend", "data", "goalposts", high=100.0),
    ),
    gates=(Gate("g2", "L2", uses_ai(), W), Gate("g4", "L4", Condition("pillar", item="data", at_least=90.0), W)),
    levels=LEVELS,
    minimum_answered=0.5,
)
LADDER = Rubric(
    "ladder", "1", W, "test", (), (), (), LEVELS, ladder_item="stage", ladder=(("s0", "L0"), ("s1", "L1"), ("s2", "L3"))
)
WAVE = Wave("2026", "2026-12-31", Design.SAMPLE, {})


def values_frame(answers: Mapping[str, Sequence], n: int, instrument: Instrument = INSTRUMENT) -> pd.DataFrame:
    """A values frame as the contract types it: float64 for numbers, category for closed items, NaN for blanks."""
    frame = {}
    for asked in instrument.items:
        given = list(answers.get(asked.code, [None] * n))
        if asked.type in NUMBERS:
            frame[asked.code] = pd.array([np.nan if value is None else value for value in given], dtype="float64")
        else:
            frame[asked.code] = pd.Categorical(given)
    return pd.DataFrame(frame, index=range(n))


def responses(answers: Mapping[str, Sequence], instrument: Instrument = INSTRUMENT, **firms) -> Responses:
    """Responses with these answers; firm columns by keyword, the rest plain."""
    n = len(next(iter(answers.values())))
    plain = {
        "firm": [f"F{row:05d}" for row in range(n)],
        "sector": ["C"] * n,
        "size": ["small"] * n,
        "wave": ["2026"] * n,
        "counted": [True] * n,
        "code_valid": [True] * n,
    }
    columns = {name: list(firms.get(name, plain.get(name, [""] * n))) for name in FIRM_COLUMNS}
    values = values_frame(answers, n, instrument)
    return Responses(
        values=values,
        originals=values.astype("category"),
        firms=pd.DataFrame(columns),
        places=pd.DataFrame({"block": [0] * n, "row": range(2, n + 2)}),
        blocks=(Block("s", "f.xlsx", "Sheet1", "2026", {}),),
    )


def shuffled(given: Responses, seed: int) -> Responses:
    """The same responses in another order."""
    order = np.random.default_rng(seed).permutation(len(given))

    def turn(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.iloc[order].reset_index(drop=True)

    return Responses(turn(given.values), turn(given.originals), turn(given.firms), turn(given.places), given.blocks)
