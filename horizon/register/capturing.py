"""A technology in one line: its name, where it was seen, and why that matters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from horizon.model.errors import BadInput
from horizon.model.technology import Sighting, Technology
from horizon.model.words import SourceType
from horizon.register.inputs import checked
from horizon.register.register import Register

SHAPE = "NAME | SOURCE | WHY"

_LINK = re.compile(r"https?://[^\s|;]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Captured:
    """What a line says. Only the name is needed."""

    name: str
    source: str = ""
    why: str = ""
    link: str = ""


def read_line(line: str) -> Captured:
    """A line in its parts, divided by `|` or `;`. A link is found wherever it stands. Raises
    `BadInput`."""
    link = _LINK.search(line)
    rest = line[: link.start()] + line[link.end() :] if link else line
    parts = [" ".join(each.split()) for each in re.split(r"[|;]", rest)]
    if len(parts) > 3:
        raise BadInput(f"There are {len(parts)} parts instead of 3 at most", do=f"Write {SHAPE}")
    name, source, why = (*parts, "", "")[:3]
    if not name:
        raise BadInput("There is no name in it", do=f"Write {SHAPE}")
    return Captured(name, source, why, link[0] if link else "")


def capture(register: Register, line: str, *, duplicate_reason: str = "") -> Technology:
    """Enter a technology from one line. Where only a reason or a link is given, the source is
    whoever writes it down. Raises as `Register.propose` does."""
    said = read_line(line)
    sighting = sighting_of(register, said) if said.source or said.why or said.link else None
    return register.propose(name=said.name, sighting=sighting, duplicate_reason=duplicate_reason)


def sighting_of(register: Register, said: Captured) -> Sighting:
    """The sighting that a line gives. A line does not say what sort of source it names."""
    elsewhere = said.source or said.link
    return checked(
        Sighting,
        {
            "source": elsewhere or register.acting,
            "source_type": SourceType.OTHER if elsewhere else SourceType.INTERNAL,
            "seen_on": register.today,
            "url": said.link,
            "note": said.why,
        },
    )
