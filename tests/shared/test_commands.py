"""The commands that look after a shared register, and all others on one."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from horizon.cli import run
from horizon.cli.frame import Session
from horizon.cli.shared import shared
from horizon.register.checking import verify
from horizon.store.files import journal_path
from horizon.store.postgres.roles import Role
from tests.cli.test_help import IN_A_DATABASE, examples
from tests.cli.using import CommandLine, Done
from tests.postgres import TestServer
from tests.shared.using import Database


@pytest.fixture
def horizon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    return CommandLine(tmp_path, capsys, monkeypatch)


@pytest.fixture
def bare(postgres: TestServer, request: pytest.FixtureRequest) -> Database:
    """A database in which nothing was made yet."""
    name = "bare_" + re.sub(r"\W+", "_", request.node.name)[:50].lower()
    return Database.made(postgres, name)


def sql_of(done: Done) -> str:
    return "\n".join(line for line in done.lines if not line.startswith("--"))


def test_init_prints_sql_that_a_database_administrator_can_run_instead(
    horizon: CommandLine, bare: Database, postgres: TestServer
) -> None:
    done = horizon.well("shared", "init", bare.address())
    assert "create policy may_insert on horizon.event for insert" in done.out
    other = Database.made(postgres, "by_hand")
    script = horizon.folder / "init.sql"
    roles_are_there = re.sub(r"^create role .*;\n", "", done.out, flags=re.MULTILINE)
    script.write_text(roles_are_there, encoding="utf-8")
    ran = subprocess.run(
        [str(postgres.bin / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
         "-h", str(postgres.folder), "-U", "owner", "-d", "by_hand", "-f", str(script)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    other.begin("COLP")
    assert verify(other.place(force="COLP")).faults == ()


def test_a_register_is_begun_opened_to_people_and_used(
    horizon: CommandLine, bare: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HORIZON_REGISTER", bare.address())
    begun = horizon.well(
        "shared", "init", "--force", "colp", "--name", "Ours", "--as", "Olu Example"
    )
    assert begun.lines[-1].startswith("-- Began the register of COLP: postgresql://owner@/bare_")
    again = horizon("shared", "init", "--force", "colp", "--name", "Ours")
    assert (again.code, "a register of COLP" in again.err) == (2, True)
    horizon.well("shared", "init")
    granted = horizon.well("shared", "grant", "zoe", "--role", "assessor", "--name", "Zoe Example")
    assert 'create role "zoe" login;' in granted.out
    assert 'grant "horizon_assessor" to "zoe";' in granted.out

    def zoe(*arguments: str) -> Done:
        return horizon(*arguments, "--register", bare.address("zoe"))

    assert zoe("add", "Speech analytics", "--kind", "ai").code == 0
    assert "Zoe Example" in zoe("history", "T-0001").out
    refused = zoe("add", "Another", "--as", "Olu Example")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "knows who you are: Zoe Example" in refused.err
    refused = zoe("shared", "share", "T-0001", "--with", "all", "--reason", "Why not")
    assert (refused.code, refused.err.count("\n")) == (3, 1)
    assert "zoe is an assessor" in refused.err
    assert zoe("verify").code == 0
    assert "1 technology" in zoe().out
    assert "Speech analytics" in zoe("show", "T-0001").out
    horizon.well("shared", "revoke", "zoe")
    gone = zoe("list")
    assert (gone.code, gone.err.count("\n")) == (1, 1)
    assert "does not let you do that" in gone.err


@pytest.mark.filterwarnings("ignore:Can not control echo")
def test_a_password_that_was_asked_for_is_not_printed(
    horizon: CommandLine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.begin("COLP")
    monkeypatch.setenv("HORIZON_REGISTER", database.address())
    done = horizon(
        "shared", "grant", "pat", "--role", "reader", "--name", "Pat Example", "--ask-password",
        typed="hunter22\nhunter22\n",
    )  # fmt: skip
    assert done.code == 0
    assert "hunter22" not in done.out + done.err
    assert "password 'SCRAM-SHA-256$" in done.out


def test_examples_of_the_help_work(
    horizon: CommandLine, bare: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HORIZON_REGISTER", bare.address())
    monkeypatch.setenv("HORIZON_USER", "Olu Example")
    shown = {}
    for name in IN_A_DATABASE:
        lines = examples(horizon.well(*name.split("-"), "--help").out)
        assert lines, f"{name} has no example"
        shown[name] = lines
    for name in ("init", "grant", "forces", "find", "mend", "revoke"):
        for line in shown[f"shared-{name}"]:
            done = horizon(*shlex.split(line)[1:])
            assert (done.code, done.err) == (0, ""), f"{line}\n{done.out}{done.err}"


def test_copy_carries_a_register_into_a_database_and_back(
    on_example: CommandLine, database: Database
) -> None:
    there = database.address(force="COLP")
    done = on_example.well("copy", "register.json", there)
    head = done.lines[-1].rpartition(" ")[2]
    assert verify(on_example.path).head == head
    on_example.well("copy", there, "back")
    back = on_example.folder / "back" / "register.json"
    assert journal_path(back).read_bytes() == journal_path(on_example.path).read_bytes()
    assert back.read_bytes() == on_example.path.read_bytes()
    again = on_example("copy", "register.json", there)
    assert (again.code, "already" in again.err) == (2, True)
    again = on_example("copy", there, "back")
    assert (again.code, "already" in again.err) == (2, True)


def test_a_register_that_does_not_add_up_is_not_copied(
    on_example: CommandLine, database: Database
) -> None:
    journal = journal_path(on_example.path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:40] + lines[41:]))
    done = on_example("copy", "register.json", database.address(force="COLP"))
    assert (done.code, "was not copied" in done.err) == (1, True), done.err
    done = on_example("copy", "register.json", "copied")
    assert done.code == 1
    assert not (on_example.folder / "copied").exists()
    assert database.psql("owner", "select count(*) from horizon.line").stdout.strip() == "0"


def test_every_command_that_looks_works_on_a_database(
    on_example: CommandLine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is printed of the copy is what is printed of the file."""
    on_example.well("copy", "register.json", database.address(force="COLP"))
    for arguments in (
        ["list", "--json"],
        ["show", "T-0014", "--json"],
        ["history", "--json"],
        ["history", "T-0003"],
        ["diff", "--from", "2026-03-31", "--to", "2026-09-30"],
        ["show", "T-0001", "--as-at", "2026-06-30"],
        ["record", "AISG/2026/004"],
        ["measure"],
        ["condition", "list"],
        ["people"],
        ["gate", "T-0003"],
        ["duplicates"],
        ["criteria", "show"],
        ["verify"],
    ):
        monkeypatch.delenv("HORIZON_REGISTER", raising=False)
        ours = on_example.well(*arguments)
        monkeypatch.setenv("HORIZON_REGISTER", database.address(force="COLP"))
        theirs = on_example.well(*arguments)
        assert ours.out == theirs.out, arguments


