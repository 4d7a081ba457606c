"""The one exception for what a user can put right: a missing file, a study of a newer version, a full disk."""

from __future__ import annotations


class UserError(Exception):
    """An expected failure. `code` names a sentence `error.<code>` in resources/locale; `params` fill its places."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}
