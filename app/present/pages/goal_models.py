"""What each model gives at the deadline and why they disagree; the components of the published status beside them."""

from __future__ import annotations

from app.domain.goals import GoalProgress
from app.domain.numbers import ABSENT_SIGN, fixed, number, percent
from app.domain.progress import Forecast, Status
from app.present import wording
from app.present.figures.goal_table import all_shown, observed_table
from app.present.figures.goal_values import is_counted, model_name, value_words
from app.present.pages.section import Listing, Part, Section
from app.present.pages.values import Column, PageTable
from app.present.view import View

ALL = "all"
_MODEL_COLUMNS = ("model", "middle", "band", "probability", "parameters")
_KINDS = {
    "middle": "number",
    "band": "number",
    "probability": "number",
    "parameters": "prose",
    "meaning": "prose",
    "value": "number",
}


def models_section(view: View, progress: GoalProgress) -> Section:
    """Return the table of models and of status components, or why there is none."""
    texts = view.texts
    told = bool(progress.observations) and all_shown(observed_table(view, progress, progress.measure))
    parts: list[Part] = []
    if told and progress.forecasts:
        parts.append(_models(view, progress))
    if told and progress.status is not None and progress.status.score is not None:
        parts.append(_status(view, progress, progress.status))
    if not told or not progress.forecasts:
        reason = texts("brief.goals.hidden") if progress.observations and not told else _why_none(view, progress)
        return Section(wording.full_stop(texts, reason), tuple((part,) for part in parts), (texts("page.goal.models_note"),))
    notes = (texts("page.goal.models_note"), texts("page.goal.models_check"))
    return Section(disagreement(view, progress), tuple((part,) for part in parts), notes)


def _why_none(view: View, progress: GoalProgress) -> str:
    key = "models_one" if len(progress.observations) == 1 else "models_none"
    return view.texts(f"page.goal.{key}", reason=wording.light_reason(view.texts, progress))


def disagreement(view: View, progress: GoalProgress) -> str:
    """Say how far the models lie apart at the deadline and why: the longer the way and the fewer the waves, the more."""
    texts, goal = view.texts, progress.goal
    own = [each for each in progress.forecasts if each.model != ALL]
    if len(own) < 2:
        return texts("page.goal.models_single", model=model_name(view.texts, progress.forecasts[0].model))
    low, high = min(own, key=lambda each: each.middle), max(own, key=lambda each: each.middle)
    values = {
        "n": len(own),
        "year": goal.year,
        "low": value_words(texts, goal, low.middle),
        "high": value_words(texts, goal, high.middle),
        "lowest": model_name(view.texts, low.model),
        "highest": model_name(view.texts, high.model),
        "waves": len([seen for seen in progress.observations if not progress.breaks or seen.time >= progress.breaks[-1].time]),
    }
    apart = abs(high.middle - low.middle)
    same = apart < (0.03 if not is_counted(goal) else 0.03 * max(abs(high.middle), 1.0))
    return texts("page.goal.models_agree" if same else "page.goal.models_apart", **values)


def _models(view: View, progress: GoalProgress) -> Listing:
    texts = view.texts
    ordered = sorted(progress.forecasts, key=lambda each: each.model != ALL)
    rows = [_model_row(view, progress, each) for each in ordered]
    columns = tuple(Column(name, texts(f"page.goal.column.{name}"), _KINDS.get(name, "text")) for name in _MODEL_COLUMNS)
    mark = f"progress|{progress.goal.id}|probability"
    table = PageTable(columns, _turned(rows, len(columns)), tuple(mark for _ in rows))
    title = texts("page.goal.models_title", year=progress.goal.year, target=wording.target_text(texts, progress.goal))
    return Listing("goal-models", title, table, opens=True)


def _model_row(view: View, progress: GoalProgress, each: Forecast) -> tuple[object, ...]:
    texts, goal = view.texts, progress.goal
    band = texts("page.goal.band_words", low=value_words(texts, goal, each.low), high=value_words(texts, goal, each.high))
    chance = wording.goal_chance(each.probability) if each.probability is not None else ABSENT_SIGN
    told = [_parameter(view, progress, each.model, name, value) for name, value in each.parameters]
    meaning = wording.joined(texts, [part for part in told if part])
    words = texts(f"page.goal.model_words.{each.model}")
    return model_name(view.texts, each.model), value_words(texts, goal, each.middle), band, chance, _both(view, words, meaning)


def _both(view: View, one: str, other: str) -> str:
    return view.texts("page.goal.model_and", words=one, told=other) if other else one


def _parameter(view: View, progress: GoalProgress, model: str, name: str, value: float) -> str:
    """Return one fitted parameter in words, "" where it says nothing to a reader."""
    texts, goal = view.texts, progress.goal
    if name == "pace" and model == "linear":
        shown = wording.amount(texts, value, goal.unit) if is_counted(goal) else wording.points(texts, value)
        return texts("page.goal.parameter.pace", value=shown)
    key = f"page.goal.parameter.{name}_logit" if name == "pace" else f"page.goal.parameter.{name}"
    if key not in texts.entries:
        return ""
    shown = percent(value) if name == "ceiling" else f"{value:.1f}" if name == "midpoint" else f"{value:.3g}"
    return texts(key, value=shown)


def _status(view: View, progress: GoalProgress, found: Status) -> Listing:
    """Return the components as open-sdg names them, each with its number and what it is."""
    texts, goal = view.texts, progress.goal

    def plain(value: float | None) -> str:
        if value is None:
            return "—"
        return number(value, "count") if is_counted(goal) else f"{100 * value:.1f}%"

    def growth(value: float | None) -> str:
        return "—" if value is None else f"{fixed(100 * value, 1, signed=True)}%"

    key = found.status if found.status in texts.entries else ""
    rows = [
        ("base", texts("page.goal.status.at", value=plain(found.base_value), year=f"{found.base_year:.0f}")),
        ("current", texts("page.goal.status.at", value=plain(found.current_value), year=f"{found.current_year:.0f}")),
        ("target", texts("page.goal.status.at", value=plain(found.target), year=f"{found.target_year:.0f}")),
        ("observed_growth", growth(found.observed_growth)),
        ("required_growth", growth(found.required_growth)),
        ("ratio", "—" if found.value is None else fixed(found.value, 2)),
        ("score", "—" if found.score is None else fixed(found.score, 1, signed=True)),
        ("status", texts(key) if key else found.status.removeprefix("status.")),
    ]
    columns = tuple(
        Column(name, texts(f"page.goal.column.{name}"), _KINDS[name] if name != "part" else "text")
        for name in ("part", "value", "meaning")
    )
    data = [(texts(f"page.goal.status.{name}"), text, texts(f"page.goal.status.{name}_words")) for name, text in rows]
    table = PageTable(columns, _turned(data, 3), tuple("" for _ in data))
    return Listing("goal-status", texts("page.goal.status.title"), table, (texts("page.goal.status.note"),))


def _turned(rows: list[tuple[object, ...]] | list[tuple[str, str, str]], width: int) -> tuple[tuple[object, ...], ...]:
    return tuple(zip(*rows, strict=True)) if rows else ((),) * width
