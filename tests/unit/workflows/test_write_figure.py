"""One figure in each format and size: true dpi, millimetres, the data behind it, and plain refusals."""

from __future__ import annotations

import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.files.resource_exports import load_profiles
from app.workflows.context import Context
from app.workflows.write_figure import ENDINGS, Picture, write_figure
from tests.unit.present import small_study

PROFILES = load_profiles()


@pytest.fixture(scope="module")
def context():
    return Context(small_study.resources(), "2026-08-01T09:00:00+08:00")


def written(folder, picture, name, context):
    from dataclasses import replace

    words = small_study.texts("zh").entries
    known = Context(replace(context.resources, words=words), context.now)
    return run_to_end(write_figure(small_study.study(), picture, folder / name, "zh", known))


def test_that_the_profiles_of_the_brief_are_there():
    assert set(PROFILES) == {"screen", "half", "a4", "slide", "poster"}
    assert (PROFILES["poster"].width, PROFILES["poster"].height) == (841.0, 594.0)
    assert PROFILES["slide"].width / PROFILES["slide"].height == pytest.approx(16 / 9, abs=1e-3)


@pytest.mark.parametrize("id_", PROFILES)
def test_that_a_png_carries_its_true_dpi_and_the_width_of_its_profile(id_, tmp_path, context):
    profile, dpi = PROFILES[id_], 60 if id_ == "poster" else 0
    path = written(tmp_path, Picture("sectors-l2", profile=profile, dpi=dpi), "a.png", context)
    with Image.open(path) as image:
        wanted = dpi or profile.dpi
        assert image.info["dpi"] == pytest.approx((wanted, wanted), abs=0.1)
        assert image.width == pytest.approx(profile.width / 25.4 * wanted, abs=1)
        assert image.height >= profile.height / 25.4 * wanted - 1


def test_that_vectors_have_the_millimetres_of_their_profile_and_text_as_text(tmp_path, context):
    profile = PROFILES["slide"]
    root = etree.fromstring(written(tmp_path, Picture("heat", profile=profile), "a.svg", context).read_bytes())
    assert root.get("width") == f"{profile.width:g}mm"
    title = "".join(t.text for t in root.iter("{http://www.w3.org/2000/svg}text"))
    page = pypdfium2.PdfDocument(written(tmp_path, Picture("heat", profile=profile), "a.pdf", context))[0]
    assert page.get_width() == pytest.approx(profile.width / 25.4 * 72, abs=0.01)
    said = page.get_textpage().get_text_range()
    assert "平均得分最低" in title
    assert "平均得分最低" in said


def test_that_type_grows_with_the_profile(tmp_path, context):
    sizes = {}
    for id_ in ("half", "slide", "poster"):
        root = etree.fromstring(written(tmp_path, Picture("heat", profile=PROFILES[id_]), f"{id_}.svg", context).read_bytes())
        sizes[id_] = min(float(t.get("font-size")) for t in root.iter("{http://www.w3.org/2000/svg}text"))
    assert sizes["half"] == pytest.approx(12 * 0.2646 * 0.86, rel=0.02)  # 12 px by the profile's scale
    assert sizes["half"] < sizes["slide"] < sizes["poster"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_that_each_format_is_written_the_same_twice(ending, tmp_path, context):
    one, other = (written(tmp_path, Picture("townships"), f"{name}{ending}", context).read_bytes() for name in "ab")
    assert one == other


@pytest.mark.parametrize(
    ("picture", "name", "code"),
    [
        (Picture("heat"), "a.gif", "file.unknown_format"),
        (Picture("heat", dpi=5), "a.png", "export.dpi"),
        (Picture("heat", profile=PROFILES["poster"], dpi=1200), "a.png", "export.pixels"),
        (Picture("nonsense"), "a.png", "figure.unknown"),
    ],
)
def test_that_what_cannot_be_written_is_a_sentence_and_no_file(picture, name, code, tmp_path, context, zh):
    with pytest.raises(UserError) as caught:
        written(tmp_path, picture, name, context)
    assert caught.value.code == code
    assert zh(f"error.{code}", **caught.value.params)
    assert not list(tmp_path.iterdir())
