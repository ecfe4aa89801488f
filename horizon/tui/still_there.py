"""Whether a screen can still show what a thread found for it."""

from __future__ import annotations

from textual.widget import Widget


def still_there(screen: Widget) -> bool:
    """True until the screen is left. A screen that is being taken down is attached for a while
    longer, but its parts may be gone already; `display` is false from the moment it starts."""
    return screen.is_attached and screen.display
