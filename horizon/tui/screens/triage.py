"""The first look at signals, one after the other, a key for each verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from horizon.judgement.sources import SPONSORED
from horizon.model.errors import HorizonError
from horizon.model.technology import Sighting, Technology
from horizon.model.triage import Looked, Nature, Verdict, suggested
from horizon.model.wording import day, printable
from horizon.model.words import SourceType, TimeHorizon
from horizon.register.signals import filled, lacking, queue
from horizon.tui.host import SAID
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages.triage import Draft, about, drawn
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.screens.triage_form import TriageForm
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Page

HORIZONS = (None, TimeHorizon.H1, TimeHorizon.H2, TimeHorizon.H3)

ON_SIGNAL = {
    "degree", "take", "verdict", "horizon", "nature", "sponsor", "everything", "skip", "open",
}  # fmt: skip
"""Keys that need a signal in front."""


class TriageScreen(OnRegister, Screen[None]):
    """Take a first look at signals: two digits, then Enter for the verdict they suggest."""

    CSS_PATH = "../styles/triage.tcss"
    BINDINGS = [
        *(
            Binding(
                str(n),
                f"degree({n})",
                "Impact, uncertainty",
                key_display="1-5",
                show=n == 1,
                id=f"degree-{n}",
                tooltip="How much it matters to the Policing Plan, then how unsure that is",
            )
            for n in range(1, 6)
        ),
        Binding("enter", "take", "As suggested", tooltip="The verdict that the two digits suggest"),
        Binding(
            "a",
            "verdict('assess')",
            "Assess",
            tooltip="Take it forward, as it matters and is clear",
        ),
        Binding(
            "w",
            "verdict('watch')",
            "Watch",
            tooltip="It comes back here on a day, as it matters and is not clear yet",
        ),
        Binding(
            "l",
            "verdict('log')",
            "Log",
            tooltip="Only keep it on record, as it is clear and matters little",
        ),
        Binding(
            "p",
            "verdict('park')",
            "Park",
            tooltip="Leave it on record for now, as it is unclear and matters little",
        ),
        Binding(
            "h",
            "horizon",
            "In ordinary use",
            id="horizon",
            tooltip="Within 2 years, in 2 to 5 years, or later",
        ),
        Binding(
            "t",
            "nature",
            "Threat or opportunity",
            id="threat",
            tooltip="Whether it is used against the force, or by it",
        ),
        Binding(
            "i",
            "sponsor",
            "Sponsor it",
            id="sponsor",
            tooltip="Stand up for it in your own name, so that it can be taken forward",
        ),
        Binding("e", "everything", "More", tooltip="What else a first look can say, as a form"),
        Binding("s", "skip", "Skip", tooltip="Say nothing of it now, and be asked next time"),
        Binding("u,ctrl+z", "undo", "Undo"),
        Binding("o", "open", "Open", show=False),
        Binding("down,space", "scroll(1)", "Read on", show=False),
        Binding("up", "scroll(-1)", "Read back", show=False),
        Binding("escape", "dismiss", "Back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._queue: list[str] = []
        self._at = 0
        self._draft = Draft()
        self._revision = 0
        self._done: list[tuple[int, Callable[[], object] | None]] = []

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static(id="signal", classes="heading", markup=False)
        yield Static(id="draft", markup=False)
        with VerticalScroll(id="about", can_focus=False):
            yield Page(id="text")
        yield Keys()

    def on_mount(self) -> None:
        self._queue = queue(self.register)
        self._show()

    @on(RegisterChanged)
    def _changed(self) -> None:
        self._show()

    @property
    def signal(self) -> Technology | None:
        """The signal in front."""
        held = self.register.state.technologies
        first = self.register.framework.route.first_stage
        while self._at < len(self._queue):
            key = self._queue[self._at]
            if key in held and held.header(key).stage == first:
                return self.register.technology(key)
            self._at += 1
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        in_front = self._at < len(self._queue)
        if action == "undo":
            return in_front or bool(self._done)
        return in_front or action not in ON_SIGNAL

    def _show(self) -> None:
        signal = self.signal
        self.refresh_bindings()
        title, draft = self.query_one("#signal", Static), self.query_one("#draft", Static)
        if signal is None:
            title.update(
                "First look  ·  No signal wants a look today. Press Esc to go back."
                if not self._queue
                else "First look  ·  That was the last signal. Press u to take a verdict back."
            )
            draft.update("")
            self.query_one(Page).show(())
            return
        self._revision = signal.revision
        name = printable(f"{signal.label}  {signal.name}")
        at = f"First look  ·  {self._at + 1} of {len(self._queue)}  ·  "
        title.update(Content(f"{at}{name}"))
        draft.update(drawn(self._draft, self.suggested))
        self.query_one(Page).show(about(self.register, signal))

    @property
    def suggested(self) -> Verdict | None:
        """What impact and uncertainty suggest, once both are said. What cannot be taken forward
        yet is watched until it can."""
        signal = self.signal
        if signal is None or not self._draft.is_said:
            return None
        found = suggested(self._draft.impact, self._draft.uncertainty)
        if found is Verdict.ASSESS and lacking(self.register, signal.id):
            return Verdict.WATCH
        return found

    def action_degree(self, degree: int) -> None:
        """Say the impact, then the uncertainty."""
        if self._draft.second:
            self._draft = replace(self._draft, uncertainty=degree, second=False)
        else:
            self._draft = replace(self._draft, impact=degree, uncertainty=0, second=True)
        self._show()

    def action_horizon(self) -> None:
        """Say when it could be in ordinary use: not said, H1, H2, H3."""
        following = (HORIZONS.index(self._draft.mainstream) + 1) % len(HORIZONS)
        self._draft = replace(self._draft, mainstream=HORIZONS[following])
        self._show()

    def action_nature(self) -> None:
        """Say whether it is an opportunity or a threat."""
        other = Nature.OPPORTUNITY if self._draft.nature is Nature.THREAT else Nature.THREAT
        self._draft = replace(self._draft, nature=other)
        self._show()

    def action_take(self) -> None:
        """Take the verdict that impact and uncertainty suggest."""
        if self.suggested is not None:
            self.action_verdict(self.suggested.value)
        else:
            self.notify("Say impact and uncertainty first: two digits from 1 to 5.")

    def action_verdict(self, verdict: str) -> None:
        """Record the verdict and go on."""
        signal = self.signal
        if signal is None or not self.app.may_write():
            return
        if not self._draft.is_said:
            self.notify("Say impact and uncertainty first: two digits from 1 to 5.")
            return
        looked = Looked(
            verdict=Verdict(verdict),
            impact=self._draft.impact,
            uncertainty=self._draft.uncertainty,
            mainstream=self._draft.mainstream,
            nature=self._draft.nature,
        )
        looked = filled(looked, self.register.whole(signal.id), self.register.today)
        revision = self._revision
        done = self.app.act(lambda: self.register.triage(signal.id, looked, expect=revision))
        if isinstance(done, HorizonError):
            self._refused(done)
            return
        self._looked(signal, looked)

    def _looked(self, signal: Technology, looked: Looked) -> None:
        """Say what was recorded, and go on to the next signal."""
        watched = f" until {day(looked.check_on)}" if looked.check_on else ""
        self._go_on(
            f"{signal.label}: {looked.verdict}{watched}. Press u to take it back.",
            lambda: self.register.take_back(signal.id),
        )

    def _go_on(self, words: str, undo: Callable[[], object] | None) -> None:
        self._done.append((self._at, undo))
        self._at += 1
        self._draft = Draft()
        self._tell(words)
        self._show()
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)

    def _tell(self, words: str) -> None:
        """Say what was done last, in place of what was said before."""
        self.app.clear_notifications()
        if words:
            self.notify(words, timeout=SAID, markup=False)

    def action_skip(self) -> None:
        """Go on without a verdict: the signal comes again another time."""
        if self.signal is not None:
            self._go_on("", None)

    def action_undo(self) -> None:
        """Take the last verdict back and show its signal again."""
        if not self._done:  # an earlier one, or anything else that was done last
            self.call_later(self.run_action, "app.take_back")
            return
        at, undo = self._done[-1]
        if undo is not None:
            done = self.app.act(undo)
            if isinstance(done, HorizonError):
                self._refused(done)
                return
        self._done.pop()
        if at != self._at:
            self._at, self._draft = at, Draft()
        self.app.clear_notifications()
        self._show()

    def action_sponsor(self) -> None:
        """Stand up for the signal as somebody in the force: an internal sighting."""
        signal = self.signal
        if signal is None or not self.app.may_write():
            return
        seen = Sighting(
            source=f"{SPONSORED}{self.register.acting}",
            source_type=SourceType.INTERNAL,
            seen_on=self.register.today,
        )
        done = self.app.act(lambda: self.register.add_sighting(signal.id, seen))
        if isinstance(done, HorizonError):
            self._refused(done)
            return
        self._done.append((self._at, lambda: self.register.take_back(signal.id)))
        self._tell(f"You sponsor {signal.label} now. Press u to take it back.")
        self._show()

    def action_everything(self) -> None:
        """Say more: sides and trends, what would move us, the day of the next look."""
        signal = self.signal
        if signal is None or not self.app.may_write():
            return

        def saved(technology_id: str | None) -> None:
            held = self.register.technology(signal.id).triage
            if technology_id and held is not None:
                self._looked(signal, held)

        self.app.push_screen(TriageForm(signal.id, self._draft), saved)

    def action_open(self) -> None:
        from horizon.tui.screens.technology import TechnologyScreen

        if (signal := self.signal) is not None:
            self.app.push_screen(TechnologyScreen(signal.id))

    def action_scroll(self, by: int) -> None:
        self.query_one("#about", VerticalScroll).scroll_relative(y=3 * by, animate=False)

    def _refused(self, error: HorizonError) -> None:
        self.app.clear_notifications()
        self.notify(str(error), severity="error", timeout=10, markup=False)
        self._show()
