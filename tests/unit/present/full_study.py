"""Hand-made results of everything an assessment can hold, laid over any study: for pages and figures, not for numbers."""

from __future__ import annotations

from dataclasses import replace

from app.domain.assessment import TOTAL, Assessment
from app.domain.estimate import Change, Comparison, Estimate, Method, RankInterval, SectorClass, SectorEstimate, Verdict
from app.domain.judgement import Aggregation, Judgements, Weighting
from app.domain.learning import Crosswalk, FirmType, LabelSummary, NativeCandidate, Types
from app.domain.robustness import Coherence, CoherenceFlag, PillarCoherence, Robustness, SobolIndex, Varied
from app.domain.study import Study

BAR = "L2"


def full(study: Study, method: Method = Method.PPI) -> Study:
    """Return the study with everything in its newest assessment; sectors by `method`, the smaller ones by the rubric."""
    latest = study.assessments[-1]
    known = tuple(_estimate(profile, latest.wave, method) for profile in latest.sectors if profile.n)
    order = sorted(known, key=lambda found: -(found.at_least[BAR].value or 0.0))
    ranks = {found.sector: place + 1 for place, found in enumerate(order)}
    estimates = tuple(replace(found, rank=_rank(found, ranks, len(known))) for found in known)
    total = _estimate(latest.total, latest.wave, method)
    pillars = tuple(pillar.code for pillar in study.rubric.pillars)
    filled = replace(
        latest,
        estimates=estimates,
        total_estimate=total,
        comparisons=tuple(_comparison(found, total) for found in estimates),
        changes=_changes(study, estimates),
        coherence=coherence(pillars, tuple(item.code for item in study.instrument.items)),
        robustness=robustness(tuple(found.sector for found in order if found.rank is None or found.n_firms >= 5), estimates),
        labels=LabelSummary(40, 44, 2, 0, None),
        types=Types(3, 120, 0.86, 0.4, tuple(FirmType(f"t{k}", (60, 40, 20)[k], _centre(k, len(pillars))) for k in range(3))),
        natives=natives(latest),
        crosswalks=(crosswalk(study),),
        weighting="w2",
    )
    judged = Judgements(weightings=weightings(pillars), weighting="w2")
    return replace(study, assessments=(*study.assessments[:-1], filled), judgements=judged)


def weightings(pillars: tuple[str, ...]) -> tuple[Weighting, ...]:
    even = tuple((code, 1.0) for code in pillars)
    heavy = tuple((code, 4.0 if code == "application" else 2.0 if code == "outcomes" else 1.0) for code in pillars)
    return (
        Weighting("w1", even, Aggregation.ARITHMETIC, "各支柱同等看待", "李敏", "2026-07-02"),
        Weighting("w2", heavy, Aggregation.GEOMETRIC, "县政府2026年重点是应用和成效", "王芳", "2026-08-15"),
    )


def _estimate(profile, wave: str, method: Method) -> SectorEstimate:
    n = profile.n_level
    own = method if n >= 20 else Method.RUBRIC
    reason = "" if own is method else "assess.reason.other"
    at_least = {level: _share(found, n) for level, found in profile.at_least.items()}
    shares = {level: _share(found, n) for level, found in profile.shares.items()}
    levels = list(profile.at_least)
    value = at_least[BAR].value
    found = None
    if value is not None and n >= 8:
        level = levels[2] if value >= 0.5 else levels[1]
        sure = min(0.98, 0.55 + abs(value - 0.5) * 1.4) if abs(value - 0.5) > 0.06 else 0.46
        other = levels[1] if level == levels[2] else levels[2]
        found = SectorClass(level, sure, tuple((code, {level: sure, other: 1 - sure}.get(code, 0.0)) for code in levels))
    shrunk = Estimate(value * 0.8 + 0.08, None, 0.1, 0.6, n) if value is not None else None
    return SectorEstimate(
        profile.sector, wave, own, reason, profile.n, min(n, 12), shares, at_least, found,
        Estimate(45.0, 1.0, 43.0, 47.0, n), None, shrunk,
    )  # fmt: skip


def _share(found, n: int) -> Estimate:
    if not found.n:
        return Estimate(None, reason="assess.reason.other")
    half = 0.9 / (found.n**0.5 + 1)
    low, high = max(0.0, found.value - half), min(1.0, found.value + half)
    return Estimate(found.value, half / 2, low, high, found.n, found.n * 0.8, float(max(n, found.n)))


def _rank(found: SectorEstimate, ranks: dict[str, int], n: int) -> RankInterval:
    if found.n_firms < 5:
        return RankInterval(found.sector, 0, 0, 0, ranked=False)
    rank = ranks[found.sector]
    spread = max(0, round(12 / found.n_firms**0.5))
    return RankInterval(found.sector, rank, max(1, rank - spread), min(n, rank + spread))


