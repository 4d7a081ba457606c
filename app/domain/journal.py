"""Adding to the journal and proving that nobody altered it since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from app.domain.study import JournalEntry


def head(journal: Sequence[JournalEntry]) -> str:
    """Return the hash of the last entry, empty for an empty journal."""
    return journal[-1].hash if journal else ""


def append(journal: tuple[JournalEntry, ...], time: str, command: str, parameters: str, effect: str) -> tuple[JournalEntry, ...]:
    """Return the journal with one more entry; `parameters` and `effect` are JSON texts, `time` is ISO 8601."""
    number = len(journal) + 1
    sealed = _hash(head(journal), number, time, command, parameters, effect)
    return (*journal, JournalEntry(number, time, command, parameters, effect, sealed))


def first_broken(journal: Sequence[JournalEntry]) -> int | None:
    """Return the number at which the chain does not hold, or None when every entry follows from the one before."""
    previous = ""
    for number, entry in enumerate(journal, 1):
        expected = _hash(previous, number, entry.time, entry.command, entry.parameters, entry.effect)
        if entry.number != number or entry.hash != expected:
            return number
        previous = entry.hash
    return None


def _hash(previous: str, number: int, time: str, command: str, parameters: str, effect: str) -> str:
    content = json.dumps([previous, number, time, command, parameters, effect], ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
