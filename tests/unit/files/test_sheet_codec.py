"""The wire format between child and parent: what goes in comes out, value for value."""

from __future__ import annotations

import io
import math
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sheet import CellKind
from app.files.read_job import _column
from app.files.sheet_codec import SheetEncoder, cell_text, number_text, padded, read_frame, split_texts, write_column, write_frame


def decoded(encoder: SheetEncoder) -> list[list[tuple[str, CellKind]]]:
    """Send through the pipe format and return the cells, column by column."""
    columns = []
    for coded in encoder.columns():
        pipe = io.BytesIO()
        write_column(pipe, coded)
        pipe.seek(0)
        column = _column(*read_frame(pipe))
        columns.append([(column.texts[code], column.kinds[code]) for code in column.codes])
    return columns


CELLS = st.one_of(
    st.text(max_size=8),
    st.text(alphabet="\0\n,a", max_size=4),
    st.booleans(),
    st.sampled_from([0, 1, 0.0, 1.0, -0.0, 2000.0, 1e-7, 1e15, 1e22, math.inf]),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False),
    st.dates(),
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=150), st.integers(0, 2))
def test_that_every_cell_comes_out_as_it_went_in(rows, left):
    encoder = SheetEncoder(left=left)
    for first in range(0, len(rows), 7):
        encoder.add(padded(rows[first : first + 7]))
    columns = decoded(encoder)
    for number, row in enumerate(rows):
        for index, value in enumerate(row):
            expected = ("", CellKind.EMPTY) if value == "" else cell_text(("b", value) if isinstance(value, bool) else value)
            assert columns[left + index][number] == expected
    assert all(len(column) == len(rows) for column in columns)
    assert all(cell == ("", CellKind.EMPTY) for column in columns[:left] for cell in column)


def test_that_true_one_and_one_point_zero_stay_apart_in_one_column():
    encoder = SheetEncoder()
    encoder.add([[1.0], [True], ["1"], [1], [0], [False], ["TRUE"]])
    assert decoded(encoder)[0] == [
        ("1", CellKind.NUMBER),
        ("TRUE", CellKind.BOOLEAN),
        ("1", CellKind.TEXT),
        ("1", CellKind.NUMBER),
        ("0", CellKind.NUMBER),
        ("FALSE", CellKind.BOOLEAN),
        ("TRUE", CellKind.TEXT),
    ]


def test_that_a_boolean_met_after_batches_of_numbers_is_still_a_boolean():
    encoder = SheetEncoder()
    encoder.add([[1.0], [0.0]])
    encoder.add([[True], [1.0], [False]])
    kinds = [kind for _, kind in decoded(encoder)[0]]
    assert kinds == [CellKind.NUMBER, CellKind.NUMBER, CellKind.BOOLEAN, CellKind.NUMBER, CellKind.BOOLEAN]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_that_a_number_reads_back_exactly_and_is_never_scientific(value):
    text = number_text(value)
    assert float(text) == value
    assert "e" not in text.lower()
    assert not text.endswith(".0")


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=40, unique=True))
def test_that_a_column_of_numbers_is_worded_like_each_number_alone(values):
    encoder = SheetEncoder()
    encoder.add([[value] for value in values])
    assert [text for text, _ in decoded(encoder)[0]] == [number_text(value) for value in values]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2000.0, "2000"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (1e16, "1" + "0" * 16),
    ],
)
def test_that_numbers_take_their_shortest_form(value, text):
    assert number_text(value) == text
    assert Decimal(text) == Decimal(repr(value))


def test_that_dates_and_times_are_iso_and_endless_numbers_are_errors():
    assert cell_text(date(2025, 3, 1)) == ("2025-03-01", CellKind.DATE)
    assert cell_text(datetime(2025, 3, 1, 9, 30)) == ("2025-03-01T09:30:00", CellKind.DATE)
    assert cell_text(time(9, 30)) == ("09:30:00", CellKind.DATE)
    assert cell_text(math.inf) == ("inf", CellKind.ERROR)


def test_that_codes_past_fifteen_digits_and_endless_numbers_are_pointed_out():
    encoder = SheetEncoder()
    encoder.add([["代码"], [913301001234567890.0], [math.nan], [12.0]])
    (column,) = encoder.columns()
    assert [column.texts[code] for code in column.lost_digits] == ["913301001234568000"]
    assert [column.texts[code] for code in column.not_finite] == ["nan"]


def test_that_an_error_mark_replaces_one_cell_and_ignores_places_outside():
    encoder = SheetEncoder(left=1)
    encoder.add([["a", "b"], ["", "b"]])
    encoder.mark_error(1, 1, "#N/A")
    encoder.mark_error(9, 1, "#N/A")
    encoder.mark_error(0, 0, "#N/A")
    assert decoded(encoder)[1] == [("a", CellKind.TEXT), ("#N/A", CellKind.ERROR)]


def test_that_a_frame_cut_anywhere_is_no_frame():
    pipe = io.BytesIO()
    write_frame(pipe, {"t": "stage", "sheet": "企业"}, b"12345")
    whole = pipe.getvalue()
    assert read_frame(io.BytesIO(whole)) == ({"t": "stage", "sheet": "企业"}, b"12345")
    assert all(read_frame(io.BytesIO(whole[:size])) is None for size in range(len(whole)))


def test_that_a_frame_of_an_absurd_length_is_refused_before_it_is_read():
    with pytest.raises(ValueError):
        read_frame(io.BytesIO(b"\xff" * 12))


def test_that_codes_or_texts_that_do_not_fit_are_refused():
    encoder = SheetEncoder()
    encoder.add([["甲"], ["乙"]])
    pipe = io.BytesIO()
    write_column(pipe, next(encoder.columns()))
    pipe.seek(0)
    header, body = read_frame(pipe)
    with pytest.raises(ValueError):
        split_texts({**header, "values": header["values"] - 1}, body)
    with pytest.raises(ValueError):
        _column(header, b"\x07\0\0\0" + body[4:])
