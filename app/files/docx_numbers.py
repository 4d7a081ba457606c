"""数字编号: each number of a document inside a bookmark that is named after it, so that it is found again whoever edits the text.

A bookmark is the one mark that Word, WPS and LibreOffice all keep round a few letters. It is named `zh_B<block>_<k>`: the k-th
number of the brief's block, as `app.domain.claims.claim_id` counts them; those of its title are `zh_B<block>_T<k>`, of its notes
`zh_B<block>_N<k>`.
"""

from __future__ import annotations

from app.domain.claims import claim_id, numbers_in
from app.files.docx_xml import TextLook, run

PREFIX = "zh_"
TITLE, NOTES = "T", "N"  # what stands beside a block


def mark_name(identifier: str) -> str:
    """Return the name of the bookmark of a claim or a block: B12.3 → zh_B12_3 (a bookmark's name has no full stop)."""
    return PREFIX + identifier.replace(".", "_")


class Numbers:
    """The numbers of a document as it is being written: counts bookmarks, and numbers within the block that stands."""

    def __init__(self, first: int = 1) -> None:
        self._bookmark = first
        self._block = 0
        self._k: dict[str, int] = {}
        self._names: set[str] = set()

    def start(self, block: int) -> None:
        """Begin with the numbers of a block, by its place in the brief."""
        self._block = block
        self._k = dict.fromkeys(self._k, 0)

    def runs(self, text: str, look: TextLook, beside: str = "") -> str:
        """Return the runs of `text`, each number of it inside its bookmark; those `beside` the block itself are counted apart."""
        parts, at = [], 0
        for span in numbers_in(text):
            k = self._k[beside] = self._k.get(beside, 0) + 1
            name = mark_name(f"B{self._block}.{beside}{k}" if beside else claim_id(self._block, k))
            number = self.bookmark(name, run(span.text, look))
            parts += [run(text[at : span.start], look), number]
            at = span.end
        return "".join((*parts, run(text[at:], look)))

    def bookmark(self, name: str, content: str) -> str:
        """Return `content` inside a bookmark of its own."""
        self._bookmark += 1
        self._names.add(name)
        return f'<w:bookmarkStart w:id="{self._bookmark}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{self._bookmark}"/>'

    def free(self, name: str) -> str:
        """Return a name that no bookmark has: a document of one's own may name a number twice."""
        return next(free for k in range(1, 10_000) if (free := name if k == 1 else f"{name}_again{k}") not in self._names)
