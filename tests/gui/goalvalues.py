"""Small made-up values of the goals page."""

from __future__ import annotations

from app.domain.figure import Figure, FigureKind
from app.domain.release import ReleasedTable
from app.domain.wall import Band, Bullet, Count, Part, Tile, Wall
from app.present.pages import goals_values as g
from app.present.pages import values as v
from tests.gui.pagevalues import HEAD, PROVENANCE


def tile(goal, light, **more):
    link = Part("国发〔2025〕11号", f"progress|{goal}|document", "文件依据")
    value = Part("41%", f"progress|{goal}|value", "普及率41%")
    head = Part("进度滞后", f"progress|{goal}|light", "进度滞后")
    words = Part("普及率超过70%", f"goal|{goal}", "普及率超过70%")
    return Tile(goal, "state", 2027, light, head, words, link, Part("目标：70%", f"progress|{goal}|document"), value, **more)


def wall():
    gap = Part("29个百分点", "progress|terminals-2027|gap", "还差29个百分点", "差距")
    bullet = Bullet(0.41, 0.36, 0.46, 0.7, "progress|terminals-2027|fan", "实测41%")
    tiles = (tile("terminals-2027", "off_track", numbers=(gap,), bullet=bullet, measured=True), tile("words-2027", "unknown"))
    counts = (Count("off_track", "进度滞后", 1), Count("unknown", "未知", 1))
    made = Wall(
        ((2027, "2027年底前"),), (Band("state", "国家 · 2项", counts),), tiles, (("off_track", "进度滞后"),), ("横条为实测值。",)
    )
    table = ReleasedTable("wall", ("实测值",), (), "n<5", 0)
    return Figure("wall", FigureKind.WALL, HEAD.headline, "", table, PROVENANCE, "目标墙", wall=made)


def checklist():
    record = g.Record("under_way", "推进中", "县政办发〔2026〕12号", "已确定3家", "李敏 · 2026年6月1日")
    items = (
        g.ChecklistItem("item_1", "推进工业全要素智能化发展", "under_way", "推进中", record.by, (record,)),
        g.ChecklistItem("item_2", "加快农业数智化转型升级", "unknown", "未知", "", verify="待核对"),
    )
    counts = (("under_way", "推进中", 1), ("unknown", "未知", 1))
    states = tuple((state, word, word) for state, word in (("done", "已落实"), ("under_way", "推进中"), ("unknown", "未知")))
    return g.Checklist("2项中推进中1项", (g.ChecklistGroup("action_2", "产业发展", "", counts, items),), states, "说明")


def goal_book():
    columns = (v.Column("goal", "目标", "prose"), v.Column("layer", "层级"))
    table = v.PageTable(columns, (("普及率超过70%", "普及率超过60%"), ("国家", "县级")), ("terminals-2027", "county-2027"))
    clash = g.Clash("县级目标低于国家", ("terminals-2027", "国家：70%"), ("county-2027", "县级：60%"))
    return g.BookView("2项目标", table, (clash,), (("county", "县级"),), ("说明",))


def goals():
    return g.GoalsPage(HEAD, wall(), checklist(), goal_book())
