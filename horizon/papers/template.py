"""What a paper contains and what its headings are called: a file that people can edit.

A template is TOML. It names the parts of a paper in their order, each with its heading and its
options; what a part says comes from the register. Words in braces, such as `{body}`, are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from horizon.framework.toml_file import at_line, nearest, read_toml
from horizon.judgement.radar_rings import RINGS, SECTORS, Rings, Sectors
from horizon.model.base import Model, digest
from horizon.model.errors import BadInput
from horizon.model.scalars import Text, Words

FOLDER = Path(__file__).with_name("templates")
STANDARD = "board-paper"
"""The template that board papers are made by unless another is named."""

MINUTES = "minutes"
"""The same for minutes."""

Makes = Literal["board papers", "minutes"]
"""What a template is for: each is made of parts of its own."""

WORDS: Mapping[str, str] = {
    "reference": "the paper's reference",
    "subject": "what the paper is about, in a few words",
    "technologies": "how many technologies it is about: 3 technologies",
    "body": "the body's name",
    "chair": "who chairs the body, where the framework says",
    "meeting": "the day of the meeting, or of the paper where it is for none",
    "purpose": "for decision, or for information",
    "marking": "the security classification",
    "edition": "public or non-public, as the internal edition is",
    "foi": "the Freedom of Information status",
    "author": "who wrote it",
    "register": "the register's name",
    "data_as_at": "the moment of the last thing recorded",
    "as_at": "the day that dates are judged on",
    "since": "the day that changes are told from",
    "framework": "the framework and its status",
}
"""The words in braces that a template may use, and what each stands for."""

_BRACES = re.compile(r"\{([^{}]*)\}")


class Part(Model):
    """What every part of a paper has. Without a heading it follows the part before it."""

    heading: Text = ""
    level: Annotated[int, Field(ge=1, le=3)] = 1


class TextPart(Part):
    """Paragraphs of the template's own."""

    part: Literal["text"]
    text: tuple[Words, ...] = ()
    numbered: bool = False


class ToComplete(Part):
    """Something that only the author can write, said as a reminder."""

    part: Literal["to complete"]
    text: Words
    numbered: bool = True


class Recommendations(Part):
    """What the body is asked, lettered."""

    part: Literal["recommendations"]
    lead: Words = "The {body} is asked to:"


class Topic(Model):
    """One implication. `documents` are kinds of document (route.toml) that speak to it."""

    name: Words
    documents: tuple[Words, ...] = ()
    objectives: bool = False
    text: Text = ""


class Implications(Part):
    """Topics, each with the documents that the register holds on it."""

    part: Literal["implications"]
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]


Shown = Literal[
    "particulars", "gate", "red lines", "checklist", "scores", "bars", "facts", "decisions"
]
ALL_SHOWN: tuple[Shown, ...] = (
    "particulars", "gate", "red lines", "checklist", "scores", "facts", "decisions",
)  # fmt: skip


class Annexes(Part):
    """One annex for each technology, on a page of its own, with what `shows` names."""

    part: Literal["annexes"]
    shows: tuple[Shown, ...] = ALL_SHOWN


class RadarPart(Part):
    """The technology radar, with the names of its numbers unless `legend` says otherwise."""

    part: Literal["radar"]
    rings: Rings = RINGS
    sectors: Sectors = SECTORS
    legend: bool = True


class Contact(Part):
    """Whom to ask."""

    part: Literal["contact"]
    lines: tuple[Words, ...] = ("{author}",)


class Plain(Part):
    """A part without options of its own."""

    part: Literal[
        "heading", "summary", "overdue notice", "question", "technologies", "status words",
        "conditions due", "sources", "sheets", "triage list", "highlights", "risk acceptance",
        "options", "decisions", "conditions", "changes", "appendices", "background papers",
        "stages", "timeline", "objective 4",
    ]  # fmt: skip


class OfMeeting(Part):
    """A part of minutes. `actions` apart, none can be left out: they are a record."""

    part: Literal[
        "meeting", "attendance", "quorum", "interests", "previous minutes", "between meetings",
        "items", "actions",
    ]  # fmt: skip


OF_MEETING: tuple[str, ...] = get_args(OfMeeting.model_fields["part"].annotation)
IN_BOTH = ("heading", "text", "to complete", "contact", "sources")
"""Parts that minutes may have as other papers do."""

RECORDED = (*(each for each in OF_MEETING if each != "actions"), "sources")
"""What all minutes hold, so that no dissent, interest or missing quorum is left out of them."""

Section = Annotated[
    Plain
    | TextPart
    | ToComplete
    | Recommendations
    | Implications
    | Annexes
    | RadarPart
    | Contact
    | OfMeeting,
    Field(discriminator="part"),
]

Scope = Literal["agenda", "waiting", "on the route", "due", "all"]
"""Which technologies a paper is about when none are named: those on the body's agenda, or that it
decides on next, those that wait for triage, all that have not left the route, all that have
something overdue or due within 30 days, or all."""


class Row(Model):
    """A row of the title block."""

    name: Words
    says: Text = ""


