"""发文机关署名: the bureau that issues a brief stands above its signatures and date, wherever there are any."""

from __future__ import annotations

from dataclasses import replace

import pytest
import small_study

from app.domain.brief import BriefPlan
from app.present.brief import make_brief

CREATED = "2026-07-01T09:00:00+08:00"
BUREAU = "澄砚示范县数据局"


@pytest.mark.parametrize("plan", [BriefPlan(), BriefPlan("plain"), BriefPlan("deck"), BriefPlan(township="城关镇")])
def test_that_a_bureau_that_is_named_stands_first_among_those_who_sign(plan, small_resources, chinese):
    study = small_study.study(sectors={"A": 12, "C": 20})
    without = make_brief(study, small_resources, chinese, CREATED, plan)
    brief = make_brief(study, small_resources, chinese, CREATED, replace(plan, issuer=f" {BUREAU}\n"))
    assert brief.signed == (BUREAU, *without.signed)
    assert brief.blocks == without.blocks


def test_that_a_brief_of_no_named_bureau_bears_no_empty_line(small_resources, chinese):
    brief = make_brief(small_study.study(sectors={"A": 12, "C": 20}), small_resources, chinese, CREATED, BriefPlan(issuer="\t "))
    assert "" not in brief.signed and brief.signed == ()
