"""Notices at the foot of the screen."""

from __future__ import annotations

from textual.notifications import Notification

LEAST = 0.001
"""Seconds that a notice stays at least. Textual waits for ever for a time that is already over,
where the last moment of a notice passes between its own two looks at the clock."""


class Notice(Notification):
    """A notice that is over when its time is, and never has less than no time left."""

    @property
    def time_left(self) -> float:
        """The seconds for which it is still to be seen, at least some."""
        return max(LEAST, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return super().time_left <= 0
