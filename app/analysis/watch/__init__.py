"""What the policy asks to be watched besides goals: agents and their control, jobs, and where models come from."""

from __future__ import annotations

import pandas as pd

from app.analysis.watch.agents import watch_agents
from app.analysis.watch.sample import Filters, sample_of
from app.domain.errors import UserError
from app.domain.resources import Resources
from app.domain.study import Study, Wave
from app.domain.watch import AGENT_COLUMNS, AgentRegister, Watch

__all__ = ["watch"]

_MISSING = tuple(f"watch.missing.{name}" for name in ("agents", "jobs", "sources", "purposes", "barriers", "human_channel"))


def watch(study: Study, resources: Resources, wave: str = "", filters: Filters = ()) -> Watch:
    """Return what is watched in a wave (newest when none is said), over the firms with the values of `filters` (size, township).

    What the questionnaire does not ask is named in `missing` and has no numbers. UserError `study.no_answers` where nothing was
    collected, `watch.unknown_wave` where there is no such wave.
    """
    if study.responses is None or not study.waves:
        raise UserError("study.no_answers", name=study.name)
    chosen = _wave(study, wave)
    rule = resources.watch.get(study.instrument.id)
    nothing = AgentRegister(chosen.id, "", pd.DataFrame(columns=list(AGENT_COLUMNS)))
    if rule is None:
        return Watch(chosen.id, nothing, (), (), (), _MISSING)
    sample = sample_of(study.responses, chosen, filters)
    frame, agents = watch_agents(sample, rule.agents, study.instrument)
    return Watch(chosen.id, AgentRegister(chosen.id, rule.version, frame), agents, (), (), ())


def _wave(study: Study, id_: str) -> Wave:
    """The wave of this id, the newest where none is said."""
    if not id_:
        return study.waves[-1]
    found = next((wave for wave in study.waves if wave.id == id_), None)
    if found is None:
        raise UserError("watch.unknown_wave", wave=id_, known="、".join(wave.id for wave in study.waves))
    return found
