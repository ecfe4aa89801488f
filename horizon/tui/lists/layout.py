"""How the list of one register is laid out for one person: which columns, in which order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from horizon import settings

Sorted = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` are the titles of the columns to be shown, or nothing for the usual ones; `sorts`
    gives for a view the title of the column it is sorted by and whether backwards."""

    columns: tuple[str, ...] = ()
    sorts: dict[str, tuple[str, bool]] = field(default_factory=dict)


def read_layout(register_id: str) -> Layout:
    """The layout that was chosen for a register. What cannot be read is as if it were not there."""
    held: Any = (settings.load().model_extra or {}).get("layouts")
    held = held.get(register_id) if isinstance(held, dict) else None
    if not isinstance(held, dict):
        return Layout()
    columns, sorts = held.get("columns"), held.get("sorts")
    return Layout(
        tuple(map(str, columns)) if isinstance(columns, list) else (),
        {
            str(view): (str(each[0]), bool(each[1]))
            for view, each in (sorts.items() if isinstance(sorts, dict) else ())
            if isinstance(each, list) and len(each) == 2
        },
    )


def keep_layout(register_id: str, layout: Layout) -> None:
    """Remember the layout of a register."""
    held = (settings.load().model_extra or {}).get("layouts")
    layouts = dict(held) if isinstance(held, dict) else {}
    layouts[register_id] = {
        "columns": list(layout.columns),
        "sorts": {view: list(each) for view, each in layout.sorts.items()},
    }
    settings.save(layouts=layouts)
