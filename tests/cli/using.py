"""The command line as a person or a script uses it."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest

from horizon.cli import run
from horizon.cli.frame import Session
from horizon.register import Register
from tests.clocks import StandingClock


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Printed(NamedTuple):
    """What was printed to each stream."""

    out: str
    err: str


class Capture(Protocol):
    """What gives back what was printed since it was last asked."""

    def readouterr(self) -> Any: ...


class Buffers:
    """Keeps what is printed where pytest's own capture cannot be had: in fixtures made once."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._out, self._err = io.StringIO(), io.StringIO()
        patch.setattr(sys, "stdout", self._out)
        patch.setattr(sys, "stderr", self._err)

    def readouterr(self) -> Printed:
        printed = Printed(self._out.getvalue(), self._err.getvalue())
        for stream in (self._out, self._err):
            stream.seek(0)
            stream.truncate()
        return printed


class CommandLine:
    """Runs commands in this process, on a clock that stands, in a folder of its own."""

    def __init__(self, folder: Path, capture: Capture, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.clock = folder, StandingClock()
        self._capture, self._patch = capture, patch
        patch.chdir(folder)
        patch.setenv("HORIZON_USER", "Sam Example")

    @property
    def path(self) -> Path:
        return self.folder / "register.json"

    def __call__(self, *arguments: str, typed: str | bytes = "") -> Done:
        """Run `horizon ARGUMENTS` with `typed` on standard input."""
        content = typed.encode() if isinstance(typed, str) else typed
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        self._capture.readouterr()
        code = run(arguments, Session(clock=self.clock))
        printed = self._capture.readouterr()
        return Done(code, printed.out, printed.err)

    def well(self, *arguments: str, typed: str | bytes = "") -> Done:
        """Run a command that must do what it is asked, without a word on standard error."""
        done = self(*arguments, typed=typed)
        assert (done.code, done.err) == (0, ""), f"{arguments}\n{done.out}{done.err}"
        return done

    def register(self, acting: str = "Sam Example") -> Register:
        """The register opened beside the command line."""
        return Register.open(self.path, acting=acting, clock=self.clock)
