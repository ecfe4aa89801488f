"""Read typed texts before they are published."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from horizon.framework.publication import UNMARKED, UNREAD, Ground, shipped_publication
from horizon.model.errors import HorizonError
from horizon.model.events import ReleasedText
from horizon.model.wording import count, printable
from horizon.papers.releasing import Waiting, waiting
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.screens.choose_one import Choices
from horizon.tui.screens.sides import SidesScreen
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import MUTED, Lines

SAID = {"r": "as it is", "m": "without", "k": "kept back"}
"""What may be said of a text."""


class ChooseGround(ModalScreen[str]):
    """On what ground something is left out. Esc leaves the text unread."""

    BINDINGS = [Binding("escape", "leave", "Cancel")]

    def __init__(self, grounds: Sequence[Ground], last: str) -> None:
        super().__init__()
        self._grounds, self._last = tuple(grounds), last

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static("On what ground is it left out?", classes="dialog-title")
            yield Choices(*[Option(Content(f"{g.name}: {g.foi}"), id=g.id) for g in self._grounds])
        yield Keys()

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        ids = [each.id for each in self._grounds]
        options.highlighted = ids.index(self._last) if self._last in ids else 0
        options.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or "")

    def action_leave(self) -> None:
        self.dismiss("")


class ReleaseScreen(SidesScreen):
    """Read each text, and say whether it may be published. That you said so is recorded."""

    BINDINGS = [
        Binding("r", "say('r')", "As it is"),
        Binding("m", "say('m')", "Without what is marked"),
        Binding("k", "say('k')", "Keep back"),
        Binding("backspace,delete", "take_back", "Take back", key_display="Backspace"),
    ]

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """`texts` are labels of technologies, each with a place in it."""
        super().__init__()
        self._asked = tuple(texts)
        self._texts: list[Waiting] = []
        self._given: dict[int, tuple[str, str]] = {}
        self._last = ""

    @property
    def has_work(self) -> bool:
        return bool(self._given)

    def on_mount(self) -> None:
        labels = dict.fromkeys(label for label, _ in self._asked)
        self._texts = [
            each
            for label in labels
            for each in waiting(self.register, label)
            if (label, each.text.place.key) in self._asked
        ]
        options = self.query_one(OptionList)
        for at in range(len(self._texts)):
            options.add_option(Option(self._prompt(at)))
        if self._texts:
            options.highlighted = 0
        options.focus()
        self._show()

    def _prompt(self, at: int) -> Content:
        each = self._texts[at]
        how = self._given.get(at, ("", ""))[0]
        mark = f"{len(each.marks)} marked" if each.marks else "-"
        said = f"* {SAID[how]}" if how else f"  {mark}"
        return Content(printable(f"{said:<11} {each.label} {each.text.place.words}"))

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        done = f" · {len(self._given)} read, not saved yet" if self._given else ""
        heading = f"Texts to read for release\n{count(len(self._texts), 'text')}{done}"
        self.query_one("#heading", Static).update(Content(heading))
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self._texts):
            self.show(pages.line("Every text was read already. Press Esc to go back."))
            return
        self.show(self._page(at))

    def _page(self, at: int) -> Lines:
        each = self._texts[at]
        parts = [pages.line(f"{each.label}, {each.text.place.words}", "bold"), pages.line()]
        parts.append(pages.line(each.marked))
        if each.looks:
            parts.append(pages.heading("Marked, since it looks like"))
            parts += [pages.line(f"{what}: {text}", indent=2) for what, text in each.looks]
        else:
            nothing = "Nothing in it looks like a person, an address or a case. Read it all the"
            parts += [pages.line(), pages.line(f"{nothing} same.", MUTED)]
        if at in self._given:
            how, ground = self._given[at]
            published = each.released(how, ground).text
            parts.append(pages.heading("What a public edition will say"))
            withheld = f"Withheld: {each.rules.ground(ground).foi}" if how == "k" else ""
            parts.append(pages.line(published or withheld))
        return pages.joined(parts)

    def action_say(self, how: str) -> None:
        """Say of the text under the cursor whether it may be published."""
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self._texts):
            return
        if how == "m" and not self._texts[at].marks:
            self.notify("Nothing is marked in it: press r to release it as it is.")
            return
        if how == "r":
            self._put(at, how, "")
            return

        def chosen(ground: str | None) -> None:
            if ground:
                self._last = ground
                self._put(at, how, ground)

        grounds = [g for g in shipped_publication().grounds if g.id not in (UNMARKED, UNREAD)]
        self.app.push_screen(ChooseGround(grounds, self._last), chosen)

    def _put(self, at: int, how: str, ground: str) -> None:
        self._given[at] = (how, ground)
        self._again(at)
        options = self.query_one(OptionList)
        if at + 1 < len(self._texts):
            options.highlighted = at + 1

    def _again(self, at: int) -> None:
        self.query_one(OptionList).replace_option_prompt_at_index(at, self._prompt(at))
        self._show()

    def action_take_back(self) -> None:
        """Leave the text unread."""
        at = self.query_one(OptionList).highlighted
        if at is not None and at in self._given:
            del self._given[at]
            self._again(at)

    def action_save(self) -> None:
        """Record what was said, one technology or meeting after the other."""
        said: dict[str, dict[str, ReleasedText]] = {}
        for at, (how, ground) in self._given.items():
            each = self._texts[at]
            texts = said.setdefault(each.subject, {})
            texts[each.text.place.key] = each.released(how, ground)
        for subject, texts in said.items():
            done = self.app.act(partial(self.register.release_texts, subject, texts))
            if isinstance(done, HorizonError):
                self.refused(done)
                return
            for at in [at for at in self._given if self._texts[at].subject == subject]:
                del self._given[at]
        self.app.notify(f"{count(sum(map(len, said.values())), 'text')} recorded as read.")
        self.dismiss("read" if said else "")
