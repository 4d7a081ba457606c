"""The page of what is watched: findings with their numbers, nothing of a single firm outside the register, absences in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.assessment import TOTAL
from app.domain.errors import UserError
from app.domain.figure import Figure
from app.domain.release import CellStatus
from app.domain.selection import Selection
from app.domain.study import Design
from app.domain.watch import Quadrant
from app.present.brief.watch import watch as watch_brief
from app.present.evidence import evidence
from app.present.evidence.watch_models import open_models
from app.present.figures import figure_ids, make_figure
from app.present.figures.watch import WATCH_FIGURES
from app.present.marks import parse
from app.present.pages.section import Listing, parts_of
from app.present.pages.watch import watch_page
from app.present.tables import row_of
from app.present.view import View
from app.present.watching import watched
from tests.unit.analysis.watch.studies import CAREFUL, NO_AGENTS, study_of
from tests.unit.present.watch_study import watch_study


@pytest.fixture(scope="module")
def instrument(resources):
    return resources.instruments["aiplus-2026"]


@pytest.fixture(scope="module")
def study(instrument):
    return watch_study(instrument)


@pytest.fixture(scope="module")
def page(study, resources, zh):
    return watch_page(study, resources, zh)


def sections(page):
    return {"agents": page.agents, "jobs": page.jobs, "models": page.models}


def figures(page):
    return [part for section in sections(page).values() for part in parts_of(section) if isinstance(part, Figure)]


def marks(page):
    found = [fact.evidence for fact in page.facts]
    for figure in figures(page):
        found += [cell.evidence for row in figure.table.rows for cell in row.cells]
    for section in sections(page).values():
        found += [id_ for part in parts_of(section) if isinstance(part, Listing) for id_ in part.table.ids]
    return sorted({mark for mark in found if mark})


def test_that_every_view_says_a_finding_with_numbers(page):
    for section in sections(page).values():
        assert any(character.isdigit() for character in section.headline), section.headline
    assert "%" in page.head.headline


def test_that_corner_counts_and_bubbles_speak_of_the_same_firms(page, study, resources, zh):
    figure = next(figure for figure in figures(page) if figure.id == "agents-quadrant")
    total = row_of(figure.table, TOTAL)
    found = watched(View(study, resources, zh)).agents[TOTAL]
    counted = [cell.value for cell in total.cells[2:]]
    assert counted[0] == found.users
    shown = [value for value in counted[1:] if value is not None]
    assert sum(shown) <= found.users
    for place, quarter in enumerate((*("act", "guarded", "tidy", "calm"), Quadrant.UNKNOWN)):
        cell = total.cells[3 + place]
        assert cell.value is None or cell.value == found.quadrants[quarter]


def test_that_a_sector_with_few_agents_has_no_mean_and_no_count(page):
    figure = next(figure for figure in figures(page) if figure.id == "agents-quadrant")
    row = row_of(figure.table, "J")
    assert all(cell.status is CellStatus.HIDDEN or not cell.n for cell in row.cells[:3])
    hidden = [row.key for row in figure.table.rows if row.cells[2].status is CellStatus.HIDDEN]
    assert "J" in hidden and len(hidden) >= 2  # else the total would give it back


def test_that_no_figure_table_or_brief_names_a_firm(page, study, resources, zh):
    names = {str(name) for name in study.responses.firms["name"]}
    said = repr([figures(page), [part for section in sections(page).values() for part in parts_of(section)], page.facts])
    said += repr(watch_brief(View(study, resources, zh)))
    assert not [name for name in names if name in said]


def test_that_the_register_lists_every_firm_with_agents_and_marks_red_flags(page, study, resources, zh):
    table = page.register.table
    frame = watched(View(study, resources, zh)).value.register.frame
    assert len(table) == len(frame)
    assert set(table.ids) == set(frame["position"].astype(str))
    flagged = dict(zip(frame["position"].astype(str), frame["flags"] != "", strict=True))
    assert all((severity == "error") is flagged[id_] for id_, severity in zip(table.ids, table.severities, strict=True))
    assert page.register.internal[0] == zh("watch.page.internal")


def test_that_every_dot_stands_for_firms_of_the_register_once(page):
    drawn = [position for dot in page.register.quadrant.dots for position in dot.positions]
    assert len(drawn) == len(set(drawn))
    assert set(map(str, drawn)) <= set(page.register.table.ids)


def test_that_every_number_opens_its_evidence(page, study, resources, zh):
    found = marks(page)
    assert {parse(mark).kind for mark in found} == {"agents", "jobs", "models"}
    for mark in found:
        opened = evidence(study, resources, mark, zh)
        assert opened.title and opened.value and opened.formula, mark
        assert opened.total == 0 or opened.firms


def test_that_a_mark_of_nothing_known_is_refused(study, resources, zh):
    for mark in (
        "agents|2026|C|what",
        "jobs|2026|Z|net",
        "models|2026|C|s:nowhere",
        "agents|1999|C|using",
        "agents|2026|C|f:none",
    ):
        with pytest.raises(UserError):
            evidence(study, resources, mark, zh)


def test_that_the_evidence_of_a_quarter_counts_its_firms(study, resources, zh):
    opened = evidence(study, resources, "agents|2026|*|q:act", zh)
    found = watched(View(study, resources, zh)).agents[TOTAL]
    assert opened.counts[0][1] == found.quadrants["act"]
    assert opened.total == found.users


def test_that_a_rate_one_firm_makes_up_reads_as_hidden_in_its_evidence_too(instrument, resources, zh):
    jobs = {"ID05": 100.0, "J1": 1.0, "J2": 0.0, "J3": 0.0, "J4": 5.0}
    firms = [jobs] * 12 + [{**jobs, "ID05": 90000.0, "J1": 8000.0}]
    study = study_of(instrument, *firms)
    opened = evidence(study, resources, "jobs|2026|*|displaced", zh)
    assert opened.value == zh("wording.hidden")
    page = watch_page(study, resources, zh)
    assert page.jobs.headline == zh("figure.jobs.hidden", who=zh("wording.all_firms"))


def test_that_a_net_is_never_shown_where_one_of_its_parts_is_hidden(page):
    table = next(figure for figure in figures(page) if figure.id == "jobs-balance").table
    for row in table.rows:
        shown = [cell.status is not CellStatus.HIDDEN for cell in row.cells]
        assert sum(shown) != 2, row.key  # two of the three would tell the third


def test_that_exposure_is_never_printed_without_saying_it_is_not_displacement(page, resources, study, zh, en):
    for texts in (zh, en):
        figure = make_figure(study, resources, "jobs-exposure", texts)
        assert texts("figure.exposure.caveat") in figure.subtitle
        brief = " ".join(getattr(block, "text", "") for block in watch_brief(View(study, resources, texts)))
        assert texts("figure.exposure.caveat") in brief


def human_of(page):
    return next(part for part in parts_of(page.models) if part.id == "human").sentences


def test_that_what_is_not_asked_is_said_and_not_taken_for_none(instrument, resources, zh):
    older = replace(instrument, items=tuple(item for item in instrument.items if item.code != "H1"))
    page = watch_page(watch_study(older), resources, zh)
    assert human_of(page) == (zh("watch.page.human_not_asked"),)


def test_that_the_human_channel_is_told_of_the_firms_whose_ai_serves_customers(page, study, resources, zh):
    (sentence,) = human_of(page)
    share = watched(View(study, resources, zh)).models[TOTAL].human_channel
    assert f"（{share.n}家作答" in sentence and "“不适用”的不计" in sentence
    assert 0 < share.value < 1 and share.n == sum(each in ("yes", "no") for each in study.responses.values["H1"])


def test_that_opening_the_human_channel_counts_no_firm_that_has_nothing_for_customers(study, resources, zh):
    found = watched(View(study, resources, zh))
    opened = open_models(found, TOTAL, "human")
    answers = study.responses.values["H1"].iloc[opened.scope]
    parts = {answer: set(opened.part[answers == answer].tolist()) for answer in ("yes", "no", "na")}
    assert parts == {"yes": {0}, "no": {1}, "na": {2}}
    assert int((opened.part < 2).sum()) == found.models[TOTAL].human_channel.n


def test_that_volunteers_get_a_warning_and_no_interval(instrument, resources, zh):
    study = watch_study(instrument, Design.VOLUNTEER)
    page = watch_page(study, resources, zh)
    assert zh("wording.caution.volunteer") in page.head.notes
    for figure in figures(page):
        if figure.id != "jobs-exposure":
            assert all(cell.low is None for row in figure.table.rows for cell in row.cells), figure.id
            assert figure.provenance.interval == zh("wording.interval.none")
    first = watch_brief(View(study, resources, zh))[0]
    assert first.text.startswith(zh("wording.caution.volunteer")[:6])


def test_that_a_questionnaire_that_asks_none_of_it_gets_a_designed_empty_page(small, small_resources, chinese, resources, zh):
    page = watch_page(small, small_resources, chinese)
    assert page.head.empty is not None and page.head.empty.why == chinese("watch.page.not_asked")
    assert watch_brief(View(small, small_resources, chinese)) == []
    old = study_of(resources.instruments["aiplus-2026"], NO_AGENTS)
    old = replace(old, instrument=resources.instruments["miit-sme-2024"])
    assert watch_page(old, resources, zh).head.empty is not None


def test_that_nobody_using_agents_is_said_with_how_many_answered(instrument, resources, zh):
    page = watch_page(study_of(instrument, *[NO_AGENTS] * 12), resources, zh)
    assert page.agents.headline == zh("watch.page.no_users", n="12")
    assert page.register.table is None and page.register.headline == zh("watch.page.register_none")
    assert page.jobs.headline == zh("watch.page.nobody")


def test_that_a_blank_study_says_so_everywhere(instrument, resources, zh):
    page = watch_page(study_of(instrument, *[{"A1": None}] * 6), resources, zh)
    assert page.agents.headline == page.models.headline == zh("watch.page.nobody")
    assert page.head.headline


def test_that_one_firm_with_agents_is_told_to_nobody_outside(instrument, resources, zh):
    study = study_of(instrument, CAREFUL, *[NO_AGENTS] * 20)
    page = watch_page(study, resources, zh)
    figure = next(figure for figure in figures(page) if figure.id == "agents-quadrant")
    assert all(cell.status is CellStatus.HIDDEN for row in figure.table.rows for cell in row.cells[:3])
    assert zh("figure.quadrant.hidden", who=zh("wording.all_firms")) == figure.title
    assert len(page.register.table) == 1


def test_that_a_lit_sector_is_spoken_of_alone_and_filters_narrow_the_firms(study, resources, zh):
    lit = watch_page(study, resources, zh, Selection(sector="I"))
    assert all("I" in section.headline for section in sections(lit).values())
    found = watched(View(study, resources, zh)).value.register.frame
    assert len(lit.register.table) == int((found["sector"] == "I").sum())
    unknown = watch_page(study, resources, zh, Selection(sector="Z"))
    assert unknown.agents.headline == watch_page(study, resources, zh).agents.headline


def test_that_the_figures_can_be_had_by_id_and_no_others(study, resources, zh, small, small_resources):
    ids = figure_ids(study, resources)
    assert set(WATCH_FIGURES) <= set(ids)
    for id_ in WATCH_FIGURES:
        assert make_figure(study, resources, id_, zh).id == id_
    assert not set(WATCH_FIGURES) & set(figure_ids(small, small_resources))
    with pytest.raises(UserError, match=r"figure\.unknown"):
        make_figure(small, small_resources, "agents-quadrant", zh)


def test_that_shares_of_tiers_add_up_to_all_users(page):
    table = next(figure for figure in figures(page) if figure.id == "agents-tiers").table
    row = row_of(table, TOTAL)
    assert sum(cell.value for cell in row.cells) == pytest.approx(1.0)
    assert {cell.n for cell in row.cells} == {len(page.register.table)}


def test_that_a_red_flag_few_fly_is_hidden(instrument, resources, zh):
    few = [{**CAREFUL, "G7": "yes"}] * 3
    study = study_of(instrument, *few, *[CAREFUL] * 20, *[NO_AGENTS] * 5)
    figure = make_figure(study, resources, "agents-flags", zh)
    assert [row.cells[0].status for row in figure.table.rows] == [CellStatus.HIDDEN]


def test_that_none_of_these_stands_last_and_heads_no_finding(page, zh):
    figure = next(figure for figure in figures(page) if figure.id == "models-sources")
    assert figure.table.rows[-1].key == "none"
    assert figure.table.rows[-1].label not in figure.title.split("“")[1]
