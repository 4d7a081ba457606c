"""What the tests of whole runs share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def loaded_once(resources):
    """Resources loaded once for hundreds of command lines in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.cli.main.load_resources", lambda: resources)
        yield


@pytest.fixture(scope="module")
def raised():
    """A bug that is a bug instead of a sentence that points to the log."""

    def again(error, _texts, _now=""):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.cli.failures.unexpected", again)
        yield
