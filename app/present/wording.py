"""Numbers, dates and samples in words: one way of saying a thing for figures, pages, evidence and briefs."""

from __future__ import annotations

from datetime import date

from app.domain.assessment import IntervalKind, SectorProfile, Share
from app.domain.goals import Goal, GoalKind, GoalProgress, Light
from app.domain.numbers import chance as chance_written
from app.domain.numbers import fixed, number, percent
from app.domain.numbers import interval as interval_text
from app.domain.release import Cell, CellStatus
from app.domain.study import Design, Wave
from app.domain.words import Texts

WAN = 10_000
_STEPS = {
    "zh": ((1e12, "trillion"), (1e8, "hundred_million"), (1e4, "ten_thousand")),
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
}
_MONEY_UNIT = "亿元"
_BETWEEN_LANGUAGES = " | "
LIGHT_SIGNS = {Light.ON_TRACK: "●", Light.AT_RISK: "▲", Light.OFF_TRACK: "■", Light.CANNOT_TELL: "◇"}


def share_text(texts: Texts, value: float, low: float | None = None, high: float | None = None) -> str:
    """Return a share with its interval where one is given: 41%（36–46%）."""
    bounds = interval_text(low, high, "fraction")
    return texts("wording.share_interval", share=percent(value), interval=bounds) if bounds else percent(value)


def share_words(texts: Texts, share: Share) -> str:
    """Return a Share in words."""
    return share_text(texts, share.value, share.low, share.high)


def chance_text(chance: float) -> str:
    """Return a chance as whole percent; no estimate is ever quite sure: >99% at most, <1% at least."""
    return chance_written(chance)


def goal_chance(chance: float) -> str:
    """Return the probability of reaching a goal, which never reads as one of another light: <20% where it is off track."""
    from app.analysis.progress.lights import percent as told  # the window loads this module before pandas

    return told(chance)


def cell_words(texts: Texts, cell: Cell) -> str:
    """Return a released cell for a sentence: hidden and absent cells say so, small ones carry their warning."""
    if cell.status is CellStatus.HIDDEN:
        return texts("wording.hidden")
    if cell.value is None:
        return texts("wording.no_value")
    value = score_text(texts, cell.value) if cell.unit == "score" else number(cell.value, cell.unit)
    bounds = interval_text(cell.low, cell.high, cell.unit)
    text = texts("wording.share_interval", share=value, interval=bounds) if bounds else value
    return texts("wording.small", text=text) if cell.status is CellStatus.SMALL else text


def score_text(texts: Texts, value: float) -> str:
    """Return a score 0–100: 57 分."""
    return texts("wording.score", value=number(value, "score"))


def money(texts: Texts, wan: float) -> str:
    """Return an amount of 万元 as a reader would say it: 12000 → 1.2 亿元 / ¥120 million."""
    return texts("wording.money", value=big_number(texts, wan * WAN))


def big_number(texts: Texts, value: float) -> str:
    """Return a number as a reader would say it: 120000000 → 1.2亿 / 120 million; exact where the language would be."""
    steps = _STEPS[texts.lang]
    size, key = next(((size, key) for size, key in steps if abs(value) >= size), (1.0, ""))
    if not key:
        return f"{value:,.0f}"
    rounded = f"{value / size:,.1f}".removesuffix(".0")
    return texts(f"wording.big.{key}", value=rounded)


def points(texts: Texts, fraction: float) -> str:
    """Return a difference of two shares in percentage points: 0.29 → 29 个百分点."""
    return texts("wording.points", value=plain(fraction * 100))


def pace(texts: Texts, pp_a_year: float) -> str:
    """Return a pace in percentage points a year."""
    return texts("wording.pace", value=plain(pp_a_year))


def plain(value: float) -> str:
    """Return a number with one decimal below ten, none above, and a true minus sign."""
    return fixed(value, 0) if abs(value) >= 9.95 else fixed(value, 1).removesuffix(".0")


