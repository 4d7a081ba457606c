"""Writing a file whole or not at all: beside it, to the disk, then renamed over the old one (reliability bars 9–11, 16)."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from app.domain.errors import UserError

_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CODES = {
    **dict.fromkeys(_READ_ONLY, "file.read_only"),
    **dict.fromkeys(_FULL, "file.disk_full"),
    errno.ENOENT: "file.no_folder",
    errno.ENOTDIR: "file.no_folder",
    errno.ENAMETOOLONG: "file.name_too_long",
    errno.EISDIR: "file.is_folder",
}


@contextlib.contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` with the same suffix; it replaces `path` when the block ends without error.

    Whatever goes wrong, the old file stays as it was and the temporary one is removed. OSError becomes UserError.
    """
    temporary = path.with_name(f".{secrets.token_hex(6)}{path.suffix}")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        yield temporary
        sync_file(temporary)
        _replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise write_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write `content` (text as UTF-8) to `path`, whole or not at all; UserError when the disk will not have it."""
    with atomic_path(path) as temporary:
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)


@contextlib.contextmanager
def put_back(path: Path) -> Iterator[None]:
    """Put `path` back as it was, the old file or none, whatever goes wrong in the block; UserError where it cannot be kept.

    For a file that may only leave together with something else that is saved after it.
    """
    kept = _copied(path) if path.is_file() else None
    try:
        yield
    except BaseException:  # raised again: whatever went wrong, the file may not stay
        with contextlib.suppress(OSError):  # a copy that cannot be put back is left beside the file, not lost
            if kept is not None:
                os.replace(kept, path)  # noqa: PTH105 - the name says that the new file is replaced
            elif path.is_file():
                path.unlink()
        raise
    if kept is not None:
        with contextlib.suppress(OSError):
            kept.unlink(missing_ok=True)


def _copied(path: Path) -> Path:
    """Return a hidden copy beside a file; UserError where the disk will not have it."""
    kept = path.with_name(f".{secrets.token_hex(6)}{path.suffix}")
    try:
        shutil.copy2(path, kept)
    except OSError as error:
        with contextlib.suppress(OSError):
            kept.unlink(missing_ok=True)
        raise write_error(error, path) from error
    return kept


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where there are none yet; UserError `file.is_file` or why the disk will not have it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UserError("file.is_file", file=folder.name) from error
    except OSError as error:
        raise write_error(error, folder) from error


@contextlib.contextmanager
def filled_folder(folder: Path) -> Iterator[None]:
    """Make a folder as `make_folder` does; where the block fails before anything lies in a new one, it is taken away again."""
    is_new = not os.path.exists(folder)  # noqa: PTH110 - pathlib raises for a name that is too long
    make_folder(folder)
    try:
        yield
    except BaseException:  # raised again: whatever went wrong
        if is_new:
            with contextlib.suppress(OSError):  # what was written before the failure stays, and its folder with it
                folder.rmdir()
        raise


def write_error(error: OSError, path: Path) -> UserError:
    """Return the plain sentence for a failed write of `path`: read-only, full, no folder, locked, or the system's reason."""
    if error.errno in _READ_ONLY and path.exists() and os.access(path.parent, os.W_OK):
        return UserError("file.locked", file=path.name)
    code = _CODES.get(error.errno or 0, "file.not_written")
    return UserError(code, file=path.name, folder=path.parent, reason=error.strerror or error)


def sync_file(path: Path) -> None:
    """Make the bytes of `path` survive a power cut."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    # Some network folders refuse to sync a directory; the file itself is already safe then.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _replace(temporary: Path, path: Path) -> None:
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
    os.replace(temporary, path)  # noqa: PTH105 - the name says that the old file is replaced
