"""Who may decide on an item, and whether enough of them are there.

Rules from the domain reference, 4.4: the proposer, members tied to the supplier and those who
declared such an interest do not decide; the data protection officer advises and is never counted;
without quorum an item can only be discussed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from horizon.model.meeting import AgendaItem, Interest, InterestAction, Meeting, Seat
from horizon.model.people import Person
from horizon.model.record import Quorum, Room
from horizon.model.technology import Technology

ALIKE_FROM = 4
"""Letters from which a supplier's name inside another counts as the same supplier."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """An item as a body sits on it. `undeclared` are people who may not decide and have neither
    left nor given up their vote yet, each with why."""

    room: Room
    undeclared: tuple[tuple[str, str], ...] = ()

    @property
    def quorum(self) -> Quorum:
        return self.room.quorum


def barred(technology: Technology | None, person: Person) -> str:
    """Why somebody may not decide on a technology, as far as the register knows; empty if they may.

    The words follow the person's name: `proposed it`.
    """
    if technology is None:
        return ""
    if person.id in technology.proposers:
        return "proposed it"
    if person.id == technology.owner:
        return "owns it"
    if any(_same_supplier(tie, technology.supplier) for tie in person.ties):
        return f"is tied to its supplier, {technology.supplier}"
    return ""


def sitting(
    meeting: Meeting,
    item: AgendaItem,
    technology: Technology | None,
    people: Mapping[str, Person],
) -> Sitting:
    """Who decides on the item as attendance and interests stand now."""
    counted, undeclared = [], []
    declared = _declared(meeting, item)
    for each in meeting.attendance:
        if not each.may_decide:
            continue
        person = people[each.person]
        interest = declared.get(each.person)
        away = interest is not None and interest.action is not InterestAction.STAYED
        why = barred(technology, person)
        if not why and interest is not None and interest.kind.bars:
            why = f"has an interest in it: {interest.kind}"
        if why and not away:
            undeclared.append((each.person, why))
        elif not away and not person.dpo:
            counted.append(each.person)
    room = Room(
        chair=next((e.person for e in meeting.seated(Seat.CHAIR) if e.person in counted), None),
        attendance=meeting.attendance,
        interests=tuple(declared.values()),
        quorum=Quorum(needed=meeting.quorum, counted=tuple(counted)),
    )
    return Sitting(room, tuple(undeclared))


def _declared(meeting: Meeting, item: AgendaItem) -> dict[str, Interest]:
    """Interests by person: those declared in the item, and those declared in another item on the
    same technology, which do not go away when it is put on the agenda again."""
    found: dict[str, Interest] = {}
    if item.technology is not None:
        for other in meeting.items:
            if other.technology == item.technology:
                found |= {each.person: each for each in other.interests}
    return found | {each.person: each for each in item.interests}


def lacks(found: Sitting, people: Mapping[str, Person]) -> Iterator[tuple[str, str]]:
    """What keeps a body from deciding on the item: each lack, and who can supply it."""
    for person, why in found.undeclared:
        name = people[person].name
        yield (
            f"what {name} does about their interest ({name} {why}): they leave, or take no part in "
            "the vote",
            f"{name} declares it.",
        )
    quorum = found.quorum
    if not quorum.is_met:
        yield (
            f"a quorum: {quorum.needed} who may decide are needed, {len(quorum.counted)} are there",
            "Without it the item can only be minuted as discussed, with no decision.",
        )


def _same_supplier(tie: str, supplier: str) -> bool:
    first, second = _plain(tie), _plain(supplier)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    return first == second or (len(shorter) >= ALIKE_FROM and shorter in longer)


def _plain(name: str) -> str:
    return "".join(each for each in name.casefold() if each.isalnum())
