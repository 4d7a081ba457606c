"""The register of what was released, and the report on what would go out now."""

from __future__ import annotations

from dataclasses import replace

from app.domain.signing import Published, Release, Signing
from app.domain.task import run_to_end
from app.workflows.releases import releases
from tests.study_samples import full_study
from tests.unit.present import small_study
from tests.unit.workflows.samples import context

SENT = Release("relay-1", "relay", "2026-07-01", "甲", "", "n<5", "", (Published("share|2026|C|L2", False, 9, 0.5),))


def test_that_the_register_is_told_without_looking_at_the_brief():
    study = replace(full_study(), signing=Signing(releases=(SENT,)))
    found = run_to_end(releases(study, "zh", context(small_study.resources())))
    assert found.releases == (SENT,)
    assert found.report is None


def test_that_a_check_reports_on_the_brief_as_it_would_go_out_now():
    found = run_to_end(releases(small_study.study(), "en", context(small_study.resources()), check=True))
    assert found.report is not None
    assert found.report.policy.startswith("n<5 hidden")
    assert all(table.shown >= table.small for table in found.report.tables)
