"""Undoing an import as one step, from anywhere in the app, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from horizon.model.errors import HorizonError, RuleBroken
from horizon.register import Register
from horizon.register.imports import undone_words
from horizon.tui.host import Host

if TYPE_CHECKING:
    from horizon.tui.importing.work import Undone

LEAVE, REST = "Leave it", "Undo the rest"

SHOWN = 8
"""Seconds for which it is said what was undone."""


class UndoImports(Host):
    """The part of the app that knows what was imported in this window."""

    def __init__(self, register: Register) -> None:
        super().__init__(register)
        self._imports: list[str] = []

    def imported(self, own: Register, import_id: str) -> None:
        """Show what was imported in a thread, to be undone as one step."""
        self.go_on_from(own)
        if import_id:
            self._imports.append(import_id)

    def undone(self, own: Register, import_id: str) -> None:
        """Show that an import was undone in a thread."""
        self.go_on_from(own)
        self._imports = [each for each in self._imports if each != import_id]

    def undo_import(
        self,
        import_id: str,
        then: Callable[[Undone | None], None] = lambda undone: None,
        *,
        keep_changed: bool = False,
    ) -> None:
        """Undo an import; `then` hears what was undone, or nothing where it was not.

        Where somebody has worked on one of its technologies since, it is asked whether the rest
        is to be undone.
        """
        if self.writing_aside:
            then(None)
            return
        self.writing_aside = True
        work = partial(self._undo_beside, import_id, then, keep_changed)
        self.run_worker(work, thread=True, group="undo-import")

    def _undo_beside(
        self, import_id: str, then: Callable[[Undone | None], None], keep_changed: bool
    ) -> None:
        """Runs in a thread of its own."""
        from horizon.tui.importing.work import undone

        try:
            own, found = undone(self.present, import_id, keep_changed=keep_changed)
        except HorizonError as error:
            self.call_from_thread(self._undo_refused, import_id, then, error)
        else:
            self.call_from_thread(self._undone, import_id, then, own, found)

    def _undone(
        self,
        import_id: str,
        then: Callable[[Undone | None], None],
        own: Register,
        found: Undone,
    ) -> None:
        self.writing_aside = False
        self.undone(own, import_id)
        self.notify(
            undone_words(found.file, found.left, found.set_back),
            timeout=SHOWN,
            markup=False,
        )
        then(found)

    def _undo_refused(
        self, import_id: str, then: Callable[[Undone | None], None], error: HorizonError
    ) -> None:
        self.writing_aside = False
        if not (isinstance(error, RuleBroken) and "--keep-changed" in error.who):
            self.notify(str(error), severity="warning", timeout=SHOWN, markup=False)
            then(None)
            return

        from horizon.tui.screens.ask import Ask

        def answered(answer: str | None) -> None:
            if answer == REST:
                self.undo_import(import_id, then, keep_changed=True)
            else:
                then(None)

        question = f"{error.rule}. Undo the rest and leave these as they are?"
        self.push_screen(Ask(question, (LEAVE, REST)), answered)
