"""Small studies of the shipped questionnaire: a dict of answers a firm, the rest blank."""

from __future__ import annotations

from dataclasses import replace

from app.domain.responses import Block
from app.domain.study import Design, Study, Wave
from tests.unit.analysis.small_study import RUBRIC, responses

CAREFUL = {
    "A1": "yes",
    "A2": 1.0,
    "G1": "cloud|own",
    "G2": "advise",
    "G3": "yes",
    "G4": "isolated",
    "G5": "no",
    "G6": "yes",
    "G7": "no",
    "G8": "no",
    "G9": "long",
    "G10": "stop",
    "G11": "yes",
    "G12": "yes",
    "G13": 0.0,
    "G14": "na",
    "G15": "yes",
}
CARELESS = {
    **CAREFUL,
    "A2": 30.0,
    "G2": "full",
    "G3": "no",
    "G4": "office",
    "G5": "yes",
    "G6": "no",
    "G7": "yes",
    "G8": "raw",
    "G9": "none",
    "G10": "none",
    "G11": "no",
    "G12": "no",
    "G13": 2.0,
    "G14": "no",
    "G15": "no",
}
NO_AGENTS = {"A1": "no"}
JOBS = {"ID05": 100.0, "J1": 2.0, "J2": 1.0, "J3": 1.0, "J4": 20.0}


def study_of(instrument, *firms, sectors="", design=Design.CENSUS, frame=None, **columns) -> Study:
    """A study of one wave, a firm a dict; `sectors` a letter a firm (default C), `frame` firms by sector (default unknown)."""
    items = dict.fromkeys(code for firm in firms for code in firm)
    given = responses(
        {code: [firm.get(code) for firm in firms] for code in items} or {"A1": [None] * len(firms)},
        instrument,
        sector=list(sectors or "C" * len(firms)),
        name=[f"第{number}公司" for number in range(len(firms))],
        **columns,
    )
    cells = {item.code: (0, place) for place, item in enumerate(instrument.items, 1)}
    given = replace(given, blocks=(Block("s", "甲.xlsx", "表1", "2026", cells),))
    wave = Wave("2026", "2026-06-30", design, frame or {})
    return Study("东河县", instrument, RUBRIC, waves=(wave,), responses=given)
