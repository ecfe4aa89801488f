"""What every paper says of the register and of the framework it was made under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict, Unpack

from horizon.framework.schema import Framework
from horizon.model.technology import Technology
from horizon.model.wording import count, day
from horizon.model.words import Edition, Marking
from horizon.papers.blocks import Block, Cell, Paper, Purpose
from horizon.papers.items import moment
from horizon.papers.template import Template, filled
from horizon.register.inputs import checked
from horizon.register.reader import Reader


class Common(TypedDict):
    """What is printed on every paper, and what a template may say in words in braces."""

    reference: str
    meeting_on: date | None
    marking: Marking
    foi: str
    author: str
    purpose: Purpose
    as_at: date


def words_of(
    register: Reader,
    *,
    subject: str,
    body: str,
    chair: str,
    technologies: int,
    since: Reader | None = None,
    framework: Framework | None = None,
    **common: Unpack[Common],
) -> Mapping[str, str]:
    """What the words in braces of a template stand for: `template.WORDS`."""
    head = register.state.head
    return {
        "reference": common["reference"],
        "subject": subject,
        "technologies": count(technologies, "technology", "technologies"),
        "body": body,
        "chair": chair or "the chair",
        "meeting": day(common["meeting_on"] or common["as_at"]),
        "purpose": common["purpose"].capitalize(),
        "marking": common["marking"].value,
        "edition": "Public" if register.edition is Edition.PUBLIC else "Non-public",
        "foi": common["foi"],
        "author": common["author"],
        "register": head.name,
        "data_as_at": moment(head.paper_at),
        "as_at": day(common["as_at"]),
        "since": day(since.today) if since else "the last meeting",
        "framework": (framework or register.framework).status_line,
    }


def header_of(template: Template, words: Mapping[str, str]) -> tuple[tuple[str, Cell], ...]:
    """The rows of the title block that a template has of its own."""
    return tuple(
        (filled(each.name, words), Cell(text=filled(each.says, words) or "To be completed"))
        for each in template.content.header
    )


def paper_of(
    register: Reader,
    *,
    title: str,
    body: str,
    technologies: Sequence[Technology],
    blocks: Iterable[Block],
    framework: Framework | None = None,
    template: str = "",
    header: Sequence[tuple[str, Cell]] = (),
    **common: Unpack[Common],
) -> Paper:
    """A paper of these blocks. The framework is the one in force unless another is given.

    Raises `BadInput` for words that no paper can hold.
    """
    head, framework = register.state.head, framework or register.framework
    return checked(
        Paper,
        {
            **common,
            "title": title,
            "body": body,
            "edition": register.edition,
            "template": template,
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
