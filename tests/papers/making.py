"""Papers made by hand, for the writers to set."""

from __future__ import annotations

from datetime import date
from typing import Any

from horizon.model.words import Marking
from horizon.papers.blocks import (
    Bullets,
    Cell,
    Figure,
    Heading,
    KeyValues,
    Notice,
    Numbered,
    PageBreak,
    Paper,
    Paragraph,
    Recommendations,
    Table,
    Tone,
    bold,
    runs,
)

NAMES = (
    "Fraud report triage",
    "Retrospective facial recognition with a supplier's hosted matching service and watchlist",
    "Redaction of body-worn video",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenerkennung",
)
STATUSES = (
    ("Stop", Tone.BAD),
    ("Held", Tone.CARE),
    ("Below gate", Tone.CARE),
    ("Clear", Tone.GOOD),
)


def fields(**changes: Any) -> dict[str, Any]:
    """Everything a paper needs."""
    whole = {
        "title": "New technology for decision",
        "reference": "AISG/2026-12-08/1",
        "body": "AI Sub-Group",
        "meeting_on": date(2026, 12, 8),
        "marking": Marking.OFFICIAL_SENSITIVE,
        "foi": "Disclosable, subject to review",
        "author": "Farah Example",
        "purpose": "for decision",
        "as_at": date(2026, 11, 24),
        "data_as_at": "20 November 2026 at 09:02 UTC",
        "register_name": "Register of Example Police",
        "head_hash": "3f8a" * 16,
        "framework_status": "Proposed framework, not adopted by the force",
        "illustrative": True,
        "blocks": blocks(),
    }
    return whole | changes


def paper(**changes: Any) -> Paper:
    """A paper with every kind of block, some of it twenty rows long."""
    return Paper(**fields(**changes))


def table(rows: int) -> Table:
    """A table of that many technologies."""
    return Table(
        caption="Technologies at this meeting",
        summary="Each technology with its stage, tier and status.",
        header=("Ref", "Technology", "Stage", "Tier", "Status"),
        widths=(3, 9, 5, 3, 4),
        rows=tuple(
            (
                Cell(text=f"T-{at:04d}"),
                Cell(text=NAMES[at % 4], bold=True, note="Gate G2: ethics, for a trial"),
                Cell(text="Assessing", note="No approval"),
                Cell(text="Standard"),
                Cell(text=STATUSES[at % 4][0], tone=STATUSES[at % 4][1]),
            )
            for at in range(1, rows + 1)
        ),
    )


PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" role="img" '
    'aria-labelledby="t d"><title id="t">Two bars</title><desc id="d">One and two.</desc>'
    '<rect x="0" y="5" width="80" height="20" fill="#1d3557"/>'
    '<rect x="0" y="30" width="160" height="20" fill="#1d3557"/>'
    '<text x="90" y="20" font-family="Liberation Sans, Arial, sans-serif" font-size="12">1</text>'
    "</svg>"
)


def blocks() -> tuple[Any, ...]:
    """Every kind of block."""
    return (
        Heading(level=1, text="Summary"),
        Paragraph(runs=runs("The sub-group is asked about ", bold("20 technologies"), ".")),
        Heading(level=1, text="Recommendations"),
        Recommendations(
            lead="It is recommended that the AI Sub-Group:",
            items=tuple(
                runs(bold("decides"), f" on {name} ({at})") for at, name in enumerate(NAMES * 7, 1)
            ),
        ),
        Heading(level=1, text="Main report"),
        Heading(level=2, text="Background"),
        Numbered(number=1, runs=runs("The register holds 31 technologies.")),
        Numbered(number=2, runs=runs("It was read on 24 November 2026. " * 8)),
        table(20),
        Numbered(number=3, runs=runs("A third paragraph, after a table.")),
        Bullets(items=(runs("One thing"), runs("Another, with ", bold("weight")))),
        Notice(title="Take care", text="One condition is overdue.", tone=Tone.BAD),
        PageBreak(),
        Heading(level=1, text="Annex 1: Fraud report triage"),
        KeyValues(
            summary="What the register says of it.",
            pairs=(
                ("Stage", Cell(text="Assessing")),
                ("Status", Cell(text="Held", tone=Tone.CARE, note="Red line DP1 is not cleared.")),
            ),
        ),
        KeyValues(summary="Another at once.", pairs=(("Owner", Cell(text="Mei Example")),)),
        Heading(level=2, text="Scores"),
        table(3),
        Figure(caption="Two bars", alt="A bar of one and a bar of two.", svg=PICTURE, width=50),
        Paragraph(runs=runs("Small print."), small=True),
    )
