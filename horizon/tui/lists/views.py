"""Rows of the Register screen: which technologies, in which columns, in which order."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len

from horizon import settings
from horizon.model.headers import TechnologyHeader
from horizon.model.wording import printable
from horizon.register.reader import Reader
from horizon.register.views import Attention, attention, standing_of
from horizon.tui.lists.columns import EXTRAS, NEVER, SAID, extra_columns, extra_order, first_look
from horizon.tui.widgets.register_table import Column, Row

if TYPE_CHECKING:
    from horizon.register.finding import Found

BESIDE = 120
"""The width from which on a list of no chosen columns shows more than the usual ones: no window in
which nothing stands beside the list is as wide, so that a wider window never shows fewer."""

COLUMNS = (
    Column("Label", 6),
    Column("Name", share=4, least=18),
    Column("Stage", 17, shown_from=60),
    Column("Owner", 16, shown_from=BESIDE),
    *extra_columns(),
    Column("Standing", share=5),
)


STAGED = tuple(replace(e, shown_from=BESIDE) if e.title == "Stage" else e for e in COLUMNS)
"""Where all are in one stage, it gives way to the name."""

NEEDS = (*STAGED[:-1], Column("Why", share=5, brief=True))
"""Why comes before where it stands: on a narrow screen the stage gives way."""


@dataclass(frozen=True, slots=True)
class View:
    """A choice of technologies. `stage` is empty for all; `needs` asks for what needs someone;
    `query` is what a saved search looks for."""

    name: str
    stage: str = ""
    needs: bool = False
    query: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        if self.needs:
            return NEEDS
        return STAGED if self.stage else COLUMNS


WHY = len(COLUMNS) - 1
"""The last column, which says why a technology needs someone, or else how it stands."""


MEASURED = 100
"""Technologies, from the top of a list, by which the width of a column is found."""


class Listed(msgspec.Struct, frozen=True):
    """A technology with what the list says of it."""

    header: TechnologyHeader
    why: str
    late: bool


def views(register: Reader) -> list[tuple[View, int]]:
    """The views and how many technologies each holds: needs someone, all, then each stage."""
    headers = register.state.technologies.headers()
    counts: dict[str, int] = {}
    for header in headers:
        counts[header.stage] = counts.get(header.stage, 0) + 1
    needs = len({each.technology.id for each in attention(register)})
    found = [(View("Needs someone", needs=True), needs), (View("All"), len(headers))]
    for stage in register.framework.route.stages:
        if counts.get(stage.id):
            found.append((View(stage.name, stage.id), counts[stage.id]))
    return found


def listed(register: Reader, view: View) -> list[Listed]:
    """The technologies of a view, in its own order. Standing is worked out when a row is drawn."""
    if view.needs:
        reasons: dict[str, list[Attention]] = {}
        for each in attention(register):
            reasons.setdefault(each.technology.id, []).append(each)
        return [
            Listed(
                found[0].technology,
                found[0].words + (f" (and {len(found) - 1} more)" if len(found) > 1 else ""),
                found[0].kind == "overdue",
            )
            for found in reasons.values()
        ]
    return [
        Listed(each, "", late=False)
        for each in register.state.technologies.headers()
        if not view.stage or each.stage == view.stage
    ]


def saved_views() -> list[View]:
    """The searches that were kept by name, in the order of the alphabet."""
    kept = settings.load().views
    return [View(name, query=kept[name]) for name in sorted(kept, key=str.casefold)]


class Rows(Sequence[Row]):
    """Rows made when they are drawn, so that a list of 10,000 costs what is in view.

    Where a search `found` them, what made each fit is shown and its letters stand out. Those that
    somebody `picked` have a star before the label.
    """

    def __init__(
        self,
        register: Reader,
        listed: Sequence[Listed],
        found: Found | None = None,
        picked: Container[str] = (),
    ) -> None:
        self._register, self._listed, self._found, self._picked = register, listed, found, picked

    def __len__(self) -> int:
        return len(self._listed)

    def __getitem__(self, at: int) -> Row:  # type: ignore[override]
        each = self._listed[at]
        texts = cells(self._register, each)
        picked = each.header.id in self._picked
        if self._picked:
            texts = (f"{'*' if picked else ' '} {texts[0]}", *texts[1:])
        if self._found is None or not self._found.words:
            return Row(each.header.id, texts, each.late, picked=picked)
        name, marks = why_found(each.header, self._found)
        texts = (texts[0], name, *texts[2:])
        marked = tuple((1, *span) for span in marks)
        return Row(each.header.id, texts, each.late, marks=marked, picked=picked)


def why_found(header: TechnologyHeader, found: Found) -> tuple[str, list[tuple[int, int]]]:
    """The name as a search shows it, behind what else made it fit, and the letters that did."""
    name = in_line(header.name)
    if marks := found.marks(name):
        return name, marks
    for other in (*header.aliases, header.supplier, *header.tags):
        shown = in_line(other)
        if shown and (marks := found.marks(shown)):
            return f"{shown}: {name}", marks
    return name, []


def in_line(text: str) -> str:
    """Text that somebody typed, safe for a terminal and on one line."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def narrowed(
    register: Reader, columns: Sequence[Column], shown: Sequence[Listed]
) -> tuple[Column, ...]:
    """The columns, each of a set width no wider than what it says of the first `MEASURED`
    technologies that are shown: an empty one is as wide as its title."""
    some = shown[:MEASURED]

    def fit(column: Column) -> Column:
        said = SAID.get(column.title)
        if said is None or column.shown_from == NEVER:
            return column
        width = len(column.title)
        for each in some:
            width = max(width, cell_len(in_line(said(register, each.header))))
            if width >= column.width:
                return column
        return replace(column, width=width)

    return tuple(map(fit, columns))


def cells(register: Reader, each: Listed) -> tuple[str, ...]:
    """The cells of one technology, for `COLUMNS`."""
    header = each.header
    words = each.why or _looked_at(register, header) or standing_of(register, header).words
    mark = "! " if each.late else ""
    texts = (
        header.label,
        header.name,
        *(said(register, header) for said in SAID.values()),
        mark + words,
    )
    return tuple(map(in_line, texts))


def _looked_at(register: Reader, header: TechnologyHeader) -> str:
    """What came of the first look at a signal: as long as it is one, that is how it stands."""
    is_signal = header.stage == register.framework.route.first_stage
    return first_look(header, register.today) if is_signal else ""


def ordered(
    register: Reader, found: Sequence[Listed], sorted_by: tuple[int, bool] | None
) -> list[Listed]:
    """The technologies in the order of a column, or as they came. Why each needs someone is in the
    order of the view itself: by how pressing it is and by day."""
    if sorted_by is None:
        return list(found)
    column, backwards = sorted_by
    if column == WHY and any(each.why for each in found):
        return list(reversed(found)) if backwards else list(found)
    keys: list[Callable[[Listed], str]] = [
        lambda each: each.header.label,
        lambda each: each.header.name.casefold(),
        lambda each: f"{_place(register, each.header.stage):03}",
        lambda each: register.name(each.header.owner).casefold() if each.header.owner else "~",
    ]
    keys += [partial(_extra, register, title) for title in EXTRAS]
    keys.append(lambda each: cells(register, each)[-1].casefold())
    return sorted(found, key=keys[column], reverse=backwards)


def _extra(register: Reader, title: str, each: Listed) -> str:
    return extra_order(register, title, each.header)


def _place(register: Reader, stage: str) -> int:
    return next(
        (at for at, each in enumerate(register.framework.route.stages) if each.id == stage), 99
    )
