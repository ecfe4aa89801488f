"""The parts that papers are made of. A new part is one function here and its name in
`papers/template.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from horizon.papers.blocks import Block, Heading
from horizon.papers.occasion import Occasion
from horizon.papers.parts import (
    asked,
    lists,
    measure,
    meeting,
    pictures,
    report,
    sheets,
    standing,
    texts,
)
from horizon.papers.parts.meeting import Sitting

PartOf = Callable[[Occasion, Any], Iterator[Block]]
"""Gives the blocks of one part, below its heading."""

PARTS: Mapping[str, PartOf] = {
    "heading": texts.nothing,
    "text": texts.text,
    "to complete": texts.to_complete,
    "contact": texts.contact,
    "appendices": texts.appendices,
    "background papers": texts.background_papers,
    "implications": texts.implications,
    "summary": asked.summary,
    "overdue notice": asked.overdue_notice,
    "recommendations": asked.recommendations,
    "options": asked.options,
    "question": report.question,
    "technologies": report.technologies,
    "status words": report.status_words,
    "conditions due": report.conditions_due,
    "sources": report.sources,
    "annexes": sheets.annexes,
    "sheets": sheets.sheets,
    "triage list": lists.triage_list,
    "highlights": standing.highlights,
    "risk acceptance": standing.risk_acceptance,
    "decisions": lists.decisions,
    "conditions": lists.conditions,
    "changes": standing.changes,
    "radar": pictures.radar,
    "stages": pictures.stages,
    "timeline": pictures.timeline,
    "objective 4": measure.objective_4,
}
"""Every part by the name that a template calls it."""


MEETING_PARTS: Mapping[str, Callable[[Sitting, Any], Iterator[Block]]] = {
    "heading": texts.nothing,
    "text": texts.text,
    "to complete": texts.to_complete,
    "contact": texts.contact,
    "meeting": meeting.particulars,
    "attendance": meeting.attendance,
    "quorum": meeting.quorum,
    "interests": meeting.interests,
    "previous minutes": meeting.previous_minutes,
    "between meetings": meeting.between_meetings,
    "items": meeting.items,
    "actions": meeting.actions,
    "sources": meeting.sources,
}
"""The same for minutes."""


def blocks_of(occasion: Occasion) -> Iterator[Block]:
    """The blocks of a whole paper, part by part as its template says."""
    for section in occasion.template.content.sections:
        if section.heading:
            yield Heading(level=section.level, text=occasion.said(section.heading))
        yield from PARTS[section.part](occasion, section)


def blocks_of_minutes(sitting: Sitting) -> Iterator[Block]:
    """The blocks of minutes, part by part; a part that has nothing to say has no heading either."""
    for section in sitting.template.content.sections:
        found = list(MEETING_PARTS[section.part](sitting, section))
        if section.heading and (found or section.part == "heading"):
            yield Heading(level=section.level, text=sitting.said(section.heading))
        yield from found
