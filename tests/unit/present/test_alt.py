"""Every figure can be heard: a full sentence with its finding and whom it speaks of, in both languages."""

from __future__ import annotations

import re

import full_study
import model_study
import pytest
import small_study

from app.present.alt import alt_text
from app.present.draw import draw
from app.present.figures import figure_ids, make_figure
from tests.unit.present.watch_study import watch_study


def studies(resources):
    small = small_study.resources()
    watched = watch_study(resources.instruments["aiplus-2026"])
    return (full_study.full(small_study.study()), small), (model_study.study(), small), (watched, resources)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_every_figure_is_told_in_sentences_with_its_finding_and_its_n(lang, resources):
    texts, seen = small_study.texts(lang), set()
    for study, held in studies(resources):
        for id_ in figure_ids(study, held):
            figure = make_figure(study, held, id_, texts)
            finding = figure.title.rstrip("。.")
            assert finding in figure.alt, id_
            assert figure.alt.endswith("。" if lang == "zh" else "."), figure.alt
            assert re.search(r"\d", figure.alt.replace(finding, "")), figure.alt  # how many rows, and of how many firms
            assert "。。" not in figure.alt
            assert ".." not in figure.alt
            seen.add(figure.kind)
    assert len(seen) > 15


def test_that_a_drawing_carries_the_sentence_once(chinese):
    from app.files.resources import load_palette

    figure = make_figure(small_study.study(), small_study.resources(), "heat", chinese)
    drawing = draw(figure, load_palette("light"), 160, 90, chinese)
    assert drawing.alt == figure.alt == alt_text(figure, chinese)
    assert drawing.alt.count(figure.provenance.sample) == 1
