"""One line of the journal: how it is written, and whether it follows from the line before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from pydantic import ValidationError

from horizon.model.base import canonical, new_id
from horizon.model.envelope import (
    GENESIS,
    AnyDraft,
    Brought,
    Commit,
    Event,
    commit_hash,
    data_digest,
    new_salt,
)
from horizon.model.errors import BadInput, StoreFault

Finding = tuple[int | None, str]
"""What is wrong with a line: the event it is about, if any, and words that follow "Line 12"."""

FIRST = "register-created"
"""The kind of event that begins a register."""

CARRIED = frozenset({"technology-carried", "meeting-carried"})
"""Kinds of event that bring a record with the revisions it had elsewhere."""

_HIDEABLE = ("salt", "data")
_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Examined:
    """A line with what was found wrong with it. `commit` is `None` where it cannot be read.

    `hashes` are the hash it states and the one its content gives: two where it was changed.
    """

    commit: Commit | None
    findings: list[Finding]
    hashes: frozenset[str] = frozenset()

    @property
    def last(self) -> int | None:
        """The last event of the line, where it can be told."""
        return self.commit.events[-1].seq if self.commit else None


@dataclass(slots=True)
class Chain:
    """Where the journal stands after the lines taken so far.

    `hashes` holds the hash the next line must name; it is empty where the last line cannot tell.
    `revisions` counts the events of each subject met so far.
    """

    seq: int | None = 0
    hashes: frozenset[str] = frozenset({GENESIS})
    revisions: dict[str, int] = field(default_factory=dict)

    def examine(self, raw: bytes, *, strict: bool = False) -> Examined:
        """Read a line (without its newline) and check it on its own and against the last one.

        `strict` also asks for the exact spelling that Horizon writes.
        """
        examined = read_line(raw, strict=strict)
        commit = examined.commit
        if commit is None:
            return examined
        first = commit.events[0].seq
        if self.hashes and commit.prev not in self.hashes:
            examined.findings.append(
                (
                    first,
                    "does not follow from the line before it: a line was removed, added or moved, "
                    "or two histories were mixed",
                )
            )
        if self.seq is not None and first != self.seq + 1:
            examined.findings.append((first, _misplaced(first, self.seq)))
        if not examined.findings:  # else a count that is out of step says nothing new
            examined.findings += self.miscounts(commit)
        if first == 1 and commit.events[0].kind != FIRST:
            examined.findings.append((1, "does not begin a register, as the first line must"))
        return examined

    def miscounts(self, commit: Commit) -> list[Finding]:
        """Events whose revision is not one more than the last one known of their subject."""
        seen: dict[str, int] = {}
        findings: list[Finding] = []
        for event in commit.events:
            before = seen.get(event.subject, self.revisions.get(event.subject))
            carried = event.kind in CARRIED
            if before is not None and not carried and event.revision != before + 1:
                findings.append(
                    (
                        event.seq,
                        f"says that event {event.seq} is revision {event.revision} of "
                        f"{event.subject}, which stood at revision {before}",
                    )
                )
            seen[event.subject] = event.revision
        return findings

    def advance(self, commit: Commit | None, hashes: frozenset[str]) -> None:
        """Go on behind a line, whatever was found; `hashes` are those the next may name."""
        self.seq, self.hashes = None, hashes
        if commit is not None:
            self.seq = commit.events[-1].seq
            for event in commit.events:
                self.revisions[event.subject] = event.revision


def checked(lines: Iterable[bytes]) -> Iterator[tuple[bytes, Commit]]:
    """The same lines with what they say, each looked at first. Raises `StoreFault` before one that
    does not add up."""
    chain = Chain()
    for number, raw in enumerate(lines, start=1):
        examined = chain.examine(raw, strict=True)
        if examined.commit is None or examined.findings:
            raise StoreFault(f"Line {number} {examined.findings[0][1]}. Nothing was done.")
        chain.advance(examined.commit, examined.hashes)
        yield raw, examined.commit


def _misplaced(first: int, last: int) -> str:
    if first <= last:
        return f"begins with event {first}, although event {last} came before it"
    if first == last + 2:
        return f"begins with event {first}: event {last + 1} is missing"
    return f"begins with event {first}: events {last + 1} to {first - 1} are missing"


class _Parts(msgspec.Struct):
    """A line with every value of its events as it is spelled there."""

    prev: str
    hash: str
    events: list[dict[str, msgspec.Raw]]


_parts = msgspec.json.Decoder(_Parts)


def read_line(raw: bytes, *, strict: bool = False) -> Examined:
    """Read one line on its own: its form, its hash, and the digest of every event's data."""
    content = raw.removeprefix(_BOM)
    try:
        parts = _parts.decode(content)
        commit = Commit.model_validate_json(content, strict=True)
    except msgspec.ValidationError as error:
        return Examined(None, [(None, f"does not have the form of a journal line: {error}")])
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        what = f"does not have the form of a journal line: {error.errors()[0]['msg']} at {where}"
        return Examined(None, [(None, what)])
    except (ValueError, RecursionError, msgspec.MsgspecError):
        return Examined(None, [(None, "cannot be read: it was changed, cut or joined to another")])
    if not commit.events:
        return Examined(None, [(None, "holds no event")])
    findings: list[Finding] = []
    first = commit.events[0].seq
    if strict and not _is_canonical(raw):
        what = "is not spelled as Horizon writes it: it was edited or its line end converted"
        findings.append((None, what))
    made = _hash(commit.prev, parts)
    if made != commit.hash:
        made = commit_hash(commit.prev, [event.sealed_part() for event in commit.events])
    if made != commit.hash:
        findings.append((first, "was changed: what it says does not fit its hash"))
    for place, (event, part) in enumerate(zip(commit.events, parts.events, strict=True)):
        findings += _data_findings(event, part)
        if event.seq != first + place:
            findings.append((event.seq, "does not count its events one by one"))
    return Examined(commit, findings, hashes=frozenset({commit.hash, made}))


