"""The ethics review: answers, evidence in place, and what becomes of them."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from horizon import drafts
from horizon.model.events import AnswerGiven
from horizon.model.words import AnswerValue
from horizon.register import Register
from tests.clocks import StandingClock
from tests.tui.using import NARROW, User, go, leave_for_later, page, using

FACES = "Live facial recognition"


async def begin(user: User, name: str = FACES) -> None:
    await go(user, name)
    await user.press("e")
    await user.until(lambda: user.on == "EthicsScreen")


def at(user: User, item: str) -> None:
    """Put the cursor on a question."""
    options = user.app.screen.query_one(OptionList)
    options.highlighted = options.get_option_index(item)


async def test_red_lines_come_first_and_say_why_they_apply(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user)
        reading = user.register.reading(user.register.technology(FACES).id).checklist
        lines = [line[1:] for line in user.screen.split("\n") if line[5:].startswith("red line")]
        assert len(lines) == len(reading.red_lines)
        assert "Applies because of personal data" in page(user)


async def test_whoever_proposed_it_is_told_at_the_key_that_somebody_else_clears_its_red_lines(
    example: Path,
) -> None:
    with Register.open(example, acting="Asha Example", clock=StandingClock()) as register:
        register.propose(name="Gait checker")
    async with using(example) as user:
        await begin(user, "Gait checker")
        at(user, "LB1")
        await user.press("y")
        await user.until(lambda: "somebody else says whether its red line" in user.screen)
        assert user.on == "EthicsScreen", "no document is asked for in vain"
        await user.press("n")
        await user.until(lambda: "LB1 red line  no" in user.screen)


async def test_a_note_being_written_is_saved_with_the_answers(example: Path) -> None:
    async with using(example) as user:
        await begin(user)
        at(user, "LB1")
        await user.press("n", "t")
        await user.type("Legal has not replied")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        answer = user.register.technology(FACES).answers["LB1"]
        assert (answer.answer, answer.note) == ("no", "Legal has not replied")


async def test_evidence_is_ticked_in_place_and_can_be_told_without_colour(example: Path) -> None:
    async with using(example) as user:
        await begin(user)
        at(user, "LB4")
        await user.press("y")
        await user.until(lambda: user.on == "ChooseEvidence")
        assert "[ ] E1" in user.screen
        await user.press("space")
        await user.until(lambda: "[x] E1" in user.screen)
        await user.press("enter", "ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert user.register.technology(FACES).answers["LB4"].evidence == ("E1",)


async def test_leaving_the_evidence_list_changes_no_evidence(example: Path) -> None:
    async with using(example) as user:
        await begin(user)
        at(user, "LB1")
        await user.press("v", "space", "escape")
        await user.until(lambda: user.on == "EthicsScreen")
        assert "not saved yet" not in user.screen


async def test_a_new_document_is_attached_and_cited_without_leaving(example: Path) -> None:
    async with using(example) as user:
        await begin(user)
        at(user, "LB4")
        await user.press("y", "n")
        await user.until(lambda: user.on == "EvidenceScreen")
        await user.fill("title", "Policy document")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "EthicsScreen")
        await user.until(lambda: "Policy document" in page(user))
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        technology = user.register.technology(FACES)
        assert technology.answers["LB4"].evidence == (technology.evidence[-1].id,)


async def test_an_answer_without_evidence_is_refused_in_words_and_kept(example: Path) -> None:
    async with using(example) as user:
        await begin(user)
        at(user, "LB4")
        await user.press("y", "escape", "ctrl+s")
        await user.until(lambda: "LB4 can be answered yes only with evidence" in user.screen)
        assert "Attach the document first" in user.screen
        assert "*LB4" in user.screen


async def test_only_open_questions_can_be_shown(example: Path) -> None:
    async with using(example) as user:
        await begin(user)
        await user.press("o")
        await user.until(lambda: "showing open only" in user.screen)
        options = user.app.screen.query_one(OptionList)
        held = user.register.reading(user.register.technology(FACES).id).checklist.open
        assert {option.id for option in options.options} == {each.item.id for each in held}


async def test_an_answer_to_a_question_that_drops_away_can_be_taken_back(example: Path) -> None:
    clock = StandingClock()
    async with using(example, clock=clock) as user:
        await begin(user)
        at(user, "LB4")
        await user.press("n")
        with Register.open(example, acting="Ben Example", clock=clock) as other:
            other.set_facts(FACES, {"sensitive": "no"})
        await user.press("ctrl+s")
        await user.until(lambda: "was changed by someone else" in user.screen)
        await user.press("ctrl+s")
        await user.until(lambda: "LB4 does not apply" in user.screen)
        assert "*LB4 dropped" in user.screen
        at(user, "LB4")
        await user.press("backspace")
        await user.until(lambda: "LB4" not in user.screen)
        await user.press("escape")
        await user.until(lambda: user.on == "TechnologyScreen")


async def test_escape_asks_before_answers_are_thrown_away(example: Path) -> None:
    async with using(example) as user:
        await begin(user)
        await user.press("n", "escape")
        await user.until(lambda: user.on == "Ask")
        await user.press("enter")
        await user.until(lambda: user.on == "EthicsScreen")
        assert "1 not saved yet" in user.screen


async def test_answers_that_are_left_for_later_are_there_again_for_who_gave_them_alone(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user)
        at(user, "LB1")
        await user.press("n", "t")
        await user.type("Legal has not replied")
        await user.press("enter")
        await leave_for_later(user)
    async with using(example, acting="Ben Example", size=NARROW) as user:
        await begin(user)
        assert "not saved yet" not in user.screen
    async with using(example, size=NARROW) as user:
        await begin(user)
        await user.until(lambda: "1 not saved yet" in user.screen)
        at(user, "LB1")
        await user.until(lambda: "Legal has not replied" in page(user))
        await user.press("backspace")
        assert "not saved yet" not in user.screen
        await user.press("escape")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert list(drafts.folder().iterdir()) == [], "nothing is left of what was taken back"


async def test_the_heading_names_the_questions_that_block(example: Path) -> None:
    async with using(example) as user:
        await begin(user)
        reading = user.register.reading(user.register.technology(FACES).id).checklist
        (blocker,) = reading.blockers
        assert f"1 blocks {reading.phase} ({blocker.item.id})" in user.screen


async def test_an_answer_that_somebody_gave_since_a_draft_was_begun_is_shown_beside_it(
    example: Path,
) -> None:
    async with using(example) as user:
        await begin(user)
        at(user, "LB1")
        await user.press("n")
        await leave_for_later(user)
    with Register.open(example, acting="Ben Example", clock=StandingClock()) as other:
        other.answer(FACES, {"LB1": AnswerGiven(answer=AnswerValue.UNKNOWN, note="Asked Legal")})
    async with using(example) as user:
        await begin(user)
        await user.until(lambda: "1 not saved yet" in user.screen)
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "ConflictScreen")
        assert "Asked Legal" in user.screen
