"""Export: what leaves the register, for whom, in which format, and where to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from textual import on
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Input, Select

from horizon import settings
from horizon.model.errors import BadInput, HorizonError
from horizon.model.wording import printable
from horizon.model.words import Edition, Marking
from horizon.papers.agenda import coming_meeting
from horizon.papers.editions import NotReleased
from horizon.papers.issuing import Prepared, hand_over
from horizon.tui import pages
from horizon.tui.exporting.exports import Choice, Kind, file_name, kinds
from horizon.tui.exporting.fields import (
    REMEMBERED,
    editions_of,
    meeting_words,
    rest_fields,
    since_words,
    what_fields,
    whom_fields,
)
from horizon.tui.exporting.preview import preview
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.exported import ExportedScreen
from horizon.tui.screens.gate import GateScreen
from horizon.tui.screens.making import MakingScreen, Purpose
from horizon.tui.screens.release import ReleaseScreen
from horizon.tui.widgets.fields import Field, FieldBox
from horizon.tui.widgets.page import Lines, Page

SOMETIMES = ("body", "meeting_on", "since", "rings", "sectors")
"""The fields that only some kinds ask for."""

REST = 0.3
"""Seconds without a change after which the preview is made."""


class ExportScreen(MakingScreen):
    """Choose what leaves the register, for whom, and in which format. That it left is recorded."""

    DEFAULT_CSS = """
    ExportScreen #preview-side {
        display: none; width: 1fr; max-width: 100; border-left: solid $panel; padding: 0 1;
    }
    ExportScreen.wide #preview-side { display: block; }
    """
    HEADING = "Export"
    SAVE = "Export"
    BINDINGS = [
        Binding("ctrl+s", "save", "Export", priority=True),
        Binding("ctrl+g", "preview", "Preview"),
        Binding("ctrl+r", "read", "Read texts", tooltip="Read the texts that wait for release"),
    ]

    def __init__(
        self,
        ids: Sequence[str] = (),
        *,
        shown: str = "",
        chosen: bool = False,
        first: Kind | None = None,
        begin: Mapping[str, str] | None = None,
    ) -> None:
        """`ids` are the technologies that were on the screen, and `shown` the words for them;
        `chosen` when they are what is meant, unless somebody says otherwise. `first` is what only
        this place can export, such as the minutes of the meeting that was on the screen; `begin`
        holds choices to begin with by their fields, in place of those made last."""
        super().__init__()
        self._first, self._begin = first, begin or {}
        self._ids, self._shown, self._chosen = tuple(ids), shown, chosen
        self._resting: Timer | None = None
        self._panel: Lines = ()
        self._looking = False
        self._unread: tuple[tuple[str, str], ...] = ()
        self._suggested = ""

    # What it asks for

    @cached_property
    def _kinds(self) -> Sequence[Kind]:
        usual = kinds(one=len(self._ids) == 1 and self._chosen)
        return (self._first, *usual) if self._first else usual

    @cached_property
    def _last(self) -> dict[str, str]:
        return {**settings.load().export, **self._begin}

    @cached_property
    def _folder(self) -> Path:
        """Where the last export went, or where the app was started."""
        last = self._last.get("folder", "")
        return Path(last) if last and Path(last).is_dir() else Path.cwd()

    def _kind_of(self, kind_id: str) -> Kind:
        return next((each for each in self._kinds if each.id == kind_id), self._kinds[0])

    def fields(self) -> Sequence[Field]:
        kind = self._first or self._kind_of(self._last.get("what", "board-paper"))
        chosen = self._ids and not kind.of and (self._chosen or kind.id == "atrs")
        body = self._body_of(kind) or self._last.get("body", "")
        meeting = coming_meeting(self.register, body)
        body = body or (meeting.body if meeting else "")
        held = {"body": body, "meeting_on": self._day_of(body)}
        return [
            *what_fields(self._kinds, kind, self._last),
            Field(
                "about",
                "About",
                "choice",
                required=True,
                value="shown" if chosen else "itself",
                choices=self._abouts(kind),
            ),
            *whom_fields(kind, self._last),
            Field("path", "Save as", required=True, help=f"In {self._folder}, or name another."),
            *rest_fields(kind, self.register.framework.route.bodies, self._last | held),
        ]

    def _day_of(self, body: str) -> str:
        """The day of the body's next meeting, if one is called."""
        meeting = coming_meeting(self.register, body)
        return meeting.on.isoformat() if meeting else ""

    def _body_of(self, kind: Kind) -> str:
        return kind.template.called.body if kind.template else ""

    def _abouts(self, kind: Kind) -> list[tuple[str, str]]:
        shown = [(self._shown, "shown")] if self._ids else []
        if kind.id == "atrs":
            return shown
        return [(kind.of_itself, "itself"), *([] if kind.of else shown)]

    def intro(self) -> str:
        return "What leaves is recorded in the register: its fingerprint, and who sent it."

    def on_mount(self) -> None:
        self.query_one("#page").mount(VerticalScroll(Page(id="export-preview"), id="preview-side"))

    def filled(self) -> None:
        self._arrange()
        self._suggest()
        self._preview_soon()

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
        self.box("since").advise(since_words(kind))
        for name, choices in (
            ("format", kind.formats),
            ("about", self._abouts(kind)),
            ("edition", editions_of(kind)),
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

    @on(Select.Changed, "#field-body")
    def _body_changed(self) -> None:
        """Another body meets on another day, unless somebody wrote one."""
        box = self.box("meeting_on")
        if not box.is_changed:
            day = self._day_of(self.box("body").text)
            box.field = replace(box.field, value=day)
            box.query_one(Input).value = day

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
        shown = {name: name in kind.asks for name in SOMETIMES}
        shown["unread"] = self.box("edition").text != Edition.INTERNAL
        for name, wanted in shown.items():
            box = self.box(name)
            if box.display != wanted:
                box.display = wanted
                if name == "body":
                    box.field = replace(box.field, required=wanted)
                elif not wanted and box.field.kind == "day":
                    box.query_one(Input).value = box.field.value
        body, day = self.box("body"), self.box("meeting_on")
        day.advise(meeting_words(self.register, body.text, day.text))

    def _suggest(self) -> None:
        """Offer a name for the file, unless somebody wrote one."""
        box = self.box("path").query_one(Input)
        if box.value not in ("", self._suggested):
            return
        one = self.box("about").text == "shown" and len(self._ids) == 1
        asked = self.box("meeting_on").text if "meeting_on" in self._kind.asks else ""
        box.value = self._suggested = file_name(
            self._kind,
            label=self.register.header(self._ids[0]).label if one else "",
            day=asked or self.register.today.isoformat(),
            edition=self.box("edition").text,
            form=self.box("format").text,
        )

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
        self.forget("preview")
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
        self.begin("preview", choice.light)

    def _show_preview(self, lines: Lines) -> None:
        self._panel = lines
        self.query_one("#export-preview", Page).show(lines)
        self.query_one("#preview-side", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()
        if self._looking:
            self._looking = False
            self.say_working("")
            self.app.push_screen(PreviewScreen(lines))

    def action_preview(self) -> None:
        """Show the preview over the form, where there is no room beside it."""
        if self._panel:
            self.app.push_screen(PreviewScreen(self._panel))
        elif not self.is_making:
            self._looking = True
            self.say_working("Making the preview")
            self._preview_soon()

    def made(self, purpose: Purpose, outcome: Prepared | HorizonError) -> None:
        if isinstance(outcome, NotReleased):
            self._unread = outcome.texts
        if purpose == "export":
            if isinstance(outcome, HorizonError):
                self.refused(outcome)
            else:
                self._hand_over(outcome)
        elif isinstance(outcome, HorizonError):
            self._show_preview(pages.line("\n".join(_why(outcome))))
        else:
            self._show_preview(preview(outcome))

    # Export

    def action_save(self) -> None:
        if not self.is_making:
            super().action_save()

    def submit(self, values: dict[str, Any]) -> None:
        choice = self._choice(values)
        choice.check()
        path = choice.path
        if not path.parent.is_dir():
            raise BadInput(f"path is in a folder that is not there: {path.parent}", do="Make it")
        if not path.exists():
            self.make(choice)
            return

        def answered(answer: str | None) -> None:
            if answer == REPLACE:
                self.make(choice)

        from horizon.tui.screens.ask import Ask

        question = f"{printable(path.name)} is there already. Replace it?"
        self.app.push_screen(Ask(question, ("Leave it", REPLACE)), answered)

    def _hand_over(self, prepared: Prepared) -> None:
        left = self.app.act(lambda: hand_over(self.register, prepared))
        if isinstance(left, HorizonError):
            self.refused(left)
            return
        held = {name: self.box(name).text for name in REMEMBERED}
        if self._kind.of:
            held.pop("what")  # it can be had in one place only
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
        if self.is_making:
            self.stop_making("Cancelled. Nothing was written.")
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


def _why(error: HorizonError) -> list[str]:
    """Why something could not be made, with what to do about it here."""
    if not isinstance(error, NotReleased):
        return [f"This cannot be exported so. {error}"]
    lines = [f"{error.rule}:", *[f"  {each}" for each in error.missing]]
    return [*lines, "Press Ctrl+R to read them here, or choose to withhold them."]
