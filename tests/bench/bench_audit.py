"""How quick the Audit screen is with a long journal.

    python -m tests.bench.bench_audit [--events 200000]

Prints the time until the newest events are on the screen, until all are known, from each key to
the next paint (limit: 50 ms), to look through all of them for a word, and to verify them.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from horizon.model.envelope import Draft
from horizon.model.events import SightingAdded
from horizon.model.technology import Details, Sighting
from horizon.model.words import SourceType
from horizon.register import Proposal, Register
from horizon.tui.app import HorizonApp
from horizon.tui.screens.audit import AuditScreen, Events
from tests.bench.bench_screens import LIMIT, painted

TECHNOLOGIES, TOGETHER = 500, 4


def generate(path: Path, size: int) -> None:
    """A register whose journal has about `size` events, four to a line."""
    with Register.create(path, name="Bench", acting="Bench") as register:
        made = register.propose_many(
            [Proposal(details=Details(name=f"Tool {each}")) for each in range(TECHNOLOGIES)]
        )
        revisions = {each.id: each.revision for each in made}
        ids = list(revisions)
        by, today = register.person_id, register.today
        for start in range(0, size - TECHNOLOGIES, TOGETHER):
            drafts = []
            for number in range(start, start + TOGETHER):
                subject = ids[number % len(ids)]
                revisions[subject] += 1
                seen = Sighting(
                    source=f"Source {number}", source_type=SourceType.MEDIA, seen_on=today
                )
                drafts.append(
                    Draft(
                        subject=subject,
                        revision=revisions[subject],
                        data=SightingAdded(sighting=seen),
                    )
                )
            with register.store.lock():
                register.store.append(drafts, by=by, at="2026-11-24T09:00:00Z")
        # What was appended is not folded here, so no snapshot must be made of it.
        register.store.read_only = "made"  # type: ignore[misc]


async def until(true: Callable[[], bool]) -> float:
    """Seconds until something holds."""
    started = time.perf_counter()
    while not true():
        await asyncio.sleep(0.005)
    return time.perf_counter() - started


async def measure(path: Path) -> int:
    """Print all of it; how many keys went over the limit."""
    register = Register.open(path, acting="Bench")
    app = HorizonApp(register)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1)
        gc.collect()
        gc.freeze()
        app.simulate_key("A")
        first = await until(
            lambda: bool(app.screen.query(Events)) and len(app.screen.query_one(Events).rows) > 0
        )
        screen = app.screen
        assert isinstance(screen, AuditScreen)
        whole = first + await until(lambda: screen._trail is not None)
        table = screen.query_one(Events)
        print(f"newest events on the screen   {1000 * first:7.0f} ms")
        print(f"all {len(table.rows)} known              {1000 * whole:7.0f} ms")
        taken = []
        for key in ["down", "pagedown", "end", "pageup", "home"] * 5:
            taken.append(await painted(app, table, key))
            await asyncio.sleep(0.05)
        print(f"a key                         {statistics.median(taken):7.0f} ms, at most "
              f"{max(taken):.0f} ms")  # fmt: skip
        started = time.perf_counter()
        await pilot.press("slash", *"9999")
        await until(lambda: screen._filter.text == "9999" and not screen._state)
        print(f"looked through for a word     {1000 * (time.perf_counter() - started):7.0f} ms, "
              f"{len(table.rows)} found")  # fmt: skip
        await pilot.press("escape", "escape")
        await pilot.press("v")
        looking = []
        started = time.perf_counter()
        while type(app.screen) is AuditScreen:
            looking.append(await painted(app, table, "down"))
            await asyncio.sleep(0.1)
        print(
            f"verified in                   {1000 * (time.perf_counter() - started):7.0f} ms, "
            f"meanwhile a key {statistics.median(looking):.0f} ms, at most {max(looking):.0f} ms"
        )
    register.store.close()
    return sum(each > LIMIT for each in taken)


def main() -> int:
    """Measure and print; 1 when a key took longer than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--keep", type=Path, help="Use, or make and keep, the register here.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = given.keep or Path(folder) / "register.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            os.environ.setdefault("HORIZON_SETTINGS", str(Path(folder) / "settings.json"))
            generate(path, given.events)
            Register.open(path, acting="Bench").close()
        print(f"{given.events} events, {datetime.now(UTC):%Y-%m-%d}")
        return int(asyncio.run(measure(path)) > 0)


if __name__ == "__main__":
    sys.exit(main())
