"""Known holes are looked up, or it is said that they were not: never a green that asked nobody."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
CANARY = ("jinja2", "2.4.1")
REAL = ROOT / "build" / "pip-audit" / "bin" / "pip-audit"

Knows = Callable[[str, str], bool]

STAND_IN = '''\
"""Asks the service as pip-audit does, and prints what it prints."""
import json, sys, urllib.request
words, found = sys.argv, []
for line in open(words[words.index("-r") + 1]).read().split():
    name, version = line.split("==")
    asked = {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
    url = words[words.index("--osv-url") + 1]
    with urllib.request.urlopen(url, json.dumps(asked).encode()) as answer:
        holes = json.load(answer).get("vulns", [])
    said = [{"id": each["id"], "fix_versions": ["9.9"], "aliases": []} for each in holes]
    found.append({"name": name, "version": version, "vulns": said})
print(json.dumps({"dependencies": found, "fixes": []}))
sys.exit(any(each["vulns"] for each in found))
'''


@contextmanager
def service(knows: Knows, wait: float = 0) -> Iterator[str]:
    """An advisory service that speaks OSV, and knows a hole in some packages."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(wait)
            holes = [_hole(asked)] if knows(asked["package"]["name"], asked["version"]) else []
            body = json.dumps({"vulns": holes} if holes else {}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nobody reads along."""

    class Service(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Whoever asked has gone: the next test must not read of that."""

    server = Service(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()


def _hole(asked: dict[str, Any]) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}]
    affected = [{"package": asked["package"], "ranges": ranges}]
    return {
        "id": "PYSEC-2016-1",
        "summary": "A hole",
        "modified": "2026-01-01T00:00:00Z",
        "affected": affected,
    }


@pytest.fixture(params=["a stand-in", "pip-audit"])
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """What asks: a stand-in, and pip-audit itself where `.ci/audit` has installed it."""
    if request.param == "pip-audit":
        if not REAL.exists():
            pytest.skip("pip-audit is not installed here; .ci/audit installs it")
        return REAL
    made = tmp_path / "pip-audit"
    made.write_text(f"#!{sys.executable}\n{STAND_IN}")
    made.chmod(0o755)
    return made


def audited(program: Path, url: str, *more: str) -> tuple[int, str]:
    """The exit code of `.ci/audit` on what runs this test, and all that it printed."""
    words = [ROOT / ".ci" / "audit", sys.prefix, "--with", program, "--osv-url", url, *more]
    done = subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr


def test_where_the_canary_is_found_what_is_installed_is_looked_up(program: Path) -> None:
    with service(lambda *package: package == CANARY) as url:
        code, said = audited(program, url)
    assert code == 0
    assert "Known holes: looked up" in said
    assert "NOTHING" not in said


def test_a_known_hole_in_what_is_installed_ends_with_1_and_is_named(program: Path) -> None:
    with service(lambda name, version: name == "textual" or (name, version) == CANARY) as url:
        code, said = audited(program, url)
    assert code == 1
    assert "Known hole: textual " in said
    assert "PYSEC-2016-1, mended in 9.9" in said


def test_where_nobody_knows_the_canary_nothing_was_audited_and_that_is_said(program: Path) -> None:
    with service(lambda *_: False) as url:
        code, said = audited(program, url)
    assert code == 0
    assert said.splitlines() == [
        "Known holes: NOTHING WAS AUDITED, as no advisory service could be reached (none knows a "
        "hole in jinja2==2.4.1)."
    ]


def test_where_nobody_answers_nothing_was_audited(program: Path) -> None:
    code, said = audited(program, "http://127.0.0.1:1/v1/query")
    assert code == 0
    assert "NOTHING WAS AUDITED, as no advisory service could be reached" in said
    assert len(said.splitlines()) == 1


def test_a_service_that_does_not_answer_in_time_is_not_waited_for(program: Path) -> None:
    begun = time.monotonic()
    with service(lambda *_: True, wait=3) as url:
        code, said = audited(program, url, "--seconds", "1.5")
    assert code == 0
    assert "there was no answer in time" in said
    assert time.monotonic() - begun < 15


ADVISORY = """\
id: {id}
modified: 2026-01-02T03:04:05Z
summary: A hole
affected:
- package: {{name: {name}, ecosystem: PyPI}}
  ranges:
  - {{type: ECOSYSTEM, events: [{{introduced: '{since}'}}, {{fixed: '{fixed}'}}]}}
  versions: [{named}]
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A copy of an advisory database that knows the canary, and holes of long ago."""
    folder = tmp_path / "database" / "vulns"
    folder.mkdir(parents=True)
    held = [
        ("PYSEC-1", "Jinja2", "0", "2.5", "'2.4.1'"),
        ("PYSEC-2", "textual", "0", "0.1", ""),
        ("PYSEC-3", "textual", "999", "1000", "'0.0.1'"),
    ]
    for id, name, since, fixed, named in held:
        said = ADVISORY.format(id=id, name=name, since=since, fixed=fixed, named=named)
        (folder / f"{id}.yaml").write_text(said)
    return folder.parent


def test_without_a_network_a_copy_of_the_advisory_database_is_asked(
    program: Path, database: Path
) -> None:
    code, said = looked_up_in(program, database)
    assert (code, f"3 advisories in {database}" in said, "looked up" in said) == (0, True, True)
    held = ADVISORY.format(id="PYSEC-4", name="Textual", since="0.5", fixed="999", named="")
    (database / "vulns" / "PYSEC-4.yaml").write_text(held)
    code, said = looked_up_in(program, database)
    assert code == 1
    assert "PYSEC-4" in said
    assert "PYSEC-2" not in said
    assert "PYSEC-3" not in said


def test_a_folder_without_an_advisory_is_no_database(program: Path, tmp_path: Path) -> None:
    code, said = looked_up_in(program, tmp_path / "empty")
    assert code == 0
    assert "NOTHING WAS AUDITED" in said
    assert "holds no advisory" in said


def looked_up_in(program: Path, database: Path) -> tuple[int, str]:
    """The exit code of `.ci/audit` on what runs this test, and all that it printed."""
    words = [ROOT / ".ci" / "audit", sys.prefix, "--with", program, "--database", database]
    done = subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout + done.stderr
