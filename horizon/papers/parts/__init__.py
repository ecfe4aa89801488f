"""The parts that papers are made of. A new part is one function here and its name in
`papers/template.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from horizon.papers.blocks import Block, Heading
from horizon.papers.occasion import Occasion
from horizon.papers.parts import asked, lists, measure, pictures, report, sheets, standing, texts

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


def blocks_of(occasion: Occasion) -> Iterator[Block]:
    """The blocks of a whole paper, part by part as its template says."""
    for section in occasion.template.content.sections:
        if section.heading:
            yield Heading(level=section.level, text=occasion.said(section.heading))
        yield from PARTS[section.part](occasion, section)
