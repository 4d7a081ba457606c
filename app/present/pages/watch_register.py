"""智能体台账: every firm that uses agents, with what it answered and where it stands. Internal: it names firms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from app.domain.numbers import number
from app.domain.watch import Quadrant
from app.present import wording
from app.present.draw.firms import FirmDot, FirmQuadrant
from app.present.draw.quadrant_signs import QUARTERS, SIGNS
from app.present.figures.agents import tier_words
from app.present.pages.common import absent
from app.present.pages.values import Column, PageTable
from app.present.pages.watch_values import RegisterView
from app.present.watching import Watched

EXPORT = "study.agents"
MOST_NAMES = 6  # named when the pointer is on a dot
CHOSEN = ("data", "runs_on", "review", "logs", "filing", "purposes", "kinds")  # columns that hold option codes
OPTIONAL = ("data", "runs_on", "review", "logs", "filing", "purposes", "kinds", "sector", "agents", "control_range")
NUMBERS = ("agents", "exposure", "control")
NO_SIGN = "◇"


def register_view(found: Watched) -> RegisterView:
    """Return the register as a table and its firms as dots; of the lit sector where one is."""
    texts, frame = found.view.texts, shown(found)
    flagged, open_ = int((frame["flags"] != "").sum()), int(((frame["flags"] == "") & (frame["flags_unknown"] != "")).sum())
    said = {"n": number(len(frame), "count"), "flagged": number(flagged, "count"), "open": number(open_, "count")}
    internal = (texts("watch.page.internal"), texts("watch.page.internal_note"))
    if frame.empty:
        return RegisterView(texts("watch.page.register_none"), internal)
    return RegisterView(
        headline=texts("watch.page.register_headline" if flagged else "watch.page.register_clean", **said),
        internal=internal,
        table=register_table(found, frame),
        quadrant=firm_quadrant(found, frame),
        export=EXPORT,
        wave=found.wave.id,
        notes=(texts("watch.page.register_note"), texts("watch.page.blank_note")),
    )


def shown(found: Watched) -> pd.DataFrame:
    """Return the firms of the register, those of the lit sector where one is; flagged ones first, then by exposure."""
    frame, sector = found.value.register.frame, found.view.selection.sector
    if sector:
        frame = frame[frame["sector"] == sector]
    flags = frame["flags"].str.split("|").map(lambda codes: sum(code != "" for code in codes)).to_numpy(dtype=np.int64)
    exposure = frame["exposure"].fillna(-1.0).to_numpy(dtype=np.float64)
    return frame.iloc[np.lexsort((-exposure, -flags))]


def register_table(found: Watched, frame: pd.DataFrame) -> PageTable:
    """Return a row a firm; its corner is marked where a red flag is flown or left open."""
    texts, rule = found.view.texts, found.rule.agents
    flags = {flag.id: texts.of(flag.words) for flag in rule.flags}
    makers: dict[str, Callable[[str], str]] = {
        "sector": found.view.sector_label,
        "quadrant": lambda code: quarter_words(found, code),
        "tier": lambda code: tier_words(found, code) if code else texts("term.answer.missing"),
        "flags": lambda codes: _flags(found, flags, codes),
    }
    for name in CHOSEN:
        makers[name] = _options(found, rule.columns.get(name, ""))
    order = ("name", "quadrant", "flags", "tier", "exposure", "control", *CHOSEN, "sector", "agents", "control_range")
    kinds = {"quadrant": "level", "tier": "level", "exposure": "score", "control": "score", "agents": "number"}
    columns = tuple(
        Column(name, texts(f"watch.page.column_{name}"), kinds.get(name, "text"), optional=name in OPTIONAL) for name in order
    )
    data = tuple(_column(frame, name, makers) for name in order)
    severities = np.where(frame["flags"] != "", "error", np.where(frame["flags_unknown"] != "", "note", ""))
    ids = tuple(frame["position"].astype("int64").astype("str").tolist())
    return PageTable(columns, data, ids, tuple(severities.tolist()))


def _flags(found: Watched, names: Mapping[str, str], codes: str) -> str:
    """Return how many red flags are flown and which, "" where none is."""
    flown = [names.get(code, code) for code in codes.split("|") if code]
    if not flown:
        return ""
    return found.view.texts("watch.page.flags_flown", n=len(flown), flags=wording.joined(found.view.texts, flown))


def _options(found: Watched, item: str) -> Callable[[str], str]:
    texts = found.view.texts
    return lambda codes: found.options(item, codes) if codes else texts("term.answer.missing")


def _column(frame: pd.DataFrame, name: str, makers: Mapping[str, Callable[[str], str]]) -> tuple[object, ...]:
    """Return one column as plain values, one look-up a distinct code."""
    if name == "control_range":
        low, high = frame["control_low"].round(), frame["control_high"].round()
        words = low.map("{:.0f}".format) + "–" + high.map("{:.0f}".format)
        return tuple(words.where(low != high, "").tolist())
    if name in NUMBERS:
        return absent(frame[name].astype("float64"))
    column = frame[name].fillna("").astype("str")
    if name not in makers:
        return tuple(column.tolist())
    return tuple(column.map({code: makers[name](code) for code in column.unique()}).tolist())


def quarter_words(found: Watched, code: str) -> str:
    """Return a quarter's sign and name; that it cannot be told where blanks leave it open."""
    texts = found.view.texts
    if code in QUARTERS:
        return f"{SIGNS[code]} {texts(f'figure.quadrant.short_{code}')}"
    return f"{NO_SIGN} {texts('wording.no_value')}"


def firm_quadrant(found: Watched, frame: pd.DataFrame) -> FirmQuadrant | None:
    """Return the firms by exposure and control, those at one point together; None where nobody has a place."""
    texts, rule = found.view.texts, found.rule.agents
    placed = frame[frame["exposure"].notna() & frame["control"].notna()]
    if placed.empty:
        return None
    points = pd.DataFrame({
        "x": placed["exposure"].round(1),
        "y": placed["control"].round(1),
        "quarter": placed["quadrant"].astype("str"),
        "position": placed["position"].astype("int64"),
        "name": placed["name"].astype("str"),
    })  # fmt: skip
    dots = tuple(_dot(found, key, rows) for key, rows in points.groupby(["x", "y", "quarter"], sort=True))
    missing = len(frame) - len(placed)
    names = (*((code, quarter_words(found, code)) for code in QUARTERS), (str(Quadrant.UNKNOWN), quarter_words(found, "")))
    return FirmQuadrant(
        dots=dots,
        high=rule.high,
        strong=rule.strong,
        names=(texts("figure.quadrant.column_exposure"), texts("figure.quadrant.column_control")),
        key=tuple(entry for entry in names if any(dot.quarter == entry[0] for dot in dots)),
        missing=texts("watch.page.no_place", n=number(missing, "count")) if missing else "",
    )


def _dot(found: Watched, key: tuple[float, float, str], rows: pd.DataFrame) -> FirmDot:
    texts, names = found.view.texts, rows["name"].tolist()
    x, y, quarter = key
    first = wording.joined(texts, names[:MOST_NAMES])
    who = texts("watch.page.dot_more", names=first, n=len(names)) if len(names) > MOST_NAMES else first
    said = {"names": who, "exposure": f"{x:.0f}", "control": f"{y:.0f}", "quarter": quarter_words(found, quarter)}
    return FirmDot(float(x), float(y), quarter, tuple(rows["position"].tolist()), texts("watch.page.dot", **said))
