"""The firm register of the county: invented names, valid codes, industries, sizes and figures of two waves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.taxonomy import SizeRule, Taxonomy
from app.files.demo_county.codes import ALPHABET, credit_code
from app.files.demo_county.plan import DivisionPlan, Plan, Township, stream

SIZES = ("large", "medium", "small", "micro")
_OPEN_TOP = 4.0  # a large firm is at most this many times its threshold
_ANY = SizeRule("default", (), {"X": (300.0, 100.0, 10.0)}, "")  # 其他未列明行业
_PER_HEAD = {"A": 18, "B": 60, "C": 70, "D": 120, "E": 55, "F": 150, "G": 45, "H": 18, "I": 60, "J": 90, "K": 60, "L": 45}
_FIRMS, _NAMES, _FIGURES = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Employees, revenue and assets (万元) of a firm at one wave, and the size class they give."""

    employees: int
    revenue: float
    assets: float
    size: str


@dataclass(frozen=True, slots=True)
class Firm:
    """One invented firm. `exists` says in which waves; `figures` one entry a wave; `serial` is unique in the county."""

    serial: int
    name: str
    code: str
    section: str
    division: str
    klass: tuple[str, str]
    township: int
    exists: tuple[bool, bool]
    figures: tuple[Figures, Figures]


def make_register(plan: Plan, taxonomy: Taxonomy, seed: int) -> tuple[Firm, ...]:
    """Return all firms that exist in either wave, in township order; about `plan.firms` of them."""
    rng = stream(seed, _FIRMS)
    towns = np.repeat(np.arange(len(plan.townships)), [town.firms for town in plan.townships])
    divisions = np.concatenate([_draw_divisions(plan, town, rng) for town in plan.townships])
    names = _draw_names(plan, [plan.divisions[d] for d in divisions], stream(seed, _NAMES))
    bodies = _draw_bodies(len(towns), rng)
    exists = _draw_existence(plan, len(towns), rng)
    sizing = stream(seed, _FIGURES)
    firms = []
    for serial, (town, number) in enumerate(zip(towns, divisions, strict=True)):
        division = plan.divisions[number]
        klass = division.classes[int(rng.integers(len(division.classes)))]
        rule = size_rule(taxonomy, klass[0])
        size = SIZES[int(sizing.choice(4, p=plan.sectors[division.section].sizes))]
        kind = "93" if names[serial].endswith("合作社") else "91"
        code = credit_code(kind, plan.prefix, bodies[serial])
        figures = _draw_figures(rule, size, division.section, sizing)
        place = (division.section, division.code, klass, int(town))
        firms.append(Firm(serial, names[serial], code, *place, exists[serial], figures))
    return tuple(firms)


def size_rule(taxonomy: Taxonomy, klass: str) -> SizeRule:
    """Return the size rule whose list names the longest leading part of a class code; else the one for other services."""
    found, depth = _ANY, 0
    for rule in taxonomy.size_rules:
        for entry in rule.divisions:
            if klass.startswith(entry) and len(entry) > depth:
                found, depth = rule, len(entry)
    return found


def size_class(rule: SizeRule, values: Mapping[str, float]) -> str:
    """Return the class whose lower bounds are all met (2017 size table); micro when none is."""
    for position, size in enumerate(SIZES[:3]):
        if all(values[name] >= bounds[position] for name, bounds in rule.thresholds.items()):
            return size
    return SIZES[3]


def _draw_divisions(plan: Plan, town: Township, rng: np.random.Generator) -> np.ndarray:
    """Deal a township's firms over divisions in proportion (largest remainders), in random order."""
    tilt = plan.profiles[town.profile]
    weights = {s: sum(d.weight for d in plan.divisions if d.section == s) for s in plan.sectors}
    share = np.array(
        [plan.sectors[d.section].share * tilt.get(d.section, 1.0) * d.weight / weights[d.section] for d in plan.divisions]
    )
    expected = share / share.sum() * town.firms
    counts = np.floor(expected).astype(int)
    spare = town.firms - counts.sum()
    extra = rng.choice(len(share), size=spare, replace=False, p=(expected - counts) / (expected - counts).sum())
    counts[extra] += 1
    return rng.permutation(np.repeat(np.arange(len(share)), counts))


