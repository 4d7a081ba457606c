"""What the commands about signatures and about firms without their names print."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from app.cli.session import Session
from app.domain.signing import Signature, Stage, Standing

if TYPE_CHECKING:
    from app.commands.runs_release import Anonymised, Signing


def show_sign(signing: Signing, session: Session) -> int:
    """Print where a brief stands, who signed, and what comes next."""
    from app.present.signed import lines_of, words_of

    held = signing.standing
    if session.as_json:
        session.json(standing_json(held))
        return 0
    if signing.changed.after is not signing.changed.before:
        session.say("cli.sign.withdrawn" if session.given.get("withdraw") else "cli.sign.done")
    print(words_of(session.texts, held))
    for line in lines_of(session.texts, held):
        print(f"  {line}")
    if held.changed:
        session.say("cli.sign.how_again", study=session.given["study"].name)
    elif held.stage is not Stage.APPROVED:
        stages = tuple(Stage)
        following = stages[0 if held.stage is None else stages.index(held.stage) + 1]
        session.say(f"cli.sign.how_{following.value}", study=session.given["study"].name)
    return 0


def show_anonymised(made: Anonymised, session: Session) -> int:
    """Print where the file is, and what keeping its firms from being found took."""
    found = made.anonymity
    if session.as_json:
        session.json({"written": [str(made.path)], "anonymity": dataclasses.asdict(found)})
        return 0
    session.say("cli.written", file=made.path)
    names = (
        "left",
        "groups",
        "coarser",
        *(() if found.diversity is None else ("alike",) if found.alike else ("diverse",)),
        "answers",
    )
    for name in names:
        session.say(f"anonymous.{name}", **dataclasses.asdict(found), n=found.diversity)
    return 0


def standing_json(held: Standing) -> dict[str, Any]:
    """Return where a brief stands: the stage in force, who signed, and the steps that changed results since."""
    return {
        "stage": None if held.stage is None else held.stage.value,
        "signatures": [_signature(each) for each in held.signatures],
        "changed": held.changed,
        "since": [{"number": number, "command": command} for number, command in held.since],
    }


def _signature(each: Signature) -> dict[str, Any]:
    names = ("who", "when", "journal", "results", "note")
    return {"stage": each.stage.value, **{name: getattr(each, name) for name in names}}
