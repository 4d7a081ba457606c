"""County → city → province by the command line: packages, sums, receipts, and everything that may be wrong with them."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile

import openpyxl
import pytest

from app.files.relay_file import read_relay
from app.files.study_file import open_study
from tests.e2e.hostile import LANGS, collected, plain_sentence, some_firms
from tests.e2e.shell import refused, zhiheng
from tests.unit.files.relay_samples import content, signed_anyhow, table

pytestmark = pytest.mark.usefixtures("raised")

PLACES = {"东": ("990101", "东河县"), "西": ("990102", "西河县")}


@pytest.fixture(scope="module")
def counties(tmp_path_factory, resources):
    """Two counties with levels and goals, and a package of each; nobody may change what is in the folder."""
    folder = tmp_path_factory.mktemp("counties")
    for place, (name, count) in enumerate((("东", 90), ("西", 61))):
        firms = [{**firm, "name": f"{name}{firm['name']}"} for firm in some_firms(count)]
        (folder / name).mkdir()
        study = collected(folder / name, resources.instruments["aiplus-2026"], firms, name=name)
        for command in ("assess", "goals"):
            assert zhiheng(command, study).code == 0
        shutil.move(study, folder / f"{name}.zhiheng")
        made = relay(folder, name, "--tables", folder / f"{name}.xlsx", "--who", "张三")
        assert made.code == 0, made.err
        assert place in (0, 1)
    return folder


def relay(folder, name, *more, out=None, key=None):
    code, called = PLACES[name]
    return zhiheng(
        "relay",
        folder / f"{name}.zhiheng",
        "--out",
        out or folder / f"{name}.zhrelay",
        *("--place", code, "--name", called, "--key", key or folder / f"{name}-key.pem", *more),
    )


def merge(folder, *packages, key=None, more=()):
    out = folder / "city.zhrelay"
    city = ("--place", "990100", "--name", "示范市", "--key", key or folder / "city" / "key.pem")
    return zhiheng("merge", *packages, "--out", out, *city, *more), out


@pytest.fixture
def desk(counties, tmp_path):
    """A city's own folder with the packages of both counties."""
    for name in PLACES:
        shutil.copy(counties / f"{name}.zhrelay", tmp_path)
    return tmp_path


def test_that_a_package_holds_sums_and_never_a_firm(counties):
    for name in PLACES:
        raw = (counties / f"{name}.zhrelay").read_text(encoding="utf-8")
        firms = open_study(counties / f"{name}.zhiheng").responses.firms
        for column in ("name", "code", "firm"):
            assert not [text for text in firms[column].unique() if text and text in raw]
        assert not [town for town in firms["township"].unique() if town and f'"{town}"' in raw]
        package = read_relay(counties / f"{name}.zhrelay")
        for each in package.content.tables:  # of firms it is the group that counts, of scores each cell
            bases = [row.cells[-1:] if each.unit == "firms" else row.cells for row in each.rows]
            assert all(cell.n >= 5 or cell.n == 0 for cells in bases for cell in cells if cell.told)
            assert all(
                not cell.told for row in each.rows if each.unit == "firms" and not row.cells[-1].told for cell in row.cells
            )
        assert {each.id.partition(" ")[0] for each in package.content.tables} == {"answered", "levels", "pillars", "measure"}


def test_that_the_register_and_the_journal_keep_what_left(counties):
    study = open_study(counties / "东.zhiheng")
    (release,) = study.signing.releases
    package = read_relay(counties / "东.zhrelay").content
    assert (release.kind, release.who, release.purpose) == ("relay", "张三", "990101 东河县")
    assert release.journal == package.journal == study.journal[-2].hash
    sent = [cell for cell in release.cells if cell.mark.startswith("relay|")]
    assert len(sent) == sum(len(row.cells) for each in package.tables for row in each.rows)
    shares = {cell.mark: cell for cell in release.cells if cell.mark.startswith("share|")}
    (told,) = [cell for mark, cell in shares.items() if mark == "share|2026|*|L2+"]
    assert told.hidden or told.value == package.table("levels").cell("*", "L2+").n / package.table("levels").cell("*", "*").n
    assert study.journal[-1].command == "relay"
    assert str(counties) not in study.journal[-1].parameters


