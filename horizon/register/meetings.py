"""The register's commands about meetings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from horizon.register import actions
from horizon.register.desk import Desk, resolve_meeting
from horizon.register.ledger import Ledger

if TYPE_CHECKING:
    from horizon.model.meeting import InterestAction, InterestKind, ItemOutcome, Meeting
    from horizon.register.inputs import AttendanceInput, CommentInput, ItemInput


class MeetingCommands(Ledger):
    """Meetings, from their calling to their confirmed minutes.

    Commands raise as those of `Register` do. `ref` is a meeting's reference or id; `expect` its
    revision as the person saw it.
    """

    def unratified(self, ref: str) -> list[tuple[str, str]]:
        """Decisions of the body made out of a meeting that this one could ratify: the technology's
        id, and the decision's number."""
        return actions.ending_meetings.unratified(self.state, self.framework, self.meeting(ref))

    def last_meeting(self, body: str, before: date) -> Meeting | None:
        """The body's newest meeting before a day that has an attendance."""
        held = [
            each
            for each in self.state.meetings.values()
            if each.body == body and each.on < before and each.attendance
        ]
        return max(held, key=lambda each: each.on, default=None)

    def call_meeting(
        self,
        *,
        body: str,
        on: date,
        place: str = "",
        by_correspondence: bool = False,
        items: Sequence[ItemInput] = (),
    ) -> Meeting:
        """Call a meeting of a body, with an agenda."""
        found = self._do(
            lambda desk: actions.meetings.call(
                desk,
                body=body,
                on=on,
                place=place,
                by_correspondence=by_correspondence,
                items=items,
            )
        )
        return self.state.meetings[found]

    def reschedule(
        self, ref: str, *, on: date, place: str = "", reason: str = "", expect: int | None = None
    ) -> Meeting:
        """Move a meeting that has not begun to another day or place. It keeps its reference."""
        return self._meet(
            ref,
            expect,
            lambda d, m: actions.meetings.reschedule(d, m, on=on, place=place, reason=reason),
        )

    def add_items(
        self, ref: str, items: Sequence[ItemInput], *, expect: int | None = None
    ) -> Meeting:
        """Put more items at the end of the agenda."""
        return self._meet(ref, expect, lambda d, m: actions.meetings.add_items(d, m, items))

    def drop_item(self, ref: str, item: int, *, expect: int | None = None) -> Meeting:
        """Take an item off the agenda that was not taken yet."""
        return self._meet(ref, expect, lambda d, m: actions.meetings.drop_item(d, m, item))

    def attend(
        self, ref: str, people: Sequence[AttendanceInput], *, expect: int | None = None
    ) -> Meeting:
        """Record who is there or sent apologies, and in which seat."""
        return self._meet(ref, expect, lambda d, m: actions.meetings.attend(d, m, people))

    def declare(
        self,
        ref: str,
        item: int,
        *,
        person: str,
        kind: InterestKind,
        nature: str,
        action: InterestAction,
        expect: int | None = None,
    ) -> Meeting:
        """Record an interest in an item, and what the person does about it."""
        return self._meet(
            ref,
            expect,
            lambda d, m: actions.meetings.declare(
                d, m, item, person=person, kind=kind, nature=nature, action=action
            ),
        )

    def minute(
        self,
        ref: str,
        item: int,
        text: str | None = None,
        *,
        comments: Sequence[CommentInput] = (),
        outcome: ItemOutcome | None = None,
        no_decision: str = "",
        expect: int | None = None,
    ) -> Meeting:
        """Record what was said on an item; `outcome` ends it without a decision, or as noted."""
        return self._meet(
            ref,
            expect,
            lambda d, m: actions.meetings.minute(
                d, m, item, text=text, comments=comments, outcome=outcome, no_decision=no_decision
            ),
        )

    def close_meeting(self, ref: str, *, expect: int | None = None) -> Meeting:
        """End a meeting. Decisions made between meetings that it did not ratify lapse."""
        return self._meet(ref, expect, actions.ending_meetings.close)

    def confirm_minutes(
        self, ref: str, *, on: date, at_meeting: str = "", expect: int | None = None
    ) -> Meeting:
        """Record that the minutes were agreed as accurate."""
        return self._meet(
            ref,
            expect,
            lambda d, m: actions.ending_meetings.confirm(d, m, on=on, at_meeting=at_meeting),
        )

    def _meet(
        self, ref: str, expect: int | None, action: Callable[[Desk, Meeting], None]
    ) -> Meeting:
        """Run a command about one meeting and give the meeting as it is then."""
        meeting_id = resolve_meeting(self.state, ref)
        self._do(
            lambda desk: action(desk, desk.state.meetings[meeting_id]),
            subject=meeting_id,
            expect=expect,
        )
        return self.state.meetings[meeting_id]
