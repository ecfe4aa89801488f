"""The app as its screens know it: the register that is open, and what changes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from textual.notifications import Notify, SeverityLevel
from textual.screen import Screen
from textual.signal import Signal

from horizon.model.errors import HorizonError, StoreFault
from horizon.register import Register
from horizon.tui.messages import RegisterChanged
from horizon.tui.notices import Notice
from horizon.tui.own_keys import OwnKeys
from horizon.tui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from horizon.register.as_at import Archive

Result = TypeVar("Result")

UNDONE = "The entry of this technology was taken back."

LOOK_EVERY = 1.0
"""Seconds between two looks at whether another window changed the register: one stat each."""

SAVE_WHEN_IDLE = 20.0
"""Seconds between two chances to bring register.json up to date."""

SAID = 6
"""Seconds for which it is said what was taken back, copied or opened."""


class Host(TypedAhead, OwnKeys):
    """The app that has a register open. Screens and widgets ask nothing else of it."""

    def __init__(self, register: Register) -> None:
        """`register` is what every screen shows: the `present`, or the past that somebody looks
        at. While `writing_aside`, a thread writes through another handle on the register: what it
        writes is taken over from it then, and not read here."""
        super().__init__()
        self.register = self.present = register
        self.register_signal: Signal[None] = Signal(self, "register")
        self.writing_aside = False
        self._faulted = ""

    def on_mount(self) -> None:
        self.set_interval(LOOK_EVERY, self.look)
        self.set_interval(SAVE_WHEN_IDLE, self._save_when_idle)

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
        lasting = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Notice(message, title, severity, lasting, markup=markup)))

    def hush(self) -> None:
        """Take away what was said, but for warnings and errors."""
        for each in list(self._notifications):
            if each.severity == "information":
                self._unnotify(each)

    def may_write(self) -> bool:
        """Whether anything can be changed here; says why where nothing can."""
        if self.register.read_only:
            self.notify(self.register.read_only, severity="error", markup=False)
        return not self.register.read_only

    def act(self, command: Callable[[], Result]) -> Result | HorizonError:
        """Run a command of the register: what it gives back, or why it was refused.

        Afterwards every screen hears what changed, also what others changed meanwhile.
        """
        try:
            found: Result | HorizonError = command()
        except HorizonError as refused:
            found = refused
        self.look(own=not isinstance(found, HorizonError))
        return found

    def go_on_from(self, own: Register) -> None:
        """Show what was done in a thread, through another handle on the same register."""
        self.present.go_on_from(own)
        self.look(own=True)

    def look(self, *, own: bool = False) -> None:
        """See what others changed, and tell the screens; also of an `own` change."""
        if not self.screen_stack or self.writing_aside:
            return  # closing: a timer can still fire after the last screen is gone
        try:
            ids = self.present.refresh()
        except StoreFault as fault:
            if str(fault) != self._faulted:
                self._faulted = str(fault)
                self.notify(str(fault), severity="error", timeout=30, markup=False)
            return
        self._faulted = ""
        if self.register is self.present:
            self._leave_what_is_gone(UNDONE)
            if ids or own:
                self._tell(ids)

    def _tell(self, ids: frozenset[str]) -> None:
        """Let everything on the screen know that the register moved on."""
        self.register_signal.publish(None)
        for screen in self.screen_stack:
            if not self._is_gone(screen):
                screen.post_message(RegisterChanged(ids))

    def _is_gone(self, screen: Screen[object]) -> bool:
        """Whether a screen is about a technology that the register does not hold."""
        about = getattr(screen, "technology_id", "")
        return bool(about) and about not in self.register.state.technologies

    def _leave_what_is_gone(self, why: str) -> None:
        """Close screens about a technology that is not there, and say why; unsaved work stays to
        be read."""
        while self._is_gone(self.screen) and not getattr(self.screen, "has_work", False):
            self.pop_screen()
            self.notify(why, markup=False)

    def _save_when_idle(self) -> None:
        if self.writing_aside:
            return
        try:
            self.present.save_if_behind()
        except StoreFault as fault:
            self.log.warning(str(fault))  # the journal has everything already

    @cached_property
    def archive(self) -> Archive:
        """The register as at other moments."""
        from horizon.register.as_at import Archive

        return Archive(self.present)

    def arrive(self, register: Register | None) -> None:
        """Show another state of the register on every screen. Screens about a technology that is
        not there are left."""
        if register is None or register is self.register:
            return
        before, self.register = self.register, register
        label = before.label(self.about)
        later = register.state.head.seq > before.state.head.seq
        self._leave_what_is_gone(UNDONE if later else f"{label} was not in the register yet.")
        self.set_class(register is not self.present, "past")
        self._tell(frozenset())

    @property
    def is_working(self) -> bool:
        """Whether there is a form that somebody works on."""
        return any(getattr(each, "FORM", False) for each in self.screen_stack)

    @property
    def about(self) -> str:
        """The id of the technology that the screen in front is about, or empty."""
        return str(getattr(self.screen, "technology_id", ""))

    def open_link(self, url: str) -> None:
        """Open a link in the browser, and say so."""
        self.open_url(url)
        self.notify(f"Opening {url}", timeout=SAID, markup=False)
