"""What leaves the house from the window: a package for the next level up, and a firm file without names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.anonymous import USUAL_K
from app.domain.errors import UserError
from app.domain.relay import HIDE, PROTECTIONS, Rank
from app.domain.task import Progress, Task
from app.domain.words import Texts
from app.gui.dialogs.files import Question, ask_save
from app.gui.dialogs.signed import Field, Form, SignedDialog
from app.gui.errors import sentence_of

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]
RELAY, ANONYMISE = "relay", "anonymise"
ENDINGS = {RELAY: "zhrelay", ANONYMISE: "xlsx"}
CROWDS = (3, 5, 10, 20)  # how many firms at least look the same, to choose from


class Sending:
    """Asks what is said in a form and where to write; what was said stays until the file is written."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self._said: dict[str, dict[str, str]] = {}
        self.flows: dict[str, Callable[[Parameters], object]] = {
            f"study.{command}": partial(self._send, command) for command in ENDINGS
        }

    def _send(self, command: str, parameters: Parameters) -> None:
        """Write to `out`, or ask for everything."""
        if "out" in parameters:
            self._write(command, parameters)
            return
        texts = self._session.texts
        made = relay_form if command == RELAY else anonymise_form
        form = made(texts, self._session.preferences.sender | self._said.get(command, {}))
        SignedDialog(
            self._window, form, texts, lambda said: self._ask_where(command, said), lambda said: refusal(command, said, texts)
        ).open()

    def _ask_where(self, command: str, said: dict[str, str]) -> None:
        self._said[command] = said
        if command == RELAY:
            self._session.preferences.sender = said
        texts, store, ending = self._session.texts, self._session.store, ENDINGS[command]
        if store.study is None or store.path is None:
            return
        name = f"{texts(f'gui.file.{command}_name', study=store.study.name)}.{ending}"
        question = Question(texts("gui.file.save"), texts(f"gui.file.save_{command}"), store.path.parent, name, ending)
        ask_save(self._window, question, lambda paths: self._write(command, {**said, "out": paths[0]}))

    def _write(self, command: str, parameters: Parameters) -> None:
        texts, out = self._session.texts, Path(parameters["out"])
        given = {**parameters, "out": out}
        if command == ANONYMISE:
            given |= {"k": int(parameters.get("k") or USUAL_K), "lang": texts.lang}

        def done(_result: object) -> None:
            self._said.pop(command, None)
            self._window.say_written(out)
            if command == RELAY:
                self._window.error.offer_file(out.parent)  # no program of the user's opens a package
                self._session.glance(fingerprint_of(out), lambda found: self._tell(out, found))

        self._session.change(command, given, texts(f"gui.command.study.{command}"), done)

    def _tell(self, out: Path, fingerprint: str) -> None:
        """Say by which key the package is signed: the receiver asks for it by telephone."""
        texts = self._session.texts
        details = (texts("cli.relay.key", fingerprint=fingerprint),)
        self._window.error.tell(texts("gui.brief.written", file=out), done=True, details=details)
        self._window.error.offer_file(out.parent)


def fingerprint_of(package: Path) -> Task[str]:
    """Read a package back and return the fingerprint of the key that signed it."""
    from app.files.relay_file import read_relay

    yield Progress("gui.progress.page")
    return read_relay(package).fingerprint


def refusal(command: str, said: Mapping[str, str], texts: Texts) -> str:
    """Return why the program would not take what a form says, "" where it would: told before anything is written."""
    from app.workflows.anonymise import LONGEST_PURPOSE
    from app.workflows.relay import place_of
    from app.workflows.sign import LONGEST_NAME
    from app.workflows.targets import short_text_of

    try:
        for name, most in (("name", LONGEST_NAME), ("who", LONGEST_NAME), ("purpose", LONGEST_PURPOSE)):
            short_text_of(said, name, most)
        if command == RELAY:
            place_of(said, Rank.COUNTY)
    except UserError as error:
        key = f"gui.refused.{error.code}"
        return texts(key, **error.params) if key in texts.entries else sentence_of(error, texts)
    return ""


def relay_form(texts: Texts, said: Mapping[str, str]) -> Form:
    """Return the form that asks whose package it is, who sends it and how firms are protected."""
    ranks = tuple((rank.value, texts(f"relay.rank.{rank.value}").capitalize()) for rank in Rank)
    ways = tuple((way, texts(f"gui.relay.{way}")) for way in PROTECTIONS)
    fields = (
        Field("place", texts("gui.relay.place"), value=said.get("place", ""), hint=texts("gui.relay.place_hint")),
        Field("name", texts("gui.relay.name"), value=said.get("name", ""), hint=texts("gui.relay.name_hint")),
        Field("level", texts("gui.relay.level"), "choice", said.get("level", Rank.COUNTY.value), options=ranks),
        Field("who", texts("gui.relay.who"), value=said.get("who", "")),
        Field("protect", texts("gui.relay.protect"), "choice", said.get("protect", HIDE), options=ways),
    )
    return Form(RELAY, texts("gui.relay.title"), texts("gui.relay.note"), texts("gui.relay.go"), fields)


def anonymise_form(texts: Texts, said: Mapping[str, str]) -> Form:
    """Return the form that asks what a firm file without names is for, who writes it and how many firms look the same."""
    crowds = tuple((str(k), texts("gui.anonymise.crowd", k=k)) for k in CROWDS)
    fields = (
        Field("purpose", texts("gui.anonymise.purpose"), value=said.get("purpose", ""), hint=texts("gui.anonymise.purpose_hint")),
        Field("who", texts("gui.anonymise.who"), value=said.get("who", "")),
        Field("k", texts("gui.anonymise.k"), "choice", said.get("k", str(USUAL_K)), options=crowds),
    )
    return Form(ANONYMISE, texts("gui.anonymise.title"), texts("gui.anonymise.note"), texts("gui.anonymise.go"), fields)
