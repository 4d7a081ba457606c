"""True answers of every firm in both waves, drawn from its latent readiness by the item models of answers.toml.

Each model reads one luck per firm and item that mostly lasts between waves, so a gain in readiness moves answers up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.domain.instrument import Instrument, Item, ItemType
from app.files.demo_county.firms import Firm
from app.files.demo_county.plan import Plan, stream
from app.files.demo_county.traits import Floats, Traits, lasting_uniforms
from app.files.demo_county.wording import Typed

_ITEMS, _BLANKS = 5, 6
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a model may look at: the firms, the trait of the item's pillar, answers so far, luck and spare chance."""

    firms: Sequence[Firm]
    wave: int
    trait: Floats
    known: Mapping[str, Objects]
    luck: Floats
    rng: np.random.Generator

    def figure(self, name: str) -> Floats:
        """Return `employees`, `revenue` or `assets` of every firm."""
        return np.array([float(getattr(firm.figures[self.wave], name)) for firm in self.firms])


@dataclass(frozen=True, slots=True)
class Truth:
    """True answers: `waves[w][item]` an object array over all firms (None: left blank by the firm)."""

    waves: tuple[Mapping[str, Objects], Mapping[str, Objects]]


def make_answers(plan: Plan, instrument: Instrument, firms: Sequence[Firm], traits: Traits, seed: int) -> Truth:
    """Return every firm's answers to every modelled item of the instrument."""
    models: Mapping[str, Any] = plan.answers["items"]
    waves: tuple[dict[str, Objects], dict[str, Objects]] = ({}, {})
    for number, (code, model) in enumerate(models.items()):
        item = instrument.item(code)
        rng = stream(seed, _ITEMS, number)
        lucks = lasting_uniforms(rng, len(firms), plan.answers["latent"]["stays"])
        for wave in (0, 1):
            trait = traits.pillars[item.pillar][wave] if item.pillar in traits.pillars else traits.ready[wave]
            ground = Ground(firms, wave, trait, waves[wave], lucks[wave], rng)
            answers = _MODELS[item.type](item, model, ground)
            waves[wave][code] = _unless_needed(item, model, ground, answers)
    return Truth(waves)


def leave_blanks(plan: Plan, truth: Truth, seed: int) -> Truth:
    """Blank single answers here and there, and most answers of a tenth of the firms."""
    waves = []
    for wave, answers in enumerate(truth.waves):
        rng = stream(seed, _BLANKS, wave)
        n = len(next(iter(answers.values())))
        rules = plan.answers["blanks"]
        careless = rng.random(n) < rules["firms"]
        chance = np.where(
            careless, rng.uniform(rules["careless"][0], rules["careless"][1], n), rng.exponential(rules["items"], n)
        )
        waves.append({code: _blanked(values, rng.random(n) < chance) for code, values in answers.items()})
    return Truth((waves[0], waves[1]))


def _blanked(values: Objects, empty: npt.NDArray[np.bool_]) -> Objects:
    kept = values.copy()
    kept[empty] = None
    return kept


def _unless_needed(item: Item, model: Mapping[str, Any], ground: Ground, answers: Objects) -> Objects:
    """Put `otherwise` where the firm's section is not asked or an earlier answer makes the question void."""
    void = np.zeros(len(answers), bool)
    if item.sections:
        void |= np.array([firm.section not in item.sections for firm in ground.firms])
    answers[void] = None
    met = np.ones(len(answers), bool)
    for need in model.get("needs", ()):
        met &= _holds(ground.known[need["item"]], need["includes"])
    if "needs_any" in model:
        met &= np.any([_holds(ground.known[need["item"]], need["includes"]) for need in model["needs_any"]], axis=0)
    answers[~met & ~void] = _value(model.get("otherwise", ""))
    return answers


def _value(text: str | float) -> Typed:
    return None if text == "" else text


def _holds(values: Objects, includes: Sequence[str]) -> npt.NDArray[np.bool_]:
    wanted = set(includes)
    return np.array([value is not None and not wanted.isdisjoint(str(value).split("|")) for value in values])


