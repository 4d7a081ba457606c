"""What the program can do, declared once: the window's menus and the command line are both made from this table.

Nothing heavy is imported here; what a command runs stands in `app.commands.runs` and is loaded when it is first run.
"""

from __future__ import annotations

from app.commands.command import Command, Kind, Parameter, Request, When
from app.domain.goals import Layer
from app.domain.relay import HIDE, PROTECTIONS, Rank
from app.domain.signing import Stage
from app.domain.targets import ProofState
from app.workflows.context import DEFAULT_INSTRUMENT, DEFAULT_SEED

__all__ = ["COMMANDS", "Command", "Kind", "Parameter", "Request", "When", "command"]


_STUDY = Parameter("study", Kind.STUDY, positional=True, required=True)
_PATHS = Parameter("paths", Kind.PATHS, positional=True, required=True)
_INSTRUMENT = Parameter("instrument", Kind.TEXT, default=DEFAULT_INSTRUMENT)
_SEED = Parameter("seed", Kind.NUMBER, default=DEFAULT_SEED)
_OUT = Parameter("out", Kind.SAVE, required=True)
_PASSWORDS = Parameter("password_file", Kind.OPEN)
_FROM = Parameter("from", Kind.OPEN)
_FORGET = Parameter("forget", Kind.FLAG)
_EXPORT = Parameter("export", Kind.SAVE)
_FIRM = Parameter("firm", Kind.WORD, True, True)
_LEVEL = Parameter("level", Kind.WORD, True)
_WHO, _WHY, _EVIDENCE = (Parameter(name, Kind.WORD) for name in ("who", "why", "evidence"))
_SIGNED = (_WHO, Parameter("when", Kind.DATE))
_JUDGED = (*_SIGNED, _WHY)
_PLACE = (
    Parameter("place", Kind.WORD),
    Parameter("name", Kind.WORD),
    Parameter("level", Kind.CHOICE, choices=tuple(rank.value for rank in Rank)),
)
_KEY, _TABLES, _ACCEPT = Parameter("key", Kind.OPEN), Parameter("tables", Kind.SAVE), Parameter("accept_key", Kind.FLAG)
_OF_WAVE = (Parameter("wave", Kind.TEXT), _FORGET)

