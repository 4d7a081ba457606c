"""What the tests of whole runs share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def raised(resources):
    """Resources loaded once, and a bug that is a bug instead of a sentence that points to the log."""

    def again(error, _texts, _now=""):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.cli.main.load_resources", lambda: resources)
        patch.setattr("app.cli.failures.unexpected", again)
        yield
