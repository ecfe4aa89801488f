"""Commands of a meeting while it sits: who is there, who has an interest, what was said."""

from __future__ import annotations

import click

from horizon.cli.attendance import people_in
from horizon.cli.completing import MEETINGS, PEOPLE
from horizon.cli.frame import Command, expect_meeting_option, json_option, session
from horizon.cli.meeting_printing import told_meeting
from horizon.cli.output import warn
from horizon.cli.typed import content_of, parts, text_of
from horizon.model.errors import BadInput
from horizon.model.meeting import (
    InterestAction,
    InterestKind,
    ItemOutcome,
    Meeting,
    Presence,
    Seat,
)
from horizon.model.wording import count
from horizon.register import Register
from horizon.register.inputs import AttendanceInput, CommentInput, checked
from horizon.register.meeting_words import interest_words, last_seats
from horizon.register.near_names import slips

KINDS = {
    "proposer": InterestKind.PROPOSER,
    "supplier": InterestKind.SUPPLIER,
    "line": InterestKind.LINE,
    "other": InterestKind.OTHER,
}
"""What ties somebody to an item, in a word to type."""


@click.command(
    cls=Command,
    example="horizon meeting attend AISG/2026-11-24 --as-last\n"
    'horizon meeting attend AISG/2026-11-24 "Hugo Example" --apologies\n'
    "printf 'observer: Dev Example, Chair of FDG\\n' | \\\n"
    "  horizon meeting attend AISG/2026-11-24 --from -",
)
@click.argument("ref", shell_complete=MEETINGS)
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=PEOPLE)
@click.option(
    "--seat",
    type=click.Choice([each.value for each in Seat]),
    help="What they are there. The seat they had, or member, unless given.",
)
@click.option("--apologies", is_flag=True, help="They are not there and sent apologies.")
@click.option("--role", default="", help="Their role, where the register's is not right.")
@click.option("--organisation", default="", help="Whom they are there for.")
@click.option("--as-last", is_flag=True, help="Everybody in the seats of the last meeting.")
@click.option(
    "--from",
    "source",
    metavar="FILE",
    help="Read lines such as 'member: NAME, ROLE, ORGANISATION', or a CSV table, from a file, or - "
    "for a pipe.",
)
@expect_meeting_option
@json_option
def attend(
    ref: str,
    names: tuple[str, ...],
    seat: str | None,
    apologies: bool,
    role: str,
    organisation: str,
    as_last: bool,
    source: str | None,
    expect: int | None,
    as_json: bool,
) -> None:
    """Record who is there, in which seat, and who sent apologies.

    A CSV table has the columns name, seat, role, organisation and apologies. A line may begin
    with "apologies" in place of a seat, or before it.
    """
    register = session().register()
    meeting = register.meeting(ref)
    people: list[AttendanceInput] = last_seats(register, meeting) if as_last else []
    if source:
        people += people_in(content_of(source), "standard input" if source == "-" else source)
    held = {_spoken(register, each.person): each.seat for each in people}
    for name in names:
        values = {
            "person": name,
            "seat": Seat(seat) if seat else _seat_of(register, meeting, name, held),
            "presence": Presence.APOLOGIES if apologies else Presence.PRESENT,
            "role": role,
            "organisation": organisation,
        }
        people.append(checked(AttendanceInput, values))
    if not people:
        raise BadInput("Nobody is named", do="Give a name, --from FILE or --as-last")
    new = slips(register, [each.person for each in people])
    changed = register.attend(meeting.ref, people, expect=expect)
    for each in new:
        warn(each)
    absent = len(changed.attendance) - len(changed.present)
    sent = f", {count(absent, 'apology', 'apologies')}" if absent else ""
    told_meeting(register, changed, as_json, f"{len(changed.present)} present{sent}")


def _seat_of(register: Register, meeting: Meeting, name: str, held: dict[str, Seat]) -> Seat:
    """The seat that somebody has at the meeting already, or has just been given."""
    key = _spoken(register, name)
    seats = {_spoken(register, each.person): each.seat for each in meeting.attendance}
    return held.get(key) or seats.get(key, Seat.MEMBER)


