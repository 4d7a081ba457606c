"""Made-up progress of goals in every state, on top of the small study: six waves with a break, counts, words, volunteers."""

from __future__ import annotations

import math
from dataclasses import replace

from app.domain.goals import Goal, GoalKind, GoalProgress, Layer, Light, Observation
from app.domain.progress import Band, Forecast, Pace, SeriesBreak, Status
from app.domain.study import Design, Study, Wave
from app.domain.targets import GoalEdit, Reported, Targets
from app.domain.words import Words
from tests.unit.present import small_study as small

WAVES = ("2024上", "2024下", "2025上", "2025下", "2026上", "2026下")
TIMES = (2024.5, 2025.0, 2025.5, 2026.0, 2026.5, 2027.0)
DATES = ("2024-06-30", "2024-12-31", "2025-06-30", "2025-12-31", "2026-06-30", "2026-12-31")
SHARES = (0.35, 0.38, 0.22, 0.27, 0.335, 0.41)
KPI = "terminals_agents"
LONG = "问法由“生产商品或提供服务时是否使用”改为“任何业务环节是否使用”"


def goals() -> dict[str, Goal]:
    book = small.goal_book()
    own, later, words = (replace(goal, indicator=KPI) for goal in book.goals)
    province = replace(own, id="js2027", layer=Layer.PROVINCE, operator=">=", document="苏政发〔2025〕108号", issued="2025-12-29")
    city = replace(own, id="city2028", layer=Layer.CITY, year=2028, value=0.75, operator="≈", document="市政发〔2026〕3号")
    count = Goal(
        id="benchmarks", layer=Layer.COUNTY, kind=GoalKind.COUNT, year=2027, operator=">=", value=20, unit="家",
        words=Words("培育人工智能应用标杆企业20家", "Twenty benchmark firms"), document="县政发〔2026〕8号", issued="2026-03-02",
        scope=Words("全县", "The county"), sections=(), measure="", proxy=Words("", ""), source="县政发〔2026〕8号", verify=False,
        paragraph="二、主要目标", indicator="benchmark_firms",
    )  # fmt: skip
    return {"own": own, "later": later, "words": words, "province": province, "city": city, "count": count}


def observations() -> tuple[Observation, ...]:
    half = 0.028
    return tuple(
        Observation(wave, time, share, share - half, share + half, 820 + 40 * k, 2400, half / 1.96, 0.12)
        for k, (wave, time, share) in enumerate(zip(WAVES, TIMES, SHARES, strict=True))
    )


def measured(goal: Goal, seen: tuple[Observation, ...], breaks: bool = True) -> GoalProgress:
    """Return what six waves would give: four of them after the break carry the trend."""
    measure = small.goal_book().measures[0]
    due, last = goal.year + 1.0, seen[-1]
    target = goal.value or 0.0
    fan = []
    for k in range(9):
        time = last.time + (due - last.time) * k / 8
        middle = min(0.98, last.value + 0.13 * (time - last.time))
        spread = 0.03 + 0.06 * (time - last.time)
        fan.append((time, max(0.0, middle - spread), middle, min(1.0, middle + spread)))
    required = 100 * (target - last.value) / (due - last.time)
    forecasts = (
        Forecast("linear", 0.54, 0.50, 0.58, 0.01, (("pace", 0.127),)),
        Forecast("logit", 0.56, 0.51, 0.62, 0.03, (("pace", 0.55),)),
        Forecast("local_trend", 0.55, 0.44, 0.66, 0.05, (("level", 0.41), ("slope", 0.13))),
        Forecast("all", 0.55, 0.46, 0.64, 0.04),
    )
    logit = (math.log(target / (1 - target)) - math.log(last.value / (1 - last.value))) / (due - last.time)
    pace = Pace(required, 12.7, logit, 0.55, 12.7 / required, Band.FAR_BEHIND, 696.0, 174.0)
    status = Status(2025.0, 0.22, 2026.0, last.value, target, float(goal.year), 0.49, 0.61, 0.8, 1.9, "status.moderate_progress")
    values = (("observed", "12.7"), ("probability", "4%"), ("required", f"{required:.1f}"))
    return GoalProgress(
        goal=goal, measure=measure, observations=seen, gap=target - last.value, required_pace=required, observed_pace=12.7,
        probability=0.04, light=Light.OFF_TRACK, reason="light.reason.off_track", reason_values=values,
        path=((last.time, last.value), (due, target)), fan=tuple(fan), pace=pace, status=status, forecasts=forecasts,
        upper=((last.time, last.value, last.value), (last.time + 0.5, last.value + 0.02, last.value + 0.09)),
        breaks=(SeriesBreak("2025上", 2025.5, "", LONG),) if breaks else (), as_of="2026-12-31",
    )  # fmt: skip


def counted(goal: Goal) -> GoalProgress:
    seen = tuple(
        Observation("", time, value, value, value, 0, None, 0.0)
        for time, value in ((2026.25, 3.0), (2026.5, 6.0), (2027.0, 11.0))
    )
    pace = Pace(required=9.0, observed=10.4, ratio=1.15, band=Band.ON_COURSE)
    return GoalProgress(
        goal=goal, measure=None, observations=seen, gap=9.0, required_pace=9.0, observed_pace=10.4, probability=None,
        light=Light.CANNOT_TELL, reason="light.reason.no_trend", path=((2027.0, 11.0), (2028.0, 20.0)), pace=pace,
        as_of="2026-12-31",
    )  # fmt: skip


def study(synthetic: bool = False) -> Study:
    """Return the study with six waves: own, later, province, city, count, words; all but the last two measured alike."""
    plain, book = small.study(synthetic=synthetic), goals()
    seen = observations()
    waves = tuple(Wave(wave, date, Design.SAMPLE, {}) for wave, date in zip(WAVES, DATES, strict=True))
    words = GoalProgress(book["words"], None, (), None, None, None, None, Light.CANNOT_TELL, "light.reason.milestone")
    progress = [measured(book[name], seen) for name in ("own", "later", "province", "city")] + [counted(book["count"]), words]
    targets = Targets(
        goals=(
            GoalEdit("benchmarks", replace(book["count"], value=15), "王敏", "2026-03-05", "按县政府文件录入"),
            GoalEdit("benchmarks", book["count"], "李强", "2026-04-01", "文件印发稿为20家，更正"),
        ),
        reported=tuple(
            Reported("benchmarks", date, value, "县工信局季报", "王敏", date)
            for date, value in (("2026-03-31", 3.0), ("2026-06-30", 6.0), ("2026-12-31", 11.0))
        ),
    )
    return replace(plain, waves=waves, progress=tuple(progress), targets=targets, synthetic=synthetic, assessments=())


def one_wave() -> Study:
    return small.study(waves=("2026",))


def volunteers() -> Study:
    return small.study(Design.VOLUNTEER, ("2025", "2026"))
