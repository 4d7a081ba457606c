"""The furniture of Chinese forms around a table: titles, unit notes, form blocks, ordinals, totals, footers."""

from __future__ import annotations

import re

_PREAMBLE = re.compile(
    r"^\s*(?:附件|附表)\s*[\d一二三四五六七八九十]*\s*[:：]?\s*\S{0,2}$|"
    r"^\s*(?:表\s*号|制\s*定\s*机\s*关|制\s*表\s*机\s*关|批\s*准\s*机\s*关|批\s*准\s*文\s*号|备\s*案\s*文\s*号|文\s*号|有\s*效\s*期(?:\s*至)?|"
    r"填\s*[报表]\s*单\s*位|报\s*送\s*单\s*位|上\s*报\s*单\s*位|综\s*合\s*机\s*关(?:\s*名\s*称)?|(?:计量|金额|货币)?\s*单\s*位|数\s*据\s*库|指\s*标|"
    r"时\s*间|统\s*计\s*时\s*间|报\s*告\s*期|填\s*[报表]\s*[日时]\s*[期间]|日\s*期|联\s*系\s*人|联\s*系\s*电\s*话|电\s*话|地\s*区)\s*(?:[（(][^)）]*[)）])?\s*[:：]"
)
FOOTER = re.compile(
    r"^\s*(?:单\s*位\s*负\s*责\s*人|统\s*计\s*负\s*责\s*人|分\s*管\s*负\s*责\s*人|负\s*责\s*人|填\s*[表报]\s*人|制\s*表\s*人?|经\s*办\s*人|审\s*核\s*人?|复\s*核\s*人?|"
    r"联\s*系\s*人|联\s*系\s*电\s*话|电\s*话|手\s*机|填\s*[表报]\s*[日时]\s*[期间]|报\s*出\s*日\s*期|填\s*表\s*说\s*明|填\s*报\s*说\s*明|说\s*明|注\s*释?|备\s*注|"
    r"资\s*料\s*来\s*源|数\s*据\s*来\s*源|来\s*源|盖\s*章|单\s*位\s*[（(]\s*盖\s*章|Notes?|Sources?)\s*(?:[（(][^)）]*[)）])?\s*(?:\d\s*)?[:：]",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^\s*(?:填\s*[表报]\s*说\s*明|说\s*明|注\s*释?|备\s*注|资\s*料\s*来\s*源|数\s*据\s*来\s*源|来\s*源|Notes?|Sources?)\s*\d?\s*[:：]",
    re.I,
)
_PERSONAL = re.compile(r"负\s*责\s*人|填\s*[表报]\s*人|制\s*表|经\s*办\s*人|审\s*核|复\s*核|联\s*系|电\s*话|手\s*机|姓\s*名")
_PHONE = re.compile(r"\d[\d\s-]{5,}\d")
_TOTAL = re.compile(
    r"^(?:[一二三四五六七八九十\d、.\s]*)(?:合计|总计|共计|累计|小计|平均|平均值|均值|总和|全[县市区镇乡]合计)(?:[（(].*[)）])?[:：]?$|"
    r"^\S{1,12}(?:合计|小计|总计)$|^(?:grand\s+|sub-?)?total$|^average$|^mean$|^sum$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|[（(]?\d{1,3}[)）]?|\d{1,3}\s*[=＝][\d\s+＋\-－*×/÷()（）]+|栏次|序号|[-—]")
_ORDINAL_NUMBER = re.compile(r"[（(]?(\d{1,3})")
_REGION = re.compile(
    r"^[一二三四五六七八九十\d、.（）()\s]*(\S{1,18}(?:镇|乡|街道|街道办事处|开发区|园区|工业园|集聚区|新区|管委会|林场|农场|区|县|市))$"
)
_OFFICE = re.compile(r"(?:人民政府|街道办事处|办事处|管委会|管理委员会|经发局|工信局|统计站|经济发展办公室|经发办)+(?=$|[（(])")
_REPORTING = re.compile(
    r"^\s*(?:填\s*[报表]\s*单\s*位|报\s*送\s*单\s*位|上\s*报\s*单\s*位|综\s*合\s*机\s*关(?:\s*名\s*称)?)\s*(?:[（(][^)）]*[)）])?\s*[:：]\s*(\S{2,20})"
)
_SERIAL = frozenset({"序号", "编号", "no", "行号", "行次", "序"})
_GUIDE_SHEET = re.compile(
    r"说明|指南|须知|字典|代码表|码表|编码表|下拉|选项|枚举|参数|目录|封面|示例|样例|样表|dict|guide|readme|option|lookup|validation",
    re.I,
)


def is_preamble(text: str) -> bool:
    """Return whether a cell is form furniture above a table: 单位：万元, 表号：…, 填报单位：…, 附件2."""
    return bool(_PREAMBLE.match(text))


def is_footer(text: str) -> bool:
    """Return whether a cell opens a footer: 填表人：, 注：, 数据来源：…"""
    return bool(FOOTER.match(text))


def public_note(text: str) -> str:
    """Return a note that may be kept (注, 说明, 数据来源), without telephone numbers; "" for lines that name persons."""
    if not _NOTE.match(text) or _PERSONAL.search(text.split("：")[0].split(":")[0]):
        return ""
    return _PHONE.sub("", text).strip() if not _PERSONAL.search(text) else ""


def names_persons(text: str) -> bool:
    """Return whether a line gives persons or telephone numbers."""
    return bool(_PERSONAL.search(text))


def is_total(text: str) -> bool:
    """Return whether a row label means a sum or an average of other rows."""
    return bool(_TOTAL.match(text.replace(" ", "").replace("\u3000", ""))) if len(text) <= 24 else False


def is_average(text: str) -> bool:
    """Return whether a total's label means an average."""
    return "均" in text or text.lower() in ("average", "mean")


def is_ordinal_row(texts: list[str]) -> bool:
    """Return whether a row only numbers its columns: 1 2 3 4, 甲 乙 1 2, (3=1+2)."""
    if len(texts) < 3 or not all(_ORDINAL.fullmatch(text) for text in texts):
        return False
    stub = any(text in "甲乙丙丁戊己庚辛壬癸" or text == "栏次" for text in texts)
    numbers = [int(match[1]) for text in texts if (match := _ORDINAL_NUMBER.match(text))]
    rising = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (1, 2)
    return (stub and (rising or not numbers)) or (rising and len(numbers) >= 4)


def region_name(text: str) -> str:
    """Return the township or park a group row names (一、城关镇 → 城关镇), "" when it names none."""
    match = _REGION.match(text.strip())
    return match[1] if match else ""


def reporting_place(text: str) -> str:
    """Return the township or park of a 填报单位 line (河口镇人民政府（盖章） → 河口镇), "" when the line is no such."""
    match = _REPORTING.match(text)
    if match is None:
        return ""
    place = re.sub(r"[（(].*$", "", match[1])
    return region_name(_OFFICE.sub("", place))


def is_serial(header: str) -> bool:
    """Return whether a header is that of running numbers."""
    return header.strip().lower().rstrip(".") in _SERIAL


def is_guide_sheet(name: str) -> bool:
    """Return whether a sheet's name says that it explains or lists options and holds no answers."""
    return bool(_GUIDE_SHEET.search(name))
