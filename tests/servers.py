"""Fixtures: a database for each test, on one server for all the tests of a process."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator

import pytest

from tests.postgres import LEFT_OUT, WANTED, TestServer, programs
from tests.shared.using import Database

_numbers = itertools.count(1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were left out for want of a server, and how to have them."""
    left_out = [
        each for each in terminalreporter.stats.get("skipped", ()) if LEFT_OUT in str(each.longrepr)
    ]
    if left_out:
        terminalreporter.write_line(
            f"{len(left_out)} tests of the register of several forces were left out: {LEFT_OUT}"
        )


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    """A server that runs. Tests are left out where there is no PostgreSQL, unless wanted."""
    if programs() is None:
        if os.environ.get(WANTED):
            pytest.fail(f"{WANTED} is set, but {LEFT_OUT}")
        pytest.skip(LEFT_OUT)
    server = TestServer()
    try:
        server.start()
        yield server
    finally:
        server.throw_away()


@pytest.fixture(scope="session")
def prepared(postgres: TestServer) -> str:
    """A database with the tables made once, to be copied."""
    Database.made(postgres, "prepared").prepare()
    return "prepared"


@pytest.fixture
def database(postgres: TestServer, prepared: str) -> Database:
    """A database with the tables of a shared register, and no force in it."""
    return Database.made(postgres, f"test{next(_numbers)}", template=prepared)
