"""Townships: the share of firms at L2 or above in each, as tiles, or on outlines that the user supplies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from app.analysis.estimate import share
from app.domain.assessment import TOTAL, Basis, IntervalKind
from app.domain.boundary import Area, Boundary
from app.domain.errors import UserError
from app.domain.figure import Figure, FigureKind
from app.domain.instrument import Role
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.study import Design, Study
from app.present import wording
from app.present.estimates import rests_on_visits
from app.present.figures.levels import clearly_above, measure_line
from app.present.marks import share_id
from app.present.matched import matched
from app.present.provenance import notes, profile_provenance
from app.present.tables import BAR, level_codes, quotable, row_of
from app.present.view import View

TOWNSHIPS = "townships"
OBSERVED = (str(Basis.RUBRIC), str(Basis.LADDER))
_NAMED = 6  # names of townships or outlines told one by one; of more only how many


def has_townships(study: Study) -> bool:
    """Whether firms of the newest wave come from two townships at least."""
    found, responses = study.latest_assessment, study.responses
    if found is None or responses is None:
        return False
    held = responses.firms["township"].iloc[found.firms["position"].to_numpy()]
    return len(set(held.dropna().astype("str").unique()) - {""}) > 1


def make_townships(view: View, boundary: Boundary | None = None) -> Figure:
    """Return `townships`: a tile a township, or with `boundary` its outline; the township that is chosen is lit, not filtered.

    UserError `boundary.no_match` where no outline bears the name of a township.
    """
    texts, lit = view.texts, view.selection.township
    view = replace(view, selection=replace(view.selection, township="", sector=""))
    table = township_table(view)
    title = _title(view, table, lit)
    areas, lines = _areas(view, table, boundary)
    visits = texts("page.explore.cross_visits") if rests_on_visits(view.estimates.get(TOTAL)) else ""
    own = texts("figure.townships.approval", approval=boundary.approval, file=boundary.file) if boundary is not None else ""
    level = view.at_least_label(BAR)
    return Figure(
        id=TOWNSHIPS,
        kind=FigureKind.TILES if boundary is None else FigureKind.AREAS,
        title=title,
        subtitle=measure_line(view, "figure.townships.subtitle", level=level),
        table=table,
        provenance=profile_provenance(
            view,
            view.profiles[1],
            texts("figure.townships.measure", level=level),
            wording.interval_sentence(texts, _interval(view)),
            notes(texts, visits, *lines, "" if own else texts("figure.townships.tiles_note")),
        ),
        alt=texts("figure.townships.alt" if boundary is None else "figure.townships.alt_areas", n=_named(table), title=title),
        chosen=lit,
        keys=(own,) if own else (),
        areas=areas,
    )


def township_table(view: View) -> ReleasedTable:
    """Return the share at L2 or above of the firms with a level: a row all firms, each township in its order, those unknown."""
    firms = view.firms
    codes = list(level_codes(view))
    upper = codes[codes.index(BAR) :] if BAR in codes else codes[-1:]
    seen = firms["basis"].isin(OBSERVED)
    plain = pd.DataFrame({"town": firms["township"], "n": seen, "reach": firms["level"].isin(upper) & seen})
    sums = plain.groupby("town", observed=True)[["reach", "n"]].sum()
    order = _order(view, [str(town) for town in sums.index])
    rows = [Row(TOTAL, view.sector_label(TOTAL), (_cell(view, TOTAL, int(plain["reach"].sum()), int(plain["n"].sum())),))]
    for town in order:
        count, n = int(sums.at[town, "reach"]), int(sums.at[town, "n"])
        rows.append(Row(town, view.filter_value("township", town), (_cell(view, town, count, n),)))
    return view.door.release(TOWNSHIPS, (view.at_least_label(BAR),), rows, total=TOTAL)


def _order(view: View, towns: Sequence[str]) -> list[str]:
    """Return townships as the questionnaire lists them, else as the study's register does, else by name; unknown ones last."""
    item, register = view.study.instrument.with_role(Role.TOWNSHIP), view.study.register
    listed = [option.words.zh for option in item.options] if item is not None else []
    if not listed and register is not None and "township" in register.firms:
        listed = [str(town) for town in register.firms["township"].dropna().astype("str").unique()]
    place = {town: k for k, town in enumerate(listed)}
    return sorted(towns, key=lambda town: (not town, place.get(town, len(place)), town))


def _interval(view: View) -> IntervalKind:
    return IntervalKind.NONE if view.wave is not None and view.wave.design is Design.VOLUNTEER else IntervalKind.WILSON


def _cell(view: View, town: str, count: int, n: int) -> Cell:
    wave = view.assessment.wave if view.assessment is not None else ""
    filters = view.filters if town == TOTAL else (*view.filters, ("township", town))
    mark = share_id(wave, TOTAL, f"{BAR}+", filters) if town else ""  # firms without a township cannot be chosen
    if not n:
        return Cell(CellStatus.SHOWN, "fraction", n=0, evidence=mark)
    found = share(count, n, None, _interval(view))
    return Cell(CellStatus.SHOWN, "fraction", found.value, found.low, found.high, n, mark)


def _named(table: ReleasedTable) -> int:
    return sum(row.key not in (TOTAL, "") for row in table.rows)


def _title(view: View, table: ReleasedTable, lit: str) -> str:
    """Say where the lit township stands, else how many clearly stand above and below all firms."""
    texts, total = view.texts, table.rows[0].cells[0]
    level = view.at_least_label(BAR)
    whole = wording.cell_words(texts, total)
    row = row_of(table, lit) if lit else None
    if row is not None:
        share_words = wording.cell_words(texts, row.cells[0])
        return texts("figure.townships.lit", town=row.label, level=level, share=share_words, all=view.everyone, total=whole)
    rows = quotable(table)
    if len(rows) < 2 or total.value is None:
        return texts("figure.townships.plain", all=view.everyone, level=level, total=whole)
    bar = Cell(CellStatus.SHOWN, "fraction", total.value)
    above = sum(clearly_above(row.cells[0], bar) for row in rows)
    below = sum(clearly_above(bar, row.cells[0]) for row in rows)
    values = {"n": len(rows), "above": above, "below": below, "level": level, "all": view.everyone, "total": whole}
    return texts("figure.townships.title" if total.low is not None else "figure.townships.volunteers", **values)


def _areas(view: View, table: ReleasedTable, boundary: Boundary | None) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """Return the outlines with the rows they show, and sentences on townships and outlines that found no partner."""
    if boundary is None:
        return (), ()
    texts = view.texts
    towns = [row.key for row in table.rows if row.key not in (TOTAL, "")]
    pairs = matched(towns, [area.name for area in boundary.areas])
    if not pairs:
        names = _listed(view, [area.name for area in boundary.areas])
        raise UserError("boundary.no_match", file=boundary.file, names=names)
    keyed = {place: town for town, place in pairs.items()}
    areas = tuple(replace(area, key=keyed.get(place, "")) for place, area in enumerate(boundary.areas))
    lost = [town for town in towns if town not in pairs]
    bare = [area.name for area in areas if not area.key]
    said = (("figure.townships.lost", lost), ("figure.townships.bare", bare))
    return areas, tuple(texts(key, n=number(len(names), "count"), names=_listed(view, names)) for key, names in said if names)


def _listed(view: View, names: Sequence[str]) -> str:
    """Return the first names, and that there are more."""
    told = wording.joined(view.texts, list(names[:_NAMED]))
    return told if len(names) <= _NAMED else view.texts("figure.townships.more", names=told)
