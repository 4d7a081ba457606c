"""Where one goal is asked about: edits, reported figures, breaks; what is said goes to the commands in `targeting`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.domain.words import Texts
from app.gui import goal_work
from app.gui.dialogs.signed import Field, Form, SignedDialog

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]
Changed = tuple[tuple[str, str], ...]


class Aiming:
    """Opens the dialogs of a goal for the main window and hands what they give to the commands."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self.flows: dict[str, Callable[[Parameters], object]] = {
            "goal.choose": self.choose,
            "goal.edit": self.edit,
            "goal.new": self.new,
            "goal.withdraw": self.withdraw,
            "goal.restore": self.restore,
            "goal.report": self.report,
            "goal.break": self.declare,
            "goal.prove": self.prove,
        }

    def choose(self, parameters: Parameters) -> None:
        """Ask for another goal and show it."""
        from app.gui.dialogs.choose import ask_choice

        texts = self._session.texts
        ask_choice(
            self._window,
            texts("gui.goal.choose_title"),
            parameters["options"],
            texts,
            lambda id_: self._window.desk.trigger("goal.show", {"goal": id_}),
        )

    def edit(self, parameters: Parameters) -> None:
        """Edit the fields of a goal."""
        form = parameters.get("form")
        if form is None:
            return
        self._form(form, form.goal)

    def new(self, _parameters: Parameters) -> None:
        """Enter a goal of one's own."""
        asked = self._session.asked()
        if asked is not None:

            def show(found: goal_work.Blank) -> None:
                self._form(found.form, found.id)

            self._session.glance(goal_work.blank(asked), show)

    def withdraw(self, parameters: Parameters) -> None:
        """Withdraw a goal from the book; its history stays."""
        self._sign("withdraw", parameters["name"], {"goal": parameters["goal"], "withdraw": True})

    def restore(self, parameters: Parameters) -> None:
        """Let an earlier version of a goal hold again."""
        given = {"goal": parameters["goal"]}
        given |= {"withdraw": True} if parameters["withdraw"] else {"set": parameters["set"]}
        self._sign("restore", parameters["name"], given)

    def report(self, parameters: Parameters) -> None:
        """Report a figure of a goal."""
        from app.gui.dialogs.reported import report_dialog

        form = parameters.get("form")
        if form is not None:
            self._open(report_dialog, form, lambda said: self._change("reported", {"goal": form.goal, **said}))

    def declare(self, parameters: Parameters) -> None:
        """Declare that a series breaks."""
        from app.gui.dialogs.break_ import break_dialog

        form = parameters.get("form")
        if form is not None:
            self._open(break_dialog, form, lambda said: self._change("break", said))

    def prove(self, parameters: Parameters) -> None:
        """Show where evidence for a goal without a number is recorded."""
        self._window.go("goals")
        self._window.pages["goals"].show_entry(parameters.get("entry", ""))

    def _open(self, made: Callable[..., SignedDialog], form: object, answer: Callable[[dict[str, str]], object]) -> None:
        made(self._window, form, self._session.texts, answer).open()

    def _form(self, form: Any, id_: str) -> None:
        from app.gui.dialogs.goal_edit import GoalEditDialog

        def tries(changed: Changed, show: Callable[[tuple[str, ...], bool], object]) -> None:
            asked = self._session.asked()
            if asked is not None:

                def told(found: goal_work.Tried) -> None:
                    show(found.sentences, found.possible)

                self._session.glance(goal_work.tried(asked, id_, changed), told)

        def saves(changed: Changed, who: str, why: str) -> None:
            self._change("goal", {"goal": id_, "set": changed, "who": who, "why": why})

        GoalEditDialog(self._window, form, self._session.texts, tries, saves).open()

    def _sign(self, name: str, title: str, given: Parameters) -> None:
        """Ask who and why, then run `study.goal` with `given`."""
        texts: Texts = self._session.texts
        fields = tuple(Field(each, texts(f"gui.goal.{each}"), hint=texts(f"gui.goal.{each}_hint")) for each in ("who", "why"))
        form = Form(name, title, texts(f"gui.goal.{name}_note"), texts(f"gui.goal.{name}_go"), fields)
        SignedDialog(self._window, form, texts, lambda said: self._change("goal", {**given, **said})).open()

    def _change(self, command: str, parameters: Parameters) -> None:
        self._window.desk.trigger(f"study.{command}", parameters)
