"""How each kind of series is drawn in native charts: colour with a pattern, a dash or a shape beside it, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.colours import mixed, readable_on
from app.domain.theme import Palette


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is drawn. `fill` "" leaves a bar hollow; `pattern` is a preset of DrawingML drawn in `line` over `fill`.

    `width` in points, 0 for no line; `dash` a preset of DrawingML; `mark` the shape of points ("" none) and its size in points.
    """

    fill: str = ""
    line: str = ""
    width: float = 0.0
    dash: str = ""
    pattern: str = ""
    mark: str = ""
    size: int = 7

    @property
    def ink(self) -> str:
        """The colour of words on a bar."""
        return readable_on(self.fill or "#ffffff")


def look_of(name: str, palette: Palette) -> Look:
    """Return how the series named `name` is drawn; KeyError for a name that no chart uses."""
    if name.startswith("level"):
        return Look(palette.levels[int(name[5:])], palette.surface, 0.5)
    return _bars(palette).get(name) or _points(palette).get(name) or _lines(palette)[name]


def _bars(palette: Palette) -> dict[str, Look]:
    """Bars: what was lost is striped, what was gained is plain, a net and a target are outlines."""
    lost, gained = mixed(palette.surface, palette.at_risk, 0.55), mixed(palette.surface, palette.accent, 0.55)
    lights = (palette.on_track, palette.at_risk, palette.off_track, palette.cannot_tell)
    patterns = ("", "wdUpDiag", "dkUpDiag", "pct25")
    light = {
        f"light{place}": Look(mixed(palette.surface, colour, 0.7), colour, 0.75, pattern=pattern)
        for place, (colour, pattern) in enumerate(zip(lights, patterns, strict=True))
    }
    return light | {
        "none": Look(),
        "bar": Look(palette.accent),
        "lit": Look(palette.selection, palette.accent, 1.5, mark="circle"),
        "total": Look(palette.neutral, palette.text, 2.0, mark="circle"),
        "soft": Look(palette.accent_soft, palette.accent, 0.75),
        "lost": Look(lost, palette.at_risk, 0.75, pattern="wdUpDiag"),
        "gained": Look(gained, palette.accent, 0.75),
        "sum": Look(palette.neutral),
        "net": Look("", palette.text, 1.75),
        "target_box": Look("", palette.text, 1.5, "sysDash"),
    }


def _points(palette: Palette) -> dict[str, Look]:
    """Points: quarters and further columns differ in shape, what came before is hollow."""
    quarters = ("square", "diamond", "triangle", "circle")
    colours = (palette.off_track, palette.at_risk, palette.cannot_tell, palette.accent)
    quarter = {
        f"quarter{place}": Look(colour, palette.surface, mark=mark, size=9)
        for place, (colour, mark) in enumerate(zip(colours, quarters, strict=True))
    }
    forms = {
        f"form{k}": Look(palette.text, palette.text, mark=mark, size=6)
        for k, mark in enumerate(("dash", "diamond", "triangle", "x"))
    }
    return (
        quarter
        | forms
        | {
            "names": Look(),
            "dots": Look(palette.accent, palette.accent, mark="circle", size=8),
            "before": Look(mixed(palette.surface, palette.neutral, 0.4), palette.neutral, mark="square"),
            "after": Look(palette.accent, palette.accent, 1.75, mark="circle"),
            "observed": Look(palette.accent, palette.accent, 2.25, mark="circle", size=8),
            "earlier": Look(mixed(palette.surface, palette.muted, 0.4), palette.muted, mark="square", size=8),
            "target": Look(palette.off_track, palette.off_track, mark="diamond", size=9),
        }
    )


def _lines(palette: Palette) -> dict[str, Look]:
    """Lines: a path is dashed, what stands for limits is dotted."""
    return {
        "path": Look("", palette.neutral, 1.5, "dash"),
        "fan": Look("", palette.levels[2], 1.5),
        "edge": Look("", palette.levels[2], 0.75, "sysDot"),
        "upper": Look("", palette.at_risk, 1.5, "dash"),
        "reference": Look("", palette.reference, 1.0),
        "break": Look("", palette.warning, 1.25, "lgDashDot"),
        "target_line": Look("", palette.off_track, 1.75, "dash"),
        "divide": Look("", palette.neutral, 1.0),
        "band": Look("", mixed(palette.surface, palette.accent, 0.45), 2.5),
        "whisker": Look("", mixed(palette.surface, palette.neutral, 0.45), 0.75),
        "diagonal": Look("", palette.reference, 1.0, "dash"),
        "rose": Look(palette.accent, palette.accent, 1.75, mark="triangle", size=6),
        "fell": Look(palette.off_track, palette.off_track, 1.75, "dash", mark="square", size=6),
        "unclear": Look(palette.neutral, palette.neutral, 0.75, mark="circle", size=4),
    }
