"""Rules for AI-native candidates of resources/natives: one file an instrument, checked against the questions it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.domain.instrument import Instrument, ItemType
from app.domain.natives import NativeContext, NativeCriterion, NativeRule, ShareOf
from app.files.resource_by_instrument import read_by_instrument
from app.files.resource_conditions import leaves, parse_condition
from app.files.resource_rows import Row, require_unique

_YES_NO = frozenset({"yes", "no", "planned", "unknown", "na"})
_NUMBERS = (ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT)


def read_natives(paths: Sequence[Path], instruments: Mapping[str, Instrument]) -> dict[str, NativeRule]:
    """Return the rules by instrument; ResourceError for a bad row, or a question or option the instrument does not have."""
    return read_by_instrument(paths, instruments, _rule, _require_fit)


def _rule(row: Row) -> NativeRule:
    source = row.source()
    rule = NativeRule(
        id=row.text("id"),
        instrument=row.text("instrument"),
        version=row.text("version"),
        words=row.words("name"),
        definition=row.words("definition"),
        source=source,
        needed=row.integer("needed"),
        criteria=tuple(_criterion(child, source) for child in row.children("criterion")),
        context=tuple(_context(child) for child in row.children("context")),
        verify=row.flag("verify"),
    )
    row.close()
    require_unique(row, [criterion.id for criterion in rule.criteria])
    if not 1 <= rule.needed <= len(rule.criteria):
        raise row.error("kind", field="needed", value=rule.needed)
    return rule


def _criterion(row: Row, source: str) -> NativeCriterion:
    criterion = NativeCriterion(
        id=row.text("id"),
        words=row.words(),
        condition=parse_condition(row.child("condition")) if "condition" in row.fields else None,
        share=_share(row.child("share")) if "share" in row.fields else None,
        required=row.flag("required"),
        source=row.source(default=source),
    )
    row.close()
    if criterion.condition is None and criterion.share is None:
        raise row.error("missing", field="condition")
    return criterion


def _share(row: Row) -> ShareOf:
    share = ShareOf(row.text("part"), row.text("whole"), row.number("at_least"))
    row.close()
    return share


def _context(row: Row) -> NativeContext:
    context = NativeContext(row.words(), row.source(), row.flag("verify"))
    row.close()
    return context


def _require_fit(row: Row, rule: NativeRule, instrument: Instrument) -> None:
    items = {item.code: item for item in instrument.items}
    for criterion in rule.criteria:
        share = criterion.share
        for code in () if share is None else (share.part, share.whole):
            if code not in items or items[code].type not in _NUMBERS:
                raise row.error("kind", field=criterion.id, value=code)
        for leaf in () if criterion.condition is None else leaves(criterion.condition):
            item = items.get(leaf.item) if leaf.kind == "answer" else None
            if item is None:
                raise row.error("kind", field=criterion.id, value=leaf.item)
            options = _YES_NO if item.type is ItemType.YES_NO else {option.code for option in item.options}
            unknown = [code for code in leaf.includes if code not in options]
            if unknown:
                raise row.error("kind", field=criterion.id, value=" ".join(unknown))
