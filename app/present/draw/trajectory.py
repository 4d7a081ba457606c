"""TRAJECTORY: observed waves with intervals, the required path, the fan of the trend, the targets to 2035."""

from __future__ import annotations

from app.domain.drawing import Shape
from app.domain.figure import Figure
from app.present.draw.style import Rect, Style, lines_height
from app.present.draw.text import text_width
from app.present.draw.trajectory_axes import Scale, axes, span_of, tick_text, values_of, year_text
from app.present.draw.trajectory_key import key_height, key_shapes
from app.present.draw.trajectory_labels import label_shapes
from app.present.draw.trajectory_marks import flag_lines, line_shapes, observation_shapes, reference_shapes, target_shapes

LEAST_PLOT, WITH_CONTEXT = 52.0, 64.0  # millimetres of the plot's height; more where series from elsewhere share it


class TrajectoryBody:
    """Lines over years; shares from 0 to 100 % and never beyond. Values and targets are labelled where they stand."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return room for the plot, its key above and its years below."""
        crowded = len(figure.targets) > 3 or bool(figure.flags) or any(each.role == "reference" for each in figure.series)
        plot = (WITH_CONTEXT if crowded else LEAST_PLOT) * style.scale
        return plot + key_height(figure, style, width) + lines_height(style, 1, style.note) + style.pad

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return key, axes, context, fan, path, observations, targets, labels."""
        scale = Scale(*span_of(figure), values_of(figure), self._plot(figure, style, area))
        shapes = [*key_shapes(figure, style, area), *axes(figure, style, scale), *flag_lines(style, scale, figure.flags)]
        shapes += reference_shapes(figure, style, scale)
        for series in figure.series:
            shapes += line_shapes(figure, style, scale, series)
        shapes += target_shapes(style, scale, figure.targets)
        shapes += observation_shapes(figure, style, scale)
        return [*shapes, *label_shapes(figure, style, scale)]

    def keys(self, figure: Figure, style: Style) -> tuple[str, ...]:
        """Return what the thin vertical lines, the double ones and the arrows mean, where there are any."""
        seen = [series for series in figure.series if series.role in ("observed", "earlier")]
        has = {
            "interval_key": any(low is not None and low != high for series in seen for _, _, low, high in series.points),
            "break_key": any(flag.kind == "break" for flag in figure.flags),
            "bound_key": any(series.bound for series in figure.series),
        }
        return (*(style.texts(f"figure.draw.{name}") for name, there in has.items() if there), *figure.keys)

    def _plot(self, figure: Figure, style: Style, area: Rect) -> Rect:
        """Return where the lines go: below the key, above the years, right of the values."""
        values = values_of(figure)
        left = max(text_width(tick_text(style.texts, figure, tick, values.top), style.note) for tick in values.ticks) + style.pad
        below = lines_height(style, 1, style.note) + style.pad
        above = key_height(figure, style, area.width)
        last = int(span_of(figure)[1]) - 1
        edge = text_width(year_text(style.texts, last), style.note) / 2
        return Rect(area.x + left, area.y + above, area.width - left - edge, area.height - above - below)
