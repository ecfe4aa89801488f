"""Whether a file is as it left the register, and which state of the register it came from."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from horizon.model.base import digest
from horizon.model.envelope import Commit
from horizon.model.errors import BadInput
from horizon.model.state import IssuedPaper
from horizon.model.wording import day
from horizon.papers.items import moment
from horizon.register import Register
from horizon.store.disk import refuse_device

_CLAIMS = {
    "content": re.compile(r"content[-_]digest.{1,40}?([0-9a-f]{64})", re.DOTALL),
    "head": re.compile(r"(?:register-head.{1,40}?|Register head )([0-9a-f]{12,64})", re.DOTALL),
}
"""What a file says of itself, wherever its format has a place for that."""

_JOURNAL = re.compile(rb'\{"events":\[\{')
_SNAPSHOT = re.compile(rb'\{\s*"frameworks": \{')
"""How the two files of a register begin."""

_NOTES = ("docProps/custom.xml", "meta.xml", "export.json")
"""Where zipped formats keep it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in the journal: the line whose hash a paper names. `later` counts the events since
    then that are not themselves the issue of a paper."""

    line: int
    seq: int
    at: str
    later: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of a file. `paper` is the issue that it is, or claims to be; `faults` say what
    is not as it was, one by one; `origin` is where the paper came from, where this register's
    journal has that line."""

    path: Path
    paper: IssuedPaper | None
    faults: tuple[str, ...]
    origin: Origin | None

    @property
    def is_as_issued(self) -> bool:
        return self.paper is not None and not self.faults


def check_file(register: Register, path: Path) -> Checked:
    """What this register knows of a file, or of a folder of files.

    Raises `BadInput` when it cannot be read.
    """
    issued = register.state.head.papers
    if path.is_dir():
        paper, faults = _folder(issued, path)
    else:
        content = _read(path)
        _refuse_register(path, content)
        paper, faults = _file(issued, content, path.suffix.lower().lstrip("."))
    origin = held_at(register, paper.head) if paper is not None else None
    if paper is not None and origin is None:
        faults = (*faults, "the line of the journal that it names is not in this register")
    return Checked(path, paper, faults, origin)


def head_named(by: str) -> str:
    """The head hash that is meant by itself, whole or by its first 12 digits or more, or by the
    paper that has it printed on it. Raises `BadInput` when there is none."""
    if re.fullmatch(r"[0-9a-fA-F]{12,64}", by):
        return by.lower()
    path = Path(by)
    if path.is_dir():  # what an export made: flat tables
        path = path / "export.json"
    if not path.exists():
        raise BadInput(
            "This is neither a paper nor a head hash",
            where=by,
            do="Name a file, or the first 12 digits or more of the hash that is printed on it",
        )
    said = claims(_read(path))
    if "head" not in said:
        raise BadInput(
            "This file names no head hash",
            where=by,
            do="Give the paper as it was issued, or the hash that is printed on it",
        )
    return said["head"]


def issued_words(register: Register, paper: IssuedPaper) -> list[str]:
    """What was issued, to whom, by whom and when, a sentence each."""
    what = f"{paper.what.capitalize()} {paper.reference}"
    if paper.body:
        body = register.framework.route.body(paper.body)
        meeting = f", {day(date.fromisoformat(paper.meeting_on))}" if paper.meeting_on else ""
        what = f"{what} for {body.name if body else paper.body}{meeting}"
    judged = f" Dates judged on {day(date.fromisoformat(paper.as_at))}." if paper.as_at else ""
    return [
        f"{what}: {paper.marking}, {paper.edition} edition, as {paper.format}.",
        f"Issued by {register.name(paper.by)} on {moment(paper.at)}.{judged}",
        f"Head hash {paper.head}",
    ]


def _read(path: Path) -> bytes:
    try:
        refuse_device(path)
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInput("It cannot be read", where=str(path), why=why, do="Check the path") from None


def _refuse_register(path: Path, content: bytes) -> None:
    """A journal names every paper that left, which does not make it one of them."""
    if _JOURNAL.match(content) or _SNAPSHOT.match(content):
        raise BadInput(
            "This is a register, not a paper that left one",
            where=str(path),
            do="Check a register with: horizon verify",
        )


def _file(
    issued: Iterable[IssuedPaper], content: bytes, ending: str
) -> tuple[IssuedPaper | None, tuple[str, ...]]:
    found = hashlib.sha256(content).hexdigest()
    # Of the issues of one content, the one in the file's own format is meant.
    newest = [*issued][::-1]
    newest.sort(key=lambda each: each.format != ending)
    for each in newest:
        if found in (each.file_digest, *each.files.values()):
            return each, ()
    said = claims(content)
    for each in newest:
        if each.content_digest == said.get("content"):
            return each, ("the file was changed after it was issued",)
    for each in newest:
        if "head" in said and each.head.startswith(said["head"]):
            return each, ("it was not issued like this, though it names the same register state",)
    return None, ("it was not issued from this register",)


def _folder(
    issued: Iterable[IssuedPaper], folder: Path
) -> tuple[IssuedPaper | None, tuple[str, ...]]:
    held = {
        each.name: hashlib.sha256(_read(each)).hexdigest()
        for each in sorted(folder.iterdir())
        if each.is_file()
    }
    newest = [each for each in reversed(list(issued)) if each.files]
    for each in newest:
        if each.file_digest == digest(held):
            return each, ()
    note = folder / "export.json"
    said = claims(_read(note)) if note.is_file() else {}
    for each in newest:
        if each.content_digest == said.get("content"):
            return each, tuple(_differences(each.files, held))
    return None, ("it was not issued from this register",)


def _differences(were: dict[str, str], are: dict[str, str]) -> Iterable[str]:
    for name in sorted({*were, *are}):
        if name not in are:
            yield f"{name} is missing"
        elif name not in were:
            yield f"{name} was not among the files"
        elif were[name] != are[name]:
            yield f"{name} was changed after it was issued"


def claims(content: bytes) -> dict[str, str]:
    """What a file says of itself: the digest of its content, and the head hash it was made from."""
    text = content
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                notes = [file.read(name) for name in _NOTES if name in file.namelist()]
        except (zipfile.BadZipFile, OSError, RuntimeError):
            return {}
        text = b"".join(notes)
    plain = text.decode("utf-8", "replace")
    found = {name: pattern.search(plain) for name, pattern in _CLAIMS.items()}
    return {name: match[1] for name, match in found.items() if match}


def _came_with(commit: Commit, head: str) -> bool:
    """Whether a line brings in the line of another copy that has this hash."""
    if not commit.brings:
        return False
    brought = (event.bringing for event in commit.events)
    return any(line.hash.startswith(head) for each in brought if each for line in each.lines)


def held_at(register: Register, head: str) -> Origin | None:
    """Where the journal holds the line of a head hash, given whole or by how it begins; `None` for
    a journal that was cut short or made anew since, and for another register's."""
    origin: Origin | None = None
    later = 0
    for line, commit in register.history():
        if commit.hash.startswith(head) or _came_with(commit, head):
            last = commit.events[-1]
            origin = Origin(line, last.seq, last.at, 0)
        elif origin is not None and not any(e.kind == "paper-issued" for e in commit.events):
            later += len(commit.events)
    return origin and Origin(origin.line, origin.seq, origin.at, later)
