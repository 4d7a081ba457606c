"""What `verify` prints: the verdict on the whole, then each number that is not as the study gives it."""

from __future__ import annotations

import dataclasses
from typing import Any

from app.cli.session import Session
from app.domain.claims import Checked, Verdict
from app.domain.verified import Verified

FOUND_WRONG = 1
MOST = 60  # numbers that are listed for people
_LONGEST = 40  # characters of a place or a context
_COLUMNS = ("verdict", "id", "found", "expected", "place", "context")


def show_verify(found: Verified, session: Session) -> int:
    """Print what became of the numbers; 1 where one is changed or unknown, 0 where all are as the study gives them."""
    from app.present.verified import summary

    study = session.given["study"].stem
    if session.as_json:
        session.json(verified_json(found))
    else:
        wrong = found.wrong
        if wrong:
            session.table(
                [session.texts(f"cli.verify.{name}") for name in _COLUMNS], [_row(each, session) for each in wrong[:MOST]]
            )
        if len(wrong) > MOST:
            session.say("cli.verify.more", n=f"{len(wrong) - MOST:,}")
        print(*summary(session.texts, found, study), sep="\n")
    return 0 if found.verdict is Verdict.SAME else FOUND_WRONG


def verified_json(found: Verified) -> dict[str, Any]:
    """Return `verify --json`: the verdict, how many of each, what the document says of its making, and every number."""
    return {
        "file": found.file,
        "kind": found.kind,
        "verdict": found.verdict.value,
        "counts": found.counts,
        "document": {name: text for name, text in found.made.items() if name != "numbers"},
        "steps": found.steps,
        "since": [{"number": number, "command": command} for number, command in found.since],
        "notes": list(found.notes),
        "numbers": [dataclasses.asdict(each) for each in found.checked],
    }


def _row(checked: Checked, session: Session) -> tuple[str, ...]:
    from app.present.verified import kind_words

    place, context = (_short(text) for text in (checked.place, checked.context))
    return (kind_words(session.texts, checked), checked.id, checked.found or "—", checked.expected or "—", place, context)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 + 1 :]}"
