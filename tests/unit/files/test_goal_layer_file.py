"""A layer of goals as a file: what is written is read back as it was, and any other file is refused in one sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.condition import Condition
from app.domain.errors import UserError
from app.domain.goals import Goal, GoalKind, Layer, Measure
from app.domain.words import Words
from app.files.goal_layer_file import read_goal_layer, write_goal_layer
from app.files.resource_goals import read_goal_book
from app.files.resources import load_local_goals, local_goal_layers

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXTS = st.one_of(
    st.sampled_from(['"', "\\", '"""', "'''", "\n", "\r\n", "a\tb", "🤖👨‍👩‍👧", "=1+1", "#", "\u2028"]),
    st.text(LETTERS),
)
SAID = TEXTS.map(lambda text: f"甲{text}")  # a required text is not blank
PAIRS = st.builds(Words, SAID, SAID)
MAYBE = st.one_of(st.just(Words("", "")), PAIRS)
LEAVES = st.one_of(
    st.builds(
        lambda item, codes: Condition("answer", item, includes=codes), SAID, st.lists(SAID, min_size=1, max_size=3).map(tuple)
    ),
    st.builds(lambda item, least: Condition("answer", item, at_least=least), SAID, st.floats(-1e6, 1e6)),
    st.builds(lambda item, least: Condition("pillar", item, at_least=least), SAID, st.floats(0, 100)),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(
            lambda kind, parts: Condition(kind, parts=tuple(parts)),
            st.sampled_from(["any", "all"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(
            lambda least, parts: Condition("count", at_least=least, parts=tuple(parts)),
            st.floats(1, 3),
            st.lists(inner, min_size=1, max_size=3),
        ),
    ),
    max_leaves=5,
)


@st.composite
def goals(draw):
    kind = draw(st.sampled_from(list(GoalKind)))
    top = 1.0 if kind is GoalKind.RATE else 1e12
    value = draw(st.one_of(st.none(), st.floats(0, top)))
    return Goal(
        draw(SAID), draw(st.sampled_from(list(Layer))), kind, draw(st.integers(1900, 2100)),
        "" if value is None else draw(st.sampled_from([">", ">=", "≈", "=", "<=", "<"])), value, draw(TEXTS), draw(PAIRS), draw(SAID),
        draw(SAID), draw(PAIRS), draw(st.lists(st.sampled_from("ABC"), max_size=3).map(tuple)), draw(TEXTS), draw(MAYBE), draw(SAID),
        draw(st.booleans()), draw(TEXTS), draw(MAYBE), draw(TEXTS), draw(st.sampled_from(["linear", "s_curve"])),
    )  # fmt: skip


MEASURES = st.builds(
    Measure, SAID, PAIRS, CONDITIONS, st.one_of(st.none(), CONDITIONS), st.sampled_from(["firms", "employees", "revenue"]),
    st.booleans(), SAID, TEXTS,
)  # fmt: skip
PLANNED = st.builds(
    lambda measure, planned, months: replace(measure, planned=planned, planned_months=months),
    MEASURES,
    CONDITIONS,
    st.integers(1, 24),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(goals(), min_size=1, max_size=3, unique_by=lambda goal: goal.id),
    st.lists(st.one_of(MEASURES, PLANNED), max_size=2, unique_by=lambda measure: measure.id),
    SAID,
)
def test_that_goals_and_measures_are_read_back_as_written(tmp_path, goals, measures, version):
    path = tmp_path / "层.toml"
    write_goal_layer(path, version, goals, measures)
    for book in (read_goal_layer(path), read_goal_book([path])):
        assert (book.goals, book.measures, book.version) == (tuple(goals), tuple(measures), version)


def test_that_every_layer_of_the_program_travels(tmp_path, resources):
    books = [resources.goal_book, *(load_local_goals(name) for name in local_goal_layers())]
    for number, book in enumerate(books):
        path = tmp_path / f"{number}.toml"
        write_goal_layer(path, book.version, book.goals, book.measures)
        read = read_goal_layer(path)
        assert (read.goals, read.measures) == (book.goals, book.measures)
    assert len(books) > 3


GOAL = """version = "1"
[[goal]]
id = "a"
layer = "county"
kind = "count"
year = 2027
zh = "甲"
en = "a"
document = "文"
issued = "2026"
scope = { zh = "县", en = "county" }
source = "文"
"""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "resource.missing"),
        ("version = 1", "resource.kind"),
        ("a = [", "goalbook.file"),
        ('version = "1"', "goalbook.empty"),
        ('version = "1"\nsources = 3', "goalbook.file"),
        ('version = "1"\n[sources]\na = 3', "goalbook.file"),
        ('version = "1"\ngoal = 3', "resource.kind"),
        ('version = "1"\ngoal = [3]', "resource.kind"),
        ("version = " + "[" * 5000, "goalbook.file"),
        ("version = " + "{a=" * 3000, "goalbook.file"),
        (f"year = {'9' * 5000}\n{GOAL}", "goalbook.file"),
        (GOAL.replace("2027", "2027.5"), "resource.kind"),
        (GOAL.replace('"county"', '"village"'), "resource.kind"),
        (GOAL.replace('zh = "甲"', 'zh = " "'), "resource.blank"),
        (GOAL + "colour = 3\n", "resource.unknown"),
        (GOAL + 'operator = ">="\n', "resource.missing"),
        (GOAL + 'operator = ">="\nvalue = nan\n', "goalbook.file"),
        (GOAL + 'operator = ">="\nvalue = inf\n', "goalbook.file"),
        (GOAL + f"operator = \">=\"\nvalue = {'9' * 400}\n", "goalbook.file"),
        (GOAL + GOAL.partition("\n")[2], "resource.duplicate"),
        (GOAL + '[[entry]]\nid = "e"\ngroup = "action"\nzh = "甲"\nen = "a"\nsource = "文"\n', "goalbook.entries"),
        (GOAL + '[[measure]]\nid = "m"\nzh = "甲"\nen = "a"\nweight = "firms"\nsource = "s"\nnumerator = '
         + "{any=[" * 40 + '{item="T1",at_least=1}' + "]}" * 40, "goalbook.file"),
    ],
)  # fmt: skip
def test_that_another_file_is_refused(tmp_path, resources, text, code):
    path = tmp_path / "层.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_goal_layer(path)
    assert caught.value.code == code
    for lang in ("zh", "en"):
        assert resources.words[f"error.{code}"].in_(lang).format(**caught.value.params)


def test_that_what_is_no_small_text_is_refused(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00\x80\x81" * 9)
    (tmp_path / "b.toml").write_bytes(b"#" * (9 << 20))
    for name, code in (("a.toml", "goalbook.file"), ("b.toml", "goalbook.file"), ("c.toml", "file.missing")):
        with pytest.raises(UserError) as caught:
            read_goal_layer(tmp_path / name)
        assert caught.value.code == code


def test_that_a_file_that_an_editor_saved_is_read_all_the_same(tmp_path):
    path = tmp_path / "层.toml"
    for content in ("\ufeff" + GOAL, GOAL.replace("\n", "\r\n")):
        path.write_bytes(content.encode())
        assert [goal.id for goal in read_goal_layer(path).goals] == ["a"]
    path.write_bytes(GOAL.encode("gb18030"))
    assert read_goal_layer(path).goals[0].words.zh == "甲"
