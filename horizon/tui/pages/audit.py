"""The trail of the journal as rows, made when they are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from horizon.model.wording import printable
from horizon.register.auditing import Filter, Names, Trail
from horizon.register.tellers import kind_in_words
from horizon.register.views import HistoryEntry
from horizon.tui.widgets.register_table import Column, Row

COLUMNS = (
    Column("When (UTC)", 16),
    Column("Who", 16, shown_from=60),
    Column("About", 6),
    Column("What", share=1),
    Column("Event", 7, shown_from=100),
)


class AuditRows(Sequence[Row]):
    """Events that fit a filter, newest first; `places` are theirs in the trail, or `None` for all
    of them."""

    def __init__(self, trail: Trail, names: Names, places: Sequence[int] | None) -> None:
        self._trail, self._names, self._places = trail, names, places

    def __len__(self) -> int:
        return len(self._trail) if self._places is None else len(self._places)

    def place(self, at: int) -> int:
        """Where in the trail row number `at` stands."""
        return at if self._places is None else self._places[at]

    def entry(self, at: int) -> HistoryEntry | None:
        """The event of row number `at`."""
        return self._trail.entry(self.place(at), self._names)

    def __getitem__(self, at: int) -> Row:  # type: ignore[override]
        entry = self.entry(at)
        if entry is None:
            return Row("gone", ("", "", "", "The journal was rewritten. Look again.", ""))
        about = self._names.labels.get(entry.subject, "")
        texts = (when(entry), entry.by, about, _first_up(entry.words), str(entry.seq))
        cells = tuple(printable(text).replace("\n", " ").replace("\t", " ") for text in texts)
        return Row(str(entry.seq), cells, entry.erased)


def when(entry: HistoryEntry) -> str:
    """To the minute, in UTC."""
    return entry.at[:16].replace("T", " ")


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def whole(entry: HistoryEntry, names: Names) -> str:
    """An event in full words, for the lines below the list."""
    about = names.titles.get(entry.subject, "")
    place = f"event {entry.seq}, line {entry.line}, {kind_in_words(entry.kind)}"
    said = f"{about}: {entry.words}" if about else _first_up(entry.words)
    return printable(f"{said} ({entry.by}, {when(entry)} UTC, {place})").replace("\n", " ")


def described(wanted: Filter, names: Names) -> str:
    """What a filter asks for, in words."""
    parts = []
    if wanted.person:
        parts.append(f"by {names.name(wanted.person)}")
    if wanted.kind:
        parts.append(f"only {kind_in_words(wanted.kind)}")
    if wanted.subject:
        parts.append(f"about {names.labels.get(wanted.subject, 'the register itself')}")
    if wanted.text:
        parts.append(f"that say {wanted.text!r}")
    return ", ".join(parts)
