"""The small study in its variants, with the program's own wording."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import small_study


@pytest.fixture(scope="session")
def small():
    return small_study.study()


@pytest.fixture(scope="session")
def small_resources():
    return small_study.resources()


@pytest.fixture(scope="session")
def chinese():
    return small_study.texts("zh")


@pytest.fixture(scope="session")
def english():
    return small_study.texts("en")
