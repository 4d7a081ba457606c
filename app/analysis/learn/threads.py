"""How many threads the libraries below may use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

MANY_ROWS = 20_000  # below, threads wait for one another longer than they work


@contextmanager
def one_thread() -> Iterator[None]:
    """Let libraries sum on one thread, so that the last bits are the same on every machine."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


@contextmanager
def threads_for(rows: int) -> Iterator[None]:
    """Let libraries use all threads for many rows, of which each is computed by itself, and one for few."""
    if rows >= MANY_ROWS:
        yield
    else:
        with one_thread():
            yield
