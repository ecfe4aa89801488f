"""The ways from the list of technologies to other screens."""

from __future__ import annotations

from importlib import import_module

from textual.screen import Screen

from horizon.tui.screens.on_register import OnRegister


class LeadingScreen(OnRegister, Screen[None]):
    """A screen with a list, from which every other screen on the register is opened."""

    def show_entered(self, technology_id: str | None) -> None:
        """Show what was just entered, wherever the list stood; nothing where nothing was."""
        raise NotImplementedError

    def action_propose(self) -> None:
        from horizon.tui.screens.propose import ProposeScreen

        if self.app.may_write():
            self.app.push_screen(ProposeScreen(), self.show_entered)

    def action_legacy(self) -> None:
        from horizon.tui.screens.propose import LegacyScreen

        if self.app.may_write():
            self.app.push_screen(LegacyScreen(), self.show_entered)

    def action_visit(self, place: str) -> None:
        """Open another screen on the whole register: `module:Class` among the screens."""
        module, _, name = place.partition(":")
        screen = getattr(import_module(f"horizon.tui.screens.{module}"), name)
        self.app.push_screen(screen())

    def action_import_file(self) -> None:
        """Bring in technologies from a file, as one change."""
        from horizon.tui.screens.import_file import ImportScreen

        if self.app.may_write():
            self.app.push_screen(ImportScreen())
