"""Events about what leaves the register: data that is erased, texts that are released, papers that
are issued."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from horizon.model.base import Model
from horizon.model.event_base import EventData
from horizon.model.scalars import Digest, TechnologyId, Text, Words
from horizon.model.words import Edition, Marking


class LinksKept(Model):
    """Which entries took its place or turned out to be the same."""

    superseded_by: TechnologyId | None = None
    merged_into: TechnologyId | None = None
    merged: tuple[TechnologyId, ...] = ()


class StageKept(Model):
    """Where a technology stands, whatever its erased events said; its `links`, where they spoke of
    other entries."""

    stage: Words
    since: date
    links: LinksKept | None = None


class DataErased(EventData):
    """The data of earlier events was emptied (data-protection rights, a spill).

    What the register still needs of them stays here: `decision_numbers`, so that no number is
    given twice, and the `stages` of the technologies they were about.
    """

    kind = "data-erased"
    events: tuple[int, ...]
    decision_numbers: tuple[str, ...] = ()
    stages: dict[TechnologyId, StageKept] = Field(default_factory=dict)
    reason: Words


class ReleasedText(Model):
    """One typed text as it may be published. An empty `text` keeps it back whole; `ground` says
    why something is left out."""

    original: Digest
    text: Text = ""
    ground: Text = ""


class TextsReleased(EventData):
    """Somebody read typed texts and said how each may stand in a public edition, by its place.
    Subject: the technology or the meeting whose texts they are."""

    kind = "texts-released"
    publication: Digest
    texts: dict[str, ReleasedText]


class PaperIssued(EventData):
    """Something left the register: what it showed, to whom, and the digests of content and file.

    `what` is `paper` for a board paper, `minutes` for those of a meeting, `record` for that of a
    decision, else what was exported (`register`, `star`, `radar`). `about` is the reference of the
    meeting or the number of the decision. `body` and `meeting_on` are those of the meeting that a
    paper is for, or that minutes or a record are of. `template` names the template and its digest.
    `as_at` is the day the register was judged on. `technologies` are those a paper is about; none
    stands for the whole register. `files` are the digests of the files of an export that is more
    than one.
    """

    kind = "paper-issued"
    reference: Words
    what: Words = "paper"
    about: Text = ""
    body: Text = ""
    meeting_on: date | None = None
    marking: Marking
    edition: Edition = Edition.INTERNAL
    template: Text = ""
    as_at: date | None = None
    format: Words
    content_digest: Digest
    file_digest: Digest
    head: str
    technologies: tuple[TechnologyId, ...]
    files: dict[str, Digest] = Field(default_factory=dict)
