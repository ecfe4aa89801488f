"""The Audit screen: everything that happened, newest first, and whether it adds up."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from time import monotonic

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from horizon.model.errors import HorizonError
from horizon.model.wording import count, printable
from horizon.register.auditing import Filter, Names, Trail
from horizon.register.checking import Verification, verify, with_signatures
from horizon.register.views import HistoryEntry
from horizon.tui import pages
from horizon.tui.collecting import uncollected
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import audit as audit_page
from horizon.tui.pages.audit import AuditRows
from horizon.tui.screens.line import LineScreen
from horizon.tui.screens.on_register import EXPORT, Exported
from horizon.tui.screens.panel import PanelScreen
from horizon.tui.signing import allowed_signers
from horizon.tui.still_there import still_there
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Lines
from horizon.tui.widgets.register_table import RegisterTable
from horizon.tui.widgets.search_line import SearchLine

REST = 0.15
"""Seconds after the last letter before the journal is searched."""

OFTEN = 0.1
"""Seconds between two words of how far something has come."""

BAR = 20
"""Characters of the bar that shows it."""


class Events(RegisterTable):
    """Events, newest first."""

    CAN_SORT = False


class AuditScreen(Exported, Screen[None]):
    """Everything that happened, newest first: who, when, about what, and the proof of it."""

    CSS_PATH = "../styles/audit.tcss"
    EXPORTS = "changes"
    BINDINGS = [
        Binding("slash", "search", "Search"),
        Binding("p", "only('person')", "Only this person"),
        Binding("t", "only('subject')", "Only this technology"),
        Binding("e", "only('kind')", "Only this kind"),
        Binding("v", "verify", "Verify"),
        EXPORT,
        Binding("escape", "clear", "Clear, back"),
    ]

    def __init__(self, wanted: Filter | None = None) -> None:
        super().__init__()
        self._filter = wanted or Filter()
        self._trail: Trail | None = None
        self._names: Names | None = None
        self._rows: AuditRows | None = None
        self._found: list[int] = []
        self._state = ""
        self._resting: Timer | None = None
        self._verifying = False
        self._held = ""

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static(id="about", markup=False)
        yield SearchLine(Events, placeholder="Search what happened ( / )", id="search")
        yield Events(audit_page.COLUMNS, "Reading the journal...", id="events")
        yield Static(id="whole", markup=False)
        yield Static(id="progress", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        self.query_one(Events).focus()
        self._read()

    # Reading the journal

    @on(RegisterChanged)
    def _read(self) -> None:
        self._names = Names.of(self.register)
        self._read_trail()

    @work(thread=True, exclusive=True, group="read")
    def _read_trail(self) -> None:
        worker = get_current_worker()
        trail = Trail(self.register.store)
        shown = monotonic()
        try:
            for _known in trail.read(lambda: worker.is_cancelled):
                if self._trail is None and monotonic() - shown > OFTEN:
                    shown = monotonic()
                    self.app.call_from_thread(self._show_trail, trail, True)
        except HorizonError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", markup=False)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_trail, trail, False)

    def _show_trail(self, trail: Trail, reading: bool) -> None:
        """Show what has been read so far; with everything read, look for what is wanted."""
        if not still_there(self):
            return
        if reading:
            self._show(AuditRows(trail, self._named, None), "reading...")
            return
        self._trail = trail
        self._look()

    @property
    def _named(self) -> Names:
        assert self._names is not None
        return self._names

    def _look(self) -> None:
        """Show the events that fit the filter: all of them at once, or as they are found."""
        if self._trail is None:
            return
        if self._filter.is_empty:
            self.workers.cancel_group(self, "look")
            self._show(AuditRows(self._trail, self._named, None), "")
        else:
            self._found = []
            self._show(AuditRows(self._trail, self._named, self._found), "looking...")
            self._find(self._trail, self._named, self._filter)

    @work(thread=True, exclusive=True, group="look")
    def _find(self, trail: Trail, names: Names, wanted: Filter) -> None:
        worker = get_current_worker()
        waiting: list[int] = []
        shown = 0.0
        for batch in trail.matching(wanted, names, lambda: worker.is_cancelled):
            waiting += batch
            if waiting and monotonic() - shown > OFTEN:
                shown = monotonic()
                self.app.call_from_thread(self._add, wanted, waiting, True)
                waiting = []
        if not worker.is_cancelled:
            self.app.call_from_thread(self._add, wanted, waiting, False)

    def _add(self, wanted: Filter, found: list[int], more: bool) -> None:
        if still_there(self) and wanted == self._filter and self._trail is not None:
            self._found = [*self._found, *found]  # the list still shows the old rows
            rows = AuditRows(self._trail, self._named, self._found)
            self._show(rows, "looking..." if more else "")

    def _show(self, rows: AuditRows, state: str) -> None:
        """Put other rows in, the cursor on the event it was on."""
        table = self.query_one(Events)
        self._held = table.current or self._held  # the list is empty while it is being found anew
        at = self._place_of(self._held, rows)
        self._rows, self._state = rows, state
        empty = "No event fits. Press Esc to see all." if not state else f"{state.capitalize()}"
        table.show(rows, columns=audit_page.COLUMNS, empty=empty, sorted_by=None, at=at)
        self._say()

    def _place_of(self, current: str, rows: AuditRows) -> int:
        if not current.isdecimal() or self._trail is None:
            return 0
        place = self._trail.position(int(current))
        if self._filter.is_empty:
            return place
        return bisect_left(self._found, place)

    def _say(self) -> None:
        rows = len(self._rows) if self._rows is not None else 0
        total = len(self._trail) if self._trail is not None else rows
        said = count(rows, "event")
        if not self._filter.is_empty:
            said += f" of {total}: {audit_page.described(self._filter, self._named)}"
        state = f"  ·  {self._state}" if self._state else ""
        about = Content.styled("Audit", "bold") + Content(printable(f"  ·  {said}{state}"))
        self.query_one("#about", Static).update(about)

    @on(RegisterTable.Highlighted)
    def _look_closer(self) -> None:
        entry = self._current
        words = audit_page.whole(entry, self._named) if entry is not None else ""
        self.query_one("#whole", Static).update(words)

    @property
    def _current(self) -> HistoryEntry | None:
        at = self.query_one(Events).cursor
        rows = self._rows
        return rows.entry(at) if rows is not None and at < len(rows) else None

    @on(RegisterTable.Opened)
    def _open(self) -> None:
        entry, rows = self._current, self._rows
        if entry is not None and rows is not None and self._trail is not None:
            found = self._trail.event(rows.place(self.query_one(Events).cursor))
            self.app.push_screen(LineScreen(entry, found))

    # Filters

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        if self._resting is not None:
            self._resting.stop()
        text = " ".join(event.value.split())
        self._resting = self.set_timer(REST, lambda: self._want(replace(self._filter, text=text)))

    def _want(self, wanted: Filter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self._look()

    def action_search(self) -> None:
        self.query_one(SearchLine).focus()

    def action_only(self, what: str) -> None:
        """Show only events like the one under the cursor, or all again."""
        rows, table = self._rows, self.query_one(Events)
        if rows is None or self._trail is None or table.cursor >= len(rows):
            return
        about = self._trail.about(rows.place(table.cursor))
        value = "" if getattr(self._filter, what) else getattr(about, what)
        self._want(replace(self._filter, **{what: value}))

    def action_clear(self) -> None:
        """Show everything again, or go back."""
        if self._filter.is_empty:
            self.dismiss()
            return
        self.query_one(SearchLine).value = ""
        self._want(Filter())
        self.query_one(Events).focus()

    # Verifying

    def action_verify(self) -> None:
        """Check the whole journal: the chain, the snapshot, each record, each reference."""
        if not self._verifying:
            self._verifying = True
            self._progress("Verifying...")
            self._verify()

    @work(thread=True, exclusive=True, group="verify")
    def _verify(self) -> None:
        """Every line is looked at twice: for the chain, and to fold it."""
        looks = 2 * max(1, self._trail.lines if self._trail else self.register.state.head.seq)
        shown, looked = monotonic(), 0

        def heard(line: int) -> None:
            nonlocal shown, looked
            looked += 1
            if monotonic() - shown > OFTEN:
                shown = monotonic()
                self.app.call_from_thread(self._progress, _bar(looked, looks))

        try:
            with uncollected(kept=False):
                found = with_signatures(
                    verify(self.register.path, heard), allowed_signers(self.register)
                )
        except HorizonError as error:
            self.app.call_from_thread(self._verified, None, str(error))
        else:
            self.app.call_from_thread(self._verified, found, "")

    def _progress(self, words: str) -> None:
        if still_there(self):
            line = self.query_one("#progress", Static)
            line.update(words)
            line.set_class(bool(words), "shown")

    def _verified(self, found: Verification | None, error: str) -> None:
        self._verifying = False
        self._progress("")
        if still_there(self):
            lines = pages.line(error) if found is None else result(found)
            self.app.push_screen(PanelScreen("Verification", lines))


def _bar(done: int, whole: int) -> str:
    filled = min(BAR, BAR * done // whole)
    share = min(100, 100 * done // whole)
    return f"Verifying  {'█' * filled}{'·' * (BAR - filled)}  {share}%"


def result(found: Verification) -> Lines:
    """What verification found, in words."""
    read = (
        f"{count(found.events, 'event')} and "
        f"{count(found.technologies, 'technology', 'technologies')}"
    )
    if found.faults:
        parts = [pages.line(f"{count(len(found.faults), 'fault')} found. {read} read.", "bold")]
    else:
        parts = [pages.line(f"{read} add up.", "bold")]
    for fault in found.faults:
        place = f"Line {fault.line}" if fault.line else "register.json"
        event = f" (event {fault.seq})" if fault.seq else ""
        parts.append(pages.line(f"{place}{event}: {fault.what}"))
    if found.signatures is not None and found.signatures.words:
        parts.append(pages.line(found.signatures.words))
    parts += [pages.line(notice) for notice in found.notices]
    if found.head:
        parts += [
            pages.line(),
            pages.field("Head hash", found.head),
            pages.line(),
            pages.line(
                "Compare it with the head hash on a board paper: a rebuilt or shortened journal "
                "shows against that."
            ),
        ]
    return pages.joined(parts)
