"""A resource that is wrong says in which file and which row; nothing misspelt is silently ignored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.words import Texts
from app.files.resource_goals import read_goal_book
from app.files.resource_taxonomy import read_taxonomy
from app.files.resource_words import read_finding_kinds, read_words
from app.files.resources import (
    ResourceError,
    definition_texts,
    load_local_goals,
    load_palette,
    load_resources,
    parse_instrument,
    parse_rubric,
    resources_folder,
)

ITEM = 'code = "X1"\ntype = "yes_no"\nlabel = { zh = "甲", en = "A" }\n'
HEAD = 'id = "t"\nversion = "1"\nname = { zh = "表", en = "Form" }\nsource = "own form"\n'
LEVELS = "".join(
    f'[[level]]\ncode = "L{n}"\nzh = "级"\nen = "Level"\nlowest_index = {n * 20}\nmeaning = {{ zh = "义", en = "Meaning" }}\n'
    for n in range(5)
)
PILLAR = '[[pillar]]\ncode = "data"\nzh = "数据"\nen = "Data"\n'


def instrument(*items, head=HEAD):
    return head + "".join(f"[[item]]\n{item}" for item in items)


def rubric(rows="", head=HEAD):
    return head + PILLAR + rows + LEVELS


def test_that_a_small_instrument_needs_no_more_than_it_says():
    parsed = parse_instrument(instrument(ITEM))
    assert parsed.items[0].question.zh == "甲"
    assert parsed.items[0].source == "own form"
    assert parsed.rubric == ""


def test_that_an_instrument_may_hold_its_own_rubric():
    text = (
        instrument(ITEM)
        + "[rubric]\n"
        + rubric(head='version = "2"\nname = { zh = "规则", en = "Rules" }\n').replace("[[", "[[rubric.")
    )
    assert parse_instrument(text).rubric == "t"
    parsed = parse_rubric(text)
    assert (parsed.id, parsed.version, parsed.source) == ("t", "2", "own form")


BAD_ITEMS = [
    (ITEM.replace("X1", " "), "blank", "code"),
    (ITEM.replace("yes_no", "yesno"), "kind", "type"),
    (ITEM.replace("yes_no", "ladder"), "missing", "options"),
    (ITEM + 'synonym = ["甲"]\n', "unknown", "synonym"),
    (ITEM + "low = true\n", "kind", "low"),
    (ITEM + 'role = "boss"\n', "kind", "role"),
    (ITEM.replace(', en = "A"', ""), "missing", "en"),
    (ITEM + 'options = [{ code = "a|b", zh = "一", en = "One" }]\n', "kind", "options"),
    (ITEM + 'options = [{ code = "a", zh = "一", en = "One" }, { code = "a", zh = "二", en = "Two" }]\n', "duplicate", "a"),
]


@pytest.mark.parametrize(("item", "kind", "field"), BAD_ITEMS)
def test_that_a_wrong_item_is_named_with_its_file(item, kind, field):
    with pytest.raises(ResourceError) as caught:
        parse_instrument(instrument(ITEM.replace("X1", "X0"), item), "form.toml")
    assert caught.value.code == f"resource.{kind}"
    assert caught.value.params["file"] == "form.toml"
    assert caught.value.params["row"].startswith("item 2")
    assert caught.value.params["field"] == field


@given(st.integers(1, 12), st.integers(1, 12))
def test_that_the_row_named_is_the_row_that_is_wrong(total, wrong):
    wrong = min(wrong, total)
    items = [ITEM.replace("X1", f"X{n}") + ("colour = 1\n" if n == wrong else "") for n in range(1, total + 1)]
    with pytest.raises(ResourceError) as caught:
        parse_instrument(instrument(*items), "form.toml")
    assert caught.value.params == {"file": "form.toml", "row": f"item {wrong} X{wrong}", "field": "colour"}


@given(st.text(max_size=200))
def test_that_any_text_gives_an_instrument_or_a_resource_error(text):
    with pytest.raises(ResourceError):
        parse_instrument(text, "form.toml")


def test_that_two_items_may_not_share_a_code_or_a_role():
    with pytest.raises(ResourceError, match="duplicate"):
        parse_instrument(instrument(ITEM, ITEM))
    named = ITEM + 'role = "name"\n'
    with pytest.raises(ResourceError, match="duplicate"):
        parse_instrument(instrument(named, named.replace("X1", "X2")))


SCORE = '[[score]]\nitem = "X1"\npillar = "data"\nkind = "options"\npoints = { yes = 1 }\n'
GATE = '[[gate]]\nid = "g"\nlevel = "L2"\nzh = "要"\nen = "needs"\ncondition = { item = "X1", includes = ["yes"] }\n'


@pytest.mark.parametrize(
    "rows",
    [
        SCORE.replace('"data"', '"luck"'),
        SCORE.replace('"options"', '"guess"'),
        SCORE.replace("points = { yes = 1 }", ""),
        SCORE.replace('"options"', '"goalposts"').replace("points = { yes = 1 }", "low = 1\nhigh = 1"),
        SCORE.replace('"options"', '"steps"').replace("points = { yes = 1 }", ""),
        SCORE.replace('"options"', '"steps"').replace("points = { yes = 1 }", "steps = [[0.4, 0], [0.2, 1]]"),
        SCORE + SCORE,
        GATE.replace("L2", "L9"),
        GATE.replace(', includes = ["yes"]', ""),
        GATE.replace('item = "X1", includes = ["yes"]', "any = []"),
        PILLAR,
    ],
)
def test_that_a_wrong_rubric_is_refused(rows):
    with pytest.raises(ResourceError) as caught:
        parse_rubric(rubric(rows), "rules.toml")
    assert caught.value.params["file"] == "rules.toml"


def test_that_a_sound_rubric_is_read():
    parsed = parse_rubric(rubric(SCORE + GATE))
    assert parsed.scores[0].points == (("yes", 1.0),)
    assert parsed.gates[0].condition.includes == ("yes",)


def test_that_a_rubric_needs_all_five_levels():
    with pytest.raises(ResourceError, match="level"):
        parse_rubric(HEAD + PILLAR)


def write(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_that_two_files_may_not_word_the_same_key(tmp_path):
    one = write(tmp_path, "one.toml", '[a.b]\nzh = "甲"\nen = "A"\n')
    two = write(tmp_path, "two.toml", '[a]\nb = { zh = "乙", en = "B" }\n')
    with pytest.raises(ValueError, match="duplicate"):
        read_words([one, two])


@pytest.mark.parametrize(
    "text", ['[a]\nzh = "甲"\n', '[a]\nzh = "甲"\nen = ""\n', 'a = "甲"\n', '[a]\nzh = "甲"\nen = "A"\nfr = "A"\n']
)
def test_that_a_text_in_one_language_is_refused(tmp_path, text):
    with pytest.raises(ResourceError, match="pair"):
        read_words([write(tmp_path, "one.toml", text)])


def test_that_nested_tables_become_dotted_keys(tmp_path):
    words = read_words([write(tmp_path, "one.toml", '[a.b]\nc = { zh = "甲{n}", en = "A{n}" }\n')])
    assert Texts("en", words)("a.b.c", n=3) == "A3"


FINDING = 'severity = "error"\n' + "".join(f'{part} = {{ zh = "甲", en = "A" }}\n' for part in ("title", "message", "remedy"))


def test_that_a_finding_kind_is_whole_and_unique(tmp_path):
    one = write(tmp_path, "one.toml", "[BAD_CELL]\n" + FINDING)
    assert read_finding_kinds([one])["BAD_CELL"].title.en == "A"
    with pytest.raises(ResourceError, match="duplicate"):
        read_finding_kinds([one, write(tmp_path, "two.toml", "[BAD_CELL]\n" + FINDING)])
    with pytest.raises(ResourceError, match="severity"):
        read_finding_kinds([write(tmp_path, "three.toml", "[X]\n" + FINDING.replace('"error"', '"fatal"'))])


GOAL = """version = "1"
[[goal]]
id = "g"
layer = "county"
kind = "rate"
year = 2027
operator = ">="
value = 0.7
zh = "目标"
en = "Goal"
document = "文件"
issued = "2026"
scope = { zh = "本县", en = "County" }
source = "document"
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.7", "70"),
        ('operator = ">="\n', ""),
        ("value = 0.7\n", ""),
        (">=", "~"),
        ("rate", "share"),
        ('source = "document"\n', ""),
    ],
)
def test_that_a_goal_must_be_whole(tmp_path, old, new):
    assert read_goal_book([write(tmp_path, "sound.toml", GOAL)]).goals[0].value == 0.7
    with pytest.raises(ResourceError) as caught:
        read_goal_book([write(tmp_path, "goals.toml", GOAL.replace(old, new))])
    assert caught.value.params["row"] == "goal 1 g"


