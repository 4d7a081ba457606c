import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.intake.clean import clean
from app.analysis.intake.clean_qualifiers import qualifier_frame
from app.analysis.intake.distinct import Distinct, Told
from app.domain.instrument import ItemType
from app.domain.responses import QUALIFIER_COLUMNS, QUALIFIERS
from app.domain.sheet import CellKind
from app.files.frames import decode_frame, encode_frame
from tests.unit.analysis.intake.making import distinct_of, item

MONEY = item("M", ItemType.MONEY, "金额", unit="万元")
STAFF = item("N", ItemType.COUNT, "人数", unit="人")
SHARE = item("P", ItemType.PERCENT, "占比", unit="%")
NONE = None


def qualified(text, what, unit=""):
    (one,) = clean(distinct_of(text), what, unit).qualified
    return one.qualifier, *(NONE if np.isnan(end) else pytest.approx(end) for end in (one.low, one.high)), one.rest


@pytest.mark.parametrize(
    ("text", "what", "unit", "expected"),
    [
        ("约30%", SHARE, "", ("about", NONE, NONE, "")),
        (">50%", SHARE, "", ("more_than", 0.5, NONE, "")),
        ("不足10%", SHARE, "", ("less_than", NONE, 0.1, "")),
        ("30%-40%", SHARE, "", ("range", 0.3, 0.4, "")),
        ("30-40", SHARE, "", ("range", 0.3, 0.4, "")),
        ("0.3-0.4", SHARE, "", ("range", 0.3, 0.4, "")),
        ("三成以上", SHARE, "", ("at_least", 0.3, NONE, "")),
        ("不到百分之五", SHARE, "", ("less_than", NONE, 0.05, "")),
        ("100-300", STAFF, "人", ("range", 100, 300, "")),
        ("200余人", STAFF, "人", ("more_than", 200, NONE, "")),
        ("50人以下", STAFF, "人", ("less_than", NONE, 50, "")),
        ("50人及以下", STAFF, "人", ("at_most", NONE, 50, "")),
        ("100+", STAFF, "人", ("at_least", 100, NONE, "")),
        ("不超过20人", STAFF, "人", ("at_most", NONE, 20, "")),
        ("120（其中研发20）", STAFF, "人", ("remainder", 120, 120, "其中研发20")),
        ("120人，其中研发20人", STAFF, "人", ("remainder", 120, 120, "其中研发20人")),
        ("约120（含劳务派遣）", STAFF, "人", ("about", NONE, NONE, "含劳务派遣")),
        ("100-300万", MONEY, "元", ("range", 100, 300, "")),
        ("超过2000万元", MONEY, "元", ("more_than", 2000, NONE, "")),
        ("50000以上", MONEY, "元", ("at_least", 5, NONE, "")),
    ],
)
def test_that_qualifier_and_ends_are_kept_in_the_stored_unit(text, what, unit, expected):
    assert qualified(text, what, unit) == expected


def test_that_a_loose_bare_share_is_read_by_the_scale_of_its_column():
    cleaned = clean(distinct_of("约1", 35, 40), SHARE)
    assert cleaned.values.tolist() == [0.01, 0.35, 0.4]
    cleaned = clean(distinct_of("约1", 0.35), SHARE)
    assert cleaned.values.tolist() == [1.0, 0.35]


def test_that_a_mixed_column_is_asked_about_and_a_decision_settles_it():
    mixed = distinct_of(0.35, 40, 1)
    (doubt,) = clean(mixed, SHARE).doubts
    assert (doubt.kind.value, set(doubt.choices), doubt.assumed) == ("scale", {"fraction", "percent"}, "mixed")
    settled = clean(mixed, SHARE, told=Told(scale="percent"))
    assert settled.values.tolist() == [0.0035, 0.4, 0.01] and not settled.doubts and not settled.issues


def test_that_a_decision_gives_a_column_its_unit_and_a_text_its_option():
    assert clean(distinct_of(20000), MONEY, "", Told(unit="元")).values.tolist() == [2.0]
    asked = item("A", ItemType.YES_NO, "是否使用")
    cleaned = clean(distinct_of("视情况", "是"), asked, told=Told(answers={"视情况": "no"}))
    assert cleaned.values.tolist() == ["no", "yes"] and not cleaned.issues


def spread(texts, inverse):
    counts = np.bincount(inverse, minlength=len(texts))
    return Distinct(tuple(texts), (CellKind.TEXT,) * len(texts), np.array(inverse, dtype=np.int32), counts)


def two_columns():
    staff, share = spread(("约30", "12"), [0, 1, 0]), spread(("不足10%", "30%-40%"), [1, 0, 1])
    return qualifier_frame({"N": (clean(staff, STAFF), staff), "P": (clean(share, SHARE), share)})


def test_that_every_row_with_a_loose_number_is_told_by_position_and_item():
    found = two_columns()
    rows = list(zip(found["position"], found["item"], found["qualifier"], strict=True))
    assert rows == [(0, "N", "about"), (0, "P", "range"), (1, "P", "less_than"), (2, "N", "about"), (2, "P", "range")]
    assert found["position"].dtype == np.int32 and list(found["qualifier"].cat.categories) == list(QUALIFIERS)
    assert decode_frame(encode_frame(found)).equals(found)


def test_that_a_sheet_without_loose_numbers_has_an_empty_frame_and_not_none():
    exact = spread(("12", "30"), [0, 1])
    found = qualifier_frame({"N": (clean(exact, STAFF), exact)})
    assert len(found) == 0 and list(found) == list(QUALIFIER_COLUMNS)


@given(st.sampled_from(["约", "超过", "不足", "至少", "不超过"]), st.integers(1, 10**6), st.sampled_from(["", "人"]))
def test_that_no_written_qualifier_is_ever_lost(before, number, unit):
    (one,) = clean(distinct_of(f"{before}{number}{unit}"), STAFF).qualified
    kept = {"约": "about", "超过": "more_than", "不足": "less_than", "至少": "at_least", "不超过": "at_most"}
    assert one.qualifier == kept[before]
