"""What can be done on every screen: help, write down, copy, open a link, move as in vim."""

from __future__ import annotations

from textual.binding import Binding as PlainBinding
from textual.events import Key
from textual.widgets import Input

from horizon.tui.host import SAID
from horizon.tui.keymap import Binding
from horizon.tui.taking_back import TakingBack

VIM = {
    "j": "down",
    "k": "up",
    "h": "left",
    "l": "right",
    "g": "home",
    "G": "end",
    "ctrl+d": "pagedown",
    "ctrl+u": "pageup",
}
"""Letters that move like the arrows do, wherever a screen does not use them for something else."""


class Anywhere(TakingBack):
    """The part of the app that works on every screen alike."""

    BINDINGS = [
        Binding("f2,ctrl+n", "capture", "Write down", show=False, tooltip="A technology in a line"),
        Binding("y", "copy", "Copy", show=False, tooltip="Copy the record to the clipboard"),
        Binding("O", "links", "Open link", show=False, tooltip="Open a link of the technology"),
        Binding("f3", "tour", "Tour", show=False, tooltip="What this is, in six cards"),
        *[
            PlainBinding(key, f"vim('{arrow}')", show=False, id=f"vim-{arrow}")
            for key, arrow in VIM.items()
        ],
    ]

    first_run = False
    """Whether the person opens Horizon for the first time: the tour begins by itself."""

    def on_key(self, event: Key) -> None:
        """Help works over a dialog too, where the app's own keys do not reach."""
        if not self.screen_stack:
            return  # closing
        if self.screen.is_modal and event.key in ("question_mark", "f1"):
            event.prevent_default()  # or the same key would close the help again
            self.action_help()

    def action_help(self) -> None:
        """Show the keys of the screen in front."""
        from horizon.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_vim(self, arrow: str) -> None:
        self.simulate_key(arrow)

    def action_capture(self) -> None:
        """Write a technology down in one line, whatever is in front."""
        from horizon.tui.screens.capture import CaptureScreen

        if not isinstance(self.screen, CaptureScreen) and self.may_write():
            self.push_screen(CaptureScreen())

    @property
    def clipboard(self) -> str:
        """What was copied here last; a field of one line takes the first."""
        held = super().clipboard
        return held.partition("\n")[0] if isinstance(self.focused, Input) else held

    def action_copy(self) -> None:
        """Copy the record in front, or under the cursor, to the clipboard."""
        from horizon.tui.copying import record_in

        what, text = record_in(self.screen, self.register)
        if not text:
            self.notify("There is nothing here to copy.")
            return
        self.copy_to_clipboard(text)
        self.notify(f"Copied: {what}.", timeout=SAID, markup=False)

    def action_links(self) -> None:
        """Open the link of the technology in front or under the cursor; with several, choose."""
        from horizon.tui.copying import technology_in
        from horizon.tui.screens.links import LinksScreen, links_of

        about = technology_in(self.screen)
        if not about or about not in self.register.state.technologies:
            self.notify("No technology is in front.")
            return
        found = links_of(self.register.technology(about))
        if not found:
            self.notify("It has no link. A sighting or a document can carry one.")
        elif len(found) == 1:
            self.open_link(found[0].url)
        else:
            self.push_screen(LinksScreen(found))

    def action_tour(self) -> None:
        """Show what Horizon is, in six cards."""
        from horizon.tui.screens.tour import TourScreen

        if not isinstance(self.screen, TourScreen):
            self.push_screen(TourScreen())
