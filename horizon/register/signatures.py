"""Signatures of decisions: what is signed, what the journal holds of them, and whether they hold.

What is signed is the event that recorded the decision, as it is chained: its digest, which covers
every word of the decision and all that was on the table, and the hash of its line, which covers
everything recorded before it. So a signature also holds the history up to its decision in place: a
journal that was made anew shows against every signature in it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from horizon.model.base import canonical
from horizon.model.envelope import BroughtEvent, Commit, Event
from horizon.model.errors import BadInput, SigningFault
from horizon.model.events import DecisionRecorded, PersonNamed, TechnologyCarried
from horizon.model.people import Person
from horizon.model.signing_events import DecisionSigned
from horizon.model.wording import count, listed
from horizon.register import keygen
from horizon.register.ledger import Ledger
from horizon.register.records import find_decision
from horizon.store.interface import Fault

FORM = 1
"""The version of the form in which decisions are signed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A decision as it is signed: its number (empty once erased), the event that recorded it
    without what it says, and the hash of the line of that event. `register` is the register's
    id."""

    register: str
    number: str
    sealed: dict[str, Any]
    line: str

    @property
    def event(self) -> str:
        """The id of the event that recorded the decision."""
        return str(self.sealed["id"])

    @property
    def technology(self) -> str:
        """The id of the technology that was decided on."""
        return str(self.sealed["subject"])

    @property
    def message(self) -> bytes:
        """The very bytes that are signed."""
        return canonical(
            {"event": self.sealed, "form": FORM, "line": self.line, "register": self.register}
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A signature as the journal holds it. `signer` is the name of who made it, `identities` what
    the register called them then: what allowed signers may call them. Empty where they were
    erased."""

    line: int
    seq: int
    at: datetime
    signer: str
    identities: tuple[str, ...]
    data: DecisionSigned


@dataclass(slots=True)
class Gathered:
    """What a journal holds of decisions (by the id of their event) and of signatures on them, line
    by line as they are taken. `people` are those known so far, `carried` the numbers of decisions
    that were recorded in a journal which is not here."""

    register: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)

    def take(self, line: int, commit: Commit) -> None:
        """Take in one line of the journal. Lines come in their order."""
        for event in commit.events:
            if event.seq == 1:
                self.register = event.subject
            match event.kind:
                case DecisionRecorded.kind:
                    self.claims[event.id] = _claim(self.register, event, commit)
                case TechnologyCarried.kind:
                    self._carried(event)
                case PersonNamed.kind:
                    self._named(event)
                case DecisionSigned.kind:
                    self._signed(event, line)

    def _carried(self, event: Event) -> None:
        data = event.payload()
        if isinstance(data, TechnologyCarried):
            self.carried += [each.number for each in data.technology.decisions]

    def _named(self, event: Event) -> None:
        data = event.payload()
        if isinstance(data, PersonNamed):
            person = Person(id=event.subject, revision=event.revision, **dict(data))
        else:
            person = Person.forgotten(event.subject, event.revision)
        self.people[event.subject] = person

    def _signed(self, event: Event, line: int) -> None:
        data = event.payload()
        if not isinstance(data, DecisionSigned):  # erased
            return
        who = self.people.get(event.by)
        self.made.append(
            Made(
                line=line,
                seq=event.seq,
                at=datetime.fromisoformat(event.at),
                signer=who.name if who else event.by,
                identities=identities(who) if who else (event.by,),
                data=data,
            )
        )


def _claim(register: str, event: Event, commit: Commit) -> Claim:
    if isinstance(event, BroughtEvent):
        return _brought_claim(register, event)
    decision = (event.data or {}).get("decision", {})
    return Claim(register, decision.get("number", ""), event.sealed_part(), commit.hash)


def _brought_claim(register: str, event: BroughtEvent) -> Claim:
    """A decision that came in from elsewhere, as it was signed there: at its place in the journal
    that it was written in. Its number is the one it has here."""
    data = event.payload()
    number = data.decision.number if isinstance(data, DecisionRecorded) else ""
    place, line = next(
        ({"seq": seq, "revision": revision}, each.hash)
        for each in event.through.bringing.lines
        for key, seq, revision in each.events
        if key == event.id
    )
    return Claim(register, number, event.sealed_part() | place, line)


def identities(person: Person) -> tuple[str, ...]:
    """What allowed signers may call somebody: their e-mail address, their name, their id. None for
    somebody who was erased."""
    if person.erased:
        return ()
    return tuple(each for each in (person.email, person.name, person.id) if each)


