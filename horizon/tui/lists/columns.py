"""The columns that the list of technologies can show beyond the usual ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from horizon.model.headers import TechnologyHeader
from horizon.model.triage import Verdict
from horizon.model.wording import in_words, short_day
from horizon.register.desk import written_on
from horizon.register.reader import Reader
from horizon.tui.widgets.register_table import Column

DAY = len("30 Sep 2026")
"""Characters of a day as a column says it."""

NEVER = 100_000
"""A width from which on a column is shown that is not to be shown."""

LOOKED = {
    Verdict.ASSESS: "To be taken forward",
    Verdict.WATCH: "Watch",
    Verdict.LOG: "Logged",
    Verdict.PARK: "Parked",
}
"""What is done after a first look."""


def first_look(header: TechnologyHeader, today: date) -> str:
    """What came of the first look at a technology, or empty where nobody took one."""
    looked = header.triage
    if looked is None:
        return ""
    if looked.verdict is not Verdict.WATCH or looked.check_on is None:
        return LOOKED[looked.verdict]
    words = f"{LOOKED[Verdict.WATCH]} until" if looked.check_on > today else "Next look due"
    return f"{words} {short_day(looked.check_on)}"


Said = Callable[[Reader, TechnologyHeader], str]

EXTRAS: dict[str, tuple[Column, Said]] = {
    "Kind": (Column("Kind", 16, NEVER), lambda _, each: in_words(each.kind)),
    "Tags": (Column("Tags", 18, NEVER), lambda _, each: ", ".join(each.tags)),
    "Supplier": (Column("Supplier", 16, NEVER), lambda _, each: each.supplier),
    "Readiness": (Column("Readiness", 9, NEVER), lambda _, e: f"TRL {e.trl}" if e.trl else ""),
    "Horizon": (Column("Horizon", 7, NEVER), lambda _, each: each.time_horizon or ""),
    "Posture": (Column("Posture", 8, NEVER), lambda _, each: each.posture or ""),
    "Review by": (
        Column("Review by", DAY, NEVER),
        lambda _, each: short_day(each.review_by) if each.review_by else "",
    ),
    "Stage since": (
        Column("Stage since", DAY, NEVER),
        lambda _, each: short_day(each.stage_since),
    ),
    "First look": (
        Column("First look", len("Next look due ") + DAY, NEVER),
        lambda register, each: first_look(each, register.today),
    ),
    "Changed": (
        Column("Changed", DAY, NEVER),
        lambda _, each: short_day(written_on(each.changed_at)),
    ),
    "Marking": (Column("Marking", 18, NEVER), lambda _, each: each.marking),
}
"""Each with what it says of a technology. All of it is at hand without reading the whole record."""

SAID: dict[str, Said] = {
    "Stage": lambda register, each: register.framework.route.stage_name(each.stage),
    "Owner": lambda register, each: register.name(each.owner) if each.owner else "",
    **{title: said for title, (_, said) in EXTRAS.items()},
}
"""What every column says that stands between the name and the last one, in their order."""

DATED: dict[str, Said] = {
    "Review by": lambda _, each: str(each.review_by or ""),
    "Stage since": lambda _, each: str(each.stage_since),
    "Changed": lambda _, each: each.changed_at,
}
"""What columns of days are sorted by, where what they say would not come in the right order."""

ALWAYS = ("Label", "Name")
"""Columns that are always there: without them nobody knows what a row is."""

LAST = {"Standing", "Why"}
"""What the last column is called, by the view."""


def extra_columns() -> tuple[Column, ...]:
    """The columns that are there for those who choose them."""
    return tuple(column for column, _ in EXTRAS.values())


def extra_order(register: Reader, title: str, header: TechnologyHeader) -> str:
    """What one of them is sorted by: nothing comes last."""
    said = DATED.get(title, EXTRAS[title][1])
    return said(register, header).casefold() or "~"


def chosen(columns: Sequence[Column], titles: Collection[str]) -> tuple[Column, ...]:
    """The columns of a view with those shown that somebody chose; nothing chosen is the usual.

    The last column, which says how a technology stands or why it needs someone, goes by either
    name.
    """
    if not titles:
        return tuple(columns)
    wanted = {*titles, *ALWAYS}
    if wanted & LAST:
        wanted |= LAST
    return tuple(replace(each, shown_from=0 if each.title in wanted else NEVER) for each in columns)
