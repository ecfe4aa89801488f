"""What a paper rests on: the register it was made from, and the framework it was judged by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from horizon.framework.schema import Framework
from horizon.model.wording import day
from horizon.papers.blocks import Block, Cell, KeyValues, Notice
from horizon.papers.items import moment
from horizon.register.reader import Reader


def sources(register: Reader, as_at: date, framework: Framework | None = None) -> Iterator[Block]:
    """The register with its head hash, and the framework with its digest: the one in force unless
    another is given."""
    head, framework = register.state.head, framework or register.framework
    pairs = {
        "Register": head.name,
        "Technologies": str(len(register.state.technologies)),
        "Last event": f"Number {head.paper_seq}, {moment(head.paper_at)}",
        "Judged on": day(as_at),
        "Head hash": head.paper_hash,
        "Framework": f"{framework.title}, version {framework.version}, {day(framework.dated)}",
        "Framework digest": framework.digest,
    }
    yield KeyValues(
        summary="The register and the framework that this paper was made from.",
        pairs=tuple((name, Cell(text=text)) for name, text in pairs.items()),
    )
    if not framework.is_adopted:
        yield Notice(
            title=framework.status_line, text=framework.notice or "The force has not adopted it."
        )
