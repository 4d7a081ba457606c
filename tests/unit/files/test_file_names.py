"""Names as people read them, whatever bytes the disk has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.files.file_names import shown_name

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names are bytes only outside Windows")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("东河 😀.csv".encode(), "东河 😀.csv"), ("东河.csv".encode("gb18030"), "东河.csv"), (b"\xff\xff.csv", "\\xff\\xff.csv")],
)
def test_that_a_name_is_text_that_can_be_stored(raw, shown):
    assert shown_name(Path("夹", os.fsdecode(raw))) == shown
    assert shown.encode()
