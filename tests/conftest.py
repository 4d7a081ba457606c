"""Fixtures shared by all tests: offscreen Qt, the loaded resources, and the folder of outside data where it exists."""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_finish() -> None:
    """Set thousands of tests aside for good: libraries that collect garbage by themselves went through all of them each time."""
    gc.collect()
    gc.freeze()


SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def resources():
    from app.files.resources import load_resources

    return load_resources()


@pytest.fixture(scope="session")
def zh(resources):
    from app.domain.words import Texts

    return Texts("zh", resources.words)


@pytest.fixture(scope="session")
def en(resources):
    from app.domain.words import Texts

    return Texts("en", resources.words)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real surveys and workbooks that is kept outside the project."""
    if not SHARED.is_dir():
        pytest.skip("the outside data folder ../shared/data is not here")
    return SHARED


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Path:
    """The folder of one whole demonstration, made once for all tests, whichever process asks first; nobody may change it."""
    from tests.e2e.shell import zhiheng_outside

    worker = os.environ.get("PYTEST_XDIST_WORKER")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if worker else base) / "demonstration" / "示范"
    folder.parent.mkdir(exist_ok=True)
    with _alone(folder.parent / "lock"):
        if not (folder.parent / "said.txt").is_file():
            run = zhiheng_outside("demo", "--out", folder, epoch="1790000000")
            assert (run.code, run.err) == (0, "")
            (folder.parent / "said.txt").write_text(run.out, encoding="utf-8")
    return folder


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other process makes the same thing."""
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            time.sleep(0.2)
    try:
        yield
    finally:
        lock.rmdir()