def _is_canonical(raw: bytes) -> bool:
    try:
        return canonical(json.loads(raw)) == raw
    except (ValueError, RecursionError):
        return False


def _hash(prev: str, parts: _Parts) -> str:
    """The line's hash, if its values are spelled as Horizon spells them."""
    sealed = [
        {key: value for key, value in event.items() if key not in _HIDEABLE}
        for event in parts.events
    ]
    return hashlib.sha256(prev.encode("utf-8") + _spell(sealed)).hexdigest()


def _data_findings(event: Event, part: dict[str, msgspec.Raw]) -> list[Finding]:
    seq, salt, data = event.seq, event.salt, event.data
    if salt is None and data is None:
        return []
    if salt is None or data is None:
        return [(seq, f"was changed: event {seq} has lost its salt or its data")]
    spelled = hashlib.sha256(salt.encode("utf-8", "replace") + bytes(part["data"])).hexdigest()
    if spelled != event.digest and not _fits(salt, data, event.digest):
        return [(seq, f"was changed: the data of event {seq} does not fit its digest")]
    return []


def _fits(salt: str, data: dict[str, Any], digest: str) -> bool:
    try:
        return data_digest(salt, data) == digest
    except ValueError:
        return False


def compose(
    drafts: Sequence[AnyDraft], *, by: str, at: str, after: int, prev: str
) -> tuple[bytes, Commit]:
    """The line (without its newline) for new events after event `after`, chained to `prev`.

    The commit is read from the line, so that what the register folds is what the file holds.
    Raises `BadInput` for text that no file can hold.
    """
    try:
        sealed, events = [], []
        for seq, draft in enumerate(drafts, start=after + 1):
            hideable, envelope = _event(draft, seq=seq, by=by, at=at)
            sealed.append(envelope)
            events.append({**envelope, **hideable})
        hash = hashlib.sha256(prev.encode("ascii") + _spell(sealed)).hexdigest()
        line = _spell({"prev": prev, "events": events, "hash": hash})
    except UnicodeEncodeError:
        raise BadInput(
            "The text has a character that is only half there and cannot be kept",
            do="Type that part again instead of pasting it",
        ) from None
    return line, Commit.model_validate(msgspec.json.decode(line))


_spell = msgspec.json.Encoder(order="sorted").encode
"""As `canonical`, faster, for what holds no fractions: they alone are spelled differently."""

FREE_FORM = frozenset(
    {"framework-adopted", "details-amended", "change-taken-back", "record-settled"}
)
"""Kinds of event whose data could hold a fraction. All others are typed and hold none."""


def _event(draft: AnyDraft, *, seq: int, by: str, at: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What an erasure can hide, and the envelope that stays."""
    if isinstance(draft, Brought):
        return _brought(draft, seq)
    kind = draft.data.kind
    salt = new_salt()
    data = (canonical if kind in FREE_FORM else _spell)(draft.data.model_dump(mode="json"))
    envelope = {
        "seq": seq,
        "id": new_id("e"),
        "at": at,
        "by": by,
        "kind": kind,
        "subject": draft.subject,
        "revision": draft.revision,
        "digest": hashlib.sha256(salt.encode("ascii") + data).hexdigest(),
    }
    return {"salt": salt, "data": msgspec.Raw(data)}, envelope


def _brought(draft: Brought, seq: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same of an event that was written elsewhere: its own, but for where it stands."""
    event = draft.original
    data = None if event.data is None else msgspec.Raw(canonical(event.data))
    envelope = event.sealed_part() | {"seq": seq, "revision": draft.revision}
    return {"salt": event.salt, "data": data}, envelope


def emptied(raw: bytes, seqs: frozenset[int]) -> tuple[bytes, set[int]]:
    """The line with salt and data of these events emptied, and which of them it held."""
    parsed = json.loads(raw)
    found = set()
    for event in parsed["events"]:
        if event["seq"] in seqs:
            found.add(event["seq"])
            event["salt"] = event["data"] = None
    return (canonical(parsed) if found else raw), found
