"""The register's commands that take back what one did, and that write notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from horizon.model.errors import RuleBroken
from horizon.register import actions
from horizon.register.desk import Desk, resolve
from horizon.register.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from horizon.model.technology import Technology
    from horizon.register.actions.steps import Step
    from horizon.register.images import History


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back or done again: of which technology, in the words of its history. `label`
    is the technology's label, `technology` its id; both are of the new entry where one was entered
    again. `more` are others to which the same was done at once."""

    technology: str
    label: str
    words: str
    more: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """The label, and how many more."""
        return f"{self.label} and {len(self.more)} more" if self.more else self.label


class UndoCommands(Ledger):
    """Undo and redo of what the acting person did to a technology, and notes.

    Commands raise as those of `Register` do; `ref` and `expect` are as there.
    """

    def take_back(self, ref: str, *, expect: int | None = None) -> TakenBack:
        """Take back the last thing that the acting person did to a technology and has not taken
        back yet."""
        return self._step(ref, expect, actions.undoing.take_back)

    def do_again(self, ref: str, *, expect: int | None = None) -> TakenBack:
        """Do again what the acting person took back last on a technology. `ref` may be the id of
        one that left the register with its entry: it enters again, under a new label."""
        if ref in self.state.technologies or not any(True for _ in self.history(ref)):
            return self._step(ref, expect, actions.undoing.do_again)
        return self._enter_again(ref)

    def add_note(self, ref: str, text: str, *, expect: int | None = None) -> Technology:
        """Write a remark on a technology: no evidence, and nothing is decided on it."""
        from horizon.model.undo_events import NoteAdded

        def note(desk: Desk, technology: Technology) -> None:
            if not text.strip():
                raise RuleBroken("A note says something", missing=["the text"])
            desk.draft(technology.id, NoteAdded(text=text.strip()))

        return self._change(ref, expect, note)

    def _step(self, ref: str, expect: int | None, action: actions.undoing.Action) -> TakenBack:
        subject = resolve(self.state, ref)
        label = self.state.technologies.header(subject).label
        step = self._of(subject, expect, lambda d, t: action(d, t, self._histories))
        return TakenBack(subject, label, self._words(step), step.beside)

    def _histories(self, ids: Sequence[str]) -> Mapping[str, History]:
        from horizon.register.images import lines_about

        return lines_about(self, ids)

    def last_changed(self) -> str:
        """The id of the technology to which the acting person did something last that they have
        not taken back. Raises `RuleBroken` where there is none."""
        found = actions.steps.last_of(self.history(), self.person_id)
        if found not in self.state.technologies:
            raise RuleBroken("There is nothing of yours to take back")
        return found

    def _words(self, step: Step) -> str:
        from horizon.register.telling import tell

        return "; ".join(tell(each, self) for each in step.events)

    def _enter_again(self, subject: str) -> TakenBack:
        from horizon.model.events import LegacyEntered, SightingAdded, TechnologyProposed
        from horizon.register.inputs import Proposal

        done, _ = actions.steps.steps(list(self.history(subject)), subject, self.person_id)
        step = next((each for each in done if each.enters), None)
        if step is None:
            raise RuleBroken("Only who entered a technology enters it again this way")
        payloads = [each.payload() for each in step.events]
        entered = next(e for e in payloads if isinstance(e, TechnologyProposed | LegacyEntered))
        proposal = Proposal(
            details=entered.details,
            sightings=tuple(e.sighting for e in payloads if isinstance(e, SightingAdded)),
            duplicate_reason=getattr(entered, "different_because", ""),
            legacy=getattr(entered, "legacy", None),
            review_by=getattr(entered, "review_by", None),
        )
        found = self._do(lambda desk: actions.proposing.propose(desk, proposal))
        return TakenBack(found, self.state.technologies.header(found).label, self._words(step))
