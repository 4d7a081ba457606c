"""The demonstration, end to end: what it leaves, that a second run gives the same bytes, that nobody's file is touched."""

from __future__ import annotations

import json

import pytest

from app.domain.assessment import TOTAL
from app.domain.estimate import Method
from app.domain.selection import Selection
from app.domain.words import Texts
from app.files.resources import load_resources
from app.files.study_file import open_study
from tests.e2e import wall_walk
from tests.e2e.shell import refused, zhiheng, zhiheng_outside

MADE = {"demo.zhiheng", "brief.docx", "brief.pptx", "tables.xlsx", "answer_key.json", "visits.xlsx", "figures", "workbooks"}


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def first(demonstration):
    return demonstration, (demonstration.parent / "said.txt").read_text(encoding="utf-8")


def test_that_it_leaves_study_documents_figures_and_key_and_says_how_to_go_on(first):
    folder, said = first
    assert {path.name for path in folder.iterdir()} == MADE
    assert f'zhiheng "{folder / "demo.zhiheng"}"' in said
    assert "虚构" in said
    assert "visits.xlsx" in said
    assert "workbooks/走访评估.xlsx" in said
    figures = {path.name for path in (folder / "figures").iterdir()}
    assert {"levels-by-sector.png", "levels-by-sector.svg"} <= figures
    assert len(figures) % 2 == 0
    assert json.loads((folder / "answer_key.json").read_text(encoding="utf-8"))


def test_that_the_study_is_marked_as_synthetic_and_holds_both_waves(first):
    study = open_study(first[0] / "demo.zhiheng")
    assert study.synthetic
    assert [(wave.id, wave.date) for wave in study.waves] == [("2025", "2025-06-30"), ("2026", "2026-06-30")]
    assert all(wave.frame for wave in study.waves)
    assert sum(source.status == "read" for source in study.sources) == 40
    assert len(study.assessments) == 2
    told = ["goalbook", *["proof"] * 5, *["reported"] * 3, *["scenario"] * 2]
    done = ["new", "collect", "collect", "assess", "visits", "labels", "assess", *told, "goals"]
    assert [entry.command for entry in study.journal] == done


def test_that_firms_are_drawn_visited_and_assessed_and_what_does_not_fit_is_told(first):
    study = open_study(first[0] / "demo.zhiheng")
    key = json.loads((first[0] / "answer_key.json").read_text(encoding="utf-8"))["assessed_levels"]
    (drawn,) = study.judgements.visit_lists
    labels = study.judgements.labels
    assert (drawn.wave, len(drawn.visits)) == ("2026", 280)
    assert all(0 < visit.probability <= 1 for visit in drawn.visits)
    strangers = {name for _, name in key["strangers"]}
    assert {label.name for label in labels} == {visit.name for visit in drawn.visits} | strangers
    assert len({label.who for label in labels}) == 2 and all("虚构" in label.who for label in labels)
    assert all("2026-06-30" < drawn.when <= label.when <= "2026-08-31" for label in labels)
    told = [finding for finding in study.findings if finding.code.startswith("label.")]
    assert {finding.code for finding in told} == {"label.unknown_firm", "label.disagree"}
    assert {finding.value for finding in told if finding.code == "label.unknown_firm"} >= strangers
    times = [entry.time for entry in study.journal]
    assert times == sorted(times)


def test_that_the_visits_speak_for_the_county_and_its_intervals_hold_what_is_true(first):
    study = open_study(first[0] / "demo.zhiheng")
    key = json.loads((first[0] / "answer_key.json").read_text(encoding="utf-8"))
    assessment = study.latest_assessment
    true = dict(zip((firm[0] for firm in key["firms"]), key["assessed_levels"]["levels"], strict=True))
    firms = study.responses.firms.iloc[assessment.firms["position"]]
    levels, sectors = [true[name] for name in firms["name"]], firms["sector"].astype(str).tolist()
    assert assessment.total_estimate.method is Method.PPI
    held = []
    for each in (assessment.total_estimate, *(one for one in assessment.estimates if one.method is Method.PPI)):
        inside = [level for level, sector in zip(levels, sectors, strict=True) if each.sector in (TOTAL, sector)]
        for level, share in each.shares.items():
            if share.low is not None:
                held.append(share.low <= inside.count(level) / len(inside) <= share.high)
    assert len(held) >= 5 and sum(held) / len(held) > 0.85


