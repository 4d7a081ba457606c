"""What is watched in a study, and the register of agents as a file: it names firms, so that writing it is journaled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from app.analysis.conditions import items_of
from app.analysis.watch import watch
from app.domain.errors import UserError
from app.domain.instrument import Item
from app.domain.responses import Responses
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.watch import Watch, WatchRule
from app.domain.words import Lang, Texts
from app.files.agent_register import ENDINGS, RegisterSheet, write_agent_register
from app.files.resources import load_palette
from app.files.write_responses import response_table
from app.present.answers import answer_words
from app.present.view import View
from app.workflows.context import Context

_NUMBERS = ("control", "control_low", "control_high", "exposure", "exposure_low", "exposure_high")


@dataclass(frozen=True, slots=True, eq=False)
class Watching:
    """A study and what is watched in one of its waves."""

    study: Study
    watch: Watch


def watching(study: Study, wave: str, context: Context) -> Task[Watching]:
    """Return what is watched in a wave, the newest when none is said; UserError as `analysis.watch.watch`."""
    yield Progress("progress.watch", detail=wave)
    return Watching(study, watch(study, context.resources, wave))


def write_agents(study: Study, path: Path, lang: Lang, context: Context, wave: str = "") -> Task[Path]:
    """Write the agents in use in a wave (newest when none is said) to `path` (.xlsx or .csv), a firm a row.

    UserError: `file.unknown_format`, `study.no_answers`, `watch.unknown_wave`, `watch.not_asked` where the questionnaire has no
    question on agents, `watch.nobody` where no firm uses any, or why the disk will not have it.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UserError("file.unknown_format", file=path.name, known=" ".join(ENDINGS))
    yield Progress("progress.agents", detail=path.name)
    found, responses = watch(study, context.resources, wave), study.responses
    rule = context.resources.watch.get(study.instrument.id)
    if rule is None or responses is None or not found.agents:
        raise UserError("watch.not_asked", instrument=study.instrument.words.in_(lang))
    if found.register.frame.empty:
        raise UserError("watch.nobody", wave=found.wave)
    view = View(study, context.resources, Texts(lang, context.resources.words))
    write_agent_register(register_sheet(view, found, rule, responses), path, load_palette("light"), view.texts, context.now)
    return path


def register_sheet(view: View, found: Watch, rule: WatchRule, responses: Responses) -> RegisterSheet:
    """Return a register as it is written: firms by sector, red flags first; each answer beside its cell."""
    texts, frame = view.texts, found.register.frame
    order = np.lexsort((frame["firm"].to_numpy(dtype=str), frame["flags"].to_numpy() == "", frame["sector"].to_numpy(dtype=str)))
    paper = _Paper(view, rule, responses, frame.iloc[order])
    columns = dict(paper.firms()) | dict(paper.judged()) | dict(paper.answers())
    narrow = {texts(f"watch.register.{name}") for name in (*_NUMBERS, "size")}
    return RegisterSheet(
        title=texts("watch.register.title", study=view.study.name, wave=found.wave, n=len(frame)),
        internal=texts("watch.register.internal"),
        how=texts(
            "watch.register.how", id=rule.id, version=rule.version, strong=f"{rule.agents.strong:g}", high=f"{rule.agents.high:g}"
        ),
        table=pd.DataFrame(columns, index=range(len(frame))),
        wide=frozenset(columns) - narrow,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Paper:
    """A register on its way to paper: columns by heading."""

    view: View
    rule: WatchRule
    responses: Responses
    frame: pd.DataFrame

    def firms(self) -> Iterator[tuple[str, list[object]]]:
        """Who the firm is; one that gave no name is called by what it is known by."""
        frame, texts, view = self.frame, self.view.texts, self.view
        codes = self.responses.firms["code"].iloc[frame["position"].to_numpy()].astype(object)
        named = frame["name"].where(frame["name"] != "", frame["firm"])
        columns = {
            "name": named.tolist(),
            "code": codes.where(codes.notna(), "").tolist(),
            "sector": _each(frame["sector"], view.sector_label),
            "size": _each(frame["size"], lambda size: texts(f"term.size.{size or 'unknown'}")),
            "township": frame["township"].tolist(),
        }
        for name, column in columns.items():
            yield texts(f"watch.register.{name}"), column

    def judged(self) -> Iterator[tuple[str, list[object]]]:
        """What the rule makes of the answers."""
        frame, texts = self.frame, self.view.texts
        words = {flag.id: texts.of(flag.words) for flag in self.rule.agents.flags}
        sign = texts("wording.list_separator")

        def flags(codes: str) -> str:
            return sign.join(words[code] for code in codes.split("|") if code)

        yield texts("watch.register.quadrant"), _each(frame["quadrant"], lambda code: texts(f"watch.register.quadrant_{code}"))
        for name in ("flags", "flags_unknown"):
            yield texts(f"watch.register.{name}"), _each(frame[name], flags)
        yield texts("watch.register.tier"), _each(frame["tier"], lambda tier: texts(f"watch.register.tier_{tier or 'unknown'}"))
        for name in _NUMBERS:
            yield texts(f"watch.register.{name}"), frame[name].round(1).tolist()

    def answers(self) -> Iterator[tuple[str, list[object]]]:
        """Each answer that the rule reads, in words, and after it the cell it was read from."""
        texts, items = self.view.texts, self._items()
        table = response_table(self._own([item.code for item in items]))
        for item in items:
            label = texts("watch.register.item", code=item.code, label=texts.of(item.words))
            yield label, self._said(table[item.code], item)
            cells = table[f"{item.code}.cell"]
            yield texts("watch.register.cell", label=label), cells.where(cells.notna(), "").tolist()

    def _said(self, column: pd.Series, item: Item) -> list[object]:
        if pd.api.types.is_numeric_dtype(column.dtype):
            return list(column.tolist())
        return _each(column.astype(object).where(column.notna(), None), lambda value: answer_words(self.view, item, value))

    def _items(self) -> list[Item]:
        """The items that the rule reads of agents and that were asked, in the order of the questionnaire."""
        agents = self.rule.agents
        conditions = [agents.uses, *(flag.holds for flag in agents.flags)]
        conditions += [part for control in agents.controls for part in (control.holds, control.exempt) if part is not None]
        codes = {code for condition in conditions for code in items_of(condition)}
        codes |= {*agents.columns.values(), *(factor.item for factor in agents.factors)}
        return [item for item in self.view.study.instrument.items if item.code in codes & {*self.responses.values.columns}]

    def _own(self, items: Sequence[str]) -> Responses:
        """The answers of the firms in the register to these items, without what made numbers inexact."""
        rows, all_ = self.frame["position"].to_numpy(), self.responses
        frames = (all_.values[items], all_.originals[items], all_.firms, all_.places)
        values, originals, firms, places = (frame.iloc[rows].reset_index(drop=True) for frame in frames)
        return Responses(values, originals, firms, places, all_.blocks)


def _each(column: pd.Series, words: Callable[[Any], str]) -> list[object]:
    """Return a column in words, worked out once a value."""
    codes, kinds = pd.factorize(column, use_na_sentinel=False)
    told: list[object] = [words(None if pd.isna(kind) else kind) for kind in kinds.tolist()]
    return [told[code] for code in codes.tolist()]
