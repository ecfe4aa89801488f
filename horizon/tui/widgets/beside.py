"""Two records side by side, field by field, with a mark where they differ."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from horizon.model.wording import printable
from horizon.tui.widgets.page import shown

LABEL = 11
"""Columns that the name of a field takes, with the mark before it."""

GAP = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """One field of two records. A `plain` one has no mark: it is bound to differ."""

    name: str
    left: str
    right: str
    plain: bool = False
    style: str = ""

    @property
    def mark(self) -> str:
        """`=` where both say the same, `≠` where they do not, nothing where one says nothing."""
        if self.plain or not self.left or not self.right:
            return " "
        return "=" if self.left.casefold() == self.right.casefold() else "≠"


class Beside(Static):
    """Pairs on the screen, wrapped in two columns."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._pairs: tuple[Pair, ...] = ()

    def show(self, pairs: Sequence[Pair]) -> None:
        """Put other pairs in. Fields that neither says anything in are left out."""
        self._pairs = tuple(each for each in pairs if each.left or each.right)
        self.refresh(layout=True)

    @property
    def words(self) -> str:
        """Everything on it, for tests."""
        return "\n".join(each.plain for each in self._drawn(100))

    def render(self) -> RenderResult:
        return Content("\n").join(self._drawn(self.content_size.width or 78))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(list(self._drawn(width)))

    def _drawn(self, width: int) -> Iterator[Content]:
        room = max((width - LABEL - GAP) // 2, 12)
        for pair in self._pairs:
            left, right = _wrapped(pair.left, room), _wrapped(pair.right, room)
            for at in range(max(len(left), len(right))):
                label = f"{pair.mark} {pair.name}" if at == 0 else ""
                first = left[at] if at < len(left) else ""
                second = right[at] if at < len(right) else ""
                yield Content.styled(label.ljust(LABEL), "$foreground 65%") + Content.styled(
                    first.ljust(room + GAP) + second, pair.style
                )


def _wrapped(text: str, width: int) -> list[str]:
    safe = printable(shown(text))
    return [
        line for paragraph in safe.split("\n") for line in textwrap.wrap(paragraph, width) or [""]
    ]