def copy_taxonomy(folder):
    for path in (resources_folder() / "taxonomy").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("aliases.toml", "[aliases]", '[aliases]\nZ9 = ["甲"]'),
        ("aliases.toml", "[aliases]", '[aliases]\n48 = ["化工"]'),
        ("sizes.toml", "[20000, 500, 50]", "[500, 20000, 50]"),
        ("sizes.toml", "{ Y = [20000, 500, 50] }", "{ W = [20000, 500, 50] }"),
        ("sizes.toml", 'codes = ["51"]', 'codes = ["52"]'),
    ],
)
def test_that_a_taxonomy_that_contradicts_itself_is_refused(tmp_path, name, old, new):
    copy_taxonomy(tmp_path)
    text = (tmp_path / name).read_text("utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ResourceError) as caught:
        read_taxonomy(tmp_path)
    assert caught.value.params["file"] == name


def test_that_a_colour_nobody_uses_is_refused(tmp_path):
    (tmp_path / "theme").mkdir()
    light = (resources_folder() / "theme" / "light.toml").read_text("utf-8")
    write(tmp_path / "theme", "light.toml", light + 'sparkle = "#ffffff"\n')
    assert load_palette("dark").name == "dark"
    with pytest.raises(ResourceError, match="sparkle"):
        load_palette("light", tmp_path)


def test_that_an_unreadable_file_is_named(tmp_path):
    (tmp_path / "locale").mkdir()
    (tmp_path / "goals").mkdir()
    (tmp_path / "goals" / "bad.toml").write_bytes("版本".encode("gb18030"))
    with pytest.raises(ResourceError, match=r"bad\.toml"):
        load_resources(tmp_path)


@pytest.mark.parametrize("id_", ["aiplus-2026", "miit-sme-2024"])
def test_that_a_definition_is_found_by_id(id_):
    text, rules = definition_texts(id_)
    assert parse_instrument(text).id == parse_rubric(rules).id == id_


def test_that_a_definition_is_found_by_path(tmp_path):
    assert definition_texts(str(write(tmp_path, "mine.toml", instrument(ITEM)))) == (instrument(ITEM), "")


OWN_RULES = "[rubric]\n" + rubric(SCORE + GATE, head='version = "2"\nname = { zh = "规则", en = "Rules" }\n').replace(
    "[[", "[[rubric."
)


def test_that_a_definition_may_bring_its_own_rubric(tmp_path):
    text = instrument(ITEM) + OWN_RULES
    assert definition_texts(str(write(tmp_path, "mine.toml", text))) == (text, text)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [('item = "X1"\npillar', 'item = "X7"\npillar', "X7"), ('{ item = "X1"', '{ item = "X8"', "X8"), ("yes_no", "ladder", "X1")],
)
def test_that_a_rubric_must_fit_its_questions(tmp_path, old, new, field):
    text = instrument(ITEM) + OWN_RULES
    assert old in text
    text = text.replace(old, new, 1)
    if new == "ladder":
        text = text.replace('type = "ladder"\n', 'type = "ladder"\noptions = [{ code = "low", zh = "低", en = "Low" }]\n')
    with pytest.raises(ResourceError) as caught:
        definition_texts(str(write(tmp_path, "mine.toml", text)))
    assert caught.value.params["field"] == field


def test_that_an_unknown_definition_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(UserError) as caught:
        definition_texts("nothing")
    assert caught.value.code == "instrument.unknown"
    assert "aiplus-2026" in caught.value.params["known"]
    lost = write(tmp_path, "mine.toml", instrument(ITEM, head=HEAD + 'rubric = "lost"\n'))
    with pytest.raises(UserError) as caught:
        definition_texts(str(lost))
    assert caught.value.code == "rubric.unknown"
    with pytest.raises(UserError, match="unknown_layer"):
        load_local_goals("atlantis")


@pytest.mark.parametrize(
    "kind", ["syntax", "unreadable", "missing", "blank", "kind", "unknown", "duplicate", "pair", "condition"]
)
def test_that_every_resource_error_has_a_sentence(zh, kind):
    assert "文件" in zh(f"error.resource.{kind}", file="a", row="b", field="c", value="d", problem="e")
