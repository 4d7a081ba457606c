"""Bilingual wording: a pair of texts, and the catalogue that turns a key into a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Return the text in `lang`."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Texts:
    """All wording of the program in one language: `texts(KEY, share="41%")`.

    A missing key or placeholder is a bug and raises KeyError; a test holds every key in both languages.
    """

    lang: Lang
    entries: Mapping[str, Words]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence of `key` with its places filled."""
        return self.entries[key].in_(self.lang).format(**values)

    def of(self, words: Words) -> str:
        """Return resource wording in this catalogue's language."""
        return words.in_(self.lang)

    def switched(self, lang: Lang) -> Texts:
        """Return the same catalogue in another language."""
        return Texts(lang, self.entries)


def normal_form(text: str) -> str:
    """Return `text` as headers, options and aliases are compared: NFKC, case folded, letters and digits only."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
