"""From `criteria/*.toml` to a `Framework`, with every mistake told by file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from horizon.framework import checks
from horizon.framework.copies import from_copy as from_copy  # a framework has two sources
from horizon.framework.faults import HEADER, SECTIONS, Mistake, read_part
from horizon.framework.schema import Framework
from horizon.framework.source import Place, Source
from horizon.framework.toml_file import nearest, toml_table
from horizon.model.errors import BadInput

FILES: Mapping[str, tuple[str, ...]] = {
    "principles.toml": ("policy", "principles"),
    "objectives.toml": ("objectives",),
    "ethics.toml": ("themes",),
    "tiers.toml": ("facts", "tier_rules", "tiers"),
    "route.toml": ("route",),
}
"""The files of a framework and what each of them holds beside its `[framework]` table."""

FIRST = "principles.toml"
"""The file whose `[framework]` table also says what the framework is called."""

SHARED = ("id", "version", "dated", "status")
"""What the `[framework]` tables of all files must agree on."""

LISTED = {
    "principles": "principle",
    "criteria": "criterion",
    "objectives": "objective",
    "fit": "criterion",
    "themes": "theme",
    "items": "item",
    "facts": "fact",
    "tier_rules": "rule",
    "tiers": "tier",
    "documents": "document",
    "bodies": "body",
    "outcomes": "outcome",
    "stages": "stage",
    "gates": "gate",
    "triggers": "trigger",
}
"""What to call one entry of each list."""


@dataclass(frozen=True, slots=True)
class _File:
    """One file, read: its text for finding lines, its content as TOML says it."""

    path: Path
    source: Source
    table: dict[str, Any]

    def refuse(self, place: Place, what: str, do: str) -> BadInput:
        """A mistake at `place`, which starts at the top of the file."""
        line = self.source.line(place)
        where = f"{self.path}, line {line}" if line else str(self.path)
        subject = _subject(self.table, place)
        return BadInput(f"{subject}: {what}" if subject else what, where=where, do=do)


def load(folder: Path) -> Framework:
    """The framework in `folder`.

    Raises `BadInput` for the first mistake: which file and line, what is wrong, what is allowed.
    """
    framework, found = _read(folder)
    if framework is None:
        raise found[0]
    return framework


def problems(folder: Path) -> list[BadInput]:
    """Every mistake in the files of `folder`; empty when `load` would succeed."""
    return _read(folder)[1]


@cache
def shipped() -> Framework:
    """The framework that comes with Horizon."""
    return load(shipped_folder())


def shipped_folder() -> Path:
    """Where the shipped `criteria/` are: inside the installed package, or beside it in a clone."""
    package = Path(__file__).parent.parent
    inside = package / "criteria"
    return inside if inside.is_dir() else package.parent / "criteria"


def _read(folder: Path) -> tuple[Framework | None, list[BadInput]]:
    """The framework, if nothing is wrong, and everything that is wrong, file by file."""
    if not folder.is_dir():
        do = f"Name a folder that holds {', '.join(FILES)}"
        return None, [BadInput("This is not a folder of criteria", where=str(folder), do=do)]
    files: dict[str, _File] = {}
    found: dict[str, list[BadInput]] = {name: [] for name in FILES}
    for name in FILES:
        try:
            files[name] = _open(folder / name)
        except BadInput as refusal:
            found[name].append(refusal)
    content: dict[str, Any] = {}
    parts: dict[str, Any] = {}
    for name, file in files.items():
        found[name] += _misplaced(file, FILES[name]) + _header(file, files.get(FIRST))
        wanted = {key: file.table.get(key) for key in FILES[name] if key in file.table}
        if name == FIRST and isinstance(file.table.get(HEADER), dict):
            wanted = _called(file.table[HEADER]) | wanted
            found[name] += _not_called(file)
        for key, value in wanted.items():
            content[key] = value
            parts[key], mistakes = read_part(key, value)
            found[name] += [_refusal(file, each) for each in mistakes]
        for key in FILES[name]:
            if key not in file.table:
                found[name].append(
                    BadInput(f"{key} is missing", where=str(file.path), do=f"Add {_table_of(key)}")
                )
    for each in checks.mistakes({key: part for key, part in parts.items() if part is not None}):
        name = next(name for name, keys in FILES.items() if each.place[0] in keys)
        found[name].append(_refusal(files[name], each))
    said = [refusal for name in FILES for refusal in found[name]]
    return (None if said else Framework.model_validate(content)), said


def _open(path: Path) -> _File:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        do = f"A framework has {', '.join(FILES)}"
        raise BadInput("This file is missing", where=str(path), do=do) from None
    except OSError as error:
        raise BadInput(f"This file cannot be read: {error.strerror}", where=str(path)) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        where = f"{path}, line {line}"
        raise BadInput("This is not UTF-8 text", where=where, do="Save it as UTF-8") from None
    return _File(path, Source(text), toml_table(text, str(path)))


def _misplaced(file: _File, allowed: tuple[str, ...]) -> list[BadInput]:
    """What stands at the top of a file and belongs in another, or nowhere."""
    return [
        file.refuse([key], f"{key!r} does not belong in this file", nearest(key, tables, "Use"))
        for tables in [[HEADER, *allowed]]
        for key in file.table
        if key not in tables
    ]


def _header(file: _File, first: _File | None) -> list[BadInput]:
    """What is wrong with the `[framework]` table of a file beside the first."""
    header = file.table.get(HEADER)
    if not isinstance(header, dict):
        do = f"Begin the file with [{HEADER}] and its {', '.join(SHARED)}"
        return [BadInput("There is no [framework] table", where=str(file.path), do=do)]
    if first is None or file is first:
        return []
    expected = first.table.get(HEADER, {})
    found = [
        file.refuse([HEADER, key], f"there is no {key!r} here", nearest(key, SHARED, "Use"))
        for key in header
        if key not in SHARED
    ]
    for key in SHARED:
        if (
            not isinstance(expected, dict)
            or key not in expected
            or read_part(key, expected[key])[1]
        ):
            continue
        if header.get(key) != expected[key]:
            given = f"{key} is {header[key]}" if key in header else f"{key} is missing"
            do = f"All files of a framework say the same, and {FIRST} says {expected[key]}"
            found.append(file.refuse([HEADER, key], given, do))
    return found


def _called(header: Mapping[str, Any]) -> dict[str, Any]:
    names = set(Framework.model_fields) - set(SECTIONS)
    return {key: value for key, value in header.items() if key in names}


def _not_called(file: _File) -> list[BadInput]:
    """Keys of the first file's header that are unknown, and those that are missing."""
    header = file.table[HEADER]
    names = [key for key in Framework.model_fields if key not in SECTIONS]
    found = [
        file.refuse([HEADER, key], f"there is no {key!r} here", nearest(key, names, "Use"))
        for key in header
        if key not in names
    ]
    for key in names:
        if Framework.model_fields[key].is_required() and key not in header:
            do = f"Add a line for it: {key} = ..."
            found.append(file.refuse([HEADER], f"{key} is missing", do))
    return found


def _refusal(file: _File, mistake: Mistake) -> BadInput:
    place = mistake.place
    if place and place[0] not in SECTIONS:
        place = [HEADER, *place]
    return file.refuse(place, mistake.what, mistake.do)


def _table_of(key: str) -> str:
    return f"[{key}]" if key in ("policy", "route") else f"[[{key}]] tables"


def _subject(table: Any, place: Place) -> str:
    """What a place is about, by the ids that people know: `gate G3`."""
    subject, listed = "", ""
    for step in place:
        table = _inside(table, step)
        if isinstance(step, str):
            listed = step
        if not isinstance(table, dict):
            continue
        name = table.get("id")
        if listed in LISTED and isinstance(name, str):
            within = f"{subject}, " if listed == "outcomes" else ""
            subject = f"{within}{LISTED[listed]} {name}"
        elif {"origin", "to"} <= set(table):
            subject = f"the way from {table['origin']} to {table['to']}"
        elif isinstance(step, int) and not subject:
            subject = f"number {step + 1} of {listed}"
    return subject


def _inside(table: Any, step: str | int) -> Any:
    try:
        return table[step]
    except (KeyError, IndexError, TypeError):
        return None
