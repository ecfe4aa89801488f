"""The Register screen: views, search, list, preview."""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from horizon import settings
from horizon.model.errors import BadInput
from horizon.register.views import attention
from horizon.tui.columns import chosen
from horizon.tui.keymap import Binding
from horizon.tui.layout import Layout, keep_layout, read_layout
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.picking import PickingScreen
from horizon.tui.still_there import still_there
from horizon.tui.views import Listed, Rows, View, listed, ordered, saved_views, views
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Page
from horizon.tui.widgets.register_table import RegisterTable
from horizon.tui.widgets.search_line import SearchLine
from horizon.tui.widgets.views_list import ViewsList

if TYPE_CHECKING:
    from collections.abc import Callable

    from horizon.register.finding import Found

SIDES_FROM = 110
"""Columns from which views and preview stand beside the list."""

MOST_FOUND = 1_000
"""Technologies that a search shows. Whoever wants more types another letter."""

REST = 0.05
"""Seconds that the cursor stays on a technology before its preview is made."""


PREVIEW = "horizon.tui.preview"
"""What makes a preview. It brings all that can be judged with it, so it is loaded when the first
rows stand."""


def get_ready(then: Callable[[], None]) -> None:
    """Load what previews need, in a thread of its own: the keys do not wait for that."""
    import_module(PREVIEW)
    from horizon.model.technology import Technology

    Technology.model_rebuild()
    then()


