"""The record that a screen shows, as text for the clipboard."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import OptionList, TabbedContent

from horizon.register import Register
from horizon.tui.pages import technology as technology_page
from horizon.tui.widgets.page import Page, drawn
from horizon.tui.widgets.register_table import RegisterTable
from horizon.tui.widgets.route_board import RouteBoard

WIDTH = 100
"""Characters to a line of what is copied."""


def technology_in(screen: Screen[object]) -> str:
    """The id of the technology that a screen is about or has its cursor on, or empty."""
    about = str(getattr(screen, "technology_id", ""))
    if about:
        return about
    for board in screen.query(RouteBoard):
        return board.current
    for table in screen.query(RegisterTable):
        return table.current
    return ""


def record_in(screen: Screen[object], register: Register) -> tuple[str, str]:
    """What a screen shows, in a few words, and its text; empty where there is none.

    Of a technology that is whichever tab is in front, of a list the technology under the cursor.
    """
    about = technology_in(screen)
    tabs = screen.query(TabbedContent)
    if about in register.state.technologies and not tabs and not screen.query(Page).filter("#text"):
        technology = register.technology(about)
        text = drawn(technology_page.overview(register, technology), WIDTH).plain
        name = f"{technology.label} {technology.name}"
        return name, f"{name}\n\n{text}"
    for each in tabs:
        found = screen.query(f"#text-{each.active}")
        if found and about in register.state.technologies:
            technology = register.technology(about)
            name = f"{technology.label} {technology.name}"
            return f"{name}, {each.active.lower()}", f"{name}\n\n{found.first(Page).words}"
        return _lines(screen)
    words = "\n\n".join(page.words for page in screen.query(Page) if page.words.strip())
    return ("what is on the screen", words) if words else _lines(screen)


def _lines(screen: Screen[object]) -> tuple[str, str]:
    """The line under the cursor of a list, where a screen has nothing else."""
    for table in screen.query(RegisterTable):
        if table.current:
            row = table.rows[table.cursor]
            return "the line under the cursor", row.words or "\t".join(row.cells)
    for each in screen.query(OptionList):
        option = each.highlighted_option
        if option is not None:
            return "the line under the cursor", str(option.prompt)
    return "", ""
