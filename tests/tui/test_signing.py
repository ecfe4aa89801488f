"""Signing from the app: in the background, and never at the cost of the decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon import drafts, settings
from horizon.drafts import Draft
from horizon.register import Register, keygen
from horizon.register.checking import verify, with_signatures
from horizon.register.signers import KEY
from horizon.tui.browser.session import stand_apart
from horizon.tui.signing import signer
from tests.clocks import StandingClock
from tests.example.committees import convened
from tests.keys import made_key, public
from tests.tui.using import NARROW, User, go, page, using

NUMBER = "AISG/2026/008"


@pytest.fixture
def key(example: Path) -> Path:
    """Sam's key, set up to sign in the example register."""
    made = made_key(example.parent / "sam")
    line = f'"Sam Example" namespaces="{keygen.NAMESPACE}" {public(made)}\n'
    example.with_suffix(".allowed_signers").write_text(line)
    settings.write(signing_key=str(made))
    return made


async def decide(user: User) -> None:
    await go(user, "Live facial recognition")
    await user.press("d")
    await user.until(lambda: user.on == "DecideScreen")
    await user.pilot.pause()
    await user.choose("outcome", "defer")
    await user.fill("reasons", "The tests are not in.")
    await user.choose("way", "AISG/2026-11-24")
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "TechnologyScreen")


def clock_of_a_meeting(path: Path) -> StandingClock:
    clock = StandingClock()
    with Register.open(path, acting="Sam Example", clock=clock) as register:
        convened(register, "ai-sub-group", register.today)
    return clock


def signatures(user: User) -> int:
    decision = user.register.technology("Live facial recognition").decisions[-1]
    assert decision.number == NUMBER
    return len(decision.signatures)


async def test_a_decision_is_signed_behind_the_screen(example: Path, key: Path) -> None:
    clock = clock_of_a_meeting(example)
    async with using(example, acting="Sam Example", clock=clock) as user:
        await decide(user)
        await user.until(lambda: signatures(user) == 1)
        await user.press("K")
        await user.until(lambda: user.on == "RecordScreen")
        assert "Signed by Sam Example with key SHA256:" in page(user)
    found = with_signatures(verify(example), example.with_suffix(".allowed_signers"))
    assert found.faults == ()
    assert found.signatures is not None
    assert found.signatures.signed == (NUMBER,)


async def test_a_key_that_does_not_sign_loses_no_decision_and_signs_it_later(
    example: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    clock = clock_of_a_meeting(example)
    locked = made_key(example.parent / "locked", passphrase="a long secret")
    settings.write(signing_key=str(locked))
    async with using(example, acting="Sam Example", clock=clock) as user:
        await decide(user)
        await user.until(lambda: f"{NUMBER} is recorded, but unsigned." in _one_line(user))
        assert "Load the key into ssh-agent first" in _one_line(user)
        assert signatures(user) == 0
        settings.write(signing_key=str(key))
        user.app.clear_notifications()
        await user.press("K")
        await user.until(lambda: user.on == "RecordScreen")
        assert "Unsigned" in page(user)
        await user.press("S")
        await user.until(lambda: "Signed by Sam Example with key" in page(user))
        assert signatures(user) == 1


def _one_line(user: User) -> str:
    """What the app says, however it is broken into lines."""
    return " ".join(each.message for each in user.app._notifications)


async def test_without_a_key_nothing_is_said_of_signing_until_one_asks(example: Path) -> None:
    clock = clock_of_a_meeting(example)
    async with using(example, acting="Sam Example", clock=clock) as user:
        await decide(user)
        await user.until(lambda: "recorded" in _one_line(user).lower())
        assert "sign" not in _one_line(user)
        assert signatures(user) == 0
        await user.press("K")
        await user.until(lambda: user.on == "RecordScreen")
        await user.press("S")
        await user.until(lambda: "Signing is not set up" in _one_line(user))


async def test_the_audit_names_a_signature_that_does_not_hold(example: Path, key: Path) -> None:
    clock = clock_of_a_meeting(example)
    async with using(example, acting="Sam Example", clock=clock, size=NARROW) as user:
        await decide(user)
        await user.until(lambda: signatures(user) == 1)
        example.with_suffix(".allowed_signers").write_text("")
        await user.press("escape", "A")
        await user.until(lambda: user.on == "AuditScreen")
        await user.press("v")
        await user.until(lambda: user.on == "PanelScreen")
        await user.until(lambda: "1 fault found." in user.screen)
        words = " ".join(page(user, "panel").split())
        assert f"the signature of Sam Example on {NUMBER} does not hold" in words
        assert "96 unsigned and 1 with a signature that does not hold." in words


def test_in_a_browser_nobody_signs_with_the_key_of_whoever_serves(
    key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: Path
) -> None:
    monkeypatch.setenv(KEY, str(key))
    with Register.open(example, acting="Sam Example", clock=StandingClock()) as register:
        assert signer(register) is not None
        monkeypatch.setenv(drafts.NONE, "")  # what is set from here on is taken back at the end
        stand_apart(tmp_path)
        assert signer(register) is None
        assert not Draft(("somebody",)).keep({})
