"""Parts of minutes: who was there, what was decided, in the order of the agenda, with the outcome
of each item first (after the minutes that ethics committees publish)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from horizon.model.meeting import Attendance, Meeting, Seat
from horizon.model.wording import count, day, listed
from horizon.papers.blocks import (
    Block,
    Cell,
    KeyValues,
    Notice,
    Paragraph,
    Table,
    Tone,
    bold,
    runs,
)
from horizon.papers.minutes_item import Minuted, item_blocks
from horizon.papers.occasion import Saying
from horizon.papers.parts.asked import is_
from horizon.papers.sources import sources as rests_on
from horizon.papers.template import Part
from horizon.register.meeting_words import DID, SEATS, MeetingView, OutOfMeeting, framework_of
from horizon.register.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting(Saying):
    """A meeting whose minutes are made, and the day that dates are judged on."""

    register: Reader
    view: MeetingView
    as_at: date


def draft(meeting: Meeting, as_at: date) -> Iterator[Block]:
    """What begins all minutes that are not final."""
    if not meeting.is_closed and meeting.on > as_at:
        yield Notice(
            title="The meeting is still to come",
            text=f"It is called for {day(meeting.on)}. What is here is what is known before it.",
        )
    elif not meeting.is_closed:
        yield Notice(
            title="The meeting is not closed",
            text="Items may still be decided, and what is here may still change.",
        )
    if meeting.confirmed is None:
        yield Notice(
            title="Draft",
            text="These minutes have not been confirmed as accurate. They are confirmed at the "
            "body's next meeting.",
        )


def particulars(sitting: Sitting, _: Part) -> Iterator[Block]:
    """The meeting: date, place, chair, and the state of its minutes."""
    register, view = sitting.register, sitting.view
    meeting = view.meeting
    taken_by = [register.name(each.person) for each in meeting.seated(Seat.MINUTE_TAKER)]
    chair = register.name(view.chair.person) if view.chair else _chair_missing(meeting)
    confirmed = "Not confirmed yet"
    if meeting.confirmed:
        at = meeting.confirmed.where
        confirmed = f"Confirmed as accurate on {day(meeting.confirmed.on)}, {at}"
    pairs = {
        "Meeting": Cell(text=meeting.ref, bold=True),
        "Body": Cell(text=view.body_name),
        "Date": Cell(text=day(meeting.on)),
        "Place": Cell(text="By correspondence" if meeting.by_correspondence else meeting.place),
        "Chair": Cell(text=chair),
        "Minutes taken by": Cell(text=listed(taken_by)),
        "Minutes": Cell(text=confirmed, tone=Tone.PLAIN if meeting.confirmed else Tone.CARE),
    }
    yield KeyValues(
        summary="The meeting with its date, place, chair and the state of its minutes.",
        pairs=tuple((name, cell) for name, cell in pairs.items() if cell.text),
    )


def _chair_missing(meeting: Meeting) -> str:
    return "Nobody took the chair" if meeting.is_closed else "Nobody has taken the chair yet"


def attendance(sitting: Sitting, _: Part) -> Iterator[Block]:
    """Members present, people in attendance, apologies."""
    register, view = sitting.register, sitting.view
    members = [*([view.chair] if view.chair else []), *view.members]
    groups = (
        ("Members present", members),
        ("In attendance", view.attending),
        ("Apologies", view.apologies),
    )
    if not view.meeting.attendance:
        yield Paragraph(runs=runs(_no_attendance(view.meeting)))
    for caption, seated in groups:
        if seated:
            yield _seated(register, caption, seated)


def _no_attendance(meeting: Meeting) -> str:
    closed = meeting.is_closed
    return "No attendance was taken." if closed else "No attendance has been taken yet."


def _seated(register: Reader, caption: str, seated: Iterable[Attendance]) -> Table:
    return Table(
        caption=caption,
        summary="Each person with their seat, role and organisation.",
        header=("Name", "Seat", "Role", "Organisation"),
        widths=(5, 4, 6, 6),
        rows=tuple(
            (
                Cell(text=register.name(each.person), bold=True),
                Cell(text=SEATS[each.seat], note=_dpo(each)),
                Cell(text=each.role),
                Cell(text=each.organisation),
            )
            for each in seated
        ),
    )


def _dpo(seated: Attendance) -> str:
    return "Data protection officer: advises" if seated.dpo else ""


def quorum(sitting: Sitting, _: Part) -> Iterator[Block]:
    """Whether enough were there, also for each item."""
    yield Paragraph(runs=runs(_quorum(sitting.view)))


def _quorum(view: MeetingView) -> str:
    meeting, there = view.meeting, sum(each.may_decide for each in view.meeting.present)
    people = count(meeting.quorum, "person", "people")
    needed = f"{people} who may decide {is_(meeting.quorum)} needed"
    if not (meeting.attendance or meeting.is_closed):
        return f"{needed}. {_no_attendance(meeting)}"
    were, could = ("were", "could") if meeting.is_closed else ("are", "can")
    said = [f"{needed}; {there} {were} there."]
    for each in view.items:
        if each.quorum is not None and not each.quorum.is_met:
            few = len(each.quorum.counted)
            said.append(f"On item {each.item.number}, only {few} {could} decide.")
    return " ".join(said)


def interests(sitting: Sitting, _: Part) -> Iterator[Block]:
    """The interests that were declared, and what each member did."""
    register, view = sitting.register, sitting.view
    rows = tuple(
        (
            Cell(text=f"{each.item.number}", note=each.item.title),
            Cell(text=register.name(interest.person), bold=True),
            Cell(text=interest.nature, note=interest.kind.capitalize()),
            Cell(text=DID[interest.action].capitalize()),
        )
        for each in view.items
        for interest in each.item.interests
    )
    if not rows:
        closed = view.meeting.is_closed
        said = "No interest was declared." if closed else "No interest has been declared yet."
        yield Paragraph(runs=runs(said))
        return
    yield Table(
        caption="Interests declared",
        summary="Each interest with its item, the person, and what they did.",
        header=("Item", "Who", "Interest", "What they did"),
        widths=(5, 4, 6, 5),
        rows=rows,
    )


def previous_minutes(sitting: Sitting, _: Part) -> Iterator[Block]:
    """Whether earlier minutes were agreed."""
    yield Paragraph(runs=runs(_previous(sitting.register, sitting.view.meeting)))


def _previous(register: Reader, meeting: Meeting) -> str:
    ours = [each for each in register.state.meetings.values() if each.body == meeting.body]
    agreed = [e.ref for e in ours if e.confirmed and e.confirmed.at_meeting == meeting.ref]
    if agreed:
        return f"The minutes of {listed(agreed)} were agreed as accurate."
    earlier = [each for each in ours if (each.on, each.ref) < (meeting.on, meeting.ref)]
    if not earlier:
        return "There is no earlier meeting in the register."
    last = max(earlier, key=lambda each: (each.on, each.ref))
    if last.confirmed:
        return f"Those of {last.ref} had been confirmed on {day(last.confirmed.on)}."
    if not meeting.is_closed:
        return f"Those of {last.ref} have not been confirmed yet."
    return f"Those of {last.ref} were not confirmed at this meeting."


def between_meetings(sitting: Sitting, _: Part) -> Iterator[Block]:
    """What was decided out of a meeting, and what became of it here, if anything was."""
    yield from between(sitting.view)


def between(view: MeetingView, only: Collection[str] | None = None) -> Iterator[Block]:
    """What the body decided out of a meeting, and what became of it here; only on the technologies
    of those ids, if any are given."""
    groups: tuple[tuple[tuple[OutOfMeeting, ...], str, Tone], ...] = (
        (view.ratified, "Ratified", Tone.GOOD),
        (view.lapsed, "Not ratified, so it has lapsed", Tone.BAD),
        (view.to_ratify, "Not ratified yet", Tone.CARE),
    )
    rows = tuple(
        (
            Cell(text=each.decision.number, bold=True, note=day(each.decision.decided_on)),
            Cell(text=each.technology.name, note=each.technology.label),
            Cell(text=each.outcome, note=each.how[:1].upper() + each.how[1:]),
            Cell(text=words, tone=tone),
        )
        for found, words, tone in groups
        for each in found
        if only is None or each.technology.id in only
    )
    if not rows:
        return
    yield Table(
        caption="What became of them",
        summary="Each decision with its technology, outcome and what became of it here.",
        header=("Decision", "Technology", "Outcome", "At this meeting"),
        widths=(4, 6, 5, 5),
        rows=rows,
    )


def items(sitting: Sitting, _: Part) -> Iterator[Block]:
    """Each item with its outcome, what was said, reasons, advice, dissent and conditions."""
    if not sitting.view.items:
        closed = sitting.view.meeting.is_closed
        said = "There was nothing on the agenda." if closed else "Nothing is on the agenda yet."
        yield Paragraph(runs=runs(said))
    for each in sitting.view.items:
        yield from item_blocks(Minuted(sitting.register, sitting.view, each))


def actions(sitting: Sitting, _: Part) -> Iterator[Block]:
    """What has to be done, by whom and when: the conditions set at the meeting, if any were."""
    register, view = sitting.register, sitting.view
    rows = tuple(
        (
            Cell(text=condition.text, note=f"Condition {condition.number} of {decision.number}"),
            Cell(text=register.name(condition.owner), bold=True),
            Cell(text=day(condition.due)),
        )
        for each in view.items
        if (decision := each.decision) is not None
        for condition in decision.conditions
    )
    if not rows:
        return
    yield Paragraph(
        runs=runs(
            bold("An approval with an overdue condition reads as not approved"),
            " from the day after the date.",
        )
    )
    yield Table(
        caption="Conditions set at this meeting",
        summary="Each condition with its owner and the day by which it is due.",
        header=("What", "Who", "By"),
        widths=(10, 4, 4),
        rows=rows,
    )


def sources(sitting: Sitting, _: Part) -> Iterator[Block]:
    """The register and the framework that the minutes were made from."""
    framework = framework_of(sitting.register, sitting.view.meeting)
    yield from rests_on(sitting.register, sitting.as_at, framework)