def _comparison(found: SectorEstimate, total: SectorEstimate) -> Comparison:
    value, whole = found.at_least[BAR].value, total.at_least[BAR].value
    if value is None or whole is None or found.n_firms < 5:
        return Comparison(found.sector, TOTAL, Estimate(None, reason="assess.reason.other"), None, None, Verdict.CANNOT_TELL)
    difference, half = value - whole, 0.9 / (found.n_firms**0.5)
    clear = abs(difference) > half
    verdict = Verdict.DIFFERS if clear else Verdict.SAME if abs(difference) + half < 0.1 else Verdict.CANNOT_TELL
    estimate = Estimate(difference, half / 2, difference - half, difference + half, found.n_firms)
    return Comparison(found.sector, TOTAL, estimate, 0.01 if clear else 0.4, 0.03 if clear else 1.0, verdict)


def _changes(study: Study, estimates: tuple[SectorEstimate, ...]) -> tuple[Change, ...]:
    if len(study.waves) < 2:
        return ()
    before, after = study.waves[-2].id, study.waves[-1].id
    sectors = (TOTAL, *(found.sector for found in estimates))
    return tuple(_change(sector, before, after, place) for place, sector in enumerate(sectors))


def _change(sector: str, before: str, after: str, place: int) -> Change:
    same, entered, left, mix = 0.041 - 0.006 * place, 0.012, -0.004 * (place % 3), 0.003
    half = 0.02 + 0.004 * place
    verdict = Verdict.DIFFERS if abs(same) > half else Verdict.CANNOT_TELL
    counts = (120, 24, 12) if place < 3 else (40, 6, 0) if place < 5 else (8, 2, 1)
    return Change(
        sector, before, after, BAR, same + entered + left + mix, same, entered, left, mix,
        Estimate(same, half / 2, same - half, same + half, counts[0]), *counts, verdict,
    )  # fmt: skip


def coherence(pillars: tuple[str, ...], items: tuple[str, ...]) -> Coherence:
    rows = tuple(
        PillarCoherence(code, 1 if k == 3 else 3 + k % 2, 1900 - 10 * k, None if k == 3 else 0.82 - 0.09 * k, None if k == 3 else 0.61, 0.4)
        for k, code in enumerate(pillars)
    )  # fmt: skip
    n = len(pillars)
    correlations = tuple(tuple(1.0 if i == j else round(0.7 - 0.06 * abs(i - j), 2) for j in range(n)) for i in range(n))
    flags = (
        CoherenceFlag("redundant", items[0], items[1], 0.93),
        CoherenceFlag("unrelated", items[2], pillars[0], 0.04),
        CoherenceFlag("alpha_low", pillars[-1], "", 0.41),
    ) if pillars else ()  # fmt: skip
    return Coherence(rows, correlations, 0.58 if pillars else None, flags)


def robustness(sectors: tuple[str, ...], estimates: tuple[SectorEstimate, ...]) -> Robustness:
    n, sizes = len(sectors), {found.sector: found.n_firms for found in estimates}
    ranks = tuple(
        RankInterval(key, place + 1, max(1, place - (4 if sizes[key] < 30 else 1)), min(n, place + (5 if sizes[key] < 30 else 2)))
        for place, key in enumerate(sectors)
    )
    indices = (
        SobolIndex("weights", 0.41, 0.52), SobolIndex("aggregation", 0.18, 0.27), SobolIndex("normalisation", 0.09, 0.14),
        SobolIndex("imputation", 0.05, 0.09), SobolIndex("dropped", 0.03, 0.06),
    )  # fmt: skip
    log = (
        Varied("weights", True, "assess.way.arithmetic_sentence"),
        Varied("aggregation", True, "assess.way.geometric_sentence"),
        Varied("gates", False, "assess.reason.other"),
    )
    return Robustness(1200, 7, 2046, ranks, 0.78, indices if n > 1 else (), log)


def natives(latest: Assessment) -> tuple[NativeCandidate, ...]:
    positions = latest.firms["position"].tolist()[:4]
    firms = latest.firms["firm"].astype(str).tolist()
    quotes = (("N1", "60"), ("A1", "是"), ("R3", "设有团队"))
    return tuple(
        NativeCandidate(
            int(position), firms[k], 5 - k, ("core", "work", "agents", "data")[: 4 - k % 2], ("staff",), quotes, state
        )
        for k, (position, state) in enumerate(zip(positions, (None, None, True, False), strict=False))
    )


def crosswalk(study: Study) -> Crosswalk:
    theirs, ours = ("1", "2", "3"), tuple(level.code for level in study.rubric.levels)
    counts = ((30, 22, 9, 2, 0), (6, 18, 20, 7, 1), (0, 3, 12, 16, 8))
    return Crosswalk("dtmm", study.instrument.items[-1].code, theirs, ours, counts, 154, 0.61)


def _centre(k: int, n: int) -> tuple[float, ...]:
    return tuple(30.0 + 18.0 * k - 2.0 * place for place in range(n))
