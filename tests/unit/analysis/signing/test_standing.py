"""Which signatures hold and what changed since."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.signing import in_force, results_hash, standing, steps_since
from app.domain import journal as chain
from app.domain.signing import Signature, Signing, Stage
from tests.study_samples import full_study, grown

STAGES = tuple(Stage)
SIGNED = st.lists(st.tuples(st.sampled_from(STAGES), st.booleans()), max_size=12)


def signature(stage, withdrawn=False, results="", journal=""):
    return Signature(stage, "甲", "2026-09-01", journal, results, withdrawn=withdrawn)


@given(SIGNED)
def test_that_no_stage_holds_that_was_taken_back_or_given_for_an_earlier_draft(given_ones):
    held = [each.stage for each in in_force([signature(*each) for each in given_ones])]
    assert held == sorted(held, key=STAGES.index)
    assert len(held) == len(set(held))
    for place, (stage, withdrawn) in enumerate(given_ones):
        later = [each for each, _ in given_ones[place + 1 :]]
        if withdrawn and stage not in later:
            assert stage not in held
        if stage in held:
            last = max(k for k, (each, gone) in enumerate(given_ones) if each is stage and not gone)
            assert all(STAGES.index(each) > STAGES.index(stage) for each, _ in given_ones[last + 1 :])


def test_that_a_new_draft_takes_the_place_of_what_was_approved():
    done = [signature(stage) for stage in STAGES]
    assert [each.stage for each in in_force(done)] == list(STAGES)
    assert [each.stage for each in in_force([*done, signature(Stage.DRAFTED)])] == [Stage.DRAFTED]
    assert [each.stage for each in in_force([*done, signature(Stage.CHECKED, True)])] == [Stage.DRAFTED]


def test_that_a_change_after_approval_names_the_steps_and_the_signature_itself_is_none():
    study = full_study()
    made = signature(Stage.APPROVED, results=results_hash(study), journal=chain.head(study.journal))
    journal = chain.append(study.journal, "t", "sign", "{}", '{"signatures": [{}], "releases": [{}]}')
    signed = replace(study, signing=Signing((made,)), journal=chain.append(journal, "t", "responses", "{}", "{}"))
    assert standing(signed, results_hash(signed)).changed is False
    assert steps_since(signed.journal, made.journal) == ()
    after = replace(grown(signed, 1), journal=chain.append(signed.journal, "t", "correct", "{}", '{"corrections": [{}]}'))
    found = standing(after, results_hash(after))
    assert found.changed
    assert found.since == ((len(after.journal), "correct"),)
    assert found.stage is Stage.APPROVED
