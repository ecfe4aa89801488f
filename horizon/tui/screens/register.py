"""The Register screen: views, search, list, preview."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from horizon import settings
from horizon.register.reader import FINDER
from horizon.register.views import ATTENTION, attention
from horizon.tui.aside import Aside, is_large
from horizon.tui.keymap import Binding
from horizon.tui.lists.columns import NEVER, chosen
from horizon.tui.lists.layout import read_layout
from horizon.tui.lists.listing import (
    Asked,
    Listing,
    get_ready,
    is_quick,
    look_up,
    look_up_ready,
    said_of,
    when_empty,
)
from horizon.tui.lists.views import Rows, View, narrowed, saved_views, views
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.arranging import ArrangingScreen
from horizon.tui.screens.leading import LeadingScreen
from horizon.tui.screens.picking import PickingScreen
from horizon.tui.screens.previewing import PreviewingScreen
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Page
from horizon.tui.widgets.register_table import RegisterTable, room_for
from horizon.tui.widgets.search_line import SearchLine
from horizon.tui.widgets.views_list import ViewsList

SIDES_FROM = 120
"""Columns from which views and preview stand beside the list."""

VIEWS, PREVIEW, SCROLL = 24, 32, 2
"""Columns that they take, and those of the bar to scroll by."""

GET_READY = 1.5
"""Seconds after which the search is made ready in a large register: the first rows stand, and the
code of other screens is there."""

LOOKING = "Looking"


CHANGING = frozenset(
    ("propose", "app.capture", "visit('triage:TriageScreen')", "import_file", "legacy")
)
"""What changes the register."""


class RegisterSearch(SearchLine):
    """What is searched for can be kept as a view."""

    BINDINGS = [Binding("ctrl+s", "screen.keep_view", "Keep as a view")]


class RegisterScreen(PreviewingScreen, PickingScreen, ArrangingScreen, LeadingScreen):
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
        Binding("R", "visit('radar:RadarScreen')", "Radar", tooltip="How near each is to use"),
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

    is_whole = True
    """Each key waits for the one before it: Enter opens what the last letter found."""

    def __init__(self) -> None:
        super().__init__()
        self._view = View("Needs someone", needs=True)
        self._listing = Listing(Asked(self._view), [])
        self._choices: list[View] = []
        self._behind = self._counts_behind = False
        self._needed = 0
        self._aside = Aside(self)

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        with Horizontal(id="body"):
            yield ViewsList(id="views")
            with Vertical(id="middle"):
                yield RegisterSearch(
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
        self._put(look_up(self.register, self._asked))  # the first rows are not waited for
        self._list_views()
        self.query_one(RegisterTable).focus()
        self.set_timer(GET_READY, self._get_ready)

    def fit(self, width: int) -> None:
        """Let views and preview stand beside the list, but where somebody chose columns: there they
        give way until all of those have room, the preview first."""
        chosen_for = self._needed if self._layout.columns else 0
        left = width - SCROLL - chosen_for
        self.set_class(width >= SIDES_FROM and left >= VIEWS, "with-views")
        self.set_class(width >= SIDES_FROM and left >= VIEWS + PREVIEW, "wide")

    @on(RegisterChanged)
    def _changed(self) -> None:
        if self.app.screen is self or self.app.screen.is_modal:
            self._reload()
        else:
            self._behind = True  # nobody sees the list behind another screen

    async def on_screen_resume(self) -> None:
        if self._behind:
            self._reload()

    def offers(self, action: str) -> bool:
        """Whether an action's key is worth showing: where nothing can be changed, what would only
        be refused is not."""
        return not (self.register.read_only and action in CHANGING)

    @property
    def _query(self) -> str:
        return self.query_one("#search", Input).value

    @property
    def _asked(self) -> Asked:
        """What the list is to show now."""
        return Asked(self._view, self._query, self._sorted, self.register.person_id)

    def _reload(self, at: str = "") -> None:
        """Read the view anew and show it, the cursor where it was, or on the technology `at`."""
        self._behind, self._counts_behind = False, True
        self._show(at=at)

    def _count_views(self) -> None:
        """Say how many technologies each view holds, once that takes no time."""
        if not self._counts_behind:
            return
        if is_large(self.register) and not self.register.keeps(ATTENTION):
            self._aside.begin(self.register, attention, lambda _: self._count_views())
            return
        self._counts_behind = False
        self._list_views()

    def _list_views(self) -> None:
        """Say which views there are, and how many each holds."""
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

    @property
    def listed_ids(self) -> list[str]:
        return [each.header.id for each in self._listing.shown]

    def show_picked(self) -> None:
        self._put(self._listing)

    def _show(self, *, keep: bool = True, at: str = "") -> None:
        """Show what fits, the cursor where it was unless something else is asked for."""
        asked = self._asked
        if is_quick(self.register, asked):
            self._aside.drop()
            self._put(look_up(self.register, asked), keep=keep, at=at)
            self._count_views()
            return
        if asked.query != self._listing.asked.query:  # Enter would open what nobody looks for
            at = at or (self.query_one(RegisterTable).current if keep else "")
            self._put(Listing(asked, []), empty=LOOKING)

        def made(listing: Listing) -> None:
            self._put(listing, keep=keep, at=at)
            self._count_views()

        self._tell(LOOKING)
        self._aside.begin(self.register, partial(look_up_ready, asked=asked), made)

    def _put(self, listing: Listing, *, keep: bool = True, at: str = "", empty: str = "") -> None:
        """Put a list on the screen."""
        asked = listing.asked
        if listing.refused:  # the list stays as it is until the filter is whole
            self._tell(listing.refused)
            return
        table = self.query_one(RegisterTable)
        at = at or (table.current if keep else "")
        # Where the list is asked for anew, and what was under the cursor has left it: the next row.
        otherwise = table.cursor if asked == self._listing.asked else 0
        self._listing = listing
        columns = chosen(asked.columns, self._layout.columns)
        columns = self.with_room(narrowed(self.register, columns, listing.shown))
        self._needed = room_for([each for each in columns if each.shown_from != NEVER])
        self.fit(self.app.size.width)
        table.show(
            Rows(self.register, listing.shown, listing.found, self.picked),
            columns=columns,
            empty=empty or when_empty(self.register, asked),
            sorted_by=asked.sorted_by,
            at=listing.place(at, otherwise) if at else 0,
        )
        picked = self.said_of_picked()
        room = self.query_one("#count").content_size.width - len(picked)
        self._tell(picked + (empty or said_of(self.register, listing, room)))

    def _tell(self, words: str) -> None:
        """Say something below the list. The screen is laid out anew only where it may take another
        number of lines: that would hold up every letter of a search."""
        count = self.query_one("#count", Static)
        one_line = max(len(words), len(str(count.content))) <= count.content_size.width
        count.update(words, layout=not one_line)

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self._show(keep=not self._query)

    @on(RegisterTable.Opened)
    def _open(self, event: RegisterTable.Opened) -> None:
        from horizon.tui.screens.technology import TechnologyScreen

        self.app.push_screen(TechnologyScreen(event.id))

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
        self.query_one("#search", Input).focus()
        self._get_ready()

    def _get_ready(self) -> None:
        """Make a search ready in a large register, before there is one or soon after."""
        is_there = self.register.keeps(FINDER) or self._aside.is_busy
        if is_large(self.register) and not is_there:
            self._aside.begin(self.register, partial(get_ready, me=self.register.person_id))

    def action_keep_view(self) -> None:
        """Keep what is searched for under a name."""
        from horizon.tui.screens.name_view import NameView

        query = self._query.strip()
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

    def action_export(self) -> None:
        """Export what is on the list, or what a paper is about of itself."""
        from horizon.tui.screens.export import ExportScreen

        if self.app.may_write():
            query = self._query
            what = f"search: {query}" if query else self._view.name
            shown = f"What is on the list: {len(self._listing.shown)} ({what})"
            ids = self.listed_ids
            meant = bool(query or self._view.stage)
            self.app.push_screen(ExportScreen(ids, shown=shown, chosen=meant))

    def show_entered(self, technology_id: str | None) -> None:
        if not technology_id:
            return
        self._view = View("All")
        self.query_one("#search", Input).value = ""
        self._reload(at=technology_id)
