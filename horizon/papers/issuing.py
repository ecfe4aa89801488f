"""Issuing: a paper or an export made, recorded in the journal, put in its place; all or none."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

from horizon.framework.publication import Publication
from horizon.model.base import digest
from horizon.model.errors import BadInput
from horizon.model.events import PaperIssued
from horizon.model.words import Edition, Marking
from horizon.papers.agenda import body_of, is_called
from horizon.papers.blocks import Paper, Purpose
from horizon.papers.ordering import LETTERS, Order, making
from horizon.papers.parts.texts import REMINDER
from horizon.papers.subjects import BoardPaper, DecisionRecord, Minutes, Subject
from horizon.papers.template import MINUTES, STANDARD, Template, find_template
from horizon.papers.writers import writer_for
from horizon.papers.writers.placing import replacing, replacing_folder
from horizon.register import Register
from horizon.register.as_at import still
from horizon.register.reader import Still
from horizon.register.records import find_decision, seal_of

Made = TypeVar("Made")


class Ordered(TypedDict, total=False):
    """What may be said of any paper that is issued: the fields of an `Order`."""

    author: str | None
    marking: Marking | None
    foi: str
    reference: str
    as_at: date | None
    edition: Edition
    keep_back_unread: bool
    rules: Publication | None


class BoardOrdered(Ordered, total=False):
    """What may be said of a board paper beside: see `prepare`."""

    body_id: str
    meeting_on: date | None
    refs: Sequence[str]
    purpose: Purpose | None
    since: date | None
    template: Template | None


@dataclass(frozen=True, slots=True)
class Left:
    """Something that leaves the register, as its event will say it (`model.events.PaperIssued`).

    `path` is filled in when it has left. `paper` is there for papers and not for data.
    """

    what: str
    reference: str
    marking: Marking
    edition: Edition
    as_at: date
    content_digest: str
    head: str
    format: str
    about: str = ""
    body: str = ""
    meeting_on: date | None = None
    template: str = ""
    technologies: tuple[str, ...] = ()
    path: Path = Path()
    paper: Paper | None = None


Tell = Callable[[str], None]
"""Hears the name of what is being done."""


def quietly(_: str) -> None:
    """Nobody is listening."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file, or a folder of files, that is ready to leave: nothing is written or recorded yet."""

    path: Path
    content: bytes | Mapping[str, bytes]
    leaving: Left


def hand_over(register: Register, prepared: Prepared) -> Left:
    """Put what was prepared in its place, and record that it left.

    Raises `BadInput` for a folder that holds something else, `RuleBroken` when something else has
    left under the same reference since it was prepared, and `StoreFault`; then what was there is as
    it was and nothing is recorded.
    """
    path, content, leaving = prepared.path, prepared.content, prepared.leaving
    if isinstance(content, bytes):
        files: dict[str, str] = {}
        whole = hashlib.sha256(content).hexdigest()
        placed = replacing(path, content)
    else:
        files = {name: hashlib.sha256(each).hexdigest() for name, each in content.items()}
        whole = digest(files)
        placed = replacing_folder(path, content)
    with placed:
        register.record_paper(
            PaperIssued(
                reference=leaving.reference,
                what=leaving.what,
                about=leaving.about,
                body=leaving.body,
                meeting_on=leaving.meeting_on,
                marking=leaving.marking,
                edition=leaving.edition,
                template=leaving.template,
                as_at=leaving.as_at,
                format=leaving.format,
                content_digest=leaving.content_digest,
                file_digest=whole,
                head=leaving.head,
                technologies=leaving.technologies,
                files=files,
            )
        )
    return replace(leaving, path=path)


def reminders(made: Left) -> int:
    """How many places of a paper are left for its author to write."""
    said = made.paper.model_dump_json() if made.paper else ""
    return said.count(REMINDER.strip(": "))


def last_meeting(register: Register, body_id: str, before: date) -> date | None:
    """The day of the body's last meeting before a day, by its meetings in the register, the papers
    that it was sent and the decisions that it took."""
    days = [each.on for each in register.state.meetings.values() if each.body == body_id]
    days += [
        date.fromisoformat(each.meeting_on)
        for each in register.state.head.papers
        if each.what == "paper" and each.body == body_id and each.meeting_on
    ]
    days += [
        decision.decided_on
        for header in register.state.technologies.headers()
        for decision in header.decisions
        if decision.body == body_id
    ]
    return max((each for each in days if each < min(before, register.today)), default=None)


def next_reference(
    register: Register,
    stem: str,
    made: Callable[[str], Made],
    digest_of: Callable[[Made], str],
) -> Made:
    """What `made` gives under the first number behind `stem` that no other content has: the same
    content keeps its reference in every format, other content gets the next number."""
    taken = {each.reference: each.content_digest for each in register.state.head.papers}
    for number in itertools.count(1):
        reference = f"{stem}/{number}"
        found = made(reference)
        if reference not in taken or taken[reference] == digest_of(found):
            return found
    raise AssertionError("unreachable")


def issue(
    register: Register, path: Path, *, tell: Tell = quietly, **ordered: Unpack[BoardOrdered]
) -> Left:
    """Write a board paper to `path` and record that it was issued. `tell` hears what is being done.

    What is asked for is as for `prepare`. Raises as `prepare` and `hand_over` do; then the old file
    is as it was and nothing is recorded.
    """
    return hand_over(register, prepare(register, path, tell=tell, **ordered))