def _draw_names(plan: Plan, divisions: Sequence[DivisionPlan], rng: np.random.Generator) -> list[str]:
    """Return distinct names: county + two characters + business + ending."""
    parts = plan.names
    pairs = len(parts["first"]) * len(parts["second"])
    picks = rng.choice(pairs, size=len(divisions), replace=len(divisions) > pairs)
    names: list[str] = []
    for pick, division in zip(picks, divisions, strict=True):
        first, second = divmod(int(pick), len(parts["second"]))
        endings = parts["farm_endings" if division.code in ("01", "03", "04") else "endings"]
        ending = endings[int(rng.choice(len(endings), p=[share for _, share in endings]))][0]
        business = division.business[int(rng.integers(len(division.business)))]
        if ending == "厂" and division.section != "C":
            ending = "有限公司"
        names.append(f"{plan.short}{parts['first'][first]}{parts['second'][second]}{business}{ending}")
    return names


def _draw_bodies(n: int, rng: np.random.Generator) -> list[str]:
    """Return n distinct organisation-code bodies: newer ones begin with MA, older ones are digits."""
    serials = rng.choice(10**6, size=n, replace=False)
    old = rng.random(n) < 0.35
    letters = ALPHABET[10:]
    bodies = []
    for serial, digits in zip(serials, old, strict=True):
        text = f"{serial:06d}"
        bodies.append("70" + text if digits else f"MA{text[:3]}{letters[serial % len(letters)]}{text[3:5]}")
    return _distinct(bodies)


def _distinct(bodies: list[str]) -> list[str]:
    """Replace repeats, which the shortened newer codes may hold, by codes of their own block."""
    seen: set[str] = set()
    for position, body in enumerate(bodies):
        if body in seen:
            bodies[position] = f"MAX{position:05d}"
        seen.add(bodies[position])
    return bodies


def _draw_existence(plan: Plan, n: int, rng: np.random.Generator) -> list[tuple[bool, bool]]:
    """Draw which firms exist in both waves, and which closed or opened between them."""
    both = rng.random(n) < plan.register["in_both"]
    closed = rng.random(n) < 0.5
    return [(bool(b or c), bool(b or not c)) for b, c in zip(both, closed, strict=True)]


def _draw_figures(rule: SizeRule, size: str, section: str, rng: np.random.Generator) -> tuple[Figures, Figures]:
    """Draw figures inside the bounds of a size class, grow them by a year, and class both years by the rule."""
    level = float(rng.uniform(0.12, 0.88))
    values = {name: _within(bounds, size, level + rng.normal(0, 0.06)) for name, bounds in rule.thresholds.items()}
    per_head = _PER_HEAD.get(section, 40) * float(np.exp(rng.normal(0, 0.35)))
    if "X" not in values:
        values["X"] = max(values.get("Y", values.get("Z", 100.0)) / per_head, 2.0)
    values.setdefault("Y", values["X"] * per_head)
    values.setdefault("Z", values["Y"] * float(np.exp(rng.normal(0.1, 0.4))))
    grown = {name: value * float(np.exp(rng.normal(drift, 0.06))) for (name, value), drift in _drifts(values)}
    return _figures(rule, values), _figures(rule, grown)


def _drifts(values: Mapping[str, float]) -> list[tuple[tuple[str, float], float]]:
    """Pair each figure with its mean yearly log growth: people stay, revenue and assets grow a little."""
    return [((name, values[name]), drift) for name, drift in (("X", 0.0), ("Y", 0.04), ("Z", 0.03))]


def _within(bounds: Sequence[float], size: str, level: float) -> float:
    """Return the point `level` (0–1, on a log scale) between the lower bounds of `size` and of the class above it."""
    edges = (bounds[0] * _OPEN_TOP, *bounds, bounds[2] * 0.2)
    top, bottom = edges[SIZES.index(size)], edges[SIZES.index(size) + 1]
    return float(bottom * (top / bottom) ** min(max(level, 0.02), 0.98))


def _figures(rule: SizeRule, values: Mapping[str, float]) -> Figures:
    """Round as a clerk would, then class by the rounded figures."""
    employees = max(round(values["X"]), 1)
    revenue, assets = (_tidy(values[name]) for name in ("Y", "Z"))
    return Figures(employees, revenue, assets, size_class(rule, {"X": employees, "Y": revenue, "Z": assets}))


def _tidy(money: float) -> float:
    """Round an amount in 万元 to about four figures, never below one."""
    digits = 1 if money < 1000 else 0 if money < 10000 else -1
    return max(round(money, digits), 1.0)