def test_that_a_city_adds_its_counties_up_and_says_what_it_minds(desk):
    ended, out = merge(desk, desk / "东.zhrelay", desk / "西.zhrelay", more=("--tables", desk / "city.xlsx"))
    assert ended.code == 0, ended.err
    assert ended.out.count("首次收到") == 2
    assert "东河县的数据未经签发" in ended.out
    city = read_relay(out).content
    parts = [read_relay(desk / f"{name}.zhrelay").content for name in PLACES]
    for each in city.tables:
        totals = [part.table(each.id).cell("*", "*") for part in parts if part.table(each.id).cell("*", "*") is not None]
        if totals and all(total.told for total in totals):
            assert each.cell("*", "*").n == sum(total.n for total in totals)
    assert [member.code for member in city.members] == ["990101", "990102"]
    assert not any("NaN" in text or "None" in text for text in sheet_texts(desk / "city.xlsx"))


def sheet_texts(path):
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_that_the_workbook_says_where_it_comes_from_in_both_languages(counties, tmp_path):
    for lang, word in (("zh", "东河县"), ("en", "From: 东河县")):
        shutil.copy(counties / "东.zhiheng", tmp_path / "东.zhiheng")
        made = relay(tmp_path, "东", "--tables", tmp_path / f"{lang}.xlsx", "--lang", lang)
        assert made.code == 0, made.err
        texts = sheet_texts(tmp_path / f"{lang}.xlsx")
        assert any(word in text for text in texts)
        assert any("groups n<5" in text for text in texts)
        with zipfile.ZipFile(tmp_path / f"{lang}.xlsx") as packed:
            assert not [name for name in packed.namelist() if b"<f>" in packed.read(name)]


def test_that_a_merged_package_can_be_merged_again(desk):
    merge(desk, desk / "东.zhrelay", desk / "西.zhrelay")
    ended = zhiheng(
        *("merge", desk / "city.zhrelay", "--out", desk / "province.zhrelay"),
        *("--place", "990000", "--name", "示范省", "--key", desk / "p.pem", "--json"),
    )
    assert ended.json["place"]["rank"] == "province"
    province, city = (read_relay(desk / f"{name}.zhrelay").content for name in ("province", "city"))
    assert province.places == city.places == 2
    assert province.tables == city.tables


def test_that_of_two_packages_of_a_place_the_newer_counts(counties, desk):
    shutil.copy(counties / "东.zhiheng", desk / "东.zhiheng")
    again = desk / "again.zhrelay"
    key = counties / "东-key.pem"
    os.environ["SOURCE_DATE_EPOCH"] = "1990000000"
    try:
        assert relay(desk, "东", out=again, key=key).code == 0
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
    ended, out = merge(desk, again, desk / "东.zhrelay", desk / "西.zhrelay")
    assert ended.code == 0, ended.err
    assert "采用较新的一个" in ended.out
    assert read_relay(out).content.members[0].created == read_relay(again).content.created


def test_that_a_package_a_few_firms_apart_repeats_the_numbers_of_the_first(counties, tmp_path, resources):
    shutil.copy(counties / "东.zhiheng", tmp_path / "东.zhiheng")
    late = [{**firm, "name": f"迟报第{place}公司"} for place, firm in enumerate(some_firms(2))]
    other = collected(tmp_path, resources.instruments["aiplus-2026"], late, name="迟")
    assert other.exists()
    taken = zhiheng("collect", tmp_path / "东.zhiheng", tmp_path / "甲.csv", "--date", "2026-06-30")
    assert taken.code == 0, taken.err
    for command in ("assess", "goals"):
        assert zhiheng(command, tmp_path / "东.zhiheng").code == 0
    made = relay(tmp_path, "东", "--json", key=counties / "东-key.pem")
    assert made.code == 0, made.err
    assert "levels" in made.json["carried"]
    first, second = (read_relay(folder / "东.zhrelay").content for folder in (counties, tmp_path))
    assert second.table("levels") == first.table("levels")


