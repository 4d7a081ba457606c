"""Pieces on pages: nothing is lost, nothing is cut, what belongs together stays so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.gui.paper.flow import Piece, paginate

ROOM = 100.0


def piece(height, name="", **more):
    return Piece(height, name, **more)


def pages(*pieces, room=ROOM):
    return [[put.piece.payload for put in page] for page in paginate(pieces, room)]


def test_that_a_page_holds_as_many_lines_as_fit():
    assert [len(page) for page in pages(*(piece(10.0, k) for k in range(25)))] == [10, 10, 5]


def test_that_what_must_stay_together_goes_to_the_next_page_together():
    lines = [piece(10.0, k) for k in range(9)]
    assert pages(*lines, piece(10.0, "heading", keep=True), piece(10.0, "first"))[1] == ["heading", "first"]


def test_that_space_is_left_between_but_not_above_the_first_of_a_page():
    (first, second) = paginate([piece(90.0, "a", after=10.0), piece(20.0, "b", before=5.0)], ROOM)
    assert (first[0].y, second[0].y) == (0.0, 0.0)
    (both,) = paginate([piece(30.0, "a", after=10.0), piece(20.0, "b", before=5.0)], ROOM)
    assert both[1].y == 45.0


def test_that_the_header_of_a_table_stands_on_each_of_its_pages():
    head = piece(10.0, "head", keep=True)
    rows = [piece(20.0, f"row {k}", head=(head,)) for k in range(7)]
    found = pages(head, *rows)
    assert [page[0] for page in found] == ["head", "head"]
    assert sum(len(page) for page in found) == 7 + 2


def test_that_a_group_higher_than_a_page_begins_where_it_is_and_is_parted():
    rows = [piece(20.0, k, keep=True) for k in range(8)]
    found = pages(piece(30.0, "text"), *rows)
    assert found[0] == ["text", 0, 1, 2]
    assert [row for page in found for row in page][1:] == list(range(8))


def test_that_breaks_are_obeyed_on_both_sides():
    found = pages(piece(10.0, "a", page_end=True), piece(10.0, "b"), piece(10.0, "c", new_page=True))
    assert found == [["a"], ["b"], ["c"]]


def test_that_a_piece_higher_than_a_page_is_cut_where_it_can_be():
    def split(room):
        return piece(room, "upper"), piece(150.0 - room, "lower")

    tall = piece(150.0, "tall")
    tall.split = split
    assert pages(tall) == [["upper"], ["lower"]]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(
            Piece,
            st.floats(1, 140),
            st.integers(),
            before=st.floats(0, 20),
            after=st.floats(0, 20),
            keep=st.booleans(),
            new_page=st.booleans(),
        ),
        max_size=40,
    )
)
def test_that_every_piece_stands_once_in_order_and_no_page_is_overfull(found):
    laid = list(paginate(found, ROOM))
    assert [put.piece for page in laid for put in page] == found
    for page in laid:
        ends = [put.y + put.piece.height for put in page]
        assert all(end <= ROOM + 0.1 for end in ends) or len(page) == 1
        assert all(a <= put.y + 1e-6 for a, put in zip(ends, page[1:], strict=False))
