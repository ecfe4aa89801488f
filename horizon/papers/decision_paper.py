"""The record of one decision as a paper, for an audit, a review or a request for information."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from horizon.model.words import Marking
from horizon.papers.blocks import (
    Block,
    Cell,
    Heading,
    KeyValues,
    Notice,
    Paper,
    Paragraph,
    Tone,
    runs,
)
from horizon.papers.composing import paper_of
from horizon.papers.marking import check_held
from horizon.register.reader import Reader
from horizon.register.record_case import Case
from horizon.register.records import Part, Record, Said, Seal, Weight, record_of


def decision_paper(
    register: Reader,
    number: str,
    *,
    seal: Seal,
    author: str,
    marking: Marking,
    foi: str,
    reference: str,
    as_at: date | None = None,
) -> Paper:
    """The record of the decision with this number, as it stands on the day `as_at`. `seal` says
    where the journal holds it.

    Raises `BadInput` for no such decision and `RuleBroken` for a marking that is too low.
    """
    found = record_of(register, number, seal, as_at=as_at)
    check_held(marking, _markings(found))
    case = Case.of(register, found.technology, found.decision, found.as_at)
    return paper_of(
        register,
        title=f"Decision record {found.decision.number}",
        reference=reference,
        body=case.body_name,
        meeting_on=found.decision.decided_on,
        marking=marking,
        foi=foi,
        author=author,
        purpose="for the record",
        as_at=found.as_at,
        technologies=[found.technology],
        blocks=_blocks(found, case),
        framework=case.framework,
    )


def _markings(found: Record) -> Iterator[tuple[str, Marking]]:
    """The technology, and the decisions that the record tells of: the one it is of, those before
    and after it."""
    technology, decision = found.technology, found.decision
    yield technology.label, technology.marking
    told = (decision.number, decision.supersedes, decision.superseded_by)
    yield from ((each.number, each.marking) for each in technology.decisions if each.number in told)


def _blocks(found: Record, case: Case) -> Iterator[Block]:
    if found.state.weight in (Weight.BAD, Weight.CARE):
        tone = Tone(found.state.weight)
        yield Notice(title=found.title, text=found.state.text, tone=tone)
    for part in found.parts:
        yield from _part(part)
    if not case.framework.is_adopted and case.framework.notice:
        yield Notice(title=case.framework.status_line, text=case.framework.notice)


def _part(part: Part) -> Iterator[Block]:
    """A part under its heading: what has a name in tables, the rest as paragraphs, in order."""
    yield Heading(level=1, text=part.title)
    pairs: list[tuple[str, Cell]] = []
    for each in part.said:
        if each.name:
            pairs.append((each.name, _cell(each)))
            continue
        if pairs:
            yield _table(part, pairs)
            pairs = []
        yield from _paragraphs(each)
    if pairs:
        yield _table(part, pairs)


def _table(part: Part, pairs: list[tuple[str, Cell]]) -> KeyValues:
    return KeyValues(summary=f"{part.title}.", pairs=tuple(pairs))


def _cell(said: Said) -> Cell:
    return Cell(text=said.text, note="\n".join(said.notes), tone=Tone(said.weight))


def _paragraphs(said: Said) -> Iterator[Block]:
    if said.weight in (Weight.BAD, Weight.CARE):
        yield Notice(title="Take care", text=said.text, tone=Tone(said.weight))
    else:
        yield Paragraph(runs=runs(said.text))
    for note in said.notes:
        yield Paragraph(runs=runs(note), small=True)
