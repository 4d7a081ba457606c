"""A break of a series that people declare: from which wave on it was asked or defined otherwise, and how."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.words import Texts
from app.gui.dialogs.signed import Answer, Field, Form, SignedDialog
from app.present.pages.goal_values import BreakForm

ALL = ""  # every measure


def break_dialog(parent: QWidget, asked: BreakForm, texts: Texts, answer: Answer) -> SignedDialog:
    """Return the form of a break; `answer` gets wave, measure ("" all), why and who."""
    scope = ((asked.measure, texts("gui.goal.break_this")), (ALL, texts("gui.goal.break_all")))
    fields = (
        Field("wave", texts("gui.goal.break_wave"), "choice", options=asked.waves),
        Field("measure", texts("gui.goal.break_scope"), "choice", asked.measure, needed=False, options=scope),
        Field("why", texts("gui.goal.break_why"), hint=texts("gui.goal.break_why_hint")),
        Field("who", texts("gui.goal.who"), hint=texts("gui.goal.who_hint")),
    )
    form = Form("break", texts("gui.goal.break_title"), texts("gui.goal.break_note"), texts("gui.goal.break_go"), fields)
    return SignedDialog(parent, form, texts, answer)