class RegisterScreen(PickingScreen):
    """The register: what needs someone, and every technology."""

    CSS_PATH = "../styles/register.tcss"
    BINDINGS = [
        Binding("slash", "search", "Search"),
        Binding("n", "propose", "Propose", tooltip="A new technology, as a form"),
        Binding("f2", "app.capture", "Write down", tooltip="A technology in a line"),
        Binding(
            "t",
            "visit('triage:TriageScreen')",
            "First look",
            tooltip="Signals one after the other",
        ),
        Binding(
            "d",
            "visit('duplicates:DuplicatesScreen')",
            "Duplicates",
            tooltip="Entries that may be one",
        ),
        Binding("v", "views", "Views", tooltip="Stages, and searches you kept"),
        Binding("m", "visit('meetings:MeetingsScreen')", "Meetings"),
        Binding(
            "b", "visit('board:BoardScreen')", "Board", tooltip="Every technology in its stage"
        ),
        Binding("R", "visit('radar:RadarScreen')", "Radar", tooltip="What is near and what is far"),
        Binding(
            "C", "visit('compare:CompareScreen')", "Compare", tooltip="How sure the ranking is"
        ),
        Binding(
            "D",
            "visit('all_conditions:AllConditionsScreen')",
            "Conditions",
            tooltip="All of them, by date",
        ),
        Binding(
            "A,r",
            "visit('audit:AuditScreen')",
            "Audit",
            key_display="A",
            tooltip="Everything that happened",
        ),
        Binding("x", "export", "Export", tooltip="Papers and data"),
        Binding("I", "import_file", "Import", tooltip="Bring technologies in from a file"),
        Binding("M", "visit('measure:MeasureScreen')", "Objective 4 measure", show=False),
        Binding(
            "T",
            "app.travel",
            "Another day",
            id="as-at-a-day",
            tooltip="The register as it stood then",
        ),
        Binding("comma", "visit('settings:SettingsScreen')", "Settings"),
        Binding("l", "legacy", "Already in use", show=False, tooltip="Enter what the force runs"),
        Binding("ctrl+s", "keep_view", "Keep this search", show=False, tooltip="As a view"),
        Binding("delete", "forget_view", "Forget the view", show=False),
        Binding("c", "columns", "Columns", show=False, tooltip="Choose the columns of the list"),
        Binding("escape", "clear", "Clear search", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view = View("Needs someone", needs=True)
        self._found: list[Listed] = []
        self._shown: list[Listed] = []
        self._choices: list[View] = []
        self._sorted: tuple[int, bool] | None = None
        self._layout = Layout()
        self._resting: Timer | None = None
        self._behind = False

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        with Horizontal(id="body"):
            yield ViewsList(id="views")
            with Vertical(id="middle"):
                yield SearchLine(
                    RegisterTable, placeholder="Search the register ( / )", id="search"
                )
                yield RegisterTable(self._view.columns, "", id="table")
                yield Static(id="count", markup=False)
            with VerticalScroll(id="preview", can_focus=False):
                yield Page(id="preview-text")
        yield Keys()

    def on_mount(self) -> None:
        if not attention(self.register):
            self._view = View("All")
        self._layout = read_layout(self.register.state.head.register_id)
        self._sorted = self._kept_sort()
        self._reload()
        self.query_one(RegisterTable).focus()

    def fit(self, width: int) -> None:
        self.set_class(width >= SIDES_FROM, "wide")

    async def on_resize(self, event: Resize) -> None:
        self._look_closer()

    @on(RegisterChanged)
    def _changed(self) -> None:
        if self.app.screen is self or self.app.screen.is_modal:
            self._reload()
        else:
            self._behind = True  # nobody sees the list behind another screen

    async def on_screen_resume(self) -> None:
        if self._behind:
            self._reload()

    def _reload(self) -> None:
        """Read the view anew and show it, the cursor where it was."""
        self._behind = False
        self._found = listed(self.register, self._view)
        options = self.query_one("#views", OptionList)
        at = options.highlighted
        choices = [(view, f"{size:>4}") for view, size in views(self.register)]
        choices += [(view, "   /") for view in saved_views()]
        self._choices = [view for view, _ in choices]
        options.clear_options()
        for number, (view, size) in enumerate(choices):
            options.add_option(Option(Content(f"{size}  {view.name}"), id=str(number)))
            if view == self._view:
                at = number
        options.highlighted = at
        self._show()

    @property
    def listed_ids(self) -> list[str]:
        return [each.header.id for each in self._shown]

    def show_picked(self) -> None:
        self._show()

    def _show(self, *, keep: bool = True) -> None:
        """Show what fits, the cursor where it was unless something else is asked for."""
        query = self.query_one("#search", Input).value
        found: Found | None = None
        rows, said = self._found, ""
        if query:
            from horizon.register.finding import find

            try:
                found = find(self.register, query, MOST_FOUND)
            except BadInput as refused:  # the list stays as it is until the filter is whole
                self.query_one("#count", Static).update(str(refused))
                return
            rows = [Listed(each, "", late=False) for each in found.headers]
            said = self._said(query, found)
        shown = self._shown = ordered(self.register, rows, self._sorted)
        table = self.query_one(RegisterTable)
        table.show(
            Rows(self.register, shown, found, self.picked),
            columns=self.with_room(
                chosen((View("All") if query else self._view).columns, self._layout.columns)
            ),
            empty=self._empty(query),
            sorted_by=self._sorted,
            keep=table.current if keep else "",
        )
        said = said or f"{self._view.name}: {len(shown)}"
        self.query_one("#count", Static).update(self.said_of_picked() + said)

    def _said(self, query: str, found: Found) -> str:
        """How many were found, and which filters what is being typed may become."""
        from horizon.register.querying import hints

        size = len(self.register.state.technologies)
        number = f"the first {MOST_FOUND:,}" if found.more else str(len(found.headers))
        if filters := hints(query):
            return f"Found {number} of {size}  ·  {'  '.join(filters)}"
        return f"Found {number} of {size} in the whole register"

    def _empty(self, query: str) -> str:
        if not self.register.state.technologies:
            return (
                "The register is empty. Press n to propose the first technology, F2 to write one "
                "down in a line, I to bring in a file, F3 for a tour."
            )
        if query:
            return "Nothing fits. Esc clears the search. To propose it: Enter, then n."
        if self._view.needs:
            return "Nothing needs anyone today. Press v for other views."
        return "No technology is here. Press v for other views."

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self._show(keep=not self.query_one("#search", Input).value)

    @on(RegisterTable.Highlighted)
    def _look_closer(self) -> None:
        """Preview where the cursor comes to rest: the list itself is drawn first."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._preview)

    def _preview(self) -> None:
        """Show what is under the cursor, where there is room beside the list."""
        if not still_there(self) or not self.has_class("wide"):
            return
        if PREVIEW not in sys.modules:
            ready = partial(self.app.call_from_thread, self._preview)
            self.run_worker(partial(get_ready, ready), thread=True, exit_on_error=False)
            return
        from horizon.tui.preview import preview

        at = self.query_one(RegisterTable).current
        page = self.query_one("#preview-text", Page)
        here = at in self.register.state.technologies
        page.show(preview(self.register, at) if here else ())

    @on(RegisterTable.Opened)
    def _open(self, event: RegisterTable.Opened) -> None:
        from horizon.tui.screens.technology import TechnologyScreen

        self.app.push_screen(TechnologyScreen(event.id))

    @on(RegisterTable.SortAsked)
    def _sort(self, event: RegisterTable.SortAsked) -> None:
        order: list[tuple[int, bool] | None] = [None]
        table = self.query_one(RegisterTable)
        order += [(at, back) for at in table.shown_columns for back in (False, True)]
        if event.column < 0:
            here = order.index(self._sorted) if self._sorted in order else 0
            following = order[(here + 1) % len(order)]
        else:
            same = self._sorted is not None and self._sorted[0] == event.column
            following = (event.column, bool(same and self._sorted and not self._sorted[1]))
        self._sorted = following
        self._keep_sort()
        self._show()

    @on(OptionList.OptionSelected, "#views")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        choice = self._choices[int(event.option_id or 0)]
        self.remove_class("choosing")
        if choice.query:
            self._sorted = None
            self.query_one("#search", Input).value = choice.query
        else:
            self._view = choice
            self._sorted = self._kept_sort()
            self.query_one("#search", Input).value = ""
            self._reload()
        self.query_one(RegisterTable).focus()

    def on_key(self, event: Key) -> None:
        """Typing letters into the views list must not be needed; Esc puts it away."""
        if event.key == "escape" and self.has_class("choosing"):
            self.remove_class("choosing")
            self.query_one(RegisterTable).focus()
            event.stop()

    def action_search(self) -> None:
        from horizon.register.finding import finder

        self.query_one("#search", Input).focus()
        self.call_after_refresh(finder, self.register)  # ready before the first letter

    def action_keep_view(self) -> None:
        """Keep what is searched for under a name."""
        from horizon.tui.screens.name_view import NameView

        query = self.query_one("#search", Input).value.strip()
        if not query:
            self.notify("Search for something first: what is kept is a search.")
            return

        def named(name: str | None) -> None:
            if name:
                settings.save(views={**settings.load().views, name: query})
                self._reload()
                self.notify(f"Kept as a view: {name}", markup=False)

        self.app.push_screen(NameView(query), named)

    def action_forget_view(self) -> None:
        """Forget the kept view under the cursor of the list of views."""
        options = self.query_one("#views", OptionList)
        at = options.highlighted
        if not options.has_focus or at is None or not self._choices[at].query:
            self.notify("Go to a view that was kept (v), then press Delete.")
            return
        name = self._choices[at].name
        kept = {key: query for key, query in settings.load().views.items() if key != name}
        settings.save(views=kept)
        self._reload()
        self.notify(f"Forgotten: {name}", markup=False)

    def action_clear(self) -> None:
        search = self.query_one("#search", Input)
        if not search.value:
            self.pick_none()
        search.value = ""
        self.query_one(RegisterTable).focus()

    def action_views(self) -> None:
        self.add_class("choosing")
        self.query_one("#views", OptionList).focus()

    def action_propose(self) -> None:
        from horizon.tui.screens.propose import ProposeScreen

        if self._may_write():
            self.app.push_screen(ProposeScreen(), self._proposed)

    def action_legacy(self) -> None:
        from horizon.tui.screens.propose import LegacyScreen

        if self._may_write():
            self.app.push_screen(LegacyScreen(), self._proposed)

    def action_visit(self, place: str) -> None:
        """Open another screen on the whole register: `module:Class` among the screens."""
        module, _, name = place.partition(":")
        screen = getattr(import_module(f"horizon.tui.screens.{module}"), name)
        self.app.push_screen(screen())

    def action_export(self) -> None:
        """Export what is on the list, or what a paper is about of itself."""
        from horizon.tui.screens.export import ExportScreen

        if self._may_write():
            query = self.query_one("#search", Input).value
            what = f"search: {query}" if query else self._view.name
            shown = f"What is on the list: {len(self._shown)} ({what})"
            ids = self.listed_ids
            meant = bool(query or self._view.stage)
            self.app.push_screen(ExportScreen(ids, shown=shown, chosen=meant))

    def action_import_file(self) -> None:
        """Bring in technologies from a file, as one change."""
        from horizon.tui.screens.import_file import ImportScreen

        if self._may_write():
            self.app.push_screen(ImportScreen())

    def _kept_sort(self) -> tuple[int, bool] | None:
        """The order in which the view was last looked at, if another than its own."""
        title, backwards = self._layout.sorts.get(self._view.name, ("", False))
        titles = [each.title for each in self._view.columns]
        return (titles.index(title), backwards) if title in titles else None

    def _keep_sort(self) -> None:
        sorts = {view: e for view, e in self._layout.sorts.items() if view != self._view.name}
        if self._sorted is not None:
            at, backwards = self._sorted
            sorts[self._view.name] = (self._view.columns[at].title, backwards)
        self._keep(Layout(self._layout.columns, sorts))

    def _keep(self, layout: Layout) -> None:
        self._layout = layout
        keep_layout(self.register.state.head.register_id, layout)

    def action_columns(self) -> None:
        """Choose which columns the list shows."""
        from horizon.tui.screens.choose_columns import ChooseColumns

        def chose(titles: tuple[str, ...] | None) -> None:
            if titles is not None:
                self._keep(Layout(titles, self._layout.sorts))
                self._show()
                self._say_what_gives_way(titles)

        self.app.push_screen(ChooseColumns(self._view.columns, self._layout.columns), chose)

    def _say_what_gives_way(self, titles: tuple[str, ...]) -> None:
        columns = self._view.columns
        shown = {columns[at].title for at in self.query_one(RegisterTable).shown_columns}
        missing = [e.title for e in columns if e.title in titles and e.title not in shown]
        if missing:
            words = f"No room for {', '.join(missing)}: widen the window, or untick another."
            self.notify(words, markup=False)

    def _proposed(self, technology_id: str | None) -> None:
        """Show what was just entered, wherever the list stood."""
        if not technology_id:
            return
        self._view = View("All")
        self.query_one("#search", Input).value = ""
        self._reload()
        table = self.query_one(RegisterTable)
        try:
            at = [row.header.id for row in self._found].index(technology_id)
        except (ValueError, BadInput):
            return
        table.cursor = at
