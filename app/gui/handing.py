"""What becomes of a brief once it is drafted: signed, written many times over, checked when it comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.signing import Stage
from app.domain.words import Texts
from app.gui import brief_work
from app.gui.dialogs.files import Question, ask_folder, ask_open
from app.gui.dialogs.signed import Field, Form, SignedDialog
from app.gui.errors import sentence_of
from app.gui.panels_brief import verified_panel

if TYPE_CHECKING:
    from app.domain.verified import Verified
    from app.gui.main_window import MainWindow
    from app.workflows.write_briefs import Written

Parameters = dict[str, Any]
WITHDRAW = "withdraw"
PARTS = ("township", "sector")


class Handing:
    """Asks for whatever the parameters leave open, then hands it to the commands."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self.flows: dict[str, Callable[[Parameters], object]] = {
            "study.sign": self.sign,
            "study.briefs": self.briefs,
            "study.verify": self.verify,
        }

    def sign(self, parameters: Parameters) -> None:
        """Sign the brief at a stage, or take the last stage back."""
        if parameters:
            self._sign(parameters)
            return
        texts, study = self._session.texts, self._session.store.study
        if study is None:
            return
        held = [each.stage for each in _in_force(study.signing.signatures)]
        SignedDialog(self._window, sign_form(texts, tuple(held)), texts, lambda said: self._sign(_asked(said, held))).open()

    def briefs(self, parameters: Parameters) -> None:
        """Write a brief of each township or sector into a folder."""
        drafting, texts = self._window.desk.drafting, self._session.texts
        if "out" in parameters:
            kind = f".{parameters.get('format') or drafting.formats[0].removeprefix('.')}"
            self._write(Path(parameters["out"]), str(parameters.get("by") or PARTS[0]), kind)
            return

        def said(answers: dict[str, str]) -> None:
            question = Question(texts("gui.file.folder"), folder=self._folder())
            ask_folder(self._window, question, lambda paths: self._write(paths[0], answers["by"], answers["format"]))

        SignedDialog(self._window, batch_form(texts, drafting.formats), texts, said).open()

    def verify(self, parameters: Parameters) -> None:
        """Hold a document that came back against the study, number by number."""
        texts = self._session.texts
        if "file" in parameters:
            self._verify(Path(parameters["file"]))
            return
        question = Question(texts("gui.file.verify"), texts("gui.file.verifiable"), self._folder())
        ask_open(self._window, question, lambda paths: self._verify(paths[0]))

    def _sign(self, parameters: Parameters) -> None:
        def done(_result: object) -> None:
            self._window.error.tell(self._session.texts("gui.sign.done"), done=True)

        self._session.change("sign", parameters, self._session.texts("gui.command.study.sign"), done)

    def _write(self, folder: Path, by: str, ending: str) -> None:
        from app.workflows.write_briefs import Batch

        asked, draft = self._session.asked(), self._window.desk.drafting.draft_for(ending, self._window.desk.draft.lang)
        if asked is not None:
            part = "sector" if by == "sector" else "township"
            batch = Batch(folder, part, ending, draft.plan)  # type: ignore[arg-type]  # one of the two words
            self._session.run(
                "study.briefs", brief_work.briefs(asked, batch, draft.lang), lambda found: self._tell(folder, found)
            )

    def _tell(self, folder: Path, written: Written) -> None:
        texts = self._session.texts
        lines = tuple(f"{label}：{sentence_of(error, texts)}" for label, error in written.left_out)
        key = "gui.briefs.some" if lines else "gui.briefs.all"
        sentence = texts(key, n=len(written.files), left=len(lines), folder=folder)
        self._window.error.tell(sentence, done=not lines, details=lines)
        self._window.error.offer_file(folder)

    def _verify(self, file: Path) -> None:
        asked, study = self._session.asked(), self._session.store.path
        if asked is not None and study is not None:
            self._session.run("study.verify", brief_work.verified(asked, file, study), self._show)

    def _show(self, found: Verified) -> None:
        self._window.side.display(verified_panel(found, self._session.texts), self._session.palette)

    def _folder(self) -> Path | None:
        return self._session.store.path.parent if self._session.store.path is not None else None


def _in_force(signatures: Any) -> Any:
    from app.analysis.signing import in_force

    return in_force(signatures)


def _asked(said: dict[str, str], held: list[Stage]) -> Parameters:
    """Return the parameters of `study.sign` from what the form says."""
    if said["stage"] == WITHDRAW:
        return {**said, "stage": held[-1].value, "withdraw": True}
    return dict(said)


def sign_form(texts: Texts, held: tuple[Stage, ...]) -> Form:
    """Return the form to sign: the next stage chosen, those already signed to be given anew, the last to be taken back."""
    order = tuple(Stage)
    following = order[min(len(held), len(order) - 1)]
    options = [(stage.value, texts(f"gui.sign.{stage.value}")) for stage in order]
    if held:
        options.append((WITHDRAW, texts("gui.sign.withdraw", stage=texts(f"gui.sign.{held[-1].value}"))))
    return Form(
        "sign",
        texts("gui.sign.title"),
        texts("gui.sign.note"),
        texts("gui.sign.go"),
        (
            Field("stage", texts("gui.sign.stage"), "choice", following.value, options=tuple(options)),
            Field("who", texts("gui.sign.who"), hint=texts("gui.sign.who_hint")),
            Field("when", texts("gui.sign.when"), "day"),
            Field("note", texts("gui.sign.remark"), hint=texts("gui.sign.remark_hint"), needed=False),
        ),
    )


def batch_form(texts: Texts, formats: tuple[str, ...]) -> Form:
    """Return the form that asks what a batch of briefs is by, and as which files."""
    kinds = tuple((ending, texts(f"gui.briefs.{ending.removeprefix('.')}")) for ending in formats)
    parts = tuple((part, texts(f"gui.briefs.{part}")) for part in PARTS)
    return Form(
        "briefs",
        texts("gui.briefs.title"),
        texts("gui.briefs.note"),
        texts("gui.briefs.go"),
        (
            Field("by", texts("gui.briefs.by"), "choice", PARTS[0], options=parts),
            Field("format", texts("gui.briefs.format"), "choice", formats[0], options=kinds),
        ),
    )
