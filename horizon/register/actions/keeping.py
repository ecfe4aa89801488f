"""Commands that keep the register itself: begin, take over, adopt, name, accept, erase."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from horizon.framework.schema import Framework
from horizon.model.brought_events import CopyTakenIn, EntryKept, RegisterRecovered
from horizon.model.envelope import Draft, Event
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import (
    DataErased,
    DecisionLapsed,
    DecisionRecorded,
    FormatRaised,
    FrameworkAdopted,
    HistoryAccepted,
    LinksKept,
    PaperIssued,
    PersonNamed,
    RegisterCreated,
    RoundOpened,
    StageKept,
    TechnologyCarried,
    TechnologySuperseded,
)
from horizon.model.intake_events import (
    EntryUndone,
    ImportMade,
    ImportUndone,
    MergeReleased,
    MergeTaken,
    MergeUndone,
    TechnologyMerged,
)
from horizon.model.meeting_events import AgendaSet, MeetingCalled, MeetingCarried, MeetingClosed
from horizon.model.state import State
from horizon.model.technology import Technology
from horizon.model.undo_events import EntryTakenBack
from horizon.register.actions.reopening import erased
from horizon.register.desk import Desk, person_id
from horizon.register.inputs import checked, one_of

STRUCTURAL = frozenset(
    each.kind
    for each in (
        RegisterCreated,
        FormatRaised,
        CopyTakenIn,
        RegisterRecovered,
        EntryKept,
        FrameworkAdopted,
        HistoryAccepted,
        DataErased,
        DecisionLapsed,
        PaperIssued,
        RoundOpened,
        MeetingCalled,
        AgendaSet,
        MeetingClosed,
        MeetingCarried,
        ImportMade,
        ImportUndone,
        EntryUndone,
        EntryTakenBack,
    )
)
"""Kinds of event that the rest of the register leans on; their data is never emptied."""


LINKING = frozenset(
    each.kind
    for each in (TechnologySuperseded, TechnologyMerged, MergeTaken, MergeUndone, MergeReleased)
)
"""Kinds of event that say which entry took the place of which."""


def begin(desk: Desk, *, name: str, illustrative: bool) -> None:
    """Draft the first event of a journal, before the person who begins it."""
    desk.drafts.insert(0, _first(RegisterCreated(name=name, illustrative=illustrative)))


def _first(data: RegisterCreated) -> Draft:
    return Draft(subject=f"r-{uuid.uuid4().hex}", revision=1, data=data)


def carry(desk: Desk, carried: State, *, acting: str) -> None:
    """Draft the take-over of a register whose journal is not here, naming its old head."""
    head = carried.head
    desk.begin_again()
    desk.drafts.append(
        _first(
            RegisterCreated(
                name=head.name or "register",
                illustrative=head.illustrative,
                carried_register=head.register_id,
                carried_seq=head.seq,
                carried_head=head.hash or "unknown",
            )
        )
    )
    for person in carried.people.values():
        if not person.erased:
            held = {field: getattr(person, field) for field in PersonNamed.model_fields}
            desk.draft(person.id, PersonNamed.model_validate(held))
    known = {draft.subject for draft in desk.drafts}
    if desk.by not in known:
        existing = person_id(carried, acting)
        if existing is not None:
            desk.by = existing
        else:
            desk.draft(desk.by, PersonNamed(name=acting))
    for digest, copy in carried.frameworks.items():
        if digest != head.adopted_framework:
            desk.draft(digest, FrameworkAdopted(framework=copy.content, reason=copy.reason))
    current = carried.frameworks[head.adopted_framework]
    desk.draft(current.digest, FrameworkAdopted(framework=current.content, reason=current.reason))
    for key in carried.technologies:
        technology = carried.technologies[key]
        desk.drafts.append(
            Draft(
                subject=key,
                revision=technology.revision,
                data=TechnologyCarried(technology=technology),
            )
        )
    for key, meeting in carried.meetings.items():
        desk.drafts.append(
            Draft(subject=key, revision=meeting.revision, data=MeetingCarried(meeting=meeting))
        )


def adopt(
    desk: Desk,
    framework: Framework,
    *,
    reason: str,
    decided_by: str = "",
    decided_on: date | None = None,
    reference: str = "",
) -> None:
    """Draft the adoption of a framework, by a body's decision where it was one."""
    if decided_by:
        one_of(decided_by, [each.id for each in desk.framework.route.bodies], "body")
    if not reason.strip():
        raise RuleBroken("A framework is adopted with a reason", missing=["the reason"])
    if framework.digest == desk.state.head.adopted_framework:
        raise RuleBroken(
            f"The register already works under this framework ({framework.id} "
            f"{framework.version}, {framework.digest[:16]})"
        )
    if lost := list(_left_nowhere(desk.state, framework)):
        raise RuleBroken(
            "This framework has no place for what the register holds",
            missing=lost,
            who="Keep these ids in route.toml, or take the technologies on from there first.",
        )
    desk.draft(
        framework.digest,
        FrameworkAdopted(
            framework=framework.content,
            reason=reason,
            decided_by=decided_by,
            decided_on=decided_on,
            reference=reference,
        ),
    )