def of_decision(register: Ledger, number: str) -> tuple[Claim, list[Made]]:
    """A decision as it is signed, and the signatures on it.

    Raises `BadInput` when there is no such decision, or the journal that it was recorded in is not
    here.
    """
    technology, decision = find_decision(register, number)
    gathered = Gathered(register.state.head.register_id, dict(register.state.people))
    for line, commit in register.history(technology.id):
        gathered.take(line, commit)
    for claim in gathered.claims.values():
        if claim.number == decision.number:
            return claim, [each for each in gathered.made if each.data.event == claim.event]
    raise BadInput(
        f"{decision.number} was recorded in a journal that is not here",
        do="Only what this journal holds can be signed",
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A signature that was checked. `why` is empty, or says why it does not hold; `principal` is
    whose key made it, as the allowed signers have it."""

    made: Made
    why: str
    principal: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """What became of every signature in a journal. `signed` and `unsigned` are numbers of
    decisions; `carried` those recorded in a journal that this register was taken over without.

    `unchecked` says why no signature could be checked, where that is so: then all are `failing`.
    """

    signed: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    holding: tuple[Checked, ...] = ()
    failing: tuple[Checked, ...] = ()
    unchecked: str = ""

    @property
    def refuted(self) -> tuple[str, ...]:
        """The decisions with a signature that does not hold."""
        return tuple(dict.fromkeys(each.made.data.decision for each in self.failing))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What does not hold, or could not be checked, each with its line."""
        if self.unchecked:
            first, number = self.failing[0].made, len(self.failing)
            what = "a signature" if number == 1 else f"the first of {number} signatures"
            said = f"holds {what} that cannot be checked. {self.unchecked}"
            return (Fault(first.line, first.seq, said),)
        return tuple(
            Fault(
                each.made.line,
                each.made.seq,
                f"the signature of {each.made.signer} on {each.made.data.decision} does not "
                f"hold: {each.why}",
            )
            for each in self.failing
        )

    @property
    def words(self) -> str:
        """How many decisions are signed, in one sentence; empty where there is no decision."""
        bad = "not checked" if self.unchecked else "with a signature that does not hold"
        said = [
            f"{number} {what}"
            for number, what in (
                (len(self.signed), "signed"),
                (len(self.unsigned), "unsigned"),
                (len(self.refuted), bad),
                (len(self.carried), "from an earlier journal"),
            )
            if number
        ]
        total = sum(map(len, (self.signed, self.unsigned, self.refuted, self.carried)))
        return f"{count(total, 'decision')}: {listed(said)}." if total else ""


def check(gathered: Gathered, allowed: Path | None) -> Signatures:
    """Check every signature against the file of allowed signers."""
    unchecked, found = "", []
    if gathered.made:
        try:
            found = _all_checked(gathered, allowed)
        except SigningFault as error:
            unchecked = str(error)
            found = [Checked(each, unchecked) for each in gathered.made]
    failing = tuple(each for each in found if each.why)
    holding = tuple(each for each in found if not each.why)
    bad = {each.made.data.decision for each in failing}
    signed = dict.fromkeys(each.made.data.decision for each in holding)
    recorded = {each.number for each in gathered.claims.values() if each.number}
    return Signatures(
        signed=tuple(each for each in signed if each not in bad),
        unsigned=tuple(sorted(recorded - signed.keys() - bad)),
        carried=tuple(gathered.carried),
        holding=holding,
        failing=failing,
        unchecked=unchecked,
    )


def check_decision(register: Ledger, number: str, allowed: Path | None) -> list[Checked]:
    """Check the signatures on one decision. Raises as `of_decision`, and `SigningFault` where they
    cannot be checked."""
    claim, made = of_decision(register, number)
    if not made:
        return []
    file = _named(allowed)
    return [checked(each, {claim.event: claim}, file) for each in made]


def _all_checked(gathered: Gathered, allowed: Path | None) -> list[Checked]:
    file = _named(allowed)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda each: checked(each, gathered.claims, file), gathered.made))


def _named(allowed: Path | None) -> Path:
    """The file of allowed signers, which can be read. Raises `SigningFault`."""
    if allowed is None:
        raise SigningFault(
            "No file of allowed signers is named. Name one as --allowed-signers FILE."
        )
    keygen.check_readable(allowed)
    return allowed


def checked(made: Made, claims: Mapping[str, Claim], allowed: Path) -> Checked:
    """Check one signature. `claims` are decisions by the id of their event. Raises
    `SigningFault` where that cannot be done."""
    data = made.data
    claim = claims.get(data.event)
    if claim is None:
        return Checked(made, "the event that was signed is not in the journal")
    if claim.number not in ("", data.decision):
        return Checked(made, f"it was made for {claim.number}")
    if claim.sealed["digest"] != data.digest:
        return Checked(made, "another decision, or other words, stand where the signed one stood")
    if claim.line != data.line:
        return Checked(made, "the journal up to that decision is not the one that was signed")
    held = keygen.holds(
        claim.message, data.signature, allowed=allowed, identities=made.identities, at=made.at
    )
    why = held.why
    if not why and held.key != data.key:
        why = f"it was made with key {held.key}, not with the one that the journal names"
    return Checked(made, why, held.principal)
