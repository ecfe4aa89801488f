"""Committees at play: commands drawn at random, and an account of when an approval holds.

The account reads only what the register records. It uses none of the judgement that it is to check.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from horizon.framework.applicability import Applicability
from horizon.framework.schema import Framework
from horizon.model.decision import Decision
from horizon.model.errors import HorizonError
from horizon.model.events import AnswerGiven
from horizon.model.facts import Fact, FactValue
from horizon.model.meeting import (
    Attendance,
    Interest,
    InterestAction,
    InterestKind,
    Presence,
    Seat,
)
from horizon.model.record import Method
from horizon.model.technology import Technology
from horizon.model.words import AnswerValue, Effect, Phase
from horizon.register import ConditionInput, Register
from horizon.register.inputs import AttendanceInput, ItemInput
from tests.clocks import StandingClock
from tests.example.journey import CONSIDERED

SECRETARY = "Sam Example"
PEOPLE = (
    ("Grace Example", Seat.CHAIR),
    ("Hugo Example", Seat.MEMBER),
    ("Lena Example", Seat.MEMBER),
    ("Kit Example", Seat.MEMBER),
    ("Ivy Example", Seat.MEMBER),
    ("Farah Example", Seat.MEMBER),
    ("Mei Example", Seat.MEMBER),
    ("Dan Example", Seat.ADVISER),
)
"""Ivy is the data protection officer, Lena is tied to the supplier, Farah proposed and Mei owns
everything: none of them may decide."""

TIED, DPO, OWNER, PROPOSER = "Lena Example", "Ivy Example", "Mei Example", "Farah Example"
BODIES = ("ai-sub-group", "futures-delivery-group", "dip-board", "ddat-board")
EFFECTS = (Effect.APPROVE, Effect.APPROVE_WITH_CONDITIONS, Effect.REJECT, Effect.DEFER)
TRIGGERS = ("incident", "law", "change")

RED_LINE = "HO1"
"""What each of the play's technologies is asked about, and may not be used without."""

Command = tuple[str, int, int, int, int]
"""What to do, and four numbers that say to what and how."""


