"""Every command of the register, given anything: it is done whole, or refused in one line."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from horizon.model.errors import HorizonError
from horizon.model.triage import Looked, Verdict
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.opening import replay
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.hostile import RAW
from tests.intake.using import loaded
from tests.papers.registers import TODAY, make
from tests.register.drawn_commands import Arguments, commands, fitted
from tests.register.using import CHAIR, SAM, acting, met, scored

COMMANDS = commands()
NEVER_WRITE = {"unratified", "last_meeting", "last_changed", "to_sign", "copy_preview"}
"""Public methods beside the commands that only answer."""

few = settings(
    max_examples=settings.default.max_examples // 10,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make it shorter takes minutes
)


@cache
def begun() -> tuple[Path, Arguments]:
    """A register in which something of everything has happened, and what can be asked of it."""
    path = Path(tempfile.mkdtemp(prefix="horizon-every-")) / "register.json"
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


def attempt(register: Register, command: str, drawn: dict[str, Any]) -> bool:
    """Give a command. It is done, and everything adds up; or it is refused in one line that steers
    nothing, and not a byte of the journal is another."""
    path, journal = Path(str(register.path)), journal_path(Path(str(register.path)))
    before, state = journal.read_bytes(), register.state.tables()
    try:
        getattr(register, command)(**fitted(register, command, drawn))
    except HorizonError as error:
        said = str(error)
        assert said.strip()
        assert "\n" not in said
        assert not RAW.search(said), ascii(said)
        assert journal.read_bytes() == before
        assert register.state.tables() == state
        return False
    assert replay(register.store).tables() == register.state.tables()
    assert verify(path).faults == ()
    assert command not in NEVER_WRITE or journal.read_bytes() == before
    return True


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_given_anything_is_done_whole_or_refused_in_one_line(command: str) -> None:
    _, arguments = begun()
    done = Counter[bool]()

    @few
    @given(arguments.of(COMMANDS[command], command), st.sampled_from([SAM, SAM, CHAIR, "N. New"]))
    def holds(drawn: dict[str, Any], who: str) -> None:
        with fresh() as register:
            register.acting = who
            done[attempt(register, command, drawn)] += 1

    holds()
    print(command, dict(done))


class AnyCommands(RuleBasedStateMachine):
    """Any commands in any order."""

    @initialize()
    def begin(self) -> None:
        self.opened = fresh()
        self.register = self.opened.__enter__()
        self.done = 0

    @rule(data=st.data(), command=st.sampled_from(sorted(COMMANDS)))
    def give(self, data: st.DataObject, command: str) -> None:
        drawn = data.draw(begun()[1].of(COMMANDS[command], command))
        self.done += attempt(self.register, command, drawn)

    def teardown(self) -> None:
        if hasattr(self, "opened"):
            self.opened.__exit__(None, None, None)


TestAnyCommands = AnyCommands.TestCase
TestAnyCommands.settings = settings(few, max_examples=4, stateful_step_count=30)
