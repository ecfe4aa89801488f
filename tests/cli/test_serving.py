"""Horizon in a browser: on this machine unless told twice, and nobody changes anything unnamed."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from horizon.register import Register
from horizon.store.files import journal_path
from horizon.tui.browser.server import RegisterServer, is_here
from horizon.tui.browser.session import NOBODY, BrowserApp
from tests.browsing import CHROMIUM, browsing
from tests.cli.using import CommandLine
from tests.clocks import StandingClock
from tests.tui.using import NARROW, User


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def served(path: Path) -> AsyncIterator[int]:
    """The port at which a process of its own serves a register."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "horizon", "--register", str(path), "serve"),
        *("--port", str(port)),
        stdout=asyncio.subprocess.PIPE,
        env=dict(os.environ),
    )
    try:
        assert process.stdout is not None
        said = await asyncio.wait_for(process.stdout.readline(), 30)
        assert f"http://localhost:{port}" in said.decode()
        await asyncio.wait_for(process.stdout.readline(), 30)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            await asyncio.sleep(0.05)
        yield port
    finally:
        process.terminate()
        await process.wait()


# Where it listens


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.5", "::", "horizon.example"])
def test_it_refuses_to_listen_elsewhere_without_being_told_twice(
    on_example: CommandLine, host: str
) -> None:
    done = on_example("serve", "--host", host)
    assert (done.code, done.out) == (3, "")
    assert "can be reached from other machines" in done.err
    assert "--beyond-this-machine" in done.err


def test_beyond_this_machine_needs_an_address_beyond_it(on_example: CommandLine) -> None:
    done = on_example("serve", "--beyond-this-machine")
    assert done.code == 2
    assert "localhost is this machine only" in done.err


@pytest.mark.parametrize(
    ("host", "here"),
    [("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True),
     ("0.0.0.0", False), ("::", False), ("192.168.1.2", False), ("localhost.evil", False)],
)  # fmt: skip
def test_loopback_is_told_from_everything_else(host: str, here: bool) -> None:
    assert is_here(host) is here


async def test_no_other_site_reaches_a_session(example: Path) -> None:
    async with served(example) as port, aiohttp.ClientSession() as session:
        here = f"http://127.0.0.1:{port}"
        page = await session.get(here)
        assert page.status == 200
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        text = await page.text()
        assert "Illustrative register of Example Police" in text
        assert "https://" not in text
        for host in ("evil.example", f"evil.example:{port}", "localhost.evil.example", "["):
            refused = await session.get(here, headers={"Host": host})
            assert refused.status in (400, 403), host
        for origin in ("http://evil.example", "null", "", f"http://localhost:{port + 1}"):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(f"{here}/ws", headers={"Origin": origin})


def test_on_the_network_it_answers_to_addresses_and_its_own_name(example: Path) -> None:
    server = RegisterServer(
        example, host="0.0.0.0", port=80, title="T", url="https://horizon.example"
    )

    class Asked:
        def __init__(self, host: str, path: str = "/", origin: str = "") -> None:
            self.headers, self.path = {"Host": host, "Origin": origin}, path

    assert server.allows(Asked("10.0.0.5"))  # type: ignore[arg-type]
    assert server.allows(Asked("horizon.example"))  # type: ignore[arg-type]
    assert not server.allows(Asked("evil.example"))  # type: ignore[arg-type]
    own = Asked("horizon.example", "/ws", "https://horizon.example")
    assert server.allows(own)  # type: ignore[arg-type]
    other = Asked("horizon.example", "/ws", "https://evil.example")
    assert not server.allows(other)  # type: ignore[arg-type]


# Who is there


@asynccontextmanager
async def in_browser(path: Path) -> AsyncIterator[User]:
    with Register.open(path, acting=NOBODY, clock=StandingClock()) as register:
        app = BrowserApp(register)
        app.animation_level = "none"
        async with app.run_test(size=NARROW, notifications=True) as pilot:
            user = User(app, pilot)
            await user.until(lambda: user.on == "WhoScreen")
            yield user


async def test_nothing_can_be_changed_before_somebody_says_who_they_are(example: Path) -> None:
    async with in_browser(example) as user:
        before = user.register.state.head.seq
        await user.press("escape")
        await user.until(lambda: user.on == "RegisterScreen")
        assert "Read only" in user.screen
        for keys in (("n",), ("f2",), ("ctrl+z",), ("enter", "f")):
            await user.press(*keys)
            await user.pilot.pause()
            assert user.on in ("RegisterScreen", "TechnologyScreen")
        assert "You are only looking" in user.screen
        error = user.app.act(lambda: user.register.propose(name="Behind the lock"))
        assert "You are only looking" in str(error)
        assert user.register.state.head.seq == before


async def test_what_is_done_after_a_name_is_given_is_recorded_under_it(example: Path) -> None:
    async with in_browser(example) as user:
        await user.press("enter")
        await user.until(lambda: "Write your name" in user.screen)
        await user.type("Nadia Example")
        await user.press("enter")
        await user.until(lambda: user.on == "RegisterScreen")
        assert "acting as Nadia Example" in user.screen
        await user.press("f2")
        await user.type("Smart glasses")
        await user.press("enter")
        await user.until(lambda: user.on == "RegisterScreen")
        made = user.register.technology("Smart glasses")
        assert user.register.name(made.proposed_by) == "Nadia Example"
        assert NOBODY not in [each.name for each in user.register.state.people.values()]


async def test_a_name_that_is_nearly_somebodys_is_asked_about(example: Path) -> None:
    async with in_browser(example) as user:
        await user.type("Benn Exampl")
        await user.reach("Ask", "enter")
        await user.reach("WhoScreen", "escape")
        await user.reach("Ask", "enter")
        await user.reach("RegisterScreen", "right", "enter")
        assert "acting as Ben Example" in user.screen


async def test_somebody_who_only_looked_can_say_who_they_are_later(example: Path) -> None:
    async with in_browser(example) as user:
        await user.press("escape", "f4")
        await user.until(lambda: user.on == "WhoScreen")
        await user.type("Nadia Example")
        await user.press("enter")
        await user.until(lambda: user.register.read_only == "")


# The whole way


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
async def test_a_colleague_writes_something_down_in_a_real_browser(
    example: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "shared" / "register.json"
    shared.parent.mkdir()
    shutil.copy(example, shared)
    shutil.copy(journal_path(example), journal_path(shared))
    async with served(shared) as port, browsing(tmp_path / "profile") as browser:
        await browser.go(f"http://localhost:{port}/")
        await browser.until("document.activeElement.className == 'xterm-helper-textarea'")
        await asyncio.sleep(2)
        await browser.type("Nadia Example")
        await browser.enter()
        await asyncio.sleep(1)
        await browser.type("n")
        await asyncio.sleep(1)
        await browser.type("Smart glasses")
        await browser.call(
            "Input.dispatchKeyEvent",
            type="keyDown", modifiers=2, key="s", code="KeyS", windowsVirtualKeyCode=83,
        )  # fmt: skip
        with Register.open(shared, acting="Asha Example") as register:
            for _ in range(100):
                register.refresh()
                if len(register.state.technologies) == 30:
                    break
                await asyncio.sleep(0.1)
            made = register.technology("Smart glasses")
            assert register.name(made.proposed_by) == "Nadia Example"
        assert all(each.startswith(f"http://localhost:{port}/") for each in browser.asked)
        picture = tmp_path / "page.png"
        await browser.picture(picture)
        assert picture.stat().st_size > 20_000
