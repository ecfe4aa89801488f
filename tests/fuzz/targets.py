"""What is fuzzed: each takes any bytes, and may refuse them in words but never break."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from horizon.intake.formats import FORMATS
from horizon.intake.given import Given
from horizon.model.base import canonical
from horizon.model.errors import HorizonError
from horizon.model.wording import printable
from horizon.register.querying import parse
from horizon.store import snapshot
from horizon.store.chain import Chain, read_line
from horizon.store.files import journal_path
from horizon.store.quick import doubtful
from horizon.store.snapshot import SnapshotStorage, Unreadable
from tests.intake.test_any_bytes import BOOK, accounted

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
LINES = journal_path(ROOT / "register.json").read_bytes().splitlines()
PREFIXES = ["", *FORMATS]
LONGEST_SEED = 8_000


def _begun() -> Chain:
    chain = Chain()
    examined = chain.examine(LINES[0])
    chain.advance(examined.commit, examined.hashes)
    return chain


def journal(data: bytes) -> None:
    """A line of the journal: what is read of it is what it says, and what the quick look passes
    passes the close one too."""
    examined = read_line(data, strict=True)
    for _, words in examined.findings:
        printable(words).encode("utf-8")
    if examined.commit is not None and not examined.findings:
        assert canonical(json.loads(data)) == data
    if b"\n" not in data and not list(doubtful([data + b"\n"], _begun(), lambda line: None)):
        assert _begun().examine(data).findings == []


def whole_snapshot(data: bytes) -> None:
    """A register.json: read, or unreadable in words."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(data)
        file.flush()
        try:
            saved = snapshot.load(SnapshotStorage(Path(file.name)))
        except (Unreadable, HorizonError):
            return
        assert saved is None or saved.digest


def lists(data: bytes) -> None:
    """A list to import, in any format; the first byte says which one is asked for."""
    format = PREFIXES[data[0] % len(PREFIXES)] if data else ""
    accounted(Given("list", data[1:]), format)


def workbook(data: bytes) -> None:
    """A workbook to import."""
    accounted(Given("list.xlsx", data))


def search(data: bytes) -> None:
    """What somebody types into the search line."""
    with contextlib.suppress(HorizonError):
        parse(data.decode("utf-8", "surrogateescape"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "journal": journal,
    "snapshot": whole_snapshot,
    "lists": lists,
    "workbook": workbook,
    "search": search,
}


def seeds(target: str) -> Iterator[bytes]:
    """What fuzzing begins with: good ones."""
    if target == "journal":
        yield from (each for each in LINES[1:40] if len(each) < LONGEST_SEED)
    elif target == "snapshot":
        yield b'{"head": {"1": {"seq": 1}}, "people": {}, "technologies": {}}'
    elif target == "lists":
        for each in sorted(DATA.rglob("*")):
            if each.is_file() and each.stat().st_size < 200_000:
                yield from (bytes([at]) + each.read_bytes()[:LONGEST_SEED] for at in (0, 1))
    elif target == "workbook":
        yield BOOK
    else:
        yield b"stage:trial kind:ai owner:me review:<30d -tag:vendor face"
