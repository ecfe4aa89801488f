"""What can be done on every screen: take back, write down, copy, open a link, move as in vim."""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from textual.binding import Binding as PlainBinding
from textual.events import Event, Key
from textual.message_pump import MessagePump
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widgets import Input

from horizon.model.errors import BadInput, HorizonError, RuleBroken
from horizon.tui.keymap import Binding, keys_path, read_keys, spelt
from horizon.tui.undo_imports import UndoImports

if TYPE_CHECKING:
    from collections.abc import Callable

    from horizon.register import Register

Result = TypeVar("Result")

VIM = {
    "j": "down",
    "k": "up",
    "h": "left",
    "l": "right",
    "g": "home",
    "G": "end",
    "ctrl+d": "pagedown",
    "ctrl+u": "pageup",
}
"""Letters that move like the arrows do, wherever a screen does not use them for something else."""

Subjects = tuple[str, ...]
"""The technologies that one change was about."""

SAID = 6
"""Seconds for which it is said what was taken back or copied."""


LOST = 1.0
"""Seconds after which a key that has not arrived counts as lost."""


class Anywhere(UndoImports):
    """The part of the app that works on every screen alike."""

    BINDINGS = [
        Binding("ctrl+z", "take_back", "Undo", show=False, tooltip="Take back what you did last"),
        Binding("ctrl+y", "do_again", "Redo", show=False, tooltip="Do it again"),
        Binding("f2,ctrl+n", "capture", "Write down", show=False, tooltip="A technology in a line"),
        Binding("y", "copy", "Copy", show=False, tooltip="Copy the record to the clipboard"),
        Binding("O", "links", "Open link", show=False, tooltip="Open a link of the technology"),
        Binding("f3", "tour", "Tour", show=False, tooltip="What this is, in six cards"),
        *[
            PlainBinding(key, f"vim('{arrow}')", show=False, id=f"vim-{arrow}")
            for key, arrow in VIM.items()
        ],
    ]

    first_run = False
    """Whether the person opens Horizon for the first time: the tour begins by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._done: list[Subjects] = []
        self._again: list[Subjects] = []
        self._heeded = 0
        self._own_keys: dict[str, str] = {}
        self._clashed: set[str] = set()
        self._early: deque[Key] = deque()
        self._arrives_by = 0.0

    def act(
        self, command: Callable[[], Result]
    ) -> tuple[Result | None, HorizonError | None]:  # pragma: no cover
        raise NotImplementedError

    @property
    def is_working(self) -> bool:
        """Whether some form is open."""
        raise NotImplementedError  # pragma: no cover

    # What is said

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something in place of what was said before: a pile covers a small screen."""
        self.hush()
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def hush(self) -> None:
        """Take away what was said, but for warnings and errors."""
        for each in list(self._notifications):
            if each.severity == "information":
                self._unnotify(each)

    # Keys on forms

    async def on_event(self, event: Event) -> None:
        """On a form each key waits until it is whole, and until the key before has been heeded:
        what is typed after Tab goes into the next field, however fast it comes."""
        if isinstance(event, Key) and not event.is_forwarded and (self._early or self._on_form):
            self._early.append(event)
            await self.press_early()
        else:
            await super().on_event(event)

    @property
    def _on_form(self) -> bool:
        return bool(self.screen_stack) and hasattr(self.screen, "is_whole")

    @property
    def _on_its_way(self) -> bool:
        """Whether a key has not arrived. One that gets lost holds no other up for long."""
        return monotonic() < self._arrives_by

    async def press_early(self) -> None:
        """Press the keys that wait, each when the one before it has gone all its way from the field
        that has the focus to the app. A form calls this when it is whole."""
        whole = not self.screen_stack or getattr(self.screen, "is_whole", True)
        if not self._early or self._on_its_way or not whole:
            return
        self._arrives_by = monotonic() + LOST
        way = self.focused.ancestors_with_self if self.focused else ()
        await super().on_event(self._early.popleft())
        await self._follow([*way, self])

    async def _follow(self, way: list[MessagePump]) -> None:
        while way:
            node, *way = way
            if node.call_later(self._follow, way):
                return
        self._arrives_by = 0.0
        await self.press_early()

    # Keys of one's own

    def get_key_display(self, binding: PlainBinding) -> str:
        """Keys are called the same in the footer, in the help and in what is said of them."""
        return binding.key_display or spelt(binding.key)

    def use_keys(self) -> None:
        """Press what the person's own file says."""
        try:
            self._own_keys = read_keys(keys_path())
            self.set_keymap(self._own_keys)
        except BadInput as error:
            self.notify(f"{error} The usual keys hold.", severity="warning", markup=False)

    def refuse_clashes(self, screen: Screen[Any]) -> None:
        """Say once which key of one's own took the place of another on a screen."""
        from horizon.tui.bindings import bound_together, clashes

        own = {name: keys for name, keys in self._own_keys.items() if name not in self._clashed}
        here = bound_together([type(each) for each in (screen, self, *screen.query())])
        for name, other in clashes(own, here):
            self._clashed.add(name)
            self.notify(
                f"Your key for {name} takes the place of {other.words!r} ({other.keys}). "
                f"Give {other.name} another key too, in {keys_path()}.",
                severity="warning",
                timeout=15,
                markup=False,
            )

    def on_screen_shown(self, screen: Screen[Any]) -> None:
        """Called when another screen comes to the front."""
        if self._own_keys:
            self.call_after_refresh(self.refuse_clashes, screen)

    def on_key(self, event: Key) -> None:
        """Help works over a dialog too, where the app's own keys do not reach."""
        if not self.screen_stack:
            return  # closing
        if self.screen.is_modal and event.key in ("question_mark", "f1"):
            event.prevent_default()  # or the same key would close the help again
            self.action_help()

    def action_help(self) -> None:
        """Show the keys of the screen in front."""
        from horizon.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_vim(self, arrow: str) -> None:
        self.simulate_key(arrow)

    # Undo and redo

    @property
    def about(self) -> str:
        """The id of the technology that the screen in front is about, or empty."""
        return str(getattr(self.screen, "technology_id", ""))

    def _may_change(self) -> bool:
        if self.is_working:
            self.notify("Finish or leave this form first.")
        elif self.screen.is_modal:
            return False
        elif why := getattr(self.screen, "NOT_TAKEN_BACK", ""):
            self.notify(why)
        elif self.register.read_only:
            self.notify(self.register.read_only, severity="error", markup=False)
        else:
            return True
        return False

    def imported(self, own: Register, import_id: str) -> None:
        self._heed()
        super().imported(own, import_id)
        self._heeded = len(self.present.written)
        if import_id:
            self._done.append((import_id,))
            self._again.clear()

    def undone(self, own: Register, import_id: str) -> None:
        self._heed()
        super().undone(own, import_id)
        self._heeded = len(self.present.written)
        self._done = [each for each in self._done if each != (import_id,)]

    def _heed(self) -> None:
        """Take note of what was changed in this window since it was last asked."""
        for subjects in self.present.written[self._heeded :]:
            found = tuple(each for each in subjects if each in self.present.state.technologies)
            if found:
                self._done.append(found)
                self._again.clear()
        self._heeded = len(self.present.written)

    def action_take_back(self) -> None:
        """Take back what was done last in this window: to the technology in front, or to any."""
        if not self._may_change():
            return
        self._heed()
        last = _last(self._done, self.about)
        if not last:
            self.notify(
                f"You have changed nothing{self._on(self.about)} in this window.", markup=False
            )
            return
        if last[0] in self._imports:
            self.undo_import(last[0])
            return
        step, error = self.act(lambda: self.register.take_back(self.about or last[0]))
        if step is not None:
            self._moved(last, self._done, self._again, last)
            self.notify(
                f"Taken back: {step.about}, {step.words}. Ctrl+Y does it again.",
                timeout=SAID,
                markup=False,
            )
        elif error is not None:
            self._refuse(error)

    def action_do_again(self) -> None:
        """Do again what was taken back last."""
        if not self._may_change():
            return
        self._heed()
        last = _last(self._again, self.about)
        if not last:
            self.notify(f"You have taken nothing back{self._on(self.about)}.", markup=False)
            return
        step, error = self.act(lambda: self.register.do_again(self.about or last[0]))
        if step is not None:
            now = (step.technology,) if len(last) == 1 else last
            self._moved(last, self._again, self._done, now)
            self.notify(f"Done again: {step.about}, {step.words}.", timeout=SAID, markup=False)
        elif error is not None:
            self._refuse(error)

    def _on(self, about: str) -> str:
        return f" on {self.register.label(about)}" if about else ""

    def _moved(
        self, last: Subjects, origin: list[Subjects], target: list[Subjects], now: Subjects
    ) -> None:
        """One change went from one list to the other. What wrote that down is no change itself."""
        del origin[len(origin) - 1 - origin[::-1].index(last)]
        target.append(now)
        self._heeded = len(self.present.written)

    def _refuse(self, error: HorizonError) -> None:
        words = f"{error.rule}. {error.who}" if isinstance(error, RuleBroken) else str(error)
        self.notify(words, severity="warning", timeout=SAID, markup=False)

    # Writing down, copying, links, the tour

    def action_capture(self) -> None:
        """Write a technology down in one line, whatever is in front."""
        from horizon.tui.screens.capture import CaptureScreen

        if isinstance(self.screen, CaptureScreen):
            return
        if self.register.read_only:
            self.notify(self.register.read_only, severity="error", markup=False)
            return
        self.push_screen(CaptureScreen())

    @property
    def clipboard(self) -> str:
        """What was copied here last; a field of one line takes the first."""
        held = super().clipboard
        return held.partition("\n")[0] if isinstance(self.focused, Input) else held

    def action_copy(self) -> None:
        """Copy the record in front, or under the cursor, to the clipboard."""
        from horizon.tui.copying import record_in

        what, text = record_in(self.screen, self.register)
        if not text:
            self.notify("There is nothing here to copy.")
            return
        self.copy_to_clipboard(text)
        self.notify(f"Copied: {what}.", timeout=SAID, markup=False)

    def action_links(self) -> None:
        """Open the link of the technology in front or under the cursor; with several, choose."""
        from horizon.tui.copying import technology_in
        from horizon.tui.screens.links import LinksScreen, links_of

        about = technology_in(self.screen)
        if not about or about not in self.register.state.technologies:
            self.notify("No technology is in front.")
            return
        found = links_of(self.register.technology(about))
        if not found:
            self.notify("It has no link. A sighting or a document can carry one.")
        elif len(found) == 1:
            self.open_link(found[0].url)
        else:
            self.push_screen(LinksScreen(found))

    def open_link(self, url: str) -> None:
        """Open a link in the browser, and say so."""
        self.open_url(url)
        self.notify(f"Opening {url}", timeout=SAID, markup=False)

    def action_tour(self) -> None:
        """Show what Horizon is, in six cards."""
        from horizon.tui.screens.tour import TourScreen

        if not isinstance(self.screen, TourScreen):
            self.push_screen(TourScreen())


def _last(changes: list[Subjects], about: str) -> Subjects:
    """The last change, or the last one that was about a technology; empty where there is none."""
    return next((each for each in reversed(changes) if not about or about in each), ())
