"""Small made-up page values in the shapes the core hands over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.domain.brief import Brief, GridBlock, Heading, Paragraph, TableBlock
from app.domain.findings import CellReference
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.present.coverage import Coverage, CoverageCell, CoverageFile, CoverageRow
from app.present.pages import collect_values as c
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


def coverage():
    def row(sender, state, rows, errors=0, warnings=0, questions=0):
        file = CoverageFile(f"{sender}2026.xlsx", state, rows, errors, warnings, questions, f"sha-{sender}")
        return CoverageRow(sender, (CoverageCell((file,), True),))

    silent = CoverageRow("东风乡", (CoverageCell((), True),))
    return Coverage(("2026",), 0, (row("城关镇", "read", 120, 3, 1, 1), row("河西乡", "refused", 0), silent))


def cards(n=4):
    place = CellReference("甲.xlsx", "表1", 5, 7)
    choices = (c.Choice("元", "元"), c.Choice("万元", "万元"))
    return tuple(
        c.QuestionCard(
            f"q{i}", "unit", f"第{i}个问题？", "为什么要问。", (c.Example(place, "甲.xlsx · 表1", "G5"),), choices,
            "暂按万元。", "关系到12个答案", 12, 1, (*choices, c.Choice("亿元", "亿元")),
        )
        for i in range(n)
    )  # fmt: skip


def pairs(n=2):
    left = c.FirmSide("东河造纸有限公司", (("信用代码", "1", True),), CellReference("甲.xlsx", "表1", 5, 2))
    right = c.FirmSide("东河造纸有限责任公司", (("信用代码", "2", True),), None)
    choices = (c.Choice("same", "是同一家", "合并"), c.Choice("different", "不是同一家", "照旧"))
    return tuple(c.FirmPair(f"p{i}", left, right, "组织形式不同", "相近程度93%", choices, "暂按两家。") for i in range(n))


def revision():
    rows = (
        c.RevisionRow(1, "changed", "东河造纸厂", "第5行", (("从业人数", "120", "128"), ("营业收入", "1", "2"))),
        c.RevisionRow(2, "new", "西河机械厂", "第6行", (("", "", "共9项答案"),)),
        c.RevisionRow(3, "vanished", "南山软件公司", "第7行", (("", "共9项答案", ""),)),
    )
    return c.RevisionView("甲-更正.xlsx", "改动1家", "其余没有变化", rows, 90)


def collect():
    columns = (
        v.Column("problem", "问题"),
        v.Column("severity", "程度", "severity"),
        v.Column("file", "文件"),
        v.Column("place", "位置", "place"),
        v.Column("message", "说明"),
    )
    data = (
        ("不是数", "偏大", "重复"),
        ("错误", "警告", "提示"),
        ("甲.xlsx", "乙.xlsx", "丙.csv"),
        ("表1 C7", "B2", ""),
        ("不是数", "偏大", "重复"),
    )
    findings = v.PageTable(columns, data, ("0", "1", "2"), ("error", "warning", "note"))
    kinds = v.PageTable((v.Column("title", "类型"), v.Column("n", "条数", "number")), (("不是数", "偏大"), (12, 3)), ("A", "B"))
    sources = v.PageTable((v.Column("name", "文件"), v.Column("rows", "行", "number")), (("甲.xlsx",), (120,)), ("abc",))
    revised = (c.Revised("甲-更正.xlsx", "“甲-更正”似乎是“甲”的更正表"),)
    page = v.CollectPage(HEAD, (v.Fact("来源表", "40"),), sources, findings, kinds, ("城关镇",))
    return replace(page, coverage=coverage(), questions=cards(), pairs=pairs(), revised=revised)


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
    from tests.gui import goalvalues

    return goalvalues.goals()


def explore(n=80):
    rng = np.random.default_rng(1)
    x, y = rng.normal(3, 1, n), rng.uniform(0, 100, n)
    density, xe, ye = np.histogram2d(x, y, 20)
    scatter = v.Scatter(
        x, y, np.arange(n), tuple(f"L{i % 5}" for i in range(n)), v.Axis("营业收入（万元）", True), v.Axis("指数"),
        xe, ye, density.astype(np.int64), "3 家缺数，未画",
    )  # fmt: skip
    return v.ExplorePage(HEAD, scatter, released(), "行业 × 规模", ("注。",))


def brief_value():
    blocks = (
        Heading("一、总体情况"),
        Paragraph("全县 2,400 家企业。"),
        TableBlock("表1", released(), PROVENANCE, "行业"),
        GridBlock("表2", ("目标", "状态"), (("普及率", "偏离"),), "注"),
    )
    return Brief("zh", "简报", "2026", "2026-11-23", "示范数据（虚构）", "abc", blocks)


def brief():
    from app.present.pages.brief_values import BriefPage, SectionChoice

    chips = (
        v.Chip(
            "template", "模板", "official", "公文简报", (("official", "公文简报"), ("deck", "幻灯片"), ("own", "用自己的文件…"))
        ),
        v.Chip("scope", "范围", "", "全部企业", (("", "全部企业"), ("township:城关镇", "城关镇"))),
        v.Chip("lang", "文字", "zh", "中文", (("zh", "中文"), ("en", "英文"))),
    )
    sections = (
        SectionChoice("summary", "总体结论", True),
        SectionChoice("goals", "目标进展", True),
        SectionChoice("watch", "智能体", False, False, "只在全部企业的简报中有"),
    )
    return BriefPage(HEAD, chips, sections, (".docx", ".pdf"), "草稿，未经核稿")


PAGES = {
    "start": start,
    "collect": collect,
    "firms": firms,
    "readiness": readiness,
    "goals": goals,
    "explore": explore,
    "brief": brief,
}


def figure(kind, rows, columns):
    from app.domain.figure import Figure

    table = ReleasedTable("t", columns, rows, "n<5", 0)
    return Figure("f", kind, "图的发现", "n = 100", table, PROVENANCE, "图")


def classifier():
    from app.domain.figure import FigureKind
    from app.present.pages.classifier_values import CardSection, ClassifierPage, Part

    def part(title, *columns):
        heads = tuple(v.Column(name, name, "number" if k else "text") for k, name in enumerate(columns))
        return Part(
            title, v.PageTable(heads, (("甲", "乙"), *((("0.76", "0.61"),) * (len(columns) - 1))), ("a", "b")), "怎么读。"
        )

    def count(value):
        return Cell(CellStatus.SHOWN, "count", value, n=int(value))

    def pair(key, chance, share):
        return Row(key, "校准后", tuple(Cell(CellStatus.SHOWN, "fraction", x, n=40) for x in (chance, share)))

    rows = (Row("L0", "L0", (count(30.0), count(8.0), count(38.0))), Row("L1", "L1", (count(6.0), count(40.0), count(46.0))))
    return ClassifierPage(
        HEAD,
        (v.Fact("一致性", "0.76"),),
        ("一项答案单独就能推出等级。",),
        part("模型与基准并排", "model", "kappa", "rps"),
        "为什么采用甲。",
        part("学自哪些等级", "level", "n"),
        figure(FigureKind.CALIBRATION, (pair("after-0", 0.2, 0.22), pair("after-1", 0.8, 0.78)), ("把握", "实际")),
        figure(FigureKind.CONFUSION, rows, ("L0", "L1", "合计")),
        part("等级集合", "level", "coverage"),
        part("分组误差", "group", "bias"),
        part("漂移", "feature", "psi"),
        (CardSection("用途", ("辅助定级。",)), CardSection("限制", ("不可用于处罚。",))),
        True,
    )


def visits():
    from app.present.pages import visits_values as w

    columns = (
        v.Column("order", "序", "number"),
        v.Column("township", "乡镇"),
        v.Column("name", "企业"),
        v.Column("why", "为什么"),
    )
    data = ((1, 2, 3), ("城关镇", "城关镇", "河西乡"), ("甲厂", "乙厂", "丙厂"), ("很拿不准（91%）",) * 3)
    listed = w.VisitListView("v1", "走访名单：3家", "按乡镇排列。", v.PageTable(columns, data, ("4", "5", "")))
    heads = (v.Column("name", "企业"), v.Column("state", "用途", "severity"))
    labels = v.PageTable(heads, (("甲厂", "无此厂"), ("已用于学习", "本期没有这家企业")), ("4", ""), ("", "error"))
    sides = (
        w.Side("王敏", "L2 单点应用", "2026年9月1日", "排产每天在用。", "照片", ""),
        w.Side("李强", "L3 集成应用", "2026年9月8日", "车间打通。", "", "表.xlsx"),
    )
    disagreement = w.Disagreement("4", "2026", "甲厂@城关镇", "甲厂", "C 制造业", "评分规则L1", sides)
    levels = (w.LevelChoice("L1", "L1 试点", "试过。"), w.LevelChoice("L2", "L2 单点应用", "至少一个环节日常在用。"))
    return w.VisitsPage(
        HEAD, "2026", "", (v.Fact("已走访", "9 / 24"),), w.DrawForm(40, 120, "还有120家可抽。"), listed, labels,
        "评估人之间看法一致。", (disagreement,), v.PageTable(heads, ((), ()), ()), levels, ("甲厂", "乙厂"),
    )  # fmt: skip


PAGES |= {"classifier": classifier, "visits": visits}


def moves(headline="2个行业中1个名次变动"):
    from app.domain.figure import Figure, FigureKind
    from app.present.pages import weights_values as w

    def cell(unit, value):
        return Cell(CellStatus.SHOWN, unit, value, n=40)

    rows = (
        Row("I", "I 信息业", (cell("rank", 2.0), cell("rank", 1.0), cell("score", 40.0), cell("score", 52.0))),
        Row("C", "C 制造业", (cell("rank", 1.0), cell("rank", 2.0), cell("score", 44.0), cell("score", 41.0))),
    )
    table = ReleasedTable("moves", ("现在名次", "改后名次", "现在指数", "改后指数"), rows, "n<5", 0)
    return w.Moves(headline, Figure("moves", FigureKind.MOVES, headline, "", table, PROVENANCE, headline))


def weights():
    from app.present.pages import weights_values as w
    from app.present.pages.section import Listing, Passage, Section

    pillars = tuple(
        w.PillarWeight(code, name, weight, 25.0)
        for code, name, weight in (("data", "数据", 25.0), ("talent", "人才", 25.0), ("use", "应用深度", 50.0))
    )
    ways = (w.Way("arithmetic", "算术平均：强弱互补", "互补。"), w.Way("geometric", "几何平均：弱项拉低", "拉低。"))
    log = v.PageTable(
        (v.Column("factor", "选择"), v.Column("how", "怎样换", "prose")), (("权重",), ("上下浮动。",)), ("weights",)
    )
    robustness = Section("换用1,000组其他选择，78%的企业等级不变", ((Listing("robust.log", "换了什么", log),),), ("第一句。",))
    coherence = Section("2个支柱内部一致", ((Passage("coherence.flags", "需留意", ("• 甲与乙几乎同答。",)),),))
    heads = (v.Column("state", "状态"), v.Column("weights", "权重", "prose"))
    versions = v.PageTable(heads, (("● 现用", "", ""), ("应用50%", "各33%", "规则自带")), ("W2", "W1", "rubric"))
    return w.WeightsPage(
        HEAD, w.Editor(pillars, ways, "arithmetic", moves()), robustness, coherence, versions, "W2", 1
    )  # fmt: skip


def readiness_views():
    from app.present.pages import readiness_values as r
    from app.present.pages.section import Listing, Passage, Section

    heads = (v.Column("sector", "行业"), v.Column("verdict", "结论", "level"))
    comparisons = v.PageTable(
        heads, (("C 制造业", "F 批发业"), ("▲ 较高", "◇ 无法判断")), ("estimate|2026|C|L2+", "estimate|2026|F|L2+")
    )
    cards = tuple(
        r.NativeCard(str(k), f"企业{k}", "I 信息业、L4", state, word, ("核心产品就是人工智能",), ("设有团队",), (("占比", "六成"),), "2026", f"企业{k}@城关镇")
        for k, (state, word) in enumerate((("candidate", "◇ 待确认"), ("confirmed", "● 已确认")))
    )  # fmt: skip
    table = v.PageTable(
        (v.Column("name", "企业"), v.Column("state", "状态")), (("企业0", "企业1"), ("◇ 待确认", "● 已确认")), ("0", "1")
    )
    return r.ReadinessViews(
        levels=Section("各等级占比"),
        ranking=Section("1个较高，1个无法判断", ((Listing("comparisons", "与其余相比", comparisons, opens=True),),)),
        changes=Section("本期没有与上期比较", step=v.NextStep("study.assess", "重新评估")),
        natives=r.NativesView("2家符合条件", ("规则。",), table, cards),
        kinds=Section("没有稳定的类型", ((Passage("types", "探索性类型", ("类型不稳定。",)),),)),
    )


def readiness_whole():
    return replace(readiness(), views=readiness_views())


PAGES |= {"weights": weights}


def supposed(lines=()):
    from app.domain.figure import Figure, FigureKind, Target
    from app.present.pages.scenarios_values import Supposed
    from app.present.pages.section import Listing, Passage, Section

    def share(value):
        return Cell(CellStatus.SHOWN, "fraction", value, value - 0.05, value + 0.05, 40)

    rows = (Row("now", "现状（2026期）", (share(0.34),)), Row("scenario-0", "情景：小企业先行", (share(0.41),)))
    table = ReleasedTable("scenarios-g", ("占比",), rows, "n<5", 0)
    target = Target(2028.0, 0.7, "2027年超过70%", "goal|g")
    title = HEAD.headline
    figure = Figure("scenarios-g", FigureKind.SPANS, title, "现状与情景", table, PROVENANCE, title, targets=(target,))
    columns = (v.Column("name", "情景"), v.Column("after", "之后（假设）", "number"))
    compared = Listing("scenarios", "各情景比较", v.PageTable(columns, (("小企业先行",), ("41%（36–46%）",)), ("小企业先行",)))
    assumed = Passage("assumed", "全部假设", ("其他企业不变。",))
    return Supposed(
        "g", title, lines, "合计+7个百分点" if lines else "", figure, compared, assumed, Section("还要约40家企业做到")
    )


def scenarios():
    from app.domain.targets import Lever
    from app.present.pages.scenarios_values import Choice, GoalChoice, Saved, ScenariosPage

    lever = Lever((("size", "small"),), 40, "L2", "2027-06-30", (0.3, 0.7))
    fields = (
        Choice("size", "规模", (("", "各种规模"), ("small", "小型"))),
        Choice("sector", "行业", (("", "各行业"), ("C", "C 制造业"))),
    )
    reaches = (("", "达到目标的口径"), ("L2", "达到L2及以上"))
    goals = (GoalChoice("g", "国家 · 2027年超过70%", "2027-12-31"), GoalChoice("h", "县 · 2028年达到80%", "2028-12-31"))
    return ScenariosPage(HEAD, goals, fields, reaches, (Saved("小企业先行", "g", "会议定的", (lever,)),), supposed())


PAGES |= {"scenarios": scenarios}


def watch():
    from app.domain.figure import FigureKind
    from app.present.draw.firms import FirmDot, FirmQuadrant
    from app.present.pages import watch_values as w
    from app.present.pages.section import Listing, Passage, Section

    def cell(value):
        return Cell(CellStatus.SHOWN, "fraction", value, n=40, evidence="models|2026|*|s:open")

    sources = figure(FigureKind.RANKED, (Row("open", "开源模型", (cell(0.24),)),), ("使用该来源",))
    heads = (v.Column("label", "行业"), v.Column("c0", "使用智能体", "number"))
    table = v.PageTable(heads, (("全部企业", "C 制造业"), ("30", "12")), ("agents|2026|*|users", "agents|2026|C|users"))
    columns = (v.Column("name", "企业"), v.Column("quadrant", "象限", "level"), v.Column("exposure", "暴露度", "score"))
    firms = v.PageTable(
        columns,
        (("甲厂", "乙厂", "丙厂"), ("■ 先整改", "● 保持", "● 保持"), (80.0, 10.0, 10.0)),
        ("4", "7", "9"),
        ("error", "", "note"),
    )
    dots = (FirmDot(80.0, 20.0, "act", (4,), "甲厂"), FirmDot(10.0, 90.0, "calm", (7, 9), "乙厂、丙厂"))
    quadrant = FirmQuadrant(dots, 30.0, 70.0, ("暴露度", "控制力"), (("act", "■ 先整改"), ("calm", "● 保持")))
    return w.WatchPage(
        HEAD,
        (v.Fact("使用智能体的企业", "3", "agents|2026|*|users"),),
        agents=Section("3家使用智能体", ((Listing("agents", "各行业", table, opens=True),),), ("说明一。",)),
        register=w.RegisterView("3家使用智能体，1家触及红线", ("内部", "列有企业名称"), firms, quadrant, "study.agents", "2026"),
        jobs=Section("本问卷未问岗位变化"),
        models=Section("开源模型占24%", ((sources,), (Passage("human", "人工渠道", ("本问卷未问。",)),))),
    )


PAGES |= {"watch": watch}


def goal():
    from app.domain.goals import Light
    from app.present.pages import goal_values as w
    from app.present.pages.section import Listing, Section

    heads = (v.Column("model", "推算"), v.Column("middle", "中间值", "number"))
    models = Section(
        "2种推算相差不大",
        ((Listing("goal-models", "各推算", v.PageTable(heads, (("直线",), ("55%",)), ("goal|g",)), opens=True),),),
    )
    names = ("zh", "value", "measure")
    kinds = ("prose", "line", "choice")
    values = ("普及率超70%", "70%", "kpi")
    options = ((), (), (("", "未指定"), ("kpi", "普及率")))
    fields = tuple(
        w.FormField(name, name, kind, value, "wording", each, "", name == "zh")
        for name, kind, value, each in zip(names, kinds, values, options, strict=True)
    )
    columns = (v.Column("state", "状态"), v.Column("changed", "改了什么", "prose"))
    history = w.History(
        "修改过1次",
        v.PageTable(columns, (("● 第2版", "第1版"), ("目标值：60% → 70%", "新录入")), ("1", "0")),
        (w.Version("1", (("value", "70%"),), True), w.Version("0", (("value", "60%"), ("zh", "普及率超70%")), False)),
    )
    told = v.PageTable(
        (v.Column("day", "日期"), v.Column("value", "数", "number")),
        (("2026-06-30", "2026-03-31"), ("9", "5")),
        ("2026-06-30", ""),
    )
    broken = v.PageTable((v.Column("wave", "期"), v.Column("why", "原因")), (("2026期",), ("问法改了",)), ("2026|kpi",))
    rows = (Row("2026", "2026期", (Cell(CellStatus.SHOWN, "fraction", 0.41, 0.38, 0.44, 900, "goal|g"),)),)
    from app.domain.figure import FigureKind, Series

    own = Series("observed", "实测", ((2027.0, 0.41, 0.38, 0.44),))
    other = Series("reference", "欧盟27国", ((2024.5, 0.13, None, None),), "eu27", (), "欧盟27国：定义。")
    drawn = replace(figure(FigureKind.TRAJECTORY, rows, ("普及率",)), series=(other, own), title=HEAD.headline)
    return w.GoalPage(
        replace(HEAD, chips=()),
        "g",
        (("g", "国家 · 2027年"), ("h", "县级 · 2028年")),
        "“普及率超70%” · 国家",
        ("替代口径",),
        w.Verdict(
            Light.CANNOT_TELL,
            "无法判断",
            "只有一期。",
            "再收一期。",
            v.NextStep("study.collect", "收下一期表"),
            "progress|g|light",
        ),
        (v.Fact("最近一期", "41%", "progress|g|value"),),
        drawn,
        "",
        (w.Switch("eu27", "欧盟27国", "定义。来源：甲。", True),),
        models,
        Section("共2期"),
        told,
        broken,
        Section("变化+12个百分点"),
        (w.Particular("文件", "国发〔2025〕11号"), w.Particular("口径", "普及率", "替代口径", True)),
        ("县级低于国家。",),
        history,
        w.GoalForm("g", "普及率超70%", fields),
        w.ReportForm("g", "标杆企业", "家", "季报", ("2026-06-30",)),
        w.BreakForm((("2026", "2026期"),), "kpi", "普及率"),
    )


PAGES |= {"goal": goal}