class Called(Model):
    """What a template is called, and what a paper made by it is like.

    `makes` says whether it is for minutes; those are about a meeting, so they take no `body`,
    `purpose` or `scope`. `body` is the id of the body it is for, unless another is asked for.
    `title` may hold words in braces. `scope` says which technologies it is about.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Words
    version: Words
    dated: date
    about: Words
    makes: Makes = "board papers"
    body: Text = ""
    purpose: Literal["for decision", "for information"] = "for decision"
    title: Words = "{subject}"
    scope: Scope = "agenda"


class Content(Model):
    """The whole file. Without `header` the title block is the usual one."""

    template: Called
    header: tuple[Row, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Template:
    """A template, with the text it was read from, so that what is wrong later has a line too."""

    content: Content
    text: str
    where: str

    @property
    def called(self) -> Called:
        return self.content.template

    @property
    def tells_changes(self) -> bool:
        """Whether it has a part that looks at how the register stood before."""
        return any(each.part == "changes" for each in self.content.sections)

    def says(self, word: str) -> bool:
        """Whether it uses a word in braces."""
        return f"{{{word}}}" in self.text

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of its content."""
        return digest(self.content.model_dump(mode="json"))

    @property
    def named(self) -> str:
        """What a paper says that it was made by: `board-paper 1 (3f8a3f8a3f8a)`."""
        return f"{self.called.id} {self.called.version} ({self.digest[:12]})"

    def refuse(self, place: list[str | int], what: str, do: str = "") -> BadInput:
        """What is wrong at a place of the file, with its line."""
        return BadInput(what, where=at_line(self.text, place, self.where), do=do)


def shipped_templates() -> Iterator[Template]:
    """The templates that come with Horizon, by name of file."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield read_template(path.read_text(encoding="utf-8"), where=path.name)


def find_template(named: str, makes: Makes | None = None) -> Template:
    """The template of that id, or in that file; if `makes` is given, one for that.

    Raises `BadInput` when there is none, and for a file with a mistake in it, by line."""
    found = _find(named)
    if makes is not None and found.called.makes != makes:
        command = "minutes" if makes == "board papers" else "paper"
        raise BadInput(
            f"This template is for {found.called.makes}, not for {makes}",
            where=named,
            do=f"Use it with: horizon export {command} --template {named}",
        )
    return found


def _find(named: str) -> Template:
    shipped = FOLDER / f"{named}.toml"
    if re.fullmatch(r"[a-z0-9-]+", named) and shipped.is_file():
        return read_template(shipped.read_text(encoding="utf-8"), where=shipped.name)
    path = Path(named)
    if not path.suffix and not path.exists():
        known = [each.stem for each in sorted(FOLDER.glob("*.toml"))]
        raise BadInput(f"There is no template {named!r}", do=nearest(named, known))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        why = error.strerror or str(error)
        do = "See which there are with: horizon papers list"
        raise BadInput("The template cannot be read", where=named, why=why, do=do) from None
    except UnicodeDecodeError:
        raise BadInput("This is not UTF-8 text", where=named, do="Save it as UTF-8") from None
    return read_template(text, where=named)


def read_template(text: str, *, where: str) -> Template:
    """A template from the text of its file. Raises `BadInput` for the first mistake, by line."""
    template = Template(read_toml(text, Content, where=where), text, where)
    _check_words(template)
    _check_levels(template)
    _check_parts(template)
    return template


def _check_words(template: Template) -> None:
    for place, said in _texts(template.content.model_dump(mode="json"), []):
        for word in _BRACES.findall(said):
            if word not in WORDS:
                do = nearest(word, [*WORDS])
                raise template.refuse(place, f"there is no word {{{word}}} to fill in", do)


def _check_levels(template: Template) -> None:
    level = 0
    for at, section in enumerate(template.content.sections):
        if section.heading:
            if section.level > level + 1:
                raise template.refuse(
                    ["sections", at, "level"],
                    f"the heading {section.heading!r} is of level {section.level} and the one "
                    f"before it of level {level}",
                    "Use a level that is one deeper at most",
                )
            level = section.level


def _check_parts(template: Template) -> None:
    called, sections = template.called, template.content.sections
    minutes = called.makes == "minutes"
    for at, section in enumerate(sections):
        of_meeting = section.part in OF_MEETING
        if of_meeting is not minutes and not (minutes and section.part in IN_BOTH):
            raise template.refuse(
                ["sections", at, "part"],
                f"{called.makes} have no part {section.part!r}",
                "See the parts with: horizon papers parts",
            )
    if not minutes:
        return
    for name in ("body", "purpose", "scope"):
        if name in called.model_fields_set:
            raise template.refuse(
                ["template", name], f"minutes take no {name}: their meeting has it", "Delete it"
            )
    parts: list[str] = [each.part for each in sections]
    for name in RECORDED:
        if parts.count(name) != 1:
            raise template.refuse(
                ["sections"],
                f"minutes hold the part {name!r} once, and here it is {parts.count(name)} times",
                "Nothing can be left out of a record, but headings and order are yours",
            )


def _texts(value: object, place: list[str | int]) -> Iterator[tuple[list[str | int], str]]:
    match value:
        case str():
            yield place, value
        case dict():
            for key, each in value.items():
                yield from _texts(each, [*place, key])
        case list():
            for at, each in enumerate(value):
                yield from _texts(each, [*place, at])


def filled(text: str, words: Mapping[str, str]) -> str:
    """`text` with each word in braces filled in. What is filled in is never read again."""
    return _BRACES.sub(lambda found: words.get(found[1], found[0]), text)
