"""Recording a decision: the gate beside it, conditions, blockers set aside, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Select, TextArea

from horizon import drafts
from horizon.model.days import read_day
from horizon.model.events import AnswerGiven
from horizon.model.words import AnswerValue
from horizon.register import Register
from horizon.tui.screens.drafting import DraftingForm
from horizon.tui.widgets.field_group import FieldGroup
from horizon.tui.widgets.fields import FieldBox
from horizon.tui.widgets.page import Said
from tests.clocks import StandingClock
from tests.example.committees import convened
from tests.tui.using import NARROW, User, go, leave_for_later, page, using

FACES = "Live facial recognition"
GRAPH = "Fraud network graph analytics"


async def begin(user: User, name: str) -> None:
    await go(user, name)
    await user.press("d")
    await user.until(lambda: user.on == "DecideScreen")
    await user.pilot.pause()


async def defer(user: User) -> None:
    """Fill in the least that a deferral says."""
    await user.choose("outcome", "defer")
    await user.fill("reasons", "The tests are not in.")


def met(path: Path, clock: StandingClock) -> str:
    """Have the AI Sub-Group meet today; gives the meeting's reference."""
    with Register.open(path, acting="Sam Example", clock=clock) as register:
        return convened(register, "ai-sub-group", register.today)


def written(user: User, field: str) -> str:
    return user.app.screen.query_one(f"#field-{field}", Input).value


def chosen(user: User, field: str) -> object:
    return user.app.screen.query_one(f"#field-{field}", Select).value


async def test_it_opens_on_the_body_whose_decision_is_asked_for_next(example: Path) -> None:
    async with using(example) as user:
        await begin(user, "Live facial recognition")
        assert chosen(user, "seat") == "ai-sub-group@G2"
    async with using(example) as user:
        await begin(user, "Document redaction")
        assert chosen(user, "seat") == "ai-sub-group@G7"


async def test_the_gate_is_a_key_away_on_a_small_screen(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user, "Live facial recognition")
        await user.until(lambda: "things are missing (Ctrl+G shows them)" in user.screen)
        await user.press("ctrl+g")
        await user.until(lambda: user.on == "GateScreen")
        assert "MISSING" in user.screen
        await user.press("escape")
        await user.until(lambda: user.on == "DecideScreen")


async def test_a_refusal_names_rule_lack_and_who_and_keeps_every_field(example: Path) -> None:
    async with using(example) as user:
        await begin(user, "Live facial recognition")
        await user.choose("outcome", "approve-with-conditions")
        await user.fill("reasons", "We like it.")
        await user.press("ctrl+n")
        await user.type("Publish the test")
        await user.fill("condition-1-owner", "Mei Example")
        await user.fill("condition-1-due", "2027-01-31")
        await user.fill("condition-1-evidence_needed", "The test")
        await user.press("ctrl+s")
        await user.until(lambda: "Refused: " in user.screen)
        assert "Missing: " in user.screen
        assert "The owner answers with evidence" in user.screen
        assert written(user, "condition-1-text") == "Publish the test"
        assert user.register.technology("13").decisions[-1].outcome != "approve-with-conditions"


async def test_a_condition_that_is_taken_off_asks_for_nothing(example: Path) -> None:
    clock = StandingClock()
    met(example, clock)
    async with using(example, acting="Sam Example", clock=clock) as user:
        await begin(user, "Live facial recognition")
        await user.press("ctrl+n")
        await user.until(lambda: bool(user.app.screen.query(FieldGroup)))
        user.app.screen.query_one(".take-off").press()  # type: ignore[attr-defined]
        await user.until(lambda: not user.app.screen.query(FieldGroup))
        await defer(user)
        await user.choose("way", "AISG/2026-11-24")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert user.register.technology("13").decisions[-1].outcome == "defer"


async def test_what_is_typed_right_after_adding_a_condition_goes_into_it(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user, "Live facial recognition")
        await user.pilot.press("ctrl+n", *"Stop")
        await user.until(lambda: written(user, "condition-1-text") == "Stop")


