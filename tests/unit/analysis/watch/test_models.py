"""Where models come from: shares of firms that answered; what a questionnaire does not ask is named and has no number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.analysis.watch import watch
from app.domain.condition import Condition
from app.domain.errors import UserError
from tests.unit.analysis.watch.studies import CAREFUL, JOBS, study_of


def test_that_several_sources_count_each_and_a_blank_counts_in_none(looked):
    total = looked({"U4": "open|cloud"}, {"U4": "open"}, {"U4": "none"}, {"P1": "marketing"}, {}).models[0]
    told = {code: share.value for code, share in total.sources.items()}
    assert told == pytest.approx({"own": 0.0, "open": 2 / 3, "bought": 0.0, "cloud": 1 / 3, "none": 1 / 3})
    assert {share.n for share in total.sources.values()} == {3}
    assert total.purposes["marketing"].value == 1.0 and total.purposes["marketing"].n == 1
    assert total.firms == 4


def test_that_barriers_nobody_answered_have_no_share_and_say_so(looked):
    total = looked({"U4": "open"}).models[0]
    assert all(share.value is None and share.reason == "estimate.reason.no_answers" for share in total.barriers.values())


def test_that_the_human_channel_is_told_as_not_asked_by_an_older_form(resources, instrument):
    older = replace(instrument, items=tuple(item for item in instrument.items if item.code != "H1"))
    found = watch(study_of(older, {"U4": "open"}), resources)
    assert found.models[0].human_channel is None
    assert found.missing == ("watch.missing.human_channel",)


def test_that_the_human_channel_is_a_share_of_firms_whose_ai_serves_customers(looked):
    found = looked(*[{"H1": answer} for answer in ("yes", "yes", "no", "planned", "na", "na", "unknown")], {"U4": "open"})
    share = found.models[0].human_channel
    assert (share.value, share.n) == (0.5, 4)
    assert found.missing == ()


def test_that_where_nobody_serves_customers_by_ai_there_is_no_share_and_the_reason_says_so(looked, resources):
    share = looked({"H1": "na"}, {"H1": "na"}).models[0].human_channel
    assert (share.value, share.reason) == (None, "watch.reason.no_customers")
    assert share.reason in resources.words


def test_that_a_rule_that_exempts_nobody_counts_every_firm_that_answered(resources, instrument):
    rule = resources.watch["aiplus-2026"]
    asking = replace(rule, models=replace(rule.models, human_channel=Condition("answer", "R2X", ("yes",)), human_exempt=None))
    asked = replace(instrument, items=(*instrument.items, replace(instrument.item("A1"), code="R2X", synonyms=())))
    study = study_of(asked, {"R2X": "yes"}, {"R2X": "no"}, {"R2X": "planned"}, {"R2X": "na"}, {})
    found = watch(study, replace(resources, watch={"aiplus-2026": asking}))
    share = found.models[0].human_channel
    assert (share.value, share.n) == (0.25, 4)
    assert found.missing == ()


def test_that_another_questionnaire_has_nothing_watched_and_every_part_missing(resources):
    other = resources.instruments["miit-sme-2024"]
    found = watch(study_of(other, {}, {}), resources)
    assert found.agents == found.jobs == found.models == () and found.register.frame.empty
    assert len(found.missing) == 6 and set(found.missing) <= set(resources.words)


@pytest.mark.parametrize(
    ("codes", "missing", "part"),
    [(("A1",), "watch.missing.agents", "agents"), (("J1", "J2", "J3", "J4"), "watch.missing.jobs", "jobs")],
)
def test_that_items_an_older_form_lacks_leave_a_part_out_and_no_zeros(resources, instrument, codes, missing, part):
    short = replace(instrument, items=tuple(item for item in instrument.items if item.code not in codes))
    found = watch(study_of(short, {"ID05": 3.0, "U4": "open"}), resources)
    assert missing in found.missing and getattr(found, part) == ()


def test_that_a_control_an_older_form_did_not_ask_is_in_no_score_and_a_flag_is_not_open(resources, instrument):
    short = replace(instrument, items=tuple(item for item in instrument.items if item.code not in ("G3", "G7")))
    firm = {code: answer for code, answer in CAREFUL.items() if code not in ("G3", "G7")}
    frame = watch(study_of(short, firm), resources).register.frame
    assert frame.loc[0, ["control_low", "control", "control_high", "flags_unknown"]].tolist() == [100.0, 100.0, 100.0, ""]


def test_that_a_form_without_one_of_the_job_questions_has_the_other_rates(resources, instrument):
    short = replace(instrument, items=tuple(item for item in instrument.items if item.code != "J3"))
    firm = {code: answer for code, answer in JOBS.items() if code != "J3"}
    rates = watch(study_of(short, *[firm] * 6), resources).jobs[0].rates
    assert set(rates) == {"displaced", "moved", "redeployed", "trained"}


def test_that_a_wave_that_is_not_there_and_a_study_without_answers_are_said_in_words(resources, instrument):
    study = study_of(instrument, CAREFUL)
    with pytest.raises(UserError) as error:
        watch(study, resources, wave="1999")
    assert error.value.code == "watch.unknown_wave" and error.value.params["known"] == "2026"
    with pytest.raises(UserError) as error:
        watch(replace(study, responses=None), resources)
    assert error.value.code == "study.no_answers"


def test_that_firms_of_another_wave_are_not_looked_at(resources, instrument):
    study = study_of(instrument, CAREFUL, CAREFUL, wave=["2025", "2026"])
    study = replace(study, waves=(replace(study.waves[0], id="2025", date="2025-06-30"), *study.waves))
    assert watch(study, resources).register.frame["position"].tolist() == [1]
    assert watch(study, resources, wave="2025").register.frame["position"].tolist() == [0]
