"""The tables of the classifier page: models beside baselines, coverage of its sets, errors by group, drift. All released."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.disclosure import release
from app.domain.assessment import ClassifierReport
from app.domain.learning import ConformalReport, GroupError, ModelScore
from app.domain.numbers import ABSENT_SIGN, HIDDEN_SIGN, SMALL_SIGN, number, percent
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.words import Texts
from app.present import wording
from app.present.answers import answer_words
from app.present.cross import SIZES
from app.present.figures.classifier import TOGETHER
from app.present.pages.classifier_values import Part
from app.present.pages.values import Column, PageTable
from app.present.provenance import notes
from app.present.view import View

FIELDS = ("size", "ownership", "township", "sector")
_BASELINES = ("majority", "rubric")
_METRICS = ("kappa", "rps", "macro_f1", "brier", "accuracy", "adjacent", "ece", "stability")
_STATES = {"watch": "warning", "stop": "error"}
_OWNERSHIP = "ID08"  # the item that says who controls the firm, where the questionnaire asks it
REST = "rest"  # key of the firms of a field that stand in no group


def model_part(view: View, report: ClassifierReport) -> Part | None:
    """Return every model tried with its measures; the chosen one carries a mark."""
    if not report.scores:
        return None
    texts = view.texts
    columns = (
        Column("model", texts("page.classifier.column_model")),
        *(Column(name, texts(f"page.classifier.column_{name}"), "number") for name in _METRICS),
        Column("said", texts("page.classifier.column_said"), "prose"),
    )
    rows = [_model_row(texts, score, report) for score in report.scores]
    ids = tuple(score.model for score in report.scores)
    table = PageTable(columns, tuple(zip(*rows, strict=True)), ids)
    return Part(texts("page.classifier.models"), table, texts("page.classifier.models_note"))


def _model_row(texts: Texts, score: ModelScore, report: ClassifierReport) -> tuple[str, ...]:
    chosen = score.model == report.model and not report.refusal
    name = wording.sentence_case(texts, model_word(texts, score.model))
    rps = two(score.rps, 3)
    error = f" ± {two(score.rps_error, 3)}" if score.rps is not None and score.rps_error is not None else ""
    ece = f"{_share(score.ece_before)} → {_share(score.ece_after)}" if score.ece_after is not None else _share(score.ece_before)
    shares = (_share(score.accuracy), _share(score.adjacent), ece, _share(score.stability_seed))
    said = "chosen" if chosen else "baseline" if score.model in _BASELINES else "other"
    words = worded(texts, score.refusal) if score.refusal else texts(f"page.classifier.said_{said}")
    marked = texts("page.classifier.marked", name=name) if chosen else name
    return (marked, two(score.kappa), rps + error, two(score.macro_f1), two(score.brier), *shares, words)


def level_part(view: View, report: ClassifierReport) -> Part | None:
    """Return how many firms of each level it learnt from."""
    if not report.classes:
        return None
    texts = view.texts
    rows = [Row(code, view.level_label(code), (_counted(n),)) for code, n in report.classes]
    rows.append(Row(TOGETHER, texts("page.classifier.all"), (_counted(report.n_train),)))
    table = release("learnt", (texts("page.classifier.column_n"),), rows, total=TOGETHER)
    columns = (Column("level", texts("page.column.level")), Column("n", texts("page.classifier.column_n"), "number"))
    return Part(texts("page.classifier.levels"), _as_table(table, columns), "")


def conformal_part(view: View, report: ClassifierReport) -> Part | None:
    """Return how often the sets held the assessed level, by level, and on what share of firms the model abstains."""
    found, texts = report.conformal, view.texts
    if found is None:
        return None
    rows = [Row(code, view.level_label(code), (_counted(n), _cell(share, n))) for code, share, n in found.coverage_by_level if n]
    rows.append(Row(TOGETHER, texts("page.classifier.all"), (_counted(found.n), _cell(found.coverage, found.n))))
    names = (texts("page.classifier.column_n"), texts("page.classifier.column_coverage"))
    table = release("coverage", names, rows, total=TOGETHER)
    columns = (
        Column("level", texts("page.column.level")),
        Column("n", names[0], "number"),
        Column("coverage", names[1], "number"),
    )
    return Part(texts("page.classifier.conformal"), _as_table(table, columns), _conformal_note(view, found))


def _conformal_note(view: View, found: ConformalReport) -> str:
    texts = view.texts
    said = texts(
        "page.classifier.conformal_note",
        target=percent(found.target),
        coverage=percent(found.coverage),
        size=two(found.mean_size, 1),
        abstains=percent(1.0 - found.single),
        n=number(found.n, "count"),
    )
    kept = [view.level_label(code) for code, bound in found.thresholds if bound is None]
    if not kept:
        return said
    return notes(texts, said, texts("page.classifier.conformal_kept", levels=wording.joined(texts, kept)))


def group_part(view: View, report: ClassifierReport) -> Part | None:
    """Return for each group how often the model is right and how far it stands above or below assessors, with intervals."""
    if not report.groups:
        return None
    texts = view.texts
    columns = (
        Column("field", texts("page.classifier.column_field")),
        Column("group", texts("page.classifier.column_group")),
        Column("n", texts("page.classifier.column_n"), "number"),
        Column("accuracy", texts("page.classifier.column_accuracy"), "number"),
        Column("bias", texts("page.classifier.column_bias"), "number"),
        Column("verdict", texts("page.classifier.column_verdict"), "prose"),
    )
    fields = dict.fromkeys((*FIELDS, *(group.field for group in report.groups)))
    rows, ids = [], []
    for field in fields:
        for row in released_groups(view, report, field):
            n, accuracy, bias = row.cells
            where = texts(f"page.classifier.field_{field}") if field in FIELDS else field
            rows.append((where, row.label, _text(n), _text(accuracy), _bias(texts, bias), _verdict(texts, bias)))
            ids.append(f"{field}|{row.key}")
    if not rows:
        return None
    table = PageTable(columns, tuple(zip(*rows, strict=True)), tuple(ids))
    silent = {texts("page.classifier.verdict_hidden"), texts("page.classifier.verdict_unknown")}
    told = sum(row[-1] not in silent for row in rows)
    chance = texts("page.classifier.groups_chance", n=number(told, "count"), chance=two(0.05 * told, 1)) if told else ""
    return Part(texts("page.classifier.groups"), table, notes(texts, texts("page.classifier.groups_note"), chance))


def released_groups(view: View, report: ClassifierReport, field: str) -> tuple[Row, ...]:
    """Return the groups of one field after disclosure control (firms, accuracy, bias); what together would tell is hidden.

    All firms, whose numbers are told elsewhere on the page, and the firms that stand in no group take part in the release
    without being shown: a group that could be worked out from them is hidden too.
    """
    groups = sorted((group for group in report.groups if group.field == field), key=_place)
    if not groups:
        return ()
    rest = max(0, report.n_train - sum(group.n for group in groups))
    rows = [Row(group.value, _group_label(view, field, group.value), _group_cells(group)) for group in groups]
    rows.append(Row(REST, "", (_counted(rest), _cell(None, rest), _cell(None, rest))))
    rows.append(Row(TOGETHER, "", (_counted(report.n_train), *(_cell(0.0, report.n_train),) * 2)))
    table = release(f"groups-{field}", ("n", "accuracy", "bias"), rows, total=TOGETHER)
    return tuple(row for row in table.rows if row.key not in (REST, TOGETHER))


def _place(group: GroupError) -> tuple[bool, int]:
    """Return where a group stands among those of its field: sizes from large to small, what is unknown last."""
    return not group.value, SIZES.index(group.value) if group.value in SIZES else 0


def drift_part(view: View, report: ClassifierReport) -> Part | None:
    """Return how far each predictor has moved from the firms learnt from, farthest first."""
    if not report.drift:
        return None
    texts = view.texts
    columns = (
        Column("feature", texts("page.classifier.column_feature")),
        Column("psi", texts("page.classifier.column_psi"), "number"),
        Column("state", texts("page.classifier.column_state"), "severity"),
    )
    drift = sorted(report.drift, key=lambda each: -each.psi)
    data = (
        tuple(feature_label(view, each.feature) for each in drift),
        tuple(two(each.psi) for each in drift),
        tuple(texts(f"page.classifier.state_{each.state}") for each in drift),
    )
    severities = tuple(_STATES.get(each.state, "") for each in drift)
    table = PageTable(columns, data, tuple(each.feature for each in drift), severities)
    return Part(texts("page.classifier.drift"), table, texts("page.classifier.drift_note"))


def split_counts(total: int, part: int) -> tuple[str, str]:
    """Return `part` of `total` firms and the rest of them as they may be told: one on too few firms hides the other too."""
    rows = [Row(key, key, (_counted(n),)) for key, n in (("part", part), ("rest", total - part), (TOGETHER, total))]
    table = release("split", ("n",), rows, total=TOGETHER)
    return _text(table.rows[0].cells[0]), _text(table.rows[1].cells[0])


def chosen_score(report: ClassifierReport, model: str = "") -> ModelScore | None:
    """Return the measures of `model` ("": the one in use), or None."""
    return next((score for score in report.scores if score.model == (model or report.model)), None)


def model_word(texts: Texts, model: str) -> str:
    """Return a model's name in words."""
    key = f"page.classifier.model_{model}"
    return texts(key) if key in texts.entries else worded(texts, f"classifier.{model}", model)


