"""One technology, whole: five tabs, and the keys for everything that can be done to it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TabbedContent, TabPane

from horizon.model.technology import Technology
from horizon.model.wording import printable
from horizon.register.as_at import Moment
from horizon.register.views import history
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import ethics as ethics_page
from horizon.tui.pages import line, stage_name
from horizon.tui.pages import route as route_page
from horizon.tui.pages import scores as scores_page
from horizon.tui.pages import technology as technology_page
from horizon.tui.screens import small_forms
from horizon.tui.screens.conditions import ConditionsScreen
from horizon.tui.screens.decide import DecideScreen
from horizon.tui.screens.drafting import ETHICS, draft_of, round_of
from horizon.tui.screens.ethics import EthicsScreen
from horizon.tui.screens.evidence import EvidenceScreen
from horizon.tui.screens.facts import FactsScreen
from horizon.tui.screens.line import LineScreen
from horizon.tui.screens.move import MoveScreen
from horizon.tui.screens.note import NoteScreen
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.screens.record import RecordScreen
from horizon.tui.screens.score import ScoreScreen
from horizon.tui.screens.travel import TravelScreen
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.history_list import HistoryList
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Page

ON_THE_ROUTE = ("review", "withdraw", "supersede", "reopen")
"""What is only done to a technology that is on the route."""

NOT_SHOWN = frozenset(("score", *(f"open('{each}')" for each in ("decide", *ON_THE_ROUTE))))
"""The keys that are of no use to one that has left it."""

TABS = ("Overview", "Scores", "Ethics", "Route", "History")


class TechnologyScreen(OnRegister, Screen[None]):
    """A technology: how it stands, its scores, ethics, route and history."""

    CSS_PATH = "../styles/technology.tcss"
    BINDINGS = [
        Binding("escape", "dismiss", "Back"),
        *[
            Binding(
                str(number), f"tab('{name}')", f"{name} tab", show=False, id=f"tab-{name.lower()}"
            )
            for number, name in enumerate(TABS, start=1)
        ],
        Binding("f", "open('facts')", "Facts", tooltip="They decide tier and questions"),
        Binding("s", "score", "Score", tooltip="Open a round, or give your scores"),
        Binding(
            "S", "close_round", "Close round", show=False, tooltip="Then everybody sees the scores"
        ),
        Binding("e", "open('ethics')", "Ethics", tooltip="Answer the data-ethics questions"),
        Binding("g", "open('move')", "Gate", tooltip="What the next step needs"),
        Binding("d", "open('decide')", "Decide", tooltip="Record what a body decided"),
        Binding("v", "open('evidence')", "Evidence", tooltip="Attach a document"),
        Binding("a", "open('amend')", "Amend", tooltip="Change its name, owner, problem and so on"),
        Binding("c", "open('conditions')", "Conditions", tooltip="What its approvals ask for"),
        Binding("K", "open('records')", "Records", tooltip="The whole record of each decision"),
        Binding("o", "open('sighting')", "Sighting", tooltip="Add where else it was seen"),
        Binding("r", "open('review')", "Review", tooltip="Set the review date"),
        Binding("w", "open('withdraw')", "Withdraw", tooltip="Nobody pursues it any more"),
        Binding("x", "export", "Export", tooltip="A paper or data about it"),
        Binding(
            "u", "open('supersede')", "Supersede", show=False, tooltip="Another took its place"
        ),
        Binding(
            "p", "open('reopen')", "Reopen", show=False, tooltip="Something happened: look again"
        ),
        Binding("n", "open('note')", "Note"),
    ]

    def __init__(self, technology_id: str) -> None:
        super().__init__()
        self.technology_id = technology_id
        self._told = False
        self._drafts: dict[str, str] = {}

    @property
    def technology(self) -> Technology:
        return self.register.technology(self.technology_id)

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static(id="title", markup=False)
        with TabbedContent(id="tabs"):
            for number, name in enumerate(TABS, start=1):
                with TabPane(f"{number} {name}", id=name):
                    if name == "History":
                        yield HistoryList(id="history")
                    else:
                        with VerticalScroll():
                            yield Page(id=f"text-{name}")
        yield Keys()

    def on_mount(self) -> None:
        if not self._is_gone:
            self._draw()
            self._focus_text()

    @property
    def _is_gone(self) -> bool:
        """Whether it left with the import that entered it."""
        return self.technology_id not in self.register.state.technologies

    async def on_screen_resume(self) -> None:
        if self.is_current and self._is_gone:
            self.dismiss()
        elif not self._is_gone and self._kept() != self._drafts:
            self._draw()

    @on(RegisterChanged)
    def _changed(self, event: RegisterChanged) -> None:
        if not event.ids or self.technology_id in event.ids:
            self._draw()

    def _draw(self) -> None:
        technology = self.technology
        reading = self.register.reading(self.technology_id)
        name = printable(f"{technology.label}  {technology.name}")
        self.query_one("#title", Static).update(
            Content.styled(name, "bold") + Content(f"  ·  {reading.standing.words}")
        )
        texts = {
            "Overview": technology_page.overview,
            "Scores": scores_page.scores,
            "Ethics": ethics_page.ethics,
            "Route": route_page.route,
        }
        self._drafts = self._kept()
        for tab, text in texts.items():
            lines = text(self.register, technology)
            if tab in self._drafts:
                lines = line(f"{self._drafts[tab]} goes on with your draft.", "bold") + lines
            self.query_one(f"#text-{tab}", Page).show(lines)
        self._told = False
        self._tell()

    def _kept(self) -> dict[str, str]:
        """The tabs on which a draft of this person waits, with the key that goes on with it."""
        wanted = {"Scores": ("s", round_of(self.technology)), "Ethics": ("e", ETHICS)}
        return {
            tab: key
            for tab, (key, what) in wanted.items()
            if draft_of(self.register, self.technology_id, what).is_kept
        }

    def _tell(self) -> None:
        """Read the journal only when somebody looks at it."""
        if self.query_one(TabbedContent).active == "History" and not self._told:
            self._told = True
            entries = list(history(self.register, self.technology_id))
            self.query_one(HistoryList).show(entries)

    @on(TabbedContent.TabActivated)
    def _focus_text(self) -> None:
        active = self.query_one(TabbedContent).active
        self._tell()
        if active == "History":
            self.query_one(HistoryList).focus()
        elif active:
            self.query_one(f"#{active} VerticalScroll").focus()

    @on(HistoryList.Opened)
    def _show_line(self, event: HistoryList.Opened) -> None:
        self.app.push_screen(LineScreen(event.entry))

    @on(HistoryList.AsAt)
    def _as_at(self, event: HistoryList.AsAt) -> None:
        moment, app = Moment(event=event.entry.seq), self.app
        app.push_screen(TravelScreen(app.archive, app.present, moment=moment), app.arrive)

    def action_tab(self, name: str) -> None:
        self.query_one(TabbedContent).active = name

    SCREENS = {
        "facts": FactsScreen,
        "ethics": EthicsScreen,
        "move": MoveScreen,
        "decide": DecideScreen,
        "conditions": ConditionsScreen,
        "records": RecordScreen,
        "reopen": small_forms.ReopenScreen,
        "note": NoteScreen,
        "amend": small_forms.AmendScreen,
        "evidence": EvidenceScreen,
        "sighting": small_forms.SightingScreen,
        "review": small_forms.ReviewScreen,
        "withdraw": small_forms.WithdrawScreen,
        "supersede": small_forms.SupersedeScreen,
    }

    @property
    def _is_ended(self) -> bool:
        stage = self.register.framework.route.stage(self.technology.stage)
        return stage is not None and stage.ended

    def offers(self, action: str) -> bool:
        """Whether an action's key is worth showing: where nothing can be changed, or where the
        technology has left the route, what would only be refused is not."""
        if self._is_gone:
            return True
        if self.register.read_only and action != "open('records')":
            return not action.startswith(("open(", "score", "close_round", "export"))
        return action not in NOT_SHOWN or not self._is_ended

    def action_open(self, name: str) -> None:
        if name != "records" and not self.app.may_write():
            return
        if name in ON_THE_ROUTE and self._is_ended:
            stage = stage_name(self.register, self.technology.stage).lower()
            label = self.technology.label
            self.notify(f"{label} has left the route ({stage}): that is not done to it any more.")
            return
        self.app.push_screen(self.SCREENS[name](self.technology_id))

    def action_export(self) -> None:
        """Export a paper, or data, about this technology."""
        from horizon.tui.screens.export import ExportScreen

        if not self.app.may_write():
            return
        shown = f"{self.technology.label} {self.technology.name}"
        screen = ExportScreen([self.technology_id], shown=shown, chosen=True)
        self.app.push_screen(screen)

    def action_score(self) -> None:
        """Open a round where there is none, else score."""
        current = self.technology.open_round
        if not self.app.may_write():
            return
        if current is None:
            self.app.push_screen(small_forms.OpenRoundScreen(self.technology_id))
        elif not current.waiting_for:
            self.action_close_round()
        elif self.register.person_id not in current.waiting_for:
            names = ", ".join(self.register.name(each) for each in current.waiting_for)
            self.notify(
                f"Round {current.number} waits for {names}. You act as {self.register.acting}. "
                "Press S to close it early.",
                markup=False,
            )
        else:
            self.app.push_screen(ScoreScreen(self.technology_id))

    def action_close_round(self) -> None:
        if self.technology.open_round is None:
            self.notify("No scoring round is open.")
        else:
            self.app.push_screen(small_forms.CloseRoundScreen(self.technology_id))
