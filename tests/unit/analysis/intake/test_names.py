"""Chinese firm names: what makes two of them the same, and the parts they are built of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.intake.names import FirmName, NameReader, name_keys, plain_names
from app.domain.firm_names import NameBook

NOISE = ["", " ", "\u3000", "\u200b", "\ufeff", "\u00a0", "·", "，"]


@pytest.fixture(scope="module")
def book(resources):
    return resources.names


@pytest.fixture(scope="module")
def read(book):
    reader = NameReader(book)
    return lambda name: reader.read(plain_names([name])[0])


@pytest.mark.parametrize(
    "written",
    [
        "苏州晨禾科技有限责任公司",
        "蘇州晨禾科技有限公司",
        "苏州晨禾科技 有限公司",
        "苏州\u200b晨禾科技有限公司\u3000",
        "（苏州）晨禾科技有限公司",
        "苏州晨禾科技﹙有限公司﹚",
        "【苏州】晨禾科技有限公司",
    ],
)
def test_that_writings_of_one_name_have_one_key(written, book):
    assert name_keys([written], book) == ["苏州晨禾科技有限公司"]


def test_that_full_width_and_case_do_not_matter(book):
    assert len(set(name_keys(["ＡＢＣ电子", "abc电子", "ABC 电子"], book))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("晨禾科技有限公司", "晨禾科技股份有限公司"),
        ("晨禾科技有限公司", "晨禾科技有限公司苏州分公司"),
        ("晨禾科技有限公司", "晨禾科技集团有限公司"),
        ("苏州晨禾科技有限公司", "晨禾科技有限公司"),
        ("第一机床厂", "第二机床厂"),
    ],
)
def test_that_names_of_different_firms_have_different_keys(one, other, book):
    first, second = name_keys([one, other], book)
    assert first != second


@given(st.lists(st.text(max_size=12), max_size=8))
def test_that_any_texts_give_a_key_each_and_a_key_is_its_own_key(names):
    keys = name_keys(names)
    assert len(keys) == len(names) and name_keys(keys) == keys


@given(st.text("晨禾蘇州農業科技ABC（）", min_size=1, max_size=10), st.lists(st.sampled_from(NOISE), min_size=11, max_size=11))
def test_that_marks_and_invisible_characters_never_change_a_key(name, noise):
    noisy = "".join(mark + character for mark, character in zip(noise, name, strict=False))
    assert name_keys([noisy]) == name_keys([name])


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("江苏省苏州市晨禾农业科技发展有限责任公司", ("江苏|苏州", "晨禾", "农业科技发展", "有限公司", "company", "")),
        ("苏州晨禾科技有限公司", ("苏州", "晨禾", "科技", "有限公司", "company", "")),
        ("晨禾（苏州）科技股份公司", ("苏州", "晨禾", "科技", "股份有限公司", "company", "")),
        ("昆山市玉山镇恒力五金厂", ("昆山|玉山", "恒力", "五金", "厂", "works", "")),
        ("甲化工有限公司第二工厂", ("", "甲", "化工", "有限公司", "company", "第二工厂")),
        ("甲化工厂第二分厂", ("", "甲", "化工", "厂", "works", "第二分厂")),
        ("晨禾贸易有限公司常熟营业部", ("", "晨禾", "贸易", "有限公司", "company", "常熟营业部")),
        ("立信会计师事务所（特殊普通合伙）", ("", "立信", "会计师", "事务所", "institution", "")),
        ("晨禾商贸有限公司（原丁商贸有限公司）", ("", "晨禾", "商贸", "有限公司", "company", "")),
        ("苏州第二机床厂", ("苏州", "第二", "机床", "厂", "works", "")),
    ],
)
def test_that_a_name_comes_apart_into_its_parts(name, parts, read):
    assert read(name) == FirmName(*parts)


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("华联超市有限公司", "华联"),
        ("万家乡情食品有限公司", "万家乡情"),
        ("城市之光文化传媒有限公司", "城市之光"),
        ("苏州机械厂", "苏州"),
        ("安和市政工程有限公司", "安和"),
        ("阳光社区服务中心", "阳光社区"),
    ],
)
def test_that_a_brand_is_not_taken_for_a_place(name, brand, read):
    assert read(name).brand == brand


def test_that_an_empty_book_still_tells_names_apart():
    reader = NameReader(NameBook())
    assert reader.read("晨禾科技有限公司").core == "晨禾科技" and reader.read("").core == ""
