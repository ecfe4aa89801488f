"""What screens that take typing share: saving, being refused, and leaving without losing work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.screen import Screen

from horizon.model.errors import BadInput, Conflict, HorizonError, RuleBroken
from horizon.model.meeting import Meeting
from horizon.model.signing_events import DecisionSigned
from horizon.model.technology import Technology
from horizon.register.near_names import known_names, of_new
from horizon.register.telling import tell
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.ask import ask_to_leave
from horizon.tui.screens.conflict import Clash, ConflictScreen
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.widgets.page import Said

NARROW, WIDE = 100, 110
"""Columns below which lists give way, and from which panels stand beside a form."""

DONE_SHOWN = 3
"""Seconds for which it is said that something was saved."""

TOLD = 8
"""Seconds for which it is said that somebody else changed the same technology."""


class WorkScreen(OnRegister, Screen[str]):
    """A screen with unsaved work on one technology, or on a new one.

    Esc asks before it throws work away. A refusal is shown in words and keeps everything. After a
    conflict the newer version counts as seen, so that saving again is a choice.
    """

    UNSAVED = "You have not saved this."
    FORM: ClassVar[bool] = True
    """Whether there is something to finish here: what lies below it stays as it is meanwhile."""
    BINDINGS = [
        Binding("ctrl+s", "save_in_turn", "Save", priority=True),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self, technology_id: str = "") -> None:
        super().__init__()
        self.technology_id = technology_id
        self.expect: int | None = None
        self.base: Technology | None = None
        self._newer: Technology | None = None

    @property
    def technology(self) -> Technology:
        return self.register.technology(self.technology_id)

    def on_mount(self) -> None:
        """Textual calls that of each class by itself, a subclass's before this one."""
        if self.technology_id:
            self.base = self.technology
            self.expect = self.base.revision

    @on(RegisterChanged)
    def _told_of_others(self, event: RegisterChanged) -> None:
        """Say at once what somebody else does to the same technology meanwhile."""
        if self.technology_id not in event.ids or self.expect is None or not self.is_current:
            return
        newer = [
            f"{self.register.name(each.by)}: {tell(each, self.register)}"
            for _, commit in self.register.history(self.technology_id)
            for each in commit.events
            if each.subject == self.technology_id
            and each.revision > self.expect
            and each.by != self.register.person_id
            and each.kind != DecisionSigned.kind  # nothing to work on has changed
        ]
        if newer:
            label = self.register.label(self.technology_id)
            said = f"{label} has just been changed. {newer[-1]}. What you typed is kept."
            self.notify(said, timeout=TOLD, markup=False)

    def fit(self, width: int) -> None:
        self.set_class(width < NARROW, "narrow")
        self.set_class(width >= WIDE, "wide")

    @property
    def has_work(self) -> bool:
        """Whether leaving now would lose something."""
        raise NotImplementedError

    def action_save(self) -> None:
        """Save the work and leave."""
        raise NotImplementedError

    def action_save_in_turn(self) -> None:
        """Save once whatever is being typed into has taken every letter typed before."""
        (self.focused or self).call_later(self.action_save)

    def save(self, command: Callable[[], Any], done: str) -> None:
        """Run a command of the register with the work; leave when it is done."""
        known = known_names(self.register)
        result = self.app.act(command)
        if isinstance(result, HorizonError):
            self.refused(result)
            return
        new = of_new(self.register, known)
        if new:
            done = f"{done.rstrip('.')}. {new}"
        self.app.clear_notifications()  # a refusal told before is none any more
        self.app.notify(done, timeout=TOLD if new else DONE_SHOWN, markup=False)
        if isinstance(result, Technology | Meeting):
            self.dismiss(result.id)
        else:
            self.dismiss(self.technology_id)

    def clashes(self) -> list[Clash]:
        """What somebody else changed in the same places since this screen was opened."""
        return []

    def take_theirs(self, names: frozenset[str]) -> None:
        """Put their version of these fields in place of what was typed, and count what they
        changed elsewhere as seen."""

    def _settled(self, theirs: frozenset[str] | None) -> None:
        """Save with their version of some fields, or go on working."""
        if theirs is not None:
            self.take_theirs(theirs)
            self.base = self._newer
            self.action_save()

    def refused(self, error: HorizonError) -> None:
        """Say why nothing was saved. The work stays as it is."""
        if isinstance(error, Conflict):
            self.expect = error.found
            self._newer = self.technology if self.technology_id else None
            clashes = self.clashes()
            if clashes:
                self.app.clear_notifications()  # the dialog says the same, and they would cover it
                self.app.push_screen(ConflictScreen(error, clashes), self._settled)
            lines = [f"{error.label} was changed by someone else while you worked:"]
            lines += [f"- {each}" for each in error.changes]
            lines.append("Nothing was saved and your work is kept. Save again to add it on top.")
        elif isinstance(error, RuleBroken):
            lines = [f"Refused: {error.rule}."]
            lines += [f"- {each}" for each in error.lines]
            lines += [error.who] if error.who else []
        else:
            lines = [f"Error: {error}"]
        self.say("\n".join(lines))

    def say(self, words: str) -> None:
        """Show a message on the screen, or take it away."""
        self.query_one(Said).say(words)

    def action_leave(self) -> None:
        if not self.has_work:
            self.dismiss("")
        else:
            self.ask_to_leave(lambda: self.dismiss(""))

    def ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Ask what is to become of the unsaved work; then `leave`, unless it goes on."""
        ask_to_leave(self.app, f"{self.UNSAVED} Leave all the same?", leave)


def field_of(error: BadInput, names: list[str]) -> str:
    """The field that a refusal is about, where its words begin with one."""
    first = error.what.split(" ", 1)[0].split(".", 1)[0]
    return first if first in names else ""
