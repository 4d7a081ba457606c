"""Which signatures hold, and what became of the results since."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.domain.signing import Signature, Stage, Standing
from app.domain.study import JournalEntry, Study

_STAGES = tuple(Stage)
_OF_SIGNING = ("signatures", "signatures_back", "releases")  # effects of the journal that leave every result as it is


def standing(study: Study, results: str) -> Standing:
    """Return where the brief of `study` stands; `results` is the hash of what the study says now (`results_hash`)."""
    held = in_force(study.signing.signatures)
    if not held or held[-1].results == results:
        return Standing(held)
    return Standing(held, True, steps_since(study.journal, held[-1].journal))


def in_force(signatures: Sequence[Signature]) -> tuple[Signature, ...]:
    """Return the signatures that hold, the lowest stage first.

    A new one takes the place of its stage and of those above it, which were given for what stood there before; one that is
    withdrawn takes them all back.
    """
    held: list[Signature] = []
    for each in signatures:
        below = [one for one in held if _STAGES.index(one.stage) < _STAGES.index(each.stage)]
        held = below if each.withdrawn else [*below, each]
    return tuple(held)


def steps_since(journal: Sequence[JournalEntry], head: str) -> tuple[tuple[int, str], ...]:
    """Return number and command of the entries after the one with this hash that changed more than signatures and releases."""
    start = next((place for place, entry in enumerate(journal, 1) if entry.hash == head), 0)
    return tuple((entry.number, entry.command) for entry in journal[start:] if _changed_results(entry))


def _changed_results(entry: JournalEntry) -> bool:
    return bool(set(json.loads(entry.effect)) - set(_OF_SIGNING))