def worded(texts: Texts, key: str, otherwise: str = "") -> str:
    """Return the words of a key another part names in its data, or the fallback where there are none."""
    return texts(key) if key in texts.entries else otherwise or key


def feature_label(view: View, name: str) -> str:
    """Return a predictor in words: an item's label, a fact of the firm, a pillar; an unknown one by its name."""
    base, texts = name.split("|")[0], view.texts
    item = next((item for item in view.study.instrument.items if item.code == base), None)
    if item is not None:
        return texts.of(item.words)
    known = (f"page.column.{base}", f"page.classifier.field_{base}", f"page.classifier.feature_{base}")
    key = next((key for key in known if key in texts.entries), "")
    return texts(key) if key else view.pillar_label(base.removeprefix("p_"))


def two(value: float | None, digits: int = 2) -> str:
    """Return a measure with its digits, a true minus sign, and a dash where there is none."""
    return f"{value:.{digits}f}".replace("-", "−") if value is not None and value == value else ABSENT_SIGN


def _share(value: float | None) -> str:
    return percent(value) if value is not None else ABSENT_SIGN


def _counted(n: int) -> Cell:
    return Cell(CellStatus.SHOWN, "count", float(n), n=n)


def _cell(value: float | None, n: int, low: float | None = None, high: float | None = None) -> Cell:
    return Cell(CellStatus.SHOWN, "fraction", value, low, high, n)


