"""What the commands between levels print."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from app.cli.session import Session
from app.domain.relay import RelayContent

if TYPE_CHECKING:
    from app.commands.runs_relay import Joined, Looked, Sent
    from app.workflows.receipts import Received

FOUND_WRONG = 1


def show_relay(sent: Sent, session: Session) -> int:
    """Print where a package is, by which key it is signed, and what of it is hidden."""
    from app.domain.relay import Note
    from app.present.relay import note_line

    content = sent.package.content
    if session.as_json:
        session.json(
            {"written": _paths(sent.path, sent.tables), **_content_json(content), "fingerprint": sent.package.fingerprint}
        )
        return 0
    session.say("cli.written", file=sent.path)
    session.say("cli.relay.key", fingerprint=sent.package.fingerprint)
    _tables(content, session)
    for name in ("dropped", "carried", "unrounded"):
        for id_ in getattr(content, name):
            print(note_line(session.texts, Note(f"relay.note.{name}", (("name", content.place.name), ("table", id_)))))
    return 0


def show_merge(joined: Joined, session: Session) -> int:
    """Print where the sum is, what went into it, and what is to be minded."""
    from app.present.relay import note_line

    content, notes = joined.merged.content, joined.merged.notes
    if session.as_json:
        told = [{"key": note.key, **dict(note.values), "words": note_line(session.texts, note)} for note in notes]
        session.json({"written": _paths(joined.merged.path, joined.tables), **_content_json(content), "notes": told})
        return 0
    session.say("cli.written", file=joined.merged.path)
    session.say("cli.merge.of", n=len(content.members), name=content.place.name)
    _tables(content, session)
    for note in notes:
        print(note_line(session.texts, note))
    return 0


def show_receipt(received: Received | Looked, session: Session) -> int:
    """Print a receipt; 1 when something was refused."""
    from app.present.relay import note_line

    receipts = getattr(received, "receipts", None)
    if receipts is not None:
        return _looked(received, session)
    made: Any = received
    refused = any(not item.accepted or item.leaking for item in made.receipt.items)
    if session.as_json:
        session.json({"written": _paths(made.path), "receipt": dataclasses.asdict(made.receipt), "fingerprint": made.fingerprint})
        return FOUND_WRONG if refused else 0
    print(*made.receipt.text, sep="\n")
    for note in made.notes:
        print(note_line(session.texts, note))
    if made.path is not None:
        session.say("cli.written", file=made.path)
    return FOUND_WRONG if refused else 0


def _looked(looked: Any, session: Session) -> int:
    if session.as_json:
        session.json({"receipts": [dataclasses.asdict(each) for each in looked.receipts]})
        return 0
    for each in looked.receipts:
        print(*each.receipt.text, sep="\n")
        session.say("cli.receipt.holds", fingerprint=each.fingerprint)
    return 0


def _tables(content: RelayContent, session: Session) -> None:
    from app.present.relay import short_name

    header = [session.texts(f"cli.relay.{name}") for name in ("table", "rows", "cells", "partly", "hidden")]
    rows = []
    for table in content.tables:
        cells = [cell for row in table.rows for cell in row.cells]
        partly, hidden = sum(bool(cell.told) and not cell.is_whole for cell in cells), sum(not cell.told for cell in cells)
        rows.append((short_name(session.texts, content, table.id), *map(str, (len(table.rows), len(cells), partly, hidden))))
    session.table(header, rows)


def _content_json(content: RelayContent) -> dict[str, Any]:
    plain = dataclasses.asdict(content)
    told = ("place", "wave", "tables", "members", "dropped", "carried", "unrounded", "policy", "journal")
    return {name: plain[name] for name in told}


def _paths(*paths: Any) -> list[str]:
    return [str(path) for path in paths if path is not None]
