"""The document: one file `NAME.zhiheng` holding sources, journal and results, saved whole or not at all.

Everything read back is held against a hash: each row its own, the journal its chain, and all rows together one seal,
so that a flipped bit or a lost row is reported and never becomes a wrong number.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from app.domain import journal as chain
from app.domain.decisions import Guidance
from app.domain.errors import UserError
from app.domain.judgement import Judgements
from app.domain.signing import Signing
from app.domain.study import FORMAT_VERSION, JournalEntry, Source, Study, Wave
from app.domain.targets import Targets
from app.files.atomic import sync_file, sync_folder, write_error
from app.files.records import decode_record, encode_record
from app.files.resources import parse_instrument, parse_rubric
from app.files.study_content import derived_blobs, restore_derived
from app.files.study_store import Connection, make, reading, writing

_SEAL = "seal"
_SPARE_BYTES = 1 << 20


def create(path: Path, study: Study) -> None:
    """Make a new study file; UserError `study.exists` when there is a file already, or why the disk will not have it."""
    if os.path.lexists(path):
        raise UserError("study.exists", file=path.name)
    if not path.parent.is_dir():
        raise UserError("file.no_folder", file=path.name, folder=path.parent)
    temporary = path.with_name(f".{secrets.token_hex(6)}.zhiheng")
    try:
        make(temporary)
        save(temporary, study, "")
        sync_file(temporary)
        _publish(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise write_error(error, path) from error
    except UserError as error:
        raise UserError(error.code, **{**error.params, "file": path.name}) from error
    finally:
        for leftover in (temporary, *(temporary.with_name(temporary.name + end) for end in ("-wal", "-shm", "-journal"))):
            leftover.unlink(missing_ok=True)


def open_study(path: Path) -> Study:
    """Return the study at `path`, every hash checked; UserError `study.*` when it is missing, foreign, newer or damaged."""
    with reading(path) as connection:
        meta = _read_meta(connection, path)
        journal = _read_journal(connection, path)
        sources = _read_sources(connection, path)
        blobs = _read_derived(connection, path)
        _check_contents(connection, path, sources)
        if meta.pop(_SEAL, "") != _seal(connection):
            raise UserError("study.damaged.file", file=path.name, reason=_SEAL)
    try:
        return restore_derived(_bare_study(meta, sources, journal), blobs)
    except (ValueError, KeyError) as error:
        raise UserError("study.damaged.results", file=path.name, part=error) from error


def save(path: Path, study: Study, base_hash: str) -> None:
    """Store `study` in one transaction. `base_hash` is the head of the journal the study was opened with.

    UserError `study.changed_elsewhere` when the file has moved on since, or why the disk will not have it; the file is
    then as it was. ValueError when the journal does not continue the one in the file, or bytes of a source are missing.
    """
    blobs = derived_blobs(study)
    _check_room(path, study, blobs.values())
    with writing(path) as connection:
        stored = _read_journal(connection, path)
        if chain.head(stored) != base_hash:
            raise UserError("study.changed_elsewhere", file=path.name)
        if study.journal[: len(stored)] != stored:
            raise ValueError("a journal may only grow")
        for entry in study.journal[len(stored) :]:
            connection.execute(
                "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)",
                (entry.number, entry.time, entry.command, entry.parameters, entry.effect, entry.hash),
            )
        _write_sources(connection, study.sources)
        _write_derived(connection, blobs)
        _write_meta(connection, study)
        connection.execute(f"PRAGMA user_version={FORMAT_VERSION}")  # a study of an older format has moved on with this


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the files a study was made from, without opening the rest of it; UserError `study.*` as `open_study`."""
    with reading(path) as connection:
        return _read_sources(connection, path)


