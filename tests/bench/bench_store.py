"""What one durable change costs, beside the least it can cost and beside SQLite.

    python -m tests.bench.bench_store [--folder FOLDER] [--changes 300] [--more 1500]
                                      [--technologies 10000]

All contenders write the same bytes, taking turns change by change in one folder, so that a busy
machine slows all of them alike: read the ratios. The limits are for the first changes after
opening, which are all that a person makes in one sitting; SQLite's log grows meanwhile as the
journal does. After a thousand pages SQLite goes back to the log's beginning, and overwriting costs
less than growing; those figures are shown beside. Exits 1 when a limit is broken.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from horizon.model.base import new_id
from horizon.model.envelope import Draft
from horizon.model.events import PersonNamed, RegisterCreated, TechnologyProposed
from horizon.model.fold import apply
from horizon.model.state import State
from horizon.model.technology import Details
from horizon.store.chain import compose
from horizon.store.files import FileStore, journal_path

AT = "2026-11-24T09:00:00Z"
BARE_LIMIT, SQLITE_LIMIT = 2.0, 1.0


def person() -> str:
    return "p-0123456789abcdef"


def beginning() -> list[Draft]:
    return [
        Draft(subject="r-1", revision=1, data=RegisterCreated(name="Bench")),
        Draft(subject=person(), revision=1, data=PersonNamed(name="Alex Example")),
    ]


def proposal(number: int, words: int) -> Draft:
    details = Details(
        name=f"Technology {number}",
        summary=" ".join(f"word{(number * 31 + each) % 997}" for each in range(words)),
    )
    data = TechnologyProposed(details=details, stage="signal", on=date(2026, 11, 24))
    return Draft(subject=new_id("t"), revision=1, data=data)


def sqlite(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    return database


def milliseconds(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return (time.perf_counter() - begun) * 1000


def one_change(folder: Path, changes: int, more: int) -> dict[str, float]:
    """Median milliseconds of one durable change: the store, a bare append, SQLite."""
    store = FileStore(folder / "register.json")
    with store.lock():
        store.append(beginning(), by=person(), at=AT)
    seq = 2

    def through_the_store() -> None:
        nonlocal seq
        with store.lock():
            store.since(seq)
            seq = store.append([draft], by=person(), at=AT).events[-1].seq

    bare = os.open(folder / "bare", os.O_RDWR | os.O_CREAT | os.O_APPEND)
    sync = getattr(os, "fdatasync", os.fsync)

    def bare_append() -> None:
        os.write(bare, line)
        sync(bare)

    database, chained = sqlite(folder / "plain.db"), sqlite(folder / "chained.db")
    database.execute("create table event (seq integer primary key, line blob)")

    def sqlite_insert() -> None:
        database.execute("insert into event (line) values (?)", (line,))

    chained.execute("create table line (seq integer primary key, hash text, line blob)")
    chained.execute("insert into line values (2, ?, '')", ("0" * 64,))

    def sqlite_change() -> None:
        chained.execute("begin immediate")
        head = chained.execute("select seq, hash from line order by seq desc limit 1")
        after, prev = head.fetchone()
        made, commit = compose([draft], by=person(), at=AT, after=after, prev=prev)
        chained.execute("insert into line values (?, ?, ?)", (after + 1, commit.hash, made))
        chained.execute("commit")

    contenders = {
        "bare append and fsync": bare_append,
        "SQLite, WAL, synchronous=FULL": sqlite_insert,
        "the same, composed and chained": sqlite_change,
        "Horizon's store": through_the_store,
    }
    names, order = list(contenders), random.Random(1)
    line = b""

    def take_turns(turns: int, title: str) -> dict[str, float]:
        nonlocal draft, line
        taken: dict[str, list[float]] = {name: [] for name in contenders}
        for turn in range(turns):
            draft = proposal(turn, words=60)
            order.shuffle(names)
            for name in names:
                taken[name].append(milliseconds(contenders[name]))
        medians = {name: statistics.median(each) for name, each in taken.items()}
        print(f"{title}, {len(line):,} bytes each, medians:")
        for name, median in medians.items():
            tail = sorted(taken[name])[int(turns * 0.95)]
            print(
                f"  {name:32}{median:8.3f} ms   p95 {tail:8.3f} ms"
                f"   {median / medians['bare append and fsync']:5.2f} x bare"
            )
        return medians

    draft = proposal(0, words=60)
    through_the_store()
    line = journal_path(folder / "register.json").read_bytes().splitlines(True)[-1]
    medians = take_turns(changes, f"The first {changes} changes of a session")
    if more:
        take_turns(more, f"{more} more, when SQLite has come to overwrite its log")
    os.close(bare)
    database.close()
    chained.close()
    return medians


def opening(folder: Path, technologies: int) -> None:
    """How long a large register takes to open, and to save."""
    path = folder / "large.json"
    store, state = FileStore(path), State()
    drafts = [proposal(each, words=400) for each in range(technologies)]
    with store.lock():
        for batch in (beginning(), *([each] for each in drafts)):
            apply(state, store.append(batch, by=person(), at=AT))
    tables = state.tables()
    saved = milliseconds(lambda: store.save_snapshot(tables))
    again = milliseconds(lambda: store.save_snapshot(tables))
    size = path.stat().st_size / 1e6

    opened, headers = [], []
    for _ in range(5):
        fresh = FileStore(path)
        loaded = State()

        def load(fresh: FileStore = fresh) -> None:
            nonlocal loaded
            found = fresh.snapshot()
            assert found is not None
            loaded = State.from_tables(found)
            assert fresh.since(loaded.head.seq) == []

        opened.append(milliseconds(load))
        headers.append(milliseconds(loaded.technologies.headers))
    assert len(loaded.technologies) == technologies
    path.unlink()
    rebuilt = milliseconds(lambda: FileStore(path).since(0))
    print(f"A register of {technologies:,} technologies, {size:.0f} MB:")
    print(
        f"  open: {statistics.median(opened):.0f} ms, headers {statistics.median(headers):.0f} ms"
    )
    print(f"  save: {saved:.0f} ms; when nothing changed {again:.0f} ms")
    print(f"  read and check the whole journal instead: {rebuilt:.0f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="where to write (a disk)")
    parser.add_argument("--changes", type=int, default=300)
    parser.add_argument(
        "--more", type=int, default=1500, help="changes after those, for comparison"
    )
    parser.add_argument("--technologies", type=int, default=10_000)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix=".bench-store-", dir=given.folder))
    try:
        medians = one_change(folder, given.changes, given.more)
        opening(folder, given.technologies)
    finally:
        shutil.rmtree(folder)
    bare, sqlite, _, ours = medians.values()
    to_bare, to_sqlite = ours / bare, ours / sqlite
    print(f"Against a bare append: {to_bare:.2f} (limit {BARE_LIMIT})")
    print(f"Against SQLite: {to_sqlite:.2f} (limit {SQLITE_LIMIT})")
    return int(to_bare > BARE_LIMIT or to_sqlite > SQLITE_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
