"""The brief being drafted: what it will be, its preview made beside the window, and the ways it is signed, checked, sent out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QTimer

from app.domain.brief import BriefPlan, BriefTemplate
from app.domain.study import Study
from app.domain.task import Progress
from app.domain.words import Lang
from app.gui import brief_work
from app.gui.dialogs.files import Question, ask_open
from app.gui.draft import Draft
from app.gui.errors import sentence_of

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow
    from app.gui.pages.brief import BriefPageView
    from app.present.released_brief import Settled
    from app.workflows.preview_brief import Shown

Parameters = dict[str, Any]
PATIENCE = 250  # milliseconds of quiet before a preview is made: several ticks make one
OWN_FILE = "own"
USUAL, DECK = "official", "deck"
PAGE = "brief"


class Drafting:
    """Keeps the draft for the main window and shows its pages. Every change of it goes through a command."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self.draft = Draft(window.session.preferences.language)
        self._shown: object = None
        self._kind: object = None  # of the pages on screen: the same brief with other sections stays where it is read
        self._told = ""
        self._path: Path | None = None
        self._settled: tuple[Study, Settled] | None = None
        self._timer = QTimer(window)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._make)
        self._session.viewed.connect(self._viewed)
        self._session.store.changed.connect(lambda _study, _fields: self._follow_study())
        self._session.printer.progressed.connect(self._progress)
        self.flows: dict[str, Callable[[Parameters], object]] = {
            "brief.template": self.template,
            "brief.own": self.own,
            "brief.scope": self.scope,
            "brief.language": self.language,
            "brief.section": self.section,
            "brief.release": lambda _parameters: self.release(),
            "brief.again": lambda _parameters: self._again(),
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
        kept = self.plan if ending in self.formats else BriefPlan(township=self.plan.township, sector=self.plan.sector)
        return Draft(lang, kept)

    def settled_for(self, study: Study) -> Settled | None:
        """Return what documents of this very study keep back, as found for its last preview."""
        return self._settled[1] if self._settled is not None and self._settled[0] is study else None

    def release(self) -> None:
        """Show what the brief keeps back and why."""
        asked = self._session.asked()
        if asked is not None:
            task = brief_work.report(asked, self.draft, self.settled_for(asked.study))
            self._session.look(task, lambda panel: self._window.side.display(panel, self._session.palette))

    def template(self, parameters: Parameters) -> None:
        """Take another template (`template` an id), a document of one's own, or ask which."""
        value = parameters.get("template")
        if value == OWN_FILE:
            self.own({})
        elif value is not None:
            self._change(template=value, sections=())
        elif self._session.resources is not None:
            texts = self._session.texts
            options = [(each.id, texts.of(each.words)) for each in self._session.resources.templates.values()]
            options.append((OWN_FILE, texts("page.brief.own_file")))
            self._ask("gui.brief.choose_template", tuple(options), lambda id_: self.template({"template": id_}))

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
            self.draft = replace(self.draft, plan=BriefPlan())
            self._shown = None

    def _viewed(self, page: str, view: Any) -> None:
        if page == PAGE and view.head.empty is None:
            self._timer.start()

    def _make(self) -> None:
        """Make the preview unless it is the one on screen; an older one under way is dropped."""
        asked, page = self._session.asked(), self._page
        if asked is None or page is None:
            return
        made = (asked.study, self.draft)
        if self._shown is not None and self._shown == made:
            page.preview.rest()
            return
        self._shown = made
        page.preview.working()

        def done(shown: Shown) -> None:
            self._settled = (asked.study, shown.settled)
            self._show(shown)

        task = brief_work.shown(asked, self.draft, self.formats, self.settled_for(asked.study))
        self._session.printer.start(task, done, self._fail)

    def _again(self) -> None:
        self._shown = None
        self._make()

    def _show(self, shown: Shown) -> None:
        page = self._page
        if self._told and self._window.error.sentence == self._told:
            self._window.error.dismiss()  # what stood in the way of the last preview does so no more
        if page is not None and shown.paper is not None:
            kind = (self.plan.template, self.plan.township, self.plan.sector, self.draft.lang)
            page.show_paper(shown.paper, stay=kind == self._kind)
            self._kind = kind
        elif page is not None and shown.brief is not None:
            page.show_brief(shown.brief)

    def _fail(self, error: BaseException) -> None:
        page = self._page
        self._told = sentence_of(error, self._session.texts)
        if page is not None:
            page.fail(self._told)
        self._window.tell(error)

    def _progress(self, progress: Progress) -> None:
        texts, page = self._session.texts, self._page
        if page is not None and progress.step in texts.entries:
            page.preview.working(texts(progress.step))

    @property
    def _page(self) -> BriefPageView | None:
        return cast("BriefPageView | None", self._window.pages.get(PAGE))

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