@pytest.mark.parametrize("cleared", [True, False])
def test_the_example_as_another_force_sees_it(
    on_example: CommandLine, database: Database, monkeypatch: pytest.MonkeyPatch, cleared: bool
) -> None:
    """Every command that looks, on technologies with decisions, merges and superseded ones, where
    the meetings and the rest are not shown."""
    on_example.well("copy", "register.json", database.address(force="COLP"))
    database.begin("MPS")
    login = database.grant(Role.SECRETARY, "MPS", sensitive=cleared)
    monkeypatch.setenv("HORIZON_REGISTER", database.address(force="COLP"))
    labels = [each["label"] for each in on_example.well("list", "--json").json]
    for label in labels[::2]:
        on_example.well("shared", "share", label, "--with", "MPS", "--reason", "A joint trial")
    monkeypatch.setenv("HORIZON_REGISTER", database.address(login, "COLP"))

    def looks(*arguments: str) -> Done:
        done = on_example(*arguments)
        assert done.code == 0, f"{arguments}\n{done.err}"
        assert "Traceback" not in done.err
        return done

    assert [e["label"] for e in looks("list", "--json").json] == labels[::2]
    for label in labels[::2]:
        shown = looks("show", label, "--json").json
        looks("history", label)
        for decision in shown.get("decisions", ())[:1]:
            looks("record", decision["number"])
    looks("show", labels[0])
    looks("gate", labels[2])
    for label in labels[1:6:2]:
        done = on_example("show", label)
        assert done.code == 2
    for arguments in (["measure"], ["condition", "list"], ["people"], ["compare"], ["history"], []):
        looks(*arguments)
    hidden = [e["name"] for e in json.loads(ours_of(on_example, database))["technologies"]]
    printed = looks("history").out + looks("list").out + looks("people").out
    for each in hidden[1::2]:
        assert each not in printed


