"""Small made-up page values in the shapes the core hands over."""

from __future__ import annotations

import numpy as np

from app.domain.brief import Brief, GridBlock, Heading, Paragraph, TableBlock
from app.domain.goals import Light
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.present.pages import values as v

PROVENANCE = Provenance("口径一", "普查 100 家", "不加权", "95% Wilson", "2026-06-30", "aiplus-2026", "示例")
WAVE = v.Chip("wave", "期", "2026", "2026", (("2026", "2026"), ("2025", "2025")))
SIZE = v.Chip("size", "规模", "", "全部", (("", "全部"), ("small", "小型")))
HEAD = v.Head("制造业达到 L2 的企业占 41%(36–46%)", "口径 · n = 100 · 2026-06-30", (WAVE, SIZE), ("第一句。", "第二句。"))


def released():
    def share(value):
        return Cell(CellStatus.SHOWN, "fraction", value, value - 0.05, value + 0.05, 40, "share|2026|C|L2")

    hidden = Cell(CellStatus.HIDDEN, "fraction")
    rows = (Row("C", "C 制造业", (share(0.41), hidden)), Row("F", "F 批发和零售业", (share(0.2), share(0.1))))
    return ReleasedTable("cross", ("小型", "大型"), rows, "n<5", 1)


def start(texts=None):
    steps = (
        v.Step("collect", "收表", "40 份表，2,400 家", True, "study.collect"),
        v.Step("readiness", "评估", "尚未评估", False, "study.assess"),
        v.Step("goals", "目标", "尚未对照", False, "study.goals"),
    )
    facts = (v.Fact("企业", "2,400"), v.Fact("达到 L2", "41%", "share|2026|*|L2+"))
    return v.StartPage(HEAD, (("/tmp/a.zhiheng", "甲县"),), facts, steps)


def collect():
    columns = (v.Column("severity", "程度", "severity"), v.Column("place", "位置"), v.Column("message", "说明"))
    data = (("错误", "警告", "提示"), ("甲.xlsx · 表1 · C7", "乙.xlsx · B2", "丙.csv"), ("不是数", "偏大", "重复"))
    findings = v.PageTable(columns, data, ("0", "1", "2"), ("error", "warning", "note"))
    kinds = v.PageTable((v.Column("title", "类型"), v.Column("n", "条数", "number")), (("不是数", "偏大"), (12, 3)), ("A", "B"))
    sources = v.PageTable((v.Column("name", "文件"), v.Column("rows", "行", "number")), (("甲.xlsx",), (120,)), ("abc",))
    return v.CollectPage(HEAD, (v.Fact("来源表", "40"),), sources, findings, kinds, ("城关镇",))


def firms(n=50):
    columns = (
        v.Column("name", "企业"),
        v.Column("township", "乡镇"),
        v.Column("level", "等级", "level"),
        v.Column("index", "指数", "score"),
        v.Column("revenue", "营业收入", "number", "万元"),
    )
    data = (
        tuple(f"企业{i:05d}有限公司" for i in range(n)),
        tuple(("城关镇", "河西乡")[i % 2] for i in range(n)),
        tuple(f"L{i % 5}" for i in range(n)),
        tuple(None if i % 7 == 0 else float(i % 100) for i in range(n)),
        tuple(float(i * 3) for i in range(n)),
    )
    return v.FirmsPage(HEAD, v.PageTable(columns, data, tuple(map(str, range(n))), tuple("" for _ in range(n))))


def readiness():
    return v.ReadinessPage(HEAD, None, (), (v.Fact("平均指数", "38"),), ("模型与基线相同，未采用。",))


def goals():
    card = v.GoalCard(
        "terminals-2027", "national", "普及率超过70%", "国发〔2025〕11号", "70%", "41%", "36–46%", "29 个百分点",
        "每年 20", "每年 9", Light.OFF_TRACK, "偏离", "即使按最快的速度也到不了。", ("替代口径",), "以企业占比代替", "goal|terminals-2027", "goal-t",
    )  # fmt: skip
    return v.GoalsPage(HEAD, (card,) * 4, None, (v.ChecklistGroup("六大行动", (("a", "人工智能+产业发展", True),)),))


def explore(n=80):
    rng = np.random.default_rng(1)
    x, y = rng.normal(3, 1, n), rng.uniform(0, 100, n)
    density, xe, ye = np.histogram2d(x, y, 20)
    scatter = v.Scatter(
        x, y, np.arange(n), tuple(f"L{i % 5}" for i in range(n)), v.Axis("营业收入（万元）", True), v.Axis("指数"),
        xe, ye, density.astype(np.int64), "3 家缺数，未画",
    )  # fmt: skip
    return v.ExplorePage(HEAD, scatter, released(), "行业 × 规模", ("注。",))


def brief():
    blocks = (
        Heading("一、总体情况"),
        Paragraph("全县 2,400 家企业。"),
        TableBlock("表1", released(), PROVENANCE, "行业"),
        GridBlock("表2", ("目标", "状态"), (("普及率", "偏离"),), "注"),
    )
    return v.BriefPage(
        HEAD, ((1, "一、总体情况", 0),), Brief("zh", "简报", "2026", "2026-11-23", "示范数据（虚构）", "abc", blocks)
    )


PAGES = {
    "start": start,
    "collect": collect,
    "firms": firms,
    "readiness": readiness,
    "goals": goals,
    "explore": explore,
    "brief": brief,
}
