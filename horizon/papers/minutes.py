"""The minutes of a meeting as a paper: who was there, what was decided and why, in the order of the
agenda, with the outcome of each item first (after the minutes that ethics committees publish)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from horizon.model.meeting import Attendance, Meeting, Seat
from horizon.model.technology import Technology
from horizon.model.wording import count, day, listed
from horizon.model.words import Marking
from horizon.papers.blocks import (
    Block,
    Cell,
    Heading,
    KeyValues,
    Notice,
    Paper,
    Paragraph,
    Table,
    Tone,
    bold,
    runs,
)
from horizon.papers.composing import paper_of
from horizon.papers.marking import check_held
from horizon.papers.minutes_item import Minuted, item_blocks
from horizon.papers.sources import sources
from horizon.register.meeting_words import (
    DID,
    MeetingView,
    OutOfMeeting,
    framework_of,
    read_meeting,
)
from horizon.register.reader import Reader


def minutes_paper(
    register: Reader,
    meeting: Meeting,
    *,
    author: str,
    marking: Marking,
    foi: str,
    reference: str,
    as_at: date | None = None,
) -> Paper:
    """The minutes of a meeting: a draft until they are confirmed.

    Raises `RuleBroken` for a marking that is too low for what the meeting decided on.
    """
    view = read_meeting(register, meeting.ref)
    technologies = _technologies(register, view)
    check_held(marking, _markings(view, technologies))
    draft = "" if meeting.confirmed else "Draft minutes"
    framework = framework_of(register, meeting)
    day_judged = as_at or register.today
    return paper_of(
        register,
        title=f"{draft or 'Minutes'} of the {view.body_name}, {day(meeting.on)}",
        reference=reference,
        body=view.body_name,
        meeting_on=meeting.on,
        marking=marking,
        foi=foi,
        author=author,
        purpose="for agreement" if draft else "for the record",
        as_at=day_judged,
        technologies=technologies,
        blocks=_blocks(register, view, day_judged),
        framework=framework,
    )


def technologies_at(register: Reader, ref: str) -> list[Technology]:
    """The technologies that a meeting was about, each once."""
    return _technologies(register, read_meeting(register, ref))


def left_out_items(
    register: Reader, ref: str, technologies: Collection[Technology]
) -> Iterator[Block]:
    """What the minutes of a meeting say on some of its technologies."""
    view = read_meeting(register, ref)
    ids = [each.id for each in technologies]
    for each in view.items:
        if each.item.technology in ids:
            yield from item_blocks(Minuted(register, view, each))
    yield from _between(view, ids)


def _technologies(register: Reader, view: MeetingView) -> list[Technology]:
    """The technologies that the meeting was about, each once."""
    ids = [each.item.technology for each in view.items]
    ids += [each.technology.id for each in (*view.ratified, *view.lapsed)]
    return [register.state.technologies[each] for each in dict.fromkeys(ids) if each]


def _markings(
    view: MeetingView, technologies: Iterable[Technology]
) -> Iterator[tuple[str, Marking]]:
    yield from ((each.label, each.marking) for each in technologies)
    decisions = [each.decision for each in view.items]
    decisions += [each.decision for each in (*view.to_ratify, *view.ratified, *view.lapsed)]
    yield from ((each.number, each.marking) for each in decisions if each is not None)


def _blocks(register: Reader, view: MeetingView, as_at: date) -> Iterator[Block]:
    yield from _draft(view.meeting)
    yield Heading(level=1, text="The meeting")
    yield _particulars(register, view)
    yield Heading(level=1, text="Who was there")
    yield from _people(register, view)
    yield Heading(level=1, text="Quorum")
    yield Paragraph(runs=runs(_quorum(view)))
    yield Heading(level=1, text="Declarations of interest")
    yield from _interests(register, view)
    yield Heading(level=1, text="Minutes of the previous meeting")
    yield Paragraph(runs=runs(_previous(register, view.meeting)))
    yield from _between(view)
    yield Heading(level=1, text="Items")
    if not view.items:
        yield Paragraph(runs=runs("There was nothing on the agenda."))
    for each in view.items:
        yield from item_blocks(Minuted(register, view, each))
    yield from _actions(register, view)
    yield Heading(level=1, text="What these minutes rest on")
    yield from sources(register, as_at, framework_of(register, view.meeting))


def _draft(meeting: Meeting) -> Iterator[Block]:
    if not meeting.is_closed:
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


def _particulars(register: Reader, view: MeetingView) -> KeyValues:
    meeting = view.meeting
    taken_by = [register.name(each.person) for each in meeting.seated(Seat.MINUTE_TAKER)]
    chair = register.name(view.chair.person) if view.chair else "Nobody took the chair"
    confirmed = "Not confirmed yet"
    if meeting.confirmed:
        at = f", at {meeting.confirmed.at_meeting}" if meeting.confirmed.at_meeting else ""
        confirmed = f"Confirmed as accurate on {day(meeting.confirmed.on)}{at}"
    pairs = {
        "Meeting": Cell(text=meeting.ref, bold=True),
        "Body": Cell(text=view.body_name),
        "Date": Cell(text=day(meeting.on)),
        "Place": Cell(text="By correspondence" if meeting.by_correspondence else meeting.place),
        "Chair": Cell(text=chair),
        "Minutes taken by": Cell(text=listed(taken_by)),
        "Minutes": Cell(text=confirmed, tone=Tone.PLAIN if meeting.confirmed else Tone.CARE),
    }
    return KeyValues(
        summary="The meeting with its date, place, chair and the state of its minutes.",
        pairs=tuple((name, cell) for name, cell in pairs.items() if cell.text),
    )


def _people(register: Reader, view: MeetingView) -> Iterator[Block]:
    members = [*([view.chair] if view.chair else []), *view.members]
    groups = (
        ("Members present", members),
        ("In attendance", view.attending),
        ("Apologies", view.apologies),
    )
    if not view.meeting.attendance:
        yield Paragraph(runs=runs("No attendance was taken."))
    for caption, seated in groups:
        if seated:
            yield _seated(register, caption, seated)


def _seated(register: Reader, caption: str, seated: Iterable[Attendance]) -> Table:
    return Table(
        caption=caption,
        summary="Each person with their seat, role and organisation.",
        header=("Name", "Seat", "Role", "Organisation"),
        widths=(5, 4, 6, 6),
        rows=tuple(
            (
                Cell(text=register.name(each.person), bold=True),
                Cell(text=each.seat.replace("-", " ").capitalize(), note=_dpo(each)),
                Cell(text=each.role),
                Cell(text=each.organisation),
            )
            for each in seated
        ),
    )


def _dpo(seated: Attendance) -> str:
    return "Data protection officer: advises" if seated.dpo else ""


def _quorum(view: MeetingView) -> str:
    needed, there = view.meeting.quorum, sum(each.may_decide for each in view.meeting.present)
    said = [f"{count(needed, 'person', 'people')} who may decide are needed; {there} were there."]
    for each in view.items:
        if each.quorum is not None and not each.quorum.is_met:
            said.append(f"For item {each.item.number} there were {each.quorum.words}.")
    return " ".join(said)


def _interests(register: Reader, view: MeetingView) -> Iterator[Block]:
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
        yield Paragraph(runs=runs("No interest was declared."))
        return
    yield Table(
        caption="Interests declared",
        summary="Each interest with its item, the person, and what they did.",
        header=("Item", "Who", "Interest", "What they did"),
        widths=(5, 4, 6, 5),
        rows=rows,
    )


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
    return f"Those of {last.ref} were not confirmed at this meeting."


def _between(view: MeetingView, only: Collection[str] | None = None) -> Iterator[Block]:
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
    yield Heading(level=1, text="Decisions made between meetings")
    yield Table(
        caption="What became of them",
        summary="Each decision with its technology, outcome and what became of it here.",
        header=("Decision", "Technology", "Outcome", "At this meeting"),
        widths=(4, 6, 5, 5),
        rows=rows,
    )


def _actions(register: Reader, view: MeetingView) -> Iterator[Block]:
    """What has to be done, by whom and when: the conditions set at the meeting."""
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
    yield Heading(level=1, text="Actions")
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
