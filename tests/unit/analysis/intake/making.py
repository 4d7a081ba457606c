"""Sheets, instruments and workbooks made in a line, for the tests of intake."""

import numpy as np

from app.analysis.intake import combine, intake_workbook
from app.analysis.intake.distinct import Distinct
from app.domain.decisions import Decision, Guidance
from app.domain.instrument import Instrument, Item, ItemType, Option, Role
from app.domain.sheet import CellKind, RawColumn, RawSheet, RawWorkbook
from app.domain.taxonomy import Section, SizeRule, Taxonomy
from app.domain.words import Words


def kind_of(value):
    if value is None or value == "":
        return "", CellKind.EMPTY
    if isinstance(value, bool):
        return str(value), CellKind.BOOLEAN
    if isinstance(value, int | float):
        return (str(int(value)) if float(value).is_integer() else repr(value)), CellKind.NUMBER
    return str(value), CellKind.ERROR if str(value).startswith("#REF") else CellKind.TEXT


def column_of(values):
    table = {("", CellKind.EMPTY): 0}
    codes = [table.setdefault(kind_of(value), len(table)) for value in values]
    return RawColumn(np.array(codes, dtype=np.int32), tuple(t for t, _ in table), tuple(k for _, k in table))


def sheet_of(rows, name="Sheet1", merges=(), hidden=False, **rest):
    width = max((len(row) for row in rows), default=0)
    columns = tuple(column_of([row[place] if place < len(row) else "" for row in rows]) for place in range(width))
    return RawSheet(name, len(rows), columns, tuple(merges), hidden, **rest)


def workbook_of(*sheets, name="表.xlsx", sha256="ab" * 32):
    return RawWorkbook(name, sha256, 1, tuple(sheets), "test")


def distinct_of(*values):
    pairs = [kind_of(value) for value in values]
    texts, kinds = tuple(text for text, _ in pairs), tuple(kind for _, kind in pairs)
    return Distinct(texts, kinds, np.arange(len(pairs), dtype=np.int32), np.ones(len(pairs), dtype=np.int64))


def words(zh, en=""):
    return Words(zh, en or f"{zh} (en)")


def option(code, zh, *synonyms, exclusive=False):
    return Option(code, words(zh), synonyms, exclusive)


def item(code, kind, zh, role=None, options=(), **rest):
    return Item(code, kind, words(zh), words(rest.pop("question", zh + "？")), role=role, options=tuple(options), **rest)


TECHNOLOGIES = (
    option("ml", "机器学习"),
    option("nlp", "自然语言处理、语音识别"),
    option("cv", "图像识别", "机器视觉"),
    option("rpa", "流程自动化"),
    option("other", "其他"),
    option("none", "无", exclusive=True),
)
STEPS = (option("L0", "未起步"), option("L1", "试点"), option("L2", "单点应用"), option("L3", "集成应用"))

INSTRUMENT = Instrument(
    id="small",
    version="1",
    words=words("小问卷"),
    source="test",
    items=(
        item("N1", ItemType.TEXT, "企业名称", Role.NAME, synonyms=("单位名称",)),
        item("N2", ItemType.CODE, "统一社会信用代码", Role.CREDIT_CODE, synonyms=("信用代码",)),
        item("N3", ItemType.INDUSTRY, "所属行业", Role.INDUSTRY, synonyms=("行业",)),
        item("N4", ItemType.TEXT, "所在乡镇", Role.TOWNSHIP, synonyms=("镇街", "所属镇街")),
        item(
            "N5",
            ItemType.COUNT,
            "从业人员期末人数",
            Role.EMPLOYEES,
            unit="人",
            low=0,
            high=300000,
            synonyms=("从业人员", "期末人数"),
        ),
        item("N6", ItemType.MONEY, "营业收入", Role.REVENUE, unit="万元", low=0, synonyms=("年营收",)),
        item("A1", ItemType.YES_NO, "是否使用智能体", question="生产经营中是否使用智能体", synonyms=("使用智能体",)),
        item("A2", ItemType.COUNT, "智能体数量", unit="个", low=0),
        item("T1", ItemType.MULTI, "应用的技术", options=TECHNOLOGIES, synonyms=("人工智能技术",)),
        item("L1", ItemType.LADDER, "应用水平", Role.LEVEL, options=STEPS),
        item("R2", ItemType.PERCENT, "培训覆盖率", unit="%", low=0, high=1),
        item("R3", ItemType.COUNT, "参加培训人数", unit="人", low=0),
    ),
)

TAXONOMY = Taxonomy(
    sections={
        "C": Section("C", words("制造业", "Manufacturing"), ("26", "27", "36"), "C"),
        "F": Section("F", words("批发和零售业"), ("51", "52"), "G"),
        "A": Section("A", words("农、林、牧、渔业"), ("01", "02"), "A"),
    },
    divisions={
        "26": words("化学原料和化学制品制造业"),
        "27": words("医药制造业"),
        "36": words("汽车制造业"),
        "51": words("批发业"),
        "52": words("零售业"),
        "01": words("农业"),
        "02": words("林业"),
    },
    aliases={"化工": "26", "生物医药": "27"},
    size_rules=(
        SizeRule("工业", ("26", "27", "36"), {"X": (1000, 300, 20), "Y": (40000, 2000, 300)}, "test"),
        SizeRule("农业", ("01", "02"), {"Y": (20000, 500, 50)}, "test"),
        SizeRule("批发业", ("51",), {"X": (200, 20, 5), "Y": (40000, 5000, 1000)}, "test"),
    ),
)

HEADER = [
    "企业名称",
    "统一社会信用代码",
    "所属行业",
    "从业人员",
    "营业收入（万元）",
    "是否使用智能体",
    "应用的技术",
    "应用水平",
    "培训覆盖率",
]
CODES = ("91350100M000100Y43", "91110000600037341L", "91440300708461136T")
FIRMS = [
    ["甲化工有限公司", CODES[0], "化工", 350, 2500, "是", "机器学习、图像识别", "单点应用", "35%"],
    ["乙制药有限公司", CODES[1], "C27", 25, 400, "计划中", "无", "未起步", "三成"],
    ["丙商贸有限公司", CODES[2], "批发业", 6, 1200, "", "其他：自研", "试点", ""],
]


def read(*sheets, instrument=INSTRUMENT, guidance=None):
    return intake_workbook(workbook_of(*sheets), instrument, TAXONOMY, guidance or Guidance())


def decided(*decisions, corrections=()):
    return Guidance(tuple(Decision(*each) for each in decisions), tuple(corrections))


def only(intake):
    """Return the one table of an intake."""
    (sheet,) = [sheet for sheet in intake.sheets if sheet.mapping is not None]
    return sheet


def codes(intake):
    return [finding.code for sheet in intake.sheets for finding in sheet.findings]


def answers(responses, code):
    return [None if value != value else value for value in responses.values[code].tolist()]


def together(*parts, earlier=None):
    return combine(parts, earlier)