COMMANDS: tuple[Command, ...] = (
    Command("demo.open", "demo", (Parameter("out", Kind.FOLDER, default="zhiheng-demo"), _SEED)),
    Command("study.check", "check", (_PATHS, _INSTRUMENT, _PASSWORDS)),
    Command("study.new", "new", (Parameter("study", Kind.NEW_STUDY, positional=True, required=True), _INSTRUMENT), "Ctrl+N"),
    Command(
        "study.collect",
        "collect",
        (
            _STUDY,
            _PATHS,
            Parameter("wave", Kind.TEXT),
            Parameter("date", Kind.DATE),
            Parameter("design", Kind.CHOICE, choices=("census", "sample", "volunteer")),
            Parameter("due", Kind.DATE),
            Parameter("frame", Kind.OPEN),
            _PASSWORDS,
            Parameter("decisions", Kind.OPEN),
        ),
        "Ctrl+I",
        When.STUDY,
    ),
    Command("study.findings", "findings", (_STUDY,), when=When.STUDY),
    Command("study.questions", "questions", (_STUDY, Parameter("all", Kind.FLAG)), when=When.STUDY),
    Command(
        "study.decide",
        "decide",
        (_STUDY, Parameter("question", Kind.WORD, True), Parameter("answer", Kind.WORD, True), _FROM, _FORGET),
        when=When.STUDY,
    ),
    Command("study.decisions", "decisions", (_STUDY, Parameter("out", Kind.SAVE), _FROM), when=When.STUDY),
    Command(
        "study.correct",
        "correct",
        (
            _STUDY,
            Parameter("cell", Kind.WORD, True, True),
            Parameter("text", Kind.WORD, True),
            Parameter("reason", Kind.WORD),
            _FORGET,
        ),
        when=When.ANSWERS,
    ),
    Command("study.revisions", "revisions", (_STUDY, Parameter("source", Kind.WORD, True)), when=When.ANSWERS),
    Command(
        "study.accept",
        "accept",
        (
            _STUDY,
            Parameter("source", Kind.WORD, True, True),
            Parameter("rows", Kind.ROWS),
            *(Parameter(name, Kind.FLAG) for name in ("new", "changed", "vanished", "all", "keep")),
        ),
        when=When.ANSWERS,
    ),
    Command("study.register", "register", (_STUDY, Parameter("file", Kind.OPEN, True)), when=When.STUDY),
    Command(
        "study.form",
        "form",
        (Parameter("instrument", Kind.TEXT, True, True), _OUT, Parameter("register", Kind.STUDY)),
        when=When.STUDY,
    ),
    Command("study.slips", "slips", (_STUDY, Parameter("out", Kind.FOLDER, required=True)), when=When.ANSWERS),
    Command("study.responses", "responses", (_STUDY, _OUT), when=When.ANSWERS),
    Command("study.assess", "assess", (_STUDY, Parameter("labels", Kind.OPEN), _SEED), "F5", When.ANSWERS),
    Command(
        "study.labels",
        "labels",
        (_STUDY, Parameter("file", Kind.OPEN, True), *_OF_WAVE),
        when=When.ANSWERS,
    ),
    Command("study.label", "label", (_STUDY, _FIRM, _LEVEL, *_JUDGED, _EVIDENCE, *_OF_WAVE), when=When.ANSWERS),
    Command("study.ruling", "ruling", (_STUDY, _FIRM, _LEVEL, *_JUDGED, *_OF_WAVE), when=When.ANSWERS),
    Command("study.override", "override", (_STUDY, _FIRM, _LEVEL, *_JUDGED, _EVIDENCE, *_OF_WAVE), when=When.ANSWERS),
    Command(
        "study.confirm",
        "confirm",
        (_STUDY, _FIRM, Parameter("answer", Kind.WORD, True), *_JUDGED, *_OF_WAVE),
        when=When.ANSWERS,
    ),
    Command(
        "study.visits",
        "visits",
        (_STUDY, Parameter("n", Kind.NUMBER), _SEED, Parameter("list", Kind.WORD), Parameter("out", Kind.SAVE)),
        when=When.LEVELS,
    ),
    Command(
        "study.weights",
        "weights",
        (
            _STUDY,
            Parameter("set", Kind.WORDS),
            Parameter("aggregation", Kind.CHOICE, choices=("arithmetic", "geometric")),
            _WHY,
            _WHO,
            _FROM,
            Parameter("use", Kind.WORD),
            _EXPORT,
        ),
        when=When.STUDY,
    ),
    Command("study.model", "model", (_STUDY, _OUT), when=When.LEVELS),
    Command("study.goals", "goals", (_STUDY, Parameter("as_of", Kind.DATE), _EXPORT), "F6", When.ANSWERS, "runs_targets"),
    Command(
        "forecast.backtest",
        "backtest",
        (
            Parameter("file", Kind.OPEN, True, True),
            Parameter("horizons", Kind.TEXT, default="1,4"),
            Parameter("without", Kind.TEXT),
        ),
        module="runs_backtest",
    ),
    Command(
        "study.goal",
        "goal",
        (
            _STUDY,
            Parameter("goal", Kind.WORD, True),
            Parameter("set", Kind.WORDS),
            Parameter("withdraw", Kind.FLAG),
            _FORGET,
            *_JUDGED,
        ),
        when=When.STUDY,
        module="runs_targets",
    ),
    Command(
        "study.goalbook",
        "goalbook",
        (
            _STUDY,
            _FROM,
            Parameter("add", Kind.WORD),
            _EXPORT,
            Parameter("layer", Kind.CHOICE, choices=tuple(layer.value for layer in Layer)),
            *_SIGNED,
        ),
        when=When.STUDY,
        module="runs_targets",
    ),
    Command(
        "study.proof",
        "proof",
        (
            _STUDY,
            Parameter("entry", Kind.WORD, True),
            Parameter("state", Kind.CHOICE, choices=tuple(state.value for state in ProofState)),
            Parameter("note", Kind.WORD),
            Parameter("document", Kind.WORD),
            *_SIGNED,
            _FORGET,
        ),
        when=When.STUDY,
        module="runs_targets",
    ),
    Command(
        "study.reported",
        "reported",
        (
            _STUDY,
            Parameter("goal", Kind.WORD, True),
            Parameter("value", Kind.WORD),
            Parameter("date", Kind.DATE),
            Parameter("source", Kind.WORD),
            *_SIGNED,
            _FORGET,
        ),
        when=When.STUDY,
        module="runs_targets",
    ),
    Command(
        "study.break",
        "break",
        (_STUDY, Parameter("wave", Kind.TEXT), Parameter("measure", Kind.WORD), _WHY, *_SIGNED, _FORGET),
        when=When.ANSWERS,
        module="runs_targets",
    ),
    Command("study.watch", "watch", (_STUDY, Parameter("wave", Kind.TEXT)), when=When.ANSWERS, module="runs_watch"),
    Command("study.agents", "agents", (_STUDY, _OUT, Parameter("wave", Kind.TEXT)), when=When.ANSWERS, module="runs_watch"),
    Command(
        "study.scenario",
        "scenario",
        (
            _STUDY,
            Parameter("name", Kind.WORD, True),
            Parameter("goal", Kind.WORD),
            Parameter("lever", Kind.WORDS),
            Parameter("note", Kind.WORD),
            *_SIGNED,
            _FORGET,
        ),
        when=When.STUDY,
        module="runs_scenarios",
    ),
    Command(
        "study.change",
        "change",
        (
            _STUDY,
            Parameter("measure", Kind.WORD),
            Parameter("by", Kind.CHOICE, choices=("sector", "size", "township")),
            Parameter("from", Kind.TEXT),
            Parameter("to", Kind.TEXT),
        ),
        when=When.ANSWERS,
        module="runs_scenarios",
    ),
    Command(
        "study.brief",
        "brief",
        (
            _STUDY,
            _OUT,
            Parameter("template", Kind.TEXT),
            Parameter("sections", Kind.WORDS),
            Parameter("township", Kind.TEXT),
            Parameter("sector", Kind.TEXT),
            Parameter("issuer", Kind.WORD),
        ),
        "Ctrl+P",
        When.ANSWERS,
        "runs_brief",
    ),
    Command(
        "study.sign",
        "sign",
        (
            _STUDY,
            Parameter("stage", Kind.CHOICE, choices=tuple(stage.value for stage in Stage)),
            *_SIGNED,
            Parameter("note", Kind.WORD),
            Parameter("withdraw", Kind.FLAG),
        ),
        when=When.LEVELS,
        module="runs_release",
    ),
    Command(
        "study.briefs",
        "briefs",
        (
            _STUDY,
            Parameter("out", Kind.FOLDER, required=True),
            Parameter("by", Kind.CHOICE, choices=("township", "sector"), default="township"),
            Parameter("format", Kind.CHOICE, choices=("docx", "pptx", "xlsx", "pdf"), default="docx"),
            Parameter("template", Kind.TEXT),
            Parameter("sections", Kind.WORDS),
            Parameter("issuer", Kind.WORD),
        ),
        when=When.LEVELS,
        module="runs_brief",
    ),
    Command(
        "study.anonymise",
        "anonymise",
        (
            _STUDY,
            _OUT,
            Parameter("purpose", Kind.WORD),
            *_SIGNED,
            Parameter("k", Kind.NUMBER, default=5),
        ),
        when=When.ANSWERS,
        module="runs_release",
    ),
    Command(
        "study.releases",
        "releases",
        (
            _STUDY,
            Parameter("check", Kind.FLAG),
            Parameter("template", Kind.TEXT),
            Parameter("sections", Kind.WORDS),
            Parameter("township", Kind.TEXT),
            Parameter("sector", Kind.TEXT),
        ),
        when=When.STUDY,
        module="runs_brief",
    ),
    Command(
        "study.relay",
        "relay",
        (
            _STUDY,
            _OUT,
            *_PLACE,
            Parameter("wave", Kind.TEXT),
            Parameter("protect", Kind.CHOICE, choices=PROTECTIONS, default=HIDE),
            _WHO,
            _KEY,
            _TABLES,
        ),
        when=When.ANSWERS,
        module="runs_relay",
    ),
    Command("relay.merge", "merge", (_PATHS, _OUT, *_PLACE, _WHO, _KEY, _ACCEPT, _TABLES), module="runs_relay"),
    Command(
        "relay.receipt",
        "receipt",
        (_PATHS, Parameter("out", Kind.SAVE), *_PLACE[:2], _WHO, _KEY, _ACCEPT),
        module="runs_relay",
    ),
    Command(
        "study.verify",
        "verify",
        (
            Parameter("file", Kind.OPEN, True, True),
            Parameter("study", Kind.STUDY, required=True),
            Parameter("template", Kind.OPEN),
        ),
        when=When.ANSWERS,
        module="runs_verify",
    ),
    Command(
        "study.figure",
        "figure",
        (
            _STUDY,
            Parameter("figure", Kind.TEXT, True, True),
            _OUT,
            Parameter("profile", Kind.TEXT),
            Parameter("dpi", Kind.NUMBER),
            Parameter("map", Kind.OPEN),
            Parameter("approval", Kind.WORD),
        ),
        when=When.LEVELS,
        module="runs_figure",
    ),
    Command("brief.templates", "templates", (Parameter("file", Kind.OPEN, True),), module="runs_templates"),
    Command("study.journal", "journal", (_STUDY,), when=When.STUDY),
    *(
        Command(f"brief.{name}", when=When.LEVELS)
        for name in ("template", "own", "scope", "section", "language", "issuer", "release")
    ),
    Command("decisions.import", when=When.STUDY),
    Command("decisions.export", when=When.STUDY),
    Command("visits.export", when=When.LEVELS),
    Command("goals.export", when=When.ANSWERS),
    Command("goalbook.import", when=When.STUDY),
    Command("goalbook.export", when=When.STUDY),
    Command("study.open", keys="Ctrl+O"),
    Command("edit.undo", keys="Ctrl+Z"),
    Command("edit.redo", keys="Ctrl+Y"),
    Command("figure.copy_picture", keys="Ctrl+Shift+C", when=When.ANSWERS),
    Command("figure.copy_table", keys="Ctrl+Shift+T", when=When.ANSWERS),
    Command("palette.open", keys="Ctrl+K"),
    Command("view.language", keys="Ctrl+L"),
    Command("view.theme"),
    Command("help.method", keys="F1"),
    Command("app.quit", keys="Ctrl+Q"),
)


def command(id_: str) -> Command:
    """Return the command with this id; KeyError when there is none."""
    for entry in COMMANDS:
        if entry.id == id_:
            return entry
    raise KeyError(id_)
