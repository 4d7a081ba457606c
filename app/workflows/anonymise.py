"""An anonymised firm file: only by an explicit command that says what it is for, and that is kept in the register."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.analysis.anonymous import Grounds, anonymous_firms
from app.domain import journal as chain
from app.domain.anonymous import LEAST_K, USUAL_K, AnonymousFirms
from app.domain.errors import UserError
from app.domain.signing import Release, next_id
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.endings import check_ending
from app.files.write_anonymous import ENDINGS, AnonymousSheets, write_anonymous
from app.present.anonymous import codebook, headings, report_lines
from app.present.view import View
from app.workflows.context import Context
from app.workflows.judge import day_of
from app.workflows.sign import LONGEST_NAME
from app.workflows.targets import short_text_of, text_of

_SALT_BYTES = 32
_MOST_K = 1000
LONGEST_PURPOSE = 500  # characters
KIND = "firms"


def anonymise(study: Study, path: Path, parameters: Mapping[str, Any], context: Context) -> Task[Study]:  # noqa: ARG001
    """Write the firms of `study` without their names to `out` (.csv or .xlsx) and return the study with that in its register.

    `purpose` and `who` must be said; `k` (3–1000) firms at least look the same; `lang` of the words in the file. UserError
    `anonymise.*`, `study.no_answers`, `file.unknown_format`, or why the disk will not have it: then nothing is registered.
    """
    out = Path(parameters["out"])
    check_ending(out, *ENDINGS)
    release = _release(study, parameters, context)
    yield Progress("progress.anonymise", detail=out.name)
    salted = _salted(study)
    found = prepared(salted, k_of(parameters), context, _lang(parameters))
    if not found.anonymity.rows:
        raise UserError("anonymise.none_left", study=study.name, k=found.anonymity.k)
    write_anonymous(out, _sheets(salted, found, release, (context, _lang(parameters))))
    signing = salted.signing
    return replace(salted, signing=replace(signing, releases=(*signing.releases, release)))


def prepared(study: Study, k: int, context: Context, lang: Lang = "zh") -> AnonymousFirms:
    """Return the firms of a study that has its salt as they would leave; UserError `study.no_answers`."""
    if study.responses is None:
        raise UserError("study.no_answers", name=study.name)
    broad = {section: words.in_(lang) for section, words in context.resources.taxonomy.broad.items()}
    return anonymous_firms(study, Grounds(study.signing.salt, k, broad))


def k_of(parameters: Mapping[str, Any]) -> int:
    """Return how many firms at least must look the same; UserError `anonymise.k`."""
    given = parameters.get("k")
    k = USUAL_K if given in (None, "") else int(given)
    if not LEAST_K <= k <= _MOST_K:
        raise UserError("anonymise.k", least=LEAST_K, most=_MOST_K)
    return k


def _release(study: Study, parameters: Mapping[str, Any], context: Context) -> Release:
    purpose = short_text_of(parameters, "purpose", LONGEST_PURPOSE)
    who = short_text_of(parameters, "who", LONGEST_NAME)
    if not purpose:
        raise UserError("anonymise.purpose")
    if not who:
        raise UserError("anonymise.who")
    when = day_of(text_of(parameters, "when"), context)
    policy = f"k={k_of(parameters)}"
    return Release(next_id(study.signing, KIND), KIND, when, who, chain.head(study.journal), policy, purpose)


def _salted(study: Study) -> Study:
    """Return the study with its salt, made by chance the first time: it must not be guessable from anything that was printed."""
    if study.signing.salt:
        return study
    return replace(study, signing=replace(study.signing, salt=secrets.token_hex(_SALT_BYTES)))


def _sheets(study: Study, found: AnonymousFirms, release: Release, said: tuple[Context, Lang]) -> AnonymousSheets:
    context, lang = said
    texts = Texts(lang, context.resources.words)
    earlier = [each for each in study.signing.releases if each.kind == KIND]
    first = (texts("provenance.synthetic"),) if study.synthetic else ()
    lines = (*first, texts("anonymous.title", study=study.name), *report_lines(texts, found.anonymity, release, earlier))
    rows = list(zip(*(found.table[name].tolist() for name in found.table.columns), strict=True))
    names = (texts("anonymous.sheet.firms"), texts("anonymous.sheet.about"), texts("anonymous.sheet.codes"))
    book = codebook(View(study, context.resources, texts), found.items)
    return AnonymousSheets(lines, headings(texts, list(found.table.columns)), rows, book, names, context.now)


def _lang(parameters: Mapping[str, Any]) -> Lang:
    return "en" if parameters.get("lang") == "en" else "zh"
