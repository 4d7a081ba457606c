"""What follows from a judgement by itself: weights put in force assess anew, and one undo takes back both."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from app.domain.instrument import Instrument
from app.domain.rubric import Rubric
from app.domain.study import Study
from app.domain.words import Words
from app.gui.judging import Judging
from app.gui.store import Store


@pytest.fixture
def study():
    words = Words("问卷", "form")
    bare = Study("县", Instrument("i", "1", words, "", ()), Rubric("r", "1", words, "", (), (), (), ()))
    return replace(bare, assessments=("assessed",))


class Session:
    """Runs every command at once: `made` says what study a command leaves."""

    def __init__(self, study, made):
        self.store, self.made, self.ran = Store(), made, []
        self.texts = lambda key, **_words: key
        self.store.open(study, None)

    def change(self, command, _parameters, label, done):
        self.ran.append(command)
        base, new = self.store.study, self.made[command](self.store.study)
        if new is not base:
            self.store.put(new, base, label)
        done(new)


def weigh(study, assess):
    made = {"weights": lambda base: replace(base, name="权重", assessments=()), "assess": assess}
    session = Session(study, made)
    judging = Judging(SimpleNamespace(session=session))
    judging.flows["study.weights"]({"set": (("data", 1.0),)})
    return session


def test_that_one_undo_takes_back_weights_with_the_assessment_that_followed(study):
    session = weigh(study, lambda base: replace(base, assessments=("anew",)))
    assert session.ran == ["weights", "assess"]
    assert session.store.study.assessments == ("anew",)
    assert session.store.earlier() is study
    assert session.store.undo_label == "gui.command.study.weights"


def test_that_weights_whose_assessment_came_to_nothing_are_a_step_of_their_own(study):
    session = weigh(study, lambda base: base)
    assert session.store.earlier() is study
    assert session.store.study.name == "权重"