def prepare(
    register: Register,
    path: Path,
    *,
    body_id: str = "",
    meeting_on: date | None = None,
    refs: Sequence[str] = (),
    purpose: Purpose | None = None,
    since: date | None = None,
    template: Template | None = None,
    tell: Tell = quietly,
    **ordered: Unpack[Ordered],
) -> Prepared:
    """A board paper, ready to be put at `path`.

    `meeting_on` is the day of the meeting; without it the paper is for today, and for a meeting
    only if one is called. `refs` name the technologies; without them it is about the body's agenda.
    Its reference is made from the body and the day (`AISG/2026-12-08/1`, with a P for a public
    edition and NP for its non-public part), unless one is ordered: see `Order`.

    `template` says what the paper contains, and for which body unless one is named; `since` is the
    day that changes are told from, else that of the body's meeting before. `tell` hears what is
    being done. Raises `BadInput` and `RuleBroken`.
    """

    def subject(whole: Still) -> BoardPaper:
        chosen = template or find_template(STANDARD)
        body_named = body_id or chosen.called.body
        if not body_named:
            raise BadInput(
                "No body was named", do="Say whose meeting the paper is for, with --body"
            )
        body = body_of(whole, body_named)
        day = meeting_on or whole.today
        before = since
        if before is None and chosen.tells_changes:
            before = last_meeting(register, body.id, day)
        return BoardPaper(
            body=body.id,
            on=day,
            meets=meeting_on is not None or is_called(whole, body.id, day),
            template=chosen,
            abbreviation=body.abbreviation,
            named=tuple({each.id: each for each in map(whole.technology, refs)}.values()),
            purpose=purpose,
            since=still(register, before) if before else None,
        )

    return _prepared(register, path, Order(**ordered), subject, tell)


def issue_minutes(
    register: Register,
    path: Path,
    *,
    meeting: str,
    template: Template | None = None,
    **ordered: Unpack[Ordered],
) -> Left:
    """Write the minutes of a meeting to `path` and record that they were issued.

    What is asked for is as for `prepare_minutes`. Raises as `issue` does.
    """
    prepared = prepare_minutes(register, path, meeting=meeting, template=template, **ordered)
    return hand_over(register, prepared)


def prepare_minutes(
    register: Register,
    path: Path,
    *,
    meeting: str,
    template: Template | None = None,
    tell: Tell = quietly,
    **ordered: Unpack[Ordered],
) -> Prepared:
    """The minutes of a meeting, ready to be put at `path`.

    `meeting` is its reference, and theirs is made from it (`AISG/2026-11-24/minutes/1`).
    `template` is one for minutes. Raises as `prepare` does.
    """
    chosen = template or find_template(MINUTES, makes="minutes")

    def subject(whole: Still) -> Minutes:
        return Minutes.of(whole, meeting, chosen)

    return _prepared(register, path, Order(**ordered), subject, tell)


def issue_record(
    register: Register, path: Path, *, number: str, **ordered: Unpack[Ordered]
) -> Left:
    """Write the whole record of a decision to `path` and record that it was issued.

    What is asked for is as for `prepare_record`. Raises as `issue` does.
    """
    return hand_over(register, prepare_record(register, path, number=number, **ordered))


def prepare_record(
    register: Register,
    path: Path,
    *,
    number: str,
    tell: Tell = quietly,
    **ordered: Unpack[Ordered],
) -> Prepared:
    """The whole record of a decision, ready to be put at `path`.

    Its reference is made from the decision's number (`AISG/2026/004/record/1`). Raises as `prepare`
    does.
    """

    def subject(whole: Still) -> DecisionRecord:
        _, decision = find_decision(whole, number)
        return DecisionRecord(
            about=decision.number,
            body=decision.body,
            meeting_on=decision.decided_on,
            seal=seal_of(register, decision.number),
        )

    return _prepared(register, path, Order(**ordered), subject, tell)


def _prepared(
    register: Register,
    path: Path,
    order: Order,
    about: Callable[[Still], Subject],
    tell: Tell = quietly,
) -> Prepared:
    """The paper that is ordered, on what `about` finds in the register as it stood."""
    writer = writer_for(path)
    tell("Reading the register")
    whole = still(register, order.as_at)
    subject = about(whole)
    tell("Judging and building the paper")
    made = making(whole, subject, order, order.imprint(register))
    if order.reference:
        paper = made(order.reference)
    else:
        stem = f"{subject.stem}{LETTERS[order.edition]}"
        paper = next_reference(register, stem, made, lambda each: each.content_digest)
    leaving = Left(
        what=subject.what,
        about=subject.about,
        reference=paper.reference,
        marking=paper.marking,
        edition=paper.edition,
        as_at=paper.as_at,
        content_digest=paper.content_digest,
        head=paper.head_hash,
        format=path.suffix.lower().lstrip("."),
        body=subject.body,
        meeting_on=subject.meeting_on,
        template=paper.template,
        technologies=paper.technologies,
        paper=paper,
    )
    tell(f"Writing it as {path.suffix.lower()}")
    return Prepared(path, writer(paper), leaving)
