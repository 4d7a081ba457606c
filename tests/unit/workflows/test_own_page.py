"""A locality's own page: a profile file in place of a template's name."""

from __future__ import annotations

import pytest

from app.domain.brief import BriefPlan
from app.domain.errors import UserError
from app.files.resources import resources_folder
from app.workflows.own_page import own_page

STANDARD = (resources_folder() / "briefing" / "layouts" / "gbt9704.toml").read_text(encoding="utf-8")


def profile(folder, old: str = "", new: str = ""):
    path = folder / "ours.toml"
    assert old in STANDARD
    path.write_text(STANDARD.replace(old, new, 1), encoding="utf-8")
    return BriefPlan(str(path), sections=("summary",))


def test_that_a_profile_differs_where_it_says_and_the_sections_stay(tmp_path):
    plan, layout = own_page(profile(tmp_path, "top = 37", "top = 32"))
    assert plan == BriefPlan("", sections=("summary",))
    assert (layout.top, layout.bottom, layout.annexes, layout.outer_numbers) == (32, 35, True, True)


def test_that_any_other_template_is_left_alone():
    for template in ("", "official", "own.docx"):
        assert own_page(BriefPlan(template)) == (BriefPlan(template), None)


@pytest.mark.parametrize(
    ("old", "new"), [("top = 37", 'top = "x"'), ("top = 37", ""), ("[sizes]", "[sizes"), ("lines = 22", "lines = 22\nextra = 1")]
)
def test_that_a_profile_that_lacks_something_is_refused_in_a_sentence(old, new, tmp_path, zh, en):
    with pytest.raises(UserError) as refused:
        own_page(profile(tmp_path, old, new))
    assert all("ours.toml" in texts(f"error.{refused.value.code}", **refused.value.params) for texts in (zh, en))


def test_that_a_missing_profile_is_told(tmp_path):
    with pytest.raises(UserError) as refused:
        own_page(BriefPlan(str(tmp_path / "none.toml")))
    assert refused.value.code == "file.missing"
