"""Fixtures shared by all tests: offscreen Qt, the loaded resources, and the folder of outside data where it exists."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

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
