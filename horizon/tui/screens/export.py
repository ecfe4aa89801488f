"""Export: what leaves the register, for whom, in which format, and where to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Button, Input, Select, Static

from horizon import settings
from horizon.model.errors import BadInput, HorizonError
from horizon.model.wording import printable
from horizon.model.words import Edition, Marking
from horizon.papers.editions import NotReleased
from horizon.papers.issuing import Prepared, hand_over
from horizon.tui import pages
from horizon.tui.export_preview import preview
from horizon.tui.exports import Choice, Kind, aside, ending, kinds
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.exported import ExportedScreen
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.gate import GateScreen
from horizon.tui.screens.release import ReleaseScreen
from horizon.tui.widgets.fields import Field, FieldBox
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Lines, Page

REST = 0.3
"""Seconds without a change after which the preview is made."""

TICK = 0.5
"""Seconds between two looks at how long the work has taken."""

Purpose = Literal["preview", "export"]

REMEMBERED = ("what", "format", "edition", "body", "rings", "sectors")
"""The fields whose last choice is offered again."""

EDITIONS = {
    Edition.INTERNAL: "Internal: for people inside",
    Edition.PUBLIC: "Public: nobody named, only texts that were read and released",
    Edition.NON_PUBLIC: "Non-public part: what the public edition withholds",
}


class Stopped(Exception):
    """The work is not wanted any more."""


class Doing(Message):
    """The work has come to another step."""

    def __init__(self, number: int, step: str) -> None:
        super().__init__()
        self.number, self.step = number, step


class Made(Message):
    """The work is done: what was prepared, or why it could not be."""

    def __init__(self, purpose: Purpose, number: int, outcome: Prepared | HorizonError) -> None:
        super().__init__()
        self.purpose, self.number, self.outcome = purpose, number, outcome


class ExportScreen(FormScreen):
    """Choose what leaves the register, for whom, and in which format. That it left is recorded."""

    DEFAULT_CSS = """
    ExportScreen #preview-side {
        display: none; width: 1fr; max-width: 100; border-left: solid $panel; padding: 0 1;
    }
    ExportScreen.wide #preview-side { display: block; }
    ExportScreen #working { display: none; height: auto; padding: 0 2; background: $surface; }
    ExportScreen #working.shown { display: block; }
    """
    HEADING = "Export"
    SAVE = "Export"
    BINDINGS = [
        Binding("ctrl+s", "save", "Export", priority=True),
        Binding("ctrl+g", "preview", "Preview"),
        Binding("ctrl+r", "read", "Read texts", tooltip="Read the texts that wait for release"),
    ]

    def __init__(self, ids: Sequence[str] = (), *, shown: str = "", chosen: bool = False) -> None:
        """`ids` are the technologies that were on the screen, and `shown` the words for them;
        `chosen` when they are what is meant, unless somebody says otherwise."""
        super().__init__()
        self._ids, self._shown, self._chosen = tuple(ids), shown, chosen
        self._numbers: dict[Purpose, int] = {"preview": 0, "export": 0}
        self._resting: Timer | None = None
        self._ticking: Timer | None = None
        self._began = 0.0
        self._step = ""
        self._panel: Lines = ()
        self._looking = False
        self._unread: tuple[tuple[str, str], ...] = ()
        self._suggested = ""

    # What it asks for

    @cached_property
    def _kinds(self) -> Sequence[Kind]:
        return kinds(one=len(self._ids) == 1 and self._chosen)

    @cached_property
    def _last(self) -> dict[str, str]:
        return settings.load().export

    @cached_property
    def _folder(self) -> Path:
        """Where the last export went, or where the app was started."""
        last = self._last.get("folder", "")
        return Path(last) if last and Path(last).is_dir() else Path.cwd()

    def _kind_of(self, kind_id: str) -> Kind:
        return next((each for each in self._kinds if each.id == kind_id), self._kinds[0])

    def fields(self) -> Sequence[Field]:
        kind = self._kind_of(self._last.get("what", "board-paper"))
        form = self._last.get("format", "")
        form = form if form in dict(kind.formats).values() else kind.formats[0][1]
        about = "shown" if self._ids and (self._chosen or kind.id == "atrs") else "itself"
        edition = self._last.get("edition", "")
        edition = edition if edition in kind.editions else Edition.INTERNAL
        bodies = [(each.name, each.id) for each in self.register.framework.route.bodies]
        body = self._body_of(kind) or self._last.get("body", "")
        choice = partial(Field, kind="choice", required=True)
        return [
            choice(
                "what",
                "What",
                help=kind.about,
                value=kind.id,
                choices=[(each.name, each.id) for each in self._kinds],
            ),
            choice("format", "Format", value=form, choices=kind.formats),
            choice("about", "About", value=about, choices=self._abouts(kind)),
            choice("edition", "For whom", value=edition, choices=_editions(kind)),
            choice(
                "unread",
                "Texts that nobody has released",
                value="refuse",
                choices=[("Refuse, and say which", "refuse"), ("Withhold them", "withhold")],
            ),
            Field(
                "path", "Save as", required=True, help=f"In {self._folder} unless it says where."
            ),
            choice(
                "body",
                "Body",
                value=body if body in dict(bodies).values() else "",
                choices=bodies,
            ),
            Field("meeting_on", "Day of the meeting", "day", value=self.register.today.isoformat()),
            Field("since", "Changes since", "day", help=_since(kind)),
            choice(
                "rings",
                "Rings",
                value=self._last.get("rings", "stage"),
                choices=[("Stage", "stage"), ("Time horizon", "time horizon")],
            ),
            choice(
                "sectors",
                "Sectors",
                value=self._last.get("sectors", "kind"),
                choices=[("Kind of technology", "kind"), ("Objective it serves", "objective")],
            ),
            Field(
                "marking",
                "Marking",
                "choice",
                help="Empty: as the edition or what is in it has it. Never lower.",
                choices=[(each.value, each.value) for each in Marking],
            ),
        ]

    def _body_of(self, kind: Kind) -> str:
        return kind.template.called.body if kind.template else ""

    def _abouts(self, kind: Kind) -> list[tuple[str, str]]:
        shown = [(self._shown, "shown")] if self._ids else []
        return shown if kind.id == "atrs" else [(kind.of_itself, "itself"), *shown]

    def intro(self) -> str:
        return "What leaves is recorded in the register, with its digest and who sent it."

    def on_mount(self) -> None:
        self.query_one("#page").mount(VerticalScroll(Page(id="export-preview"), id="preview-side"))
        self.mount(Static(id="working", markup=False), before=self.query_one(Keys))

    def filled(self) -> None:
        self._arrange()
        self._suggest()
        self._preview_soon()

    def on_unmount(self) -> None:
        """Nobody waits for what is still being made."""
        for purpose in self._numbers:
            self._numbers[purpose] += 1

    @property
    def has_work(self) -> bool:
        """Choices are remembered once something was exported, and quickly made again."""
        return False

    @property
    def _kind(self) -> Kind:
        return self._kind_of(self.box("what").text)

    # What follows from what was chosen

    @on(Select.Changed, "#field-what")
    def _what_changed(self) -> None:
        if not self.is_whole:
            return
        kind = self._kind
        self.box("what").advise(kind.about)
        self.box("since").advise(_since(kind))
        for name, choices in (
            ("format", kind.formats),
            ("about", self._abouts(kind)),
            ("edition", _editions(kind)),
        ):
            box = self.box(name)
            held = box.text
            allowed = [value for _, value in choices]
            box.offer(choices, held if held in allowed else allowed[0])
        body = self._body_of(kind)
        if body:
            self.box("body").query_one(Select).value = body
        self._arrange()
        self._suggest()

    @on(Select.Changed)
    @on(Input.Changed)
    def _any_changed(self, event: Select.Changed | Input.Changed) -> None:
        """Fit the form and the preview to what was chosen."""
        if not self._suggested or (event.control and event.control.id == "field-path"):
            return
        self._arrange()
        self._suggest()
        self._preview_soon()

    def _arrange(self) -> None:
        """Show the fields that are asked for now; those that are not say nothing."""
        kind = self._kind
        shown = {
            "unread": self.box("edition").text != Edition.INTERNAL,
            **{
                name: name in kind.asks
                for name in ("body", "meeting_on", "since", "rings", "sectors")
            },
        }
        for name, wanted in shown.items():
            box = self.box(name)
            if box.display != wanted:
                box.display = wanted
                if name == "body":
                    box.field = replace(box.field, required=wanted)
                elif not wanted and box.field.kind == "day":
                    box.query_one(Input).value = box.field.value

    def _suggest(self) -> None:
        """Offer a name for the file, unless somebody wrote one."""
        box = self.box("path").query_one(Input)
        if box.value not in ("", self._suggested):
            return
        parts = [self._kind.id]
        if self.box("about").text == "shown" and len(self._ids) == 1:
            parts.append(self.register.header(self._ids[0]).label)
        parts.append(self.register.today.isoformat())
        if "meeting_on" in self._kind.asks:
            parts[-1] = self.box("meeting_on").text or parts[-1]
        if (edition := self.box("edition").text) != Edition.INTERNAL:
            parts.append(edition.replace(" ", "-"))
        name = "-".join(parts).replace("/", "-") + ending(self.box("format").text)
        box.value = self._suggested = name

    def _choice(self, values: dict[str, Any]) -> Choice:
        kind = self._kind_of(values["what"])
        return Choice(
            kind=kind,
            format=values["format"],
            path=self._folder / Path(values["path"]).expanduser(),
            edition=Edition(values["edition"]),
            only=self._ids if values["about"] == "shown" else (),
            body=values["body"] if "body" in kind.asks else "",
            meeting_on=values["meeting_on"],
            since=values["since"],
            rings=values["rings"],
            sectors=values["sectors"],
            marking=Marking(values["marking"]) if values["marking"] else None,
            keep_back_unread=values["unread"] == "withhold",
        )

    # Preview

    @on(RegisterChanged)
    def _preview_soon(self) -> None:
        """Make the preview when nothing has been changed for a moment."""
        self._panel, self._unread = (), ()
        self._numbers["preview"] += 1
        if self._resting is not None:
            self._resting.stop()
        if self.has_class("wide") or self._looking:
            self._resting = self.set_timer(REST, self._preview_now)

    def fit(self, width: int) -> None:
        super().fit(width)
        if self.has_class("wide") and not self._panel and self._suggested:
            self._preview_soon()

    def _preview_now(self) -> None:
        try:
            choice = self._choice({box.field.name: box.read() for box in self.query(FieldBox)})
        except BadInput as error:
            self._show_preview(pages.line(f"No preview yet: {error}"))
            return
        self._begin("preview", choice.light)

    def _show_preview(self, lines: Lines) -> None:
        self._panel = lines
        self.query_one("#export-preview", Page).show(lines)
        self.query_one("#preview-side", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()
        if self._looking:
            self._looking = False
            self._say_working("")
            self.app.push_screen(PreviewScreen(lines))

    def action_preview(self) -> None:
        """Show the preview over the form, where there is no room beside it."""
        if self._panel:
            self.app.push_screen(PreviewScreen(self._panel))
        elif not self._ticking:
            self._looking = True
            self._say_working("Making the preview")
            self._preview_soon()

    # Work in a thread of its own

    def _begin(self, purpose: Purpose, choice: Choice) -> None:
        self._numbers[purpose] += 1
        work = partial(self._work, purpose, self._numbers[purpose], choice)
        self.run_worker(work, thread=True, group=purpose)

    def _work(self, purpose: Purpose, number: int, choice: Choice) -> None:
        """Prepare what was chosen. Runs in a thread of its own, on a register of its own."""

        def tell(step: str) -> None:
            if self._numbers[purpose] != number:
                raise Stopped
            if purpose == "export":
                self.post_message(Doing(number, step))

        outcome: Prepared | HorizonError
        try:
            with aside(self.register) as own:
                outcome = choice.prepare(own, tell)
        except Stopped:
            return
        except HorizonError as error:
            outcome = error
        self.post_message(Made(purpose, number, outcome))

    @on(Doing)
    def _doing(self, message: Doing) -> None:
        if message.number == self._numbers["export"]:
            self._step = message.step
            self._tick()

    @on(Made)
    def _made(self, message: Made) -> None:
        if message.number != self._numbers[message.purpose]:
            return
        outcome = message.outcome
        if isinstance(outcome, NotReleased):
            self._unread = outcome.texts
        if message.purpose == "export":
            self._end()
            if isinstance(outcome, HorizonError):
                self.refused(outcome)
            else:
                self._hand_over(outcome)
        elif isinstance(outcome, HorizonError):
            self._show_preview(pages.line("\n".join(_why(outcome))))
        else:
            self._show_preview(preview(outcome))

    def _tick(self) -> None:
        spent = int(time.monotonic() - self._began)
        said = f" ({spent} s)" if spent else ""
        self._say_working(f"{self._step}{said}. Esc cancels: nothing is written until it is done.")

    def _say_working(self, words: str) -> None:
        working = self.query_one("#working", Static)
        working.update(Content(words))
        working.set_class(bool(words), "shown")

    def _end(self, words: str = "") -> None:
        """Stop saying that something is being done."""
        self._numbers["export"] += 1
        if self._ticking is not None:
            self._ticking.stop()
            self._ticking = None
        self.query_one("#save", Button).disabled = False
        self._say_working(words)

    # Export

    def action_save(self) -> None:
        if self._ticking is None:
            super().action_save()

    def submit(self, values: dict[str, Any]) -> None:
        choice = self._choice(values)
        choice.check()
        path = choice.path
        if not path.parent.is_dir():
            raise BadInput(f"path is in a folder that is not there: {path.parent}", do="Make it")
        if not path.exists():
            self._make(choice)
            return

        def answered(answer: str | None) -> None:
            if answer == REPLACE:
                self._make(choice)

        from horizon.tui.screens.ask import Ask

        question = f"There is {printable(path.name)} already."
        self.app.push_screen(Ask(question, ("Leave it", REPLACE)), answered)

    def _make(self, choice: Choice) -> None:
        self._numbers["preview"] += 1
        self._began, self._step = time.monotonic(), "Beginning"
        self._ticking = self.set_interval(TICK, self._tick)
        self.query_one("#save", Button).disabled = True
        self._tick()
        self._begin("export", choice)

    def _hand_over(self, prepared: Prepared) -> None:
        left, error = self.app.act(  # type: ignore[attr-defined]
            lambda: hand_over(self.register, prepared)
        )
        if error is not None:
            self.refused(error)
            return
        held = {name: self.box(name).text for name in REMEMBERED}
        settings.save(export={**self._last, **held, "folder": str(prepared.path.parent)})
        content = prepared.content
        size = len(content) if isinstance(content, bytes) else sum(map(len, content.values()))
        app = self.app
        self.dismiss("")
        app.push_screen(ExportedScreen(left, size))

    def refused(self, error: HorizonError) -> None:
        if isinstance(error, NotReleased):
            self.say("\n".join(_why(error)))
            self.query_one("#form", VerticalScroll).scroll_home(animate=False)
            self.refresh_bindings()
        else:
            super().refused(error)

    def action_leave(self) -> None:
        """Stop what is being done, or go back."""
        if self._ticking is not None:
            self._end("Cancelled. Nothing was written.")
        else:
            super().action_leave()

    # Texts that wait for release

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "read" or bool(self._unread)

    def action_read(self) -> None:
        """Read the texts that keep a public edition from being made."""

        def read(_: str | None) -> None:
            self.say("")
            self._preview_soon()

        self.app.push_screen(ReleaseScreen(self._unread), read)


class PreviewScreen(GateScreen):
    """What would leave, before it does."""


REPLACE = "Replace it"


def _editions(kind: Kind) -> list[tuple[str, str]]:
    return [(EDITIONS[each], each.value) for each in kind.editions]


def _since(kind: Kind) -> str:
    """What an empty day stands for."""
    if "rings" in kind.asks:
        return "Empty: movement is not shown."
    return "Empty: since the body's last meeting."


def _why(error: HorizonError) -> list[str]:
    """Why something could not be made, with what to do about it here."""
    if not isinstance(error, NotReleased):
        return [f"This cannot be exported so. {error}"]
    lines = [f"{error.rule}:", *[f"  {each}" for each in error.missing]]
    return [*lines, "Press Ctrl+R to read them here, or choose to withhold them."]
