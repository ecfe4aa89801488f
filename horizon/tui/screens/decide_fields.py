"""The fields of a decision's record, and what was filled into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from horizon.framework.route import Body, Gate
from horizon.judgement.checklist import ItemReading
from horizon.judgement.facts import applies
from horizon.judgement.tiers import read_tier
from horizon.model.base import Model
from horizon.model.errors import BadInput
from horizon.model.record import GROUNDS, Advice, Considerations, Redaction, Votes
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.model.words import Marking
from horizon.register import Register
from horizon.register.inputs import CommentInput, DissentInput, checked
from horizon.tui.screens.propose import people
from horizon.tui.widgets.fields import Field, Section

CHAIR = "chair"
"""Stands for chair's action among the ways to decide."""

FOLLOWED = [("Followed", "yes"), ("Followed in part", "partly"), ("Not followed", "no")]

CONDITION, OVERRIDE = "condition-", "override-"
"""How the names begin of the fields of a condition, and of a blocker that is set aside."""


WEIGHED_TEXTS = ("legal_basis", "proportionality", "equality", "trade_offs")
WEIGHED_ADVICE = ("dpo_advice", "independent_advice")
"""What is weighed beside the options, by the names that `Considerations` has for it."""


class Unfinished(Model):
    """A decision that is being written: the texts of the form's fields, and of each condition and
    each blocker that is set aside, by its name."""

    fields: dict[str, str]
    groups: list[tuple[str, dict[str, str]]]


def ways(register: Register, technology: Technology, body: Body) -> list[tuple[str, str]]:
    """How the body can decide on the technology now: each way in words, and its key.

    A meeting's key is its reference, with the number of the item after `#` where there is one.
    """
    found = []
    for meeting in sorted(register.state.meetings.values(), key=lambda each: each.on):
        if meeting.body != body.id or meeting.is_closed or meeting.on > register.today:
            continue
        items = [
            each for each in meeting.items if each.technology == technology.id and not each.outcome
        ]
        kind = "by correspondence" if meeting.by_correspondence else "meeting"
        for item in items:
            said = f"{meeting.ref}, {kind}, item {item.number}"
            found.append((said, f"{meeting.ref}#{item.number}"))
        if not items:
            found.append((f"{meeting.ref}, {kind} (puts it on the agenda)", meeting.ref))
    tier = read_tier(register.framework, technology.facts).tier
    if body.chairs_action is not None and tier.depth <= body.chairs_action.depth:
        found.append(("Chair's action, to be ratified at the next meeting", CHAIR))
    return found


def help_with_ways(register: Register, body: Body, offered: Sequence[tuple[str, str]]) -> str:
    """What to say beside the choice of a way."""
    if body.quorum == 0:
        return f"The {body.name} keeps its own minutes, so none is needed."
    called = (each for each in register.state.meetings.values() if each.body == body.id)
    coming = sorted((each for each in called if not each.is_closed), key=lambda each: each.on)
    if not offered and coming:
        return f"{coming[0].ref} is called for {day(coming[0].on)}: decide there, from that day on."
    if not offered:
        return f"No meeting of the {body.name} is open. Call one first (m on the register)."
    return "Who was there, and whether they were enough, comes from the meeting."


WHY_ASKED = "The record says why the body decides so in view of this, whatever the outcome."


def item_fields(touched: Sequence[ItemReading]) -> Iterator[Field]:
    """A reason for each red line and blocker that somebody answered no or partly."""
    for each in touched:
        line = "red line" if each.red_line else "blocker"
        note = f" Answered: {each.answer.note}" if each.answer and each.answer.note else ""
        yield Field(
            f"because-{each.item.id}",
            f"Reason in view of {each.item.id} ({line}, answered {each.value})",
            "text",
            required=True,
            help=f"{each.item.question}{note}\n{WHY_ASKED}",
        )


def weighed_fields(register: Register, technology: Technology, gate: Gate) -> list[Field | Section]:
    """What was weighed. What the gate asks of an approval is marked."""
    tier = read_tier(register.framework, technology.facts).tier
    asked = {
        each.weighs
        for each in gate.record
        if each.from_tier.depth <= tier.depth and applies(each.applies, technology.facts).yes
    }

    def helped(name: str) -> str:
        return "An approval at this gate asks for it." if name in asked else ""

    fields: list[Field | Section] = [
        Section("What was weighed"),
        Field(
            "options",
            "Options, one a line, doing nothing among them",
            "text",
            help=helped("options"),
        ),
    ]
    for name, label in (
        ("legal_basis", "Legal basis"),
        ("proportionality", "Proportionality"),
        ("equality", "Equality information that was looked at"),
    ):
        fields.append(Field(name, label, "text", help=helped(name)))
    for name, label in (
        ("dpo_advice", "Advice of the data protection officer"),
        ("independent_advice", "Independent ethics advice"),
    ):
        fields += [
            Field(f"{name}-given", label, "text", help=helped(name)),
            Field(f"{name}-followed", "Was it followed?", "choice", choices=FOLLOWED),
            Field(f"{name}-why_not", "If not wholly, why not?"),
        ]
    fields.append(Field("trade_offs", "Trade-offs", "text", help=helped("trade_offs")))
    return fields


