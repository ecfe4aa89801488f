"""Column maps kept under a name, beside the settings, to be used again."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from horizon.model.errors import BadInput
from horizon.model.words import Kind, SourceType
from horizon.register.inputs import one_of
from horizon.settings import settings_path


class SavedMap(BaseModel):
    """How a kind of file is read. `columns` maps fields to headers; an empty header leaves a
    field out."""

    model_config = ConfigDict(extra="ignore")

    columns: dict[str, str] = Field(default_factory=dict)
    format: str = ""
    sheet: str = ""
    header_row: int = 0
    source: str = ""
    source_type: SourceType = SourceType.RESEARCH
    kind: Kind = Kind.OTHER


def maps_path() -> Path:
    """The file of the saved maps."""
    return settings_path().with_name("import-maps.json")


def saved_maps() -> dict[str, SavedMap]:
    """All saved maps by name. Raises `BadInput` when their file is damaged."""
    path = maps_path()
    try:
        kept = json.loads(path.read_bytes())
        return {name: SavedMap.model_validate(each) for name, each in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, ValidationError, AttributeError) as error:
        raise BadInput(
            "The saved column maps cannot be read",
            where=str(path),
            why=str(error).splitlines()[0],
            do="Mend the file, or move it away",
        ) from None


def saved_map(name: str) -> SavedMap:
    """The map of this name. Raises `BadInput` that names those there are."""
    known = saved_maps()
    return known[one_of(name, known, "saved column map")]


def save_map(name: str, saved: SavedMap) -> None:
    """Keep a map, in place of one of the same name. Raises `BadInput` where it cannot be kept."""
    _write(saved_maps() | {name: saved})


def forget_map(name: str) -> None:
    """Forget the map of this name. Raises `BadInput` when there is none."""
    known = saved_maps()
    del known[one_of(name, known, "saved column map")]
    _write(known)


def _write(known: dict[str, SavedMap]) -> None:
    path = maps_path()
    content = {name: each.model_dump(mode="json") for name, each in known.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(path.name + ".new")
        new.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise BadInput(
            "The column map cannot be kept", where=str(path), why=error.strerror or str(error)
        ) from None
