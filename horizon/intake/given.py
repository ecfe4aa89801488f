"""What somebody gives to be imported: the bytes of a file or of a folder, decoded once."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from horizon.model.errors import BadInput
from horizon.model.wording import count
from horizon.store.disk import refuse_device

LARGEST = 50_000_000
"""Bytes of a file, or of all files of a folder. A list of 100,000 technologies is smaller."""

MOST_FILES = 5_000
"""Files that are read from one folder."""

NOT_JSON = object()
"""What `Given.json` is for text that is not JSON."""


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, the name of its encoding, and what to say about it."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """A file, or a folder of them. `files` are empty for a single file, else relative paths with
    their bytes; `content` is then empty."""

    name: str
    content: bytes = field(default=b"", repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if len(self.content) + sum(map(len, self.files.values())) > LARGEST:
            raise _too_large(self.name)

    @classmethod
    def of_file(cls, path: Path) -> Given:
        """One file. Raises `BadInput` when it cannot be read, or is too large to be."""
        try:
            refuse_device(path)
            if path.stat().st_size > LARGEST:
                raise _too_large(path.name)
            return cls(path.name, path.read_bytes())
        except OSError as error:
            raise BadInput(
                "The file cannot be read",
                where=str(path),
                why=error.strerror or str(error),
                do="Check the path",
            ) from None

    @classmethod
    def of_folder(cls, folder: Path, *, suffixes: tuple[str, ...] = (".md",)) -> Given:
        """The files of a folder and the folders in it. Links are not followed."""
        files: dict[str, bytes] = {}
        try:
            for path in sorted(folder.rglob("*")):
                if path.suffix.lower() in suffixes and path.is_file() and not path.is_symlink():
                    if len(files) == MOST_FILES:
                        raise BadInput(
                            f"There are more than {MOST_FILES} files here",
                            where=str(folder),
                            do="Import a folder further down",
                        )
                    files[path.relative_to(folder).as_posix()] = path.read_bytes()
        except OSError as error:
            raise BadInput(
                "The folder cannot be read", where=str(folder), why=error.strerror or str(error)
            ) from None
        if not files:
            raise BadInput(
                "There is no Markdown file in this folder",
                where=str(folder),
                do="Name a file, or a folder with one Markdown file for each technology",
            )
        return cls(folder.name or str(folder), files=files)

    @property
    def is_folder(self) -> bool:
        return bool(self.files)

    @property
    def is_zipped(self) -> bool:
        """Whether it is a ZIP file, as workbooks are."""
        return self.content.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    @cached_property
    def decoded(self) -> Text:
        """The text. Raises `BadInput` when it is none."""
        return decoded(self.content, self.name)

    @property
    def text(self) -> str:
        return "" if self.is_folder else self.decoded.text

    @cached_property
    def json(self) -> Any:
        """The JSON value in it, or the list of them where each line is one (JSON Lines), or
        `NOT_JSON`. Raises `BadInput` for JSON that is broken."""
        if self.is_folder or self.is_zipped or self.text.lstrip()[:1] not in ("{", "["):
            return NOT_JSON
        return self._json()[0]

    @cached_property
    def repeated_keys(self) -> int:
        """In how many places of the JSON a name is given twice, of which the last counts."""
        return 0 if self.json is NOT_JSON else self._json()[1]

    def _json_lines(self, kept: Callable[[list[tuple[str, Any]]], Any]) -> list[Any] | None:
        """The objects of JSON Lines, or `None` when the first line is not one. Raises `BadInput`
        for a later line that is broken."""
        found: list[Any] = []
        for number, line in enumerate(self.text.split("\n"), start=1):
            if not line.strip():
                continue
            try:
                found.append(json.loads(line, object_pairs_hook=kept))
            except json.JSONDecodeError as error:
                if not found:
                    return None
                raise BadInput(
                    f"This line is not JSON: {error.msg}", where=f"{self.name}, line {number}"
                ) from None
            except (RecursionError, ValueError):
                raise self._too_much() from None
        return found

    def _json(self) -> tuple[Any, int]:
        twice = 0

        def kept(items: list[tuple[str, Any]]) -> dict[str, Any]:
            nonlocal twice
            found = dict(items)
            twice += len(items) - len(found)
            return found

        try:
            return json.loads(self.text, object_pairs_hook=kept), twice
        except json.JSONDecodeError as error:
            if error.msg == "Extra data" and (lines := self._json_lines(kept)) is not None:
                return lines, twice
            body = self.text.strip()
            if body[:1] + body[-1:] not in ("[]", "{}"):
                return NOT_JSON, 0  # a table may begin with a bracket too
            raise BadInput(
                f"This is not JSON: {error.msg}", where=f"{self.name}, line {error.lineno}"
            ) from None
        except (RecursionError, ValueError):
            raise self._too_much() from None

    def _too_much(self) -> BadInput:
        why = "It is nested too deeply, or a number in it is too long"
        return BadInput("This JSON cannot be read", where=self.name, why=why)


def _too_large(name: str) -> BadInput:
    what = f"This is larger than {LARGEST // 1_000_000} MB"
    return BadInput(what, where=name, do="Import it in parts")


def decoded(content: bytes, source: str) -> Text:
    """The text in `content`, whatever wrote it: UTF-8, UTF-16, or Windows-1252, line by line
    where a file has been put together from several. Raises `BadInput` when it is not text."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(
            "This is an old or a password-protected workbook",
            where=source,
            do="Save it as an Excel workbook (.xlsx) without a password",
        )
    if utf16 := _utf16(content):
        try:
            found = Text(content.decode(utf16).removeprefix("\ufeff"), "UTF-16")
        except UnicodeDecodeError:
            raise BadInput(
                "This UTF-16 text breaks off or is damaged", where=source, do="Save it as UTF-8"
            ) from None
    else:
        try:
            found = Text(content.decode("utf-8-sig"), "UTF-8")
        except UnicodeDecodeError:
            found = _mixed(content, source)
    if "\x00" in found.text:
        raise _no_text("This is not text", source)
    return found


