"""Commands of meetings: call one, set its agenda, look at it, close it, confirm its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from horizon.cli.attending import attend, interest, minute
from horizon.cli.completing import BODIES, DECISIONS, MEETINGS, TECHNOLOGY
from horizon.cli.decision_typed import papers_in
from horizon.cli.frame import Group, expect_meeting_option, expect_option, json_option, session
from horizon.cli.meeting_printing import meeting_record, meeting_text, told_meeting
from horizon.cli.output import print_json, print_table, say
from horizon.cli.route import body_of
from horizon.cli.typed import DAY
from horizon.model.errors import BadInput
from horizon.model.wording import count, day
from horizon.register import Register
from horizon.register.desk import is_label, named, resolve
from horizon.register.inputs import ItemInput, checked
from horizon.register.meeting_words import meeting_state, read_meeting
from horizon.register.records import find_decision


@click.group(cls=Group)
def meeting() -> None:
    """Call meetings, minute them, and see what is left to do."""


@meeting.command(
    example='horizon meeting call AISG 2026-11-24 --place "Room 1 and online" \\\n'
    '  --item T-0013 --item "Minutes of the last meeting"\n'
    "horizon meeting call AISG 2026-12-01 --by-correspondence --item T-0025"
)
@click.argument("body", shell_complete=BODIES)
@click.argument("on", type=DAY, metavar="DATE")
@click.option("--place", default="", help="Where, or online.")
@click.option("--by-correspondence", is_flag=True, help="Members answer in writing.")
@click.option(
    "--item",
    "items",
    multiple=True,
    shell_complete=TECHNOLOGY,
    help="A technology to decide on, or a title to hear of. Can be given again.",
)
@json_option
def call(
    body: str,
    on: date,
    place: str,
    by_correspondence: bool,
    items: tuple[str, ...],
    as_json: bool,
) -> None:
    """Call a meeting of a body, with its agenda."""
    register = session().register()
    called = register.call_meeting(
        body=body_of(register.framework, body).id,
        on=on,
        place=place,
        by_correspondence=by_correspondence,
        items=[_item(register, each) for each in items],
    )
    told_meeting(register, called, as_json, f"called, with {count(len(called.items), 'item')}")


def _item(
    register: Register, text: str, *, papers: Sequence[Any] = (), for_information: bool = False
) -> ItemInput:
    """Something for an agenda: a technology by its reference or exact name, else a free title,
    which is for information, since decisions are about technologies."""
    found = is_label(text) or named(register.state, text)
    technology = resolve(register.state, text) if found else ""
    informs = for_information or not technology
    return checked(
        ItemInput,
        {
            "technology": technology,
            "title": "" if technology else text,
            "purpose": "for information" if informs else "for decision",
            "papers": papers,
        },
        where="The item",
    )


@meeting.command("list", example="horizon meeting list --coming\nhorizon meeting list --body AISG")
@click.option("--body", shell_complete=BODIES, help="Only those of this body.")
@click.option("--coming", is_flag=True, help="Only those that are not closed.")
@json_option
def list_meetings(body: str | None, coming: bool, as_json: bool) -> None:
    """List meetings, in the order of their days."""
    register = session().register()
    wanted = body_of(register.framework, body).id if body else ""
    found = sorted(
        (
            each
            for each in register.state.meetings.values()
            if (not wanted or each.body == wanted) and not (coming and each.is_closed)
        ),
        key=lambda each: (each.on, each.ref),
    )
    if as_json:
        print_json(
            [
                {
                    "ref": each.ref,
                    "body": each.body,
                    "on": each.on,
                    "place": each.place,
                    "by_correspondence": each.by_correspondence,
                    "items": len(each.agenda),
                    "to_decide": len(each.undecided),
                    "state": meeting_state(register, each),
                    "revision": each.revision,
                }
                for each in found
            ]
        )
        return
    if not found:
        say("No meeting fits." if register.state.meetings else "No meeting has been called yet.")
        return
    rows = [
        (each.ref, str(len(each.agenda)), each.place, meeting_state(register, each))
        for each in found
    ]
    print_table(rows, ("Meeting", "Items", "Place", "State"))


@meeting.command("show", example="horizon meeting show AISG/2026-11-24")
@click.argument("ref", shell_complete=MEETINGS)
@json_option
def show_meeting(ref: str, as_json: bool) -> None:
    """Show a meeting: agenda, attendance, quorum, interests, outcomes, what is left."""
    register = session().register()
    view = read_meeting(register, ref)
    if as_json:
        print_json(meeting_record(register, view))
        return
    for line in meeting_text(register, view):
        say(line)


@meeting.command(
    example="horizon meeting add AISG/2026-11-24 T-0015 \\\n"
    '  --paper "Assessment of case file summarising | 1.0 | 2026-11-17"\n'
    'horizon meeting add AISG/2026-11-24 "Training of members" --for-information'
)
@click.argument("ref", shell_complete=MEETINGS)
@click.argument("items", nargs=-1, required=True, metavar="ITEM...", shell_complete=TECHNOLOGY)
@click.option("--for-information", is_flag=True, help="To hear of, not to decide on.")
@click.option(
    "--paper",
    "papers",
    multiple=True,
    metavar='"TITLE | VERSION | DATE"',
    help="A paper for it. Can be given again.",
)
@expect_meeting_option
@json_option
def add(
    ref: str,
    items: tuple[str, ...],
    for_information: bool,
    papers: tuple[str, ...],
    expect: int | None,
    as_json: bool,
) -> None:
    """Put items at the end of the agenda: technologies, or titles for information."""
    register = session().register()
    if papers and len(items) > 1:
        raise BadInput("Papers belong to one item", do="Add the items one by one")
    asked = [
        _item(register, each, papers=papers_in(papers), for_information=for_information)
        for each in items
    ]
    changed = register.add_items(ref, asked, expect=expect)
    added = changed.items[-len(asked) :]
    numbered = ", ".join(f"{each.number} {each.title}" for each in added)
    told_meeting(register, changed, as_json, f"now with {numbered}")


@meeting.command(example="horizon meeting drop AISG/2026-11-24 4")
@click.argument("ref", shell_complete=MEETINGS)
@click.argument("item", type=int)
@expect_meeting_option
@json_option
def drop(ref: str, item: int, expect: int | None, as_json: bool) -> None:
    """Take an item off the agenda that was not taken yet. No other gets its number."""
    register = session().register()
    changed = register.drop_item(ref, item, expect=expect)
    told_meeting(register, changed, as_json, f"item {item} taken off the agenda")


@meeting.command(example='horizon meeting reschedule AISG/2026-12-01 2026-12-03 --reason "Quoracy"')
@click.argument("ref", shell_complete=MEETINGS)
@click.argument("on", type=DAY, metavar="DATE")
@click.option("--place", default="", help="Where, if elsewhere.")
@click.option("--reason", default="", help="Why.")
@expect_meeting_option
@json_option
def reschedule(
    ref: str, on: date, place: str, reason: str, expect: int | None, as_json: bool
) -> None:
    """Move a meeting that has not begun to another day. It keeps its reference."""
    register = session().register()
    changed = register.reschedule(ref, on=on, place=place, reason=reason, expect=expect)
    told_meeting(register, changed, as_json, f"now on {day(changed.on)}")


@meeting.command(example="horizon meeting close AISG/2026-11-24")
@click.argument("ref", shell_complete=MEETINGS)
@expect_meeting_option
@json_option
def close(ref: str, expect: int | None, as_json: bool) -> None:
    """End a meeting: nothing more is decided at it.

    What the body decided between meetings, and did not ratify at this one, lapses.
    """
    register = session().register()
    changed = register.close_meeting(ref, expect=expect)
    lapsed = [each.decision.number for each in read_meeting(register, changed.ref).lapsed]
    also = f"; not ratified, so lapsed: {', '.join(lapsed)}" if lapsed else ""
    told_meeting(register, changed, as_json, f"closed{also}")


@meeting.command(example="horizon meeting confirm AISG/2026-06-30 --at AISG/2026-11-24")
@click.argument("ref", shell_complete=MEETINGS)
@click.option("--on", "on_", type=DAY, help="The day. That of --at, else today, unless given.")
@click.option(
    "--at",
    "at_meeting",
    default="",
    shell_complete=MEETINGS,
    help="At which meeting. In writing, unless given.",
)
@expect_meeting_option
@json_option
def confirm(ref: str, on_: date | None, at_meeting: str, expect: int | None, as_json: bool) -> None:
    """Record that the minutes were agreed as accurate."""
    register = session().register()
    at = register.meeting(at_meeting).on if at_meeting else register.today
    changed = register.confirm_minutes(ref, on=on_ or at, at_meeting=at_meeting, expect=expect)
    where = changed.confirmed.where if changed.confirmed else ""
    told_meeting(register, changed, as_json, f"its minutes are confirmed {where}")


@meeting.command(example="horizon meeting ratify AISG/2026-11-24 AISG/2026/007")
@click.argument("ref", shell_complete=MEETINGS)
@click.argument("number", shell_complete=DECISIONS)
@expect_option
@json_option
def ratify(ref: str, number: str, expect: int | None, as_json: bool) -> None:
    """Record that the meeting ratified a decision made by its chair, or by correspondence."""
    register = session().register()
    technology, decision = find_decision(register, number)
    ratified = register.ratify(technology.id, decision.number, meeting=ref, expect=expect)
    if as_json:
        print_json(ratified)
    else:
        say(f"{ratified.number} of {technology.label} ratified at {register.meeting(ref).ref}.")


for each in (attend, interest, minute):
    meeting.add_command(each)