def _group_cells(group: GroupError) -> tuple[Cell, ...]:
    bias = _cell(group.bias, group.n, group.low, group.high)
    return (_counted(group.n), _cell(group.accuracy, group.n), bias)


def _group_label(view: View, field: str, value: str) -> str:
    if field in ("size", "township", "sector"):
        return view.filter_value(field, value)
    item = next((item for item in view.study.instrument.items if item.code == _OWNERSHIP), None)
    if field == "ownership" and item is not None and value:
        return answer_words(view, item, value)
    return value or view.texts("page.classifier.unknown")


def _as_table(table: ReleasedTable, columns: Sequence[Column]) -> PageTable:
    labels = tuple(row.label for row in table.rows)
    data = tuple(tuple(_text(row.cells[place]) for row in table.rows) for place in range(len(table.columns)))
    return PageTable(tuple(columns), (labels, *data), tuple(row.key for row in table.rows))


def _text(cell: Cell) -> str:
    if cell.status is CellStatus.HIDDEN:
        return HIDDEN_SIGN
    if cell.value is None:
        return ABSENT_SIGN
    sign = SMALL_SIGN if cell.status is CellStatus.SMALL else ""
    return f"{number(cell.value, cell.unit)}{sign}"


def _bias(texts: Texts, cell: Cell) -> str:
    """Return a bias in levels with its interval: +0.12（−0.05至+0.29）."""
    if cell.status is CellStatus.HIDDEN:
        return HIDDEN_SIGN
    if cell.value is None:
        return ABSENT_SIGN
    if cell.low is None or cell.high is None:
        return _signed(cell.value)
    ends = {"low": _signed(cell.low), "high": _signed(cell.high)}
    return texts("page.classifier.bias_interval", value=_signed(cell.value), **ends)


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _verdict(texts: Texts, cell: Cell) -> str:
    if cell.status is CellStatus.HIDDEN:
        return texts("page.classifier.verdict_hidden")
    if cell.value is None or cell.low is None or cell.high is None:
        return texts("page.classifier.verdict_unknown")
    key = "high" if cell.low > 0 else "low" if cell.high < 0 else "none"
    return texts(f"page.classifier.verdict_{key}")
