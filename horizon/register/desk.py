"""Where a command is worked out: the state it sees, and the events it drafts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import BaseModel

from horizon.model.base import new_id, timestamp
from horizon.model.envelope import Draft
from horizon.model.errors import BadInput
from horizon.model.scalars import LONGEST
from horizon.model.wording import day

if TYPE_CHECKING:
    from horizon.framework.schema import Framework
    from horizon.model.decision import Decision
    from horizon.model.envelope import AnyDraft
    from horizon.model.event_base import EventData
    from horizon.model.events import PersonNamed
    from horizon.model.meeting import Meeting
    from horizon.model.state import ImportKept, State
    from horizon.model.technology import Technology


def decision_of(technology: Technology, number: str) -> Decision:
    """The decision with this number. Raises `BadInput` where the technology has none."""
    found = technology.decision(number)
    if found is None:
        raise BadInput(f"{technology.label} has no decision {number!r}")
    return found


class Desk:
    """One command in the making.

    `by` is the id of the person acting, drafted as a new person when the register does not know
    the name yet. Nothing is written until the register appends `drafts`, and people named only in
    passing do not make a change by themselves (`has_news`).
    """

    def __init__(
        self, state: State, framework: Framework, *, moment: datetime, acting: str
    ) -> None:
        self.state = state
        self.framework = framework
        self.today = local_day(moment)
        self.at = timestamp(moment)
        self.drafts: list[AnyDraft] = []
        self._drafted: Counter[str] = Counter()
        self._named: dict[str, str] = {}
        self._in_passing: set[str] = set()
        self.by = self.person(acting)

    @property
    def has_news(self) -> bool:
        """Whether something was drafted beside the names of people met on the way."""
        return any(each.subject not in self._in_passing for each in self.drafts)

    def draft(self, subject: str, data: EventData) -> None:
        """Add one event about `subject` to the commit.

        Raises `BadInput` for a text that is too long to keep.
        """
        _refuse_too_long(data)
        self._drafted[subject] += 1
        revision = self.state.revision_of(subject) + self._drafted[subject]
        self.drafts.append(Draft(subject=subject, revision=revision, data=data))

    def begin_again(self) -> None:
        """Forget what was drafted so far."""
        self.drafts.clear()
        self._drafted.clear()

    def happened(self, on: date, said: str) -> None:
        """Refuse a day that has not come yet; `said` begins the sentence, as `A sighting cannot be
        dated`. Raises `BadInput`."""
        if on > self.today:
            raise BadInput(
                f"{said} {day(on)}, which is in the future",
                do=f"Use {day(self.today)} or an earlier date",
            )

    def person(self, name: str) -> str:
        """The id of the person of this name, drafting a new person when nobody has it."""
        spoken = " ".join(name.split())
        if not spoken:
            raise BadInput("A person's name is empty", do="Give the name as people know it")
        if spoken in self.state.people:
            return spoken
        key = spoken.casefold()
        if key in self._named:
            return self._named[key]
        found = person_id(self.state, spoken)
        if found is None:
            found = new_id("p")
            self._in_passing.add(found)
            from horizon.model.events import PersonNamed

            self.draft(found, PersonNamed(name=spoken))
        self._named[key] = found
        return found

    def set_person(self, person: str, named: PersonNamed) -> None:
        """Draft what is now known of a person, in place of a name drafted in passing."""
        if person in self._in_passing:
            self._in_passing.discard(person)
            self.drafts = [each for each in self.drafts if each.subject != person]
            del self._drafted[person]
        self.draft(person, named)

    @cached_property
    def known_names(self) -> dict[str, tuple[str, str]]:
        """Every name and alias in the register, plain, with the label it belongs to and as it is
        written."""
        return {
            plain_name(name): (header.label, name)
            for header in self.state.technologies.headers()
            for name in (header.name, *header.aliases)
        }

    def name_of(self, person: str) -> str:
        """The name of a person by id, also of one named just now."""
        from horizon.model.events import PersonNamed

        for each in self.drafts:
            if each.subject == person and isinstance(each.data, PersonNamed):
                return each.data.name
        return self.state.person_name(person)

    def meeting(self, ref: str) -> Meeting:
        """The meeting that `ref` names."""
        return self.state.meetings[resolve_meeting(self.state, ref)]

    def technology(self, ref: str) -> Technology:
        """The technology that `ref` names."""
        return self.state.technologies[resolve(self.state, ref)]


def plain_name(name: str) -> str:
    """A name without what people spell differently: case, spaces, hyphens, dots."""
    return "".join(each for each in name.casefold() if each.isalnum()) or name.strip()


def local_day(moment: datetime) -> date:
    """The calendar day of `moment` where the register is kept: dates of decisions are local."""
    return moment.astimezone().date()


def written_on(at: str) -> date:
    """The calendar day of a time stamp of the journal, where the register is kept."""
    return local_day(datetime.fromisoformat(at.replace("Z", "+00:00")))


def person_id(state: State, name: str) -> str | None:
    """The id of the person of this name, upper and lower case alike, or `None`."""
    key = " ".join(name.split()).casefold()
    for person in state.people.values():
        if not person.erased and person.name.casefold() == key:
            return person.id
    return None


_LABEL = re.compile(r"^t?-?0*([0-9]{1,9})$", re.IGNORECASE)


def is_label(text: str) -> bool:
    """Whether a text is written as a technology's label: `T-0042`, `t42`, `42`."""
    return _LABEL.match(text.strip()) is not None