async def test_a_blocker_set_aside_counts_in_the_gate_before_it_is_saved(example: Path) -> None:
    clock = StandingClock()
    with Register.open(example, acting="Mei Example", clock=clock) as register:
        checklist = register.reading(register.technology(GRAPH).id).checklist
        item = next(
            each.item.id
            for each in checklist.applicable
            if each.effect == "blocker" and not each.red_line
        )
        given = AnswerGiven(answer=AnswerValue.PARTLY, note="Half done", evidence=("E1",))
        register.answer(GRAPH, {item: given})
    async with using(example, clock=clock) as user:
        await begin(user, GRAPH)
        await user.until(lambda: f"blockers: {item}" in page(user, "gate"))
        await user.press("ctrl+o")
        await user.until(lambda: bool(user.app.screen.query(FieldGroup)))
        assert chosen(user, "override-1-item") == item
        await user.until(lambda: f"blockers: {item}" not in page(user, "gate"))


async def test_a_red_line_is_not_offered_to_be_set_aside(example: Path) -> None:
    async with using(example) as user:
        await begin(user, "Live facial recognition")
        await user.press("ctrl+o")
        await user.until(lambda: "A red line is never set aside" in user.screen)
        assert not user.app.screen.query(FieldGroup)


async def test_a_decision_that_stands_is_superseded_without_being_typed(example: Path) -> None:
    async with using(example) as user:
        await begin(user, "Document redaction")
        standing = next(
            each.number
            for each in user.register.technology("Document redaction").decisions
            if (each.body, each.gate) == ("dip-board", "G6")
        )
        assert chosen(user, "supersedes") is Select.NULL
        await user.choose("seat", "dip-board@G6")
        await user.until(lambda: chosen(user, "supersedes") == standing)