def date_text(texts: Texts, iso: str) -> str:
    """Return an ISO date as the language writes it; what is no date comes back unchanged."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return texts("wording.date", year=day.year, month=day.month, day=day.day)


def joined(texts: Texts, parts: list[str] | tuple[str, ...]) -> str:
    """Join names as the language does: 甲、乙 / A, B."""
    return texts("wording.list_separator").join(parts)


def sample_sentence(texts: Texts, wave: Wave, n: int, frame: int | None) -> str:
    """Say how the `n` counted firms came to answer; census, sample and volunteers are worded differently (design §6.4)."""
    if wave.design is Design.VOLUNTEER:
        return texts("wording.sample.volunteer", n=number(n, "count"))
    key = f"wording.sample.{wave.design.value}"
    if not frame or frame < n:  # a frame smaller than the answers is wrong, and a response rate from it would be invented
        return texts(f"{key}_no_frame", n=number(n, "count"))
    return texts(key, n=number(n, "count"), frame=number(frame, "count"), rate=percent(n / frame))


def profile_sentence(texts: Texts, wave: Wave, profile: SectorProfile, levels: tuple[str, str]) -> str:
    """Say the sample of a profile and how many of its firms have a level (`levels`: from their answers, by the model)."""
    sample = sample_sentence(texts, wave, profile.n, profile.frame)
    key = "wording.sample.modelled" if profile.n_model else "wording.sample.levelled"
    return texts(key, sample=sample, n_level=levels[0], n_model=levels[1])


def interval_sentence(texts: Texts, kind: IntervalKind) -> str:
    """Say what the intervals allow for."""
    return texts(f"wording.interval.{kind.value}")


def caution(texts: Texts, wave: Wave, n: int = 0, frame: int | None = None) -> str:
    """Return the warning a design calls for; empty for a probability sample and for a census all of whose firms answered."""
    if wave.design is Design.SAMPLE or (wave.design is Design.CENSUS and frame is not None and n == frame):
        return ""
    return texts(f"wording.caution.{wave.design.value}")


def level_name(texts: Texts, level: str) -> str:
    """Return a level's code, or that there is none."""
    return level or texts("term.level.unknown")


def target_text(texts: Texts, goal: Goal) -> str:
    """Return a goal's target in words: 2027 年超过 70%; a goal without a number says that its text gives none."""
    if goal.value is None:
        return texts("wording.operator.none")
    operator = {">": "gt", "≥": "ge", ">=": "ge", "≈": "approx", "~": "approx", "<": "lt", "≤": "le", "<=": "le"}
    value = percent(goal.value) if goal.kind is GoalKind.RATE else amount(texts, goal.value, goal.unit)
    target = texts(f"wording.operator.{operator.get(goal.operator, 'eq')}", value=value)
    return texts("wording.operator.by_year", year=goal.year, target=target)


def amount(texts: Texts, value: float, unit: str) -> str:
    """Return an amount of a goal: money and large counts in the reader's units."""
    if unit == _MONEY_UNIT:
        return money(texts, value * WAN)
    return f"{big_number(texts, value)}{_unit(texts, unit)}"


def unit_word(texts: Texts, unit: str) -> str:
    """Return the unit of a goal as a word by itself: 家 / firms."""
    return _unit(texts, unit).strip()


def _unit(texts: Texts, unit: str) -> str:
    """What follows a number of this unit, with the space that the language puts between them."""
    key = f"wording.unit.{unit}"
    return texts(key) if key in texts.entries else unit


def light_reason(texts: Texts, progress: GoalProgress, brief: bool = False) -> str:
    """Return why a goal's light is as it is; of some of the firms it first says that the target was set for all.

    `brief`: only the reason, for where the page itself says of which firms it speaks.
    """
    told = dict(progress.reason_values)
    if "unit" in told:
        told["unit"] = unit_word(texts, told["unit"])
    reason = texts(progress.reason, **told)
    return texts("light.of_part", reason=reason) if progress.of_part and not brief else reason


def source_text(texts: Texts, source: str) -> str:
    """Return a source in the reader's language: `Chinese | English`, or the one text there is (a document as published)."""
    chinese, bar, english = source.partition(_BETWEEN_LANGUAGES)
    return english if bar and texts.lang == "en" else chinese


def sentence_case(texts: Texts, text: str) -> str:
    """Return `text` with a capital first letter in English."""
    return text[:1].upper() + text[1:] if texts.lang == "en" else text


def all_firms(texts: Texts, wave: Wave | None, in_text: bool = False) -> str:
    """Return what the firms together are called: volunteers stand only for those who answered."""
    who = "volunteers" if wave is not None and wave.design is Design.VOLUNTEER else "firms"
    return texts(f"wording.all_{who}_in_text" if in_text else f"wording.all_{who}")


def full_stop(texts: Texts, text: str) -> str:
    """Return `text` as a full sentence; nothing stays nothing."""
    if not text or text.endswith(("。", ".")):
        return text
    return f"{sentence_case(texts, text)}{'。' if texts.lang == 'zh' else '.'}"
