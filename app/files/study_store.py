"""The SQLite side of a study file: how it is opened, what its tables are, and what each disk failure is called.

Measured in simulated power cuts: WAL with synchronous=FULL lost nothing; the file rests in DELETE mode, so that it is one
file when it is copied. SQLite does not notice flipped bits by itself, hence our own hashes (see `study_file`).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from app.domain.errors import UserError
from app.domain.study import FORMAT_VERSION
from app.files.atomic import sync_folder

APPLICATION_ID = 0x5A48454E  # "ZHEN"
TABLES = (
    "CREATE TABLE meta (number INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, sha256 TEXT NOT NULL)",
    "CREATE TABLE sources (number INTEGER PRIMARY KEY, record TEXT NOT NULL, sha256 TEXT NOT NULL)",
    "CREATE TABLE contents (number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, packed_sha256 TEXT NOT NULL, packed BLOB NOT NULL)",
    "CREATE TABLE journal (number INTEGER PRIMARY KEY, time TEXT NOT NULL, command TEXT NOT NULL, parameters TEXT NOT NULL,"
    " effect TEXT NOT NULL, hash TEXT NOT NULL)",
    "CREATE TABLE derived (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, packed BLOB NOT NULL)",
)
_BUSY_MILLISECONDS = 5000
_HEADER_BYTES = 100
Connection = Any  # sqlcipher3 ships no types


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """Give a connection with one consistent view of the study at `path`; UserError when it is no whole study."""
    check_header(path)
    with plain_errors(path), _connected(path, "rw" if _can_recover(path) else "ro") as connection:
        connection.execute("BEGIN")
        _check_structure(connection, path)
        yield connection


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Connection]:
    """Give a connection whose changes are kept all together when the block ends, or not at all when it raises."""
    check_header(path)
    with plain_errors(path), _connected(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        try:
            connection.execute("BEGIN IMMEDIATE")
            _check_structure(connection, path)
            yield connection
            connection.execute("COMMIT")
        finally:
            _settle(connection)
    sync_folder(path.parent)


def make(path: Path) -> None:
    """Make an empty study database at `path`, which must not exist."""
    with plain_errors(path), _connected(path, "rwc") as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={FORMAT_VERSION}")
        for statement in TABLES:
            connection.execute(statement)


def check_header(path: Path) -> None:
    """Refuse, before any database code sees it, what is missing, no study, or a study of a newer version of the program."""
    try:
        if not path.is_file():
            raise UserError("study.missing" if not path.exists() else "study.foreign", file=path.name)
        with path.open("rb") as handle:
            header = handle.read(_HEADER_BYTES)
    except OSError as error:
        raise UserError("study.unreadable", file=path.name, reason=error.strerror or error) from error
    application = int.from_bytes(header[68:72], "big")
    version = int.from_bytes(header[60:64], "big")
    if not header.startswith(b"SQLite format 3\0") or application != APPLICATION_ID:
        raise UserError("study.foreign", file=path.name)
    if version > FORMAT_VERSION:
        raise UserError("study.newer", file=path.name, version=version, known=FORMAT_VERSION)


@contextlib.contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what the database says into a plain sentence about `path`."""
    try:
        yield
    except sqlite.DatabaseError as error:
        raise _plain_error(str(error), path) from error


def _plain_error(said: str, path: Path) -> UserError:
    for part, code in (
        ("locked", "study.locked"),
        ("readonly", "file.read_only"),
        ("unable to open", "file.read_only"),
        ("is full", "file.disk_full"),
        ("disk I/O", "study.disk_error"),
    ):
        if part in said:
            return UserError(code, file=path.name, folder=path.parent, reason=said)
    return UserError("study.damaged.file", file=path.name, reason=said)


@contextlib.contextmanager
def _connected(path: Path, mode: str = "rw") -> Iterator[Connection]:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite.connect(uri, uri=True, isolation_level=None, timeout=_BUSY_MILLISECONDS / 1000)
    try:
        connection.enable_load_extension(False)
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "secure_delete=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
        yield connection
    finally:
        connection.close()


def _can_recover(path: Path) -> bool:
    """Whether a save that was cut off may be finished now: that needs the right to write beside the file."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _check_structure(connection: Connection, path: Path) -> None:
    """Tables exactly ours (a foreign view or trigger could run on reading), and pages that hang together."""
    found = sorted(row[0] or "" for row in connection.execute("SELECT sql FROM sqlite_schema"))
    if found != sorted(TABLES):
        raise UserError("study.damaged.file", file=path.name, reason="schema")
    said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        raise UserError("study.damaged.file", file=path.name, reason=said)


def _settle(connection: Connection) -> None:
    """Drop what was not committed, fold the log into the file and go back to one file.

    A reader elsewhere or a full disk may hinder it: what was committed is safe in the log, and the next save repeats it.
    """
    with contextlib.suppress(sqlite.DatabaseError):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
