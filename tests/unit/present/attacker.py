"""An attacker who lays all documents of a study side by side: its own linear programmes over every number they show.

It shares nothing with the program but the documents: which firms two cells speak of is read from their marks anew, and what sums
there are from the tables as anybody reads them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from app.domain.brief import FigureBlock, TableBlock


def tables(brief):
    return [
        b.table if isinstance(b, TableBlock) else b.figure.table for b in brief.blocks if isinstance(b, TableBlock | FigureBlock)
    ]


def who(cell, goals):
    """Return (what the firms were asked, wave, sector, filters) of a cell, None for what rests on no firms one can name."""
    parts = cell.evidence.split("|")
    filters = parts.pop() if "=" in parts[-1] else ""
    kind = parts[0]
    if kind in ("share", "estimate", "pillar", "measure", "agents", "jobs", "models"):
        if kind == "measure":
            return "measure " + parts[1], parts[2], parts[3], filters
        asked = {"share": "level", "estimate": "level"}.get(kind, f"{kind} {parts[3]}")
        return asked, parts[1], parts[2], filters
    if kind == "goal" and parts[1] in goals:
        measure, sections, wave = goals[parts[1]]
        return ("measure " + measure, wave, "*", filters) if not sections else None
    return None


def goals_of(study):
    return {
        p.goal.id: (p.measure.id, p.goal.sections, p.latest.wave)
        for p in study.progress
        if p.measure is not None and p.latest is not None
    }


@dataclass
class Attack:
    """`true` firms by who they are; those `known` are told somewhere; `sums` are (whole, parts) that add up exactly."""

    true: dict = field(default_factory=dict)
    known: set = field(default_factory=set)
    shares: dict = field(default_factory=dict)
    told: set = field(default_factory=set)
    sums: set = field(default_factory=set)

    def learn(self, drafts, documents, goals):
        truth = {}
        for table in drafts:
            for row in table.rows:
                for place, cell in enumerate(row.cells):
                    truth[table.id, row.key, place, cell.evidence] = cell
        for table in [*drafts, *documents]:
            self._sums(table, truth, goals)
        for table in documents:
            for row in table.rows:
                for cell in row.cells:
                    them = who(cell, goals) if cell.evidence else None
                    if them is not None and cell.n:
                        self.known.add(them)
                        assert self.true.get(them, cell.n) == cell.n, (them, cell.n, self.true[them])
                        if cell.value is not None and cell.unit == "fraction":
                            self.told.add((them, cell.evidence))

    def _sums(self, table, truth, goals):
        for place in range(len(table.columns)):
            whole, parts = None, []
            for row in table.rows:
                cell = truth.get((table.id, row.key, place, row.cells[place].evidence), row.cells[place])
                them = who(cell, goals) if cell.evidence else None
                if them is None or not cell.n:
                    continue
                self.true.setdefault(them, cell.n)
                if cell.unit == "fraction" and cell.value is not None:
                    self.shares.setdefault((them, cell.evidence), cell.value * cell.n)
                if row.key == table.total and table.total:
                    whole = (them, cell.evidence)
                else:
                    parts.append((them, cell.evidence))
            if whole is not None and parts and sum(self.true[t] for t, _ in parts) == self.true[whole[0]]:
                self.sums.add((whole, tuple(parts)))

    def firms(self, small):
        """Yield (who, least, most) of every hidden group of fewer than `small` firms."""
        names = list(self.true)
        at = {name: k for k, name in enumerate(names)}
        exact = {(at[whole[0]], tuple(sorted(at[t] for t, _ in parts))) for whole, parts in self.sums}
        lines = [(line, 0.0) for line in sorted(exact)] + [(line, -1.0) for line in self._townships(at)]
        matrix = np.zeros((len(lines), len(names) + len(lines)))
        bounds = [((self.true[name],) * 2 if name in self.known else (1, None)) for name in names] + [(0, None)] * len(lines)
        for k, ((whole, parts), others) in enumerate(lines):
            matrix[k, whole], matrix[k, len(names) + k] = 1.0, others
            matrix[k, list(parts)] = -1.0
        for name in names:
            if name not in self.known and self.true[name] < small:
                yield name, *_ends(matrix, bounds, at[name])

    def _townships(self, at):
        """Return the sums of the townships that are told; firms of no township are the rest of the whole place."""
        parts = defaultdict(list)
        for name in self.true:
            if name[3].startswith("township="):
                parts[(*name[:3], "")].append(at[name])
        return [(at[whole], tuple(some)) for whole, some in parts.items() if whole in at]

    def numerators(self, small):
        """Yield (name, least, most, firms) of what every hidden group of fewer than `small` firms has, as far as it is open at all."""
        names = list(self.shares)
        at = {name: k for k, name in enumerate(names)}
        n = len(names)
        groups = sorted({them for them, _ in names}, key=str)
        of = {them: n + k for k, them in enumerate(groups)}
        lines, sums = [], []
        for whole, parts in self.sums:
            if whole not in at or any(part not in at for part in parts):
                continue
            total = sum(self.shares[part] for part in parts)
            if abs(total - self.shares[whole]) > 1e-6:
                continue
            sums.append((whole, parts))
            lines.append({at[whole]: 1.0, **{at[part]: -1.0 for part in parts}})
            lines.append({of[whole[0]]: 1.0, **{of[part[0]]: -1.0 for part in parts}})
        matrix = np.zeros((len(lines), n + len(groups)))
        for k, line in enumerate(lines):
            for place, times in line.items():
                matrix[k, place] = times
        bounds = [((self.shares[x],) * 2 if x in self.told else (0, None)) for x in names]
        bounds += [((self.true[g],) * 2 if g in self.known else (1, None)) for g in groups]
        upper = np.zeros((n, n + len(groups)))
        for name in names:  # nobody has more than there are
            upper[at[name], at[name]], upper[at[name], of[name[0]]] = 1.0, -1.0
        trivial = {
            part
            for whole, parts in sums
            for part in parts
            if self.shares[whole] < 1e-9 or self.true[whole[0]] - self.shares[whole] < 1e-9
        }
        held = {part for _, parts in sums for part in parts}
        for name in names:
            if name in held and name not in trivial and name[0] not in self.known and self.true[name[0]] < small:
                yield name, *_ends(matrix, bounds, at[name], upper), self.true[name[0]]


def _ends(matrix, bounds, place, upper=None):
    aim = np.zeros(matrix.shape[1])
    aim[place] = 1.0
    found = []
    for sign in (1, -1):
        solved = linprog(
            sign * aim,
            A_eq=matrix if len(matrix) else None,
            b_eq=np.zeros(len(matrix)) if len(matrix) else None,
            A_ub=upper,
            b_ub=np.zeros(len(upper)) if upper is not None else None,
            bounds=bounds,
            method="highs",
        )
        found.append(sign * solved.fun if solved.fun is not None else sign * -np.inf)
    return found[0], found[1]
