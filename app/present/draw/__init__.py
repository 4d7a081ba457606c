"""Figures laid out in millimetres: one Drawing for the screen, SVG and PNG."""

from __future__ import annotations

from dataclasses import replace

from app.domain.drawing import Drawing
from app.domain.figure import Figure, FigureKind
from app.domain.theme import Palette
from app.domain.words import Texts
from app.present.draw.areas import AreasBody
from app.present.draw.balance import BalanceBody
from app.present.draw.bullet import BulletBody
from app.present.draw.calibration import CalibrationBody
from app.present.draw.confusion import ConfusionBody
from app.present.draw.distribution import DistributionBody
from app.present.draw.frame import Body, frame
from app.present.draw.heat import HeatBody
from app.present.draw.levels import LevelsBody
from app.present.draw.moves import MovesBody
from app.present.draw.multiples import MultiplesBody
from app.present.draw.parts import PartsBody
from app.present.draw.profile import ProfileBody
from app.present.draw.quadrant import QuadrantBody
from app.present.draw.ranked import RankedBody
from app.present.draw.ranks import RanksBody
from app.present.draw.scatter import ScatterBody
from app.present.draw.slope import SlopeBody
from app.present.draw.spans import SpansBody
from app.present.draw.steps import StepsBody
from app.present.draw.style import style_for
from app.present.draw.tiles import TilesBody
from app.present.draw.trajectory import TrajectoryBody
from app.present.draw.wall import WallBody

__all__ = ["body_of", "draw"]

_BODIES: dict[FigureKind, Body] = {
    FigureKind.LEVELS: LevelsBody(),
    FigureKind.RANKED: RankedBody(),
    FigureKind.HEAT: HeatBody(),
    FigureKind.TRAJECTORY: TrajectoryBody(),
    FigureKind.DISTRIBUTION: DistributionBody(),
    FigureKind.PROFILE: ProfileBody(),
    FigureKind.RANKS: RanksBody(),
    FigureKind.PARTS: PartsBody(),
    FigureKind.STEPS: StepsBody(),
    FigureKind.SPANS: SpansBody(),
    FigureKind.MOVES: MovesBody(),
    FigureKind.QUADRANT: QuadrantBody(),
    FigureKind.BALANCE: BalanceBody(),
    FigureKind.CALIBRATION: CalibrationBody(),
    FigureKind.CONFUSION: ConfusionBody(),
    FigureKind.WALL: WallBody(),
    FigureKind.BULLET: BulletBody(),
    FigureKind.SLOPE: SlopeBody(),
    FigureKind.SCATTER: ScatterBody(),
    FigureKind.MULTIPLES: MultiplesBody(),
    FigureKind.TILES: TilesBody(),
    FigureKind.AREAS: AreasBody(),
}


def draw(figure: Figure, palette: Palette, width_mm: float, height_mm: float, texts: Texts, bare: bool = False) -> Drawing:
    """Lay `figure` out on a page `width_mm` wide and at least `height_mm` high.

    The page grows when the rows need more height: nothing ever overlaps. `bare` leaves out title, subtitle and
    provenance for a screen that shows them itself; the key of signs and the demonstration mark always stand.
    """
    return frame(figure, body_of(figure), style_for(palette, texts, width_mm), (width_mm, height_mm), bare)


def draw_live(figure: Figure, palette: Palette, width_mm: float, height_mm: float, texts: Texts) -> Drawing:
    """Lay `figure` out bare as `draw` does, for a screen on which its numbers open: they are underlined."""
    style = replace(style_for(palette, texts, width_mm), live=True)
    return frame(figure, body_of(figure), style, (width_mm, height_mm), bare=True)


def body_of(figure: Figure) -> Body:
    """Return what draws the kind of this figure."""
    return _BODIES[figure.kind]
