"""Evidence of agents, jobs and models: the formula, how many firms stand behind a number, and which, with what they answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from app.domain.errors import UserError
from app.present.answers import answer_words
from app.present.evidence.behind import Behind, few_note, firm_lines, firms_line
from app.present.evidence.values import Evidence
from app.present.evidence.watch_agents import open_agents
from app.present.evidence.watch_jobs import open_jobs
from app.present.evidence.watch_models import open_models
from app.present.evidence.watch_opened import Opened
from app.present.marks import EvidenceId
from app.present.view import View
from app.present.watching import Watched, watched

_PARTS = ("evidence.part.numerator", "evidence.part.denominator", "evidence.part.unknown")
_COUNTED = ("evidence.watch.counted", *_PARTS[1:])


def watch_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open a number of agents, jobs or models; UserError where the mark names nothing that is known."""
    wave, sector, what = id_.parts
    found = watched(view)
    if found is None or found.wave.id != wave:
        raise UserError("evidence.unknown", mark=str(id_))
    kinds: dict[str, Callable[[Watched, str, str], Opened | None]] = {
        "agents": open_agents,
        "jobs": open_jobs,
        "models": open_models,
    }
    opened = kinds[id_.kind](found, sector, what)
    if opened is None:
        raise UserError("evidence.unknown", mark=str(id_))
    return _evidence(found, str(id_), opened)


def _evidence(found: Watched, mark: str, opened: Opened) -> Evidence:
    view, texts = found.view, found.view.texts
    order = np.argsort(opened.part, kind="stable")
    parts = opened.part[order]
    names = [texts(key) for key in (_PARTS if opened.is_share else _COUNTED)]
    behind = Behind(
        opened.scope[order], [names[part] for part in parts], lambda position: _answers(found, opened.items, position)
    )
    counted = int((parts < 2).sum())
    met = ((int((parts == 0).sum()), "numerator"),) if opened.is_share else ()
    counts = (*met, (counted, "denominator"), (int((parts == 2).sum()), "unknown")) if len(order) else ()
    return Evidence(
        mark=mark,
        title=opened.title,
        value=opened.value,
        formula=opened.formula,
        measure=texts("watch.page.rule_note", version=found.rule.version),
        counts=tuple((texts(f"evidence.count.{name}"), n) for n, name in counts),
        firms=firm_lines(view, behind),
        total=len(order),
        firms_line=firms_line(view, len(order)) if len(order) else "",
        notes=(*few_note(view, counted), *opened.notes),
    )


def _answers(found: Watched, items: Sequence[str], position: int) -> str:
    """Return what one firm answered to these items."""
    responses, said = found.view.study.responses, []
    for code in items:
        item = found.item(code)
        if item is not None and responses is not None and code in responses.values:
            words = answer_words(found.view, item, responses.values[code].iat[position])
            said.append(found.view.texts("evidence.answer", item=found.view.texts.of(item.words), answer=words))
    return found.view.texts("wording.clause_separator").join(said)