def test_that_a_changed_key_is_refused_until_somebody_has_asked(counties, desk):
    merge(desk, desk / "东.zhrelay", desk / "西.zhrelay")
    shutil.copy(counties / "东.zhiheng", desk / "东.zhiheng")
    assert relay(desk, "东", key=desk / "new.pem").code == 0
    ended, _ = merge(desk, desk / "东.zhrelay", desk / "西.zhrelay")
    refused(ended, "东河县", "--accept-key")
    assert len(re.findall(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){7}", ended.err)) == 2
    ended, _ = merge(desk, desk / "东.zhrelay", desk / "西.zhrelay", more=("--accept-key",))
    assert ended.code == 0
    assert "更换了密钥" in ended.out
    ended, _ = merge(desk, desk / "东.zhrelay", desk / "西.zhrelay")
    assert "更换了密钥" not in ended.out


def test_that_a_receipt_answers_for_each_file_and_is_read_back(desk):
    spoilt = desk / "bad.zhrelay"
    spoilt.write_text((desk / "东.zhrelay").read_text(encoding="utf-8").replace('"rank": "county"', '"rank": "city"'), "utf-8")
    asked = ("--place", "990100", "--name", "示范市", "--who", "王五", "--key", desk / "k.pem")
    ended = zhiheng("receipt", desk / "东.zhrelay", spoilt, desk / "none.zhrelay", "--out", desk / "r.json", *asked)
    assert ended.code == 1
    assert "已收：东.zhrelay" in ended.out
    assert ended.out.count("未收") == 2
    again = zhiheng("receipt", desk / "r.json", "--key", desk / "k.pem")
    assert again.code == 0
    assert "回执签名有效" in again.out
    items = zhiheng("receipt", desk / "r.json", "--json").json["receipts"][0]["receipt"]["items"]
    assert [item["accepted"] for item in items] == [True, False, False]
    (desk / "r.json").write_text((desk / "r.json").read_text(encoding="utf-8").replace("未收", "已收"), "utf-8")
    refused(zhiheng("receipt", desk / "r.json"), "签名不符")


def test_that_a_leaking_table_is_left_out_and_named(desk):
    leaking = table("levels", A=None, B=20, all=23)
    signed_anyhow(
        desk / "x.zhrelay", desk / "x.pem", json.loads(plain_of(content("990103", "南河县", tables=(leaking, table(A=9, all=9)))))
    )
    ended, out = merge(desk, desk / "x.zhrelay")
    assert ended.code == 0, ended.err
    assert "能从其余各数推算" in ended.out
    assert [each.id for each in read_relay(out).content.tables] == ["answered"]
    answered = zhiheng("receipt", desk / "x.zhrelay", "--key", desk / "k.pem")
    assert answered.code == 1
    assert "可被推算" in answered.out


def plain_of(value):
    from app.files.records import encode_record

    return encode_record(value)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"instrument": ("miit-sme-2024", "1")}, ("问卷", "miit-sme-2024 1")),
        ({"rubric": ("aiplus-2026", "9")}, ("评分", "9")),
        ({"wave": "2025"}, ("期", "2025")),
        ({"design": "sample"}, ("调查方式",)),
        ({"tables": (table("answered", A=10, all=10), table("pillars", A=10, all=10))}, ("pillars",)),
    ],
    ids=lambda value: "",
)
def test_that_packages_that_do_not_belong_together_are_refused_by_name(desk, changed, said):
    real = read_relay(desk / "东.zhrelay").content
    made = {name: getattr(real, name) for name in ("instrument", "rubric", "wave", "dates", "design")}
    other = json.loads(plain_of(content("990103", "南河县", **{**made, **changed})))
    signed_anyhow(desk / "x.zhrelay", desk / "x.pem", other)
    ended, out = merge(desk, desk / "东.zhrelay", desk / "x.zhrelay")
    refused(ended, *said)
    assert not out.exists()
    assert "tables" in changed or ("东河县" in ended.err and "南河县" in ended.err)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--place", "12", "--name", "市"), "12"),
        (("--place", "一二三四五六", "--name", "市"), "一二三"),
        (("--place", "990100"), "--name"),
        (("--place", "990101", "--name", "市"), "990101"),
        (("--place", "990100", "--name", "市", "--level", "county"), "市"),
    ],
)
def test_that_a_merge_that_says_too_little_is_refused(desk, arguments, word, lang):
    out = desk / "city.zhrelay"
    ended = zhiheng("merge", desk / "东.zhrelay", "--out", out, "--key", desk / "k.pem", *arguments, "--lang", lang)
    plain_sentence(ended)
    assert word in ended.err
    assert not out.exists()


def test_that_the_same_places_are_never_counted_twice(desk):
    merge(desk, desk / "东.zhrelay", desk / "西.zhrelay")
    ended = zhiheng(
        *("merge", desk / "city.zhrelay", desk / "东.zhrelay", "--out", desk / "p.zhrelay"),
        *("--place", "990000", "--name", "省", "--key", desk / "p.pem"),
    )
    refused(ended, "990101")


