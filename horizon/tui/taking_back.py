"""Undo and redo of what was changed in this window, from anywhere in the app."""

from __future__ import annotations

from horizon.model.errors import HorizonError, RuleBroken
from horizon.register import Register
from horizon.tui.host import SAID
from horizon.tui.keymap import Binding
from horizon.tui.undo_imports import UndoImports

Subjects = tuple[str, ...]
"""The technologies that one change was about."""


class TakingBack(UndoImports):
    """The part of the app that takes back what was done last, and does it again."""

    BINDINGS = [
        Binding("ctrl+z", "take_back", "Undo", show=False, tooltip="Take back what you did last"),
        Binding("ctrl+y", "do_again", "Redo", show=False, tooltip="Do it again"),
    ]

    def __init__(self, register: Register) -> None:
        super().__init__(register)
        self._done: list[Subjects] = []
        self._again: list[Subjects] = []
        self._heeded = 0

    def _may_change(self) -> bool:
        if self.is_working:
            self.notify("Finish or leave this form first.")
        elif self.screen.is_modal:
            return False
        elif why := getattr(self.screen, "NOT_TAKEN_BACK", ""):
            self.notify(why)
        else:
            return self.may_write()
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
        step = self.act(lambda: self.register.take_back(self.about or last[0]))
        if isinstance(step, HorizonError):
            self._refuse(step)
            return
        self._moved(last, self._done, self._again, last)
        self.notify(
            f"Taken back: {step.about}, {step.words}. Ctrl+Y does it again.",
            timeout=SAID,
            markup=False,
        )

    def action_do_again(self) -> None:
        """Do again what was taken back last."""
        if not self._may_change():
            return
        self._heed()
        last = _last(self._again, self.about)
        if not last:
            self.notify(f"You have taken nothing back{self._on(self.about)}.", markup=False)
            return
        step = self.act(lambda: self.register.do_again(self.about or last[0]))
        if isinstance(step, HorizonError):
            self._refuse(step)
            return
        now = (step.technology,) if len(last) == 1 else last
        self._moved(last, self._again, self._done, now)
        self.notify(f"Done again: {step.about}, {step.words}.", timeout=SAID, markup=False)

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


def _last(changes: list[Subjects], about: str) -> Subjects:
    """The last change, or the last one that was about a technology; empty where there is none."""
    return next((each for each in reversed(changes) if not about or about in each), ())
