"""What the child hands over, written under names of their own into a private folder: no name from inside reaches the disk."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from app.files.atomic import write_error
from app.files.preflight import ARCHIVE, ENDINGS
from app.files.read_causes import Refusal
from app.files.unpack_process import frames


@dataclass(frozen=True, slots=True)
class Order:
    """What to do with a file: `do` unlock or unpack, at most `limit` bytes in all; `name` is what people call it."""

    do: str
    path: Path
    name: str
    passwords: tuple[str, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What was inside: `files` (path, name inside), members `refused` (name inside, why), how many are no tables, some names."""

    files: tuple[tuple[Path, str], ...] = ()
    refused: tuple[tuple[str, Refusal], ...] = ()
    n_skipped: int = 0
    skipped: tuple[str, ...] = ()


def open_up(order: Order, folder: Path) -> Generator[None, None, Opened]:
    """Carry `order` out and return what was inside; yields while it waits.

    Refusal when the whole cannot be opened, UserError `file.*` when `folder` cannot take what is inside.
    """
    child = frames({"do": order.do, "path": str(order.path.absolute()), "passwords": order.passwords, "limit": order.limit})
    with contextlib.closing(child), _Taker(folder, order.name) as taker:
        for frame in child:
            if frame is not None:
                taker.take(*frame)
            yield
        return taker.opened()


class _Taker:
    """Takes frames; the file in hand counts once the next one comes, for its end may still be refused."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._in_hand: tuple[Path, str, IO[bytes]] | None = None
        self._files: list[tuple[Path, str]] = []
        self._refused: list[tuple[str, Refusal]] = []
        self._rest = Opened()

    def __enter__(self) -> _Taker:
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()

    def opened(self) -> Opened:
        """Return everything taken."""
        self._keep()
        return replace(self._rest, files=tuple(self._files), refused=tuple(self._refused))

    def take(self, header: dict[str, Any], body: bytes) -> None:
        """Work off one frame."""
        kind = header["t"]
        if kind == "file":
            self._keep()
            self._begin(header["name"])
        elif kind == "bytes":
            self._write(body)
        elif kind == "refused":
            self._refuse(header["name"], Refusal(header["code"], **header["params"]))
        elif kind == "skipped":
            self._rest = replace(self._rest, n_skipped=header["n"], skipped=tuple(header["names"]))

    def _begin(self, name: str) -> None:
        suffix = Path(name or self._name).suffix.lower()
        try:
            handle, path = tempfile.mkstemp(suffix if suffix in (*ENDINGS, ARCHIVE) else "", dir=self._folder)
        except OSError as error:
            raise write_error(error, self._folder / self._name) from error
        self._in_hand = (Path(path), name, os.fdopen(handle, "wb"))

    def _write(self, body: bytes) -> None:
        if self._in_hand:
            try:
                self._in_hand[2].write(body)
            except OSError as error:
                raise write_error(error, self._folder / self._name) from error

    def _keep(self) -> None:
        if self._in_hand:
            path, name, file = self._in_hand
            self._in_hand = None
            try:
                file.close()
            except OSError as error:
                raise write_error(error, self._folder / self._name) from error
            self._files.append((path, name))

    def _refuse(self, name: str, refusal: Refusal) -> None:
        if self._in_hand and self._in_hand[1] == name:
            self._drop()
        if not name:
            raise refusal
        self._refused.append((name, refusal))

    def _drop(self) -> None:
        if self._in_hand:
            path, _, file = self._in_hand
            self._in_hand = None
            with contextlib.suppress(OSError):
                file.close()
            path.unlink(missing_ok=True)
