"""Events that bring others in from elsewhere, and what is settled in doing so.

Two registers that were one and went apart are one again: `CopyTakenIn`, then the events of the
other since, each as it was written, then one `RecordSettled` for each record that both had changed
or that is called otherwise here. What could be saved of a damaged register begins the same way,
with `RegisterRecovered`.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from horizon.model.base import Model
from horizon.model.bringing import Bringing
from horizon.model.event_base import EventData
from horizon.model.scalars import Digest, Text, Words
from horizon.model.technology import Technology


class Disagreement(Model):
    """One thing that two copies say differently: `field` in words, what is kept and what the other
    copy says. Both are as a record holds them, shortened where they are long."""

    field: Words
    kept: Text = ""
    other: Text = ""


class CopyTakenIn(Bringing, EventData):
    """What was recorded in another copy of this register since the two went apart comes in.
    Subject: the register.

    `fork_seq` and `fork` are the last event and the hash of the last line that both have;
    `head_seq` and `head` those with which the other ends. `framework` is the one in force from
    then on; `disagreements` are those about the register itself.
    """

    kind = "copy-taken-in"
    fork_seq: int
    fork: Digest
    head_seq: int
    head: Digest
    framework: Digest
    disagreements: tuple[Disagreement, ...] = ()


class RegisterRecovered(Bringing, EventData):
    """What could be saved of a damaged register behind the damage. Subject: the register.

    `lost` says in words what could not. The data of the events in `emptied` was damaged and is not
    here; who and when is.
    """

    kind = "register-recovered"
    lost: Text = ""
    emptied: tuple[int, ...] = ()


ENTRY_KEYS = {
    "evidence": "id",
    "rounds": "number",
    "decisions": "number",
    "conditions": "number",
    "reopenings": "number",
    "origins": "number",
    "items": "number",
    "attendance": "person",
    "interests": "person",
}
"""Lists of a record whose entries are known by a field of theirs."""


class RecordSettled(EventData):
    """How a technology, a meeting or a person stands after events came in from elsewhere.

    `values` are fields with what they hold now, where that is not what the events alone add up to;
    `entries` says so of single entries of its lists, by the list's name and the entry's key.
    `label` is what it was called there, where that differs; `disagreements` are what both sides had
    changed, and which was kept; `remarks` are for people to look at.
    """

    kind = "record-settled"
    origin: Words
    label: Text = ""
    values: dict[str, Any] = Field(default_factory=dict)
    entries: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)
    disagreements: tuple[Disagreement, ...] = ()
    remarks: tuple[Text, ...] = ()


class EntryKept(EventData):
    """An entry that one side had taken out again, and the other had worked on, stays. `technology`
    is as it was before."""

    kind = "entry-kept"
    technology: Technology
