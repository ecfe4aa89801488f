"""What every store says beside its answers."""

from __future__ import annotations


class Noticing:
    """`notices` are what the person should hear of, each once; `read_only` says why nothing can be
    written, and is empty while it can."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.read_only = ""

    def _tell(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def _refuse_writing(self, reason: str) -> None:
        self.read_only = self.read_only or reason
        self._tell(reason)