def named(state: State, ref: str) -> list[str]:
    """The ids of what `ref` names: an id, a label (`T-0042`, `42`) or a name, which several
    technologies may have."""
    wanted = ref.strip()
    if wanted in state.technologies:
        return [wanted]
    headers = state.technologies.headers()
    if match := _LABEL.match(wanted):
        label = f"T-{int(match[1]):04d}"
        for header in headers:
            if header.label == label:
                return [header.id]
    key = wanted.casefold()
    found = [e for e in headers if key in (name.casefold() for name in (e.name, *e.aliases))]
    held = {each.id for each in found}
    return [each.id for each in found if each.superseded_by not in held]  # merged into a namesake


def resolve(state: State, ref: str) -> str:
    """The id of the technology that `ref` names: an id, a label (`T-0042`, `42`) or its name.

    Raises `BadInput` when nothing or more than one thing has the name; it lists what is near.
    """
    wanted, found = ref.strip(), named(state, ref)
    if len(found) == 1:
        return found[0]
    if found:
        labels = ", ".join(state.technologies.header(each).label for each in found)
        raise BadInput(f"{wanted!r} is the name of {labels}", do="Say which by its label")
    raise BadInput(f"There is no technology {wanted!r} in the register", do=_near(state, wanted))


def find_meeting(state: State, ref: str) -> str | None:
    """The id of the meeting that `ref` names: an id or a reference (`AISG/2026-12-08`)."""
    wanted = " ".join(ref.split()).replace(" ", "/")
    if wanted in state.meetings:
        return wanted
    refs = {each.ref.casefold(): key for key, each in state.meetings.items()}
    return refs.get(wanted.casefold())


def resolve_meeting(state: State, ref: str) -> str:
    """The id of the meeting that `ref` names.

    Raises `BadInput` when there is none; it lists the newest of the same body.
    """
    found = find_meeting(state, ref)
    if found is not None:
        return found
    body = ref.strip().replace(" ", "/").partition("/")[0].casefold()
    refs_there = (each.ref for each in state.meetings.values())
    near = sorted(each for each in refs_there if each.casefold().startswith(body))
    do = "Call one with: horizon meeting call"
    if state.meetings:
        do = "See them with: horizon meeting list"
    if near:
        do = f"Use one of: {', '.join(near[-5:])}"
    raise BadInput(f"There is no meeting {ref!r} in the register", do=do)


def find_import(state: State, ref: str) -> ImportKept:
    """The import that `ref` names: its id, or its number, counted from 1. Raises `BadInput`."""
    for number, each in enumerate(state.head.imports, start=1):
        if ref.strip() in (each.id, str(number)):
            return each
    raise BadInput(f"There is no import {ref!r}", do="See them with: horizon imports list")


def _near(state: State, wanted: str) -> str:
    from rapidfuzz import process, utils

    names = {each.id: each.name for each in state.technologies.headers()}
    near = process.extract(wanted, names, processor=utils.default_process, limit=3, score_cutoff=70)
    if not near:
        return "Look it up with: horizon list"
    shown = ", ".join(f"{state.technologies.header(key).label} {name}" for name, _, key in near)
    return f"Did you mean {shown}?"


def _refuse_too_long(value: object) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise BadInput(
                f"A text of {len(value):,} characters is too long to keep",
                do=f"Use at most {LONGEST:,}, and attach the rest as evidence",
            )
    elif isinstance(value, BaseModel):
        for each in value.__dict__.values():
            _refuse_too_long(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            _refuse_too_long(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _refuse_too_long(each)
