"""佐证清单: the six actions with their items, the eight supports and the goals without a number, each with what shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from app.domain.goals import ChecklistEntry, Goal, GoalKind
from app.domain.targets import Proof, ProofState
from app.present import wording
from app.present.goal_standing import book_of
from app.present.pages.goals_values import Checklist, ChecklistGroup, ChecklistItem, Record
from app.present.view import View

ACTIONS, GOALS = "action", "goals"
STATES = ("done", "under_way", "none", "unknown")


def checklist(view: View) -> Checklist:
    """Return the checklist as the study's evidence stands."""
    texts, book = view.texts, book_of(view)
    held: dict[str, list[Proof]] = defaultdict(list)
    for proof in view.study.targets.proofs:
        held[proof.id].insert(0, proof)
    actions = {entry.id: entry for entry in book.checklist if entry.group == ACTIONS}
    names = dict.fromkeys(entry.group for entry in book.checklist if entry.group != ACTIONS)
    ordered = [*actions, *(name for name in names if name not in actions)]
    groups = [
        _group(
            view,
            name,
            _title(view, name, actions),
            [_of_entry(view, entry, held) for entry in book.checklist if entry.group == name],
        )
        for name in ordered
    ]
    wordless = [goal for goal in book.goals if goal.kind is GoalKind.MILESTONE or goal.value is None]
    if wordless:
        groups.append(_group(view, GOALS, texts("wall.list.goals"), [_of_goal(view, goal, held) for goal in wordless]))
    groups = [group for group in groups if group.items]
    states = tuple((state, texts(f"wall.state.{state}"), texts(f"wall.list.means_{state}")) for state in STATES)
    return Checklist(_headline(view, groups), tuple(groups), states, texts("wall.list.note"))


def _title(view: View, name: str, actions: dict[str, ChecklistEntry]) -> str:
    if name in actions:
        return view.texts.of(actions[name].words)
    key = f"page.goals.{name}"
    return view.texts(key) if key in view.texts.entries else name


def _of_entry(view: View, entry: ChecklistEntry, held: dict[str, list[Proof]]) -> ChecklistItem:
    return _item(view, entry.id, view.texts.of(entry.words), held.get(entry.id, []), entry.verify)


def _of_goal(view: View, goal: Goal, held: dict[str, list[Proof]]) -> ChecklistItem:
    words = view.texts(
        "wall.list.goal", layer=view.texts(f"term.layer.{goal.layer.value}"), year=goal.year, words=view.texts.of(goal.words)
    )
    return _item(view, goal.id, words, held.get(goal.id, []), goal.verify)


def _item(view: View, id_: str, words: str, proofs: list[Proof], verify: bool) -> ChecklistItem:
    state = (proofs[0].state if proofs else ProofState.UNKNOWN).value
    word = view.texts(f"wall.state.{state}")
    changed = _by(view, proofs[0]) if proofs else ""
    history = tuple(_record(view, proof) for proof in proofs)
    return ChecklistItem(id_, words, state, word, changed, history, view.texts("wall.verify") if verify else "")


def _record(view: View, proof: Proof) -> Record:
    word = view.texts(f"wall.state.{proof.state.value}")
    return Record(proof.state.value, word, proof.document, proof.note, _by(view, proof))


def _by(view: View, proof: Proof) -> str:
    texts = view.texts
    return texts("wall.list.by", who=proof.who or texts("wall.evidence.not_noted"), when=wording.date_text(texts, proof.when))


def _group(view: View, id_: str, title: str, items: list[ChecklistItem]) -> ChecklistGroup:
    counts = _counted(view, items)
    done = sum(item.state == "done" for item in items)
    return ChecklistGroup(id_, title, view.texts("wall.list.told", done=done, n=len(items)), counts, tuple(items))


def _counted(view: View, items: Iterable[ChecklistItem]) -> tuple[tuple[str, str, int], ...]:
    found = Counter(item.state for item in items)
    return tuple((state, view.texts(f"wall.state.{state}"), found[state]) for state in STATES if found[state])


def _headline(view: View, groups: list[ChecklistGroup]) -> str:
    """Say how far the whole is: how many are done, under way, not begun, and of how many nobody knows."""
    items = [item for group in groups for item in group.items]
    found = Counter(item.state for item in items)
    if found["unknown"] == len(items):
        return view.texts("wall.list.headline_none", n=len(items))
    return view.texts("wall.list.headline", n=len(items), **{state: found[state] for state in STATES})
