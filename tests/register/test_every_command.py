"""Every command of the register, given anything: it is done whole, or refused in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from horizon.model.errors import HorizonError
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.opening import replay
from horizon.store.files import journal_path
from tests.hostile import RAW
from tests.register.begun import begun, fresh
from tests.register.drawn_commands import commands, fitted
from tests.register.using import CHAIR, SAM

COMMANDS = commands()
NEVER_WRITE = {"unratified", "last_meeting", "last_changed", "to_sign", "copy_preview"}
"""Public methods beside the commands that only answer."""

few = settings(
    max_examples=settings.default.max_examples // 10,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make it shorter takes minutes
)


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

    @few
    @given(arguments.of(COMMANDS[command], command), st.sampled_from([SAM, SAM, CHAIR, "N. New"]))
    def holds(drawn: dict[str, Any], who: str) -> None:
        with fresh() as register:
            register.acting = who
            attempt(register, command, drawn)

    holds()


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
