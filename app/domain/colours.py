"""Colour arithmetic shared by every painter: the score scale, and ink that can be read on it."""

from __future__ import annotations

from app.domain.theme import Palette


def channels(colour: str) -> tuple[int, int, int]:
    """Return the red, green and blue (0–255) of #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(first: str, second: str, share: float) -> str:
    """Return the colour `share` (0–1) of the way from `first` to `second`."""
    share = min(1.0, max(0.0, share))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(channels(first), channels(second), strict=True))


def heat_colour(share: float, palette: Palette) -> str:
    """Return the colour of a score given as 0–1 on the palette's one-hue scale."""
    return mixed(palette.heat[0], palette.heat[1], share)


def luminance(colour: str) -> float:
    """Return the relative luminance 0–1 of a colour (WCAG 2.1)."""
    linear = [c / 12.92 if (c := v / 255) <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for v in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio 1–21 of two colours (WCAG 2.1)."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(ground: str) -> str:
    """Return the ink, near black or white, that is easier to read on `ground`."""
    return max(("#10201f", "#ffffff"), key=lambda ink: contrast(ink, ground))
