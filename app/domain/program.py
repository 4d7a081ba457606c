"""The program itself."""

from __future__ import annotations


def program_version() -> str:
    """Return the version of this program, "0" where it runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zhiheng")
    except PackageNotFoundError:
        return "0"
