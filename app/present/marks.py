"""Evidence ids: the short names of numbers that can be walked back, written into cells and read by the evidence panel."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.errors import UserError

KINDS = {"share": 4, "pillar": 4, "goal": 2, "progress": 3, "measure": 4, "levels": 3, "estimate": 4, "class": 3, "rank": 3}
WATCHED = ("agents", "jobs", "models")  # what is watched: a wave, a sector, and what of it
KINDS |= dict.fromkeys(WATCHED, 4)
OF_SECTORS = ("share", "pillar", "levels", "estimate", "class", "rank", *WATCHED)  # their first parts are a wave and a sector
_FILTER_SIGN = "="
_PARTING = (("%", "%25"), ("|", "%7C"), (";", "%3B"))  # signs that part an id, and how a value writes them; % first
INDEX = "index"  # in the place of a pillar: the whole index


@dataclass(frozen=True, slots=True)
class EvidenceId:
    """`kind|part|part…`, and after the kind's own parts the filters it was counted under as `size=small;township=…`."""

    kind: str
    parts: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        tail = ";".join(f"{field}{_FILTER_SIGN}{_plain(value)}" for field, value in self.filters)
        return "|".join((self.kind, *self.parts, *((tail,) if tail else ())))


def parse(mark: str) -> EvidenceId:
    """Read an evidence id; UserError when its kind or number of parts is not known."""
    kind, *parts = mark.split("|")
    count = KINDS.get(kind, 0) - 1
    if count < 1 or len(parts) not in (count, count + 1):
        raise UserError("evidence.unknown", mark=mark)
    filters = parts[count].split(";") if len(parts) > count else []
    pairs = tuple((field, _read(value)) for field, _, value in (text.partition(_FILTER_SIGN) for text in filters))
    return EvidenceId(kind, tuple(parts[:count]), pairs)


def _plain(value: str) -> str:
    """Return a value, which may be a township as a firm wrote it, without the signs that part an id; others stay readable."""
    for sign, written in _PARTING:
        value = value.replace(sign, written)
    return value


def _read(written: str) -> str:
    for sign, each in reversed(_PARTING):
        written = written.replace(each, sign)
    return written


def share_id(wave: str, sector: str, level: str, filters: tuple[tuple[str, str], ...] = ()) -> str:
    """Name the share of a sector's firms at a level (`L2`) or at it or above (`L2+`)."""
    return str(EvidenceId("share", (wave, sector, level), filters))


def pillar_id(wave: str, sector: str, pillar: str, filters: tuple[tuple[str, str], ...] = ()) -> str:
    """Name the mean score of a sector on a pillar."""
    return str(EvidenceId("pillar", (wave, sector, pillar), filters))


def estimate_id(wave: str, sector: str, level: str) -> str:
    """Name the estimated share of a sector's firms at a level (`L2`) or at it or above (`L2+`)."""
    return str(EvidenceId("estimate", (wave, sector, level)))


def class_id(wave: str, sector: str) -> str:
    """Name the class of a sector."""
    return str(EvidenceId("class", (wave, sector)))


def rank_id(wave: str, sector: str) -> str:
    """Name the rank interval of a sector."""
    return str(EvidenceId("rank", (wave, sector)))


def goal_id(goal: str, filters: tuple[tuple[str, str], ...] = ()) -> str:
    """Name how far a goal is."""
    return str(EvidenceId("goal", (goal,), filters))


def progress_id(goal: str, what: str, filters: tuple[tuple[str, str], ...] = ()) -> str:
    """Name one thing said of a goal: value | gap | required | observed | ratio | per_quarter | probability | fan | light |
    document | reported | proof."""
    return str(EvidenceId("progress", (goal, what), filters))


def measure_id(measure: str, wave: str, sector: str, filters: tuple[tuple[str, str], ...] = ()) -> str:
    """Name a measure's value in a wave over a sector (TOTAL: all firms)."""
    return str(EvidenceId("measure", (measure, wave, sector), filters))
