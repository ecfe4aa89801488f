"""The main job, as people do it in the app: from a proposal to a decision that stands."""

from __future__ import annotations

from pathlib import Path

from horizon.judgement.status import Status
from horizon.register import Register
from horizon.register.checking import verify
from tests.clocks import StandingClock
from tests.journeys.meeting import call, seat
from tests.tui.using import NARROW, User, using


async def test_a_technology_goes_from_proposal_to_a_decision_with_conditions(empty: Path) -> None:
    clock = StandingClock()
    async with using(empty, clock=clock, size=NARROW) as user:
        await propose(user)
        await set_facts(user)
        await attach(user, "Screening", "dpia-screening")
        await attach(user, "Equality assessment", "eqia")
        await attach(user, "Advice", "dpo-advice")
        await promote_and_prepare_triage(user)
    async with using(empty, acting="Sam Example", clock=clock, size=NARROW) as user:
        await meet(user, "futures-delivery-group", ["Dev Example", "Kit Example", "Ros Example"])
        await triage(user)
        await open_technology(user)
        await move_on(user)
        await open_round(user, "Ben Example, Cal Example")
    async with using(empty, acting="Ben Example", clock=clock, size=NARROW) as user:
        await open_technology(user)
        await score(user, 24)
    async with using(empty, acting="Cal Example", clock=clock) as user:
        await open_technology(user)
        await score(user, 9)
        await close_round(user)
        await fail_the_gate(user)
        await answer_everything(user)
        await attach(user, "Protocol", "trial-protocol", ends_on="2027-03-31")
    async with using(empty, acting="Sam Example", clock=clock) as user:
        await meet(user, "ai-sub-group", ["Grace Example", "Hugo Example", "Lena Example"])
        await decide(user)
        technology = user.register.technology("T-0001")
        assert [each.number for each in technology.decisions] == [
            "FDG/2026/001",
            "AISG/2026/001",
        ]
        approval = technology.decisions[-1]
        assert len(approval.conditions) == 2
        assert approval.room.quorum.is_met
        assert approval.considered.dpo_advice.followed == "yes"
    assert verify(empty).faults == ()
    with Register.open(empty, acting="Sam Example", clock=clock) as register:
        again = register.technology("Speech analytics")
        assert again.decisions == technology.decisions
        assert register.reading(again.id).status.status is not Status.STOP


async def propose(user: User) -> None:
    assert "The register is empty. Press n" in user.screen
    await user.press("n")
    await user.type("Speech analytics")
    await user.fill("problem", "Calls are sampled by hand")
    await user.fill("owner", "Asha Example")
    await user.fill("source", "Mei Example")
    await user.choose("source_type", "internal")
    await user.reach("RegisterScreen", "ctrl+s")
    assert "T-0001" in user.screen
    await user.reach("TechnologyScreen", "enter")


async def set_facts(user: User) -> None:
    await user.press("f", "y", "N")
    assert "Tier: standard" in user.screen
    await user.reach("TechnologyScreen", "ctrl+s")
    assert user.register.reading(user.register.technology("1").id).tier.tier == "standard"


async def attach(user: User, title: str, document: str, ends_on: str = "") -> None:
    await user.reach("EvidenceScreen", "v")
    await user.fill("title", title)
    await user.choose("document", document)
    if ends_on:
        await user.fill("ends_on", ends_on)
    await user.reach("TechnologyScreen", "ctrl+s")


async def open_technology(user: User) -> None:
    await user.until(lambda: user.on == "RegisterScreen")
    await user.press("v", "down", "enter")
    await user.reach("TechnologyScreen", "enter")


async def meet(user: User, body: str, people: list[str]) -> None:
    """Call a meeting of a body, take attendance, and put the technology on its agenda."""
    await call(user, body)
    await seat(user, zip(people, ("chair", "member", "member"), strict=True))
    await user.reach("MeetingScreen", "ctrl+s")
    await user.reach("AddItemsScreen", "plus")
    await user.reach("MeetingScreen", "space", "ctrl+s")
    await user.press("down")
    await user.until(lambda: "Quorum: 3 may decide, 3 needed" in user.screen)


