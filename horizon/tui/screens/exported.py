"""Where something went that left the register, and how to open it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from horizon.model.wording import count
from horizon.model.words import Edition
from horizon.papers.issuing import Left, reminders
from horizon.tui.keymap import Binding
from horizon.tui.opening import open_file, opener
from horizon.tui.pages import field, joined, line
from horizon.tui.widgets.keys import Keys
from horizon.tui.widgets.page import Lines, Page


class ExportedScreen(ModalScreen[None]):
    """It has left. Open it, or copy its path to the clipboard."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS = [
        Binding("escape,enter,q", "dismiss", "Done", key_display="Esc"),
        Binding("o", "open", "Open it"),
        Binding("c", "copy", "Copy the path"),
    ]

    def __init__(self, left: Left, size: int) -> None:
        super().__init__()
        self._left, self._bytes = left, size

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield Static(Content("Exported"), classes="dialog-title")
            page = Page(id="exported")
            page.show(exported(self._left, self._bytes, opener()))
            yield page
        yield Keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "open" or bool(opener())

    def action_open(self) -> None:
        failed = open_file(self._left.path)
        if failed:
            self.notify(f"It could not be opened: {failed}", severity="error", markup=False)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(str(self._left.path))
        self.notify("The path is on the clipboard.")


def exported(left: Left, size: int, command: str) -> Lines:
    """What left, where it is, and how to open it with `command`, or that nothing here can."""
    edition = "" if left.edition is Edition.INTERNAL else f", {left.edition.value}"
    parts = [
        field("Where", str(left.path)),
        field("Size", of_size(size)),
        field("Reference", left.reference),
        field("Marking", f"{left.marking}{edition}", "bold"),
    ]
    if todo := reminders(left):
        parts.append(field("To write", f"{count(todo, 'place')}, marked 'To be completed'"))
    parts.append(line())
    if command:
        parts.append(line(f"Press o to open it, or: {command} {left.path}"))
    else:
        parts.append(line("Nothing here opens files. Press c to copy the path."))
    parts.append(line("To check it later, on the command line:"))
    parts.append(line(f"horizon papers check {left.path.name}", indent=2))
    return joined(parts)


def of_size(size: int) -> str:
    """A number of bytes in words."""
    if size < 1000:
        return count(size, "byte")
    if size < 1_000_000:
        return f"{size // 1000} kB"
    return f"{size / 1_000_000:.1f} MB"
