"""Scoring: anchors, evidence, notes; nothing typed is lost and nothing sealed is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Label, OptionList

from horizon import drafts
from horizon.model.assessment import NOT_APPLICABLE, Score
from horizon.model.words import EvidenceGrade
from horizon.register import Register
from tests.clocks import StandingClock
from tests.tui.using import NARROW, User, go, leave_for_later, page, using

TAGGING = "Body-worn video tagging"


async def begin(user: User) -> None:
    await go(user, TAGGING)
    await user.press("s")
    await user.until(lambda: user.on == "ScoreScreen")


async def test_the_anchor_of_every_level_can_be_read_and_clicked(example: Path) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        criterion = next(iter(user.register.framework.criteria.values()))
        text = page(user)
        assert all(anchor in text for anchor in criterion.anchors)
        lines = str(user.app.screen.query_one("#text").render()).split("\n")
        at = next(y for y, line in enumerate(lines) if line.startswith("  3  "))
        await user.pilot.click("#text", offset=(8, at))
        await user.until(lambda: "> 3  " in page(user))


async def test_evidence_that_nobody_named_counts_as_a_claim(example: Path) -> None:
    async with using(example, acting="Ben Example", size=NARROW) as user:
        await begin(user)
        assert "not said, so it counts as d" in page(user)
        await user.press("4")
        assert "4 D" in user.screen
        await user.press("b")
        await user.until(lambda: "4 B" in user.screen)


async def test_a_note_being_written_is_submitted_with_the_scores(example: Path) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("4", "n")
        await user.type("See the test report")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "Ask")
        await user.press("right", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        current = user.register.technology(TAGGING).open_round
        assert current is not None
        scores = current.submissions[user.register.person_id].scores
        assert scores["S1"].note == "See the test report"


async def test_a_note_stays_with_the_criterion_it_was_begun_on(example: Path) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("4", "n")
        await user.type("About the first")
        await user.pilot.click("#choices", offset=(4, 5))
        await user.until(lambda: user.app.screen.query_one(OptionList).highlighted == 5)
        assert "About the first" not in page(user)
        await user.press("home")
        await user.until(lambda: "About the first" in page(user))


async def test_a_note_survives_a_look_at_another_window(example: Path) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("4", "n")
        await user.type("Half a")
        user.app.app_focus = False
        await user.pilot.pause()
        user.app.app_focus = True
        note = user.app.screen.query_one("#note", Input)
        await user.until(lambda: note.has_focus)
        assert note.value == "Half a"


async def test_not_applicable_without_a_note_is_refused_and_the_scores_are_kept(
    example: Path,
) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("x", "escape", "down", "4", "ctrl+s")
        await user.until(lambda: user.on == "Ask")
        await user.press("right", "enter")
        await user.until(lambda: "Missing: a note for S1" in user.screen)
        assert "2 of 24 scored" in user.screen


async def test_scores_are_kept_when_someone_closes_the_round_meanwhile(example: Path) -> None:
    clock = StandingClock()
    async with using(example, acting="Ben Example", clock=clock) as user:
        await begin(user)
        await user.press("4")
        with Register.open(example, acting="Asha Example", clock=clock) as other:
            other.close_round(TAGGING, reason="Ben is away")
        for _ in range(2):
            await user.press("ctrl+s")
            await user.until(lambda: user.on == "Ask")
            await user.press("right", "enter")
            await user.until(lambda: user.on == "ScoreScreen")
        await user.until(lambda: "has no open scoring round" in user.screen)
        assert "1 of 24 scored" in user.screen


async def test_progress_and_intervals_stay_in_view_on_a_small_screen(example: Path) -> None:
    async with using(example, acting="Ben Example", size=NARROW) as user:
        await begin(user)
        await user.press("4", "a")
        await user.until(lambda: "1 of 24 scored · Safe and secure" in user.screen)
        before = user.screen.split("\n")[3]
        await user.press("1")
        await user.until(lambda: user.screen.split("\n")[3] != before)
        assert "Your scores, if they stood alone" not in user.screen
        await user.press("space")
        await user.until(lambda: "Your scores, if they stood alone" in user.screen)


async def test_scores_that_are_left_for_later_are_there_again(example: Path) -> None:
    async with using(example, acting="Ben Example", size=NARROW) as user:
        await begin(user)
        await user.press("4", "b", "down", "3")
        await leave_for_later(user)
        await user.until(lambda: "s goes on with your draft." in page(user, "text-Scores"))
    async with using(example, acting="Ben Example", size=NARROW) as user:
        await begin(user)
        await user.until(lambda: "2 of 24 scored" in user.screen)
        assert "is here again: 2 scores" in said(user)
        assert "4 B" in user.screen
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "Ask")
        await user.press("right", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        current = user.register.technology(TAGGING).open_round
        assert current is not None
        assert set(current.submissions[user.register.person_id].scores) == {"S1", "S2"}
        assert list(drafts.folder().iterdir()) == []


async def test_scores_survive_the_end_of_the_program_at_any_key(example: Path) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("4", "down", "3")
    async with using(example, acting="Ben Example") as user:  # as after a lost connection
        await begin(user)
        await user.until(lambda: "2 of 24 scored" in user.screen)


async def test_scores_that_are_thrown_away_do_not_come_back(example: Path) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("4", "escape")
        await user.until(lambda: user.on == "Ask")
        await user.press("right", "right", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert list(drafts.folder().iterdir()) == []
        await user.press("s")
        await user.until(lambda: user.on == "ScoreScreen")
        assert "0 of 24 scored" in user.screen


async def test_what_changed_since_a_draft_was_begun_is_told_before_it_is_handed_in(
    example: Path,
) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("4")
        await leave_for_later(user)
    with Register.open(example, acting="Priya Example", clock=StandingClock()) as other:
        other.amend(TAGGING, {"summary": "Tags what was filmed."})
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.until(lambda: "1 of 24 scored" in user.screen)
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "Ask")
        await user.press("right", "enter")
        await user.until(lambda: "was changed by someone else" in user.screen)


async def test_quitting_says_that_scores_are_kept(example: Path) -> None:
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("4", "ctrl+q")
        await user.until(lambda: user.on == "Ask")
        asked = str(user.app.screen.query_one(Label).content)
        assert "It is kept on this machine, for you alone" in asked


async def test_where_no_draft_can_be_kept_leaving_asks_as_ever(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(drafts.NONE, "1")
    async with using(example, acting="Ben Example") as user:
        await begin(user)
        await user.press("4", "escape")
        await user.until(lambda: user.on == "Ask")
        assert "Leave for later" not in user.screen
        assert not drafts.folder().exists()


def said(user: User) -> str:
    return " ".join(str(each.message) for each in user.app._notifications)


async def test_what_each_assessor_noted_is_read_once_the_round_is_closed(example: Path) -> None:
    with Register.open(example, acting="Ben Example", clock=StandingClock()) as register:
        scores = {
            "S1": Score(value=4, grade=EvidenceGrade.B, note="See the test report"),
            "S3": Score(value=NOT_APPLICABLE, grade=EvidenceGrade.D, note="Nothing is kept"),
        }
        register.submit_scores(TAGGING, scores)
        register.close_round(TAGGING)
    async with using(example) as user:
        await go(user, TAGGING)
        text = page(user, "text-Scores")
        assert "Ben Example: 4 B. See the test report" in text
        assert "Ben Example: n/a. Nothing is kept" in text
