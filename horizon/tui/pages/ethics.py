"""The ethics questions of a technology, theme by theme."""

from __future__ import annotations

from horizon.judgement.checklist import Finding, ItemReading, RedLine
from horizon.model.technology import Technology
from horizon.register import Register
from horizon.tui.pages import heading, joined, line
from horizon.tui.widgets.page import MUTED, Line, Lines


def ethics(register: Register, technology: Technology) -> Lines:
    """Red lines and blockers first, then the rest by theme."""
    checklist = register.reading(technology.id).checklist
    parts = [
        line(
            f"Questions that apply for {checklist.phase}: {len(checklist.applicable)}. "
            f"Open: {len(checklist.open)}. Blocking: {len(checklist.blockers)}. "
            f"Becoming conditions: {len(checklist.conditions)}.",
            "bold",
        ),
        line("Press e to answer.", MUTED),
    ]
    if checklist.red_lines:
        parts.append(heading("Red lines: no score outweighs them and nobody can waive them"))
        parts += [item_line(each) for each in checklist.red_lines]
    groups = [
        ("Blocks", [each for each in checklist.blockers if not each.red_line]),
        ("Open: nobody has said yes, partly, no or not applicable", list(checklist.open)),
    ]
    groups += [
        (theme.name, [each for each in checklist.applicable if each.theme == theme.id])
        for theme in register.framework.themes
    ]
    shown = {each.item.id for each in checklist.red_lines}
    for title, group in groups:
        rest = [each for each in group if each.item.id not in shown]
        if rest:
            parts += [heading(title), *[item_line(each) for each in rest]]
        shown.update(each.item.id for each in rest)
    not_asked = [each.item.id for each in checklist.items if not each.applies]
    if not_asked:
        parts += [heading("Does not apply"), line(", ".join(not_asked), MUTED)]
    return joined(parts)


def item_line(each: ItemReading) -> Lines:
    """One question with its answer, what that does, and what it rests on."""
    said = each.value if each.answer else "not answered"
    does = f"red line {each.line}" if each.line is not None else each.finding
    style = "bold" if each.finding is Finding.BLOCKS or each.line is RedLine.CROSSED else ""
    head = (Line(f"{said}: {does}", style, lead=f"{each.item.id:<5}", lead_style=style),)
    rest = line(each.item.question, MUTED, indent=5)
    if each.answer and each.answer.note:
        rest += line(f"Note: {each.answer.note}", indent=5)
    if each.answer and each.answer.evidence:
        rest += line(f"Evidence: {', '.join(each.answer.evidence)}", MUTED, indent=5)
    return head + rest
