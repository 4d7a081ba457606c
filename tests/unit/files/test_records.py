"""Dataclasses to JSON and back by their annotations."""

from __future__ import annotations

import pytest

from app.domain.condition import Condition
from app.domain.findings import CellReference
from app.domain.study import Design, Source, Wave
from app.files.records import decode_record, encode_record


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Wave, Wave("2026", "2026-06-30", Design.SAMPLE, {"制造": 4, "C": 0})),
        (Condition, Condition("any", parts=(Condition("answer", "Q1", includes=("a", "b"), at_least=2.0),))),
        (tuple[CellReference, ...], (CellReference("甲\udc80.csv", "s", 3, 4), CellReference("乙"))),
        (tuple[tuple[float, float | None], ...], ((1.5, None), (2.0, 3.25))),
        (Source, Source("ab", "a", 1, "2026", "csv", "read", 1, 2, 3)),
        (bool, True),
    ],
)
def test_that_a_record_comes_back_equal_and_ordered(kind, value):
    text = encode_record(value)
    assert text.isascii()
    back = decode_record(kind, text)
    assert back == value
    assert repr(back) == repr(value)


def test_that_a_whole_number_fits_where_a_fraction_is_meant():
    assert decode_record(tuple[float, ...], "[1]") == (1.0,)
    assert isinstance(decode_record(tuple[float, ...], "[1]")[0], float)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Wave, '{"id": "a"}'),
        (Wave, '{"id": "a", "date": "b", "design": "guess", "frame": {}}'),
        (Wave, '{"id": 3, "date": "b", "design": "census", "frame": {}}'),
        (Wave, '{"id": "a", "date": "b", "design": "census", "frame": {}, "more": 1}'),
        (Wave, "[]"),
        (tuple[float, float], "[1.0]"),
        (bool, "1"),
        (str, "not json"),
    ],
)
def test_that_what_does_not_fit_the_type_is_refused(kind, text):
    with pytest.raises(ValueError):
        decode_record(kind, text)


def test_that_only_plain_values_are_stored():
    with pytest.raises(TypeError):
        encode_record({"a": object()})
