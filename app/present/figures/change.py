"""What a change since the wave before is made of: the same firms, comers, leavers, and the mix of sectors."""

from __future__ import annotations

from app.domain.assessment import TOTAL
from app.domain.estimate import Change, Verdict
from app.domain.figure import Figure, FigureKind
from app.domain.release import Cell, CellStatus, Row
from app.present import wording
from app.present.marks import estimate_id
from app.present.provenance import profile_provenance
from app.present.view import View

PARTS = ("same", "entered", "left", "mix", "total")
LEAST = 5  # firms below which a part is not told (analysis.disclosure.Policy.hide_below)


def make_change(view: View) -> Figure:
    """Return `change`: the parts of the change of all firms, or of the lit sector; the caller has a change to show."""
    change = shown_change(view)
    if change is None or view.assessment is None:
        raise KeyError("no change")
    texts, who = view.texts, view.sector_label(change.sector)
    title = change_title(view, change)
    rows = [Row(part, texts(f"assess.change.{part}"), (part_cell(change, part),)) for part in PARTS]
    return Figure(
        id="change",
        kind=FigureKind.STEPS,
        title=title,
        subtitle=texts("figure.change.subtitle", who=who, level=view.at_least_label(change.level), before=change.before),
        table=view.door.release("change", (texts("figure.change.column"),), rows),
        provenance=profile_provenance(
            view,
            view.assessment.total,
            texts("figure.change.measure", level=view.at_least_label(change.level)),
            texts("figure.change.interval"),
        ),
        alt=texts("figure.change.alt", title=title),
    )


def shown_change(view: View) -> Change | None:
    """Return the change of the lit sector, else of all firms, else None; filters leave none, for it is of all firms."""
    if view.assessment is None or view.filters:
        return None
    changes = {change.sector: change for change in view.assessment.changes}
    return changes.get(view.selection.sector or TOTAL, changes.get(TOTAL))


def is_told(change: Change) -> bool:
    """Whether enough firms stand behind every part: a small one could be worked out from the sum."""
    counts = (change.n_same, change.n_entered, change.n_left)
    return change.n_same >= LEAST and all(n == 0 or n >= LEAST for n in counts)


def part_cell(change: Change, part: str, opened: str | None = None) -> Cell:
    """Return one part of a change in percentage points as a cell; the same firms' with its interval.

    The total opens the evidence `opened`; None: that of the share at the change's level.
    """
    level = estimate_id(change.after, change.sector, f"{change.level}+") if opened is None else opened
    mark = level if part == "total" else ""
    if not is_told(change):
        return Cell(CellStatus.HIDDEN, "pp", evidence=mark)
    value = getattr(change, part) * 100
    found = change.interval
    if part == "same" and found.low is not None and found.high is not None:
        return Cell(CellStatus.SHOWN, "pp", value, found.low * 100, found.high * 100, change.n_same)
    return Cell(CellStatus.SHOWN, "pp", value, evidence=mark)


def change_title(view: View, change: Change) -> str:
    """Say how the share changed and what the same firms did of it."""
    texts = view.texts
    who, level = view.sector_label(change.sector), view.at_least_label(change.level)
    if not is_told(change):
        return texts("figure.change.hidden", who=who)
    said = {
        "who": who,
        "level": level,
        "before": change.before,
        "total": signed(view, change.total),
        "same": signed(view, change.same),
    }
    if change.verdict is Verdict.CANNOT_TELL:
        return texts("figure.change.cannot_tell", **said)
    return texts("figure.change.same" if change.verdict is Verdict.SAME else "figure.change.title", **said)


def signed(view: View, fraction: float) -> str:
    """Return a change in percentage points with its sign: +4.1 个百分点."""
    plus = "+" if fraction > 0 else ""
    return f"{plus}{wording.points(view.texts, fraction)}"
