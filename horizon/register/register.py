"""The register and its commands. Every change goes through here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from horizon.register import actions
from horizon.register.changing_many import ManyCommands
from horizon.register.conditions import ConditionCommands
from horizon.register.copies import CopyCommands
from horizon.register.imports import ImportCommands
from horizon.register.meetings import MeetingCommands
from horizon.register.signing_commands import SigningCommands
from horizon.register.undoing import UndoCommands

if TYPE_CHECKING:
    from horizon.framework.publication import Publication
    from horizon.framework.schema import Framework
    from horizon.model.assessment import Evidence, Score
    from horizon.model.decision import Decision
    from horizon.model.events import AnswerGiven, PaperIssued, ReleasedText
    from horizon.model.people import Person
    from horizon.model.technology import Reopening, Sighting, Technology
    from horizon.register.desk import Desk
    from horizon.register.inputs import Proposal


class Register(
    MeetingCommands,
    ConditionCommands,
    ImportCommands,
    ManyCommands,
    UndoCommands,
    SigningCommands,
    CopyCommands,
):
    """A register that is open, with the commands that change it.

    Commands raise `BadInput`, `RuleBroken`, `Conflict` or `StoreFault`, and then nothing was
    written. `expect` is the revision of the technology that the person saw: if it has moved on,
    the command is refused with `Conflict`. `ref` is an id, a label or an exact name.
    """

    # Commands: what a technology is

    def propose(
        self,
        *,
        owner: str = "",
        sighting: Sighting | None = None,
        duplicate_reason: str = "",
        **details: Any,
    ) -> Technology:
        """Enter a technology. `details` are fields of `Details`; `owner` is a person's name."""
        from horizon.model.technology import Details
        from horizon.register.inputs import Proposal, checked

        given = {
            "details": checked(Details, details),
            "owner": owner,
            "sightings": (sighting,) if sighting else (),
            "duplicate_reason": duplicate_reason,
        }
        proposal = checked(Proposal, given)
        return self.propose_many([proposal])[0]

    def enter_legacy(
        self,
        *,
        in_use_since: str,
        authority: str,
        known: str,
        review_by: date,
        owner: str = "",
        duplicate_reason: str = "",
        **details: Any,
    ) -> Technology:
        """Enter a technology the force already runs: in use, no recorded approval."""
        from horizon.model.technology import Details, Legacy
        from horizon.register.inputs import Proposal, checked

        legacy = {"in_use_since": in_use_since, "authority": authority, "known": known}
        given = {
            "details": checked(Details, details),
            "owner": owner,
            "duplicate_reason": duplicate_reason,
            "legacy": checked(Legacy, legacy),
            "review_by": review_by,
        }
        proposal = checked(Proposal, given)
        return self.propose_many([proposal])[0]

    def propose_many(self, proposals: Sequence[Proposal]) -> list[Technology]:
        """Enter several technologies as one commit: all of them or none."""
        ids = self._do(lambda desk: [actions.proposing.propose(desk, each) for each in proposals])
        return [self.state.technologies[each] for each in ids]

    def add_sighting(
        self, ref: str, sighting: Sighting, *, expect: int | None = None
    ) -> Technology:
        """Add one dated source where the technology was seen."""
        return self._change(
            ref, expect, lambda d, t: actions.proposing.add_sighting(d, t, sighting)
        )

    def amend(
        self,
        ref: str,
        changes: Mapping[str, Any],
        *,
        reason: str = "",
        expect: int | None = None,
    ) -> Technology:
        """Change details. Keys are fields of `Details`; `owner` is a person's name."""
        return self._change(
            ref, expect, lambda d, t: actions.proposing.amend(d, t, changes, reason)
        )

    def set_facts(
        self, ref: str, facts: Mapping[str, str], *, note: str = "", expect: int | None = None
    ) -> Technology:
        """Set facts to yes, no or unknown."""
        return self._change(
            ref, expect, lambda d, t: actions.proposing.set_facts(d, t, facts, note)
        )

    def set_review(
        self, ref: str, review_by: date, *, reason: str = "", expect: int | None = None
    ) -> Technology:
        """Set the day by which the technology is looked at again."""
        return self._change(
            ref, expect, lambda d, t: actions.proposing.set_review(d, t, review_by, reason)
        )

    def withdraw(self, ref: str, *, reason: str, expect: int | None = None) -> Technology:
        """Take the technology off the route, with the reason."""
        return self._change(ref, expect, lambda d, t: actions.proposing.withdraw(d, t, reason))

    def supersede(
        self, ref: str, successor: str, *, reason: str, expect: int | None = None
    ) -> Technology:
        """Record that another technology takes this one's place."""
        return self._change(
            ref,
            expect,
            lambda d, t: actions.proposing.supersede(d, t, d.technology(successor), reason),
        )

    # Commands: assessment

    def open_round(
        self, ref: str, assessors: Sequence[str], *, expect: int | None = None
    ) -> Technology:
        """Open a sealed scoring round for the named people."""
        return self._change(ref, expect, lambda d, t: actions.assessing.open_round(d, t, assessors))

    def submit_scores(
        self, ref: str, scores: Mapping[str, Score], *, expect: int | None = None
    ) -> Technology:
        """Hand in the acting person's scores for the open round. They are fixed when made."""

        def submit(desk: Desk, technology: Technology) -> None:
            current = technology.open_round
            framework = self.framework_of(current.framework) if current else self.framework
            actions.assessing.submit_scores(desk, technology, framework, scores)

        return self._change(ref, expect, submit)

    def close_round(self, ref: str, *, reason: str = "", expect: int | None = None) -> Technology:
        """End the open round, so that its scores are shown."""
        return self._change(ref, expect, lambda d, t: actions.assessing.close_round(d, t, reason))

    def answer(
        self, ref: str, answers: Mapping[str, AnswerGiven], *, expect: int | None = None
    ) -> Technology:
        """Answer items of the data-ethics checklist."""
        return self._change(ref, expect, lambda d, t: actions.assessing.answer(d, t, answers))

    def attach_evidence(
        self,
        ref: str,
        *,
        title: str,
        dated: date,
        version: str = "",
        owner: str = "",
        document: str = "",
        location: str = "",
        ends_on: date | None = None,
        file: Path | None = None,
        expect: int | None = None,
    ) -> Evidence:
        """Attach a reference to a document and give it back with its number (`E3`)."""
        return self._of(
            ref,
            expect,
            lambda d, t: actions.assessing.attach_evidence(
                d,
                t,
                title=title,
                dated=dated,
                version=version,
                owner=owner,
                document=document,
                location=location,
                ends_on=ends_on,
                file=file,
            ),
        )

    # Commands: the route

    def move(self, ref: str, to: str, *, reason: str = "", expect: int | None = None) -> Technology:
        """Move the technology to another stage, if the gate on the way lets it through."""
        return self._change(
            ref, expect, lambda d, t: actions.moving.move(d, d.state.whole(t), to, reason)
        )

    def decide(self, ref: str, *, expect: int | None = None, **given: Any) -> Decision:
        """Record a body's decision, with everything that was on the table frozen into it.

        `given` are the fields of `DecisionInput`.
        """
        from horizon.register.inputs import DecisionInput, checked

        asked = checked(DecisionInput, given)
        return self._of(
            ref, expect, lambda d, t: actions.deciding.decide(d, d.state.whole(t), asked)
        )

    def correct(
        self,
        ref: str,
        number: str,
        changes: Mapping[str, Any],
        *,
        reason: str,
        expect: int | None = None,
    ) -> Decision:
        """Set a decision's record right by a new one that points back to it. `changes` are what
        `deciding.CORRECTABLE` names, as the record holds them."""
        return self._of(
            ref, expect, lambda d, t: actions.deciding.correct(d, t, number, changes, reason)
        )

    def ratify(self, ref: str, number: str, *, meeting: str, expect: int | None = None) -> Decision:
        """Record that a decision made out of a meeting was ratified at one."""
        self._of(
            ref,
            expect,
            lambda d, t: actions.ending_meetings.ratify(d, t, number, d.meeting(meeting)),
        )
        found = self.technology(ref).decision(number)
        assert found is not None
        return found

    def reopen(
        self,
        ref: str,
        *,
        trigger: str,
        reason: str,
        on: date | None = None,
        items: Sequence[str] = (),
        expect: int | None = None,
    ) -> Reopening:
        """Record that something happened, so that a body has to look again. `trigger` is an id
        from the route; `items` are checklist items to be answered again."""

        def it(desk: Desk, technology: Technology) -> Reopening:
            actions.reopening.refuse_unasked(desk, technology, items)
            return actions.reopening.reopen(
                desk, technology, trigger=trigger, reason=reason, on=on, items=items
            )

        return self._of(ref, expect, it)

    def reopen_all(
        self, *, trigger: str, reason: str, items: Sequence[str], on: date | None = None
    ) -> list[Technology]:
        """Reopen every technology on the route to which one of the checklist items applies: a new
        law or finding is about the item. One commit."""

        def all_of_them(desk: Desk) -> list[str]:
            found = actions.reopening.affected(desk, items)
            for each in found:
                actions.reopening.reopen(
                    desk, each, trigger=trigger, reason=reason, on=on, items=items
                )
            return [each.id for each in found]

        return [self.state.technologies[each] for each in self._do(all_of_them)]

    def share(
        self, ref: str, forces: Sequence[str], *, reason: str, expect: int | None = None
    ) -> Technology:
        """Set which other forces of a shared register see the technology: these and no others."""
        return self._change(ref, expect, lambda d, t: actions.sharing.share(d, t, forces, reason))

    # Commands: keeping the register

    def name_person(self, name: str, **known: Any) -> Person:
        """Name a person, or set what is known of one: role, email, organisation, `dpo` (whether
        they hold the function of data protection officer) and `ties` to suppliers."""
        found = self._do(lambda desk: actions.keeping.name_person(desk, name, known))
        return self.state.people[found]

    def adopt_framework(
        self,
        framework: Framework,
        *,
        reason: str,
        decided_by: str = "",
        decided_on: date | None = None,
        reference: str = "",
    ) -> None:
        """Bring a framework into force, with the body that decided so, when and where."""
        self._do(
            lambda desk: actions.keeping.adopt(
                desk,
                framework,
                reason=reason,
                decided_by=decided_by,
                decided_on=decided_on,
                reference=reference,
            )
        )

    def accept_history(self, reason: str) -> None:
        """Accept that the history before this journal is not here."""
        self._do(lambda desk: actions.keeping.accept_history(desk, reason))

    def release_texts(
        self,
        ref: str,
        texts: Mapping[str, ReleasedText],
        *,
        rules: Publication | None = None,
        expect: int | None = None,
    ) -> None:
        """Release typed texts of a technology or a meeting for publication, by their place, as the
        acting person read them."""
        from horizon.framework.publication import shipped_publication

        subject, held = self.record(ref).id, rules or shipped_publication()
        self._do(
            lambda desk: actions.releasing.release(desk, subject, texts, held),
            subject=subject,
            expect=expect,
        )

    def record_paper(self, paper: PaperIssued) -> None:
        """Record that a paper or an export was issued."""
        self._do(lambda desk: actions.releasing.issue(desk, paper))

    def erase(self, seqs: Sequence[int], *, reason: str) -> None:
        """Empty the data of events for good; who, when and the digests stay in the chain.

        An event is written first that says who erased what and why. If the program is stopped
        between the two, `verify` names what is left to do and erasing again finishes it.
        """
        held = {event.seq: event for _, commit in self.history() for event in commit.events}
        self._do(lambda desk: actions.keeping.erase(desk, held, seqs, reason))
        with self.store.lock():
            self.store.empty(frozenset(seqs))
        self._rebuild()
        self.save_snapshot()
