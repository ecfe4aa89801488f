"""What processes that were killed left in the making is cleared away; nothing else is."""

from __future__ import annotations

import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from horizon.papers.writers.placing import replacing, replacing_folder
from horizon.register import Register
from horizon.register.rebuilding import rebuild
from tests.faults.working import HORIZON, ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is taken for left there")

FILE = "from horizon.papers.writers.placing import replacing as r\nwith r(p, b'new'): "
FOLDER = (
    "from horizon.papers.writers.placing import replacing_folder as r\nwith r(p, {'a': b'new'}): "
)
WAIT = "print('made', flush=True); input()"
KILLED_BETWEEN = """
import os, signal
put = os.replace
def once(a, b):
    put(a, b)
    os.kill(os.getpid(), signal.SIGKILL)
os.replace = once
"""


@contextmanager
def writing(path: Path, how: str, *, before: str = "", then: str = WAIT) -> Iterator[None]:
    """A process that has made something and not put it in its place; killed at the end."""
    script = f"from pathlib import Path\n{before}\np = Path({str(path)!r})\n{how}{then}"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        if before:
            assert process.wait(60) == -signal.SIGKILL
        else:
            assert process.stdout.readline() == b"made\n"
        yield
        process.send_signal(signal.SIGKILL)


def hidden(folder: Path) -> list[Path]:
    return list(folder.glob(".*"))


@pytest.mark.parametrize("how", [FILE, FOLDER])
def test_what_a_killed_export_left_goes_with_the_next_one_there(tmp_path: Path, how: str) -> None:
    with writing(tmp_path / "one", how):
        assert len(hidden(tmp_path)) == 1
        with replacing(tmp_path / "two", b"two"):
            assert len(hidden(tmp_path)) == 2  # its writer lives
    assert len(hidden(tmp_path)) == 1
    with replacing_folder(tmp_path / "three", {"a": b"three"}):
        pass
    assert hidden(tmp_path) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["three", "two"]


def test_the_old_folder_comes_back_when_its_replacing_was_killed_half_way(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    with replacing_folder(folder, {"a": b"old"}):
        pass
    with writing(folder, FOLDER, before=KILLED_BETWEEN, then="pass"):
        pass
    assert not folder.exists()
    assert len(hidden(tmp_path)) == 2
    with replacing(tmp_path / "other", b"other"):
        pass
    assert hidden(tmp_path) == []
    assert (folder / "a").read_bytes() == b"old"


def test_a_rebuild_clears_what_was_left_beside_the_register(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    Register.create(path, name="Small", acting="Sam Example").close()
    before = hidden(tmp_path)
    with writing(tmp_path / "one", FILE):
        pass
    assert len(hidden(tmp_path)) == len(before) + 1
    rebuild(path)
    assert hidden(tmp_path) == before


def test_working_on_a_register_clears_what_was_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    Register.create(path, name="Small", acting="Sam Example").close()
    before = hidden(tmp_path)
    with writing(tmp_path / "one", FILE):
        pass
    with Register.open(path, acting="Sam Example") as register:
        register.propose(name="First")
    assert hidden(tmp_path) == before


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    names = (".film.mkv.part", ".one.abcdefgh.part", "one.abcdefgh.horizon.part", ".one.part.old")
    for name in names:
        (tmp_path / name).write_bytes(b"somebody else's")
    (tmp_path / ".link.abcdefgh.horizon.part").symlink_to(tmp_path / names[0])
    with replacing(tmp_path / "two", b"two"):
        pass
    assert len(list(tmp_path.iterdir())) == len(names) + 2


def test_an_export_that_was_killed_leaves_the_next_archive_alone_in_its_folder(
    tmp_path: Path,
) -> None:
    path, out = tmp_path / "register.json", tmp_path / "out"
    out.mkdir()
    with Register.create(path, name="Small", acting="Sam Example") as register:
        register.propose(name="First")
    with writing(out / "star.zip", FILE):
        pass
    done = subprocess.run(
        [*HORIZON, str(path), "export", "star", "-o", str(out / "star.zip")],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [each.name for each in out.iterdir()] == ["star.zip"]
    assert zipfile.is_zipfile(out / "star.zip")
