"""Where models come from, what AI is used for and what stands in the way, by sector."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from app.analysis.answers import Bools, Floats
from app.analysis.conditions import evaluate, items_of
from app.analysis.watch.answered import answered
from app.analysis.watch.sample import Sample
from app.domain.assessment import TOTAL
from app.domain.condition import Condition
from app.domain.estimate import Estimate
from app.domain.instrument import Instrument
from app.domain.watch import ModelRule, SectorModels

NO_CUSTOMERS = "watch.reason.no_customers"
_Shares = Mapping[str, tuple[Estimate, ...]]


def watch_models(sample: Sample, rule: ModelRule, instrument: Instrument) -> tuple[SectorModels, ...]:
    """Return shares of firms by option, of all firms and of each sector; a firm that left an item blank is in none of its shares.

    A firm without AI that serves customers is in no share of those that keep a human channel.

    An item the instrument does not ask has no options; nothing at all where it asks none of them.
    """
    asked = {item.code for item in instrument.items}
    items = [item for item in (rule.sources, rule.purposes, rule.barriers) if item in asked]
    channel = rule.human_channel
    if channel is not None and not asked.issuperset(items_of(channel)):
        channel = None
    if not items and channel is None:
        return ()
    said = {item: _said(sample, item, instrument) for item in items}
    shares = {item: _shares(sample, answers) for item, answers in said.items()}
    kept = None if channel is None else evaluate(channel, sample.values, instrument)
    human = None if kept is None else _human(sample, kept, _serving(sample, rule, instrument))
    known = np.logical_or.reduce([_known(answers) for answers in said.values()] + ([] if kept is None else [~np.isnan(kept)]))
    firms = sample.counts(known)
    return tuple(
        SectorModels(
            sector=sector,
            firms=int(firms[place]),
            sources=_at(shares.get(rule.sources, {}), place),
            purposes=_at(shares.get(rule.purposes, {}), place),
            barriers=_at(shares.get(rule.barriers, {}), place),
            human_channel=None if human is None else human[place],
        )
        for place, sector in enumerate((TOTAL, *sample.sectors))
    )


def _human(sample: Sample, kept: Floats, serving: Bools | None) -> tuple[Estimate, ...]:
    """Return the share of firms that keep a human channel among those that answered (n,; NaN did not) and serve customers."""
    base = answered(sample, ~np.isnan(kept))
    return base.shares(kept == 1.0) if serving is None else base.shares(kept == 1.0, serving, NO_CUSTOMERS)


def _serving(sample: Sample, rule: ModelRule, instrument: Instrument) -> Bools | None:
    """Where something that serves customers may be in use (n,); None: everywhere."""
    return None if rule.human_exempt is None else evaluate(rule.human_exempt, sample.values, instrument) != 1.0


def _said(sample: Sample, item: str, instrument: Instrument) -> dict[str, Floats]:
    """Return for each option of an item whether a firm chose it (n,), NaN where it left the item blank."""
    values, codes = sample.values, [option.code for option in instrument.item(item).options]
    return {code: evaluate(Condition("answer", item, (code,)), values, instrument) for code in codes}


def _known(answers: Mapping[str, Floats]) -> Bools:
    """Where anything was chosen, or it was said that nothing applies."""
    known: Bools = np.logical_or.reduce([~np.isnan(each) for each in answers.values()])
    return known


def _shares(sample: Sample, answers: Mapping[str, Floats]) -> _Shares:
    base = answered(sample, _known(answers))
    return {code: base.shares(chosen == 1.0) for code, chosen in answers.items()}


def _at(shares: _Shares, place: int) -> dict[str, Estimate]:
    return {code: estimates[place] for code, estimates in shares.items()}
