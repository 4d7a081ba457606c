"""The whole demonstration county on disk: 40 workbooks of two waves, the frames, the answer key, and what it all is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.domain.resources import Resources
from app.domain.task import Progress, Task
from app.files.atomic import write_error
from app.files.demo_county.answer_key import FileKey, key_text
from app.files.demo_county.answers import leave_blanks, make_answers
from app.files.demo_county.columns import Wordbook, wordbook
from app.files.demo_county.draft import Draft, World, make_draft, respondents
from app.files.demo_county.faults import plant
from app.files.demo_county.firms import make_register
from app.files.demo_county.on_site import true_states
from app.files.demo_county.plan import WAVES, load_plan, stream
from app.files.demo_county.shape import make_shape
from app.files.demo_county.traits import make_traits
from app.files.demo_county.workbook import write_workbook
from app.files.resources import load_resources

INSTRUMENT = "aiplus-2026"
KEY_NAME = "answer_key.json"
_FAULTS = 12


@dataclass(frozen=True, slots=True)
class CountySummary:
    """What was written. `workbooks` relative paths in wave and township order; `responses` forms a wave, repeats counted;
    `frames` the files with the register's firms by sector, one a wave."""

    folder: Path
    county: str
    seed: int
    workbooks: tuple[str, ...]
    frames: tuple[str, ...]
    firms: int
    responses: tuple[int, int]
    faults: int


def write_county(folder: Path, seed: int) -> Task[CountySummary]:
    """Write the county under `folder`; the same seed gives the same bytes. UserError when the disk will not have it."""
    _make_folders(folder)
    resources = load_resources()
    world, book = make_world(resources, seed)
    drafts = make_drafts(world)
    total = len(drafts)
    keys: list[FileKey] = []
    try:
        for position, draft in enumerate(drafts):
            yield Progress("progress.demo.workbook", position, total, world.plan.townships[draft.town].name)
            keys.append(write_workbook(world, book, draft, folder))
        frames = _write_frames(world, folder)
        (folder / KEY_NAME).write_bytes(key_text(world, keys).encode())
        (folder / "README.txt").write_bytes(_about(resources, world).encode("utf-8-sig"))
    except OSError as error:
        raise write_error(error, folder) from error
    yield Progress("progress.demo.workbook", total, total)
    responses = [sum(len(draft.lines) for draft in drafts if draft.wave == wave) for wave in (0, 1)]
    return CountySummary(
        folder=folder,
        county=world.plan.county,
        seed=seed,
        workbooks=tuple(key.file for key in keys),
        frames=frames,
        firms=len(world.firms),
        responses=(responses[0], responses[1]),
        faults=sum(len(key.faults) for key in keys),
    )


def _make_folders(folder: Path) -> None:
    """Make a folder a wave before the long work begins."""
    try:
        for wave, _ in WAVES:
            (folder / wave).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, folder) from error


def make_world(resources: Resources, seed: int) -> tuple[World, Wordbook]:
    """Return everything that is true of the county, and the header texts of its forms."""
    plan = load_plan()
    instrument = resources.instruments[INSTRUMENT]
    rubric = resources.rubrics[instrument.rubric]
    firms = make_register(plan, resources.taxonomy, seed)
    traits = make_traits(plan, firms, [pillar.code for pillar in rubric.pillars], seed)
    full = make_answers(plan, instrument, firms, traits, seed)
    states = true_states(plan, firms, traits, full, seed)
    truth = leave_blanks(plan, full, seed)
    return World(plan, instrument, resources.taxonomy, firms, truth, seed, states), wordbook(plan.writing, rubric)


def make_drafts(world: World) -> list[Draft]:
    """Return the 40 forms in wave and township order, with their faults planted."""
    drafts: list[Draft] = []
    for wave, (year, _) in enumerate(WAVES):
        towns = respondents(world, wave)
        forms = [
            make_draft(world, (town, wave), firms, make_shape(world.plan.shapes[town], year)) for town, firms in enumerate(towns)
        ]
        plant(forms, world.instrument, world.plan.faults, stream(world.seed, _FAULTS, wave))
        drafts += forms
    return drafts


def _write_frames(world: World, folder: Path) -> tuple[str, ...]:
    """Write the register's number of firms by sector for each wave; return the relative names."""
    names = []
    for wave, (year, _) in enumerate(WAVES):
        counts = Counter(firm.section for firm in world.firms if firm.exists[wave])
        lines = ["sector,count", *(f"{sector},{count}" for sector, count in sorted(counts.items()))]
        names.append(f"frame_{year}.csv")
        (folder / names[-1]).write_bytes(("\n".join(lines) + "\n").encode())
    return tuple(names)


def _about(resources: Resources, world: World) -> str:
    words = resources.words["demo.readme"]
    return "\n\n".join(text.format(county=world.plan.county, seed=world.seed) for text in (words.zh, words.en)) + "\n"