async def test_where_nobody_decides_it_says_so(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        ended = next(
            each.id
            for each in user.register.state.technologies.headers()
            if each.stage == "rejected"
        )
        await begin(user, ended)
        assert "No body decides at this stage (rejected)" in user.screen
        await user.press("ctrl+n", "ctrl+o", "ctrl+g", "ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")


async def test_a_decision_that_is_left_for_later_is_there_again_whole(example: Path) -> None:
    """Also what depends on another field: the date on where it is decided, the ways and the
    outcomes on the body."""
    clock = StandingClock()
    met(example, clock)
    async with using(example, acting="Sam Example", clock=clock) as user:
        await begin(user, FACES)
        await user.choose("seat", "futures-delivery-group@G3")
        await user.until(lambda: chosen(user, "outcome") is Select.NULL)
        await user.choose("seat", "ai-sub-group@G2")
        await user.choose("way", "AISG/2026-11-24")
        await user.choose("outcome", "approve-with-conditions")
        await user.fill("reasons", "We like it.")
        for number in (1, 2):
            await user.press("ctrl+n")
            await user.fill(f"condition-{number}-text", f"Publish test {number}")
        user.app.screen.query(".take-off").first().press()  # type: ignore[attr-defined]
        await user.until(lambda: len(user.app.screen.query(FieldGroup)) == 1)
        user.app.screen.query_one("#field-decided_on", Input).value = "2026-11-23"
        await user.pilot.pause()
        await leave_for_later(user)
    async with using(example, acting="Sam Example", clock=clock) as user:
        await begin(user, FACES)
        await user.until(lambda: bool(user.app.screen.query(FieldGroup)))
        await user.until(lambda: written(user, "condition-1-text") == "Publish test 2")
        await user.until(lambda: chosen(user, "outcome") == "approve-with-conditions")
        assert chosen(user, "way") == "AISG/2026-11-24"
        assert user.app.screen.query_one("#field-reasons", TextArea).text == "We like it."
        await user.pilot.pause(0.1)
        assert written(user, "decided_on") == "2026-11-23"
        assert len(user.app.screen.query(FieldGroup)) == 1


async def test_what_is_written_in_a_decision_survives_the_end_of_the_program(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DraftingForm, "PAUSE", 0.01)
    async with using(example, acting="Sam Example") as user:
        await begin(user, FACES)
        await user.fill("reasons", "The tests are not in.")
        await user.until(lambda: drafts.folder().exists() and any(drafts.folder().iterdir()))
    async with using(example, acting="Sam Example") as user:
        await begin(user, FACES)
        reasons = user.app.screen.query_one("#field-reasons", TextArea)
        await user.until(lambda: reasons.text == "The tests are not in.")


async def test_a_recorded_decision_leaves_no_draft(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DraftingForm, "PAUSE", 0.01)
    clock = StandingClock()
    met(example, clock)
    async with using(example, acting="Sam Example", clock=clock) as user:
        await begin(user, FACES)
        await defer(user)
        await user.choose("way", "AISG/2026-11-24")
        await user.until(lambda: any(drafts.folder().iterdir()))
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        await user.pilot.pause(0.1)
        assert list(drafts.folder().iterdir()) == []


@pytest.mark.parametrize("given", [[], {}, {"fields": 1}, {"fields": {}, "groups": ["x"]}])
async def test_a_draft_that_is_not_understood_is_as_if_it_were_not_there(
    example: Path, given: object
) -> None:
    async with using(example, acting="Sam Example") as user:
        await begin(user, FACES)
        screen = user.app.screen
        assert isinstance(screen, DraftingForm)
        screen.draft.keep({"given": given})
        await user.press("escape")
        await user.until(lambda: user.on == "TechnologyScreen")
        await begin(user, FACES)
        assert not screen.changed


async def test_a_chair_who_is_named_without_a_way_is_asked_about_where_it_is_chosen(
    example: Path,
) -> None:
    async with using(example, acting="Sam Example", size=NARROW) as user:
        await begin(user, FACES)
        await user.fill("chair", "Grace Example")
        await defer(user)
        await user.press("ctrl+s")
        await user.until(lambda: "Decided at is not chosen." in user.screen)
        assert user.app.focused is user.app.screen.query_one("#field-way")


async def test_a_record_is_corrected_by_a_new_one_that_points_back(example: Path) -> None:
    clock = StandingClock()
    async with using(example, acting="Sam Example", clock=clock) as user:
        await go(user, "T-0023")
        earlier = user.register.technology("T-0023").decisions[-1]
        assert earlier.superseded_by is None
        await user.reach("RecordScreen", "K")
        await user.until(lambda: "c Correct" in user.screen)
        await user.reach("CorrectScreen", "c")
        await user.fill("why", "The clerk wrote down the wrong step")
        await user.press("ctrl+s")
        await user.until(lambda: "Nothing is changed" in user.screen)
        box = user.app.screen.query_one("#field-next_step", Input)
        box.value = "Report to the December meeting"
        await user.pilot.pause()
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "RecordScreen")
        made = user.register.technology("T-0023").decisions[-1]
        assert made.supersedes == earlier.number
        assert made.next_step == "Report to the December meeting"
        assert made.correction == "The clerk wrote down the wrong step"
        assert (made.outcome, made.reasons) == (earlier.outcome, earlier.reasons)
        assert made.considered == earlier.considered


async def test_a_refusal_over_an_empty_field_is_said_at_the_field(example: Path) -> None:
    async with using(example, acting="Sam Example", size=NARROW) as user:
        await begin(user, FACES)
        await defer(user)
        await user.press("ctrl+s")
        await user.until(lambda: "needs the meeting at which it decided" in user.screen)
        assert user.app.focused is user.app.screen.query_one("#field-way")


async def test_a_document_that_is_missing_is_attached_from_the_form(example: Path) -> None:
    clock = StandingClock()
    met(example, clock)
    async with using(example, acting="Sam Example", clock=clock) as user:
        await begin(user, FACES)
        await user.choose("outcome", "defer")
        await user.choose("way", "AISG/2026-11-24")
        await user.fill("reasons", "The tests are not in.")
        before = len(user.register.technology(FACES).evidence)
        await user.reach("EvidenceScreen", "f8")
        await user.fill("title", "Equality impact assessment")
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "DecideScreen")
        assert len(user.register.technology(FACES).evidence) == before + 1
        await user.press("ctrl+s")
        await user.until(lambda: user.on == "TechnologyScreen")
        assert user.register.technology(FACES).decisions[-1].outcome == "defer"


