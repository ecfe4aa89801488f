"""A technology in a few lines, beside the list."""

from __future__ import annotations

from horizon.model.wording import count
from horizon.register import Register
from horizon.tui.pages import field, joined, line, stage_name
from horizon.tui.widgets.page import Lines


def preview(register: Register, technology_id: str) -> Lines:
    """What to know before opening it."""
    technology = register.technology(technology_id)
    reading = register.reading(technology_id)
    checklist = reading.checklist
    parts = [
        line(technology.name, "bold"),
        line(technology.label),
        field("Stage", stage_name(register, technology.stage)),
        field("Standing", reading.standing.words),
        field("Status", f"{reading.status.status}. {reading.status.meaning}"),
        field("Tier", reading.tier.tier),
        field("Scores", reading.scores.overall.text),
        field("Owner", register.name(technology.owner) if technology.owner else "nobody yet"),
        field("Ethics", f"{count(len(checklist.open), 'question')} open"),
        field("Blocks", ", ".join(each.item.id for each in checklist.blockers)),
    ]
    parts += [
        field("Overdue" if each.overdue else "Due", each.words) for each in reading.deadlines[:3]
    ]
    for paragraph in (technology.problem, technology.summary):
        if paragraph:
            parts += [line(), line(paragraph)]
    return joined(parts)
