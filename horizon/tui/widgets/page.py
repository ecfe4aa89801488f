"""A page of text that wraps with a hanging indent at whatever width it has."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.css.styles import RulesMap
from textual.events import Click
from textual.geometry import Size
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from horizon.model.wording import printable

LABEL = 13
"""Characters that the name of a field takes."""

MUTED = "$foreground 65%"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its text, how it looks, and what stands before it.

    Lines after the first start where the first one's text does, behind the `lead`. A click runs
    the screen's `action`, where there is one.
    """

    text: str = ""
    style: str = ""
    lead: str = ""
    lead_style: str = ""
    action: str = ""


Lines = tuple[Line, ...]

SHOWN = 20_000
"""Characters of one text that a screen shows: wrapping millions would hold every key up."""


def shown(text: str) -> str:
    """`text`, or its beginning with how much more there is."""
    if len(text) <= SHOWN:
        return text
    left = len(text) - SHOWN
    return f"{text[:SHOWN]}… ({left:,} more characters; horizon show prints them all)"


def drawn(lines: Lines, width: int) -> Content:
    """Lines as text that fits `width` characters."""
    return Content("\n").join(_each(lines, width))


def _each(lines: Lines, width: int) -> list[Content]:
    return [_one(line, max(width, 20)) for line in lines]


def _one(line: Line, width: int) -> Content:
    hang = len(line.lead)
    safe = printable(shown(line.text))
    wrapped = [
        piece
        for paragraph in safe.split("\n")
        for piece in textwrap.wrap(
            paragraph,
            max(width - hang, 12),
            drop_whitespace=True,
            replace_whitespace=False,
            break_on_hyphens=False,  # names of files and meetings have some
        )
        or [""]
    ]
    body = ("\n" + " " * hang).join(wrapped)
    return Content.styled(line.lead, line.lead_style) + Content.styled(body, line.style)


class Hanging(Visual):
    """A line in a list of choices, wrapped as on a page. Textual's lists draw whatever is one."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return _one(self._line, width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return cell_len(self._line.lead + self._line.text)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return _one(self._line, width).plain.count("\n") + 1


class Wrapped(Static):
    """Lines on the screen, as wide as they may be."""

    def __init__(self, *, id: str, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self._lines: Lines = ()
        self._drawn: dict[int, Content] = {}
        self._actions: list[str] = []

    def show(self, lines: Lines) -> None:
        """Put other lines in."""
        self._lines, self._drawn = lines, {}
        self.refresh(layout=True)

    @property
    def words(self) -> str:
        """Everything on it, for tests and the clipboard."""
        return drawn(self._lines, 100).plain

    def render(self) -> RenderResult:
        return self._at(self.content_size.width or 80)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._at(width).plain.count("\n") + 1

    def _at(self, width: int) -> Content:
        """The page at a width, drawn once."""
        if width not in self._drawn:
            pieces = _each(self._lines, width)
            self._drawn = {width: Content("\n").join(pieces)}
            self._actions = [
                line.action
                for line, piece in zip(self._lines, pieces, strict=True)
                for _ in range(piece.plain.count("\n") + 1)
            ]
        return self._drawn[width]

    async def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._actions) and self._actions[offset.y]:
            await self.screen.run_action(self._actions[offset.y])


class Page(Wrapped):
    """What a screen is about."""


class Said(Wrapped):
    """What a screen says of what was just done, or why it was refused; gone when it says nothing.

    Items of a list, `- ` before each, hang.
    """

    ITEM = "- "

    def __init__(self) -> None:
        super().__init__(id="message", classes="message")

    def say(self, words: str) -> None:
        """Say something else, or nothing."""
        self.show(
            tuple(
                Line(each.removeprefix(self.ITEM), lead=self.ITEM)
                if each.startswith(self.ITEM)
                else Line(each)
                for each in words.split("\n")
            )
        )
        self.set_class(bool(words), "shown")
        if words:
            self.scroll_visible(animate=False)
