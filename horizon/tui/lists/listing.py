"""What the list of technologies shows: a view or what a search finds, in an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from horizon.model.errors import BadInput
from horizon.register.reader import FINDER, Reader
from horizon.register.views import ATTENTION, attention
from horizon.tui.aside import is_large
from horizon.tui.lists.views import Listed, View, listed, ordered
from horizon.tui.widgets.register_table import Column

if TYPE_CHECKING:
    from horizon.register.finding import Found

MOST_FOUND = 1_000
"""Technologies that a search shows. Whoever wants more types another letter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to list: a view, or what a query finds. `me` is the id of whoever asks; `sorted_by` a
    column, and whether backwards."""

    view: View
    query: str = ""
    sorted_by: tuple[int, bool] | None = None
    me: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns to choose from: those of the view, or of what a search finds."""
        return (View("All", query=self.query) if self.query else self.view).columns


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer: what to show, and what was `found` where it was a search. `refused` says why a
    filter cannot be understood, as long as somebody still types it."""

    asked: Asked
    shown: list[Listed]
    found: Found | None = None
    refused: str = ""

    def place(self, technology_id: str, otherwise: int = 0) -> int:
        """The row of a technology, or another one where it is not listed."""
        rows = (at for at, each in enumerate(self.shown) if each.header.id == technology_id)
        return next(rows, otherwise)


def look_up(register: Reader, asked: Asked) -> Listing:
    """Make the list that somebody asks for."""
    if not asked.query:
        return Listing(asked, ordered(register, listed(register, asked.view), asked.sorted_by))
    from horizon.register.finding import find_by

    try:
        found = find_by(register, asked.me, asked.query, MOST_FOUND)
    except BadInput as refused:
        return Listing(asked, [], refused=str(refused))
    rows = [Listed(each, "", late=False) for each in found.headers]
    return Listing(asked, ordered(register, rows, asked.sorted_by), found)


def is_quick(register: Reader, asked: Asked) -> bool:
    """Whether the list can be made before the next key waits for it."""
    if not is_large(register):
        return True
    if not asked.query:
        return asked.sorted_by is None and register.keeps(ATTENTION)
    if not register.keeps(FINDER):
        return False
    from horizon.register.finding import finder

    try:
        return finder(register, asked.me).is_quick(asked.query)
    except BadInput:
        return True


def get_ready(register: Reader, me: str) -> None:
    """Make what any list and any search of the register stand on."""
    from horizon.register.finding import finder

    attention(register)
    finder(register, me)


def look_up_ready(register: Reader, asked: Asked) -> Listing:
    """The same as `look_up`, with what the next list will stand on made before."""
    get_ready(register, asked.me)
    return look_up(register, asked)


def said_of(register: Reader, listing: Listing, room: int) -> str:
    """How many there are, and which filters what is being typed may become: as many as fit into
    `room` characters, since a second line would lay the whole screen out anew."""
    asked, found = listing.asked, listing.found
    if found is None:
        return f"{asked.view.name}: {len(listing.shown)}{_sorting(asked)}"
    from horizon.register.querying import hints

    size = len(register.state.technologies)
    number = f"the first {MOST_FOUND:,}" if found.more else str(len(found.headers))
    said = f"Found {number} of {size}"
    filters = [*hints(asked.query)]
    while filters:
        hinted = f"{said}  ·  {'  '.join(filters)}"
        if len(hinted) <= room:
            return hinted
        filters.pop()
    return f"{said} in the whole register"


def _sorting(asked: Asked) -> str:
    """By what the list is sorted, where that is another order than the view's own: it is
    remembered, and may have been chosen days ago."""
    if asked.sorted_by is None:
        return ""
    at, backwards = asked.sorted_by
    return f"  ·  sorted by {asked.columns[at].title}{', backwards' if backwards else ''}"


def when_empty(register: Reader, asked: Asked) -> str:
    """What a list without a technology says."""
    if not register.state.technologies:
        return (
            "The register is empty. Press n to propose the first technology, F2 to write one down "
            "in a line, I to bring in a file, F3 for a tour."
        )
    if asked.query:
        from horizon.register.querying import no_filter

        if told := no_filter(asked.query):
            return f"Nothing fits. {told}"
        return "Nothing fits. Esc clears the search. To propose it: Enter, then n."
    if asked.view.needs:
        return "Nothing needs anyone today. Press v for other views."
    return "No technology is here. Press v for other views."
