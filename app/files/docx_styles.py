"""The styles, settings and font table of a Word document: our fonts in black, no theme font, Chinese as the language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.brief import PageLayout
from app.files.docx_type import Type
from app.files.docx_xml import WORD, TextLook, attribute, paragraph_look, run_look

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MICROSOFT = "http://schemas.microsoft.com/office/word"
CONTENTS_LEVELS = (1, 2)


def styles_xml(type_: Type) -> str:
    """Return the styles part: those that the document uses, under the names Word knows."""
    body = type_.body()
    default = replace(body, align="start", first=0, after=0, grid=True, line=None)
    built = [_style("Normal", "Normal", default, default=True), _style("Title", "Title", type_.title(), next_="Normal")]
    built += [
        _style(f"Heading{level}", f"heading {level}", replace(type_.heading(level), outline=level), next_="Normal")
        for level in (1, 2, 3, 4)
    ]
    built += [_style(f"TOC{level}", f"toc {level}", type_.contents(level)) for level in CONTENTS_LEVELS]
    built += [_style(name, name.lower(), type_.note()) for name in ("Header", "Footer")]
    rest = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
    )
    defaults = f"<w:docDefaults><w:rPrDefault>{run_look(default)}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    return f'{HEAD}<w:styles xmlns:w="{WORD}">{defaults}{"".join(built)}{rest}</w:styles>'


def _style(id_: str, name: str, look: TextLook, default: bool = False, next_: str = "") -> str:
    look = replace(look, style="")
    usual = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    following = f"<w:next w:val={attribute(next_)}/>" if next_ else ""
    kind = f'<w:style w:type="paragraph"{usual} w:styleId={attribute(id_)}><w:name w:val={attribute(name)}/>'
    return f"{kind}{based}{following}<w:qFormat/>{paragraph_look(look)}{run_look(look)}</w:style>"


def settings_xml(layout: PageLayout) -> str:
    """Return the settings part: no hyphenation, odd and even pages where their numbers differ, Word's present way of setting."""
    sides = "<w:evenAndOddHeaders/>" if layout.outer_numbers else ""
    mode = f'<w:compatSetting w:name="compatibilityMode" w:uri="{_MICROSOFT}" w:val="15"/>'
    return (
        f'{HEAD}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        f'<w:autoHyphenation w:val="0"/>{sides}<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat><w:balanceSingleByteDoubleByteWidth/>{mode}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def fonts_xml(layout: PageLayout) -> str:
    """Return the font table: each font the document names, with the names of those that may stand in for it."""
    rows = [_font(names, wide=True) for names in _once(layout.fonts)]
    rows += [_font(names, wide=False) for names in _once(layout.latin) if names[0] not in {n[0] for n in _once(layout.fonts)}]
    return f'{HEAD}<w:fonts xmlns:w="{WORD}">{"".join(rows)}</w:fonts>'


def _once(fonts: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """Return the names of each role, a font that several roles name once with all that may stand in."""
    merged: dict[str, dict[str, None]] = {}
    for first, *rest in fonts.values():
        merged.setdefault(first, {}).update(dict.fromkeys(rest))
    return [(first, *rest) for first, rest in merged.items()]


def _font(names: tuple[str, ...], wide: bool) -> str:
    others = f"<w:altName w:val={attribute(','.join(names[1:]))}/>" if names[1:] else ""
    charset = "86" if wide else "00"  # 0x86: GB 2312
    return f'<w:font w:name={attribute(names[0])}>{others}<w:charset w:val="{charset}"/><w:family w:val="auto"/></w:font>'
