"""What can be exported from the app, in which formats, and how each is made."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from horizon.judgement.radar_rings import RINGS, SECTORS
from horizon.model.errors import BadInput
from horizon.model.words import Edition, Marking
from horizon.papers.exporting import DataOrder, prepare_register, prepare_star
from horizon.papers.issuing import (
    Ordered,
    Prepared,
    Tell,
    prepare,
    prepare_minutes,
    prepare_record,
)
from horizon.papers.radar_export import RadarOrder, prepare_radar
from horizon.papers.template import MINUTES, Template, find_template, shipped_templates

if TYPE_CHECKING:
    from horizon.judgement.radar_rings import Rings, Sectors
    from horizon.register import Register

Formats = tuple[tuple[str, str], ...]
"""Formats as people call them, each with what a file name ends in; a format that several programs
read differently has the program before it."""

PAPER: Formats = (
    ("Word (.docx)", "docx"),
    ("PDF (.pdf)", "pdf"),
    ("Web page (.html)", "html"),
    ("OpenDocument (.odt)", "odt"),
    ("Markdown (.md)", "md"),
)
REGISTER: Formats = (
    ("Excel workbook (.xlsx)", "xlsx"),
    ("Table of technologies (.csv)", "csv"),
    ("All of it as data (.json)", "json"),
    ("All of it, line by line (.jsonl)", "jsonl"),
)
STAR: Formats = (("Folder of tables (.csv)", "folder"), ("The same in one file (.zip)", "zip"))
RADAR: Formats = (
    ("Drawing (.svg)", "svg"),
    ("Picture (.png)", "png"),
    ("For Build Your Own Radar (.csv)", "byor.csv"),
    ("For Build Your Own Radar (.json)", "byor.json"),
    ("For Zalando's radar (.json)", "zalando.json"),
    ("For Backstage (.json)", "backstage.json"),
)
RECORD: Formats = (*PAPER, ("Table (.csv)", "csv"), ("Data (.json)", "json"))

LIGHT: Mapping[str, str] = dict.fromkeys(("docx", "pdf", "html", "odt"), "md") | {"png": "svg"}
"""The format that shows the same content soonest."""

OF_ITSELF: Mapping[str, str] = {
    "agenda": "The agenda, or what the body decides on next",
    "waiting": "What waits for triage",
    "on the route": "All that has not left the route",
    "due": "What is overdue or due within 30 days",
    "all": "All of the register",
}
"""What a paper is about when nothing is named, by its template's scope."""


