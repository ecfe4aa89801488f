"""Events of what comes in from elsewhere and of what came in twice.

An import is one commit: what it does to each technology (the ordinary events of entering and
amending, and one `RowImported` for each row taken), then `ImportMade`, which is about the register
and says what was imported. Undoing it is one later commit.

A merge is one commit of two events, `TechnologyMerged` about the entry that goes and `MergeTaken`
about the one that stays; its undoing is two more.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from horizon.model.event_base import EventData
from horizon.model.scalars import Digest, TechnologyId, Text, Words
from horizon.model.technology import Details, Origin, Sighting
from horizon.model.triage import Looked, Triage


class ImportMade(EventData):
    """Rows of a file were taken in. Subject: the register. `source` is what the list is called,
    whatever its file; `columns` maps fields to columns, `unused` are the columns that were left;
    `rows` counts rows by outcome."""

    kind = "import-made"
    id: Words
    source: Words
    file: Text
    file_digest: Digest
    format: Text
    columns: dict[str, str]
    unused: tuple[str, ...] = ()
    rows: dict[str, int]


class RowImported(EventData):
    """What a row of a source says now, kept as an origin of the technology.

    `sighting` takes the place of the one that the same origin gave before.
    """

    kind = "row-imported"
    import_id: Words
    number: Annotated[StrictInt, Field(ge=1)]
    source: Words
    key: Text = ""
    place: Text = ""
    fields: dict[str, str]
    leads: bool = True
    sighting: Sighting | None = None


class RowGone(EventData):
    """A newer edition of a source does not list the technology any more."""

    kind = "row-gone"
    import_id: Words
    number: Annotated[StrictInt, Field(ge=1)]
    on: date


class ImportUndone(EventData):
    """An import was undone as a whole. Subject: the register."""

    kind = "import-undone"
    import_id: Words
    reason: Words


class EntryUndone(EventData):
    """The import that entered this technology was undone: it leaves the register, the journal
    keeps it. `label` was its label, which is not given again."""

    kind = "entry-undone"
    import_id: Words
    label: Text = ""


class RowUndone(EventData):
    """What an import changed in a technology is set back to how it was before."""

    kind = "row-undone"
    import_id: Words
    details: Details
    sightings: tuple[Sighting, ...]
    origins: tuple[Origin, ...]


class TechnologyMerged(EventData):
    """This entry turned out to be another one. It leaves the route and keeps all it has."""

    kind = "technology-merged"
    into: TechnologyId
    reason: Words
    stage: Words
    on: date


class MergeTaken(EventData):
    """Another entry turned out to be this one: its names and its label are names of this one."""

    kind = "merge-taken"
    merged: TechnologyId
    aliases: tuple[Words, ...]


class MergeUndone(EventData):
    """A merge was a mistake: this entry stands where it stood before."""

    kind = "merge-undone"
    into: TechnologyId
    reason: Words
    stage: Words
    since: date
    ended_reason: Text = ""


class MergeReleased(EventData):
    """An entry that was merged into this one stands for itself again, with its names."""

    kind = "merge-released"
    merged: TechnologyId
    aliases: tuple[Words, ...]


class MarkedDifferent(EventData):
    """Somebody says that another entry, however alike, is another technology."""

    kind = "marked-different"
    other: TechnologyId
    reason: Text = ""


class DifferenceTakenBack(EventData):
    """Whether the two are different is open again."""

    kind = "difference-taken-back"
    other: TechnologyId


class SignalTriaged(EventData):
    """Somebody took a first look at a signal, or looked again."""

    kind = "signal-triaged"
    looked: Looked


class TriageTakenBack(EventData):
    """The last look is taken back; `before` is the one that counts again, if there was one."""

    kind = "triage-taken-back"
    before: Triage | None = None
