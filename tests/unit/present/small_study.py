"""A small study made of values alone: two waves, five sectors, one of them too small to publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from app.analysis.estimate import profiles
from app.analysis.progress import track
from app.domain.assessment import TOTAL, Assessment, ClassifierReport
from app.domain.condition import Condition
from app.domain.findings import CellReference, Finding, FindingKind, Severity
from app.domain.goals import ChecklistEntry, Goal, GoalBook, GoalKind, Layer, Measure
from app.domain.instrument import Instrument, Item, ItemType, Option, Role
from app.domain.resources import Resources
from app.domain.responses import Block, Responses
from app.domain.rubric import Gate, LevelWords, Pillar, Rubric
from app.domain.study import Design, JournalEntry, Source, Study, Wave
from app.domain.taxonomy import Section, Taxonomy
from app.domain.words import Texts, Words
from app.files.resource_briefing import read_layouts, read_templates

ROOT = Path(__file__).resolve().parents[3]
BRIEFING = ROOT / "resources" / "briefing"
SECTORS = {
    "A": ("农、林、牧、渔业", "Agriculture, forestry, animal husbandry and fishery"),
    "B": ("采矿业", "Mining"),
    "C": ("制造业", "Manufacturing"),
    "F": ("批发和零售业", "Wholesale and retail trade"),
    "I": ("信息传输、软件和信息技术服务业", "Information transmission, software and IT services"),
    "J": ("金融业", "Financial intermediation"),
    "R": ("文化、体育和娱乐业", "Culture, sports and entertainment"),
}
PILLARS = {
    "strategy": ("战略与组织", "Strategy and organisation"),
    "data": ("数据", "Data"),
    "systems": ("基础设施与系统", "Infrastructure and systems"),
    "talent": ("人才", "Talent"),
    "application": ("应用深度", "Depth of application"),
    "governance": ("治理与安全", "Governance and security"),
    "outcomes": ("成效", "Outcomes"),
}
LEVELS = {
    "L0": ("未起步", "Not started", 0),
    "L1": ("认知试点", "Aware and piloting", 20),
    "L2": ("单点应用", "Single applications", 40),
    "L3": ("集成应用", "Integrated use", 60),
    "L4": ("智能原生", "AI-native", 80),
}
FIRMS = {"A": 12, "B": 3, "C": 60, "F": 40, "I": 25, "J": 7}
FRAME = {"A": 20, "B": 4, "C": 90, "F": 70, "I": 40, "J": 9, "R": 6}
READY = {"A": 12.0, "B": 30.0, "C": 44.0, "F": 30.0, "I": 62.0, "J": 52.0}


def _words(pair) -> Words:
    return Words(pair[0], pair[1])


def instrument() -> Instrument:
    yes_no = (Option("yes", Words("是", "Yes")), Option("no", Words("否", "No")), Option("planned", Words("计划中", "Planned")))
    items = (
        Item("name", ItemType.TEXT, Words("企业名称", "Firm name"), Words("企业名称", "Name of the firm"), role=Role.NAME),
        Item("industry", ItemType.INDUSTRY, Words("所属行业", "Industry"), Words("所属行业", "Industry"), role=Role.INDUSTRY),
        Item("people", ItemType.COUNT, Words("从业人数", "People employed"), Words("人数", "People"), "人", role=Role.EMPLOYEES),
        Item("revenue", ItemType.MONEY, Words("营业收入", "Revenue"), Words("收入", "Revenue"), "万元", role=Role.REVENUE),
        Item("agent", ItemType.YES_NO, Words("使用智能体", "Uses agents"), Words("是否使用", "In use?"), options=yes_no),
    )
    return Instrument("small", "1.0", Words("企业问卷", "Firm form"), "test", items, "small")


def rubric() -> Rubric:
    condition = Condition("answer", "agent", ("yes",))
    return Rubric(
        id="small",
        version="1.0",
        words=Words("七支柱", "Seven pillars"),
        source="test",
        pillars=tuple(Pillar(code, _words(words), 1.0) for code, words in PILLARS.items()),
        scores=(),
        gates=(Gate("in_use", "L2", condition, Words("没有在用的应用", "No application in use")),),
        levels=tuple(LevelWords(code, Words(zh, en), low, Words("", "")) for code, (zh, en, low) in LEVELS.items()),
    )


def goal_book() -> GoalBook:
    def goal(year: int, value: float | None, kind: GoalKind = GoalKind.RATE) -> Goal:
        return Goal(
            id=f"national-{year}",
            layer=Layer.STATE,
            kind=kind,
            year=year,
            operator=">" if value else "",
            value=value,
            unit="",
            words=Words(f"{year} 年的目标", f"The goal of {year}"),
            document="国发〔2025〕11号",
            issued="2025-08-21",
            scope=Words("全国", "National"),
            sections=(),
            measure="kpi" if value else "",
            proxy=Words("以使用智能体的企业占比代替。", "The share of firms using agents stands in for it."),
            source="国发〔2025〕11号",
            verify=year == 2030,
        )

    measure = Measure(
        "kpi", Words("使用智能体的企业 ÷ 作答企业", "Firms using agents ÷ firms that answered"),
        Condition("answer", "agent", ("yes",)), None, "firms", True, "test",
    )  # fmt: skip
    checklist = (
        ChecklistEntry("action_1", "action", Words("“人工智能+”科学技术", "AI+ science"), "国发〔2025〕11号", False),
        ChecklistEntry("item_1_1", "action_1", Words("加速科学发现进程", "Scientific discovery"), "国发〔2025〕11号", False),
        ChecklistEntry("support_1", "support", Words("提升模型基础能力", "Model capability"), "国发〔2025〕11号", True),
    )
    goals = (goal(2027, 0.7), goal(2030, 0.9), goal(2035, None, GoalKind.MILESTONE))
    return GoalBook("test", goals, (measure,), checklist)


@lru_cache(maxsize=1)
def all_words() -> Mapping[str, Words]:
    """Read every wording file of the program once, plus the keys other areas own and this study uses."""
    from app.files.resource_words import read_words

    found = dict(read_words(sorted((ROOT / "resources" / "locale").glob("*.toml"))))
    for name in ("met", "one_wave", "volunteers", "too_few", "no_trend", "milestone", "no_data", "no_number"):
        found.setdefault(f"light.reason.{name}", Words(f"原因：{name}", f"Reason: {name}"))
    for name in ("on_track", "at_risk", "off_track"):
        found.setdefault(f"light.reason.{name}", Words("按趋势推算。", "By the trend."))
    return MappingProxyType(found)


def resources() -> Resources:
    sections = {letter: Section(letter, _words(words), (), letter) for letter, words in SECTORS.items()}
    kinds = {
        "number.unit": FindingKind(
            "number.unit", Severity.WARNING, Words("单位不一致", "Unit differs"),
            Words("“{value}”按{unit}换算。", "“{value}” was read as {unit}."), Words("请核对单位。", "Check the unit."),
        ),
        "firm.repeat": FindingKind(
            "firm.repeat", Severity.ERROR, Words("重复填报", "Repeated"),
            Words("企业“{value}”重复。", "Firm “{value}” repeats."), Words("保留一份。", "Keep one."),
        ),
    }  # fmt: skip
    layouts = read_layouts(sorted((BRIEFING / "layouts").glob("*.toml")))
    templates = read_templates(sorted((BRIEFING / "templates").glob("*.toml")), layouts)
    taxonomy = Taxonomy(sections, {}, {}, ())
    return Resources(
        {"small": instrument()},
        {"small": rubric()},
        goal_book(),
        taxonomy,
        kinds,
        all_words(),
        templates=templates,
        layouts=layouts,
    )


def texts(lang) -> Texts:
    return Texts(lang, all_words())


def _wave_firms(wave: int, sectors: dict[str, int]) -> pd.DataFrame:
    rows = []
    for sector, n in sectors.items():
        for k in range(n):
            index = min(97.0, max(2.0, READY[sector] + 18.0 * np.sin(k * 2.4) + 9.0 * np.sin(k * 0.7) + 6.0 * wave))
            rows.append((sector, k, index))
    return pd.DataFrame(rows, columns=["sector", "k", "index"])


def responses(waves: dict[str, pd.DataFrame]) -> Responses:
    frame = pd.concat([firms.assign(wave=wave) for wave, firms in waves.items()], ignore_index=True)
    n = len(frame)
    place = np.arange(n)
    people = (20 + (frame["k"] * 37) % 400).astype("float64")
    agent = np.where(frame["index"] >= 47, "yes", np.where(frame["k"] % 9 == 4, "planned", "no")).astype(object)
    agent[frame["k"] % 11 == 10] = np.nan
    names = [f"{sector}企业{k:03d}" for sector, k in zip(frame["sector"], frame["k"], strict=True)]
    values = pd.DataFrame({
        "name": pd.Series(names, dtype="str"),
        "industry": pd.Series([SECTORS[sector][0] for sector in frame["sector"]], dtype="str"),
        "people": people,
        "revenue": (people * 120.0).where(frame["k"] % 5 != 3),
        "agent": pd.Categorical(agent),
    })  # fmt: skip
    originals = values.astype("object").where(values.notna(), np.nan).map(lambda v: v if v != v else str(v)).astype("category")
    sizes = np.array(["micro", "small", "medium", "large"])[np.minimum(3, (people // 110).astype(int))]
    firms = pd.DataFrame({
        "firm": pd.Series([f"{sector}{k:03d}" for sector, k in zip(frame["sector"], frame["k"], strict=True)], dtype="str"),
        "name": pd.Series(names, dtype="str"),
        "code": pd.Series([""] * n, dtype="str"),
        "code_valid": False,
        "sector": frame["sector"].astype("str"),
        "division": pd.Series([""] * n, dtype="str"),
        "size": pd.Series(sizes, dtype="str"),
        "township": pd.Series(np.where(frame["k"] % 3 == 0, "城关镇", "东风乡"), dtype="str"),
        "wave": frame["wave"].astype("str"),
        "counted": True,
    })  # fmt: skip
    cells = {code: (0, column + 1) for column, code in enumerate(values.columns)}
    blocks = tuple(Block(f"sha-{wave}", f"{wave}.xlsx", "调查表", wave, cells) for wave in waves)
    order = {wave: k for k, wave in enumerate(waves)}
    block = frame["wave"].map(order).astype("int64")
    row = 4 + frame.groupby("wave").cumcount()
    places = pd.DataFrame({"block": block, "row": row.astype("int64")})
    assert len(place) == len(places)
    return Responses(values, originals, firms, places, blocks)


def _assessment(answers: Responses, frame: pd.DataFrame, wave: Wave) -> Assessment:
    positions = np.flatnonzero(answers.firms["wave"] == wave.id)
    index = frame["index"].to_numpy().astype("float64").copy()
    blank = frame["k"].to_numpy() % 13 == 12
    index[blank] = np.nan
    cuts = [low for _, _, low in LEVELS.values()]
    codes = np.array(list(LEVELS))
    uncapped = np.where(blank, "", codes[np.searchsorted(cuts, np.nan_to_num(index), side="right") - 1])
    capped = (uncapped == "L2") & (answers.values["agent"].iloc[positions].astype("object") == "no").to_numpy()
    level = np.where(capped, "L1", uncapped)
    level = np.where(blank & (frame["k"].to_numpy() == 12), "L1", level)
    basis = np.where(blank, np.where(frame["k"].to_numpy() == 12, "model", "none"), "rubric")
    firms = pd.DataFrame({
        "position": positions,
        "firm": answers.firms["firm"].iloc[positions].to_numpy(),
        "sector": frame["sector"].to_numpy(),
        "wave": wave.id,
        "index": index,
        "level": level,
        "uncapped": uncapped,
        "gate": np.where(capped, "in_use", ""),
        "answered": np.where(blank, 0.4, 0.9),
        "basis": basis,
        "probability": np.where(basis == "model", 0.7, np.nan),
    })  # fmt: skip
    for place, code in enumerate(PILLARS):
        firms[f"p_{code}"] = np.clip(index + 12.0 * np.cos(place * 1.9) - 3.0 * place, 0, 100)
    for name in ("sector", "level", "gate", "basis"):  # as the program stores them
        firms[name] = pd.Categorical(firms[name].where(firms[name] != "") if name == "level" else firms[name])
    sectors, total = profiles(firms, wave, rubric())
    report = ClassifierReport(
        "logistic", "most_frequent", 130, 6, 3, 5, 0.71, 0.42, 0.66, (("L0", 20), ("L1", 60)), ("people",), 7
    )
    return Assessment(wave.id, "small", "1.0", firms, sectors, total, report)


def study(
    design: Design = Design.CENSUS, waves: tuple[str, ...] = ("2025", "2026"), sectors: dict[str, int] | None = None,
    synthetic: bool = False,
) -> Study:  # fmt: skip
    """Return the study; `sectors` gives the firms of each sector."""
    counts = sectors or FIRMS
    frame = {sector: max(FRAME[sector], counts.get(sector, 0)) for sector in {**counts, "R": 0}} if counts is FIRMS else {}
    values = tuple(Wave(wave, f"{wave}-06-30", design, frame) for wave in waves)
    frames = {wave: _wave_firms(int(wave) - 2025, counts) for wave in waves}
    answers = responses(frames)
    findings = (
        Finding("number.unit", Severity.WARNING, CellReference("2026.xlsx", "调查表", 5, 4), "2000万", (("unit", "万元"),)),
        Finding("number.unit", Severity.WARNING, CellReference("2026.xlsx", "调查表", 9, 4), "3千万", (("unit", "万元"),)),
        Finding("firm.repeat", Severity.ERROR, CellReference("2025.xlsx", "调查表", 7), "C企业003"),
    )
    sources = tuple(Source(f"sha-{w}", f"{w}.xlsx", 1000, w, "calamine", "read", len(frames[w]), 5, 1) for w in waves)
    return Study(
        name="示例县",
        instrument=instrument(),
        rubric=rubric(),
        waves=values,
        sources=sources,
        responses=answers,
        findings=findings,
        assessments=tuple(_assessment(answers, frames[wave.id], wave) for wave in values),
        progress=track(goal_book(), answers, instrument(), values, "2026-12-31"),
        journal=(JournalEntry(1, "2026-07-01T08:00:00", "new", "{}", "{}", "ab" * 32),),
        synthetic=synthetic,
    )


def many_sectors(n: int) -> Study:
    """Return a one-wave study of `n` sectors with the longest names there are."""
    letters = [chr(65 + k) for k in range(n)]
    for letter in letters:
        SECTORS.setdefault(
            letter, ("水利、环境和公共设施管理业", "Management of water conservancy, environment and public facilities")
        )
        READY.setdefault(letter, 25.0 + 2.0 * (ord(letter) - 65))
    return study(waves=("2026",), sectors={letter: 6 + 3 * k for k, letter in enumerate(letters)})


def ladder_study() -> Study:
    """Return a study whose form states the level itself: own industry list, no pillars, no index, one wave of volunteers."""
    plain = study(Design.VOLUNTEER, ("2026",))
    options = tuple(Option(code, Words(f"{code}行业", f"Industry {code}")) for code in FIRMS)
    items = [item for item in plain.instrument.items if item.role is not Role.EMPLOYEES]
    items = [replace(item, options=options) if item.role is Role.INDUSTRY else item for item in items]
    bare = replace(rubric(), pillars=(), gates=(), ladder_item="agent", ladder=(("no", "L0"), ("yes", "L2")))
    firms = plain.assessments[0].firms.drop(columns=[f"p_{code}" for code in PILLARS]).assign(index=np.nan)
    sectors, total = profiles(firms, plain.waves[0], bare)
    assessment = replace(plain.assessments[0], firms=firms, sectors=sectors, total=total, classifier=None)
    form = replace(plain.instrument, items=tuple(items))
    return replace(plain, instrument=form, rubric=bare, assessments=(assessment,), progress=())


assert TOTAL not in SECTORS
