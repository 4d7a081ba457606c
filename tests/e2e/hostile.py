"""Studies as hostile as a bureau may send them, and one walker over everything that a study can show."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import enum
import io
import json
import math
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from app.cli.session import Session
from app.cli.show_assess import show_assess
from app.commands.catalog import command
from app.domain.errors import UserError
from app.domain.instrument import Instrument, Item, ItemType, Role
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.statistic import Filters
from app.domain.study import Study
from app.domain.watch import Watch
from app.domain.words import Lang, Texts
from app.files.study_file import open_study
from app.present import pages
from app.present.brief import make_brief
from app.present.evidence import evidence, firm_detail
from app.present.evidence.why import explained
from app.present.figures import figure_ids, make_figure
from app.present.marks import parse
from tests.e2e.shell import Ended, zhiheng

# what is quoted are words of people or of the questionnaire
NO_NUMBER = re.compile(r"(?<![A-Za-z“])(nan|NaN|None(?! of )|inf|[Ii]nfinity|<NA>|NaT)(?![A-Za-z])")
NOW = "2026-09-01T08:00:00+08:00"
LADDER = Path(__file__).parent / "kaggle_2021.toml"
LANGS: tuple[Lang, ...] = ("zh", "en")
PAGES = ("start", "collect", "firms", "readiness", "weights", "classifier", "visits", "goals", "scenarios", "watch", "explore")


def leaves(value: object, where: str = "") -> Iterator[tuple[str, object]]:
    """Every text and number inside a frozen value, with where it stands; the names of options and columns as well."""
    if isinstance(value, enum.Enum | str | bytes | bool | int | float) or value is None:
        yield where, value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield f"{where} key", key
            yield from leaves(each, f"{where}[{key}]")
    elif isinstance(value, pd.DataFrame | pd.Series):
        raise TypeError(f"a table reached a screen: {where}")
    elif isinstance(value, np.ndarray):
        if value.dtype.kind == "f":
            assert np.isfinite(value).all(), where
    elif isinstance(value, list | tuple | set | frozenset):
        for at, each in enumerate(value):
            yield from leaves(each, f"{where}[{at}]")
    elif isinstance(value, np.generic):
        yield where, value.item()
    else:
        raise TypeError(f"{type(value)} at {where}")


def sound(value: object, where: str, words: frozenset[str] = frozenset()) -> set[str]:
    """Assert that no text of a value says a number that there is not, and that no number is none; return its texts.

    `words` are answers of the questionnaire, of which one may be the very word "None".
    """
    texts: set[str] = set()
    for at, leaf in leaves(value, where):
        if isinstance(leaf, float):
            assert math.isfinite(leaf), at
        if isinstance(leaf, str):
            assert leaf in words or NO_NUMBER.search(leaf) is None, (at, leaf)
            assert "⟦" not in leaf, (at, leaf)
            texts.add(leaf)
    return texts


def shown(study: Study, resources: Resources, texts: Texts, step: int = 1) -> None:
    """Make everything that the study can show in one language, and hold all of it against `sound`.

    Of the numbers that can be walked back each `step`-th is opened.
    """
    with counted_once():
        _shown(study, resources, texts, step)


@contextlib.contextmanager
def counted_once() -> Iterator[None]:
    """Count what is watched of a wave once for all pages, figures and numbers: it is the same each time, and there are hundreds."""
    from app.analysis import watch as module

    count, known = module.watch, {}

    def watch(study: Study, resources: Resources, wave: str, filters: Filters) -> Watch:
        key = (id(study.responses), wave, filters)
        if key not in known:
            known[key] = count(study, resources, wave, filters)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "watch", watch)
        yield


def _shown(study: Study, resources: Resources, texts: Texts, step: int) -> None:
    seen: set[str] = set()
    words = options(study, texts)
    for wave in ("", *(each.id for each in study.waves[:-1])):
        for name in PAGES:
            chosen = () if name == "start" else (Selection(wave=wave),)
            seen |= sound(getattr(pages, f"{name}_page")(study, resources, texts, *chosen), f"{texts.lang}:{name}", words)
    for each in study.progress:
        seen |= sound(pages.goal_page(study, resources, texts, Selection(), each.goal.id), f"{texts.lang}:goal {each.goal.id}")
    for id_ in figure_ids(study, resources):
        seen |= sound(make_figure(study, resources, id_, texts), f"{texts.lang}:figure {id_}", words)
    try:
        seen |= sound(make_brief(study, resources, texts, NOW), f"{texts.lang}:brief", words)
    except UserError as error:
        sound(error.params, "brief")
    for mark in sorted(each for each in seen if "|" in each and is_mark(each))[::step]:
        sound(evidence(study, resources, mark, texts), f"{texts.lang}:{mark}", words)


def firms_shown(study: Study, resources: Resources) -> None:
    """Open some firms in both languages, with why they have their level, and hold that against `sound`."""
    for position in picked(study):
        why = explained(study, position)
        for texts in (Texts(lang, resources.words) for lang in LANGS):
            detail = firm_detail(study, resources, position, texts, why)
            sound(detail, f"{texts.lang}:firm {position}", options(study, texts))


def options(study: Study, texts: Texts) -> frozenset[str]:
    """What the questionnaire's own answers are called; one of them may be "None"."""
    return frozenset(texts.of(option.words) for item in study.instrument.items for option in item.options)


def is_mark(text: str) -> bool:
    """Whether a text names a number that can be walked back."""
    try:
        parse(text)
    except UserError:
        return False
    return True