def _spoken(register: Register, person: str) -> str:
    """A person's name for comparing, given by name or id."""
    known = register.state.people.get(person)
    return " ".join((known.name if known else person).split()).casefold()


@click.command(
    cls=Command,
    example='horizon meeting interest AISG/2026-11-24 3 "Lena Example" --kind supplier \\\n'
    '  --nature "A former employer" --left',
)
@click.argument("ref", shell_complete=MEETINGS)
@click.argument("item", type=int)
@click.argument("name", shell_complete=PEOPLE)
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    default="other",
    show_default=True,
    help="What ties them to it: all but other keep them from deciding.",
)
@click.option("--nature", required=True, help="What the interest is, in a few words.")
@click.option("--left", "action", flag_value="left", help="They left the room.")
@click.option("--no-vote", "action", flag_value="no vote", help="They took no part in the vote.")
@click.option("--stayed", "action", flag_value="stayed", help="They stayed and decided.")
@expect_meeting_option
@json_option
def interest(
    ref: str,
    item: int,
    name: str,
    kind: str,
    nature: str,
    action: str | None,
    expect: int | None,
    as_json: bool,
) -> None:
    """Record an interest in an item, and what the person did about it."""
    if action is None:
        raise BadInput(
            f"What {name} did is not said", do="Give one of --left, --no-vote and --stayed"
        )
    register = session().register()
    changed = register.declare(
        ref,
        item,
        person=name,
        kind=KINDS[kind],
        nature=nature,
        action=InterestAction(action),
        expect=expect,
    )
    found = changed.item(item)
    declared = found.interests[-1] if found and found.interests else None
    words = interest_words(register.name(declared.person), declared) if declared else name
    told_meeting(register, changed, as_json, f"item {item}, {words}")


@click.command(
    cls=Command,
    example='horizon meeting minute AISG/2026-11-24 1 --text "Legal was heard."\n'
    "horizon meeting minute AISG/2026-11-24 2 --noted \\\n"
    '  --comment "Hugo Example | Agreed as they are"\n'
    'horizon meeting minute AISG/2026-11-24 3 --no-decision "The report was late"',
)
@click.argument("ref", shell_complete=MEETINGS)
@click.argument("item", type=int)
@click.option(
    "--text", help="What was said, in place of the minute before. - reads it from a pipe."
)
@click.option(
    "--comment",
    "comments",
    multiple=True,
    metavar='"NAME | TEXT"',
    help="What an absent member wrote. Can be given again.",
)
@click.option("--no-decision", metavar="REASON", help="It ends in no decision, and why.")
@click.option("--noted", is_flag=True, help="It ends by being noted.")
@expect_meeting_option
@json_option
def minute(
    ref: str,
    item: int,
    text: str | None,
    comments: tuple[str, ...],
    no_decision: str | None,
    noted: bool,
    expect: int | None,
    as_json: bool,
) -> None:
    """Record what was said on an item, or that it ended without a decision."""
    if noted and no_decision is not None:
        raise BadInput("An item ends in one way", do="Give --noted or --no-decision")
    if text is None and not comments and no_decision is None and not noted:
        raise BadInput("Nothing to minute was given", do="Give --text, --noted or --no-decision")
    ends: ItemOutcome | None = "noted" if noted else None
    if no_decision is not None:
        ends = "no decision"
    register = session().register()
    changed = register.minute(
        ref,
        item,
        text_of("-").strip() if text == "-" else text,
        comments=[
            checked(CommentInput, parts(each, ("person", "text"), "--comment"), where="--comment")
            for each in comments
        ],
        outcome=ends,
        no_decision=no_decision or "",
        expect=expect,
    )
    done = {"no decision": "no decision", "noted": "noted"}.get(ends or "", "minuted")
    told_meeting(register, changed, as_json, f"item {item} {done}")
