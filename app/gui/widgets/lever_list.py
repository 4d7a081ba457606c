"""The levers of the scenario being written, one below the other; there is always at least one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.targets import Lever
from app.domain.words import Texts
from app.gui.focus import order_focus
from app.gui.widgets.lever_form import LeverForm
from app.gui.widgets.parts import button, column, row
from app.present.pages.scenarios_values import LeverLine, ScenariosPage
from app.present.pages.values import Head

MOST = 8


class LeverList(QWidget):
    """`changed()` on every change of any lever, and when one comes or goes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scenario.levers")
        self.forms: list[LeverForm] = []
        self._page, self._last = ScenariosPage(Head("")), ""
        self._texts: Texts | None = None
        self._column, self.add = column(spacing=0), button("scenario.add", "quiet")
        self.add.clicked.connect(lambda _checked=False: self._more())
        below = row(spacing=8)
        below.addWidget(self.add)
        below.addStretch()
        layout = column(self, 0, 4)
        layout.addLayout(self._column)
        layout.addLayout(below)

    def display(self, page: ScenariosPage, texts: Texts) -> None:
        """Offer what can be chosen; what is being written stays."""
        self._page, self._texts = page, texts
        self.add.setText(texts("gui.scenario.add"))
        if not self.forms:
            self._put()
        self._number()

    def limit(self, last: str) -> None:
        """Let every lever act until `last` (ISO) at most."""
        self._last = last
        for form in self.forms:
            form.limit(last)

    def take(self, levers: Sequence[Lever]) -> None:
        """Show these levers in place of those being written."""
        while self.forms:
            self._drop(self.forms[-1])
        for lever in levers:
            self._put().take(lever)
        if not self.forms:
            self._put()
        self.changed.emit()

    def say(self, lines: Sequence[LeverLine]) -> None:
        """Show what each lever that can be read gives, in order."""
        if self._texts is None:
            return
        rest = iter(lines)
        for form in self.forms:
            form.say(next(rest, None) if form.lever is not None else None, self._texts)

    @property
    def written(self) -> tuple[Lever, ...]:
        """The levers that can be read, in order."""
        return tuple(lever for form in self.forms if (lever := form.lever) is not None)

    @property
    def is_complete(self) -> bool:
        """Whether every lever can be saved."""
        return bool(self.forms) and all(form.is_complete for form in self.forms)

    def _more(self) -> None:
        """Put another lever below the last, ready to be written."""
        self._put().firms.setFocus()
        self.changed.emit()

    def _put(self) -> LeverForm:
        form = LeverForm(len(self.forms) + 1)
        form.changed.connect(self.changed)
        form.removed.connect(lambda: self._remove(form))
        self.forms.append(form)
        self._column.addWidget(form)
        if self._texts is not None:
            form.display(self._page.fields, self._page.reaches, self._texts)
        if self._last:
            form.limit(self._last)
        self.add.setEnabled(len(self.forms) < MOST)
        order_focus(self)
        return form

    def _remove(self, form: LeverForm) -> None:
        self._drop(form)
        if not self.forms:
            self._put()
        self._number()
        self.changed.emit()

    def _number(self) -> None:
        for place, each in enumerate(self.forms, 1):
            each.number = place
            if self._texts is not None:
                each.display(self._page.fields, self._page.reaches, self._texts)

    def _drop(self, form: LeverForm) -> None:
        self.forms.remove(form)
        self._column.removeWidget(form)
        form.hide()
        form.deleteLater()
        self.add.setEnabled(True)
