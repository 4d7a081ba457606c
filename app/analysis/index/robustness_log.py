"""What was varied, what was not, and why: every choice has its line."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.index.choices import FACTORS, SPREAD
from app.analysis.index.ranks import LEAST_FIRMS
from app.domain.robustness import Varied
from app.domain.rubric import Rubric

Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides which choices can be varied: firms with an index, how many of them were drawn upon, firms left out, applicable
    answers and blanks among them, sectors with and without firms enough to be ranked."""

    rubric: Rubric
    firms: int
    drawn: int
    left_out: int
    applicable: int
    blanks: int
    ranked: int
    unranked: int


def varied_factors(ground: Ground) -> tuple[str, ...]:
    """Return the factors that can be varied, in the order of FACTORS."""
    return tuple(line.factor for line in _choices(ground) if line.varied)


def log_of(ground: Ground) -> tuple[Varied, ...]:
    """Return a line for each choice, varied or not, and for what the ranks and levels rest on."""
    if ground.rubric.ladder_item:
        return tuple(Varied(factor, False, "robust.how.ladder") for factor in FACTORS)
    return (*_choices(ground), *_kept(ground), *_firms(ground))


def _choices(ground: Ground) -> tuple[Varied, ...]:
    pillars, items = len(ground.rubric.pillars), len(ground.rubric.scores)
    if ground.rubric.ladder_item or not ground.firms:
        return tuple(Varied(factor, False, "robust.how.no_index") for factor in FACTORS)
    share = f"{100 * ground.blanks / max(1, ground.applicable):.1f}"
    percent: Params = (("percent", f"{100 * SPREAD:.0f}"),)
    return (
        _line("weights", pillars > 1, percent, "one_pillar"),
        _line("normalisation", ground.firms >= LEAST_FIRMS, (), "few_firms", (("least", str(LEAST_FIRMS)),)),
        _line("imputation", ground.blanks > 0, (("percent", share),), "no_blanks"),
        _line("aggregation", pillars > 1, (), "one_pillar"),
        _line("dropped", items > 1, (("items", str(items)),), "one_item"),
    )


def _kept(ground: Ground) -> tuple[Varied, ...]:
    minimum = f"{100 * ground.rubric.minimum_answered:.0f}"
    return (
        Varied("item_weights", False, "robust.how.item_weights"),
        Varied("goalposts", False, "robust.how.goalposts"),
        Varied("cuts", False, "robust.how.cuts"),
        Varied("gates", False, "robust.how.gates", (("gates", str(len(ground.rubric.gates))),)),
        Varied("minimum", False, "robust.how.minimum", (("percent", minimum), ("firms", str(ground.left_out)))),
    )


def _firms(ground: Ground) -> tuple[Varied, ...]:
    ranked = "sectors" if ground.ranked > 1 else "one_sector"
    params = (("ranked", str(ground.ranked)), ("unranked", str(ground.unranked)), ("least", str(LEAST_FIRMS)))
    drawn = "sampled" if ground.drawn < ground.firms else "all_firms"
    return (
        Varied("sectors", False, f"robust.how.{ranked}", params),
        Varied("firms", False, f"robust.how.{drawn}", (("drawn", str(ground.drawn)), ("firms", str(ground.firms)))),
    )


def _line(factor: str, varied: bool, params: Params, otherwise: str, reason: Params = ()) -> Varied:
    return Varied(factor, varied, f"robust.how.{factor if varied else otherwise}", params if varied else reason)
