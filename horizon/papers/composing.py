"""What every paper says of the register and of the framework it was made under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from horizon.framework.schema import Framework
from horizon.model.technology import Technology
from horizon.model.words import Marking
from horizon.papers.blocks import Block, Cell, Paper, Purpose
from horizon.papers.items import moment
from horizon.register.inputs import checked
from horizon.register.reader import Reader


def paper_of(
    register: Reader,
    *,
    title: str,
    reference: str,
    body: str,
    meeting_on: date,
    marking: Marking,
    foi: str,
    author: str,
    purpose: Purpose,
    as_at: date,
    technologies: Sequence[Technology],
    blocks: Iterable[Block],
    framework: Framework | None = None,
    template: str = "",
    header: Sequence[tuple[str, Cell]] = (),
) -> Paper:
    """A paper of these blocks. The framework is the one in force unless another is given.

    Raises `BadInput` for words that no paper can hold.
    """
    head, framework = register.state.head, framework or register.framework
    return checked(
        Paper,
        {
            "title": title,
            "reference": reference,
            "body": body,
            "meeting_on": meeting_on,
            "marking": marking,
            "edition": register.edition,
            "template": template,
            "foi": foi,
            "author": author,
            "purpose": purpose,
            "as_at": as_at,
            "data_as_at": moment(head.paper_at),
            "register_name": head.name,
            "head_hash": head.paper_hash,
            "framework_status": framework.status_line,
            "framework_adopted": framework.is_adopted,
            "illustrative": head.illustrative or any(each.illustrative for each in technologies),
            "technologies": tuple(each.id for each in technologies),
            "header": tuple(header),
            "blocks": tuple(blocks),
        },
        where="The paper",
    )
