"""A figure of every kind that becomes a native chart, with a hidden row, a lit row and intervals where the kind has some."""

from __future__ import annotations

from dataclasses import replace

from app.domain.figure import Figure, FigureKind, Flag, Said, Series, Target
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from tests.unit.files.sample_brief import figure, hidden, levels_table, trajectory

SHOWN = CellStatus.SHOWN
NAMES = ("C 制造业", "I 信息传输、软件和信息技术服务业", "D 电力、热力、燃气及水生产和供应业", "A 农、林、牧、渔业")


def cell(value, low=None, high=None, unit="fraction", n=120):
    return Cell(SHOWN, unit, value, low, high, n)


def table(columns, rows, total=""):
    held = [Row(key, label, tuple(cells)) for key, label, cells in rows]
    return ReleasedTable("t", tuple(columns), tuple(held), "n5", 0, total)


def ranked() -> Figure:
    rows = [("*", "全部企业", [cell(0.34567, 0.31234, 0.37891)])]
    rows += [(name[0], name, [cell(0.61 - 0.1 * k, 0.5 - 0.1 * k, 0.7 - 0.1 * k)]) for k, name in enumerate(NAMES)]
    rows += [("J", "J 金融业", [hidden()])]
    return replace(figure(FigureKind.RANKED, table(["L2 及以上"], rows, "*")), chosen="I")


def balance() -> Figure:
    rows = [
        (
            name[0],
            name,
            [cell(-1.5 - k, -2.0 - k, -1.0 - k, "pp"), cell(1.0, 0.5, 1.5, "pp"), cell(-0.5 - k, -1.0 - k, 0.2, "pp")],
        )
        for k, name in enumerate(NAMES)
    ]
    rows += [("J", "J 金融业", [Cell(CellStatus.HIDDEN, "pp")] * 3)]
    return figure(FigureKind.BALANCE, table(["减少岗位", "新增岗位", "净增减"], rows))


def parts() -> Figure:
    rows = [(name, name, [cell(0.3, n=None), cell(0.5, n=None)]) for name in ("合成方式", "去掉一题")]
    return figure(FigureKind.PARTS, table(["单独", "连同相互作用"], rows))


def bullet() -> Figure:
    rows = [("g1", "普及率 · 国家目标2027年", [cell(0.34, 0.33, 0.35), cell(0.7, n=None)])]
    rows += [("g2", "应用率 · 县级目标2027年", [cell(0.55, 0.5, 0.6), cell(0.5, n=None)])]
    said = (Said("g1", "进度滞后", 2, ""), Said("g2", "进度正常", 0, ""))
    return replace(figure(FigureKind.BULLET, table(["实测值", "目标值"], rows)), said=said)


def steps(*values: float) -> Figure:
    given = values or (4.1, -6.3, 1.2)
    rows = [(f"p{k}", f"部分{k}", [cell(value, value - 1, value + 1, "pp")]) for k, value in enumerate(given)]
    rows += [("total", "合计变化", [cell(sum(given), unit="pp")])]
    return figure(FigureKind.STEPS, table(["变化（百分点）"], rows))


def slope() -> Figure:
    rows = [("*", "全部企业", [cell(0.24, 0.23, 0.25), cell(0.44, 0.43, 0.45)])]
    rows += [(name[0], name, [cell(0.1 + 0.2 * k), cell(0.2 + 0.19 * k)]) for k, name in enumerate(NAMES)]
    rows += [("J", "J 金融业", [hidden(), hidden()])]
    said = tuple(Said(row[0], "", way, "") for row, way in zip(rows, (1, 1, 0, -1, 1, -2), strict=True))
    return replace(figure(FigureKind.SLOPE, table(["2025期", "2026期"], rows, "*")), said=said)


def spans() -> Figure:
    rows = [
        ("now", "现状（2026期）", [cell(0.34, 0.33, 0.35), cell(0.36)]),
        ("s", "情景：小企业专项", [cell(0.45, 0.41, 0.49), cell(0.4)]),
    ]
    rows += [("h", "不公布", [hidden(), hidden()])]
    targets = (Target(2028.0, 0.65, "2027年不低于65%", "goal|x"),)
    return replace(figure(FigureKind.SPANS, table(["占比", "去年"], rows)), targets=targets)


def ranks() -> Figure:
    rows = [(name[0], name, [Cell(SHOWN, "rank", k + 1.0, max(1.0, float(k)), k + 2.0, 50)]) for k, name in enumerate(NAMES)]
    return figure(FigureKind.RANKS, table(["可能的名次"], rows))


def quadrant() -> Figure:
    columns = ["暴露度", "控制力", "企业数", "a", "b", "c", "d", "未知"]
    places = ((35.0, 40.0), (20.0, 80.0), (21.0, 40.0), (22.0, 41.0))
    rows = [("*", "全部企业", [cell(25.0, unit="score"), cell(55.0, unit="score"), *(cell(9.0, unit="count") for _ in range(6))])]
    rows += [
        (name[0], name, [cell(x, unit="score"), cell(y, unit="score"), *(cell(9.0, unit="count") for _ in range(6))])
        for name, (x, y) in zip(NAMES, places, strict=True)
    ]
    rows += [("J", "J 金融业", [Cell(CellStatus.HIDDEN, "score")] * 8)]
    said = tuple(
        Said(name[0], text, level, "")
        for name, (text, level) in zip(NAMES, (("管住", 0), ("保持", 3), ("补制度", 2), ("补制度", 2)), strict=True)
    )
    made = figure(FigureKind.QUADRANT, table(columns, rows, "*"), series=(Series("divide", "", ((30.0, 70.0, None, None),)),))
    return replace(made, said=said)


def scatter() -> Figure:
    rows = [("*", "全部企业", [cell(34.0, 33.0, 35.0, "score"), cell(0.34, 0.33, 0.35), cell(120.0, unit="count")])]
    rows += [
        (
            name[0],
            name,
            [
                cell(20.0 + 9 * k, 18.0 + 9 * k, 22.0 + 9 * k, "score"),
                cell(0.1 + 0.2 * k, 0.05 + 0.2 * k, 0.15 + 0.2 * k),
                cell(30.0, unit="count"),
            ],
        )
        for k, name in enumerate(NAMES)
    ]
    return figure(FigureKind.SCATTER, table(["平均指数", "普及率", "企业数"], rows, "*"))


def calibration() -> Figure:
    rows = [
        (f"{side}-{k}", {"before": "校准前", "after": "校准后"}[side], [cell(0.2 * k), cell(0.18 * k + 0.01)])
        for side in ("before", "after")
        for k in range(1, 5)
    ]
    return figure(FigureKind.CALIBRATION, table(["说的把握", "实际达到的占比"], rows))


def distribution() -> Figure:
    cells = tuple(cell(value, value - 0.02, value + 0.02) for value in (0.3, 0.3, 0.25, 0.1, 0.05))
    return figure(FigureKind.DISTRIBUTION, table(["L0", "L1", "L2", "L3", "L4"], [("*", "全部", cells)]))


def broken_trajectory() -> Figure:
    return replace(trajectory(), flags=(Flag("break", 2026.0, "2026期：改用新口径", ""),))


ALL = {
    "levels": lambda: figure(FigureKind.LEVELS, levels_table()),
    "ranked": ranked,
    "balance": balance,
    "parts": parts,
    "bullet": bullet,
    "steps": steps,
    "slope": slope,
    "spans": spans,
    "ranks": ranks,
    "quadrant": quadrant,
    "scatter": scatter,
    "calibration": calibration,
    "distribution": distribution,
    "trajectory": broken_trajectory,
}
