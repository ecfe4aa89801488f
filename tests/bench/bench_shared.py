"""Many writers, and many forces: the register in PostgreSQL beside files, SQLite and pgbench.

    python -m tests.bench.bench_shared writers [--seconds 5] [--writers 1 8 32]
    python -m tests.bench.bench_shared scale [--forces 43] [--technologies 2326] [--events 20]

`writers`: durable changes a second, and how long one takes, for 1, 8 and 32 processes that write at
the same time. Each change is the same event, chained by hash. The server waits for its disk. What
pgbench inserts in the same run, a row of the same size without a chain, is the most that the server
gives. Contenders take turns; the machine is shared: read the ratios.

`scale`: a database of so many forces made by simulation, a third of it after the other: opening one
force's register, first row of the app, a keystroke, a search over all forces, a poll, a change.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from horizon.framework.loading import shipped
from horizon.model.base import new_id
from horizon.model.envelope import GENESIS, Draft
from horizon.model.events import (
    DetailsAmended,
    FactsSet,
    FrameworkAdopted,
    PersonNamed,
    RegisterCreated,
    SightingAdded,
    TechnologyProposed,
)
from horizon.model.facts import Fact, FactValue
from horizon.model.sharing_events import SharingSet
from horizon.model.technology import Details, Sighting
from horizon.model.words import SourceType
from horizon.register import Register
from horizon.store.chain import compose
from horizon.store.interface import Store
from horizon.store.places import Server, place_of, server
from horizon.store.postgres import administering, finding
from horizon.store.stores import store_at
from tests.bench.bench_app import HORIZON, MINIMAL, WORDS, first_row, keystrokes
from tests.bench.bench_store import AT, beginning, milliseconds, person, proposal, sqlite
from tests.postgres import TestServer

PGBENCH = """\\set n random(1, 1000000000)
insert into plain (force, line) values ('F' || :client_id, repeat('x', 1000));
"""


# Writers


def append_for(store: Store, until: float) -> list[float]:
    """Milliseconds of each change that was made until then."""
    taken = []
    seq = store_seq(store)
    number = 0
    while time.time() < until:
        number += 1
        draft = proposal(number, words=60)
        begun = time.perf_counter()
        with store.lock():
            found = store.since(seq)
            if found:
                seq = found[-1].events[-1].seq
            seq = store.append([draft], by=person(), at=AT).events[-1].seq
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def store_seq(store: Store) -> int:
    """Where the store's chain ends, once it was read."""
    store.snapshot()
    found = store.since(0)
    return found[-1].events[-1].seq


def sqlite_for(path: Path, until: float) -> list[float]:
    """The same into one SQLite table: head read, chained, inserted in one transaction."""
    database = sqlite(path)
    database.execute("pragma busy_timeout = 20000")
    taken = []
    number = 0
    while time.time() < until:
        number += 1
        draft = proposal(number, words=60)
        begun = time.perf_counter()
        database.execute("begin immediate")
        head = database.execute("select seq, hash from line order by seq desc limit 1")
        after, prev = head.fetchone()
        made, commit = compose([draft], by=person(), at=AT, after=after, prev=prev)
        database.execute("insert into line values (?, ?, ?)", (after + 1, commit.hash, made))
        database.execute("commit")
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def work(kind: str, where: str, seconds: float) -> None:
    """One writer, in a process of its own: says that it is ready, waits for the start, and prints
    how long each of its changes took."""
    store = None if kind == "sqlite" else store_at(place_of(where))
    if store is not None:
        store_seq(store)
    print("ready", flush=True)
    start = float(sys.stdin.readline())
    while time.time() < start:
        time.sleep(0.001)
    until = start + seconds
    taken = sqlite_for(Path(where), until) if store is None else append_for(store, until)
    print(*(f"{each:.3f}" for each in taken))


