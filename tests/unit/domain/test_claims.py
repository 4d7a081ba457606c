"""The numbers that identifiers count."""

from __future__ import annotations

from app.domain.claims import claim_id, numbers_in


def test_that_a_comma_of_the_sentence_belongs_to_no_number():
    assert [span.text for span in numbers_in("In 2026, 1,234 firms, 41%.")] == ["2026", "1,234", "41%"]


def test_that_a_number_is_named_by_its_block_and_place():
    assert claim_id(7, 3) == "B7.3"
