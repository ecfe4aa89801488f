"""The fields of the Export screen, as somebody left them last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from horizon.framework.route import Body
from horizon.judgement.radar_rings import RINGS, SECTORS
from horizon.model.days import read_day
from horizon.model.errors import BadInput
from horizon.model.words import Edition, Marking
from horizon.papers.agenda import is_called, not_called
from horizon.register.reader import Reader
from horizon.tui.exporting.exports import Kind
from horizon.tui.widgets.fields import Field

REMEMBERED = ("what", "format", "edition", "body", "rings", "sectors")
"""The fields whose last choice is offered again."""

EDITIONS = {
    Edition.INTERNAL: "Internal: for people inside",
    Edition.PUBLIC: "Public: nobody named, only texts that were read and released",
    Edition.NON_PUBLIC: "Non-public part: what the public edition withholds",
}

NO_MEETING = "Empty: it is for no meeting, and dated today."

choice = partial(Field, kind="choice", required=True)


def what_fields(kinds: Sequence[Kind], kind: Kind, last: Mapping[str, str]) -> list[Field]:
    """What leaves, and in which format."""
    form = last.get("format", "")
    form = form if form in dict(kind.formats).values() else kind.formats[0][1]
    named = [(each.name, each.id) for each in kinds]
    return [
        choice("what", "What", help=kind.about, value=kind.id, choices=named),
        choice("format", "Format", value=form, choices=kind.formats),
    ]


def whom_fields(kind: Kind, last: Mapping[str, str]) -> list[Field]:
    """For whom it is, and what becomes of texts that nobody has released."""
    edition = last.get("edition", "")
    edition = edition if edition in kind.editions else Edition.INTERNAL
    return [
        choice("edition", "For whom", value=edition, choices=editions_of(kind)),
        choice(
            "unread",
            "Texts that nobody has released",
            value="refuse",
            choices=[("Refuse, and say which", "refuse"), ("Withhold them", "withhold")],
        ),
    ]


def rest_fields(kind: Kind, among: Sequence[Body], last: Mapping[str, str]) -> list[Field]:
    """What only some kinds ask for, and the marking. `among` are the bodies of the route."""
    bodies = [(each.name, each.id) for each in among]
    body = last.get("body", "")
    return [
        choice("body", "Body", value=body if body in dict(bodies).values() else "", choices=bodies),
        Field("meeting_on", "Day of the meeting", "day", help=NO_MEETING, value=last["meeting_on"]),
        Field("since", "Changes since", "day", help=since_words(kind)),
        choice(
            "rings",
            "Rings",
            value=last.get("rings", RINGS),
            choices=[("Stage", "stage"), ("Time horizon", "time horizon")],
        ),
        choice(
            "sectors",
            "Sectors",
            value=last.get("sectors", SECTORS),
            choices=[("Kind of technology", "kind"), ("Objective it serves", "objective")],
        ),
        Field(
            "marking",
            "Marking",
            "choice",
            help="Leave it empty to keep the marking of what is in it. It is never lowered.",
            choices=[(each.value, each.value) for each in Marking],
        ),
    ]


def editions_of(kind: Kind) -> list[tuple[str, str]]:
    """The editions that there are of something, in words."""
    return [(EDITIONS[each], each.value) for each in kind.editions]


def meeting_words(register: Reader, body_id: str, day: str) -> str:
    """What there is to say of the day of the meeting, as it was typed."""
    try:
        on = read_day(day) if body_id and day.strip() else None
    except BadInput:  # the field says so when it is read
        on = None
    if on is None:
        return NO_MEETING
    called = "A meeting is called for this day." if is_called(register, body_id, on) else ""
    return called or not_called(register, body_id, on) or NO_MEETING


def since_words(kind: Kind) -> str:
    """What an empty day stands for."""
    if "rings" in kind.asks:
        return "Empty: movement is not shown."
    return "Empty: since the body's last meeting."
