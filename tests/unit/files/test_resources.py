"""Every resource file loads, is complete in both languages, has a source, and refers only to what exists."""

from __future__ import annotations

import string
from collections import defaultdict

import pytest

from app.domain.condition import Condition
from app.domain.goals import Layer
from app.domain.instrument import ItemType, Role
from app.domain.words import normal_form
from app.files.resource_conditions import leaves
from app.files.resource_goals import read_goal_book
from app.files.resource_instruments import parse_instrument, parse_rubric
from app.files.resource_rows import read_toml
from app.files.resource_rules import read_rules
from app.files.resource_standards import read_standards
from app.files.resource_taxonomy import read_taxonomy
from app.files.resource_words import read_finding_kinds, read_words
from app.files.resources import load_local_goals, load_palette, load_resources, local_goal_layers, resources_folder

ROOT = resources_folder()
LOADERS = {
    "instruments": lambda path: parse_instrument(path.read_text("utf-8"), path.name),
    "rubric": lambda path: parse_rubric(path.read_text("utf-8"), path.name),
    "goals": lambda path: read_goal_book([path]),
    "goals/local": lambda path: read_goal_book([path]),
    "findings": lambda path: read_finding_kinds([path]),
    "locale": lambda path: read_words([path]),
    "rules": lambda path: read_rules([path]),
    "theme": lambda path: load_palette(path.stem),
    "taxonomy": lambda path: read_taxonomy(path.parent),
    "standards": lambda path: read_standards([path]),
}
ALL_FILES = sorted(ROOT.rglob("*.toml"))
KNOWN = load_resources()
INSTRUMENTS = list(KNOWN.instruments.values())
YES_NO = {"yes", "no", "planned", "unknown", "na"}


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_that_every_resource_file_loads(path):
    loader = LOADERS.get(str(path.parent.relative_to(ROOT)), read_toml)
    assert loader(path) is not None


def test_that_every_folder_of_resources_holds_files():
    assert {str(path.parent.relative_to(ROOT)) for path in ALL_FILES} >= LOADERS.keys()


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def all_words():
    yield from KNOWN.words.items()
    for kind in KNOWN.finding_kinds.values():
        yield from ((f"{kind.code}.{part}", getattr(kind, part)) for part in ("title", "message", "remedy"))


def test_that_every_text_has_the_same_places_in_both_languages():
    wrong = [key for key, words in all_words() if places(words.zh) != places(words.en)]
    assert wrong == []


def resource_words():
    for instrument in INSTRUMENTS:
        yield instrument.id, instrument.words
        for item in instrument.items:
            yield item.code, item.words
            yield item.code, item.question
            yield from ((f"{item.code}.{option.code}", option.words) for option in item.options)
    for rubric in KNOWN.rubrics.values():
        yield from ((gate.id, gate.words) for gate in rubric.gates)
        yield from ((level.code, level.meaning) for level in rubric.levels)
    for standard in KNOWN.standards:
        yield from ((standard.id, standard.words), (standard.id, standard.lost))
        yield from ((f"{standard.id}.{level.code}", level.words) for level in standard.levels)
    book = KNOWN.goal_book
    yield from ((row.id, row.words) for rows in (book.goals, book.measures, book.checklist) for row in rows)


def test_that_wording_of_resources_is_there_in_both_languages():
    assert [name for name, words in resource_words() if not (words.zh.strip() and words.en.strip())] == []


def all_goals():
    yield from KNOWN.goal_book.goals
    for layer in local_goal_layers():
        yield from load_local_goals(layer).goals


