"""A paper before it has a format: what a body is asked or told, made as its template says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from horizon.framework.route import Body
from horizon.model.errors import BadInput
from horizon.model.technology import Technology
from horizon.model.words import Marking
from horizon.papers.agenda import agenda, body_of
from horizon.papers.blocks import Paper, Purpose
from horizon.papers.composing import Common, header_of, paper_of, words_of
from horizon.papers.editions import holds_a_mark
from horizon.papers.items import Item, items, undischarged
from horizon.papers.marking import check
from horizon.papers.occasion import Occasion
from horizon.papers.parts import blocks_of
from horizon.papers.template import STANDARD, Scope, Template, filled, find_template
from horizon.register.reader import Reader
from horizon.register.views import attention, waiting

__all__ = ["agenda", "build"]


def build(
    register: Reader,
    *,
    body_id: str,
    meeting_on: date | None,
    technologies: Sequence[Technology] | None = None,
    author: str,
    purpose: Purpose | None = None,
    marking: Marking,
    foi: str,
    reference: str,
    as_at: date | None = None,
    template: Template | None = None,
    since: Reader | None = None,
) -> Paper:
    """The paper for one meeting of one body, or for the body and no meeting.

    Without `technologies` it is about those that the template's scope names, such as the body's
    agenda. `as_at` is the day the register is judged on, today unless given: the same register on
    the same day gives the same paper. `since` is the register as it stood when changes are told
    from. Raises `BadInput` for an unknown body, an empty agenda, or a template that asks for what
    the framework does not have, and `RuleBroken` when a technology's or a decision's marking is
    higher than the paper's.
    """
    template = template or find_template(STANDARD)
    as_at = as_at or register.today
    on = meeting_on or as_at
    body = body_of(register, body_id)
    chosen = tuple(technologies or ()) or about(register, template.called.scope, body, as_at, on)
    check(marking, chosen)
    found = items(register, chosen, body_id, as_at, on)
    purpose = purpose or _purpose(template, found)
    common: Common = {
        "reference": reference,
        "meeting_on": meeting_on,
        "marking": marking,
        "foi": foi,
        "author": author,
        "purpose": purpose,
        "as_at": as_at,
    }
    words = words_of(
        register,
        subject=_subject(chosen, purpose),
        body=body.name,
        chair=body.chair,
        technologies=len(chosen),
        since=since,
        **common,
    )
    occasion = Occasion(
        register=register,
        template=template,
        body=body,
        purpose=purpose,
        meeting_on=meeting_on,
        as_at=as_at,
        items=found,
        due=tuple(undischarged(found)),
        words=words,
        since=since,
    )
    return paper_of(
        register,
        title=filled(template.called.title, words),
        body=body.name,
        technologies=chosen,
        blocks=blocks_of(occasion),
        template=template.named,
        header=header_of(template, words),
        **common,
    )


def about(
    register: Reader, scope: Scope, body: Body, as_at: date, meeting_on: date
) -> tuple[Technology, ...]:
    """The technologies of a scope. Raises `BadInput` when there are none."""
    held = register.state.technologies
    match scope:
        case "agenda":
            found = agenda(register, body.id, today=as_at, meeting_on=meeting_on)
        case "waiting":
            ids = waiting(register)
            found = tuple(held[each.id] for each in held.headers() if each.id in ids)
        case "on the route":
            stages = {each.id for each in register.framework.route.stages if not each.ended}
            found = tuple(held[each.id] for each in held.headers() if each.stage in stages)
        case "due":
            needing = {each.technology.id for each in attention(register) if each.due}
            found = tuple(held[each.id] for each in held.headers() if each.id in needing)
        case "all":
            found = tuple(held.values())
    if not found:
        raise BadInput(
            f"Nothing in the register waits for {body.name}"
            if scope in ("agenda", "waiting")
            else "There is no technology for this paper to be about",
            do="Name the technologies to report on",
        )
    return found


def _purpose(template: Template, found: Sequence[Item]) -> Purpose:
    """As the template says, but for information where there is nothing to decide."""
    if any(each.is_for_decision or each.to_ratify for each in found):
        return template.called.purpose
    return "for information"


def _subject(technologies: Sequence[Technology], purpose: Purpose) -> str:
    if len(technologies) == 1:
        name = technologies[0].name
        named = "One technology (name withheld)" if holds_a_mark(name) else name
        return f"{named}, {purpose}"
    return f"{len(technologies)} technologies {purpose}"
