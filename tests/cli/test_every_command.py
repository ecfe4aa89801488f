"""Every command and option, given anything: an exit code from 0 to 4, words, no traceback."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from horizon.cli import SHORT, horizon, run
from horizon.cli.frame import Session
from horizon.cli.typed import Day
from horizon.framework.loading import shipped, shipped_folder
from tests.clocks import StandingClock
from tests.drawn import days, halves, hostile_texts, mostly, plain_texts
from tests.hostile import RAW, make_hostile
from tests.papers.registers import TODAY
from tests.register.begun import begun, own_folder

EXCEPTED = {
    "serve": "it serves until somebody stops it",
}
"""Commands that are not driven here, and why. The bare `horizon` opens the app, and `--plain` asks
in the terminal: both have tests of their own."""

ASKING = {
    "papers release": "it asks of each text, unless its answer is given",
}
"""Commands that ask in the terminal, and why. Where nobody is there to answer they end with 130."""

ALWAYS = {
    "decide": ["--body=ai-sub-group", "--gate=G2", "--outcome=approve", "--reasons=Fair"],
    "triage": ["--impact", "3", "--uncertainty", "2", "--verdict", "log"],
    "amend": ["--name", "Other"],
    "export paper": ["--body", "ai-sub-group"],
    "amend-many": ["--yes", "--reason", "So"],
    "merge": ["--yes"],
}
"""What commands are given beside what is drawn, so that what is drawn is come to."""

TOGETHER = 3
"""Options that are tried at once."""

Texts = st.SearchStrategy[str]
Words = st.SearchStrategy[list[str]]
few = settings(
    max_examples=settings.default.max_examples // 33,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def leaves() -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that lead to it."""

    def walk(command: click.Command, words: Sequence[str]) -> Iterator[tuple[str, click.Command]]:
        if not isinstance(command, click.Group):
            yield " ".join(words), command
            return
        context = click.Context(command)
        names = [*command.list_commands(context), *(() if words else SHORT)]
        for name in dict.fromkeys(names):
            found = command.get_command(context, name)
            assert found is not None
            yield from walk(found, [*words, name])

    yield from walk(horizon, [])


COMMANDS = dict(leaves())


def _harmless(text: str) -> str:
    """A text that names no place outside the folder of the test, nor what no terminal can type."""
    return text.replace("/", "∕").replace("~", "-").replace("..", ".").replace("\0", "0")


LOOSE = mostly(plain_texts, hostile_texts.map(_harmless) | halves, 3)
PLACES = st.sampled_from(
    ["register.json", "copy.json", "made/new.json", "list.csv", "paper.docx", "a.pdf", "x.xlsx",
     "made", "b.md", "no/where.html", ".", "register.journal.jsonl", "-", "record.json", "=1+1.svg"]
)  # fmt: skip


@cache
def words() -> dict[str, Texts]:
    """What is typed for arguments and options of a name."""
    state = begun()[1].state
    framework, technologies = shipped(), [*state.technologies.headers()]
    labels = st.sampled_from([each.label for each in technologies])
    meetings = st.sampled_from([each.ref for each in state.meetings.values()][-2:])
    numbers = [d.number for key in state.technologies for d in state.technologies[key].decisions]
    decisions, items = st.sampled_from(numbers), st.sampled_from(sorted(framework.items))
    people = st.sampled_from([each.name for each in state.people.values()])
    facts = st.sampled_from(["personal_data=yes", "ai=no", "trial=unknown"])
    answers = items.map(lambda item: f"{item}=yes") | items.map(lambda item: f"{item}=no")
    scores = st.sampled_from(sorted(framework.criteria)).map(lambda each: f"{each}=4B")
    piped = st.sampled_from(["a | b", "S1 | note", "Ben Example | 2026-12-01 | x", "a|b|c|d|e"])
    return {
        **dict.fromkeys(("ref", "refs", "other", "into", "successor", "wanted"), labels),
        **dict.fromkeys(("number", "numbers", "decision", "supersedes"), decisions),
        **dict.fromkeys(("owner", "assessors", "names", "author", "chair"), people),
        "body": st.sampled_from([each.id for each in framework.route.bodies]),
        "gate": st.sampled_from([each.id for each in framework.route.gates]),
        "stage": st.sampled_from([each.id for each in framework.route.stages]),
        "trigger": st.sampled_from([each.id for each in framework.route.triggers]),
        "outcome": st.sampled_from(["approve", "defer", "reject"]),
        "meeting": meetings,
        "meeting ref": meetings,
        "item": items | labels,
        "items": labels,
        "facts changes": facts,
        "answers": answers,
        "scores": scores,
        "changes": st.sampled_from(["reasons=Better", "summary=x", "votes=1"]),
        "paper": piped,
        "condition": piped,
        "votes": st.sampled_from(["3/0/1", "3-0", "x"]),
        "from": st.sampled_from(["2026-06-30", "2026-03-01"]) | PLACES,
        "as_at": st.sampled_from(["2026-06-30", "1", "9999"]),
        "words": st.sampled_from(["kind:ai", "owner:me", "face", "-tag:x", "review:<30d"]),
        "set": st.sampled_from(["kind=ai", "owner=Ben Example", "fact:trial=yes", "trl=4"]),
        "events": st.sampled_from(["3", "40", "999"]),
    }


