"""Events about meetings in words."""

from __future__ import annotations

from horizon.model import meeting_events as ev
from horizon.model.meeting import Interest
from horizon.model.wording import count, day, listed
from horizon.register.tellers import Speaker, because, body_name, telling


@telling(ev.MeetingCarried)
def _(data: ev.MeetingCarried, speaker: Speaker) -> str:
    return f"carried {data.meeting.ref} over from a register whose journal is missing"


@telling(ev.MeetingCalled)
def _(data: ev.MeetingCalled, speaker: Speaker) -> str:
    how = "asked for answers in writing as" if data.by_correspondence else "called"
    items = f" with {count(len(data.items), 'item')}" if data.items else ""
    return f"{how} {data.ref} of the {body_name(speaker, data.body)}{items}"


@telling(ev.MeetingRescheduled)
def _(data: ev.MeetingRescheduled, speaker: Speaker) -> str:
    where = f", {data.place}" if data.place else ""
    return f"moved the meeting to {day(data.on)}{where}{because(data.reason)}"


@telling(ev.AgendaSet)
def _(data: ev.AgendaSet, speaker: Speaker) -> str:
    titles = "; ".join(f"{each.number} {each.title}" for each in data.items if not each.is_off)
    off = listed([str(each.number) for each in data.items if each.is_off])
    gone = f" (taken off it: {off})" if off else ""
    return f"set the agenda: {titles or 'nothing on it'}{gone}"


@telling(ev.AttendanceSet)
def _(data: ev.AttendanceSet, speaker: Speaker) -> str:
    groups = []
    for presence, title in (("present", "present"), ("apologies", "apologies from")):
        names = [speaker.name(e.person) for e in data.attendance if e.presence == presence]
        if names:
            groups.append(f"{title} {', '.join(names)}")
    return f"took attendance: {'; '.join(groups)}"


@telling(ev.InterestDeclared)
def _(data: ev.InterestDeclared, speaker: Speaker) -> str:
    interest = data.interest
    who = speaker.name(interest.person)
    return f"item {data.item}: {who} declared an interest ({interest.nature}) and {_did(interest)}"


def _did(interest: Interest) -> str:
    return {"stayed": "stayed", "left": "left", "no vote": "took no part in the vote"}[
        interest.action
    ]


@telling(ev.ItemMinuted)
def _(data: ev.ItemMinuted, speaker: Speaker) -> str:
    if data.outcome == "no decision":
        return f"minuted item {data.item}: no decision{because(data.no_decision)}"
    return f"minuted item {data.item}"


@telling(ev.MeetingClosed)
def _(data: ev.MeetingClosed, speaker: Speaker) -> str:
    return "closed the meeting"


@telling(ev.MinutesConfirmed)
def _(data: ev.MinutesConfirmed, speaker: Speaker) -> str:
    where = f" at {data.at_meeting}" if data.at_meeting else " in writing"
    return f"recorded that the minutes were confirmed on {day(data.on)}{where}"


@telling(ev.DecisionRatified)
def _(data: ev.DecisionRatified, speaker: Speaker) -> str:
    return f"recorded that {data.decision} was ratified at {data.ratified.meeting}"
