"""Choose one of the links of a technology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from horizon.model.technology import Technology
from horizon.model.wording import printable
from horizon.tui.host import Host
from horizon.tui.keymap import Binding
from horizon.tui.widgets.keys import Keys

SAFE = ("https://", "http://")
"""What a link may begin with: nothing else is given to a browser."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where something was seen or is kept, and what it is."""

    url: str
    words: str


def links_of(technology: Technology) -> list[Link]:
    """The links of its sightings and of its documents, each once."""
    found = [Link(each.url, each.title or each.source) for each in technology.sightings]
    found += [Link(each.location, f"{each.id} {each.title}") for each in technology.evidence]
    safe = [each for each in found if each.url.casefold().startswith(SAFE)]
    return list({each.url: each for each in reversed(safe)}.values())[::-1]


class LinkList(OptionList):
    """The links, one of which is opened."""

    BINDINGS = [Binding("enter", "select", "Open", id="open-this-link")]


class LinksScreen(ModalScreen[None]):
    """Enter opens the link in your browser."""

    app = getters.app(Host)

    BINDINGS = [Binding("escape,q", "dismiss", "Close", key_display="Esc")]

    def __init__(self, found: Sequence[Link]) -> None:
        super().__init__()
        self._found = tuple(found)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog links"):
            yield Static("Open which link?", classes="dialog-title")
            yield LinkList(
                *[Option(Content(printable(f"{e.words}\n  {e.url}"))) for e in self._found]
            )
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.app.open_link(self._found[event.option_index].url)
        self.dismiss()
