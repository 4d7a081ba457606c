"""Evidence of where models come from, what AI is used for, what stands in its way, and who keeps a human channel."""

from __future__ import annotations

from app.analysis.conditions import items_of
from app.domain.condition import Condition
from app.present.evidence.watch_opened import Opened, firms_in, holding, share_words
from app.present.figures.models import SHORT, item_of, shares_of
from app.present.watching import Watched


def open_models(found: Watched, sector: str, what: str) -> Opened | None:
    """Open a share of firms by option (s:, p: or b: with its code), or of those that keep a human channel."""
    one, texts, who = found.models.get(sector), found.view.texts, found.view.sector_label(sector)
    if one is None:
        return None
    scope = firms_in(found, sector)
    if what == "human":
        condition, exempt = found.rule.models.human_channel, found.rule.models.human_exempt
        if condition is None or one.human_channel is None:
            return None
        title = texts("evidence.watch.human", who=who)
        part = holding(found, condition, scope, exempt)
        return Opened(
            title, share_words(found, one.human_channel), texts("evidence.watch.human_formula"), scope, part, items_of(condition)
        )
    short, _, code = what.partition(":")
    kind = next((kind for kind, letter in SHORT.items() if letter == short), "")
    share = shares_of(one, kind).get(code) if kind else None
    if share is None:
        return None
    item = item_of(found, kind)
    title = texts("evidence.watch.option", who=who, item=texts(f"evidence.watch.{kind}"), option=found.option(item, code))
    part = holding(found, Condition("answer", item, (code,)), scope)
    return Opened(title, share_words(found, share), texts(f"figure.models.{kind}_measure"), scope, part, (item,))
