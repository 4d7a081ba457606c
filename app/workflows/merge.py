"""并表: packages of several places as one of the place above them, each checked, and held against being told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.analysis.relay import leaks, merged_tables
from app.domain.errors import UserError
from app.domain.relay import Acquaintance, Member, Note, Place, Rank, RelayContent, RelayPackage, RelayTable
from app.domain.task import Progress, Task
from app.files.endings import check_ending
from app.files.relay_file import ENDING, plain_text, read_relay, write_relay
from app.files.relay_keys import read_known, write_known
from app.workflows.context import Context
from app.workflows.relay import key_of, place_of, program
from app.workflows.sign import LONGEST_NAME
from app.workflows.targets import short_text_of

_NAMED = 3
_AND = " / "


@dataclass(frozen=True, slots=True)
class Merged:
    """The package that was written, and what is to be told of those that went into it."""

    path: Path
    content: RelayContent
    notes: tuple[Note, ...]


def merge(parameters: Mapping[str, Any], context: Context) -> Task[Merged]:
    """Add the packages at `paths` up and write the sum to `out` as a package of `place`, signed with the bureau's key.

    Of two packages of one place the newer counts. A table in which a hidden number can be worked out is left out. UserError
    `relay.*`: a package that is none, of another instrument, wave or design, of a place twice, or of a key that changed.
    """
    out, key = Path(parameters["out"]), key_of(parameters)
    check_ending(out, ENDING)
    packages = yield from _read(parameters["paths"])
    packages, notes = _newest(packages)
    place = _place(parameters, packages)
    _refuse_unlike(packages, place)
    known, met = acquainted(packages, key, bool(parameters.get("accept_key")), context.today)
    yield Progress("progress.merge", detail=out.name)
    contents, leaking = _audited(packages)
    content = _content(contents, packages, place, context)
    content = replace(content, who=short_text_of(parameters, "who", LONGEST_NAME))
    if not content.tables:
        raise UserError("relay.nothing_left")
    write_relay(out, content, key)
    write_known(key, known)
    return Merged(out, content, (*met, *notes, *leaking, *_told(packages, place)))


def acquainted(
    packages: Sequence[RelayPackage], key: Path, accept: bool, today: str
) -> tuple[dict[str, Acquaintance], tuple[Note, ...]]:
    """Return the keys known after these packages, and what to tell of keys seen first or changed; nothing is kept yet.

    UserError `relay.key_changed` where a place signs with another key than before and `accept` was not said.
    """
    known, notes = read_known(key), []
    for package in packages:
        place = package.content.place
        before = known.get(place.code)
        if before is not None and before.fingerprint == package.fingerprint:
            continue
        said = {"name": place.name, "region": place.code, "fingerprint": package.fingerprint}
        if before is not None and not accept:
            raise UserError("relay.key_changed", **said, before=before.fingerprint, since=before.since)
        notes.append(note("relay.note.first" if before is None else "relay.note.new_key", **said))
        known[place.code] = Acquaintance(place.name, package.fingerprint, today)
    return known, tuple(notes)


def note(key: str, **values: object) -> Note:
    """Return something to be told."""
    return Note(key, tuple((name, str(value)) for name, value in values.items()))


def leaking_tables(content: RelayContent) -> tuple[str, ...]:
    """Return the tables of a package in which a hidden number is bounded too closely, or whose numbers do not add up."""
    return tuple(table.id for table in content.tables if _leaks(table))


def _leaks(table: RelayTable) -> bool:
    try:
        return bool(leaks(table))
    except ValueError:
        return True


def _read(paths: Sequence[Path]) -> Task[list[RelayPackage]]:
    found = []
    for done, path in enumerate(paths):
        yield Progress("progress.merge", done, len(paths), path.name)
        found.append(read_relay(path))
    return found


def _newest(packages: Sequence[RelayPackage]) -> tuple[list[RelayPackage], list[Note]]:
    """Return the newest package of each place, in the order in which the places come, and a note on each other one."""
    newest: dict[str, RelayPackage] = {}
    notes = []
    for package in sorted(packages, key=lambda each: each.content.created):
        place = package.content.place
        before = newest.get(place.code)
        if before is not None and before.content_hash != package.content_hash:
            if before.content.created == package.content.created:
                raise UserError("relay.twice", name=place.name, region=place.code)
            notes.append(note("relay.note.replaced", name=place.name, old=before.content.created, new=package.content.created))
        newest[place.code] = package
    return [newest[code] for code in dict.fromkeys(package.content.place.code for package in packages)], notes


def _place(parameters: Mapping[str, Any], packages: Sequence[RelayPackage]) -> Place:
    highest = max((package.content.place.rank for package in packages), key=tuple(Rank).index)
    place = place_of(parameters, highest.above)
    ranks = tuple(Rank)
    if ranks.index(place.rank) <= ranks.index(highest):
        raise UserError("relay.rank", name=place.name)
    return place


def _refuse_unlike(packages: Sequence[RelayPackage], place: Place) -> None:
    """Refuse packages that cannot be added up, naming the two that differ."""
    first = packages[0].content
    for package in packages[1:]:
        other = package.content
        for name in ("instrument", "rubric", "wave", "design"):
            one, two = (_said(getattr(content, name)) for content in (first, other))
            if one != two:
                raise UserError(f"relay.other_{name}", one=first.place.name, two=other.place.name, a=one, b=two)
    speaks = [code for package in packages for code in _codes(package.content)]
    twice = sorted({code for code in speaks if speaks.count(code) > 1} | ({place.code} & set(speaks)))
    if twice:
        raise UserError("relay.overlap", codes="、".join(twice[:_NAMED]))


def _said(value: str | tuple[str, str]) -> str:
    return value if isinstance(value, str) else " ".join(value)


def _codes(content: RelayContent) -> tuple[str, ...]:
    return (content.place.code, *(member.code for member in content.members))


def _audited(packages: Sequence[RelayPackage]) -> tuple[list[RelayContent], list[Note]]:
    contents, notes = [], []
    for package in packages:
        content = package.content
        bad = leaking_tables(content)
        notes += [note("relay.note.leaks", name=content.place.name, table=id_) for id_ in bad]
        contents.append(replace(content, tables=tuple(table for table in content.tables if table.id not in bad)))
    return contents, notes


def _content(contents: Sequence[RelayContent], packages: Sequence[RelayPackage], place: Place, context: Context) -> RelayContent:
    try:
        tables = merged_tables(contents)
    except ValueError as error:
        raise UserError("relay.other_table", table=error) from error
    first = contents[0]
    safe = tuple(table for table in tables if not _leaks(table))
    return replace(
        first,
        place=place,
        dates=(min(each.dates[0] for each in contents), max(each.dates[1] for each in contents)),
        tables=safe,
        policy=_policy(contents),
        journal="",
        program=program(),
        created=context.now,
        synthetic=any(each.synthetic for each in contents),
        stage="",
        frame=_frame(contents),
        labels={name: words for each in reversed(contents) for name, words in each.labels.items()},
        dropped=tuple(table.id for table in tables if table not in safe),
        carried=(),
        unrounded=(),
        members=tuple(_member(package) for package in packages),
    )


def _policy(contents: Sequence[RelayContent]) -> str:
    """Return the rules of all places, each once: some may have rounded where others hid."""
    return plain_text(_AND.join(dict.fromkeys(rules for content in contents for rules in content.policy.split(_AND))))


def _frame(contents: Sequence[RelayContent]) -> dict[str, int]:
    """Return the firms in the frame by sector where every place knows its own, else nothing."""
    if not all(content.frame for content in contents):
        return {}
    sectors = sorted({sector for content in contents for sector in content.frame})
    return {sector: sum(content.frame.get(sector, 0) for content in contents) for sector in sectors}


def _member(package: RelayPackage) -> Member:
    content, place = package.content, package.content.place
    hashes = (package.fingerprint, package.content_hash)
    return Member(place.code, place.name, place.rank, *hashes, content.created, content.places)


def _told(packages: Sequence[RelayPackage], place: Place) -> list[Note]:
    found = []
    for package in packages:
        content = package.content
        if content.stage != "approved" and not content.members:
            found.append(note("relay.note.not_approved", name=content.place.name))
        length = 4 if place.rank is Rank.CITY else 2
        if content.place.code[:length] != place.code[:length]:
            found.append(note("relay.note.elsewhere", name=content.place.name, code=content.place.code, place=place.name))
        found += [note("relay.note.dropped", name=content.place.name, table=id_) for id_ in content.dropped]
        found += [note("relay.note.carried", name=content.place.name, table=id_) for id_ in content.carried]
        found += [note("relay.note.unrounded", name=content.place.name, table=id_) for id_ in content.unrounded]
    return found