def ours_of(horizon: CommandLine, database: Database) -> str:
    done = horizon("list", "--json", "--register", database.address(force="COLP"))
    return json.dumps({"technologies": done.json})


@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        ("postgresql://owner@/nowhere?host={folder}", 1, "is not there"),
        ("postgresql://stranger@/{name}?host={folder}", 1, "does not know you"),
        ("postgresql://owner@/{name}?host=/tmp/nothing-here", 1, "cannot be reached"),
        ("postgresql://owner@/{name}?host={folder}&force=XYZ", 2, "There is no register"),
        ("postgresql://owner@/{name}?host={folder}&force=not!a!force", 2, "short name"),
        ("postgresql://owner@/{name}?host={folder}&nonsense=1", 1, "cannot be reached"),
        ("postgresql://owner@host:port/{name}", 2, "not the address of a database"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_in_one_line(
    horizon: CommandLine, database: Database, address: str, code: int, words: str
) -> None:
    database.begin("COLP")
    named = address.format(folder=database.server.folder, name=database.name)
    done = horizon("list", "--register", named)
    assert (done.code, done.err.count("\n")) == (code, 1), done.err
    assert words in done.err


def test_a_database_without_tables_says_how_to_make_them(
    horizon: CommandLine, bare: Database
) -> None:
    done = horizon("list", "--register", bare.address())
    assert (done.code, "horizon shared init" in done.err) == (1, True), done.err


def test_a_password_in_an_address_is_never_shown(horizon: CommandLine, database: Database) -> None:
    secret = database.address().replace("owner@", "owner:hunter22@")
    for arguments in (["list"], ["init"], []):
        done = horizon(*arguments, "--register", secret)
        assert done.code != 0
        assert "hunter22" not in done.out + done.err


def test_files_are_refused_where_a_database_is_meant(horizon: CommandLine) -> None:
    done = horizon("shared", "forces")
    assert (done.code, "is not in a database" in done.err) == (2, True)


def test_without_psycopg_a_database_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert run(["list", "--register", "postgresql://a@b/c"], Session()) == 2
    assert 'pip install "horizon-register[postgres]"' in capsys.readouterr().err


def test_every_command_on_a_shared_register_says_how_to_have_psycopg() -> None:
    """In a process of its own, where nothing has imported what speaks to a database yet."""
    script = """
import sys
sys.modules["psycopg"] = None
from horizon.cli import run
from horizon.cli.shared import shared
at, given = "postgresql://a@b/c", {
    "grant": ["sam", "--role", "reader", "--name", "Sam Example"],
    "revoke": ["sam"], "share": ["T-0001", "--with", "all"], "find": ["speech"],
}
for name in shared.commands:
    assert run(["shared", name, *given.get(name, []), "--register", at]) == 2, name
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.count('pip install "horizon-register[postgres]"') == len(shared.commands)


def test_nothing_is_shared_with_a_force_that_is_not_there(
    horizon: CommandLine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for force in ("COLP", "MPS"):
        database.begin(force)
    database.grant(Role.SECRETARY)
    monkeypatch.setenv("HORIZON_REGISTER", database.address("sam"))
    horizon.well("add", "Speech analytics")
    refused = horizon("shared", "share", "T-0001", "--with", "msp", "--reason", "A joint trial")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "There is no force MSP in this database. Use COLP or MPS." in refused.err
    assert horizon.well("show", "T-0001", "--json").json["shared_with"] == []
    horizon.well("shared", "share", "T-0001", "--with", "mps", "--reason", "A joint trial")


def test_tables_that_were_changed_by_hand_are_made_again_from_the_events(
    horizon: CommandLine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.begin("COLP")
    database.grant(Role.SECRETARY)
    monkeypatch.setenv("HORIZON_REGISTER", database.address("sam"))
    horizon.well("add", "Licence plate reader")
    horizon.well("add", "Speech analytics")
    horizon.well("shared", "share", "T-0001", "--with", "all", "--reason", "Why not")
    before = horizon.well("list", "--json").json
    done = database.psql(
        "owner",
        "delete from horizon.technology where label = 'T-0002'",
        "delete from horizon.sharing",
        "update horizon.person set record = replace(record, 'Sam', 'Sim'), name = 'Sim'",
    )
    assert done.returncode == 0
    assert horizon("verify").code == 1
    horizon.well("shared", "mend")
    assert horizon.well("verify").code == 0
    assert horizon.well("list", "--json").json == before
