"""Industry codes of two editions: which one a column speaks, and that no code with two meanings is read in silence."""

import pytest

from app.analysis.intake.industry import IndustryReader
from app.domain.words import normal_form
from app.files.resource_rows import ResourceError
from app.files.resource_taxonomy import read_taxonomy
from app.files.resources import resources_folder


@pytest.fixture(scope="module")
def reader(resources):
    return IndustryReader(resources.taxonomy)


def read(reader, *texts):
    return [(found.section, found.division, found.issue) for found in reader.read_all(texts)]


def test_that_a_code_with_two_meanings_is_taken_as_of_2017_and_both_are_named(reader):
    (found,) = reader.read_all(["8210"])
    assert (found.section, found.division, found.issue) == ("O", "82", "industry.edition_unclear")
    assert dict(found.params) == {
        "meant": "O8210 清洁服务",
        "other": "P8210 学前教育",
        "edition": "2017",
        "other_edition": "2011",
    }


def test_that_codes_of_one_edition_alone_settle_the_column(reader):
    assert read(reader, "8210", "3670", "6490")[0] == ("O", "82", "")
    assert read(reader, "8210", "3261", "3262")[0] == ("P", "83", "industry.edition")


def test_that_one_odd_code_among_many_settles_nothing(reader):
    shared = [f"{code}" for code in (1311, 1312, 1331, 1351, 1361, 1411, 1421, 1431, 1511, 1512, 1521, 1522)]
    assert read(reader, *shared, "3261", "8210")[-1] == ("O", "82", "industry.edition_unclear")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7250 知识产权服务", ("M", "75", "industry.edition")),
        ("7250 广告业", ("L", "72", "")),
        ("82教育", ("P", "83", "industry.edition")),
        ("83教育", ("P", "83", "")),
        ("P82", ("P", "83", "industry.edition")),
        ("P83", ("P", "83", "")),
        ("O79", ("O", "80", "industry.edition")),
        ("82", ("O", "82", "industry.edition")),
        ("26", ("C", "26", "")),
        ("2614", ("C", "26", "")),
        ("3610", ("C", "36", "")),
    ],
)
def test_that_letter_and_name_beside_a_code_tell_its_edition(reader, text, expected):
    assert read(reader, text) == [expected]


@pytest.mark.parametrize(("name", "detail"), [("中成药生产", "274"), ("知识产权服务", "752"), ("低温仓储", "593")])
def test_that_the_name_of_a_group_or_class_is_enough(reader, name, detail):
    (found,) = reader.read_all([name])
    assert found.detail.startswith(detail) and not found.issue


def test_that_a_name_only_2011_had_is_read_as_what_became_of_it(reader):
    assert read(reader, "新闻和出版业", "机动车、电子产品和日用产品修理业", "铜压延加工") == [
        ("R", "86", ""),
        ("O", "81", ""),
        ("C", "32", ""),
    ]


def test_that_blank_answers_have_neither_industry_nor_finding(reader):
    assert read(reader, "", "26") == [("", "", ""), ("C", "26", "")]


def test_that_divisions_of_2011_and_2017_stand_in_the_same_sections(resources):
    taxonomy = resources.taxonomy
    section_of = {code: letter for letter, section in taxonomy.sections.items() for code in section.divisions}
    assert all(code in section_of for code in taxonomy.codes if len(code) == 2)
    for old, new in taxonomy.moved.items():
        name = taxonomy.codes[old][1]
        assert normal_form(taxonomy.codes[new][0])[:2] == normal_form(name)[:2], (old, new)


def test_that_the_shipped_codes_are_those_of_the_two_standards(resources, shared_data):
    import csv

    for edition, place in (("2017", 0), ("2011", 1)):
        with (shared_data / "codes" / f"gbt4754_{edition}.csv").open(encoding="utf-8-sig", newline="") as file:
            public = {row["code"][1:]: row["name"].strip() for row in csv.DictReader(file) if len(row["code"]) > 1}
        ours = {code: names[place] for code, names in resources.taxonomy.codes.items() if names[place]}
        assert ours == public


@pytest.mark.parametrize("line", ["26\t化学", "2x\t化学\t=", "26\t\t", "26\t一\t=\n26\t二\t="])
def test_that_a_bad_line_of_codes_is_refused_by_its_number(tmp_path, line):
    for name in ("industries.toml", "aliases.toml", "sizes.toml", "editions.toml"):
        (tmp_path / name).write_bytes((resources_folder() / "taxonomy" / name).read_bytes())
    (tmp_path / "codes.tsv").write_text(f"# codes\n{line}\n", "utf-8")
    with pytest.raises(ResourceError) as refused:
        read_taxonomy(tmp_path)
    assert refused.value.params["file"] == "codes.tsv"
