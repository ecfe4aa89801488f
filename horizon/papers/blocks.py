"""What a paper is made of, before anybody asks for a format.

Blocks say what something is (a heading, a recommendation, a table), never how it looks: that is
each writer's business. All text is cleaned as it comes in, so that no writer ever meets a control
character, half a surrogate pair or a direction override.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from horizon.model.base import Model, digest
from horizon.model.cleaning import clean
from horizon.model.wording import day
from horizon.model.words import Edition, Marking

_VIEW_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


Plain = Annotated[str, BeforeValidator(_cleaned)]
"""Clean text, possibly empty."""

Said = Annotated[str, StringConstraints(min_length=1), BeforeValidator(_cleaned)]
"""Clean text that says something."""


def _in_one_line(value: Any) -> Any:
    return " ".join(clean(value).split()) if isinstance(value, str) else value


Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=80), BeforeValidator(_in_one_line)
]
"""Clean text short enough for the foot of a page."""


class Tone(StrEnum):
    """How a word weighs. A writer may colour it; the word itself always says the same."""

    PLAIN = "plain"
    GOOD = "good"
    CARE = "care"
    BAD = "bad"


class Run(Model):
    """A stretch of text in one style."""

    text: Plain
    bold: bool = False


Runs = tuple[Run, ...]


def bold(text: str) -> Run:
    """A stretch of bold text."""
    return Run(text=text, bold=True)


def runs(*parts: str | Run) -> Runs:
    """Text and bold stretches, one after the other. Text is never markup."""
    return tuple(Run(text=each) if isinstance(each, str) else each for each in parts)


class Heading(Model):
    """A heading. Level 1 is a part of the paper, 2 a section of it, 3 a topic."""

    type: Literal["heading"] = "heading"
    level: Annotated[int, Field(ge=1, le=3)]
    text: Said


class Paragraph(Model):
    """Running text."""

    type: Literal["paragraph"] = "paragraph"
    runs: Runs
    small: bool = False


class Numbered(Model):
    """A numbered paragraph of the main report. Numbers run through the paper from 1."""

    type: Literal["numbered"] = "numbered"
    number: Annotated[int, Field(ge=1)]
    runs: Runs

    @property
    def introduces(self) -> bool:
        """Whether it must stay with what follows it."""
        return bool(self.runs) and self.runs[-1].text.endswith(":")


class Recommendations(Model):
    """What the body is asked, as one lettered list."""

    type: Literal["recommendations"] = "recommendations"
    lead: Said
    items: Annotated[tuple[Runs, ...], Field(min_length=1)]

    @property
    def lettered(self) -> Iterator[tuple[str, Runs]]:
        """The items with their letters: `a` to `z`, then `aa`, `bb` as word processors count."""
        for at, item in enumerate(self.items):
            yield chr(ord("a") + at % 26) * (at // 26 + 1), item


class Bullets(Model):
    """A list without an order."""

    type: Literal["bullets"] = "bullets"
    items: Annotated[tuple[Runs, ...], Field(min_length=1)]


class Cell(Model):
    """One cell of a table. `note` is a second line in smaller type."""

    text: Plain
    note: Plain = ""
    bold: bool = False
    tone: Tone = Tone.PLAIN

    @property
    def bulk(self) -> int:
        """About how many characters' worth of room it takes; a line end takes a line."""
        said = f"{self.text}\n{self.note}"
        return len(said) + 30 * said.count("\n")


def may_split(bulk: int) -> bool:
    """Whether text of this bulk may go over a page's end, since it may not fit on one page."""
    return bulk > 1500


