"""Yes and no as people write them, with planned, unknown and not applicable kept apart."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from app.analysis.intake.clean_missing import missing_code
from app.analysis.intake.distinct import Cleaned, Distinct, Doubt, Issue, is_blank
from app.analysis.intake.tick_boxes import EMPTY_BOX, TICKS, ticked_part
from app.analysis.intake.tidy import tidy
from app.domain.decisions import DecisionKind
from app.domain.instrument import Item, Option
from app.domain.sheet import CellKind
from app.domain.words import normal_form

_EXACT = {
    "yes": "是 有 对 已 y yes true 1 t inuse alreadyinuse 在用 使用中 正在使用 正在应用 已有 √ ✓ ✔ ☑ ■ ● v "
    "有的 是的 会 能 具备 属于",
    "no": "否 无 未 没 没有 不 不是 n no false 0 f × ✗ ✘ ✕ ☒ x 不会 不能 不具备 不属于 从未 尚无 尚未 "
    "none notyet notused noplan noplans",
    "unknown": "不清楚 不知道 不详 不确定 不了解 说不清 未知 unknown 难以判断 don'tknow don’tknow dontknow donotknow "
    "notsure unsure notknown dk 待定 未定 待确认 不明确",
    "na": "不适用 不涉及 无关 n/a n.a. n.a na 非适用 notapplicable / \\ - -- — —— – ―",
    "planned": "计划 计划中 拟 planned plan 筹备 筹备中 筹建 在建 建设中 正在建设 规划中 拟建 拟用 准备中 推进中",
}
_TABLE = {mark: answer for answer, marks in _EXACT.items() for mark in marks.split()}
_TAKEN_BACK = (
    "未|没|无(?!人)|不(?!错|断|少)|否|停|取消|终止|放弃|考虑|意向|意愿|兴趣|想法|需求|需要|困难|难度|待|有望|有限|有过|弃|"
    "注销|吊销|破产|倒闭|搬迁|搬离|迁出|关闭|关门|歇业|[用为靠是]人工(?!智能)|手工|excel"
)
_SAYS = "(?:暂时?|目前|现在?|尚|还|仍|均|都|全部?|完全|从|近期|我司|本?公司|本?企业|本?单位)*"
_DOES = (
    "使用|应用|运用|采用|部署|建成|建立|投入|接入|开通|配备|配置|具备|引进|引入|开展|实施|运行|完成|制定|安装|购置|购买|"
    "试点|试用|启用|落地|实现|上线|覆盖|推广|普及|设立|设置|备案|标识|脱敏|审查|复核|留存|在用|用|有"
)
# 未填, 未来, 无数据, 无人机 and 没问题 begin like a no and are none; 未全面使用 says that some use it. A person must read them.
_NO_WORD = (
    "(?:来|定|知|必|免|明|填|报|提供|统计|核|到|投产|营业|开业|经营|生产|法|线|纸|锡|限|论|疑|人(?!工)|数据|问题|困难|障碍)"
)
_IN_PART = "全面|全部|全覆盖|完全|大规模|大范围|大量|普遍|广泛|正式|所有|经常|但|[,，;；].*(?<![未没不无])(?:在用|使用|应用)"
# Order matters: "没有计划" is a no and "计划应用" is none; "已计划" is a plan, not a deed; "" is for a person to read.
_PATTERNS = (
    ("no", re.compile(r"^(?:暂|目前|尚|还|近期)?(?:无|没有|没|不|未)(?:有|作|做)?.{0,4}(?:计划|打算|考虑|规划)")),
    (
        "unknown",
        re.compile(
            r"^(?:不是?(?:太|大|很)?(?:清楚|了解|知道|确定|掌握)|不能(?:确定|判断)|无法(?:判断|确定)|说不(?:清|准)|难以判断)"
        ),
    ),
    ("na", re.compile(r"^(?:不适用|不涉及|无此(?:类|项)?业务)")),
    ("yes", re.compile(r"^(?:是的?|有|已用|已有|在用)[,，;；。].*(?:扩大|加大|推广|升级|深化)")),
    ("", re.compile(r"^(?=.*(?:计划|规划|打算|明年|下半年)).*已经?(?:使用|应用|用|投入|上线|建成)")),
    (
        "planned",
        re.compile(
            r"计划|^拟|规划|打算|筹备|筹建|^准备|^正在(?:建设|部署|开发|推进|建|搭建|采购|调研)|^将(?!近)|明年|下半年|^在建|建设中|"
            r"^(?:yes|no)\b.*plan|^planto"
        ),
    ),
    (
        "no",
        re.compile(
            rf"^{_SAYS}(?:未|没有|没|无|不(?=是|会|能|需|曾|具备|使用|应用|开展|属于))(?!{_NO_WORD})"
            rf"(?!(?:会|能|是)?(?:{_NO_WORD}|很|太))(?!.*(?:{_IN_PART}))"
        ),
    ),
    # 已停用, 有但未使用, 有意向 and a printed 是/否 nobody chose from begin like a yes and are none: a person must read them.
    (
        "yes",
        re.compile(
            rf"^(?!.*(?:{_TAKEN_BACK}))(?:是(?:的|啊|吧)?(?:$|[^\w])|{_SAYS}(?:已经?|正在|在)(?:全面|部分|初步|基本|开始|正式|大量)?"
            rf"(?:{_DOES})|{_SAYS}有(?:$|的|\W|[\da-z一两二三四五六七八九十几多部少个专使应用部配制智系平设人相])|"
            r"(?:均|都|全部?)(?:为?是|已|使用|应用|实现|覆盖)|(?:在用|使用中?)(?:$|\W|[a-z]|的|了|人工智能|智能|大模型|豆包|文心|通义))"
        ),
    ),
)
# 试点 is neither yes nor no. Our own questions and the official statistics they follow ask for everyday use, "trials aside",
# so a trial is read as planned, with a note, and asked about; where the question itself is about trials it is a yes.
_TRIAL = re.compile(r"试点|试用|试行|试运行|试验阶段|测试阶段|测试中|小范围|pilot|trial", re.IGNORECASE)
_BEYOND = re.compile(r"正式|全面|推广|转正")
_LONGEST = 30  # a longer text is an explanation, not a mark


def clean_yes_no(distinct: Distinct, item: Item) -> Cleaned:
    """Return yes | no | planned | unknown | na for each distinct value, None for blanks and for what cannot be read.

    An empty box □ is "no" only where the same column also holds ticked boxes: an untouched printed box is no answer.
    """
    own = {normal_form(text): option.code for option in item.options for text in _wordings(option)}
    about_trials = bool(_TRIAL.search(f"{item.words.zh} {item.words.en}"))
    ticks_used = any(text and text.strip() in TICKS for text in distinct.texts)
    values = np.empty(len(distinct), dtype=object)
    issues, doubts = [], []
    for index, (text, kind) in enumerate(zip(distinct.texts, distinct.kinds, strict=True)):
        if is_blank(text) or ticked_part(text) == "":
            continue
        if text.strip() in EMPTY_BOX:
            values[index], code = ("no", "") if ticks_used else (None, "answer.empty_box")
        else:
            values[index] = read_yes_no(text.lower() if kind is CellKind.BOOLEAN else text, own)
            code = "" if values[index] else missing_code(text) or "option.unknown"
            if values[index] == "planned" and is_trial(text, own):
                values[index], code = ("yes", "") if about_trials else ("planned", "answer.trial")
                doubts += [_doubt(index, text, item)] if code else []
        if code:
            issues.append(Issue(index, code))
    return Cleaned(values, tuple(issues), doubts=tuple(doubts))


def _doubt(index: int, text: str, item: Item) -> Doubt:
    params = (("header", item.words.zh), ("item", item.code), ("text", text.strip()))
    subject = f"{item.code}|{normal_form(text)}"
    return Doubt(DecisionKind.ANSWER, ("planned", "yes", "no"), "planned", (index,), subject, params)


def _wordings(option: Option) -> tuple[str, ...]:
    return (option.code, option.words.zh, option.words.en, *option.synonyms)


def read_yes_no(text: str, own: dict[str, str] | None = None) -> str | None:
    """Return what `text` answers, None when it is no such answer; `own` holds an item's own wordings in normal form.

    A trial (试点, 试用) is "planned": see `is_trial`.
    """
    if own and (answer := own.get(normal_form(_short(text)))):
        return answer
    return _worded(text)


@lru_cache(maxsize=16_384)
def _worded(text: str) -> str | None:
    """Return what a text answers whatever the question; kept, for the same few texts stand in every column."""
    short = _short(text)
    plain = re.sub(r"[\s。.;；,，!！]+$", "", short)
    plain = re.sub(r"^[(（]?[a-eⅰⅱ]?[)）.、:：]\s*(?=\S)", "", plain) if len(plain) > 1 else plain
    squeezed = plain.replace(" ", "")
    if squeezed in _TABLE:
        return _TABLE[squeezed]
    if len(squeezed) > _LONGEST:
        return None
    answer = next((answer for answer, pattern in _PATTERNS if pattern.search(squeezed)), None) or None
    return "planned" if answer in (None, "yes") and _on_trial(squeezed) else answer


def is_trial(text: str, own: dict[str, str] | None = None) -> bool:
    """Return whether a text speaks of a trial (已试点, 试用阶段) that nothing in it says is over."""
    short = _short(text)
    return not (own and normal_form(short) in own) and _on_trial(short)


def _on_trial(text: str) -> bool:
    return bool(_TRIAL.search(text)) and not _BEYOND.search(text) and not re.search(_TAKEN_BACK, text)


def _short(text: str) -> str:
    ticked = ticked_part(text)
    return tidy(text if ticked is None else ticked).lower()
