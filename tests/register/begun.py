"""A register in which something of everything has happened, for whatever is tried on it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

from horizon.model.triage import Looked, Verdict
from horizon.register import Register
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.intake.using import loaded
from tests.papers.registers import TODAY, make
from tests.register.drawn_commands import Arguments
from tests.register.using import SAM, acting, met, scored


def own_folder(prefix: str) -> Path:
    """A new folder that is gone when the tests end. Whoever makes something makes its own: what
    lay in `begun`'s folder was copied by every test of the same worker."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def begun() -> tuple[Path, Arguments]:
    """Where it is, and what can be asked of it. Not to be changed: see `fresh`."""
    path = own_folder("horizon-begun-") / "register.json"
    register = make(path)
    register.clock = StandingClock(TODAY)
    loaded(register, "name,summary\nDrones,They fly\nDrone,It flies")
    shutil.copy(journal_path(path), path.with_name("copy.journal.jsonl"))
    register.triage("T-0003", Looked(verdict=Verdict.ASSESS, impact=4, uncertainty=2))
    register.merge("T-0006", "T-0005", reason="One and the same")
    register.mark_different("T-0005", "T-0003")
    register.open_round("T-0002", [SAM, "Ben Example"])
    with acting(register, SAM):
        register.submit_scores("T-0002", {"S1": scored(3)})
    met(register)
    met(register, on=TODAY + timedelta(days=14), technology="T-0002")
    register.add_note("T-0004", "Look again")
    register.take_back("T-0004")
    register.close()
    return path, Arguments(register.state)


@contextmanager
def fresh() -> Iterator[Register]:
    """A copy of that register, open."""
    made, _ = begun()
    with tempfile.TemporaryDirectory() as folder:
        for each in made.parent.iterdir():
            shutil.copy(each, folder)
        path = Path(folder) / made.name
        with Register.open(path, acting=SAM, clock=StandingClock(TODAY)) as register:
            yield register
