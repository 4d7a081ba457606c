"""The words of firm names: loaded whole, sorted by kind, and refused where they contradict themselves."""

import pytest

from app.files.resource_names import read_names
from app.files.resource_rows import ResourceError
from app.files.resources import resources_folder

FILE = resources_folder() / "taxonomy" / "name_parts.toml"


def test_that_places_hold_every_province_and_prefecture_by_its_short_name(resources):
    places = resources.names.places
    assert {"北京", "内蒙古", "新疆", "苏州", "凉山", "昆山", "台北"} <= places and len(places) > 700
    assert not {place for place in places if len(place) > 2 and place.endswith(("省", "自治州", "地区"))}


def test_that_all_words_are_simplified_and_as_names_are_compared(resources):
    from app.analysis.intake.names import plain_names

    book = resources.names
    words = [*book.places, *book.trades, *book.forms, *book.alike, *book.branches, *book.companies, *book.ordinary]
    assert plain_names(words) == words


def test_that_no_word_of_business_is_a_legal_form_that_names_are_compared_by(resources):
    book = resources.names
    assert set(book.alike.values()) <= set(book.forms) and not set(book.alike) & set(book.trades)


def changed(tmp_path, old, new):
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / FILE.name
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('works = ["厂", "总厂"]', 'works = ["厂", "公司"]', "resource.duplicate"),
        ('country = ["中国"]', 'country = ["苏州"]', "resource.duplicate"),
        ('country = ["中国"]', 'land = ["中国"]', "resource.unknown"),
        ('characters = "', 'signs = "', "resource.missing"),
    ],
)
def test_that_a_word_in_two_places_or_a_misspelt_field_is_refused(tmp_path, old, new, code):
    with pytest.raises(ResourceError) as error:
        read_names(changed(tmp_path, old, new))
    assert error.value.code == code and error.value.params["file"] == FILE.name
