"""A data-ethics checklist that somebody else keeps, as themes of a draft framework.

Format: deon's (`title`, `sections[].{title, section_id, lines[].{line_id, line_summary, line}}`).
A checklist says what to ask, and nothing of gates: every question enters as advisory, for a
committee to decide which of them should hold an approval up. Nothing enters the register; a
framework comes into force with `horizon criteria adopt`.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from horizon.framework.loading import FILES, load, problems
from horizon.intake import safe_yaml
from horizon.intake.formats.listing import mapping, said, sequence
from horizon.intake.given import NOT_JSON, Given
from horizon.model.errors import BadInput

QUESTIONS = "ethics.toml"
"""The file that the themes are added to."""

LONGEST = 2_000
"""Characters of a question."""


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the checklist. `refused` says why it is none, where it is not."""

    place: str
    id: str
    summary: str
    text: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under a title."""

    id: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist as it was read."""

    title: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> list[Question]:
        """The lines that are questions."""
        return [each for each in self._lines() if not each.refused]

    @property
    def refused(self) -> list[Question]:
        return [each for each in self._lines() if each.refused]

    def _lines(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions


_LOOKS = (
    re.compile(r"""(?:^|[{,])\s*["']?sections["']?\s*:""", re.MULTILINE),
    re.compile(r"\bline_id\b"),
)


def is_checklist(given: Given) -> bool:
    """Whether a text looks like a checklist, as far as can be told without reading it whole."""
    return not given.is_folder and not given.is_zipped and all(e.search(given.text) for e in _LOOKS)


def read_checklist(given: Given) -> Checklist:
    """The checklist in a YAML or JSON text. Raises `BadInput` when it is none."""
    document = given.json
    if document is NOT_JSON:
        document = safe_yaml.load(given.text, given.name)
    sections = [mapping(each) for each in sequence(mapping(document).get("sections"))]
    found = tuple(_section(number, each) for number, each in enumerate(sections, start=1))
    if not any(each.questions for each in found):
        raise BadInput(
            "There is no checklist in it",
            where=given.name,
            do="A checklist has: title, sections with section_id and lines, lines with line",
        )
    return Checklist(said(document.get("title")) or given.name, found)


def _section(number: int, section: Mapping[str, Any]) -> Section:
    id = _plain(section.get("section_id")) or str(number)
    lines = sequence(section.get("lines"))
    return Section(
        id,
        _words(section.get("title")) or f"Section {number}",
        tuple(_question(id, at, each) for at, each in enumerate(lines, start=1)),
    )


def _question(section: str, at: int, line: Any) -> Question:
    values = mapping(line)
    row = getattr(line, "line", 0)
    place = f"section {section}, line {at}" + (f" (line {row} of the file)" if row else "")
    text, summary = _words(values.get("line")), _words(values.get("line_summary"))
    id = _plain(values.get("line_id")) or f"{section}{at}"
    why = ""
    if not text and not summary:
        why = "it asks nothing"
    elif len(text) > LONGEST:
        why = f"it is longer than {LONGEST} characters"
    return Question(place, id, summary, text or summary, why)


def _words(value: Any) -> str:
    """Text on one line, without what no file can hold."""
    text = " ".join(said(value).split())
    return "".join(each for each in text if each.isprintable() and not _is_half(each))


def _is_half(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff"


def _plain(value: Any) -> str:
    """An id without what separates its parts: `A.1`, `A1`."""
    return re.sub(r"[^A-Za-z0-9]", "", said(value))[:20]


def draft(checklist: Checklist, base: Path, folder: Path, *, prefix: str, version: str) -> None:
    """Write the framework of `base` with the checklist's questions into a new `folder`.

    `prefix` begins the ids of what is added. Raises `BadInput` when the folder is there already,
    cannot be written, or the two do not fit together; then no folder is left behind.
    """
    framework = load(base)
    if folder.exists():
        raise BadInput("This folder is there already", where=str(folder), do="Name a new one")
    new = folder.with_name(folder.name + ".new")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for name in FILES:
            text = (base / name).read_bytes().decode("utf-8-sig")
            text = _versioned(text, version or f"{framework.version}-draft")
            if name == QUESTIONS:
                text = text.rstrip() + "\n\n" + "\n".join(_themes(checklist, prefix)) + "\n"
            (new / name).write_text(text, encoding="utf-8")
        found = problems(new)
        if found:
            raise BadInput(
                "The checklist does not fit into the framework",
                where=str(folder),
                why=found[0].what,
                do="Choose other ids with: --prefix",
            )
        new.replace(folder)
    except OSError as error:
        raise BadInput(
            "The draft cannot be written", where=str(folder), why=error.strerror or str(error)
        ) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _versioned(text: str, version: str) -> str:
    """A file with another version in its first table, which every file has."""
    spelt = f"version = {json.dumps(version, ensure_ascii=False)}"
    return re.sub(r"^version\s*=.*$", lambda _: spelt, text, count=1, flags=re.MULTILINE)


def _themes(checklist: Checklist, prefix: str) -> Iterator[str]:
    yield f"# From the checklist {_quoted(checklist.title)}. Every question enters as advisory: say"
    yield "# which should be conditions, blockers or red lines, and to which facts they apply."
    for section in checklist.sections:
        kept = [each for each in section.questions if not each.refused]
        if not kept:
            continue
        yield ""
        yield "[[themes]]"
        yield f"id = {_quoted(prefix + section.id)}"
        yield f"name = {_quoted(section.title)}"
        for each in kept:
            yield ""
            yield "[[themes.items]]"
            yield f"id = {_quoted(prefix + each.id)}"
            yield f"question = {_quoted(each.text)}"
            if each.summary and each.summary != each.text:
                yield f"help = {_quoted(each.summary + '.')}"
            yield 'evidence = "To be agreed"'
            yield 'trial = "advisory"'
            yield 'adoption = "advisory"'
            yield f"source = {_quoted(f'{checklist.title}, {each.id}')}"


def _quoted(text: str) -> str:
    """A text as TOML spells it; JSON spells it the same, control characters apart."""
    return json.dumps(_words(text), ensure_ascii=False)