def last_fields(technology: Technology, gate: Gate, decided_on: date) -> list[Field | Section]:
    """Votes, disagreement, and what is published."""
    return [
        Section("Votes and disagreement"),
        Field(
            "votes", "Votes: for, against, abstained", help="Such as 4-1-0. Empty without a vote."
        ),
        Field(
            "dissent",
            "Dissent, one a line",
            "text",
            help="NAME: reason. A line without a name is recorded as a member's.",
        ),
        Field(
            "comments",
            "Written comments of absent members, one a line",
            "text",
            help="NAME: what they wrote.",
        ),
        Section("The record"),
        Field("question", "Question put", "text", value=gate.question),
        Field("effective_from", "Takes effect on", "day", after=decided_on),
        Field("next_step", "Next step"),
        Field("summary", "Summary that can be published", "text"),
        Field(
            "redactions",
            "Left out of what is published, one a line",
            "text",
            help=f"PART: ground. Grounds: {', '.join(GROUNDS)}.",
        ),
        Field(
            "marking",
            "Marking",
            "choice",
            required=True,
            choices=[(each.value, each.value) for each in Marking],
            value=technology.marking,
        ),
    ]


def condition_fields(register: Register, name: str, asked: Sequence[str]) -> list[Field]:
    """A condition. `asked` are those that the gate turns into conditions."""
    bodies = [(each.name, each.id) for each in register.framework.route.bodies]
    return [
        Field(f"{name}-text", "Condition", required=True, suggestions=asked),
        Field(f"{name}-owner", "Owner", required=True, suggestions=people(register), person=True),
        Field(f"{name}-due", "Due", "day", required=True, after=register.today),
        Field(f"{name}-evidence_needed", "Evidence needed", required=True),
        Field(
            f"{name}-discharged_by",
            "Accepted as met by",
            "choice",
            choices=bodies,
            help="The body that decides, if left empty.",
        ),
        Field(
            f"{name}-if_missed",
            "If it is missed",
            help="What the body does then. Once it is overdue, the approval reads as not approved.",
        ),
    ]


def override_fields(register: Register, name: str, blockers: Sequence[ItemReading]) -> list[Field]:
    """A blocker that the body sets aside."""
    shown = [(f"{each.item.id} {each.item.question}", each.item.id) for each in blockers]
    return [
        Field(
            f"{name}-item",
            "Blocker to set aside",
            "choice",
            required=True,
            choices=shown,
            value=blockers[0].item.id,
            help="A red line is never set aside.",
        ),
        Field(f"{name}-reason", "Reason", required=True),
        Field(
            f"{name}-siro",
            "Senior information risk owner",
            required=True,
            suggestions=people(register),
            person=True,
        ),
        Field(f"{name}-expires_on", "Until", "day", required=True, after=register.today),
    ]


def considered(values: Mapping[str, Any]) -> Considerations:
    """What was weighed, out of the fields of `weighed_fields`."""
    return checked(
        Considerations,
        {
            "options": _lines(values["options"]),
            **{name: values[name] for name in WEIGHED_TEXTS},
            **{
                name: {part: values[f"{name}-{part}"] for part in Advice.model_fields}
                for name in WEIGHED_ADVICE
            },
        },
    )


def texts_of(held: Considerations) -> dict[str, str]:
    """What was weighed, as the fields of `weighed_fields` have it."""
    found = {"options": "\n".join(held.options)}
    found |= {name: getattr(held, name) for name in WEIGHED_TEXTS}
    for name in WEIGHED_ADVICE:
        advice = getattr(held, name)
        found |= {f"{name}-{part}": getattr(advice, part) for part in Advice.model_fields}
    return found


def recorded(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a `DecisionInput` that these fields fill. Raises `BadInput`."""
    return {
        "considered": considered(values),
        "item_reasons": {
            name.removeprefix("because-"): value
            for name, value in values.items()
            if name.startswith("because-")
        },
        "votes": votes_in(values["votes"]),
        "dissent": [
            checked(DissentInput, {"person": name, "reason": said})
            for name, said in named_lines(values["dissent"])
        ],
        "comments": [
            checked(CommentInput, {"person": name, "text": said})
            for name, said in comments_in(values["comments"])
        ],
        "redactions": [
            checked(Redaction, {"part": part, "ground": ground})
            for part, ground in named_lines(values["redactions"])
        ],
        **{name: values[name] for name in ("question", "effective_from", "next_step", "summary")},
        "marking": Marking(values["marking"]),
    }


def seating(values: Mapping[str, Any]) -> dict[str, Any]:
    """Where and by whom it was decided, as the form says it."""
    way = values.get("way") or ""
    if way == CHAIR:
        if not values["chair"]:
            raise BadInput("chair is needed", do="Name who decided alone")
        return {"chair": values["chair"]}
    if not way and values["chair"]:
        raise BadInput(
            "way is not chosen",
            do="Choose chair's action there. It is not offered where the body meets to decide",
        )
    ref, _, item = way.partition("#")
    return {"meeting": ref, "item": int(item) if item else None}


def _lines(text: str) -> list[str]:
    return [each.strip() for each in text.splitlines() if each.strip()]


def named_lines(text: str) -> Iterator[tuple[str, str]]:
    """Lines of `NAME: what`; without a name, an empty one."""
    for line in _lines(text):
        name, colon, said = line.partition(":")
        yield (name.strip(), said.strip()) if colon else ("", line)


def comments_in(text: str) -> Iterator[tuple[str, str]]:
    """Lines of `NAME: what they wrote`. Raises `BadInput` for one without a name."""
    for name, said in named_lines(text):
        if not name:
            raise BadInput(f"comments cannot be {said!r}", do="Write NAME: what they wrote")
        yield name, said


def votes_in(text: str) -> Votes | None:
    if not text:
        return None
    found = re.fullmatch(r"(\d+)\s*[-/ ,]\s*(\d+)(?:\s*[-/ ,]\s*(\d+))?", text)
    if found is None:
        raise BadInput(f"votes cannot be {text!r}", do="Write them such as 4-1-0")
    counts = [int(each or 0) for each in found.groups()]
    return Votes(in_favour=counts[0], against=counts[1], abstained=counts[2])
