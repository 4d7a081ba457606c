"""Which wave a collection belongs to."""

from __future__ import annotations

import pytest

from app.domain.errors import UserError
from app.domain.study import Design, Wave
from app.workflows.waves import Said, check_date, sector_names, settle_wave, size_names, with_wave
from tests.study_samples import empty_study

TODAY = "2026-09-01"
KNOWN = Wave("2025", "2025-06-30", Design.SAMPLE, {"C": 40})


def test_that_unsaid_means_this_year_today_and_a_census():
    assert settle_wave((), Said(), TODAY) == Wave("2026", TODAY, Design.CENSUS, {})


def test_that_the_year_of_the_date_names_the_wave():
    assert settle_wave((KNOWN,), Said(date="2027-01-31", design="volunteer"), TODAY).id == "2027"


def test_that_a_known_wave_keeps_what_is_not_said_anew():
    assert settle_wave((KNOWN,), Said(wave="2025"), TODAY) == KNOWN
    changed = settle_wave((KNOWN,), Said(wave="2025", design="census", frame={"C": 50}), TODAY)
    assert changed == Wave("2025", "2025-06-30", Design.CENSUS, {"C": 50})


def test_that_the_cells_of_a_frame_stay_with_it_and_go_with_it():
    celled = Said(wave="2025", frame={"C": 50}, strata=("sector", "size"), cells={"C|large": 50})
    known = settle_wave((KNOWN,), celled, TODAY)
    assert (known.strata, known.cells) == (("sector", "size"), {"C|large": 50})
    assert settle_wave((known,), Said(wave="2025", due="2025-09-01"), TODAY).cells == {"C|large": 50}
    assert settle_wave((known,), Said(wave="2025", frame={"C": 60}), TODAY).cells == {}


def test_that_a_frame_may_name_sizes_as_the_form_or_the_screen_does(resources):
    names = size_names(resources.instruments["aiplus-2026"], resources.words)
    assert {names[name] for name in ("large", "大型", "Large", "大型企业")} == {"large"}
    assert set(names.values()) == {"large", "medium", "small", "micro"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(wave="2024"), "wave.date_needed"),
        (Said(date="2026-02-30"), "wave.date"),
        (Said(date="今天"), "wave.date"),
        (Said(date="20260630"), "wave.date"),
        (Said(date="2026-W01-1"), "wave.date"),
        (Said(date="9999-12-31"), "wave.date"),
    ],
)
def test_that_a_date_is_never_guessed(said, code):
    with pytest.raises(UserError) as caught:
        settle_wave((KNOWN,), said, TODAY)
    assert caught.value.code == code


def test_that_an_unsaid_date_passes():
    check_date("")


def test_that_waves_stand_oldest_first_and_once():
    late, early = Wave("b", "2027-01-01", Design.CENSUS, {}), Wave("a", "2024-01-01", Design.CENSUS, {})
    waves = with_wave(with_wave((KNOWN,), late), early)
    assert [wave.id for wave in waves] == ["a", "2025", "b"]
    assert with_wave(waves, late) == waves


def test_that_a_frame_may_name_sectors_by_letter_or_name(resources):
    names = sector_names(resources.instruments["aiplus-2026"], resources.taxonomy)
    assert names["C"] == names["制造业"] == "C"


def test_that_an_instrument_with_its_own_industries_names_them(resources):
    names = sector_names(empty_study().instrument, resources.taxonomy)
    assert names["制造"] == names["Manufacturing/Fabrication"]
    assert "C" not in names
