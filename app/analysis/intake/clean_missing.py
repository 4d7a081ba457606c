"""Why a filled cell says nothing: withheld, not known, not applicable, or only a mark."""

from __future__ import annotations

from app.analysis.intake.distinct import is_marker
from app.analysis.intake.tidy import tidy

_LONGEST = 12
# 待核实 and 待补 are not among them: somebody still owes the answer, which is an error to be chased.
_REASONS = {
    "cell.withheld": (
        "保密 不便透露 不便提供 不便填写 拒答 拒绝回答 拒绝提供 商业秘密 商业机密 涉密 企业保密 不愿提供 不公开 未公开"
    ),
    "cell.not_known": (
        "不详 未知 不清楚 不知道 不了解 不掌握 不确定 说不清 未统计 无法统计 无统计 无数据 暂无数据 没有统计 unknown notknown"
    ),
    "cell.not_applicable": "不适用 不涉及 无此项 无此业务 非适用 无关 n/a na #n/a notapplicable",
}
_TABLE = {word: code for code, words in _REASONS.items() for word in words.split()}


def missing_code(text: str) -> str:
    """Return the finding of a cell that stands for a missing answer (cell.withheld, cell.not_known …), "" for any other."""
    if len(text) > _LONGEST:
        return ""
    word = tidy(text).lower().replace(" ", "").rstrip("。.")
    return _TABLE.get(word, "") or ("cell.marker" if is_marker(text) else "")
