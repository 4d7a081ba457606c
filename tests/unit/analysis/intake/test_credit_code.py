"""Slips in credit codes: found, and put right only as an offer that passes both checks."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from app.analysis.intake.credit_code import ALPHABET, code_fault, valid_codes

DIGITS = "0123456789"
LETTERS = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def organisation_check(body):
    """GB 11714-1997, written down again: weights 3 7 9 10 5 8 4 2, 11 minus the sum mod 11, 10 as X and 11 as 0."""
    total = sum(LETTERS.index(letter) * weight for letter, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def code_of(kind, division, body):
    first = kind + division + body + organisation_check(body)
    return first + uscc.calc_check_digit(first)


kinds, divisions = st.sampled_from(["91", "92", "93", "12", "52"]), st.sampled_from(["320508", "110101", "990136", "440305"])
bodies = st.one_of(st.text(DIGITS, min_size=8, max_size=8), st.text(ALPHABET, min_size=6, max_size=6).map("MA".__add__))
codes = st.builds(code_of, kinds, divisions, bodies)


@given(codes)
def test_that_codes_with_both_checks_right_are_valid_and_pass_an_independent_library(code):
    assert valid_codes([code])[0] and uscc.is_valid(code)


@given(codes, st.sampled_from(ALPHABET))
def test_that_a_code_is_valid_only_with_the_last_character_an_independent_library_computes(code, last):
    made = code[:-1] + last
    assert valid_codes([made])[0] == uscc.is_valid(made)


@given(codes, st.integers(8, 16), st.sampled_from(DIGITS))
def test_that_a_wrong_organisation_code_is_found_though_the_last_character_fits(code, place, letter):
    first = code[:place] + letter + code[place + 1 : 17]
    made = first + uscc.calc_check_digit(first)
    assert valid_codes([made])[0] == (organisation_check(made[8:16]) == made[16])


@given(codes, st.data())
def test_that_letters_no_code_holds_are_read_back_as_the_digits_they_look_like(code, data):
    places = [place for place, letter in enumerate(code) if letter in "0125"]
    wrong = list(code)
    for place in data.draw(st.sets(st.sampled_from(places), min_size=1, max_size=4)):
        wrong[place] = {"0": "O", "1": "I", "2": "Z", "5": "S"}[code[place]]
    assert code_fault("".join(wrong)) == ("code.confused", code)


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_that_a_character_too_many_is_taken_out_or_nothing_is_offered(code, place, letter):
    fault, meant = code_fault(code[:place] + letter + code[place:])
    assert (fault, meant) == ("code.extra", code) or (fault, meant) == ("code.length", "")


@given(codes, st.integers(0, 17))
def test_that_a_lost_character_is_put_back_only_where_one_code_alone_fits(code, place):
    fault, meant = code_fault(code[:place] + code[place + 1 :])
    assert (fault, meant) == ("code.missing", code) or (fault, meant) == ("code.length", "")


@given(st.text(ALPHABET + "OISZV*", min_size=10, max_size=20))
def test_that_whatever_is_offered_passes_both_checks(text):
    assume(not valid_codes([text])[0])
    _, meant = code_fault(text)
    assert meant == "" or (valid_codes([meant])[0] and uscc.is_valid(meant) and organisation_check(meant[8:16]) == meant[16])


@pytest.mark.parametrize(
    ("code", "fault", "meant"),
    [
        ("91440300780461136T", "code.swapped", "91440300708461136T"),
        ("91350100M0D0100Y43", "code.confused", "91350100M000100Y43"),
        ("9144030070B461136T", "code.body", ""),  # 8 for B and G for 6 would both do
        ("91440300718461136T", "code.body", ""),
        ("91440300708461136U", "code.check", ""),
        ("91440300708461136", "code.missing", "91440300708461136T"),
        ("914403000708461136T", "code.extra", "91440300708461136T"),
        ("9144030070846", "code.length", ""),
    ],
)
def test_that_a_slip_is_named_and_its_repair_offered(code, fault, meant):
    assert code_fault(code) == (fault, meant)
