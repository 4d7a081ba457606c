"""A study of the shipped questionnaire with agents of every kind, jobs and models in four sectors, one of them too small."""

from __future__ import annotations

from app.domain.study import Design
from tests.unit.analysis.watch.studies import CAREFUL, CARELESS, NO_AGENTS, study_of

FIRMS = {"C": 40, "F": 30, "I": 20, "J": 3}
FRAME = {"C": 60, "F": 50, "I": 30, "J": 6}
HALF = {**CAREFUL, "A2": 8.0, "G2": "scope", "G8": "masked"}  # much at stake, well controlled
LOOSE = {**CAREFUL, "G3": "no", "G6": "no", "G9": "none", "G11": "no", "G12": "no"}  # little at stake, loosely controlled
OPEN = {**CARELESS, "G8": None, "G2": None}


def firm(sector: str, number: int) -> dict:
    """The answers of one firm: every third uses agents, each kind in turn."""
    kinds = (CAREFUL, CARELESS, HALF, LOOSE, OPEN)
    agents = kinds[(number // 3) % len(kinds)] if number % 3 == 0 or sector == "J" else NO_AGENTS
    jobs = {"ID05": 100.0 + number, "J1": float(number % 4), "J2": 1.0, "J3": float(number % 3), "J4": 20.0}
    models = {
        "U4": ("own|open", "cloud", "bought|cloud", "none")[number % 4],
        "P1": ("marketing|finance", "production", "none")[number % 3],
        "B1": ("cost|skills", "data", "none", None)[number % 4],
        "H1": ("yes", "na", "no", None)[number % 4],
    }
    return {**agents, **jobs, **models}


def watch_study(instrument, design: Design = Design.CENSUS, firms: dict[str, int] | None = None):
    """The study; `firms` by sector."""
    counts = firms or FIRMS
    answers = [firm(sector, number) for sector, n in counts.items() for number in range(n)]
    sectors = "".join(sector * n for sector, n in counts.items())
    frame = FRAME if firms is None and design is not Design.VOLUNTEER else {}
    return study_of(instrument, *answers, sectors=sectors, design=design, frame=frame)
