"""A figure reported for a goal that no survey of firms measures."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.words import Texts
from app.gui.dialogs.signed import Answer, Field, Form, SignedDialog
from app.present.pages.goal_values import ReportForm


def report_dialog(parent: QWidget, asked: ReportForm, texts: Texts, answer: Answer) -> SignedDialog:
    """Return the form of a reported figure; `answer` gets value, date, source and who."""
    unit = texts("gui.goal.report_value_unit", unit=asked.unit) if asked.unit else texts("gui.goal.report_value")
    taken = texts("wording.list_separator").join(asked.taken[:4])
    note = texts("gui.goal.report_note")
    note += texts("gui.goal.report_taken", days=taken) if taken else ""
    fields = (
        Field("value", unit, hint=texts("gui.goal.report_hint")),
        Field("date", texts("gui.goal.report_date"), "day"),
        Field("source", texts("gui.goal.report_source"), value=asked.source, hint=texts("gui.goal.report_source_hint")),
        Field("who", texts("gui.goal.who"), hint=texts("gui.goal.who_hint")),
    )
    return SignedDialog(parent, Form("report", asked.name, note, texts("gui.goal.report_go"), fields), texts, answer)
