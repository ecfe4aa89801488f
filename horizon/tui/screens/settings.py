"""What Horizon remembers for one person on one machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from horizon import settings
from horizon.model.errors import StoreFault
from horizon.tui.screens.form import FormScreen
from horizon.tui.screens.propose import people
from horizon.tui.themes import CHOICES
from horizon.tui.widgets.fields import Field


class SettingsScreen(FormScreen):
    """Who you are and how Horizon looks. Kept on this machine only."""

    HEADING = "Settings"

    def intro(self) -> str:
        return f"Kept in {settings.settings_path()}, for you alone. The register is not changed."

    def fields(self) -> Sequence[Field]:
        held = settings.load()
        theme = self.app.theme
        choices = [(shown, name) for name, shown in CHOICES.items()]
        if theme not in CHOICES:
            choices.append((theme, theme))
        return [
            Field(
                "user",
                "Your name",
                required=True,
                value=held.user or self.register.acting,
                help="What you do is recorded under it. It is taken on trust.",
                suggestions=people(self.register),
                person=True,
            ),
            Field("theme", "Colours", "choice", required=True, value=theme, choices=choices),
            Field(
                "motion",
                "Movement",
                "choice",
                required=True,
                value="none" if self.app.animation_level == "none" else "full",
                choices=[("As usual", "full"), ("None: nothing slides, fades or blinks", "none")],
            ),
        ]

    def submit(self, values: dict[str, Any]) -> None:
        name, motion = " ".join(values["user"].split()), values["motion"]

        def keep() -> None:
            try:
                settings.write(user=name, theme=values["theme"], motion=motion)
            except OSError as error:
                raise StoreFault(
                    f"{settings.settings_path()} cannot be written: {error.strerror or error}."
                ) from None
            if not self.register.store.signed_in:
                self.register.acting = name
            self.app.theme = values["theme"]
            self.app.animation_level = motion

        acts = self.register.acting if self.register.store.signed_in else name
        self.save(keep, f"Saved. You act as {acts}.")
