"""A PostgreSQL server for tests: made by initdb in a folder of its own, thrown away afterwards."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LEAST_SERVER = 15
PROGRAMS = ("initdb", "postgres", "pg_isready", "psql")

WANTED = "HORIZON_REQUIRE_POSTGRES"
"""When this is set in the environment, tests that need a server fail where there is none."""

BIN = "HORIZON_POSTGRES_BIN"
"""The folder of initdb and postgres, where they are not on the path or in Debian's place."""

LEFT_OUT = (
    "they need PostgreSQL 15 or newer, which is not installed here. To have them: "
    f"apt install postgresql, or set {BIN} to the folder of initdb. No server has to run."
)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest if there are several."""
    named = os.environ.get(BIN)
    if named:
        return Path(named) if (Path(named) / "initdb").exists() else None
    found = [each.parent for each in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).parent)
    whole = [each for each in found if all((each / name).exists() for name in PROGRAMS)]
    newest = max(((_version(each / "initdb"), each) for each in whole), default=None)
    return newest[1] if newest is not None and newest[0] >= LEAST_SERVER else None


def _version(initdb: Path) -> int:
    said = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def _unprivileged() -> dict[str, int]:
    """PostgreSQL does not run as root: nobody will do."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


class TestServer:
    """A server that listens on a socket in its own folder, which it makes `within` another. `safe`
    makes it wait for its disk."""

    __test__ = False

    def __init__(
        self, *, safe: bool = False, extra: Sequence[str] = (), within: Path = Path("/tmp")
    ) -> None:
        found = programs()
        assert found is not None, LEFT_OUT
        self.bin = found
        self.folder = Path(tempfile.mkdtemp(prefix="hz-pg-", dir=within))
        self._as = _unprivileged()
        if self._as:
            os.chown(self.folder, self._as["user"], self._as["group"])
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        self.limit: Callable[[], None] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._options = [
            *("-c", "listen_addresses="),
            *("-c", f"unix_socket_directories={self.folder}"),
            *("-c", "max_connections=120"),
            *("-c", "shared_buffers=64MB"),
            *("-c", f"fsync={'on' if safe else 'off'}"),
            *("-c", f"full_page_writes={'on' if safe else 'off'}"),
            *extra,
        ]
        self._run(
            "initdb", "-D", str(self.data), "-U", "owner", "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.bin / program), *arguments],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._as,  # type: ignore[call-overload]
        )

    def start(self) -> None:
        """Start it and wait until it lets people in."""
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", str(self.data), *self._options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=self.limit,
                **self._as,  # type: ignore[call-overload]
            )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            done = subprocess.run(
                [str(self.bin / "pg_isready"), "-h", str(self.folder), "-q"], check=False
            )
            if done.returncode == 0:
                return
            time.sleep(0.02)
        raise AssertionError((self.folder / "log").read_text())

    def kill(self) -> None:
        """Kill every process of it with -9, at once and without a word."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for _ in range(500):  # its children are not ours to wait for
            if not _any_left(self._process.pid):
                break
            time.sleep(0.01)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop it as an administrator does, without waiting for those who are connected."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=60)

    def throw_away(self) -> None:
        """Stop it and delete what it kept."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str, login: str = "owner", force: str = "") -> str:
        """The address of a register, or of a database, for an account."""
        more = f"&force={force}" if force else ""
        return f"postgresql://{login}@/{database}?host={self.folder}{more}"

    def psql(self, database: str, login: str, *statements: str) -> subprocess.CompletedProcess[str]:
        """Run statements with psql, as a person at a prompt would."""
        words = [part for each in statements for part in ("-c", each)]
        return subprocess.run(
            [str(self.bin / "psql"), "-X", "-A", "-t", "-h", str(self.folder), "-U", login,
             "-d", database, *words],
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip


def _any_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