def test_that_every_row_names_its_public_source():
    rows = [item for instrument in INSTRUMENTS for item in instrument.items]
    rows += [row for rubric in KNOWN.rubrics.values() for row in (*rubric.scores, *rubric.gates, rubric)]
    rows += [*all_goals(), *KNOWN.goal_book.measures, *KNOWN.goal_book.checklist, *KNOWN.taxonomy.size_rules]
    assert all(len(row.source) > 8 for row in rows)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_that_no_two_items_share_a_header(instrument):
    owners = defaultdict(set)
    for item in instrument.items:
        for text in (item.code, item.words.zh, item.words.en, *item.synonyms):
            owners[normal_form(text)].add(item.code)
    assert {text: codes for text, codes in owners.items() if len(codes) > 1 or not text} == {}


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_that_no_two_options_of_an_item_are_written_alike(instrument):
    for item in instrument.items:
        owners = defaultdict(set)
        for option in item.options:
            for text in (option.words.zh, option.words.en, *option.synonyms):
                owners[normal_form(text)].add(option.code)
        assert {text: codes for text, codes in owners.items() if len(codes) > 1 or not text} == {}, item.code


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_that_items_are_well_formed(instrument):
    letters = set(KNOWN.taxonomy.sections)
    for item in instrument.items:
        assert set(item.sections) <= letters
        assert item.low is None or item.high is None or item.low < item.high
        assert item.type is not ItemType.PERCENT or (item.low, item.high) == (0, 1), item.code
        assert [option.code for option in item.options if option.exclusive] == [] or item.type is ItemType.MULTI
        assert len(item.synonyms) >= (5 if instrument.id == "aiplus-2026" else 2), item.code
    roles = {item.role for item in instrument.items}
    assert roles >= set(Role) - {Role.LEVEL, Role.SIZE}


def test_that_our_form_asks_what_it_promises():
    form = KNOWN.instruments["aiplus-2026"]
    codes = {item.code for item in form.items} - {standard.item for standard in KNOWN.standards}
    assert 55 <= len(codes) <= 70
    assert codes >= {f"T{n}" for n in range(1, 9)} | {f"G{n}" for n in range(1, 16)} | {f"J{n}" for n in range(1, 5)}
    assert len([option for option in form.item("P1").options if not option.exclusive]) == 7
    assert len([option for option in form.item("B1").options if not option.exclusive]) == 8


def test_that_pillars_of_our_form_are_those_of_its_rubric():
    form, rubric = KNOWN.instruments["aiplus-2026"], KNOWN.rubrics["aiplus-2026"]
    assert {item.pillar for item in form.items} - {""} == {pillar.code for pillar in rubric.pillars}
    assert len(rubric.pillars) == 7
    assert all(form.item(score.item).pillar == score.pillar for score in rubric.scores)


def check_leaf(leaf: Condition, instrument, pillars):
    if leaf.kind == "pillar":
        assert leaf.item in pillars
        return
    item = instrument.item(leaf.item)
    assert set(leaf.includes) <= answers(item), leaf
    assert leaf.at_least is None or item.type in (ItemType.MULTI, ItemType.COUNT, ItemType.PERCENT), leaf


def answers(item):
    return YES_NO if item.type is ItemType.YES_NO else {option.code for option in item.options}


def rubrics_in_use():
    return [(one, KNOWN.rubrics[one.id]) for one in INSTRUMENTS if one.id in KNOWN.rubrics]


@pytest.mark.parametrize(("instrument", "rubric"), rubrics_in_use(), ids=lambda one: one.id)
def test_that_a_rubric_refers_only_to_items_and_options_that_exist(instrument, rubric):
    pillars = {pillar.code for pillar in rubric.pillars}
    conditions = [gate.condition for gate in rubric.gates] + [score.applies for score in rubric.scores if score.applies]
    for condition in conditions:
        for leaf in leaves(condition):
            check_leaf(leaf, instrument, pillars)
    for score in rubric.scores:
        item = instrument.item(score.item)
        assert {code for code, _ in score.points} <= answers(item), score.item
        assert all(0 <= value <= 1 for _, value in score.points)
        assert score.kind != "count" or item.type is ItemType.MULTI
        assert score.kind not in ("goalposts", "steps") or item.type is ItemType.PERCENT
        assert all(0 <= value <= 1 for _, value in score.steps)
        if score.kind == "options":
            assert {option.code for option in item.options} <= {code for code, _ in score.points}, score.item


