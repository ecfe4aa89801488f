"""Parts about how things stand and what moved: highlights, risks to accept, changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from horizon.judgement.checklist import Finding, RedLine
from horizon.judgement.scoring import GateState
from horizon.model.wording import day, listed
from horizon.papers.blocks import Block, Cell, Paragraph, Table, Tone, runs
from horizon.papers.editions import Public
from horizon.papers.items import Item
from horizon.papers.occasion import Occasion
from horizon.papers.status_words import standing_tone, status_and_standing_cell
from horizon.papers.template import Part
from horizon.register.differing import TechnologyDiff, technology_diff

SECURITY = "security-acceptance"

TOLD = (
    "entered", "ended", "stage", "standing", "status", "tier", "owner", "marking", "review date",
    "decision", "condition", "reopening",
)  # fmt: skip
"""The sorts of change that a body is told of. What led to them is in the register."""


def highlights(occasion: Occasion, _: Part) -> Iterator[Block]:
    """Each technology on a line: where it is, how it stands, what is due next."""
    framework = occasion.register.framework
    rows = []
    for item in occasion.items:
        technology, reading = item.technology, item.reading
        due = reading.deadlines[0] if reading.deadlines else None
        owner = occasion.register.name(technology.owner) if technology.owner else "Nobody"
        rows.append(
            (
                Cell(text=technology.name, bold=True, note=technology.label),
                Cell(
                    text=framework.route.stage_name(technology.stage),
                    note=f"Since {day(technology.stage_since)}",
                ),
                status_and_standing_cell(reading),
                Cell(text=owner),
                Cell(
                    text=due.words if due else "Nothing has a date",
                    tone=Tone.BAD if due and due.overdue else Tone.PLAIN,
                ),
            )
        )
    yield Table(
        caption="Highlights",
        summary="Each technology with its stage, status, owner and what is due next.",
        header=("Technology", "Stage", "Status", "Owner", "Next"),
        widths=(6, 5, 6, 4, 5),
        rows=tuple(rows),
    )


def risk_acceptance(occasion: Occasion, _: Part) -> Iterator[Block]:
    """The risks that are left of each technology, for the risk owner to accept or refuse."""
    rows = []
    for item in occasion.items:
        risks, tone = _risks(item, occasion.as_at)
        held = [each for each in item.technology.evidence if each.document == SECURITY]
        security = f"{held[-1].id}, {day(held[-1].dated)}" if held else "Not held"
        rows.append(
            (
                Cell(text=item.technology.name, bold=True, note=item.technology.label),
                Cell(text=risks, tone=tone),
                Cell(text=security, tone=Tone.PLAIN if held else Tone.CARE),
                Cell(text="", note="Accept / with conditions / defer / refuse"),
                Cell(text="", note="Name, day, until"),
            )
        )
    yield Table(
        caption="Risks left, and their acceptance",
        summary="Each technology with the risks that are left, whether information security "
        "accepted it, and room for the board's decision.",
        header=("Technology", "Risks left", "Security", "Decision", "Accepted by"),
        widths=(5, 8, 4, 5, 5),
        rows=tuple(rows),
    )
    yield Paragraph(
        runs=runs(
            "A red line is not a risk that anybody may accept here: a technology with one that is "
            "crossed or not cleared cannot be approved."
        ),
        small=True,
    )


def _risks(item: Item, as_at: date) -> tuple[str, Tone]:
    """The risks in words, gravest first, and how heavily they weigh."""
    checklist, scores = item.reading.checklist, item.reading.scores
    said = []
    crossed = [each.item.id for each in checklist.red_lines if each.line is RedLine.CROSSED]
    uncleared = [each.item.id for each in checklist.red_lines if each.line is RedLine.UNKNOWN]
    blocks = [each.item.id for each in checklist.blockers if not each.is_open and not each.red_line]
    partly = [e.item.id for e in checklist.applicable if e.finding is Finding.CONDITION]
    low = [each.criterion.id for each in scores.gates if each.state is GateState.FAIL]
    overdue = [
        f"{decision.number} no. {each.number}"
        for decision in item.technology.decisions
        if decision.superseded_by is None
        for each in decision.overdue_conditions(as_at)
    ]
    for ids, words in (
        (crossed, "red line crossed"),
        (uncleared, "red line not cleared"),
        (blocks, "blocks"),
        (low, "below its minimum"),
        (overdue, "condition overdue"),
        (partly, "to become conditions"),
    ):
        if ids:
            named = listed(ids) if len(ids) <= 6 else f"{len(ids)} items"
            said.append(f"{words.capitalize()}: {named}.")
    if not said:
        return "None that the register knows of.", Tone.GOOD
    heavy = Tone.CARE if uncleared or blocks else Tone.PLAIN
    return "\n".join(said), Tone.BAD if crossed else heavy


def changes(occasion: Occasion, _: Part) -> Iterator[Block]:
    """What changed since the register stood as it did then."""
    since = occasion.since
    if since is None:
        yield Paragraph(runs=runs("The register knows of no earlier meeting of this body."))
        return
    register = occasion.register
    whole = register.original if isinstance(register, Public) else register
    when, shown = day(since.today), []
    for item in occasion.items:
        found = technology_diff(since, whole, item.technology.id)
        if found is not None and (words := _told(found)):
            shown.append((item, words))
    if not shown:
        yield Paragraph(runs=runs(f"Nothing has changed since {when}."))
        return
    yield Table(
        caption=f"Changes since {when}",
        summary="Each technology that changed, with what changed and how it stands now.",
        header=("Technology", "What changed", "Now"),
        widths=(5, 9, 5),
        rows=tuple(
            (
                Cell(text=item.technology.name, bold=True, note=item.technology.label),
                Cell(text="\n".join(words)),
                Cell(
                    text=item.reading.standing.words,
                    tone=standing_tone(item.reading.standing) if item.lapsed else Tone.PLAIN,
                ),
            )
            for item, words in shown
        ),
    )


def _told(found: TechnologyDiff) -> list[str]:
    """What changed that a body is told of. A move says more than the standing that comes of it."""
    moved = any(each.sort == "stage" for each in found.told)
    return [
        each.unquoted
        for each in found.told
        if each.sort in TOLD and not (moved and each.sort == "standing")
    ]
