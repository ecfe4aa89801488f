"""One item of the minutes: its outcome first, then what was said and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from horizon.model.decision import Decision
from horizon.model.record import Advice
from horizon.model.wording import day
from horizon.papers.blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    KeyValues,
    Paragraph,
    Run,
    Table,
    Tone,
    bold,
    runs,
)
from horizon.register.meeting_words import ItemView, MeetingView, interest_words
from horizon.register.reader import Reader
from horizon.register.record_case import Case, titled


@dataclass(frozen=True, slots=True)
class Minuted:
    """An item with the meeting at which it was taken."""

    register: Reader
    meeting: MeetingView
    view: ItemView

    def name(self, person: str) -> str:
        return self.register.name(person)

    @property
    def is_under_way(self) -> bool:
        """Whether the meeting is over, or somebody has said who is there."""
        meeting = self.meeting.meeting
        return meeting.is_closed or bool(meeting.attendance)

    @property
    def case(self) -> Case | None:
        """What was decided on the item, if anything was."""
        decision, header = self.view.decision, self.view.technology
        if decision is None or header is None:
            return None
        technology = self.register.state.technologies[header.id]
        return Case.of(self.register, technology, decision, self.register.today)


def item_blocks(minuted: Minuted) -> Iterator[Block]:
    """The item under its heading."""
    item, view = minuted.view.item, minuted.view
    label = f" ({view.technology.label})" if view.technology else ""
    yield Heading(level=2, text=f"Item {item.number}: {item.title}{label}")
    if item.is_off:
        yield Paragraph(runs=runs(f"Item {item.number} was taken off the agenda."))
        return
    yield Paragraph(runs=(bold("Outcome: "), *runs(_sentence(view.outcome))))
    case = minuted.case
    if case is not None:
        yield _particulars(minuted, case)
    elif view.quorum is not None and minuted.is_under_way:
        yield _line("Quorum", _sentence(view.quorum_words))
    for interest in item.interests:
        yield _line("Interest", interest_words(minuted.name(interest.person), interest))
    if item.minute:
        for paragraph in item.minute.split("\n"):
            if paragraph.strip():
                yield Paragraph(runs=runs(paragraph))
    yield from _comments(minuted)
    if case is not None:
        yield from _decided(minuted, case)
    if item.papers:
        yield Paragraph(runs=runs(bold("Papers")))
        yield Bullets(items=tuple(runs(titled(e.title, e.version, e.dated)) for e in item.papers))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _line(name: str, text: str) -> Paragraph:
    return Paragraph(runs=(bold(f"{name}: "), Run(text=text)))


def _particulars(minuted: Minuted, case: Case) -> KeyValues:
    decision = case.decision
    votes = ""
    if decision.votes is not None:
        votes = (
            f"{decision.votes.in_favour} in favour, {decision.votes.against} against, "
            f"{decision.votes.abstained} abstained"
        )
    corrects = f"Sets {decision.supersedes} right: {decision.correction}"
    pairs = {
        "Decision": Cell(
            text=decision.number, bold=True, note=corrects if decision.correction else ""
        ),
        "Gate": Cell(text=case.gate_name),
        "Question put": Cell(text=decision.question),
        "Quorum": Cell(text=minuted.view.quorum_words),
        "Votes": Cell(text=votes),
        "In effect from": _day(decision.effective_from),
        "Expires after": _day(decision.expires_on),
        "Review by": _day(decision.review_by),
        "To be ratified by": _day(decision.ratify_by),
        "Next step": Cell(text=decision.next_step),
        "Flagged": Cell(
            text="\n".join(decision.flags), tone=Tone.CARE if decision.flags else Tone.PLAIN
        ),
    }
    return KeyValues(
        summary=f"The decision on item {minuted.view.item.number}.",
        pairs=tuple((name, cell) for name, cell in pairs.items() if cell.text),
    )


def _day(value: date | None) -> Cell:
    return Cell(text=day(value) if value is not None else "")


def _comments(minuted: Minuted) -> Iterator[Block]:
    item, decision = minuted.view.item, minuted.view.decision
    comments = decision.comments if decision is not None else item.comments
    if comments:
        yield Paragraph(runs=runs(bold("Written comments, read in")))
        yield Bullets(
            items=tuple(
                runs(bold(minuted.name(each.person)), f": {each.text}") for each in comments
            )
        )


def _decided(minuted: Minuted, case: Case) -> Iterator[Block]:
    decision = case.decision
    yield _line("Reasons", decision.reasons)
    if decision.item_reasons:
        yield Paragraph(runs=runs(bold("In view of red lines and blockers")))
        yield Bullets(
            items=tuple(
                runs(bold(item), f": {reason}") for item, reason in decision.item_reasons.items()
            )
        )
    for each in decision.overrides:
        yield _line(
            f"{each.item} set aside until {day(each.expires_on)}",
            f"{each.reason} (risk owner: {case.name(each.siro)})",
        )
    yield from _advice("Advice of the data protection officer", decision.considered.dpo_advice)
    yield from _advice("Independent ethics advice", decision.considered.independent_advice)
    yield from _dissent(minuted, decision)
    if decision.conditions:
        yield _conditions(case)


def _advice(name: str, advice: Advice) -> Iterator[Block]:
    if not advice.given:
        return
    followed = {"yes": "Followed", "partly": "Followed in part", "no": "Not followed"}
    said = followed.get(advice.followed, "Whether it was followed is not recorded")
    why = f", because: {advice.why_not}" if advice.why_not else ""
    yield _line(name, f"{_sentence(advice.given)} {_sentence(said + why)}")


def _dissent(minuted: Minuted, decision: Decision) -> Iterator[Block]:
    for each in decision.dissent:
        who = minuted.name(each.person) if each.person else "A member"
        yield _line("Dissent", f"{who}: {each.reason}")


def _conditions(case: Case) -> Table:
    return Table(
        caption=f"Conditions of {case.decision.number}",
        summary="Each condition with the evidence it needs, its owner, due date and what follows.",
        header=("Condition", "Evidence needed", "Owner", "Due"),
        widths=(7, 6, 4, 4),
        rows=tuple(
            (
                Cell(
                    text=f"{each.number}. {each.text}",
                    note=f"If it is missed: {each.if_missed}" if each.if_missed else "",
                ),
                Cell(
                    text=each.evidence_needed,
                    note=("Accepted" if each.discharge else "To be accepted")
                    + " as met by the "
                    + case.body_called(each.discharged_by or case.decision.body),
                ),
                Cell(text=case.name(each.owner), bold=True),
                Cell(text=day(each.due)),
            )
            for each in case.decision.conditions
        ),
    )
