"""The queue of pairs that may be the same technology, worked through side by side."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from horizon.model.errors import HorizonError
from horizon.model.technology import Technology
from horizon.model.wording import count, day, in_words, printable
from horizon.register import Register
from horizon.register.duplicates import Suggestion
from horizon.register.likely import Progress, suggestions
from horizon.register.reader import Reader
from horizon.register.views import standing_of
from horizon.tui.aside import is_large
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages import stage_name
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.still_there import still_there
from horizon.tui.widgets.banner import Banner
from horizon.tui.widgets.beside import Beside, Pair
from horizon.tui.widgets.keys import Keys


class Stopped(Exception):
    """Somebody left before the search was done."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided on the pair at a place of the queue, and how it is taken back."""

    at: int
    words: str
    undo: Callable[[], object] | None


RECORDED = "Merge records this as the reason."

ON_PAIR = {"merge", "swap", "different", "skip", "look"}
"""Keys that need a pair in front."""


class DuplicatesScreen(OnRegister, Screen[None]):
    """Decide on entries that may be the same: merge them, or say that they are different."""

    CSS_PATH = "../styles/duplicates.tcss"
    BINDINGS = [
        Binding("m", "merge", "Merge"),
        Binding("x", "swap", "Other way round"),
        Binding("d", "different", "Different"),
        Binding("s", "skip", "Skip"),
        Binding("u", "undo", "Undo"),
        Binding("ctrl+z", "take_back", "Undo here or anywhere", show=False),
        Binding("1", "look(0)", "Open left", show=False),
        Binding("2", "look(1)", "Open right", show=False),
        Binding("down,space", "scroll(1)", "Read on", show=False),
        Binding("up", "scroll(-1)", "Read back", show=False),
        Binding("escape", "leave", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._queue: list[Suggestion] = []
        self._at = 0
        self._swapped = False
        self._ready = False
        self._seen: tuple[int, int] = (0, 0)
        self._done: list[Done] = []

    def compose(self) -> ComposeResult:
        yield Banner(self.register)
        yield Static(id="pair", classes="heading", markup=False)
        yield Static(id="why", markup=False)
        with VerticalScroll(id="both"):
            yield Beside(id="beside")
        yield Keys()

    def on_mount(self) -> None:
        self._say("Looking for entries that may be the same…")
        if is_large(self.register):
            self._look(self.register.standing_still())
        else:
            self._found(_searched(self.register, lambda done, all: None))

    @work(thread=True)
    def _look(self, register: Reader) -> None:
        worker = get_current_worker()

        def progress(done: int, all: int) -> None:
            if worker.is_cancelled:
                raise Stopped
            share = f"{100 * done // all}%" if all else ""
            self.app.call_from_thread(
                self._say, f"Looking for entries that may be the same… {share}"
            )

        with suppress(Stopped):
            self.app.call_from_thread(self._found, _searched(register, progress))

    def _found(self, found: list[Suggestion] | HorizonError) -> None:
        if not still_there(self):
            return
        if isinstance(found, HorizonError):
            self._say(str(found))
            return
        self._queue, self._ready = found, True
        self._show()

    @on(RegisterChanged)
    def _changed(self) -> None:
        if self._ready:
            self._show()

    @property
    def pair(self) -> tuple[Technology, Technology] | None:
        """The pair in front: the one that would stay, then the one that would go."""
        while self._at < len(self._queue) and not self._stands(self._queue[self._at]):
            self._at += 1
        if self._at >= len(self._queue):
            return None
        current = self._queue[self._at]
        first = self.register.technology(current.first)
        second = self.register.technology(current.second)
        if _goes(first, second) != self._swapped:
            first, second = second, first
        return first, second

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        in_front = self._ready and self._at < len(self._queue)
        if action == "undo":
            return in_front or bool(self._done)
        return in_front or action not in ON_PAIR

    def _stands(self, each: Suggestion) -> bool:
        """Whether both are still there to be decided on."""
        held = self.register.state.technologies
        return all(key in held and not held.header(key).superseded_by for key in each_of(each))

    def _show(self) -> None:
        pair = self.pair
        self.refresh_bindings()
        if pair is None:
            decided = count(len([e for e in self._done if e.undo]), "pair")
            self._say(
                "Duplicates  ·  No two entries look the same. Press Esc to go back."
                if not self._queue
                else f"Duplicates  ·  That was the last pair: {decided} decided on. u undoes one."
            )
            return
        current = self._queue[self._at]
        stays, goes = pair
        self._seen = stays.revision, goes.revision
        self.query_one("#pair", Static).update(
            Content(
                f"Duplicates  ·  Pair {self._at + 1} of {len(self._queue)}  ·  "
                f"Are these the same? Likeness {current.score} of 100"
            )
        )
        why = "\n".join(each[:1].upper() + each[1:] for each in current.reasons)
        self.query_one("#why", Static).update(Content(printable(f"{why}\n{RECORDED}")))
        self.query_one("#beside", Beside).show(_pairs(self.register, stays, goes))
        self.query_one("#both", VerticalScroll).scroll_home(animate=False)

    def _say(self, words: str) -> None:
        if not still_there(self):
            return
        self.query_one("#pair", Static).update(Content(printable(words)))
        self.query_one("#why", Static).update("")
        self.query_one("#beside", Beside).show(())

    def action_merge(self) -> None:
        """Record that the one on the right is the one on the left."""
        pair = self.pair
        if pair is None or not self.app.may_write():
            return
        stays, goes = pair
        seen = self._seen  # what was decided on is what was shown
        reason = f"The same technology: {'; '.join(self._queue[self._at].reasons)}"
        self._decide(
            lambda: self.register.merge(
                goes.id,
                stays.id,
                reason=reason,
                expect=seen[1],
                expect_into=seen[0],
            ),
            f"{goes.label} is merged into {stays.label}.",
            lambda: self.register.unmerge(goes.id, reason="Taken back in the list of duplicates"),
        )

    def action_different(self) -> None:
        """Record that the two are two technologies."""
        pair = self.pair
        if pair is None or not self.app.may_write():
            return
        first, second = pair
        self._decide(
            lambda: self.register.mark_different(first.id, second.id),
            f"{first.label} and {second.label} are different.",
            lambda: self.register.take_difference_back(first.id, second.id),
        )

    def _decide(
        self, command: Callable[[], object], words: str, undo: Callable[[], object]
    ) -> None:
        at = self._at
        done = self.app.act(command)
        if isinstance(done, HorizonError):
            self.notify(str(done), severity="error", timeout=12, markup=False)
            self._show()
            return
        self._done.append(Done(at, words, undo))
        self._go_on(f"{words} Press u to take it back.")

    def action_skip(self) -> None:
        """Go on without a decision: the pair comes again another time."""
        if self.pair is not None:
            self._done.append(Done(self._at, "Skipped.", None))
            self._go_on("")

    def _go_on(self, said: str) -> None:
        self._at += 1
        self._swapped = False
        self.app.clear_notifications()
        if said:
            self.notify(said, timeout=4, markup=False)
        self._show()

    def action_undo(self) -> None:
        """Take the last decision back and show its pair again."""
        if not self._done:
            self.notify("Nothing was decided here yet.")
            return
        last = self._done[-1]
        if last.undo is not None:
            done = self.app.act(last.undo)
            if isinstance(done, HorizonError):
                self.notify(str(done), severity="error", timeout=12, markup=False)
                return
        self._done.pop()
        self._at, self._swapped = last.at, False
        self.app.clear_notifications()
        self._show()

    async def action_take_back(self) -> None:
        """Take back what was decided here last, or else what was done last anywhere."""
        if self._done:
            self.action_undo()
        else:
            await self.app.run_action("app.take_back")

    def action_swap(self) -> None:
        """Let the other one stay."""
        self._swapped = not self._swapped
        self._show()

    def action_look(self, which: int) -> None:
        """Open one of the two."""
        from horizon.tui.screens.technology import TechnologyScreen

        pair = self.pair
        if pair is not None:
            self.app.push_screen(TechnologyScreen(pair[which].id))

    def action_scroll(self, by: int) -> None:
        both = self.query_one("#both", VerticalScroll)
        both.scroll_relative(y=3 * by, animate=False)

    def action_leave(self) -> None:
        self.workers.cancel_all()
        self.dismiss()


def _searched(register: Reader, progress: Progress) -> list[Suggestion] | HorizonError:
    """The pairs to decide on, or why they cannot be looked for."""
    try:
        return suggestions(register, progress)
    except HorizonError as error:
        return error


def each_of(each: Suggestion) -> tuple[str, str]:
    """The ids of the two."""
    return each.first, each.second


def _goes(first: Technology, second: Technology) -> bool:
    """Whether the first, rather than the second, is the one to go: decisions stay, then what was
    reopened or in use already, then what more is recorded about, then what came first."""

    def weight(each: Technology) -> tuple[int, int, bool, int, int]:
        recorded = len(each.answers) + len(each.rounds) + len(each.evidence)
        reopened, legacy = len(each.open_reopenings), each.legacy is not None
        return len(each.decisions), reopened, legacy, recorded, len(each.sightings)

    return weight(first) < weight(second)


def _pairs(register: Register, stays: Technology, goes: Technology) -> list[Pair]:
    """Both records, field by field."""

    def each(name: str, of: Callable[[Technology], str], *, plain: bool = False) -> Pair:
        return Pair(name, of(stays), of(goes), plain)

    def standing(technology: Technology) -> str:
        header = register.state.technologies.header(technology.id)
        return standing_of(register, header).words

    return [
        Pair("", "Stays", "Goes", plain=True, style="bold"),
        Pair("", f"{stays.label}  {stays.name}", f"{goes.label}  {goes.name}", True, "bold"),
        each("Also", lambda t: ", ".join(t.aliases)),
        each("Supplier", lambda t: t.supplier),
        each("Kind", lambda t: in_words(t.kind)),
        each("Stage", lambda t: stage_name(register, t.stage)),
        each("Standing", standing),
        each("Owner", lambda t: register.name(t.owner) if t.owner else ""),
        each("Summary", lambda t: t.summary),
        each("Problem", lambda t: t.problem),
        each("Seen", _seen),
        each("Tags", lambda t: ", ".join(t.tags)),
        each("Recorded", _recorded, plain=True),
    ]


def _seen(technology: Technology) -> str:
    shown = [
        f"{day(each.seen_on)}, {each.source}{f' {each.url}' if each.url else ''}"
        for each in technology.sightings[:4]
    ]
    more = len(technology.sightings) - len(shown)
    return "\n".join([*shown, *([f"and {more} more"] if more > 0 else [])])


def _recorded(technology: Technology) -> str:
    parts = [
        count(len(technology.decisions), "decision"),
        count(len(technology.reopenings), "reopening"),
        count(len(technology.rounds), "scoring round"),
        count(len(technology.answers), "answer"),
        count(len(technology.evidence), "document"),
    ]
    return ", ".join(each for each in parts if not each.startswith("0 ")) or "nothing yet"
