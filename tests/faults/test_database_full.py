"""A server whose disk is really full: nothing that was acknowledged is lost, and work goes on once
there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from horizon.model.errors import StoreFault
from horizon.register import Register
from horizon.register.checking import verify
from horizon.store.postgres.roles import Role
from tests.postgres import TestServer
from tests.shared.using import Database

SIZE = 80
"""Megabytes of the disk. A new server takes half of them."""


@pytest.fixture
def disk(postgres: TestServer) -> Iterator[Path]:
    """A small disk of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk to fill")
    folder = Path(tempfile.mkdtemp(prefix="hz-disk-", dir="/tmp"))
    try:
        if _mount(folder, SIZE, "rw").returncode:
            pytest.skip("no small disk can be mounted here")
        folder.chmod(0o755)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _mount(folder: Path, size: int, how: str) -> subprocess.CompletedProcess[bytes]:
    options = ["-t", "tmpfs", "-o", f"{how},size={size}m", "horizon-test", str(folder)]
    return subprocess.run(["mount", *options], capture_output=True, check=False)


def _fill(register: Register, acknowledged: list[str]) -> None:
    for number in range(1000):
        name = f"Large {number}"
        register.propose(
            name=name,
            summary=os.urandom(45_000).hex(),
            problem=os.urandom(45_000).hex(),
            duplicate_reason="Made by a test",
        )
        acknowledged.append(name)


def test_a_server_whose_disk_is_full_loses_nothing_and_goes_on_when_there_is_room(
    disk: Path,
) -> None:
    server = TestServer(safe=True, within=disk)
    acknowledged: list[str] = []
    try:
        server.start()
        database = Database.made(server, "horizon")
        database.prepare()
        database.begin("COLP")
        database.grant(Role.ASSESSOR)
        with database.open("asha") as register:
            with pytest.raises(StoreFault) as refused:
                _fill(register, acknowledged)
            assert "is full" in str(refused.value) or "What you typed" in str(refused.value)
            assert len(register.state.technologies) == len(acknowledged) > 1
        server.kill()  # one that is full may not come to an end by itself
        assert _mount(disk, 3 * SIZE, "remount").returncode == 0
        server.start()
        assert verify(database.place(force="COLP")).faults == ()
        with database.open("asha") as register:
            names = [each.name for each in register.state.technologies.headers()]
            assert set(acknowledged) <= set(names)
            assert len(names) - len(acknowledged) in (0, 1)  # one of which nobody could say
            register.propose(name="Room again")
    finally:
        server.throw_away()
