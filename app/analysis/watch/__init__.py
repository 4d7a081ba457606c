"""What the policy asks to be watched besides goals: agents and their control, jobs, and where models come from."""

from __future__ import annotations

import pandas as pd

from app.analysis.conditions import items_of
from app.analysis.watch.agents import watch_agents
from app.analysis.watch.jobs import watch_jobs
from app.analysis.watch.models import watch_models
from app.analysis.watch.sample import Filters, sample_of
from app.domain.errors import UserError
from app.domain.instrument import Instrument, Role
from app.domain.resources import Resources
from app.domain.study import Study, Wave
from app.domain.watch import AGENT_COLUMNS, AgentRegister, SectorAgents, Watch, WatchRule

__all__ = ["watch"]

_PARTS = ("agents", "jobs", "sources", "purposes", "barriers", "human_channel")


def watch(study: Study, resources: Resources, wave: str = "", filters: Filters = ()) -> Watch:
    """Return what is watched in a wave (newest when none is said), over the firms with the values of `filters` (size, township).

    What the questionnaire does not ask is named in `missing` and has no numbers. UserError `study.no_answers` where nothing was
    collected, `watch.unknown_wave` where there is no such wave.
    """
    if study.responses is None or not study.waves:
        raise UserError("study.no_answers", name=study.name)
    chosen = _wave(study, wave)
    rule = resources.watch.get(study.instrument.id)
    if rule is None:
        return Watch(chosen.id, _register(chosen.id, ""), (), (), (), tuple(f"watch.missing.{part}" for part in _PARTS))
    sample, instrument = sample_of(study.responses, chosen, filters), study.instrument
    missing = _missing(rule, instrument)
    empty: tuple[SectorAgents, ...] = ()
    register, agents = _register(chosen.id, rule.version), empty
    if "agents" not in missing:
        frame, agents = watch_agents(sample, rule.agents, instrument)
        register = AgentRegister(chosen.id, rule.version, frame)
    jobs = watch_jobs(sample, rule.jobs, instrument, resources.exposure)
    models = watch_models(sample, rule.models, instrument)
    return Watch(chosen.id, register, agents, jobs, models, tuple(f"watch.missing.{part}" for part in missing))


def _register(wave: str, version: str) -> AgentRegister:
    """A register of nobody."""
    return AgentRegister(wave, version, pd.DataFrame(columns=list(AGENT_COLUMNS)))


def _missing(rule: WatchRule, instrument: Instrument) -> tuple[str, ...]:
    """The parts whose items the instrument does not ask, in order."""
    asked = {item.code for item in instrument.items}
    models, channel = rule.models, rule.models.human_channel
    is_asked = {
        "agents": asked.issuperset(items_of(rule.agents.uses)),
        "jobs": instrument.with_role(Role.EMPLOYEES) is not None and not asked.isdisjoint(rule.jobs.values()),
        "sources": models.sources in asked,
        "purposes": models.purposes in asked,
        "barriers": models.barriers in asked,
        "human_channel": channel is not None and asked.issuperset(items_of(channel)),
    }
    return tuple(part for part in _PARTS if not is_asked[part])


def _wave(study: Study, id_: str) -> Wave:
    """The wave of this id, the newest where none is said."""
    if not id_:
        return study.waves[-1]
    found = next((wave for wave in study.waves if wave.id == id_), None)
    if found is None:
        raise UserError("watch.unknown_wave", wave=id_, known="、".join(wave.id for wave in study.waves))
    return found
