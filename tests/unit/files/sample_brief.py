"""A small brief with every kind of block and figure, for the writers."""

from __future__ import annotations

from app.domain.brief import Brief, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.figure import Figure, FigureKind, Series, Target
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row

LEVELS = ("L0", "L1", "L2", "L3", "L4")
PROVENANCE = Provenance(
    "达到 L2 及以上的企业数 ÷ 已评级企业数",
    "普查，2,140 家",
    "不加权",
    "95% 威尔逊区间",
    "2026-06-30",
    "aiplus-2026 1.0",
    "本次调查",
    "",
    True,
)


def share(value, n, low=None, high=None, status=CellStatus.SHOWN):
    return Cell(status, "fraction", value, low, high, n)


def hidden():
    return Cell(CellStatus.HIDDEN, "fraction")


def levels_table():
    rows = []
    names = ("C 制造业", "I 信息传输、软件和信息技术服务业", "D 电力、热力、燃气及水生产和供应业", "=cmd|' /C calc'!A0")
    for k, name in enumerate(names):
        shares = (0.3 - 0.05 * k, 0.3, 0.2 + 0.05 * k, 0.15, 0.05)
        rows.append(Row(f"r{k}", name, tuple(share(v, 120 - 20 * k) for v in shares)))
    rows.append(Row("J", "J 金融业", tuple(hidden() for _ in LEVELS)))
    return ReleasedTable("levels", LEVELS, tuple(rows), "n5", 1)


def ranked_table():
    rows = [Row(f"r{k}", name, (share(0.6 - 0.1 * k, 80, 0.5 - 0.1 * k, 0.7 - 0.1 * k),)) for k, name in enumerate("甲乙丙")]
    return ReleasedTable("ranked", ("L2+",), tuple(rows), "n5", 0)


def heat_table():
    pillars = ("战略与组织", "数据", "人才")
    rows = [
        Row(f"r{k}", name, tuple(Cell(CellStatus.SHOWN, "score", 20.0 + 30 * k + 9 * j, n=50) for j in range(3)))
        for k, name in enumerate(("C 制造业", "I 软件业"))
    ]
    return ReleasedTable("heat", pillars, tuple(rows), "n5", 0)


def figure(kind, table, **more):
    return Figure(
        kind.value,
        kind,
        f"制造业达到 L2 的企业占 41%（{kind.value}）",
        "占已评级企业的比重",
        table,
        PROVENANCE,
        "替代文字",
        **more,
    )


def distribution_table():
    cells = tuple(share(v, 2140, v - 0.02, v + 0.02) for v in (0.3, 0.3, 0.25, 0.1, 0.05))
    return ReleasedTable("distribution", LEVELS, (Row("*", "全部", cells),), "n5", 0)


def trajectory():
    observed = Series("observed", "调查值", ((2025.5, 0.21, 0.19, 0.23), (2026.5, 0.34, 0.31, 0.37)))
    path = Series("path", "所需路径", ((2026.5, 0.34, None, None), (2028.0, 0.7, None, None)))
    fan = Series("fan", "外推", ((2026.5, 0.34, 0.31, 0.37), (2028.0, 0.52, 0.41, 0.63)))
    table = ReleasedTable("goal", ("普及率",), (Row("2026", "2026", (share(0.34, 2140, 0.31, 0.37),)),), "n5", 0)
    targets = (Target(2028.0, 0.7, "2027：超70%", "goal|N2027"), Target(2031.0, 0.9, "2030：超90%", "goal|N2030"))
    return figure(FigureKind.TRAJECTORY, table, series=(observed, path, fan), targets=targets)


def sample_brief(lang="zh"):
    blocks = (
        Heading("一、总体结论"),
        Paragraph("全县参评企业2,140家，达到 L2 及以上的占41%（95%区间36–46%），距“超70%”的目标尚差36个百分点。" * 2),
        Heading("（一）分行业", 2),
        FigureBlock(figure(FigureKind.LEVELS, levels_table())),
        FigureBlock(figure(FigureKind.RANKED, ranked_table())),
        FigureBlock(figure(FigureKind.HEAT, heat_table())),
        FigureBlock(figure(FigureKind.DISTRIBUTION, distribution_table())),
        FigureBlock(trajectory()),
        TableBlock("表1 各行业等级", levels_table(), PROVENANCE, "行业"),
        GridBlock(
            "目标进展", ("目标", "年份", "状态"), (("普及率超70%", "2027", "◇ 无法判断：只有一期数据"),), "注：口径为替代口径。"
        ),
    )
    title = "示范县“人工智能+”企业准备度简报"
    return Brief(lang, title, "2026年调查", "2026-11-23T08:00:00Z", "示范数据（虚构），不得引用", "ab" * 32, blocks)
