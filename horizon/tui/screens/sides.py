"""What the screens share that show a list, and beside it what is under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from horizon.model.technology import Technology
from horizon.model.wording import printable
from horizon.tui.keymap import Binding
from horizon.tui.screens.ask import KEEP, Ask
from horizon.tui.screens.work import WorkScreen
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Hanging, Lines, Page, Said

SAVE = "Save it"


class SidesScreen(WorkScreen):
    """A list on the left and a page on the right. Space reads on down the page."""

    CSS_PATH = "../styles/sides.tcss"
    LIST: ClassVar[type[OptionList]] = OptionList
    BINDINGS = [Binding("space", "read_on", "Read on")]

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static(id="heading", classes="heading title", markup=False)
        with Horizontal(id="sides"):
            yield self.LIST(id="choices")
            with VerticalScroll(id="detail", can_focus=False):
                yield from self.detail()
        yield Keys()

    def detail(self) -> Iterable[Widget]:
        """What stands on the right."""
        yield Said()
        yield Page(id="text")

    def entitle(self, what: str, below: str = "") -> None:
        """Name the technology, with a second line below."""
        about = f"{what}: {self.technology.label} {self.technology.name}"
        self.query_one("#heading", Static).update(Content(printable(f"{about}\n{below}")))

    @property
    def room(self) -> int:
        """Characters that fit on a line on the right."""
        return self.query_one("#text", Page).content_size.width or 80

    def show(self, lines: Lines) -> None:
        """Put other lines on the right."""
        self.query_one("#text", Page).show(lines)

    @on(OptionList.OptionHighlighted)
    def _begin_again(self) -> None:
        self.query_one("#detail", VerticalScroll).scroll_home(animate=False)

    def save_if_sure(self, changed: Technology, save: Callable[[], None]) -> None:
        """Save, but ask first where the technology so changed would lose its approval."""
        lost = self.register.would_reopen(changed)
        if not lost:
            save()
            return

        def answered(answer: str | None) -> None:
            if answer == SAVE:
                save()

        question = (
            f"{'. '.join(lost)}. Saving reopens {changed.label}: its approval does not hold until "
            "a body has looked again, and Ctrl+Z does not bring it back."
        )
        self.app.push_screen(Ask(question, (KEEP, SAVE)), answered)

    def action_read_on(self) -> None:
        """Show what is further down the page, and after its end the beginning again."""
        detail = self.query_one("#detail", VerticalScroll)
        if detail.scroll_offset.y >= detail.max_scroll_y:
            detail.scroll_home(animate=False)
        else:
            detail.scroll_page_down(animate=False)


class ListedScreen(SidesScreen):
    """A list to look at, on which there is no typing to lose. `_list` makes it anew."""

    FORM = False

    @property
    def has_work(self) -> bool:
        return False

    def on_mount(self) -> None:
        self._list()
        self.query_one(OptionList).focus()

    def _list(self) -> None:
        raise NotImplementedError

    def action_leave(self) -> None:
        """Take away what is said, if anything is; else go back."""
        said = self.query_one(Said)
        if said.has_class("shown"):
            said.say("")
        else:
            super().action_leave()

    def offers(self, action: str) -> bool:
        """Whether what is under the cursor makes an action worth a key in the last lines."""
        return True

    @on(OptionList.OptionHighlighted)
    def _offer(self) -> None:
        self.refresh_bindings()

    def put(self, lines: Sequence[str | Hanging]) -> None:
        """List these lines, with the cursor on the row where it was."""
        options = self.query_one(OptionList)
        held = options.highlighted
        options.clear_options()
        options.add_options(
            Option(Content(each) if isinstance(each, str) else each) for each in lines
        )
        if lines:
            options.highlighted = min(held or 0, len(lines) - 1)
        self.refresh_bindings()
