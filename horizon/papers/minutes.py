"""The minutes of a meeting as a paper, made as their template says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from horizon.model.meeting import Meeting
from horizon.model.technology import Technology
from horizon.model.words import Marking
from horizon.papers.blocks import Block, Heading, Paper
from horizon.papers.composing import Common, header_of, paper_of, words_of
from horizon.papers.marking import check_held
from horizon.papers.minutes_item import Minuted, item_blocks
from horizon.papers.parts import blocks_of_minutes
from horizon.papers.parts.meeting import Sitting, between, draft
from horizon.papers.template import MINUTES, Template, filled, find_template
from horizon.register.meeting_words import MeetingView, framework_of, read_meeting
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
    template: Template | None = None,
) -> Paper:
    """The minutes of a meeting: a draft until they are confirmed. `template` is one for minutes,
    the one that comes with Horizon unless given.

    Raises `RuleBroken` for a marking that is too low for what the meeting decided on.
    """
    template = template or find_template(MINUTES, makes="minutes")
    view = read_meeting(register, meeting.ref)
    technologies = _technologies(register, view)
    check_held(marking, _markings(view, technologies))
    framework = framework_of(register, meeting)
    common: Common = {
        "reference": reference,
        "meeting_on": meeting.on,
        "marking": marking,
        "foi": foi,
        "author": author,
        "purpose": "for the record" if meeting.confirmed else "for agreement",
        "as_at": as_at or register.today,
    }
    words = words_of(
        register,
        subject=f"{'Minutes' if meeting.confirmed else 'Draft minutes'} of the {view.body_name}",
        body=view.body_name,
        chair=register.name(view.chair.person) if view.chair else "",
        technologies=len(technologies),
        framework=framework,
        **common,
    )
    sitting = Sitting(
        template=template, words=words, register=register, view=view, as_at=common["as_at"]
    )
    return paper_of(
        register,
        title=filled(template.called.title, words),
        body=view.body_name,
        technologies=technologies,
        blocks=(*draft(meeting, common["as_at"]), *blocks_of_minutes(sitting)),
        framework=framework,
        template=template.named,
        header=header_of(template, words),
        **common,
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
    decided = list(between(view, ids))
    if decided:
        yield Heading(level=1, text="Decisions made between meetings")
        yield from decided


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