def test_that_a_relay_that_says_too_little_registers_nothing(counties, tmp_path):
    study = tmp_path / "东.zhiheng"
    shutil.copy(counties / "东.zhiheng", study)
    before = study.read_bytes()
    good = ("--place", "990101", "--name", "东河县", "--key", tmp_path / "k.pem")
    refused(zhiheng("relay", study, "--out", tmp_path / "a.zip", *good), ".zhrelay")
    refused(zhiheng("relay", study, "--out", tmp_path / "none" / "a.zhrelay", *good), "none")
    refused(zhiheng("relay", study, "--out", tmp_path / "a.zhrelay", *good, "--wave", "1999"), "1999")
    refused(zhiheng("relay", study, "--out", tmp_path / "a.zhrelay", *good[2:]), "--place")
    (tmp_path / "bad.pem").write_text("no key")
    refused(zhiheng("relay", study, "--out", tmp_path / "a.zhrelay", *good[:4], "--key", tmp_path / "bad.pem"), "密钥")
    assert study.read_bytes() == before
    assert not list(tmp_path.glob("a.*"))


def test_that_firms_can_be_sent_rounded_with_none_hidden_and_both_ends_say_so(counties, tmp_path, resources):
    study = collected(tmp_path, resources.instruments["aiplus-2026"], some_firms(60))
    assert zhiheng("assess", study).code == 0
    out, key = tmp_path / "a.zhrelay", tmp_path / "k.pem"
    asked = ("relay", study, "--out", out, "--place", "990103", "--name", "南河县", "--key", key)
    refused(zhiheng(*asked, "--protect", "blur"), "blur")
    made = zhiheng(*asked, "--protect", "round", "--tables", tmp_path / "a.xlsx")
    assert made.code == 0, made.err
    told = {each.id: each for each in read_relay(out).content.tables}
    for each in (told["answered"], told["levels"]):
        cells = [cell for row in each.rows for cell in row.cells]
        assert each.rounded and all(cell.told and cell.n == cell.value and cell.n % each.rounded == 0 for cell in cells)
    assert not told["pillars"].rounded
    assert "firms rounded to" in read_relay(out).content.policy
    assert sum(f"取整为{told['levels'].rounded}的倍数" in text for text in sheet_texts(tmp_path / "a.xlsx")) == 2
    shutil.copy(counties / "东.zhrelay", tmp_path)
    ended, city = merge(tmp_path, tmp_path / "东.zhrelay", out, more=("--tables", tmp_path / "city.xlsx"))
    assert ended.code == 0, ended.err
    merged, parts = read_relay(city).content, [read_relay(each).content.policy for each in (tmp_path / "东.zhrelay", out)]
    assert merged.table("levels").rounded == told["levels"].rounded
    assert merged.policy == " / ".join(parts)
    assert any("取整为" in text for text in sheet_texts(tmp_path / "city.xlsx"))
    again = zhiheng(*asked, "--json")
    assert {"answered", "levels"} <= set(again.json["carried"])
    assert read_relay(out).content.table("levels") == told["levels"]


def test_that_answers_alone_can_be_sent_before_anything_is_assessed(tmp_path, resources):
    study = collected(tmp_path, resources.instruments["aiplus-2026"], some_firms(30))
    made = zhiheng(
        "relay", study, "--out", tmp_path / "a.zhrelay", "--place", "990101", "--name", "县", "--key", tmp_path / "k.pem"
    )
    assert made.code == 0, made.err
    assert [each.id for each in read_relay(tmp_path / "a.zhrelay").content.tables] == ["answered"]


def test_that_four_firms_have_no_sums_to_send(tmp_path, resources):
    study = collected(tmp_path, resources.instruments["aiplus-2026"], some_firms(4))
    assert zhiheng("assess", study).code == 0
    ended = zhiheng(
        "relay", study, "--out", tmp_path / "a.zhrelay", "--place", "990101", "--name", "县", "--key", tmp_path / "k.pem"
    )
    if ended.code == 0:
        package = read_relay(tmp_path / "a.zhrelay").content
        assert not any(cell.told and cell.n for each in package.tables for row in each.rows for cell in row.cells)
    else:
        refused(ended, "没有可以上报")