async def test_where_a_day_to_come_is_asked_for_the_example_is_to_come(example: Path) -> None:
    async with using(example) as user:
        await begin(user, FACES)
        await user.press("ctrl+n")
        for field in ("review_by", "expires_on", "effective_from", "condition-1-due"):
            shown = user.app.screen.query_one(f"#field-{field}", Input).placeholder
            assert read_day(shown.removeprefix("a date such as ")) > user.register.today


async def test_a_gate_that_is_not_passed_is_told_before_anything_else(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user, FACES)
        await user.choose("seat", "futures-delivery-group@G3")
        await user.choose("outcome", "trial-ready")  # which needs the day until which it holds
        await user.fill("reasons", "It is ready.")
        for box in user.app.screen.query(FieldBox):
            if box.field.name.startswith("because-"):
                assert "The record says why the body decides so" in box.field.help
                box.put("We looked at it.")
        await user.press("ctrl+s")
        await user.until(lambda: "Refused: Futures Delivery Group cannot record" in user.screen)
        said = str(user.app.screen.query_one(Said).render())
        assert "- Missing: Cost estimate. The owner, with Finance, can supply it." in said


def labels(user: User, field: str) -> dict[str, str]:
    """What is offered, by its value."""
    box = user.app.screen.query_one(f"#box-{field}", FieldBox)
    return {value: shown for shown, value in box.field.choices}


async def test_outcomes_that_wait_for_the_gate_are_marked(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user, FACES)
        await user.until(lambda: labels(user, "outcome")["approve"] == "Approve (not yet)")
        assert labels(user, "outcome")["reject"] == "Reject"
        await user.choose("outcome", "defer")
        await user.choose("seat", "futures-delivery-group@G3")
        await user.until(lambda: labels(user, "outcome")["trial-ready"].endswith(" (not yet)"))


async def test_an_open_list_leaves_the_keys_to_be_read(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user, FACES)
        user.app.screen.query_one("#field-outcome", Select).focus()
        await user.press("enter")
        await user.until(lambda: "Esc Close the list" in user.screen)
        assert "▊  Note" in user.screen


async def test_an_outcome_without_conditions_is_given_none(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user, FACES)
        assert "Add condition" in user.screen
        assert "Take it off" not in user.screen
        await user.choose("outcome", "defer")
        await user.until(lambda: "Add condition" not in user.screen)
        await user.press("ctrl+n")
        await user.until(lambda: "carries no conditions" in user.screen)
        assert not user.app.screen.query(FieldGroup)
        await user.choose("outcome", "approve-with-conditions")
        await user.until(lambda: "carries no conditions" not in user.screen)


async def test_a_key_takes_off_the_condition_that_is_written_in(example: Path) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user, FACES)
        await user.press("ctrl+n", *"One")
        await user.until(lambda: written(user, "condition-1-text") == "One")
        await user.press("ctrl+n", *"Two")
        await user.until(lambda: written(user, "condition-2-text") == "Two")
        user.app.screen.query_one("#field-condition-1-owner", Input).focus()
        await user.press("f9")
        await user.until(lambda: len(user.app.screen.query(FieldGroup)) == 1)
        assert written(user, "condition-2-text") == "Two"
        await user.press("f9")
        await user.until(lambda: not user.app.screen.query(FieldGroup))


async def test_the_cursor_goes_to_the_condition_that_an_outcome_cannot_carry(
    example: Path,
) -> None:
    async with using(example, size=NARROW) as user:
        await begin(user, FACES)
        await user.press("ctrl+n", *"One")
        await user.fill("condition-1-owner", "Mei Example")
        await user.fill("condition-1-due", "2027-01-31")
        await user.fill("condition-1-evidence_needed", "The test")
        await defer(user)
        await user.press("ctrl+s")
        await user.until(lambda: "carries no conditions. Take this one off" in user.screen)
        assert user.app.screen.focused is user.app.screen.query_one("#field-condition-1-text")
        await user.press("f9")
        await user.until(lambda: not user.app.screen.query(FieldGroup))
