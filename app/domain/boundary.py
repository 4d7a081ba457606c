"""边界: the outlines of townships from a file that the user supplies, which must name its map approval number (审图号)."""

from __future__ import annotations

from dataclasses import dataclass

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """One outlined area: `key` the row of the table it shows ("" none), its name, and closed rings of (longitude, latitude).

    A ring inside another is a hole or an enclave: what lies inside is painted later, for rings are painted largest first.
    """

    key: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """A boundary file as read: its areas with their own names, its map approval number, and the name of the file."""

    approval: str
    areas: tuple[Area, ...]
    file: str
