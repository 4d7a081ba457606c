"""Every reason and note that an estimate may give has its words."""

from __future__ import annotations

import re
from pathlib import Path

import app.analysis.estimate
from app.analysis.estimate.strata import ORDER

FOLDER = Path(app.analysis.estimate.__file__).parent


def test_that_every_reason_and_note_has_words(resources):
    said = {
        key
        for path in FOLDER.glob("*.py")
        for key in re.findall(r'"(estimate\.(?:reason|note)\.[a-z_]+)"', path.read_text("utf-8"))
    }
    said |= {f"estimate.note.collapsed.{column}" for column in ORDER}
    said |= {"estimate.reason.no_level", "estimate.reason.no_index"}
    assert len(said) > 12
    assert said <= set(resources.words)
