"""How each kind of text of a document looks, by the page it is set on and its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.brief import PageLayout
from app.domain.theme import Palette
from app.domain.words import Lang
from app.files.docx_xml import TextLook

POINT_MM = 25.4 / 72
TITLE_LINE, NOTE_LINE = 1.6, 1.35  # exact pitch in sizes of the type
HEADINGS = {1: "heading", 2: "subheading", 3: "text", 4: "text"}  # 一、黑体 （一）楷体 1.仿宋 （1）仿宋; GB/T 9704-2012, 7.3.3
CAPTION_ABOVE_NOTE = 3  # points that a caption is larger than the type of its table


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a document: its page profile, language and colours."""

    layout: PageLayout
    lang: Lang
    palette: Palette

    @property
    def zh(self) -> bool:
        """Whether the text is Chinese, set in characters by the pitch of the page."""
        return self.lang == "zh"

    @property
    def width(self) -> float:
        """Width of the text in mm."""
        return self.layout.width - self.layout.left - self.layout.right

    @property
    def height(self) -> float:
        """Height of the text in mm."""
        return self.layout.height - self.layout.top - self.layout.bottom

    @property
    def pitch(self) -> float:
        """Exact pitch of running Chinese text in points: as the profile says, else the height shared among its lines."""
        return self.layout.line or round(self.height / POINT_MM / self.layout.lines, 2)

    def size(self, role: str) -> float:
        """Return the type size of a role in points."""
        sizes = self.layout.sizes if self.zh or not self.layout.latin_sizes else self.layout.latin_sizes
        return sizes[role]

    def fonts(self, role: str) -> tuple[str, str]:
        """Return the Chinese and the Latin font of a role: in Chinese text the same, so that quotation marks are Chinese."""
        wide = self.layout.fonts[role][0]
        latin = self.layout.latin.get(role, ()) if not self.zh else ()
        return wide, latin[0] if latin else wide

    def look(self, role: str, size: float, **more: Any) -> TextLook:
        """Return a look in the fonts of `role`."""
        wide, latin = self.fonts(role)
        return TextLook(wide, size, "zh-CN" if self.zh else "en-US", latin=latin, **more)

    def title(self, **more: Any) -> TextLook:
        """Return how the title looks: two sizes above the text, centred (二号 小标宋; 7.3.1)."""
        size = self.size("title")
        return self.look("title", size, **({"align": "center", "line": round(size * TITLE_LINE, 1), "keep": True} | more))

    def under_title(self) -> TextLook:
        """Return how the line below the title looks."""
        return self.look("subheading", self.size("number"), align="center", line=self.pitch if self.zh else None, keep=True)

    def body(self, **more: Any) -> TextLook:
        """Return how running text looks: Chinese with two characters of indent on the page's grid."""
        if self.zh:
            return self.look(
                "text", self.size("text"), **({"first": 2, "line": self.pitch, "align": "both", "grid": True} | more)
            )
        return self.look("text", self.size("text"), **({"after": 6} | more))

    def heading(self, level: int, **more: Any) -> TextLook:
        """Return how a heading looks; level 1 to 4."""
        role = HEADINGS[level]
        more = {"style": f"Heading{level}", "keep": True, "bold": level == 3 or not self.zh} | more
        if self.zh and self.layout.line:
            return self.look(role, self.size(role), **({"first": 2, "line": self.pitch, "grid": True} | more))
        size = self.size(role)
        return self.look(role, size, **({"line": round(size * 1.5, 1), "before": size * 0.7, "after": size * 0.25} | more))

    def contents(self, level: int) -> TextLook:
        """Return how a line of the table of contents looks."""
        size = self.size("text") - (1 if level > 1 else 0)
        left = 0 if level == 1 else 1.5
        line = round(size * 1.6, 1)
        return self.look("text", size, line=line, left=left, bold=level == 1 and not self.zh, style=f"TOC{level}", tab=self.width)

    def caption(self) -> TextLook:
        """Return how the title of a table or figure looks."""
        size = self.size("table") + CAPTION_ABOVE_NOTE
        return self.look("heading", size, align="center", line=round(size * 1.4, 1), keep=True, before=8, after=3)

    def note(self, **more: Any) -> TextLook:
        """Return how the small print below a table or figure looks."""
        size = self.size("note")
        more = {"colour": self.palette.muted, "line": round(size * NOTE_LINE, 1)} | more
        return self.look("body", size, **more)

    def cell(self, columns: int, head: bool = False) -> TextLook:
        """Return how the text of a table of so many columns looks."""
        size = self.size("table") - (1 if columns > 6 else 0)
        return self.look("heading" if head else "body", size, **({"align": "center"} if head else {}))
