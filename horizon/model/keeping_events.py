"""Events about the register itself: how it begins, what it is kept by, who is in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from horizon.model.event_base import EventData
from horizon.model.formats import CURRENT
from horizon.model.scalars import Text, Words
from horizon.model.technology import Technology


class RegisterCreated(EventData):
    """The first event of every journal. Its envelope's subject is the register's random id;
    `schema_version` is the format that the journal begins in (see `formats`)."""

    kind = "register-created"
    name: Words
    illustrative: bool = False
    schema_version: int = CURRENT
    carried_register: str | None = None
    carried_seq: int | None = None
    carried_head: str | None = None


class FormatRaised(EventData):
    """From here on the journal is in a newer format. Subject: the register. `kept` is the name of
    the copy that was kept of the journal as it was."""

    kind = "format-raised"
    origin: int
    to: int
    kept: Text = ""


class TechnologyCarried(EventData):
    """A technology taken over whole from a register.json whose journal was not beside it."""

    kind = "technology-carried"
    technology: Technology


class HistoryAccepted(EventData):
    """Somebody accepts, with a reason, that the history before this journal is not here."""

    kind = "history-accepted"
    reason: Words


class FrameworkAdopted(EventData):
    """A framework comes into force, kept whole. The envelope's subject is its digest.

    `decided_by` is the body that adopted it, with the day and the reference of its decision, where
    it was one.
    """

    kind = "framework-adopted"
    framework: dict[str, Any]
    reason: Words
    decided_by: Text = ""
    decided_on: date | None = None
    reference: Text = ""


class PersonNamed(EventData):
    """A person is named, or their name, role or e-mail changes. Subject: the person's id."""

    kind = "person-named"
    name: Words
    role: Text = ""
    email: Text = ""
    organisation: Text = ""
    dpo: bool = False
    ties: tuple[Words, ...] = ()
