"""A technology's screens, at every stage and size."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from horizon.register import Register
from horizon.tui.widgets.page import Page
from tests.clocks import StandingClock
from tests.tui.using import NARROW, WIDE, User, go, using
from tests.tui.using import page as shown

STAGES = [
    "signal", "candidate", "triaged", "assessing", "trial-approved", "in-trial", "evaluated",
    "adoption-approved", "in-service", "suspended", "decommissioning", "retired", "rejected",
    "withdrawn", "merged",
]  # fmt: skip


def page(user: User, tab: str) -> str:
    return user.app.screen.query_one(f"#text-{tab}", Page).words


@pytest.mark.parametrize("stage", STAGES)
async def test_every_screen_opens_at_every_stage(example: Path, stage: str) -> None:
    async with using(example, size=NARROW) as user:
        headers = user.register.state.technologies.headers()
        await go(user, next(each.id for each in headers if each.stage == stage))
        found = user.register.framework.route.stage(stage)
        on_the_route = "" if found is not None and found.ended else "rwup"
        for key in f"fegdvaco{on_the_route}":  # s and Shift+S depend on the round
            await user.press(key)
            await user.until(lambda: user.on != "TechnologyScreen")
            await user.press("escape")
            await user.until(lambda: user.on == "TechnologyScreen")


@pytest.mark.parametrize("key", "rwup")
async def test_what_has_left_the_route_says_so_before_anything_is_typed(
    example: Path, key: str
) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Wellbeing early warning")
        assert "r Review" not in user.screen
        assert "d Decide" not in user.screen
        await user.press(key)
        (notice,) = user.app._notifications
        assert "has left the route (withdrawn)" in notice.message
        assert user.on == "TechnologyScreen"


async def test_what_was_superseded_says_by_which(example: Path) -> None:
    async with using(example) as user:
        await go(user, "T-0006")
        assert "T-0009 Duty planning system" in page(user, "Overview")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_each_tab_says_what_it_is_for(example: Path, size: tuple[int, int]) -> None:
    async with using(example, size=size) as user:
        await go(user, "Fraud report triage")
        assert "Not approved: condition 1 of" in page(user, "Overview")
        assert "Assessors disagree on" in page(user, "Scores")
        assert "Red lines: no score outweighs them" in page(user, "Ethics")
        assert "Overdue since 1 October 2026" in page(user, "Route")
        tabs = {"2": "Round 1", "3": "Red lines", "4": "Now: In trial", "5": "Moved from trial"}
        for key, words in tabs.items():
            await user.press(key)
            await user.until(lambda words=words: words in user.screen)  # type: ignore[misc]


async def test_facts_show_the_tier_they_make_before_they_are_saved(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Policy search assistant")
        await user.press("f")
        before = user.register.reading(user.register.technology("Policy search assistant").id)
        facts = user.app.screen.query_one(OptionList)
        facts.highlighted = facts.get_option_index("biometric")
        await user.press("y")
        assert before.tier.tier != "board"
        assert "Tier: board" in user.screen
        await user.reach("Ask", "ctrl+s")  # it was approved at a lighter tier
        await user.reach("TechnologyScreen", "right", "enter")
        assert "board" in page(user, "Overview")


async def test_an_open_round_shows_who_submitted_and_never_what(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Body-worn video tagging")
        words = page(user, "Scores")
        assert "Submitted:   Asha Example" in words
        assert "Waiting for: Ben Example" in words
        assert "4 (" not in words


async def test_only_an_assessor_of_the_round_gets_to_score(example: Path) -> None:
    async with using(example, acting="Sam Example") as user:
        await go(user, "Body-worn video tagging")
        await user.press("s")
        assert user.on == "TechnologyScreen"
    async with using(example, acting="Ben Example") as user:
        await go(user, "Body-worn video tagging")
        await user.press("s")
        await user.until(lambda: user.on == "ScoreScreen")


async def test_the_interval_moves_as_scores_are_typed_and_escape_asks(example: Path) -> None:
    async with using(example, acting="Ben Example") as user:
        await go(user, "Body-worn video tagging")
        await user.press("s", "4", "a")
        first = user.app.screen.query_one("#text", Page).words
        await user.press("1")
        assert user.app.screen.query_one("#text", Page).words != first
        await user.press("n")
        await user.type("See the log")
        await user.press("enter")
        assert "See the log" in user.screen
        await user.press("escape")
        await user.until(lambda: user.on == "Ask")
        await user.press("enter")
        await user.until(lambda: user.on == "ScoreScreen")
        assert "1 of 24 scored" in user.screen


async def test_not_applicable_is_refused_where_facts_make_a_question_apply(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Live facial recognition")
        await user.press("e", "x")
        assert "cannot be answered not applicable" in user.screen


async def test_answers_survive_another_persons_change(example: Path) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await go(user, "Live facial recognition")
        await user.press("e", "n")
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.amend("Live facial recognition", {"trl": 9})
        await user.press("ctrl+s")
        await user.until(lambda: "Save again to add it" in user.screen)
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")


async def test_a_condition_is_discharged_on_evidence(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        await user.press("c")
        await user.until(lambda: "Overdue since 1 October 2026" in user.screen)
        await user.press("enter")
        await user.until(lambda: user.on == "DischargeScreen")
        await user.press("ctrl+s")
        await user.until(lambda: "Evidence is needed" in user.screen)
        await user.press("space", "ctrl+s")
        await user.until(lambda: user.on == "ConditionsScreen")
        assert "1 of 2 conditions open, 0 overdue" in user.screen
        await user.press("escape")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert "Approved for trial" in page(user, "Overview")


async def test_a_condition_that_was_not_met_after_all_is_opened_again(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        await user.reach("ConditionsScreen", "c")
        assert "Not met after all" not in user.screen
        await user.press("u")
        assert user.on == "ConditionsScreen"
        assert "This condition is open." in user.screen
        await user.reach("DischargeScreen", "enter")
        await user.press("space", "ctrl+s")
        await user.until(lambda: user.on == "ConditionsScreen")
        await user.press("end")
        await user.until(lambda: "Met on 24 November 2026" in user.screen)
        assert "Not met after all" in user.screen
        await user.reach("NotMetScreen", "u")
        await user.press("ctrl+s")
        await user.until(lambda: "is needed" in user.screen)
        await user.press(*"Wrong")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "ConditionsScreen")
        assert "2 of 2 conditions open, 1 overdue" in user.screen
        await user.press("home")
        await user.until(lambda: "Asha Example, 24 November 2026: Wrong" in shown(user))


async def test_a_gate_that_is_not_passed_keeps_the_technology_and_says_why(example: Path) -> None:
    async with using(example) as user:
        await go(user, "Fraud report triage")
        await user.press("g", "enter")
        await user.until(lambda: "Refused: " in user.screen)
        assert user.on == "MoveScreen"
        assert user.register.technology("Fraud report triage").stage == "in-trial"


async def test_a_register_that_cannot_be_written_says_so_and_opens_no_form(
    example: Path,
) -> None:
    async with using(example) as user:
        user.register.store.read_only = "The folder cannot be written to."  # type: ignore[misc]
        await go(user, "Fraud report triage")
        await user.press("f")
        assert user.on == "TechnologyScreen"
        await user.until(lambda: "cannot be written" in user.screen)


async def test_the_search_line_never_loses_a_letter(example: Path) -> None:
    async with using(example) as user:
        await user.press("slash")
        await user.hold(*"redaction")
        assert user.app.screen.query_one("#search", Input).value == "redaction"


async def test_the_document_that_meets_a_condition_is_attached_from_the_form(example: Path) -> None:
    async with using(example, acting="Sam Example") as user:
        await go(user, "Fraud report triage")
        await user.reach("ConditionsScreen", "c")
        await user.reach("DischargeScreen", "enter")
        await user.reach("EvidenceScreen", "f8")
        await user.fill("title", "Test results")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "DischargeScreen")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "ConditionsScreen")
        technology = user.register.technology("Fraud report triage")
        new = technology.evidence[-1]
        assert new.title == "Test results"
        met = [
            condition.discharge.evidence
            for decision in technology.decisions
            for condition in decision.conditions
            if condition.discharge is not None
        ]
        assert (new.id,) in met


async def test_short_words_are_spelt_out_where_they_stand(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Live facial recognition")
        words = page(user, "Overview")
        assert "held. Red line LB4 is not cleared.\n             A red line is not" in words
        await user.press("4")
        words = page(user, "Route")
        assert "AISG: AI Sub-Group; FDG: Futures Delivery Group" in words
        assert "G2: Ethics, for a trial; G3: Trial approval" in words
        assert "Strategic Change Board, as the board tier asks" in " ".join(words.split())
        assert "Gate G2 (Ethics, for a trial), 14 April 2026" in words


async def test_records_are_listed_by_the_name_of_their_outcome(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await go(user, "Live facial recognition")
        await user.press("K")
        await user.until(lambda: "FDG/2025/021  G1" in user.screen)
        assert "  Prioritise" in user.screen
        assert "approve" not in user.screen.split("│")[0]
