"""What `watch` prints for people: agents, jobs and models of a wave, every number one that may be published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.cli import shapes_watch
from app.cli.session import Session, wrapped
from app.domain.assessment import TOTAL
from app.domain.numbers import ABSENT_SIGN, SMALL_SIGN, cell_text, number
from app.domain.release import Cell, CellStatus, ReleasedTable
from app.domain.watch import Watch, WatchRule

if TYPE_CHECKING:
    from app.analysis.watch.released import Released
    from app.present.view import View
    from app.workflows.watch import Watching

_PAGE = 118


def show_watch(watching: Watching, session: Session) -> int:
    """Print the aggregates of one wave, and what its questionnaire did not ask."""
    if session.as_json:
        session.json(shapes_watch.watch_json(watching, session.texts, session.resources))
        return 0
    from app.analysis.watch.released import released
    from app.domain.selection import Selection
    from app.present.view import View

    study, watch = watching.study, watching.watch
    view = View(study, session.resources, session.texts, Selection(wave=watch.wave))
    wave, out = study.wave(watch.wave), released(watch)
    rule = session.resources.watch.get(study.instrument.id)
    design = session.texts(f"term.design.{wave.design.value}")
    session.say("cli.watch.wave", wave=wave.id, date=wave.date, design=design)
    session.say(f"cli.watch.interval_{wave.design.value}")
    if rule is not None:
        _show_agents(_Printer(view, session, rule), watch, out)
        _show_jobs(_Printer(view, session, rule), watch, out)
        _show_models(_Printer(view, session, rule), watch, out)
    for key in watch.missing:
        session.say("cli.watch.missing", what=session.texts(key))
    session.say("cli.watch.signs")
    return 0


class _Printer:
    """What the parts share: names of sectors and options, and how a table is printed."""

    def __init__(self, view: View, session: Session, rule: WatchRule) -> None:
        self.view, self.session, self.rule = view, session, rule
        self.texts = session.texts

    def heading(self, key: str, **values: object) -> None:
        """Print a heading and under it the definition of what follows."""
        print()
        self.session.say(f"cli.watch.{key}", **values)
        self.note(f"cli.watch.{key}_measure")

    def note(self, key: str, **values: object) -> None:
        """Print a sentence, no line wider than a page."""
        print(*wrapped(self.texts(key, **values), _PAGE), sep="\n")

    def sectors(self, columns: Mapping[str, Sequence[str]], keys: Sequence[str]) -> None:
        """Print a row a sector (`keys`), under the headings `columns`."""
        header = [self.texts("cli.watch.sector"), *(self.texts(f"cli.watch.{name}") for name in columns)]
        rows = zip(map(self.view.sector_label, keys), *columns.values(), strict=True)
        self.session.table(header, [tuple(row) for row in rows])

    def option(self, item: str, code: str) -> str:
        """Return an option in words."""
        asked = self.view.study.instrument.item(item)
        return next((self.texts.of(option.words) for option in asked.options if option.code == code), code)

    def rate(self, cell: Cell) -> str:
        """Write a rate with a decimal of a per cent, which is where rates of jobs differ."""
        if cell.value is None:
            return cell_text(cell)
        sign = SMALL_SIGN if cell.status is CellStatus.SMALL else ""
        if cell.low is None or cell.high is None:
            return f"{_tenth(cell.value)}%{sign}"
        ends = {"low": _tenth(cell.low), "high": _tenth(cell.high)}
        key = "cli.watch.from_to" if cell.low < 0 else "cli.watch.between"
        return f"{_tenth(cell.value)}%{sign} ({self.texts(key, **ends)})"


def _show_agents(printer: _Printer, watch: Watch, out: Released) -> None:
    if not watch.agents:
        return
    total = watch.agents[0]
    printer.heading("agents", n=number(total.firms, "count"))
    if not total.users:
        printer.note("cli.watch.no_users")
        return
    table = out.agents
    kept = [place for place, one in enumerate(watch.agents) if one.firms]
    columns = {name: _texts(table, place, kept) for place, name in enumerate(table.columns)}
    printer.sectors(columns, [table.rows[place].key for place in kept])
    flags = {flag.id: printer.texts.of(flag.words) for flag in printer.rule.agents.flags}
    spoken = (
        ("tiers", out.tiers, lambda code: printer.texts(f"watch.register.tier_{code or 'unknown'}")),
        ("quadrants", out.quadrants, lambda code: printer.texts(f"watch.register.quadrant_{code}")),
        ("flags", out.flags, flags.__getitem__),
    )
    for name, counted, words in spoken:
        parts = [f"{words(code)} {cell_text(cell)}" for code, cell in _total(counted) if cell.value is not None or _hidden(cell)]
        if parts:
            printer.note(f"cli.watch.{name}", parts=printer.texts("wording.list_separator").join(parts))


def _show_jobs(printer: _Printer, watch: Watch, out: Released) -> None:
    if not watch.jobs:
        return
    total = watch.jobs[0]
    printer.heading("jobs")
    if total.left_out:
        printer.note("cli.watch.left_out", n=number(total.left_out, "count"))
    if not total.firms:
        printer.note("cli.watch.no_jobs")
        return
    kept = [place for place, one in enumerate(watch.jobs) if one.firms or one.sector == TOTAL]
    columns = {name: _texts(out.jobs, place, kept, printer.rate) for place, name in enumerate(out.jobs.columns)}
    columns["ai_exposure"] = [_range(watch.jobs[place].exposure) for place in kept]
    printer.sectors(columns, [watch.jobs[place].sector for place in kept])
    printer.note("watch.exposure.caveat")


def _show_models(printer: _Printer, watch: Watch, out: Released) -> None:
    if not watch.models:
        return
    printer.heading("models", n=number(watch.models[0].firms, "count"))
    items = {name: getattr(printer.rule.models, name) for name in ("sources", "purposes", "barriers")}
    for part, table in out.models.items():
        if part in items:
            rows = [(printer.option(items[part], code), cell_text(cell)) for code, cell in _total(table)]
        else:
            rows = [(printer.texts("cli.watch.human_channel"), cell_text(cell)) for _, cell in _total(table)]
        print()
        if all(cell.value is None and not _hidden(cell) for _, cell in _total(table)):
            printer.note("cli.watch.no_answers", what=printer.texts(f"cli.watch.{part}"))
        else:
            printer.session.table([printer.texts(f"cli.watch.{part}"), printer.texts("cli.watch.share")], rows)


def _tenth(share: float) -> str:
    return f"{round(share * 100, 1) + 0.0:.1f}"


def _range(exposure: tuple[float, float, float] | None) -> str:
    return ABSENT_SIGN if exposure is None else "–".join(f"{place * 100:.0f}" for place in exposure)


def _hidden(cell: Cell) -> bool:
    return cell.status is CellStatus.HIDDEN


def _texts(table: ReleasedTable, column: int, rows: Sequence[int], text: Any = cell_text) -> list[str]:
    return [text(table.rows[row].cells[column]) for row in rows]


def _total(table: ReleasedTable) -> Iterator[tuple[str, Cell]]:
    """The cells of all firms, each with the key of its column."""
    row = next((row for row in table.rows if row.key == TOTAL), None)
    yield from () if row is None else zip(table.columns, row.cells, strict=True)