def read_source(path: Path, sha256: str) -> bytes:
    """Return the bytes of a source as they were received; UserError when the study is damaged, KeyError for an unknown one."""
    with reading(path) as connection:
        row = connection.execute("SELECT packed FROM contents WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise KeyError(sha256)
    try:
        content = zlib.decompress(row[0])
    except zlib.error as error:
        raise UserError("study.damaged.source", file=path.name, source=sha256[:12]) from error
    if _sha(content) != sha256:
        raise UserError("study.damaged.source", file=path.name, source=sha256[:12])
    return content


def _bare_study(meta: dict[str, str], sources: tuple[Source, ...], journal: tuple[JournalEntry, ...]) -> Study:
    definition = (meta["instrument"], meta["rubric"])
    return Study(
        name=meta["name"],
        instrument=parse_instrument(definition[0]),
        rubric=parse_rubric(definition[1]),
        definition=definition,
        waves=decode_record(tuple[Wave, ...], meta["waves"]),
        sources=sources,
        journal=journal,
        synthetic=meta["synthetic"] == "yes",
        guidance=decode_record(Guidance, meta.get("guidance", "{}")),
        judgements=decode_record(Judgements, meta.get("judgements", "{}")),
        targets=decode_record(Targets, meta.get("targets", "{}")),
        signing=decode_record(Signing, meta.get("signing", "{}")),
    )


def _write_meta(connection: Connection, study: Study) -> None:
    values = {
        "name": study.name,
        "synthetic": "yes" if study.synthetic else "no",
        "instrument": study.definition[0],
        "rubric": study.definition[1],
        "waves": encode_record(study.waves),
        "guidance": encode_record(study.guidance),
        "judgements": encode_record(study.judgements),
        "targets": encode_record(study.targets),
        "signing": encode_record(study.signing),
        "results_of": chain.head(study.journal),
    }
    connection.execute("DELETE FROM meta")
    for name, value in values.items():
        connection.execute("INSERT INTO meta (name, value, sha256) VALUES (?, ?, ?)", (name, value, _sha(name, value)))
    seal = _seal(connection)
    connection.execute("INSERT INTO meta (name, value, sha256) VALUES (?, ?, ?)", (_SEAL, seal, _sha(_SEAL, seal)))


def _read_meta(connection: Connection, path: Path) -> dict[str, str]:
    meta = {}
    for name, value, sha256 in connection.execute("SELECT name, value, sha256 FROM meta ORDER BY number"):
        if _sha(name, value) != sha256:
            raise UserError("study.damaged.file", file=path.name, reason=name)
        meta[name] = value
    return meta


def _read_journal(connection: Connection, path: Path) -> tuple[JournalEntry, ...]:
    rows = connection.execute("SELECT number, time, command, parameters, effect, hash FROM journal ORDER BY number")
    journal = tuple(JournalEntry(*row) for row in rows)
    broken = chain.first_broken(journal)
    if broken is not None:
        raise UserError("study.damaged.journal", file=path.name, number=broken)
    return journal


def _write_sources(connection: Connection, sources: Sequence[Source]) -> None:
    """Bytes once stored stay, so that undoing and redoing a collection never loses them."""
    held = {row[0] for row in connection.execute("SELECT sha256 FROM contents")}
    connection.execute("DELETE FROM sources")
    for number, source in enumerate(sources, 1):
        record = encode_record(replace(source, content=None))
        connection.execute("INSERT INTO sources VALUES (?, ?, ?)", (number, record, _sha(str(number), record)))
        if source.status != "refused" and source.sha256 not in held and source.content is not None:
            row = (source.sha256, _sha(source.content), source.content)
            connection.execute("INSERT INTO contents (sha256, packed_sha256, packed) VALUES (?, ?, ?)", row)
            held.add(source.sha256)
    missing = [source.name for source in sources if source.status != "refused" and source.sha256 not in held]
    if missing:  # only now: a copy may stand before the file it repeats
        raise ValueError(f"the bytes of {missing[0]} are missing")


def _read_sources(connection: Connection, path: Path) -> tuple[Source, ...]:
    sources = []
    for number, record, sha256 in connection.execute("SELECT number, record, sha256 FROM sources ORDER BY number"):
        if _sha(str(number), record) != sha256:
            raise UserError("study.damaged.file", file=path.name, reason=f"sources {number}")
        sources.append(decode_record(Source, record))
    return tuple(sources)


def _check_contents(connection: Connection, path: Path, sources: Sequence[Source]) -> None:
    names = {source.sha256: source.name for source in sources}
    missing = {source.sha256 for source in sources if source.status != "refused"}
    for sha256, packed_sha256, packed in connection.execute("SELECT sha256, packed_sha256, packed FROM contents"):
        if _sha(packed) != packed_sha256:
            raise UserError("study.damaged.source", file=path.name, source=names.get(sha256, sha256[:12]))
        missing.discard(sha256)
    if missing:
        raise UserError("study.damaged.source", file=path.name, source=names[min(missing)])


def _write_derived(connection: Connection, blobs: dict[str, bytes]) -> None:
    """Only what changed is written: the answers stay untouched while levels or goals are computed anew."""
    held = dict(connection.execute("SELECT name, sha256 FROM derived"))
    wanted = {name: _sha(name, blob) for name, blob in blobs.items()}
    for name in [name for name, sha256 in held.items() if wanted.get(name) != sha256]:
        connection.execute("DELETE FROM derived WHERE name = ?", (name,))
    for name, blob in blobs.items():
        if held.get(name) != wanted[name]:
            connection.execute("INSERT INTO derived (name, sha256, packed) VALUES (?, ?, ?)", (name, wanted[name], blob))


def _read_derived(connection: Connection, path: Path) -> dict[str, bytes]:
    blobs = {}
    for name, sha256, blob in connection.execute("SELECT name, sha256, packed FROM derived"):
        if _sha(name, blob) != sha256:
            raise UserError("study.damaged.results", file=path.name, part=name)
        blobs[name] = blob
    return blobs


def _seal(connection: Connection) -> str:
    """One hash over the hashes of all rows: a row that vanished is noticed too."""
    hashes: list[str] = []
    for query in (
        "SELECT sha256 FROM meta WHERE name <> 'seal' ORDER BY number",
        "SELECT sha256 FROM sources ORDER BY number",
        "SELECT sha256 || packed_sha256 FROM contents ORDER BY sha256",
        "SELECT hash FROM journal ORDER BY number",
        "SELECT sha256 FROM derived ORDER BY name",
    ):
        hashes += [row[0] for row in connection.execute(query)] + ["-"]
    return _sha(*hashes)


def _sha(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        if len(parts) > 1:
            digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def _check_room(path: Path, study: Study, blobs: Iterable[bytes]) -> None:
    """Twice what is to be written must be free: once for the log, once for the file."""
    needed = sum(len(source.content or b"") for source in study.sources) + sum(map(len, blobs)) + _SPARE_BYTES
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise write_error(error, path) from error
    if free < 2 * needed:
        raise UserError("file.disk_full", file=path.name, folder=path.parent)


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name without ever replacing another's."""
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise UserError("study.exists", file=path.name) from error
    except OSError:  # no hard links on this disk (FAT, some network folders)
        if path.exists():
            raise UserError("study.exists", file=path.name) from None
        temporary.rename(path)
