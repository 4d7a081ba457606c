"""The queue over the invented county's 2,400 firms: how many pairs are asked, and how many of them are truly one firm."""

import random

import pytest

from app.analysis.intake.combine import combine
from app.analysis.intake.credit_code import ALPHABET
from app.analysis.intake.pairs import firm_pairs
from app.domain.decisions import Guidance
from app.domain.instrument import Role
from app.files.demo_county.county import make_drafts, make_world
from tests.unit.analysis.intake.firm_tables import table


@pytest.fixture(scope="module")
def world(resources):
    return make_world(resources, 2026)[0]


def judged(parts, truth, resources):
    """Return pairs asked, those truly one firm, firms left apart, those of them not asked about, and ids of several firms."""
    whole, _ = combine(parts, None, Guidance(), resources.names)
    ids = whole.firms["firm"].tolist()
    firm_of, ids_of = {}, {}
    for id_, serial in zip(ids, truth, strict=True):
        firm_of.setdefault(id_, set()).add(serial)
        ids_of.setdefault(serial, set()).add(id_)
    apart = {serial for serial, found in ids_of.items() if len(found) > 1}
    asked = [question.subject.split("|") for question in firm_pairs(whole, Guidance(), resources.names)]
    right = [pair for pair in asked if firm_of[pair[0]] == firm_of[pair[1]]]
    found = {serial for one, _ in right for serial in firm_of[one]}
    return asked, right, apart, apart - found, [id_ for id_, serials in firm_of.items() if len(serials) > 1]


def test_that_over_the_forms_as_sent_the_queue_is_short_and_no_two_firms_become_one(world, resources):
    items = {role: world.instrument.with_role(role).code for role in (Role.NAME, Role.CREDIT_CODE)}
    parts, truth = [], []
    for number, draft in enumerate(make_drafts(world)):
        rows = [tuple(str(line.cells[items[role]].cell) for role in items) for line in draft.lines]
        town = world.plan.townships[draft.town].name
        parts.append(table([(*row, town) for row in rows], ("2025", "2026")[draft.wave], sha256=f"{number:064d}"))
        truth += [line.firm.serial for line in draft.lines]
    asked, right, apart, missed, merged = judged(parts, truth, resources)
    assert len(asked) < 30 and len(right) == len(asked)
    assert not merged and not missed and len(apart) <= 5


VARIANTS = (
    lambda name: name.replace("澄砚县", ""),
    lambda name: "江苏省" + name,
    lambda name: name.replace("有限责任公司", "有限公司").replace("有限公司", "股份有限公司"),
    lambda name: name.replace("有限责任公司", "").replace("有限公司", ""),
    lambda name: name[:6] + name[6:8][::-1] + name[8:],
    lambda name: name,
)
SPOILED = (
    lambda code, _: "",
    lambda code, chance: code[: (at := chance.randrange(18))] + chance.choice(ALPHABET) + code[at + 1 :],
    lambda code, chance: code[: (at := chance.randrange(17))] + code[at + 1] + code[at] + code[at + 2 :],
    lambda code, _: code[:14],
)


@pytest.mark.parametrize("coded", [True, False], ids=["codes in part wrong", "no codes at all"])
def test_that_firms_written_otherwise_in_the_second_wave_are_found_and_hardly_any_others_asked_about(coded, world, resources):
    chance = random.Random(11)
    towns = [place.name for place in world.plan.townships]
    first = [(firm.name, firm.code if coded else "", towns[firm.township]) for firm in world.firms]
    second = list(first)
    for at in chance.sample(range(len(first)), len(first) // 10):
        name, code, town = first[at]
        spoiled = chance.choice(SPOILED)(code, chance) if coded else ""
        second[at] = chance.choice(VARIANTS)(name), spoiled, town
    truth = [firm.serial for firm in world.firms] * 2
    asked, right, apart, missed, merged = judged([table(first), table(second, "2026", sha256="cd" * 32)], truth, resources)
    assert not merged and len(apart) > 100
    assert len(right) >= 0.98 * len(asked)  # 1.00 and 1.00 when measured
    assert len(missed) <= 0.15 * len(apart)