def test_that_shares_chances_and_changes_add_up_in_every_sector(first):
    for assessment in open_study(first[0] / "demo.zhiheng").assessments:
        for each in (assessment.total_estimate, *assessment.estimates):
            shares = [share.value for share in each.shares.values()]
            at_least = [share.value for share in each.at_least.values()]
            assert None in shares or sum(shares) == pytest.approx(1, abs=1e-8)
            assert None in at_least or at_least == sorted(at_least, reverse=True)
            if each.sector_class is not None and each.sector_class.chances:
                assert sum(chance for _, chance in each.sector_class.chances) == pytest.approx(1)
        for change in assessment.changes:
            assert change.same + change.entered + change.left + change.mix == pytest.approx(change.total, abs=1e-12, rel=0)
        chances = assessment.firms[[name for name in assessment.firms if name.startswith("q_")]].dropna()
        assert chances.sum(axis=1).to_numpy() == pytest.approx(1)
        assert (chances >= 0).all(axis=None)


def test_that_levels_stand_within_their_sets_and_the_index_within_its_bounds(first):
    """Only a firm of which a pillar with too few answers is left out may have an index beside its bounds, and few have."""
    for assessment in open_study(first[0] / "demo.zhiheng").assessments:
        firms = assessment.firms
        predicted, low, high = (firms[name].cat.codes for name in ("predicted", "set_low", "set_high"))
        assert ((predicted < 0) | (low <= predicted) & (predicted <= high)).all()
        beside = (firms["index"] < firms["index_worst"] - 1e-6) | (firms["index"] > firms["index_best"] + 1e-6)
        left_out = firms[[name for name in firms if name.startswith("p_")]].isna().any(axis=1)
        assert left_out[beside].all()
        assert beside.mean() < 0.05


def test_that_assessors_are_near_the_truth_and_no_model_could_be_certain(first):
    from sklearn.metrics import cohen_kappa_score

    study = open_study(first[0] / "demo.zhiheng")
    key = json.loads((first[0] / "answer_key.json").read_text(encoding="utf-8"))
    true = dict(zip((firm[0] for firm in key["firms"]), key["assessed_levels"]["levels"], strict=True))
    pairs = [(true[label.name], label.level) for label in study.judgements.labels if label.name in true]
    assert 0.8 < cohen_kappa_score(*zip(*pairs, strict=True), weights="quadratic") < 0.95


@pytest.mark.parametrize("name", ["brief.docx", "brief.pptx", "tables.xlsx"])
def test_that_another_process_writes_the_same_document_of_the_same_study(first, tmp_path, name):
    """What a whole second demonstration gives is compared by hand: `bench_demo`."""
    bureau = ("--issuer", "澄砚示范县数据局（虚构）")
    run = zhiheng_outside("brief", first[0] / "demo.zhiheng", "--out", tmp_path / name, *bureau, epoch="1790000000")
    assert (run.code, run.err) == (0, "")
    assert (tmp_path / name).read_bytes() == (first[0] / name).read_bytes()


def test_that_a_folder_with_other_files_is_left_alone(tmp_path):
    mine = tmp_path / "工作"
    mine.mkdir()
    (mine / "年度总结.docx").write_bytes(b"mine")
    refused(zhiheng("demo", "--out", mine), "工作", "年度总结.docx")
    assert contents(mine) == {"年度总结.docx": b"mine"}
    (mine / "年度总结.docx").rename(mine / "brief.docx")
    refused(zhiheng("demo", "--out", mine), "brief.docx")
    assert contents(mine) == {"brief.docx": b"mine"}


def test_that_every_number_of_the_goal_wall_opens_its_formula_its_firms_and_a_cell_of_their_workbook(first):
    path, resources = first[0] / "demo.zhiheng", load_resources()
    study = open_study(path)
    township = study.responses.firms["township"].mode()[0]
    for lang in ("zh", "en"):
        texts = Texts(lang, resources.words)
        for selection in (Selection(), Selection(sector="C", size="small"), Selection(township=township)):
            walked = wall_walk.walk(path, study, resources, texts, selection)
            assert len(walked.marks) > 3 * len(study.progress)
            assert len(walked.cells) >= 6 * 2