def _push(model: Mapping[str, Any], ground: Ground) -> Floats:
    """Return the item's own readiness: slope × trait plus logistic luck."""
    noise: Floats = np.log(ground.luck / (1.0 - ground.luck + 1e-12) + 1e-12)
    return float(model.get("slope", 1.4)) * ground.trait + noise


def _yes_no(_item: Item, model: Mapping[str, Any], ground: Ground) -> Objects:
    push = _push(model, ground) - float(model.get("slope", 1.4)) * model["at"]
    answers = np.where(push > 0, "yes", "no").astype(object)
    near = (push <= 0) & (push > -1.2) & (ground.rng.random(len(push)) < model.get("planned", 0.0))
    answers[near] = "planned"
    unsure = (answers != "yes") & (ground.rng.random(len(push)) < model.get("unknown", 0.02))
    answers[unsure] = "unknown"
    return answers


def _ordered(item: Item, model: Mapping[str, Any], ground: Ground) -> Objects:
    """Return options by how many cuts the push passes; `order` lists option codes lowest first when it is not the form's."""
    codes = np.array(model.get("order", [option.code for option in item.options]), dtype=object)
    if "shares" in model:
        edges = np.cumsum(model["shares"]) / np.sum(model["shares"])
        return codes[np.minimum(np.searchsorted(edges, ground.luck), len(codes) - 1)]
    slope = float(model.get("slope", 1.4))
    return codes[np.searchsorted(np.array(model["cuts"]) * slope, _push(model, ground))]


def _several(item: Item, model: Mapping[str, Any], ground: Ground) -> Objects:
    """Return chosen options in the form's order; the exclusive one, or at least `least` likely ones, when none was chosen."""
    n, slope = len(ground.trait), float(model.get("slope", 1.2))
    shared = (_push(model, ground) - slope * ground.trait) * 0.6
    push = {code: slope * (ground.trait - at) + shared + ground.rng.logistic(0, 0.8, n) for code, at in model["at"].items()}
    answers = np.empty(n, dtype=object)
    exclusive = next((option.code for option in item.options if option.exclusive), None)
    order = [option.code for option in item.options if option.code in push]
    for firm in range(n):
        chosen = [code for code in order if push[code][firm] > 0]
        if not chosen and (model.get("least", 0) or exclusive is None):
            chosen = [max(order, key=lambda code: push[code][firm])]
        answers[firm] = "|".join(chosen) if chosen else exclusive
    return answers


def _share_of(item: Item, model: Mapping[str, Any], ground: Ground) -> Objects:
    """Return a part of `of` (employees, revenue, or 1 for a percent): `top` × a logistic share, within the item's range."""
    whole = ground.figure(model["of"]) if "of" in model else np.ones(len(ground.trait))
    if "product" in model:
        return _bounded(item, whole * ground.known[model["product"]].astype(np.float64))
    slope = float(model.get("slope", 1.0))
    share = float(model["top"]) / (1.0 + np.exp(-(_push(model, ground) - slope * model["at"]) * 0.8))
    return _bounded(item, np.maximum(share * whole, float(model.get("least", 0))))


def _bounded(item: Item, values: Floats) -> Objects:
    low = -np.inf if item.low is None else item.low
    high = np.inf if item.high is None else item.high
    digits = {ItemType.COUNT: 0, ItemType.PERCENT: 2}.get(item.type, 1)
    return np.array([round(float(value), digits) for value in np.clip(values, low, high)], dtype=object)


_MODELS: Mapping[ItemType, Callable[[Item, Mapping[str, Any], Ground], Objects]] = {
    ItemType.YES_NO: _yes_no,
    ItemType.SINGLE: _ordered,
    ItemType.LADDER: _ordered,
    ItemType.MULTI: _several,
    ItemType.NUMBER: _share_of,
    ItemType.COUNT: _share_of,
    ItemType.MONEY: _share_of,
    ItemType.PERCENT: _share_of,
}
