"""What can be shown before anything heavy is loaded and before a study is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.study import Study
from app.domain.words import Texts
from app.present.pages.values import Empty, Head, NextStep, StartPage


@dataclass(frozen=True, slots=True)
class Bare:
    """A page that has nothing but its head."""

    head: Head


def without_study(page: str, texts: Texts, recent: Sequence[Path]) -> StartPage | Bare:
    """Return what `page` shows while no study is open."""
    if page == "start":
        head = Head(texts("gui.start.headline"), texts("gui.start.measure"))
        return StartPage(head, tuple((str(path), path.stem) for path in recent), (), ())
    step = NextStep("demo.open", texts("gui.start.demo.open")) if page == "explore" else _begin(texts)
    return Bare(Head(texts(f"gui.empty.{page}"), empty=Empty(texts("gui.empty.why"), step)))


def study_line(study: Study | None, path: Path | None, texts: Texts) -> str:
    """Return the right end of the task strip: study, wave, when it was saved."""
    if study is None:
        return texts("gui.task.no_study")
    parts = [study.name]
    if study.waves:
        parts.append(texts("gui.task.wave", wave=study.waves[-1].id))
    if path is not None and study.journal:
        parts.append(texts("gui.task.saved", time=study.journal[-1].time.replace("T", " ")[:16]))
    return texts("gui.separator").join(parts)


def _begin(texts: Texts) -> NextStep:
    return NextStep("study.new", texts("gui.start.study.new"))
