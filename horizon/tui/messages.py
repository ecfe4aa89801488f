"""What the app tells its screens."""

from __future__ import annotations

from textual.message import Message


class RegisterChanged(Message):
    """The register moved on, by this window's hand or another's. `ids` are the technologies and
    people that changed."""

    def __init__(self, ids: frozenset[str]) -> None:
        super().__init__()
        self.ids = ids