def race(kind: str, places: Sequence[str], seconds: float) -> list[float]:
    """What writers at these places took, all at once."""
    program = [sys.executable, "-m", "tests.bench.bench_shared", "work", kind]
    writers = [
        subprocess.Popen(
            [*program, each, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for each in places
    ]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    start = time.time() + 0.5
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(f"{start}\n")
        writer.stdin.flush()
    taken: list[float] = []
    for writer in writers:
        out, _ = writer.communicate()
        if writer.returncode:
            raise RuntimeError(f"a writer of {kind} failed")
        taken += [float(each) for each in out.split()]
    return taken


def pgbench(
    running: TestServer, database: str, clients: int, seconds: float
) -> tuple[float, float]:
    """Plain inserts a second, and the mean milliseconds of one, as pgbench counts them."""
    script = running.folder / "insert.sql"
    script.write_text(PGBENCH)
    done = subprocess.run(
        [str(running.bin / "pgbench"), "-n", "-h", str(running.folder), "-U", "owner",
         "-c", str(clients), "-j", str(min(clients, 4)), "-T", str(max(1, round(seconds))),
         "-M", "prepared", "-f", str(script), database],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rate = next(line for line in done.stdout.splitlines() if line.startswith("tps"))
    mean = next(line for line in done.stdout.splitlines() if line.startswith("latency average"))
    return float(rate.split()[2]), float(mean.split()[3])


def writers(counts: Sequence[int], seconds: float) -> int:
    """Run every contender with each number of writers and print a table."""
    running = TestServer(safe=True)
    running.start()
    folder = Path(tempfile.mkdtemp(prefix=".bench-shared-", dir="."))
    try:
        print(
            f"{'writers':>7}  {'contender':34}{'a second':>10}{'median ms':>11}{'p99 ms':>9}"
            f"{'grows':>8}"
        )
        first: dict[str, float] = {}

        def grows(name: str, rate: float) -> str:
            """The rate beside that of the fewest writers."""
            return f"{rate / first.setdefault(name, rate):>7.2f}x"

        for count in counts:
            database = f"bench{count}"
            running.psql("postgres", "owner", f"create database {database}")
            running.psql(database, "owner", "create table plain (force text, line text)")
            administering.prepare(server(running.address(database)))

            def force(number: int, database: str = database) -> str:
                place = server(running.address(database, force=f"F{number}"))
                administering.enrol(place)
                store = store_at(place)
                store.append(beginning(), by=person(), at=AT)
                store.close()
                return running.address(database, force=f"F{number}")

            files = folder / f"{count}.json"
            store_at(files).append(beginning(), by=person(), at=AT)
            lines = sqlite(folder / f"{count}.db")
            lines.execute("create table line (seq integer primary key, hash text, line blob)")
            lines.execute("insert into line values (2, ?, '')", (GENESIS,))
            lines.close()
            contenders: list[tuple[str, str, list[str]]] = [
                ("Horizon, one file", "files", [str(files)] * count),
                ("SQLite (WAL, FULL), chained", "sqlite", [str(folder / f"{count}.db")] * count),
                ("Horizon, PostgreSQL, one force", "server", [force(0)] * count),
            ]
            if count > 1:
                forces = [force(number) for number in range(1, count + 1)]
                contenders.append((f"Horizon, PostgreSQL, {count} forces", "server", forces))
            for name, kind, places in contenders:
                taken = sorted(race(kind, places, seconds))
                rate = len(taken) / seconds
                same = "Horizon, PostgreSQL, one force" if kind == "server" else name
                print(
                    f"{count:>7}  {name:34}{rate:>10.0f}{statistics.median(taken):>11.2f}"
                    f"{taken[int(len(taken) * 0.99)]:>9.1f}{grows(same, rate)}",
                    flush=True,
                )
            rate, mean = pgbench(running, database, count, seconds)
            print(
                f"{count:>7}  {'pgbench, a plain insert':34}{rate:>10.0f}{mean:>7.2f} mean"
                f"{grows('pgbench', rate):>17}",
                flush=True,
            )
            for place in {*contenders[2][2], *(contenders[-1][2] if count > 1 else ())}:
                checked = list(store_at(place_of(place)).faults())
                assert not checked, checked
    finally:
        running.throw_away()
        subprocess.run(["rm", "-rf", str(folder)], check=False)
    return 0


# Scale


def simulated(force: str, technologies: int, events: int) -> Iterator[bytes]:
    """The lines of a force's register: each technology proposed, then worked on, in turns."""
    dice = random.Random(force)
    prev, seq = GENESIS, 0

    def line(*drafts: Draft) -> bytes:
        nonlocal prev, seq
        made, commit = compose(drafts, by=person(), at=AT, after=seq, prev=prev)
        prev, seq = commit.hash, commit.events[-1].seq
        return made

    framework = shipped()
    yield line(
        Draft(subject=f"r-{force}", revision=1, data=RegisterCreated(name=f"Register of {force}")),
        Draft(subject=person(), revision=1, data=PersonNamed(name="Alex Example")),
        Draft(
            subject=framework.digest,
            revision=1,
            data=FrameworkAdopted(framework=framework.content, reason="Bench"),
        ),
    )
    ids = [new_id("t") for _ in range(technologies)]
    for number, key in enumerate(ids):
        details = Details(
            name=f"{' '.join(dice.sample(WORDS, 3))} {force} {number}".capitalize(),
            summary=" ".join(dice.choices(WORDS, k=20)),
            problem=" ".join(dice.choices(WORDS, k=15)),
            supplier=f"Supplier {dice.randrange(400)}",
        )
        data = TechnologyProposed(details=details, stage="signal", on=date(2026, 11, 24))
        yield line(Draft(subject=key, revision=1, data=data))
    facts = list(Fact)
    for revision in range(2, events + 1):
        for key in ids:
            turn = dice.random()
            data: FactsSet | SightingAdded | DetailsAmended | SharingSet
            if revision == 2 and turn < 0.3:
                data = SharingSet(forces=("*",), reason="Others look at it too")
            elif turn < 0.6:
                data = FactsSet(facts={dice.choice(facts): dice.choice(list(FactValue))})
            elif turn < 0.7:
                data = SightingAdded(
                    sighting=Sighting(
                        source=f"Report {dice.randrange(10_000)}",
                        source_type=SourceType.RESEARCH,
                        seen_on=date(2026, 11, 24),
                    )
                )
            else:
                data = DetailsAmended(changes={"problem": " ".join(dice.choices(WORDS, k=15))})
            yield line(Draft(subject=key, revision=revision, data=data))


def fill(address: str, force: str, technologies: int, events: int) -> None:
    """Bring a simulated register into the database."""
    place = server(address).of(force)
    administering.enrol(place)
    store = store_at(place)
    store.bring(simulated(force, technologies, events))
    store.close()
    administering.act_as(place, person())


def fill_all(address: str, forces: Sequence[str], technologies: int, events: int) -> float:
    """Fill forces, two at a time; the seconds that took."""
    begun = time.perf_counter()
    waiting, running = list(forces), []
    program = [sys.executable, "-m", "tests.bench.bench_shared", "fill", address]
    while waiting or running:
        while waiting and len(running) < 2:
            made = [*program, waiting.pop(0), str(technologies), str(events)]
            running.append(subprocess.Popen(made))
        if running[0].wait():
            raise RuntimeError("a force could not be filled")
        running.pop(0)
    return time.perf_counter() - begun


def held_up_to() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def median(task: Callable[[], object], rounds: int = 7) -> float:
    return statistics.median(milliseconds(task) for _ in range(rounds))


def measure(place: Server, running: TestServer, database: str, rounds: int) -> None:
    """What one person of one force notices, in a database of this size."""
    counted = running.psql(
        database,
        "owner",
        "analyze",
        "select count(*) from horizon.technology",
        "select count(*) from horizon.event",
        "select pg_size_pretty(pg_database_size(current_database()))",
    ).stdout.split("\n")
    print(f"{counted[1]} technologies, {counted[2]} events, {counted[3]}")

    def opened() -> None:
        register = Register.open(place, acting="")
        assert len(register.state.technologies.headers()) > 100
        register.close()

    print(f"  open one force's register          {median(opened, rounds):8.0f} ms")
    with Register.open(place, acting="") as register:
        print(f"  poll for changes                   {median(register.refresh, 50):8.2f} ms")
        keys = list(register.state.technologies)
        dice = random.Random(counted[2])

        def changed() -> None:
            register.amend(dice.choice(keys), {"problem": " ".join(dice.choices(WORDS, k=15))})

        print(f"  a change, rules and all            {median(changed, 100):8.2f} ms")
    login = running.address(database, "searcher")
    for words in (
        "redaction", "redacton", "supplier", "speach analytcs", "lakehouse graph camera",
        "supplier 77", "supplier redaction graph", "supplier zebra",
    ):  # fmt: skip
        found = finding.find(server(login), words, most=20)
        took = median(lambda words=words: finding.find(server(login), words, most=20), rounds)
        print(f"  search all forces: {words:24} {took:8.0f} ms, {len(found)} found")
    rows = [
        (first_row(MINIMAL), first_row(HORIZON, "--register", str(place))) for _ in range(rounds)
    ]
    minimal, ours = (statistics.median(each) for each in zip(*rows, strict=True))
    keys_taken = asyncio.run(keystrokes(place, "redaction"))
    print(f"  this process has held up to      {held_up_to():8.0f} MB")
    print(f"  minimal Textual app, first row     {minimal:8.0f} ms")
    print(f"  Horizon, first row                 {ours:8.0f} ms   {ours / minimal:.2f}x (limit 2x)")
    key = statistics.median(keys_taken)
    print(
        f"  keystroke to repaint, median       {key:8.0f} ms   {key / 80:.2f} of 80 ms", flush=True
    )


def scale(forces: int, technologies: int, events: int, rounds: int) -> int:
    """Fill a database in three steps and measure after each."""
    running = TestServer()
    running.start()
    try:
        running.psql("postgres", "owner", "create database national")
        address = running.address("national")
        administering.prepare(server(address))
        names = [f"F{number:02}" for number in range(1, forces + 1)]
        steps = sorted({1, max(1, forces // 4), forces})
        done = 0
        for step in steps:
            took = fill_all(address, names[done:step], technologies, events)
            print(f"{step} forces ({step - done} filled in {took:.0f} s)", flush=True)
            if done == 0:
                running.psql(
                    "national",
                    "owner",
                    "create role searcher login in role horizon_reader",
                    "insert into horizon.member values ('searcher', 'F01', 'reader')",
                )
            done = step
            measure(server(address).of("F01"), running, "national", rounds)
    finally:
        running.throw_away()
    return 0


def main() -> int:
    if sys.argv[1:2] == ["work"]:
        kind, where, seconds = sys.argv[2:]
        work(kind, where, float(seconds))
        return 0
    if sys.argv[1:2] == ["fill"]:
        address, force, technologies, events = sys.argv[2:]
        fill(address, force, int(technologies), int(events))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    which = parser.add_subparsers(dest="which", required=True)
    many = which.add_parser("writers")
    many.add_argument("--seconds", type=float, default=5.0)
    many.add_argument("--writers", type=int, nargs="+", default=[1, 8, 32])
    large = which.add_parser("scale")
    large.add_argument("--forces", type=int, default=43)
    large.add_argument("--technologies", type=int, default=2326, help="of each force")
    large.add_argument("--events", type=int, default=20, help="of each technology")
    large.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if given.which == "writers":
        return writers(given.writers, given.seconds)
    return scale(given.forces, given.technologies, given.events, given.rounds)


if __name__ == "__main__":
    sys.exit(main())
