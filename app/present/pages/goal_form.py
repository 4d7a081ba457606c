"""A goal as fields that can be edited, and its versions as fields that bring them back."""

from __future__ import annotations

from app.analysis.progress.book import history
from app.domain.goals import Goal, GoalKind, Layer
from app.domain.targets import GoalEdit
from app.present.goal_standing import book_of
from app.present.pages.goal_values import FormField, GoalForm, History, Version
from app.present.pages.values import Column, PageTable
from app.present.view import View

OPERATORS = (">", ">=", "≈", "=", "<=", "<")
PATHS = ("linear", "s_curve")
_GROUPS = {
    "wording": ("zh", "en", "scope_zh", "scope_en", "layer", "sections"),
    "target": ("kind", "year", "operator", "value", "unit", "path"),
    "document": ("document", "issued", "paragraph", "source", "verify"),
    "measure": ("measure", "indicator", "definition_zh", "definition_en", "proxy_zh", "proxy_en"),
}
_NEEDED = ("zh", "layer", "scope_zh", "kind", "year", "document", "issued")
_PROSE = ("zh", "en", "definition_zh", "definition_en", "proxy_zh", "proxy_en")
_HINTED = ("value", "issued", "sections", "indicator", "paragraph", "definition_zh", "proxy_zh", "unit")
_HISTORY_COLUMNS = ("state", "changed", "why", "who", "when")


def fields_of(goal: Goal) -> dict[str, str]:
    """Return every field of a goal as the text that `study.goal` reads back."""
    value = "" if goal.value is None else f"{goal.value:.12g}"
    if goal.kind is GoalKind.RATE and goal.value is not None:
        value = f"{100 * goal.value:.10g}%"
    return {
        "zh": goal.words.zh,
        "en": goal.words.en,
        "layer": goal.layer.value,
        "scope_zh": goal.scope.zh,
        "scope_en": goal.scope.en,
        "sections": " ".join(goal.sections),
        "kind": goal.kind.value,
        "year": str(goal.year),
        "operator": goal.operator,
        "value": value,
        "unit": goal.unit,
        "path": goal.path,
        "document": goal.document,
        "issued": goal.issued,
        "paragraph": goal.paragraph,
        "source": goal.source,
        "verify": "yes" if goal.verify else "no",
        "measure": goal.measure,
        "indicator": goal.indicator,
        "definition_zh": goal.definition.zh,
        "definition_en": goal.definition.en,
        "proxy_zh": goal.proxy.zh,
        "proxy_en": goal.proxy.en,
    }


def goal_form(view: View, goal: Goal) -> GoalForm:
    """Return the form of a goal as it stands."""
    texts, values = view.texts, fields_of(goal)
    found = [
        FormField(
            name=name,
            label=texts(f"page.goal.field.{name}"),
            kind=_kind(name),
            value=values[name],
            group=group,
            options=_options(view, name),
            hint=texts(f"page.goal.hint.{name}") if name in _HINTED else "",
            needed=name in _NEEDED,
        )
        for group, names in _GROUPS.items()
        for name in names
    ]
    return GoalForm(goal.id, texts.of(goal.words), tuple(found))


def _kind(name: str) -> str:
    if name in ("layer", "kind", "operator", "path", "verify", "measure"):
        return "choice"
    return "prose" if name in _PROSE else "line"


def _options(view: View, name: str) -> tuple[tuple[str, str], ...]:
    texts = view.texts
    if name == "layer":
        return tuple((layer.value, texts(f"term.layer.{layer.value}")) for layer in Layer)
    if name == "kind":
        return tuple((kind.value, texts(f"term.kind.{kind.value}")) for kind in GoalKind)
    if name == "operator":
        return (
            ("", texts("page.goal.no_operator")),
            *((sign, texts(f"page.goal.operator.{_SIGNS[sign]}")) for sign in OPERATORS),
        )
    if name == "path":
        return tuple((path, texts(f"page.goal.path.{path}")) for path in PATHS)
    if name == "verify":
        return tuple((code, texts(f"page.goal.verify.{code}")) for code in ("no", "yes"))
    if name == "measure":
        known = [(measure.id, texts.of(measure.words)) for measure in book_of(view).measures]
        return (("", texts("page.goal.no_measure")), *known)
    return ()


_SIGNS = {">": "gt", ">=": "ge", "≈": "approx", "=": "eq", "<=": "le", "<": "lt"}


def history_of(view: View, id_: str) -> History:
    """Return every version of a goal, newest first: what changed, who did it, when and why, and how it is brought back."""
    texts = view.texts
    edits = history(view.resources.goal_book, view.study.targets, id_)
    rows, versions = [], []
    for place, edit in reversed(list(enumerate(edits))):
        before = edits[place - 1].goal if place else None
        last = place == len(edits) - 1
        rows.append(
            (
                texts("page.goal.version_now" if last else "page.goal.version_earlier", n=place + 1),
                _changed(view, before, edit, first=place == 0),
                edit.why or "—",
                edit.who or texts("page.goal.by_program", version=view.resources.goal_book.version),
                edit.when or "—",
            )
        )
        fields = tuple(fields_of(edit.goal).items()) if edit.goal is not None else ()
        versions.append(Version(str(place), fields, last))
    kinds = {"changed": "prose", "why": "prose"}
    columns = tuple(Column(name, texts(f"page.goal.column.{name}"), kinds.get(name, "text")) for name in _HISTORY_COLUMNS)
    data = tuple(zip(*rows, strict=True)) if rows else ((),) * len(columns)
    table = PageTable(columns, data, tuple(version.id for version in versions))
    own = len(edits) - 1
    headline = texts("page.goal.history_some", n=own) if own > 0 else texts("page.goal.history_none")
    return History(headline, table, tuple(versions))


def _changed(view: View, before: Goal | None, edit: GoalEdit, first: bool) -> str:
    """Say in one line what a version changed."""
    texts = view.texts
    if edit.goal is None:
        return texts("page.goal.withdrawn")
    if before is None:
        if edit.origin:
            return texts("page.goal.from_file", file=edit.origin)
        return texts("page.goal.as_shipped" if first and not edit.who else "page.goal.entered")
    old, new = fields_of(before), fields_of(edit.goal)
    changes = [
        texts(
            "page.goal.change",
            field=texts(f"page.goal.field.{name}"),
            old=_said(view, name, old[name]),
            new=_said(view, name, new[name]),
        )
        for name in new
        if new[name] != old[name]
    ]
    return texts("wording.clause_separator").join(changes) or texts("page.goal.unchanged")


def _said(view: View, name: str, value: str) -> str:
    """Return a field's value as people read it."""
    return dict(_options(view, name)).get(value, value) or "—"