@dataclass(frozen=True)
class Kind:
    """Something that can be exported. `asks` names the fields that it needs beside those that
    everything has; `of` is the meeting or the decision that it is of."""

    id: str
    name: str
    about: str
    formats: Formats
    asks: frozenset[str] = frozenset()
    template: Template | None = None
    of: str = ""

    @property
    def of_itself(self) -> str:
        """What it is about when nothing is named, in words."""
        if self.of:
            return self.of
        return OF_ITSELF[self.template.called.scope if self.template else "all"]

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Whom it can be for. Only papers have a part that is not public."""
        public = (Edition.INTERNAL, Edition.PUBLIC)
        return (*public, Edition.NON_PUBLIC) if self.formats == PAPER else public


def minutes_of(meeting: str) -> Kind:
    """The minutes of the meeting with that reference."""
    called = find_template(MINUTES, makes="minutes").called
    return Kind(called.id, f"{called.name} of this meeting", called.about, PAPER, of=meeting)


def record_of(number: str) -> Kind:
    """The record of the decision with that number."""
    about = "Who decided what, on which evidence, under which rules, who disagreed"
    return Kind("record", "Record of this decision", about, PAPER, of=number)


def kinds(*, one: bool) -> Sequence[Kind]:
    """What can be exported, papers first; with `one` technology chosen, its public record too."""
    found = [
        Kind(
            each.called.id,
            each.called.name,
            each.called.about,
            PAPER,
            frozenset({"body", "meeting_on", *(["since"] if each.tells_changes else [])}),
            each,
        )
        for each in shipped_templates()
        if each.called.makes == "board papers"
    ]
    found.sort(key=lambda each: each.name)
    if one:
        about = "A draft of the public record (ATRS), and what it lacks"
        found.append(Kind("atrs", "Public record", about, RECORD))
    return [
        *found,
        Kind("register", "Register as data", "Tables, or all of it as data", REGISTER),
        Kind("star", "Tables for a dashboard", "Facts and what they are about (Power BI)", STAR),
        Kind(
            "radar",
            "Technology radar",
            "Where technologies stand, as a picture or for another radar",
            RADAR,
            frozenset({"rings", "sectors", "since"}),
        ),
    ]


@dataclass(frozen=True)
class Choice:
    """What somebody chose to export. `only` are ids of technologies, none for what it is about of
    itself. `body` is an id; the template's holds where it is empty."""

    kind: Kind
    format: str
    path: Path
    edition: Edition = Edition.INTERNAL
    only: tuple[str, ...] = ()
    body: str = ""
    meeting_on: date | None = None
    since: date | None = None
    rings: Rings = RINGS
    sectors: Sectors = SECTORS
    marking: Marking | None = None
    keep_back_unread: bool = False

    @cached_property
    def light(self) -> Choice:
        """The same content in the format that is made soonest, to be looked at."""
        return replace(self, format=LIGHT.get(self.format, self.format)).at(Path("preview"))

    def at(self, path: Path) -> Choice:
        """The same in a file of that name, with the ending that the format has."""
        return replace(self, path=path.with_name(path.name + ending(self.format)))

    def check(self) -> None:
        """Raise `BadInput` where the name of the file does not go with the format."""
        wanted = ending(self.format)
        if wanted and self.path.suffix.lower() != wanted:
            raise BadInput(
                f"path ends in {self.path.suffix or 'nothing'}, and the format in {wanted}",
                do="Change one of the two",
            )

    def prepare(self, register: Register, tell: Tell) -> Prepared:
        """Make it, ready to be handed over. `tell` hears what is being done.

        Raises `BadInput` and `RuleBroken`, as what makes it does.
        """
        if self.kind.template is not None:
            return prepare(
                register,
                self.path,
                body_id=self.body,
                meeting_on=self.meeting_on,
                refs=self.only,
                marking=self.marking,
                since=self.since,
                template=self.kind.template,
                edition=self.edition,
                keep_back_unread=self.keep_back_unread,
                tell=tell,
            )
        if self.kind.of:
            return self._prepare_record(register, tell)
        data = DataOrder(
            marking=self.marking,
            only=self.only,
            edition=self.edition,
            keep_back_unread=self.keep_back_unread,
        )
        match self.kind.id:
            case "register":
                return prepare_register(register, self.path, data, tell)
            case "star":
                return prepare_star(register, self.path, data, tell)
            case "radar":
                form = self.format.rpartition(".")[0] or "byor"
                asked = RadarOrder(self.rings, self.sectors, self.since, form, data)
                return prepare_radar(register, self.path, asked, tell)[0]
            case _:
                from horizon.papers.atrs import prepare_atrs

                (ref,) = self.only
                return prepare_atrs(register, ref, self.path, replace(data, only=()), tell)[0]

    def _prepare_record(self, register: Register, tell: Tell) -> Prepared:
        order: Ordered = {
            "marking": self.marking,
            "edition": self.edition,
            "keep_back_unread": self.keep_back_unread,
        }
        if self.kind.id == MINUTES:
            return prepare_minutes(register, self.path, meeting=self.kind.of, tell=tell, **order)
        return prepare_record(register, self.path, number=self.kind.of, tell=tell, **order)


def file_name(kind: Kind, *, label: str, day: str, edition: str, form: str) -> str:
    """A name for the file: what it is, of what, of which day and for whom."""
    parts = [kind.id, kind.of, label, "" if kind.of else day]
    if edition != Edition.INTERNAL:
        parts.append(edition.replace(" ", "-"))
    return "-".join(filter(None, parts)).replace("/", "-") + ending(form)


def ending(form: str) -> str:
    """What the name of a file in a format ends in; nothing for a folder."""
    return "" if form == "folder" else "." + form.rpartition(".")[2]


@contextlib.contextmanager
def aside(register: Register) -> Iterator[Register]:
    """The same register opened a second time, for work in a thread of its own: nothing of it is
    shared with what is on the screen."""
    own = type(register).open(register.path, acting=register.acting, clock=register.clock)
    try:
        yield own
    finally:
        own.store.close()
