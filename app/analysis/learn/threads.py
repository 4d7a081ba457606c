"""How many threads the libraries below may use.

One while fitting, so that sums come out the same on every machine. Many firms are predicted by a few threads of our own, each
firm by itself on one of them: the libraries' own threads wait for one another busily, and on a shared machine mostly wait.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

_MOST = 4


@contextmanager
def one_thread() -> Iterator[None]:
    """Let libraries work on one thread. They are loaded first: a limit holds for what is there when it is set."""
    import scipy.linalg  # noqa: F401
    import sklearn.utils.parallel  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


@contextmanager
def workers() -> Iterator[Executor]:
    """Give a few threads of our own, on each of which libraries work on one thread."""
    with one_thread(), ThreadPoolExecutor(min(_MOST, os.cpu_count() or 1), initializer=_alone) as pool:
        yield pool


def _alone() -> None:
    """OpenMP counts threads for each of ours by itself."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="openmp")