def _no_text(what: str, source: str) -> BadInput:
    if source.lower().endswith((".xlsx", ".xlsm")):
        do = "Open it in Excel and save it again as an Excel workbook"
        return BadInput("This is no Excel workbook, although it is called one", where=source, do=do)
    return BadInput(what, where=source, do='Save it as "CSV UTF-8"')


def _utf16(content: bytes) -> str:
    """The spelling of UTF-16 that the bytes are in, also without a mark, or empty."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:2000]
    if len(sample) < 8 or len(content) % 2:
        return ""
    for spelling, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        pairs = len(sample) // 2
        if sample[zeros::2].count(0) > 0.7 * pairs and sample[letters::2].count(0) == 0:
            return spelling
    return ""


def _mixed(content: bytes, source: str) -> Text:
    lines = content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    texts: list[str] = []
    foreign: list[int] = []
    ours = False
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8")
            ours = ours or not text.isascii()
        except UnicodeDecodeError:
            try:
                text = line.decode("cp1252")
            except UnicodeDecodeError as error:
                raise _no_text(
                    f"This is neither UTF-8 nor Windows-1252 text (line {number}, byte "
                    f"{error.start + 1} of it)",
                    source,
                ) from None
            foreign.append(number)
        texts.append(text)
    if not ours:
        said = "It is not UTF-8 and was read as Windows-1252. Check letters with accents."
        return Text("".join(texts), "Windows-1252", (said,))
    said = (
        f"{count(len(foreign), 'line is', 'lines are')} not UTF-8 and "
        f"{'was' if len(foreign) == 1 else 'were'} read as Windows-1252 (the first is line "
        f"{foreign[0]}). Check letters with accents there."
    )
    return Text("".join(texts), "UTF-8 with lines in Windows-1252", (said,))