def picked(study: Study, most: int = 2) -> list[int]:
    """Some responses: of each basis at least the first."""
    if study.responses is None or not len(study.responses):
        return []
    firsts = {0, len(study.responses) - 1}
    for each in study.assessments:
        firsts |= set(each.firms.groupby(each.firms["basis"].astype(str))["position"].first().tolist())
    return sorted(firsts)[:most]


def whole(study: Study, resources: Resources) -> Study:
    """Hold everything a study shows in both languages to the promises, and that no firm is lost; return it."""
    for lang in LANGS:
        shown(study, resources, Texts(lang, resources.words), step=15 if lang == "en" else 8)
    firms_shown(study, resources)
    for found in study.assessments:
        firms = study.responses.firms
        counted = np.flatnonzero(firms["counted"].to_numpy(dtype=bool) & (firms["wave"].astype(str) == found.wave).to_numpy())
        assert sorted(found.firms["position"].tolist()) == counted.tolist()
        assert found.total.n == len(counted) == sum(each.n for each in found.sectors)
        assert found.total.n_level == sum(share.count for share in found.total.shares.values())
    return study


def assessed(study: Path, resources: Resources) -> dict[str, Any]:
    """Assess by the command line, and hold what it prints in both languages to the promises; return its JSON, which is strict."""
    printed = zhiheng("assess", study, "--json")
    assert printed.code == 0, printed.err
    for lang in LANGS:
        session = Session(command("study.assess"), Texts(lang, resources.words), resources, {"study": study, "json": False})
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            assert show_assess(open_study(study), session) == 0
        assert NO_NUMBER.search(out.getvalue()) is None, out.getvalue()
    found: dict[str, Any] = strict(printed)
    return found


def strict(ended: Ended) -> Any:
    """Return what a run printed as JSON, which knows no NaN and no Infinity."""

    def refused(constant: str) -> None:
        raise AssertionError(constant)

    assert ended.code == 0, ended.err
    return json.loads(ended.out, parse_constant=refused)


def plain_sentence(ended: Ended) -> str:
    """Assert that a run was refused with one plain sentence, and return it."""
    assert ended.code == 2, ended
    assert ended.out == ""
    lines = ended.err.strip().splitlines()
    assert len(lines) == 1, ended.err
    assert NO_NUMBER.search(ended.err) is None, ended.err
    assert "⟦" not in ended.err
    return lines[0]


INDUSTRIES = ("通用设备制造业", "批发业", "软件和信息技术服务业", "建筑业")


def answer(item: Item, rng: random.Random, skill: float) -> str:
    """One answer as a firm writes it; a more able firm gives better ones."""
    if item.type is ItemType.YES_NO:
        return "是" if rng.random() < skill else "否"
    if item.type in (ItemType.LADDER, ItemType.SINGLE):
        return item.options[min(int(skill * len(item.options)), len(item.options) - 1)].words.zh
    if item.type is ItemType.MULTI:
        plain = [option.words.zh for option in item.options if not option.exclusive]
        return "、".join(plain[: 1 + int(skill * (len(plain) - 1))])
    return str(rng.randrange(1, 100)) if item.type is ItemType.PERCENT else str(rng.randrange(1, 500))


def write_answers(path: Path, instrument: Instrument, firms: list[dict[str, object]], seed: int = 0) -> Path:
    """Write one filled-in table: of each firm `name`, `town`, `industry`, `skill` (None: all questions left blank)."""
    rng = random.Random(seed)
    facts = {Role.NAME: "name", Role.CREDIT_CODE: "code", Role.INDUSTRY: "industry", Role.TOWNSHIP: "town"}
    asked = [item for item in instrument.items if item.type is not ItemType.TEXT or item.role in facts]
    rows = []
    for firm in firms:
        skill = firm.get("skill", 0.5)
        cells = []
        for item in asked:
            if item.role in facts:
                cells.append(str(firm.get(facts[item.role], "")))
            elif skill is None and item.role is not Role.EMPLOYEES:
                cells.append("")
            else:
                cells.append(answer(item, rng, 0.5 if skill is None else float(skill)))
        rows.append(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[item.words.zh for item in asked], *rows])
    return path


def some_firms(n: int, **fixed: object) -> list[dict[str, object]]:
    """`n` firms of six townships and four industries, from quite unable to quite able; what is `fixed` is so for all."""
    return [
        {
            "name": f"东河第{k}实业有限公司",
            "town": f"镇{k % 6}",
            "industry": INDUSTRIES[k % len(INDUSTRIES)],
            "skill": (k * 37 % 100) / 100,
            **fixed,
        }
        for k in range(n)
    ]


def collected(
    folder: Path, instrument: Instrument, firms: list[dict[str, object]], *more: object, id_: str = "", name: str = "东河"
) -> Path:
    """Return a new study that collected these firms' answers."""
    study = folder / f"{name}.zhiheng"
    assert zhiheng("new", study, *(("--instrument", id_) if id_ else ())).code == 0
    taken = zhiheng("collect", study, write_answers(folder / "甲.csv", instrument, firms), "--date", "2026-06-30", *more)
    assert taken.code == 0, taken.err
    return study


def write_labels(path: Path, rows: list[tuple[object, ...]], heads: tuple[str, ...] = ()) -> Path:
    """Write assessments: firm, level, assessor, day."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads or ("企业名称", "评估等级", "评估人", "评估日期"), *rows])
    return path


def stored(study: Path, resources: Resources) -> Study:
    """Open a study and hold all that it shows to the promises."""
    return whole(open_study(study), resources)