@pytest.mark.parametrize(("instrument", "rubric"), rubrics_in_use(), ids=lambda one: one.id)
def test_that_predictors_do_not_leak_what_defines_the_level(instrument, rubric):
    defining = {score.item for score in rubric.scores}
    defining |= {leaf.item for gate in rubric.gates for leaf in leaves(gate.condition)}
    items = [name for name in rubric.predictors if name not in ("sector", "size")]
    assert items
    assert not defining & set(items)
    assert all(instrument.item(name) for name in items)


def test_that_agent_questions_count_only_for_firms_with_agents():
    rubric = KNOWN.rubrics["aiplus-2026"]
    about_agents = [score for score in rubric.scores if score.item.startswith("G") and score.item not in ("G12", "G15")]
    assert len(about_agents) >= 8
    assert all(score.applies == Condition("answer", "A1", ("yes",)) for score in about_agents)
    assert all("na" not in dict(score.points) for score in rubric.scores)


def test_that_level_cuts_rise():
    for rubric in KNOWN.rubrics.values():
        cuts = [level.lowest_index for level in rubric.levels]
        assert cuts == sorted(set(cuts))
        assert cuts[0] == 0


def test_that_goals_and_measures_refer_only_to_what_exists():
    form = KNOWN.instruments["aiplus-2026"]
    measures = {measure.id for measure in KNOWN.goal_book.measures}
    assert measures >= {"p_any", "p_kpi", "p_kpi_employees", "p_agent", "p_deep"}
    for goal in all_goals():
        assert goal.measure in measures | {""}
        assert set(goal.sections) <= set(KNOWN.taxonomy.sections)
    for measure in KNOWN.goal_book.measures:
        assert measure.proxy
        assert "分子" in measure.words.zh
        assert "分母" in measure.words.zh
        assert "numerator" in measure.words.en
        assert "denominator" in measure.words.en
        for leaf in leaves(measure.numerator):
            check_leaf(leaf, form, set())


def test_that_a_measured_goal_says_what_stands_in_for_it():
    measured = [goal for goal in all_goals() if goal.measure]
    assert measured
    assert all(goal.proxy.zh and goal.proxy.en for goal in measured)


def test_that_the_national_penetration_goals_are_above_70_and_above_90_percent():
    goals = [goal for goal in KNOWN.goal_book.goals if goal.layer is Layer.STATE and goal.kind == "rate"]
    assert [(goal.year, goal.operator, goal.value) for goal in goals] == [(2027, ">", 0.7), (2030, ">", 0.9)]
    assert not [goal for goal in KNOWN.goal_book.goals if goal.year == 2035 and goal.value is not None]


def test_that_local_goals_are_never_loaded_unasked():
    assert {goal.layer for goal in KNOWN.goal_book.goals} == {Layer.STATE, Layer.MINISTRY}
    assert {goal.layer for name in local_goal_layers() for goal in load_local_goals(name).goals} == {Layer.PROVINCE, Layer.COUNTY}


def test_that_the_checklist_has_six_actions_seventeen_items_and_eight_supports():
    groups = defaultdict(int)
    for entry in KNOWN.goal_book.checklist:
        groups[entry.group.partition("_")[0] if entry.group.startswith("action_") else f"={entry.group}"] += 1
    assert groups == {"=action": 6, "action": 17, "=support": 8}


def test_that_the_rubric_of_the_ministry_and_its_table_of_points_agree():
    table = KNOWN.instruments["miit-sme-2024"].scoring["points"]
    rubric = KNOWN.rubrics["miit-sme-2024"]
    assert {score.item: score.weight for score in rubric.scores} == {item: row["most"] for item, row in table.items()}
    assert sum(score.weight for score in rubric.scores) == sum(pillar.weight for pillar in rubric.pillars) == 100
    for score in rubric.scores:
        row, points = table[score.item], {code: round(score.weight * value, 9) for code, value in score.points}
        bins = [[bound, round(score.weight * value, 9)] for bound, value in score.steps]
        assert bins == row.get("bins", []), score.item
        given = row.get("options", {})
        assert {code: value for code, value in points.items() if code in given} == given, score.item
        assert {value for code, value in points.items() if code not in (*given, "none")} <= {row.get("each")}, score.item
