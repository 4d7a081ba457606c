"""The brief being drafted: by which template, of which firms, in which language, with which sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from app.domain.brief import BriefPlan, BriefTemplate
from app.domain.words import Lang, Texts
from app.gui import brief_work
from app.gui.dialogs.files import Question, ask_open
from app.gui.dialogs.signed import Field, Form, SignedDialog
from app.gui.draft import Draft
from app.gui.proofs import Proofs

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]
OWN_FILE = "own"
USUAL, DECK = "official", "deck"
PAGE = "brief"


class Drafting:
    """Keeps the draft for the main window; every change of it goes through a command."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self.draft = Draft(window.session.preferences.language, self._new_plan())
        self._path: Path | None = None
        self._session.store.changed.connect(lambda _study, _fields: self._follow_study())
        self.proofs = Proofs(window, self)
        self.flows: dict[str, Callable[[Parameters], object]] = {
            "brief.template": self.template,
            "brief.own": self.own,
            "brief.scope": self.scope,
            "brief.language": self.language,
            "brief.section": self.section,
            "brief.issuer": self.issuer,
            **self.proofs.flows,
        }

    @property
    def plan(self) -> BriefPlan:
        """What the brief is asked to be."""
        return self.draft.plan

    @property
    def _template(self) -> BriefTemplate | None:
        resources = self._session.resources
        if resources is None:
            return None
        named = DECK if self.plan.template.lower().endswith(".pptx") else self.plan.template or USUAL
        return resources.templates.get(named, resources.templates.get(USUAL))

    @property
    def formats(self) -> tuple[str, ...]:
        """The endings that the brief can be written as, the usual one first."""
        if "." in self.plan.template:
            return (Path(self.plan.template).suffix.lower(),)
        return self._template.formats if self._template is not None else (".docx",)

    def draft_for(self, ending: str, lang: Lang) -> Draft:
        """Return the draft to write as a file of `ending`: by the usual template of the ending where its own has none."""
        kept = self.plan if ending in self.formats else replace(self.plan, template="", sections=())
        return Draft(lang, kept)

    def template(self, parameters: Parameters) -> None:
        """Take another template (`template` an id), a document of one's own, or ask which."""
        value = parameters.get("template")
        if value == OWN_FILE:
            self.own({})
        elif value is not None:
            self._change(template=value, sections=())
        elif self._session.resources is not None:
            texts = self._session.texts
            options = (*brief_work.templates(self._session.resources, texts), (OWN_FILE, texts("page.brief.own_file")))
            self._ask("gui.brief.choose_template", options, lambda id_: self.template({"template": id_}))

    def own(self, parameters: Parameters) -> None:
        """Take a document of one's own as template (`file`, asked for unless it is said)."""
        if "file" in parameters:
            self._change(template=str(parameters["file"]), sections=())
            return
        texts, path = self._session.texts, self._session.store.path
        question = Question(
            texts("gui.file.own_template"), texts("gui.file.documents"), path.parent if path is not None else None
        )
        ask_open(self._window, question, lambda paths: self.own({"file": paths[0]}))
        self._window.outdate({PAGE})  # the chip shows what holds until a file is chosen

    def scope(self, parameters: Parameters) -> None:
        """Write of all firms (`scope` ""), one township (`township:name`) or sector (`sector:code`), asked for unless said."""
        value = parameters.get("scope")
        if value is None:
            self._ask_scope()
            return
        field, _, name = str(value).partition(":")
        parts = {"township": "", "sector": ""} | ({field: name} if name else {})
        self._change(**parts, sections=())

    def language(self, parameters: Parameters) -> None:
        """Write in another language, `lang` or the other one."""
        lang = parameters.get("lang") or ("en" if self.draft.lang == "zh" else "zh")
        self.draft = replace(self.draft, lang=cast("Lang", lang))
        self._outdate()

    def section(self, parameters: Parameters) -> None:
        """Write these `sections` alone, or ask which to put in or leave out."""
        if "sections" not in parameters:
            self._ask_section()
        elif not parameters["sections"]:
            self._window.error.tell(self._session.texts("gui.brief.last_section"))
            self._outdate()
        else:
            chosen, template = tuple(parameters["sections"]), self._template
            usual = brief_work.usual_sections(template, self.plan) if template is not None else ()
            self._change(sections=() if chosen == usual else chosen)

    def issuer(self, parameters: Parameters) -> None:
        """Name the bureau that issues the brief (`issuer`, "" for none), asked for unless it is said; later briefs keep it."""
        if "issuer" not in parameters:
            SignedDialog(
                self._window, issuer_form(self._session.texts, self.plan.issuer), self._session.texts, self.issuer
            ).open()
            return
        name = self._session.preferences.issuer = str(parameters["issuer"]).strip()
        self._change(issuer=name)

    def _new_plan(self) -> BriefPlan:
        return BriefPlan(issuer=self._session.preferences.issuer)

    def _change(self, **fields: Any) -> None:
        self.draft = replace(self.draft, plan=replace(self.plan, **fields))
        self._outdate()

    def _outdate(self) -> None:
        if self._window.page != PAGE:
            self._window.go(PAGE)
        self._window.outdate({PAGE})

    def _follow_study(self) -> None:
        """Another study has other townships and sectors: its brief begins anew."""
        if self._session.store.path != self._path:
            self._path = self._session.store.path
            self.draft = replace(self.draft, plan=self._new_plan())
            self.proofs.forget()

    def _ask(self, title: str, options: tuple[tuple[str, str], ...], answer: Callable[[str], object]) -> None:
        from app.gui.dialogs.choose import ask_choice

        ask_choice(self._window, self._session.texts(title), options, self._session.texts, answer)

    def _ask_scope(self) -> None:
        asked = self._session.asked()
        if asked is not None:
            self._session.glance(
                brief_work.scopes(asked),
                lambda options: self._ask("gui.brief.choose_scope", options, lambda value: self.scope({"scope": value})),
            )

    def _ask_section(self) -> None:
        template, texts = self._template, self._session.texts
        if template is None:
            return
        on = self.plan.sections or brief_work.usual_sections(template, self.plan)
        options = tuple(
            (name, texts(f"gui.brief.section_{'off' if name in on else 'on'}", section=texts(f"brief.heading.{name}")))
            for name in template.sections
        )

        def turned(name: str) -> None:
            wanted = tuple(each for each in template.sections if (each in on) != (each == name))
            self.section({"sections": wanted})

        self._ask("gui.brief.choose_section", options, turned)


def issuer_form(texts: Texts, named: str) -> Form:
    """Return the form that asks which bureau issues the brief; an empty field means none."""
    field = Field("issuer", texts("gui.issuer.name"), value=named, hint=texts("gui.issuer.hint"), needed=False)
    return Form("issuer", texts("gui.issuer.title"), texts("gui.issuer.note"), texts("gui.issuer.go"), (field,))
