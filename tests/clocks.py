"""Clocks for tests: time stands where the test puts it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta


class StandingClock:
    """Gives the same day until it is moved; each look is a second later, as events need order."""

    def __init__(self, day: date = date(2026, 11, 24)) -> None:
        self.moment = datetime.combine(day, time(9), tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def go_to(self, day: date) -> None:
        self.moment = datetime.combine(day, time(9), tzinfo=UTC)
