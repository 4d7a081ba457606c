"""The shipped questionnaire, and a look at what is watched in a small study of it."""

from __future__ import annotations

import pytest

from app.analysis.watch import watch
from tests.unit.analysis.watch.studies import study_of


@pytest.fixture(scope="session")
def instrument(resources):
    return resources.instruments["aiplus-2026"]


@pytest.fixture(scope="session")
def looked(resources, instrument):
    """Watch firms: a dict of answers each."""

    def look(*firms, **more):
        filters = more.pop("filters", ())
        return watch(study_of(instrument, *firms, **more), resources, filters=filters)

    return look