def typed(command: str, parameter: click.Parameter) -> Texts:
    """What somebody may type for an argument or an option."""
    kind, group, name = parameter.type, command.split()[0], parameter.name or ""
    usual: Texts = plain_texts.filter(bool)
    if name == "folder" and group == "criteria":
        return st.sampled_from(["made", "register.json", str(shipped_folder())])
    if isinstance(kind, click.Choice):
        usual = st.sampled_from([str(each) for each in kind.choices])
    elif isinstance(kind, click.Path) or name in ("file", "report", "record", "from_json"):
        return PLACES
    elif isinstance(kind, Day):
        usual = st.just(TODAY.isoformat()) | days.map(str)
    elif isinstance(kind, click.types.IntParamType):
        usual = st.sampled_from(["1", "1", "2", "3", "1000"])
    else:
        for key in (name, f"{group} {name}"):
            usual = words().get(key, usual)
    return mostly(usual, LOOSE | st.sampled_from(["-1", "0", "99999999999999999999"]), 12)


def given_words(
    command: str, parameters: Sequence[click.Parameter]
) -> st.SearchStrategy[list[str]]:
    """The words for these parameters: options by name, arguments in their order."""
    drawn: list[Words] = []
    for each in parameters:
        value = typed(command, each)
        if isinstance(each, click.Argument):
            least = 1 if each.required else 0
            size = 2 if each.nargs == -1 else 1
            drawn.append(st.lists(value, min_size=least, max_size=size))
        elif getattr(each, "is_flag", False):
            drawn.append(st.sampled_from([*each.opts, *each.secondary_opts]).map(lambda o: [o]))
        else:
            opt = each.opts[-1]
            drawn.append(value.map(lambda word, opt=opt: [opt, word]))
    return st.tuples(*drawn).map(lambda parts: [word for part in parts for word in part])


def ways(command: str) -> list[Words]:
    """The command with what it needs alone, and then, a few at a time, each of its options."""
    own = [
        each
        for each in COMMANDS[command].params
        if each.name not in ("help",) and each.opts not in (["--register"], ["--as"])
    ]
    needed = [each for each in own if isinstance(each, click.Argument) or each.required]
    others = [each for each in own if each not in needed]
    chunks = [others[at : at + TOGETHER] for at in range(0, len(others), TOGETHER)]
    return [given_words(command, [*needed, *chunk]) for chunk in ([], *chunks)]


def test_every_exception_is_still_a_command() -> None:
    assert {*EXCEPTED, *ASKING, *ALWAYS} <= set(COMMANDS)
    assert len(COMMANDS) > 80


@cache
def hostile() -> Path:
    """The same register, in which all that people typed is hostile."""
    made, _ = begun()
    return make_hostile(made, own_folder("horizon-hostile-"))


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in EXCEPTED])
def test_a_command_given_anything_ends_in_words(
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, _ = begun()
    home = tmp_path / "here"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HORIZON_USER", "Sam Example")

    def start_again(register: Path) -> None:
        monkeypatch.chdir(tmp_path)
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        for each in register.parent.iterdir():
            shutil.copy(each, home)
        (home / "list.csv").write_text("name,kind\nNew thing,ai\n")
        (home / "record.json").write_text('{"name": "Other thing", "reasons": 3}')
        monkeypatch.chdir(home)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"not what was asked")))

    for way in ways(command):

        @few
        @given(way, st.booleans())
        def holds(more: list[str], spoilt: bool) -> None:
            start_again(hostile() if spoilt else made)
            code = run(
                [*command.split(), *ALWAYS.get(command, ()), *more],
                Session(clock=StandingClock(TODAY)),
            )
            said = capsys.readouterr()
            assert code in range(5) or (code == 130 and command in ASKING), said.err
            assert "Traceback" not in said.err + said.out
            assert not RAW.search(said.out + said.err), ascii(RAW.search(said.out + said.err))
            assert code in (0, 1) or said.err.strip()

        holds()
