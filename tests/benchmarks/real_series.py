"""Public series as the backtest reads them: long tables made from the files as published, in a folder that goes away."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

QUESTIONS = {"us_now": "used AI last 2 weeks", "us_next_six_months": "expects to use AI next 6 months"}


def us_states(folder: Path, question: str) -> pd.DataFrame:
    """The share of firms that said yes, by state and fortnight, with standard errors; suppressed values have no line."""
    raw = pd.read_csv(folder / "btos_state_ai_2023_2024.csv")
    yes = raw[(raw["question"] == QUESTIONS[question]) & (raw["Answer"] == "Yes")]
    wide = yes.pivot_table(index=["State", "period"], columns="stat", values="value", aggfunc="first").dropna().reset_index()
    period = wide["period"].astype(int)
    time = period // 100 + (period % 100 - 0.5) / 26
    return pd.DataFrame({"series": wide["State"], "time": time.round(5), "value": wide["est"], "se": wide["se"]})


def europe(folder: Path, name: str) -> pd.DataFrame:
    """EU countries (`country_2021_2024`) or sections (`nace_2023_2025`), yearly, without standard errors."""
    raw = pd.read_csv(folder / f"eurostat_ai_use_{name}.csv", sep=";", decimal=",", encoding="utf-8-sig")
    long = raw.melt(id_vars=raw.columns[0], var_name="time", value_name="value").dropna()
    return long.rename(columns={raw.columns[0]: "series"}).sort_values(["series", "time"], kind="stable")


def write(frame: pd.DataFrame, path: Path) -> Path:
    frame.to_csv(path, index=False, quoting=csv.QUOTE_MINIMAL)
    return path
