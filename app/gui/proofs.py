"""The pages of the draft: made beside the window as the very file, shown, and what stands behind them opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QTimer

from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress
from app.gui import brief_work
from app.gui.draft import Draft
from app.gui.errors import sentence_of

if TYPE_CHECKING:
    from app.domain.brief import BriefPlan
    from app.domain.claims import Claim
    from app.gui.drafting import Drafting
    from app.gui.main_window import MainWindow
    from app.gui.pages.brief import BriefPageView
    from app.present.released_brief import Settled
    from app.workflows.preview_brief import Shown

Parameters = dict[str, Any]
Made = tuple[Study, Draft]  # what pages are made from
PATIENCE = 250  # milliseconds of quiet before a preview is made: several ticks make one
PAGE = "brief"
NAMELESS = ("places.unknown", "places.none")  # of a document of one's own: the names it can hold are shown


class Proofs:
    """Keeps the pages on screen in step with the draft; an older making is dropped when a newer begins."""

    def __init__(self, window: MainWindow, drafting: Drafting) -> None:
        self._window, self._session, self._drafting = window, window.session, drafting
        self._shown: Made | None = None
        self._kind: object = None  # of the pages on screen: the same brief with other sections stays where it is read
        self._told = ""
        self._claims: tuple[Made, dict[str, Claim]] | None = None
        self._settlings: list[brief_work.Settling] = []  # of one study, the newest first
        self._wants_report = False
        self._timer = QTimer(window)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._make)
        self._session.viewed.connect(self._viewed)
        self._session.printer.progressed.connect(self._progress)
        self.flows: dict[str, Callable[[Parameters], object]] = {
            "brief.release": lambda _parameters: self.release(),
            "brief.number": self.number,
            "brief.again": lambda _parameters: self._again(),
        }

    def forget(self) -> None:
        """Make the pages anew next time: another study is open."""
        self._shown, self._settlings, self._wants_report = None, [], False
        self._session.printer.cancel()

    def settled_for(self, study: Study) -> Settled | None:
        """Return what documents of this very study keep back, as found for its last preview."""
        done = (each.found for each in self._settlings if each.study is study and each.found is not None)
        return max(done, key=lambda found: found.parts is not None, default=None)

    def release(self) -> None:
        """Show what the brief keeps back and why, once that is worked out: the preview tells how far it is."""
        if self._window.page != PAGE:
            self._window.go(PAGE)
        asked, plan = self._session.asked(), self._drafting.plan
        if asked is None:
            return
        held = self._settling_for(asked.study, plan)
        if held.found is None:
            self._wants_report = True
            self._timer.start()
            return
        task = brief_work.report(asked, self._drafting.draft, held.found)
        self._session.look(task, lambda panel: self._window.side.display(panel, self._session.palette))

    def number(self, parameters: Parameters) -> None:
        """Show what is behind a number of the brief (`number` its identifier)."""
        asked = self._session.asked()
        if asked is None:
            return
        key = (asked.study, self._drafting.draft)
        known = self._claims[1] if self._claims is not None and _same(self._claims[0], key) else None

        def show(found: brief_work.Behind) -> None:
            self._claims = (key, found.claims)
            if found.panel is not None:
                self._window.side.display(found.panel, self._session.palette)

        found = (self.settled_for(asked.study), known)
        self._session.look(brief_work.behind(asked, self._drafting.draft, found, parameters["number"]), show)

    def _settling_for(self, study: Study, plan: BriefPlan) -> brief_work.Settling:
        """Return what a brief rests on: what is found already, else what is being found, else one that is to begin."""
        self._settlings = [each for each in self._settlings if each.study is study]
        serving = [each for each in self._settlings if each.serves(study, plan)]
        if not serving:
            serving = [brief_work.Settling(study, bool(plan.township))]
            self._settlings = [*serving, *self._settlings]
        return next((each for each in serving if each.found is not None), serving[0])

    def _viewed(self, page: str, view: Any) -> None:
        if page == PAGE and view.head.empty is None:
            self._timer.start()

    def _make(self) -> None:
        """Make the preview unless it is the one on screen; an older one under way is dropped."""
        asked, page = self._session.asked(), self._page
        if asked is None or page is None:
            return
        made, plan = (asked.study, self._drafting.draft), self._drafting.plan
        is_busy = self._session.printer.is_busy
        if self._shown is not None and _same(self._shown, made) and (is_busy or not self._wants_report):
            if not is_busy:
                page.preview.rest()
            return
        self._shown = made
        page.preview.working()

        settling = self._settling_for(asked.study, plan)
        task = brief_work.shown(asked, self._drafting.draft, self._drafting.formats, settling)
        self._session.printer.start(task, self._show, self._fail)

    def _again(self) -> None:
        self._shown = None
        self._make()

    def _show(self, shown: Shown) -> None:
        page = self._page
        if self._told and self._window.error.sentence == self._told:
            self._window.error.dismiss()  # what stood in the way of the last preview does so no more
        if page is not None and shown.paper is not None:
            plan = self._drafting.plan
            kind = (plan.template, plan.township, plan.sector, self._drafting.draft.lang)
            page.show_paper(shown.paper, stay=kind == self._kind)
            self._kind = kind
        elif page is not None and shown.brief is not None:
            page.show_brief(shown.brief)
        if self._wants_report:
            self._wants_report = False
            self.release()

    def _fail(self, error: BaseException) -> None:
        page, self._wants_report = self._page, False
        self._told = sentence_of(error, self._session.texts)
        if page is not None:
            page.fail(self._told)
        code = error.code if isinstance(error, UserError) else ""
        if page is None or self._window.page != PAGE or not code:  # else the page says it
            self._window.tell(error)
        if code in NAMELESS:
            self._window.side.display(brief_work.places(self._session.texts), self._session.palette)

    def _progress(self, progress: Progress) -> None:
        texts, page = self._session.texts, self._page
        if page is not None and progress.step in texts.entries:
            page.preview.working(texts(progress.step), progress.done, progress.total)

    @property
    def _page(self) -> BriefPageView | None:
        return cast("BriefPageView | None", self._window.pages.get(PAGE))


def _same(one: Made, other: Made) -> bool:
    """Studies are compared as objects: each change makes another one."""
    return one[0] is other[0] and one[1] == other[1]
