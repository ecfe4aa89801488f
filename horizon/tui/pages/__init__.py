"""What screens say in words: the makers of lines, and a module for each subject."""

from __future__ import annotations

from collections.abc import Iterable

from horizon.model.technology import Technology
from horizon.register import Register
from horizon.tui.widgets.page import LABEL, MUTED, Line, Lines


def line(text: str = "", style: str = "", *, indent: int = 0) -> Lines:
    """One paragraph."""
    return (Line(text, style, lead=" " * indent),)


def field(name: str, value: str, style: str = "") -> Lines:
    """A name and its value; nothing where there is no value."""
    named = f"{name}: " if name else ""
    lead = f"{named:<{LABEL}}"
    return (Line(value, style, lead=lead, lead_style=MUTED),) if value else ()


def heading(text: str) -> Lines:
    return (Line(), Line(text, "bold $primary"))


def joined(parts: Iterable[Lines]) -> Lines:
    return tuple(each for part in parts for each in part)


def stage_name(register: Register, stage_id: str) -> str:
    return register.framework.route.stage_name(stage_id)


def successor(register: Register, technology: Technology) -> str:
    """The entry that took its place, if another did."""
    other = technology.superseded_by or technology.merged_into
    if not other or other not in register.state.technologies:
        return ""
    merged = " (merged into it)" if technology.merged_into else ""
    return f"{register.label(other)} {register.header(other).name}{merged}"
