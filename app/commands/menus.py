"""Where commands appear: menus of command ids in order, "" for a line between."""

from __future__ import annotations

SEPARATOR = ""
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("file", ("study.new", "study.open", SEPARATOR, "study.check", "demo.open", SEPARATOR, "app.quit")),
    ("edit", ("edit.undo", "edit.redo", SEPARATOR, "palette.open")),
    (
        "work",
        (
            "study.collect",
            "study.register",
            "decisions.import",
            SEPARATOR,
            "study.assess",
            "study.goals",
            SEPARATOR,
            "study.goal",
            "study.proof",
            "study.reported",
            "study.break",
            "study.scenario",
            "goalbook.import",
            "goalbook.export",
            "goals.export",
            SEPARATOR,
            "study.visits",
            "visits.export",
            "study.labels",
            "study.weights",
            "study.model",
            SEPARATOR,
            "study.slips",
            "study.form",
            "study.responses",
            "study.agents",
            "decisions.export",
            SEPARATOR,
            "study.brief",
            "study.figure",
        ),
    ),
    ("view", ("view.language", "view.theme")),
    ("help", ("help.method",)),
)
