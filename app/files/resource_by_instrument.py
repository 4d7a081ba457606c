"""Rules of which each instrument has one: a file a rule, read the same way whatever the rule is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from app.domain.instrument import Instrument
from app.files.resource_rows import Row, read_toml


class OfInstrument(Protocol):
    """What is written for one instrument."""

    @property
    def instrument(self) -> str:
        """The id of the instrument."""
        ...


R = TypeVar("R", bound=OfInstrument)


def read_by_instrument(
    paths: Sequence[Path],
    instruments: Mapping[str, Instrument],
    read: Callable[[Row], R],
    require_fit: Callable[[Row, R, Instrument], None],
) -> dict[str, R]:
    """Return the rules by instrument; ResourceError for a bad row, an unknown instrument or a second rule for one.

    `read` makes the rule of a file and `require_fit` raises where its instrument does not ask what the rule needs.
    """
    rules: dict[str, R] = {}
    for path in paths:
        row = read_toml(path)
        rule = read(row)
        if rule.instrument not in instruments:
            raise row.error("kind", field="instrument", value=rule.instrument)
        if rule.instrument in rules:
            raise row.error("duplicate", field=rule.instrument)
        require_fit(row, rule, instruments[rule.instrument])
        rules[rule.instrument] = rule
    return rules