def _left_nowhere(state: State, framework: Framework) -> Iterator[str]:
    """The stages at which technologies stand, and the bodies that have still to accept that a
    condition is met, which a framework does not have: there would be no way on from there."""
    stages, bodies = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for header in state.technologies.headers():
        if framework.route.stage(header.stage) is None:
            stages[header.stage].append(header.label)
        for decision in header.decisions:
            for each in () if decision.superseded_by else decision.conditions:
                body = each.discharged_by or decision.body
                if each.discharge is None and framework.route.body(body) is None:
                    bodies[body].append(f"condition {each.number} of {decision.number}")
    for what, found in (("stage", stages), ("body", bodies)):
        for key, held in found.items():
            more = f" and {len(held) - SHOWN} more" if len(held) > SHOWN else ""
            yield f"the {what} {key} ({', '.join(held[:SHOWN])}{more})"


SHOWN = 3
"""How many of those that stand there are named."""


def name_person(desk: Desk, name: str, known: Mapping[str, Any]) -> str:
    """Draft what is now known of a person; gives their id. What is not given, or empty, stays."""
    found = desk.person(name)
    held = desk.state.people.get(found)
    before = {field: getattr(held, field) for field in PersonNamed.model_fields} if held else {}
    spoken = before.get("name") or " ".join(name.split())
    given = {field: value for field, value in known.items() if value not in (None, "")}
    named = checked(PersonNamed, {**before, "name": spoken, **given})
    if held is None or dict(named) != before:
        desk.set_person(found, named)
    return found


def accept_history(desk: Desk, reason: str) -> None:
    """Draft the acceptance that earlier history is missing."""
    head = desk.state.head
    if not head.missing_history and not head.lost:
        raise RuleBroken("This register's history is whole, so there is nothing to accept")
    if head.history_accepted:
        raise RuleBroken(
            f"The missing history was already accepted, because: {head.history_accepted}"
        )
    if not reason.strip():
        raise RuleBroken("Missing history is accepted with a reason", missing=["the reason"])
    desk.draft(head.register_id, HistoryAccepted(reason=reason))


def no_event(seq: int) -> BadInput:
    """What is said of an event to be erased that is not there."""
    return BadInput(
        f"There is no event {seq} in the journal", do="Find them with: horizon erase --find TEXT"
    )


def erase(desk: Desk, held: Mapping[int, Event], seqs: Sequence[int], reason: str) -> None:
    """Draft the record of an erasure. The caller then empties the journal's lines."""
    if not reason.strip():
        raise RuleBroken("Data is erased with a reason", missing=["the reason"])
    if not seqs:
        raise BadInput("No events were named", do="Give their numbers, as horizon history shows")
    numbers: list[str] = []
    stages: dict[str, StageKept] = {}
    for seq in seqs:
        event = held.get(seq)
        if event is None:
            raise no_event(seq)
        if event.kind in STRUCTURAL:
            raise RuleBroken(
                f"Event {seq} ({event.kind}) holds the register together and cannot be erased"
            )
        payload = event.payload()
        if isinstance(payload, DecisionRecorded):
            numbers.append(payload.decision.number)
        if event.subject in desk.state.technologies:
            links = event.kind in LINKING or _has_links(stages.get(event.subject))
            stages[event.subject] = _stage_kept(desk.state.technologies[event.subject], links=links)
    fresh = tuple(seq for seq in seqs if seq not in desk.state.head.erased)
    if fresh:
        desk.draft(
            desk.state.head.register_id,
            DataErased(events=fresh, reason=reason, decision_numbers=tuple(numbers), stages=stages),
        )
    for seq in fresh:
        payload = held[seq].payload()
        if payload is not None and held[seq].subject in desk.state.technologies:
            erased(desk, desk.state.technologies[held[seq].subject], payload)


def _has_links(kept: StageKept | None) -> bool:
    return kept is not None and kept.links is not None


def _stage_kept(technology: Technology, *, links: bool) -> StageKept:
    """Where a technology stands, for the record of an erasure."""
    held = {field: getattr(technology, field) for field in LinksKept.model_fields}
    return StageKept(
        stage=technology.stage,
        since=technology.stage_since,
        links=LinksKept.model_validate(held) if links else None,
    )