async def triage(user: User) -> None:
    """Decide at the meeting, then close it and go back to the register."""
    await user.reach("DecideScreen", "d")
    await user.choose("outcome", "prioritise")
    await user.fill("reasons", "It answers a need that the force has.")
    await user.reach("MeetingScreen", "ctrl+s")
    await user.until(lambda: "FDG/2026/001" in user.screen)
    await user.reach("CloseScreen", "C")
    await user.press("ctrl+s")
    await user.until(lambda: user.on == "MeetingScreen" and "closed" in user.screen)
    await user.press("escape", "escape")


async def move_on(user: User) -> None:
    for stage in ("triaged", "assessing"):
        await user.reach("TechnologyScreen", "g", "enter")
        assert user.register.technology("1").stage == stage


async def promote_and_prepare_triage(user: User) -> None:
    await user.reach("TechnologyScreen", "g", "enter")
    assert user.register.technology("1").stage == "candidate"
    await user.press("g", "enter")
    await user.until(lambda: "Missing" in user.screen)
    await user.press("escape")
    await amend_for_triage(user)
    await user.press("r")
    await user.fill("review_by", "2027-06-30")
    await user.reach("TechnologyScreen", "ctrl+s")
    await user.press("e")
    applicable = user.register.reading(user.register.technology("1").id).checklist.applicable
    await user.hold(*["u", "down"] * len(applicable))
    await user.reach("TechnologyScreen", "ctrl+s")


async def amend_for_triage(user: User) -> None:
    await user.press("a")
    await user.choose("time_horizon", "H1")
    await user.fill("trl", "7")
    await user.reach("TechnologyScreen", "ctrl+s")
    assert user.register.technology("1").trl == 7


async def open_round(user: User, names: str) -> None:
    await user.press("s")
    await user.fill("assessors", names)
    await user.reach("TechnologyScreen", "ctrl+s")


async def score(user: User, scored: int) -> None:
    await user.reach("ScoreScreen", "s")
    await user.press("5", "a")
    await user.hold(*["down", "4"] * (scored - 1))
    assert f"{scored} of 24 scored" in user.screen
    await user.press("ctrl+s")
    if scored < 24:
        await user.until(lambda: user.on == "Ask")
        await user.press("right", "enter")
    await user.until(lambda: user.on == "TechnologyScreen")
    await user.press("2")
    current = user.register.technology("1").open_round
    assert current is not None
    assert "sealed" in user.screen


async def close_round(user: User) -> None:
    await user.reach("TechnologyScreen", "S", "ctrl+s")
    await user.press("2")
    assert "Round 1, 2 assessors" in user.screen


async def fail_the_gate(user: User) -> None:
    await user.reach("DecideScreen", "d")
    await user.until(lambda: "Gate G2 is not passed" in user.screen)
    await user.choose("outcome", "approve")
    await user.fill("reasons", "We like it.")
    await user.press("ctrl+s")
    await user.until(lambda: "cannot record" in user.screen)
    assert user.on == "DecideScreen"
    await user.reach("Ask", "escape")
    await user.reach("TechnologyScreen", "right", "enter")


async def answer_everything(user: User) -> None:
    await user.reach("EthicsScreen", "e")
    technology = user.register.technology("1")
    keys: tuple[str, ...] = ("space", "enter")  # what was ticked last is ticked next time
    for _ in user.register.reading(technology.id).checklist.applicable:
        await user.reach("ChooseEvidence", "y")
        await user.press(*keys)
        keys = ("enter",)
        await user.until(lambda: user.on == "EthicsScreen")
        await user.press("down")
    await user.reach("TechnologyScreen", "ctrl+s")
    technology = user.register.technology("1")
    assert not user.register.reading(technology.id).checklist.open


async def decide(user: User) -> None:
    await user.reach("DecideScreen", "d")
    await user.until(lambda: "The gate is passed" in user.screen)
    await user.fill("reasons", "Lawful and proportionate, with two things to settle.")
    for field in ("options", "legal_basis", "proportionality", "equality", "dpo_advice-given"):
        await user.fill(field, f"What was said of {field}")
    await user.choose("dpo_advice-followed", "yes")
    for number in (1, 2):
        await user.press("ctrl+n")
        await user.pilot.pause()
        await user.fill(f"condition-{number}-text", f"Settle matter {number}")
        await user.fill(f"condition-{number}-owner", "Asha Example")
        await user.fill(f"condition-{number}-due", "2027-01-31")
        await user.fill(f"condition-{number}-evidence_needed", "A note")
    await user.reach("MeetingScreen", "ctrl+s")