class Table(Model):
    """A table with a header row that every page repeats.

    `widths` are shares of the line, one for each column; `summary` says in a sentence what the
    table shows, for people who do not see it.
    """

    type: Literal["table"] = "table"
    caption: Said
    summary: Said
    header: Annotated[tuple[Said, ...], Field(min_length=1)]
    widths: tuple[Annotated[int, Field(ge=1)], ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def keeps_together(self) -> bool:
        """Whether it is short enough to stand on one page."""
        bulk = sum(cell.bulk for row in self.rows for cell in row)
        return len(self.rows) <= 8 and not may_split(bulk)

    @model_validator(mode="after")
    def _square(self) -> Table:
        columns = len(self.header)
        if len(self.widths) != columns or any(len(row) != columns for row in self.rows):
            raise ValueError(f"every row of {self.caption!r} needs {columns} cells")
        return self


class KeyValues(Model):
    """Names with what they stand for: a title block, the facts of a technology."""

    type: Literal["key_values"] = "key_values"
    summary: Said
    pairs: Annotated[tuple[tuple[Said, Cell], ...], Field(min_length=1)]

    @property
    def widths(self) -> tuple[int, int]:
        """Shares of the line for names and for what they stand for: long names get more."""
        longest = max(len(name) for name, _ in self.pairs)
        return (2, 3) if longest > 40 else (1, 3)

    @property
    def keeps_together(self) -> bool:
        """Whether it is short enough to stand on one page."""
        return len(self.pairs) <= 16 and not may_split(sum(cell.bulk for _, cell in self.pairs))


class Notice(Model):
    """Something no reader may miss."""

    type: Literal["notice"] = "notice"
    title: Said
    text: Said
    tone: Tone = Tone.CARE


class Figure(Model):
    """A picture drawn by our own code, with what it shows in words.

    `svg` is a whole SVG document without anything outside itself. `alt` says what a reader who
    does not see it needs to know; the facts it shows also stand in a table or in text. `width` is
    its share of the line in per cent.
    """

    type: Literal["figure"] = "figure"
    caption: Said
    alt: Said
    svg: Annotated[str, StringConstraints(pattern=r"^<svg ")]
    width: Annotated[int, Field(ge=10, le=100)] = 100

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in the picture's own units, as its `viewBox` says."""
        found = _VIEW_BOX.search(self.svg)
        assert found is not None, "every picture says its size"
        return float(found[1]), float(found[2])


class PageBreak(Model):
    """What follows starts on a new page."""

    type: Literal["page_break"] = "page_break"


Block = Annotated[
    Heading
    | Paragraph
    | Numbered
    | Recommendations
    | Bullets
    | Table
    | KeyValues
    | Notice
    | Figure
    | PageBreak,
    Field(discriminator="type"),
]

Purpose = Literal["for decision", "for information", "for agreement", "for the record"]


_EDITIONS = {
    Edition.INTERNAL: "",
    Edition.PUBLIC: "Public edition. What is withheld is numbered, with the ground.",
    Edition.NON_PUBLIC: "Non-public part. Not for publication.",
}
"""What the title block says of an edition."""


class Paper(Model):
    """A board paper, whole, in no format yet. It cannot be made without a marking.

    `as_at` is the day the register was judged on: the only clock a writer may use. `data_as_at` is
    the moment of the last event that is not itself the issue of a paper, in words. `head_hash` is
    the hash of the last line of the journal that is not itself the issue of a paper.
    `framework_status` is what the paper says about the framework it was judged by. `edition` is
    whom the paper is for, `template` the name and version of the template it was made by. `header`
    is the title block, where it is not the usual one.
    """

    model_config = ConfigDict(ignored_types=(cached_property,))

    title: Said
    reference: Reference
    body: Said
    meeting_on: date | None
    marking: Marking
    edition: Edition = Edition.INTERNAL
    template: Plain = ""
    foi: Said
    author: Said
    purpose: Purpose
    language: Literal["en-GB"] = "en-GB"
    as_at: date
    data_as_at: Said
    register_name: Said
    head_hash: Said
    framework_status: Said
    framework_adopted: bool = False
    illustrative: bool = False
    technologies: tuple[str, ...] = ()
    header: tuple[tuple[Said, Cell], ...] = ()
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _outlined(self) -> Paper:
        level = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if block.level > level + 1:
                    raise ValueError(f"the heading {block.text!r} skips a level")
                level = block.level
        return self

    @cached_property
    def content_digest(self) -> str:
        """SHA-256 of the canonical JSON of the paper: the same for every format of it."""
        return digest(self.model_dump(mode="json"))

    @property
    def banner(self) -> str:
        """What every page says at its head and its foot: the marking, and whom it is for."""
        match self.edition:
            case Edition.PUBLIC:
                return f"{self.marking} | Public edition"
            case Edition.NON_PUBLIC:
                return f"{self.marking} | Non-public: not for publication"
            case _:
                return self.marking.value

    @property
    def footer(self) -> str:
        """What every page says at its foot, beside its number."""
        return f"{self.reference}  |  Register head {self.head_hash[:12]}"

    @property
    def _for_whom(self) -> tuple[str, Cell]:
        """The meeting that it is for, or only the body."""
        if self.meeting_on is None:
            return "For", Cell(text=self.body)
        return "Meeting", Cell(text=f"{self.body}, {day(self.meeting_on)}")

    @property
    def opening(self) -> tuple[Block, ...]:
        """What every paper begins with, below its title: the title block, then the notices."""
        framework = Tone.PLAIN if self.framework_adopted else Tone.CARE
        block = KeyValues(
            summary="The paper's reference, meeting, marking, author and date.",
            pairs=self.header
            or (
                ("Paper", Cell(text=self.reference)),
                self._for_whom,
                ("Purpose", Cell(text=self.purpose.capitalize(), bold=True)),
                ("Marking", Cell(text=self.marking.value, note=_EDITIONS[self.edition])),
                ("Freedom of Information", Cell(text=self.foi)),
                ("Author", Cell(text=self.author)),
                (
                    "Data as at",
                    Cell(text=self.data_as_at, note=f"Dates judged on {day(self.as_at)}"),
                ),
                ("Framework", Cell(text=self.framework_status, tone=framework)),
            ),
        )
        if not self.illustrative:
            return (block,)
        notice = Notice(
            title="Illustrative",
            text="This paper comes from an example register, made up to show how Horizon works. "
            "Its people, scores and decisions are not real.",
        )
        return (block, notice)