@dataclass
class Play:
    """A register with the people who act in it. Commands that are refused change nothing."""

    register: Register
    clock: StandingClock
    refused: int = 0
    ratified_by: dict[str, int] = field(default_factory=dict)
    """How many of those who may decide ratified a decision, counted as it happened."""

    def run(self, command: Command) -> None:
        name, *numbers = command
        with contextlib.suppress(HorizonError):
            self.register.acting = SECRETARY
            getattr(self, f"_{name}")(*numbers)
            return
        self.refused += 1

    @property
    def technologies(self) -> list[Technology]:
        return [self.register.state.technologies[key] for key in self.register.state.technologies]

    def _technology(self, number: int) -> Technology:
        found = self.technologies
        return found[number % len(found)]

    def _open(self, body: str) -> str:
        """The newest meeting of the body that is not closed."""
        found = [
            each
            for each in self.register.state.meetings.values()
            if each.body == body and not each.is_closed
        ]
        if not found:
            raise HorizonError("no meeting is open")
        return found[-1].ref

    def _meet(self, body: int, technology: int, who: int, how: int) -> None:
        """A meeting called and attended; one in four is by correspondence, one in eight to come."""
        meeting = self.register.call_meeting(
            body=BODIES[body % len(BODIES)],
            on=self.register.today + timedelta(days=9 if how % 8 == 6 else 0),
            by_correspondence=how % 4 == 3,
            items=[ItemInput(technology=self._technology(technology).id)],
        )
        self.register.attend(meeting.ref, _attending(who))

    def _attend(self, body: int, who: int, *_: int) -> None:
        self.register.attend(self._open(BODIES[body % len(BODIES)]), _attending(who))

    def _item(self, body: int, technology: int, *_: int) -> None:
        ref = self._open(BODIES[body % len(BODIES)])
        self.register.add_items(ref, [ItemInput(technology=self._technology(technology).id)])

    def _declare(self, body: int, technology: int, who: int, how: int) -> None:
        meeting = self.register.meeting(self._open(BODIES[body % len(BODIES)]))
        item = meeting.item_on(self._technology(technology).id)
        if item is None:
            raise HorizonError("not on the agenda")
        self.register.declare(
            meeting.ref,
            item.number,
            person=PEOPLE[who % len(PEOPLE)][0],
            kind=list(InterestKind)[how % len(InterestKind)],
            nature="An interest",
            action=list(InterestAction)[how // 4 % len(InterestAction)],
        )

    def _leave(self, body: int, technology: int, *_: int) -> None:
        """Everybody who may not decide leaves."""
        ref = self._open(BODIES[body % len(BODIES)])
        item = self.register.meeting(ref).item_on(self._technology(technology).id)
        if item is None:
            raise HorizonError("not on the agenda")
        for person, why in self.register.sitting(ref, item.number).undeclared:
            self.register.declare(
                ref,
                item.number,
                person=self.register.name(person),
                kind=InterestKind.OTHER,
                nature=why,
                action=InterestAction.LEFT,
            )

    def _decide(self, body: int, technology: int, effect: int, how: int) -> None:
        self._record(body, technology, effect, how, chair="")

    def _chair(self, body: int, technology: int, effect: int, how: int) -> None:
        self._record(body, technology, effect, how, chair=PEOPLE[how % len(PEOPLE)][0])

    def _record(self, body: int, technology: int, effect: int, how: int, *, chair: str) -> None:
        about, name = self._technology(technology), BODIES[body % len(BODIES)]
        route = self.register.framework.route
        found = route.body(name)
        assert found is not None
        gates = [
            gate
            for gate in self.register.gates_here(about.id)
            if (held := route.gate(gate)) and name in held.bodies
        ]
        wanted = EFFECTS[effect % len(EFFECTS)]
        outcomes = [each.id for each in found.outcomes if each.effect is wanted]
        if not gates or not outcomes:
            raise HorizonError("nothing to decide")
        gate, today = gates[how // 8 % len(gates)], self.register.today
        standing = [
            each.number
            for each in about.decisions
            if (each.body, each.gate) == (name, gate) and each.superseded_by is None
        ]
        conditions = [
            ConditionInput(
                text="Do it",
                owner="Mei Example",
                due=today + timedelta(days=how % 30),
                evidence_needed="A note",
            )
        ]
        self.register.decide(
            about.id,
            body=name,
            gate=gate,
            outcome=outcomes[0],
            decided_on=today - timedelta(days=how % 3 if chair else 0),
            reasons="Reasons",
            meeting="" if chair else self._open(name),
            chair=chair,
            considered=CONSIDERED,
            item_reasons={"HO1": "It is what it is", "DP1": "It is what it is"},
            conditions=conditions if wanted is Effect.APPROVE_WITH_CONDITIONS else [],
            expires_on=today + timedelta(days=20 + how % 160) if wanted.approves else None,
            supersedes=standing[-1] if standing else None,
        )

    def _ratify(self, body: int, number: int, *_: int) -> None:
        decisions = [
            (each.id, decision.number)
            for each in self.technologies
            for decision in each.decisions
            if decision.ratify_by is not None
        ]
        if not decisions:
            raise HorizonError("nothing to ratify")
        technology, found = decisions[number % len(decisions)]
        ref = self._open(BODIES[body % len(BODIES)])
        self.register.ratify(technology, found, meeting=ref)
        meeting = self.register.meeting(ref)
        items = [each for each in meeting.items if each.technology == technology]
        interests = [interest for item in items for interest in item.interests]
        deciding = list(_deciding(self.register, meeting.attendance, interests))
        barred = [each for each in deciding if each in (TIED, OWNER, PROPOSER)]
        self.ratified_by[found] = 0 if barred else len(deciding)

    def _close(self, body: int, *_: int) -> None:
        ref = self._open(BODIES[body % len(BODIES)])
        for item in self.register.meeting(ref).items:
            if not item.outcome:
                self.register.minute(ref, item.number, outcome="no decision", no_decision="Time")
        self.register.close_meeting(ref)

    def _reopen(self, technology: int, trigger: int, *_: int) -> None:
        self.register.reopen(
            self._technology(technology).id,
            trigger=TRIGGERS[trigger % len(TRIGGERS)],
            reason="Something happened",
        )

    def _correct(self, number: int, *_: int) -> None:
        decisions = [(each.id, d.number) for each in self.technologies for d in each.decisions]
        if not decisions:
            raise HorizonError("nothing to correct")
        technology, found = decisions[number % len(decisions)]
        self.register.correct(technology, found, {"summary": f"Version {number}"}, reason="A slip")

    def _move(self, technology: int, to: int, *_: int) -> None:
        about = self._technology(technology)
        ways = [way.to for way in self.register.framework.route.ways_from(about.stage)]
        onward = [each for each in ways if each not in ("rejected", "expired")] or ways
        if not onward:
            raise HorizonError("it has left the route")
        self.register.move(about.id, onward[to % len(onward)])

    def _answer(self, technology: int, to: int, *_: int) -> None:
        """The first red line, answered yes or no, whatever stands on it."""
        about = self._technology(technology)
        value = AnswerValue.NO if to % 2 else AnswerValue.YES
        evidence = (about.evidence[0].id,) if value is AnswerValue.YES else ()
        given = AnswerGiven(answer=value, note="Looked at again", evidence=evidence)
        self.register.answer(about.id, {RED_LINE: given})

    def _wait(self, days: int, *_: int) -> None:
        self.clock.go_to(self.register.today + timedelta(days=1 + days % 40))


def _attending(who: int) -> list[AttendanceInput]:
    """The people whose bit is set, present; the others absent with apologies."""
    return [
        AttendanceInput(
            person=name,
            seat=seat,
            presence=Presence.PRESENT if who >> at & 1 else Presence.APOLOGIES,
        )
        for at, (name, seat) in enumerate(PEOPLE)
    ]


# The account


def wrong(play: Play, technology: Technology, day: date) -> Iterator[str]:
    """Why the technology may not read as approved on this day, as far as its record goes."""
    framework = play.register.framework
    stage = framework.route.stage(technology.stage)
    assert stage is not None
    if stage.rests_on is None:
        yield "it stands where nothing rests on an approval"
        return
    for body, gate in _asked(framework, stage.rests_on, technology):
        mine = [
            each
            for each in technology.decisions
            if (each.body, each.gate) == (body, gate)
            and each.superseded_by is None
            and (each.effect.approves or each.effect is Effect.REJECT)
        ]
        if not mine:
            yield f"{body} has not approved it at {gate}"
            continue
        yield from _decision(play, technology, mine[-1], day)
    if technology.answers[RED_LINE].answer is not AnswerValue.YES:
        yield f"the red line {RED_LINE} is crossed"
    for reopening in technology.reopenings:
        if reopening.suspends and reopening.on <= day:
            answered = [
                each
                for each in technology.decisions
                if reopening.number in each.settles
                and each.body == "ai-sub-group"
                and each.phase is stage.rests_on
                and each.superseded_by is None
                and each.effect.approves
                and not list(_made(play, technology, each, day))
            ]
            if not answered:
                yield f"reopening {reopening.number} has no answer that holds"


def _asked(framework: Framework, phase: Phase, technology: Technology) -> Iterator[tuple[str, str]]:
    """The bodies and gates whose approval a trial takes, by how deep its review is."""
    assert phase is Phase.TRIAL, "the play goes no further than a trial"
    yield "ai-sub-group", "G2"
    yield "futures-delivery-group", "G3"
    if "Full" in technology.name:
        yield "dip-board", "G3"
        yield "ddat-board", "G3"


def _decision(play: Play, technology: Technology, decision: Decision, day: date) -> Iterator[str]:
    if not decision.effect.approves:
        yield f"{decision.number} rejects it"
    if decision.expires_on is not None and day > decision.expires_on:
        yield f"{decision.number} has expired"
    for condition in decision.conditions:
        if condition.discharge is None and day > condition.due:
            yield f"condition {condition.number} of {decision.number} is overdue"
    yield from _made(play, technology, decision, day)
    yield from _red_lines(play.register.framework, decision)


def _made(play: Play, technology: Technology, decision: Decision, day: date) -> Iterator[str]:
    """What is wrong with how the decision was come to, or with its ratification."""
    if decision.method is Method.CHAIRS_ACTION:
        allowed = decision.body in ("ai-sub-group", "futures-delivery-group")
        if "Full" in technology.name or not allowed:
            yield f"{decision.number} was made by a chair who may not"
        if play.register.name(decision.room.attendance[0].person) in (TIED, DPO, OWNER, PROPOSER):
            yield f"{decision.number} was made by somebody who may not decide on it"
    else:
        yield from _room(play.register, decision)
    if decision.method in (Method.CHAIRS_ACTION, Method.CORRESPONDENCE):
        yield from _ratification(play, decision, day)


def _room(register: Register, decision: Decision) -> Iterator[str]:
    deciding = list(_deciding(register, decision.room.attendance, decision.room.interests))
    for name in deciding:
        if name in (TIED, OWNER, PROPOSER):
            yield f"{name} sat on {decision.number}"
    if len(deciding) < 3:
        yield f"{decision.number} had {len(deciding)} who may decide"


def _deciding(
    register: Register, attendance: Iterable[Attendance], interests: Iterable[Interest]
) -> Iterator[str]:
    """The names of those in the room who take part in deciding."""
    away = {each.person for each in interests if each.action is not InterestAction.STAYED}
    for each in attendance:
        seated = each.presence is Presence.PRESENT and each.seat in (Seat.CHAIR, Seat.MEMBER)
        name = register.name(each.person)
        if seated and each.person not in away and name != DPO:
            yield name


def _ratification(play: Play, decision: Decision, day: date) -> Iterator[str]:
    if decision.ratified is not None:
        if not decision.decided_on < decision.ratified.on <= play.register.today:
            yield f"{decision.number} was ratified on {decision.ratified.on}"
        original = decision.supersedes if decision.correction else decision.number
        if play.ratified_by.get(decision.number, play.ratified_by.get(str(original), 3)) < 3:
            yield f"{decision.number} was ratified by too few"
        return
    if (day - decision.decided_on).days > 60:
        yield f"{decision.number} was never ratified"
    for meeting in play.register.state.meetings.values():
        theirs = meeting.body == decision.body and not meeting.by_correspondence
        if theirs and meeting.is_closed and decision.decided_on < meeting.on:
            yield f"{decision.number} was not ratified at {meeting.ref}"


def _red_lines(framework: Framework, decision: Decision) -> Iterator[str]:
    if decision.gate != "G2":
        return
    table = decision.on_the_table
    for item in framework.items.values():
        light = table.tier.depth == 0
        if "trial" not in item.red_line or (light and not item.core):
            continue
        if not _applies(item.applies, table.facts):
            continue
        answer = table.answers.get(item.id)
        if answer is None or answer.answer != "yes":
            yield f"{decision.number} went past the red line {item.id}"


def _applies(applicability: Applicability, facts: dict[Fact, FactValue]) -> bool:
    def yes(fact: Fact) -> bool:
        return facts.get(fact, FactValue.UNKNOWN) is not FactValue.NO

    some = not applicability.any_of or any(yes(each) for each in applicability.any_of)
    return some and all(yes(each) for each in applicability.all_of)


def ready(register: Register, clock: StandingClock) -> None:
    """Four technologies that a body can decide on: two light ones, one light one with a red line
    crossed, and one at the full tier."""
    from tests.example.journey import Journey
    from tests.papers.registers import COMMON

    values: dict[str, Any]
    for name, yes, answers in (
        ("Light", [], {}),
        ("Light too", [], {}),
        ("Light past a red line", [], {"HO1": "no: Nobody looks"}),
        ("Full", ["personal_data", "learned_model", "affects_individuals"], {}),
    ):
        values = {"name": name, "yes": yes, "answers": answers, "to": "assessing", "pace": 1}
        values |= {"supplier": "Supplier Z", "start": register.today}
        journey = Journey(register, COMMON | values)
        for day in journey.steps():
            clock.go_to(day)
        for gate in ("G2", "G3"):
            journey._amend(journey._gate(gate))
            journey._attach(journey._gate(gate))
        register.acting = PROPOSER
        for day in journey._prepare(journey._gate("G2")):
            clock.go_to(day)
    register.acting = SECRETARY
    register.name_person(TIED, ties=["Supplier Z"])
    register.name_person(DPO, dpo=True)
    for meeting in register.state.meetings.values():
        if not meeting.is_closed:
            register.close_meeting(meeting.ref)
    clock.go_to(register.today + timedelta(days=1))
