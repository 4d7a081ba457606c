"""Evidence of agents: who uses them, where they stand, which red flags they fly."""

from __future__ import annotations

import numpy as np

from app.analysis.conditions import items_of
from app.domain.assessment import TOTAL
from app.domain.numbers import number
from app.domain.watch import SectorAgents
from app.present import wording
from app.present.evidence.watch_opened import Opened, Places, firms_in, firms_words, holding, nothing, share_words
from app.present.figures.agents import tier_words
from app.present.pages.watch_register import quarter_words
from app.present.watching import Watched


def open_agents(found: Watched, sector: str, what: str) -> Opened | None:
    """Open a number of agents in a sector: using, users, flagged, exposure, control, or q:, t: or f: with a code."""
    one, texts, rule = found.agents.get(sector), found.view.texts, found.rule.agents
    if one is None:
        return None
    who = found.view.sector_label(sector)
    if what == "using":
        scope = firms_in(found, sector)
        title, part = texts("evidence.watch.using", who=who), holding(found, rule.uses, scope)
        return Opened(
            title, share_words(found, one.using), texts("figure.agents.using_measure"), scope, part, items_of(rule.uses)
        )
    return _of_users(found, one, what)


def _of_users(found: Watched, one: SectorAgents, what: str) -> Opened | None:
    """Open a number of the firms that use agents: all of them, a quarter, a tier, a flag, a mean."""
    texts, rule, who = found.view.texts, found.rule.agents, found.view.sector_label(one.sector)
    frame = found.value.register.frame
    frame = frame[frame["sector"] == one.sector] if one.sector != TOTAL else frame
    scope = frame["position"].to_numpy(dtype=np.int64)
    kind, _, code = what.partition(":")
    columns = {name: rule.columns[name] for name in ("autonomy", "data", "agents", "runs_on", "review") if name in rule.columns}
    count = texts("evidence.watch.count")
    if what == "users":
        return Opened(
            texts("evidence.watch.users", who=who),
            number(one.users, "count"),
            count,
            scope,
            np.zeros_like(scope),
            items_of(rule.uses),
            is_share=False,
        )
    if kind == "q":
        title = texts("evidence.watch.quarter", who=who, quarter=quarter_words(found, code))
        part = np.where(frame["quadrant"] == code, 0, 1).astype(np.int64)
        cuts = texts("figure.quadrant.measure", high=f"{rule.high:.0f}", strong=f"{rule.strong:.0f}")
        notes = (texts("watch.page.agents_note_flags"), texts("watch.page.agents_note_blank"))
        return Opened(
            title, firms_words(found, one.quadrants.get(code, 0), one.users), cuts, scope, part, tuple(columns.values()), notes
        )
    if kind == "t":
        part = np.where(frame["tier"] == code, 0, np.where(frame["tier"] == "", 2, 1)).astype(np.int64)
        title = texts("evidence.watch.tier", who=who, tier=tier_words(found, code))
        value = firms_words(found, one.tiers.get(code, 0), one.users)
        hook = (wording.full_stop(texts, wording.source_text(texts, rule.tier_hook)),)
        return Opened(title, value, texts("figure.agents.tiers_measure"), scope, part, (columns["autonomy"],), hook)
    if kind == "f":
        return _flag(found, one, code, scope)
    return _mean(found, one, what, scope)


def _flag(found: Watched, one: SectorAgents, code: str, scope: Places) -> Opened | None:
    texts = found.view.texts
    flag = next((flag for flag in found.rule.agents.flags if flag.id == code), None)
    if flag is None:
        return None
    title = texts("evidence.watch.flag", who=found.view.sector_label(one.sector), flag=texts.of(flag.words))
    hook = wording.full_stop(texts, wording.source_text(texts, flag.hook))
    part = holding(found, flag.holds, scope)
    return Opened(
        title,
        firms_words(found, one.flags.get(code, 0), one.users),
        texts("figure.agents.flags_measure"),
        scope,
        part,
        items_of(flag.holds),
        (hook,),
    )


def _mean(found: Watched, one: SectorAgents, what: str, scope: Places) -> Opened | None:
    """Open the mean exposure or control of firms with agents, or the share of them that fly a flag."""
    texts, rule = found.view.texts, found.rule.agents
    frame = found.value.register.frame.set_index("position").loc[scope]
    who = found.view.sector_label(one.sector)
    if what == "flagged":
        part = np.where(frame["flags"] != "", 0, np.where(frame["flags_unknown"] != "", 2, 1)).astype(np.int64)
        items = tuple(dict.fromkeys(code for flag in rule.flags for code in items_of(flag.holds)))
        return Opened(
            texts("evidence.watch.flagged", who=who),
            share_words(found, one.flagged),
            texts("evidence.watch.flagged_formula"),
            scope,
            part,
            items,
        )
    if what not in ("exposure", "control"):
        return None
    value = one.exposure if what == "exposure" else one.control
    part = np.where(frame[what].notna(), 0, 2).astype(np.int64)
    factors = tuple(factor.item for factor in rule.factors)
    controls = tuple(dict.fromkeys(code for control in rule.controls for code in items_of(control.holds)))
    words = wording.score_text(texts, value) if value is not None else nothing(found)
    title = texts("evidence.watch.mean", who=who, what=texts(f"figure.quadrant.column_{what}"))
    formula = texts(f"watch.page.agents_note_{what}")
    items, said = (factors, rule.factors) if what == "exposure" else (controls, rule.controls)
    parts = wording.joined(texts, [texts.of(one.words) for one in said])
    notes = (texts(f"evidence.watch.parts_{what}", n=len(said), parts=parts),)
    return Opened(title, words, formula, scope, part, items, notes, is_share=False)
