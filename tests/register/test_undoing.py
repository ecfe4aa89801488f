"""What somebody did can be taken back as long as nobody has decided on it; the journal keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import AnswerGiven
from horizon.model.technology import Sighting, Technology
from horizon.model.triage import Looked
from horizon.register import Register
from horizon.register.capturing import Captured, capture, read_line
from horizon.register.checking import verify
from horizon.register.inputs import ItemInput
from horizon.register.signals import lacking
from horizon.register.views import history
from tests.clocks import StandingClock


def opened(path: Path, acting: str = "Asha Example") -> Register:
    return Register.open(path, acting=acting, clock=StandingClock())


def plain(technology: Technology) -> dict[str, object]:
    """Everything but the count of events and the time of the last."""
    return technology.model_dump(mode="json", exclude={"revision", "changed_at"})


def sighting(source: str) -> Sighting:
    return Sighting(source=source, source_type="media", seen_on="2026-11-01")


CHANGES = {
    "details": lambda r, ref: r.amend(ref, {"trl": 4, "tags": ("camera",)}, reason="Seen"),
    "facts": lambda r, ref: r.set_facts(ref, {"ai": "yes", "camera": "no"}),
    "a sighting": lambda r, ref: r.add_sighting(ref, sighting("Press")),
    "evidence": lambda r, ref: r.attach_evidence(ref, title="Note", dated=r.today),
    "an answer": lambda r, ref: r.answer(ref, {"LB3": AnswerGiven(answer="unknown", note="So")}),
    "a review date": lambda r, ref: r.set_review(ref, r.today),
    "a note": lambda r, ref: r.add_note(ref, "Ask about the logs"),
    "a withdrawal": lambda r, ref: r.withdraw(ref, reason="No longer needed"),
    "a first look": lambda r, ref: r.triage(ref, Looked(impact=2, uncertainty=2, verdict="log")),
    "a round": lambda r, ref: r.open_round(ref, ["Ben Example", "Cal Example"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_taken_back_and_done_again_and_the_journal_adds_up(
    empty: Path, name: str
) -> None:
    with opened(empty) as register:
        ref = register.propose(name="Gait analysis").id
        before = plain(register.technology(ref))
        CHANGES[name](register, ref)
        after = plain(register.technology(ref))
        assert after != before
        register.take_back(ref)
        assert plain(register.technology(ref)) == before
        register.do_again(ref)
        assert plain(register.technology(ref)) == after
        lines = [each.words for each in history(register, ref)]
        assert any(each.startswith("took back what was changed in") for each in lines)
        assert any(each.startswith("put back again what was changed in") for each in lines)
    assert verify(empty).faults == ()
    with opened(empty) as register:
        assert plain(register.technology(ref)) == after


def test_several_changes_are_taken_back_one_after_the_other(empty: Path) -> None:
    with opened(empty) as register:
        ref = register.propose(name="Gait analysis").id
        for trl in (3, 4, 5):
            register.amend(ref, {"trl": trl})
        seen = []
        for _ in range(3):
            register.take_back(ref)
            seen.append(register.technology(ref).trl)
        assert seen == [4, 3, None]
        register.do_again(ref)
        register.do_again(ref)
        assert register.technology(ref).trl == 4
        register.amend(ref, {"supplier": "Somebody"})
        with pytest.raises(RuleBroken, match="nothing that you took back"):
            register.do_again(ref)


def test_what_somebody_else_changed_meanwhile_stays(empty: Path) -> None:
    with opened(empty) as mine, opened(empty, "Ben Example") as others:
        ref = mine.propose(name="Gait analysis").id
        mine.set_facts(ref, {"ai": "yes"})
        others.refresh()
        others.set_facts(ref, {"camera": "yes"})
        others.amend(ref, {"supplier": "Somebody"})
        mine.take_back(ref)
        held = mine.technology(ref)
        assert {fact.value: str(value) for fact, value in held.facts.items()} == {"camera": "yes"}
        assert held.supplier == "Somebody"
        with pytest.raises(RuleBroken, match="worked on since you entered it"):
            mine.take_back(ref)


def test_the_same_thing_changed_by_somebody_else_since_is_not_undone_with_mine(
    empty: Path,
) -> None:
    with opened(empty) as mine, opened(empty, "Ben Example") as others:
        ref = mine.propose(name="Gait analysis").id
        mine.amend(ref, {"trl": 3})
        others.refresh()
        others.amend(ref, {"trl": 7})
        with pytest.raises(RuleBroken, match="changed since in the same place"):
            mine.take_back(ref)
        assert mine.technology(ref).trl == 7


def test_nobody_takes_back_what_somebody_else_did(empty: Path) -> None:
    with opened(empty) as mine:
        ref = mine.propose(name="Gait analysis").id
    with (
        opened(empty, "Ben Example") as others,
        pytest.raises(RuleBroken, match="nothing of yours"),
    ):
        others.take_back(ref)


def test_what_was_decided_on_stands(example: Path) -> None:
    with opened(example, "Ben Example") as other:
        other.add_note("T-0005", "Before the meeting")
    with opened(example) as register:
        register.decide(
            "T-0005",
            body="ai-sub-group",
            gate="G7",
            outcome="note",
            chair="Grace Example",
            decided_on=register.today,
            reasons="Small update, nothing changes",
        )
        register.add_note("T-0005", "After the meeting")
        register.take_back("T-0005")
        with pytest.raises(RuleBroken, match="decision recorded"):
            register.take_back("T-0005")
    with opened(example, "Ben Example") as other:
        with pytest.raises(RuleBroken, match="decided on since"):
            other.take_back("T-0005")
        other.add_note("T-0005", "And something later")
        other.take_back("T-0005")


def test_a_decision_itself_is_never_taken_back(example: Path) -> None:
    with opened(example) as register:
        decided = next(e for e in register.state.technologies.values() if e.decisions)
        acting = register.name(decided.decisions[-1].by)
        label = decided.label
    with opened(example, acting) as register:
        with pytest.raises(RuleBroken):
            register.take_back(label)
        assert register.technology(label).decisions == decided.decisions


@pytest.mark.parametrize("side", ["goes", "stays"])
def test_a_merge_is_taken_back_from_either_side_and_done_again(empty: Path, side: str) -> None:
    with opened(empty) as register:
        stays = register.propose(name="Apache Kafka").id
        goes = register.propose(name="Kafka").id
        register.amend(goes, {"trl": 4})
        before = [plain(register.technology(each)) for each in (goes, stays)]
        register.merge(goes, stays, reason="The same")
        after = [plain(register.technology(each)) for each in (goes, stays)]
        ref = goes if side == "goes" else stays
        register.take_back(ref)
        assert [plain(register.technology(each)) for each in (goes, stays)] == before
        register.do_again(ref)
        assert [plain(register.technology(each)) for each in (goes, stays)] == after
        register.take_back(ref)
        register.take_back(goes)
        assert register.technology(goes).trl is None, "what came before it is next"
    assert verify(empty).faults == ()


def test_a_merge_that_is_taken_back_leads_to_where_the_entry_stood_though_that_was_erased(
    empty: Path,
) -> None:
    with opened(empty) as register:
        stays = register.propose(name="Apache Kafka").id
        goes = register.propose(name="Kafka").id
        register.withdraw(goes, reason="Jack Example asked for it")
        (seq,) = (e.seq for e in history(register, goes) if e.words.startswith("withdrew"))
        register.erase([seq], reason="Asked to be forgotten")
        stood = register.technology(goes).stage
        assert stood == "withdrawn"
        register.merge(goes, stays, reason="The same")
        register.take_back(goes)
        assert register.technology(goes).stage == stood
    assert verify(empty).faults == ()


@pytest.mark.parametrize("side", ["goes", "stays"])
def test_a_merge_that_was_erased_is_not_taken_back_with_one_key(empty: Path, side: str) -> None:
    with opened(empty) as register:
        stays = register.propose(name="Apache Kafka").id
        goes = register.propose(name="Kafka").id
        register.merge(goes, stays, reason="The same, says Jack Example")
        (seq,) = (e.seq for e in history(register, goes) if e.words.startswith("merged it"))
        register.erase([seq], reason="Asked to be forgotten")
        with pytest.raises(RuleBroken, match="was erased"):
            register.take_back(goes if side == "goes" else stays)


def test_the_last_thing_done_anywhere_may_be_a_merge_or_what_came_before_one_undone(
    empty: Path,
) -> None:
    with opened(empty) as register:
        stays = register.propose(name="Apache Kafka").id
        goes = register.propose(name="Kafka").id
        other = register.propose(name="Gait analysis").id
        register.merge(goes, stays, reason="The same")
        assert register.last_changed() in (goes, stays)
        register.unmerge(goes, reason="Two after all")
        assert register.last_changed() == other
        register.merge(goes, stays, reason="The same")
        register.take_back(register.last_changed())
        assert register.last_changed() == other


def test_that_two_are_different_is_taken_back(empty: Path) -> None:
    with opened(empty) as register:
        one = register.propose(name="Apache Kafka").id
        other = register.propose(name="Kafka").id
        register.mark_different(one, other, reason="Two versions")
        register.take_back(one)
        assert register.technology(one).different_from == ()
        register.do_again(one)
        assert register.technology(one).different_from == (other,)


def test_an_entry_is_taken_back_whole_and_entered_again_under_a_new_label(empty: Path) -> None:
    with opened(empty) as register:
        first = capture(register, "Gait analysis | Trade press | Two forces try it")
        register.take_back(first.id)
        assert first.id not in register.state.technologies
        register.do_again(first.id)
        (header,) = register.state.technologies.headers()
        assert (header.label, header.name) == ("T-0002", "Gait analysis")
        again = register.technology(header.id)
        assert [each.source for each in again.sightings] == ["Trade press"]
    assert verify(empty).faults == ()
    with opened(empty) as register:
        assert [each.label for each in register.state.technologies.headers()] == ["T-0002"]


def test_an_entry_on_an_agenda_stays(example: Path) -> None:
    with opened(example) as register:
        new = register.propose(name="Entirely new")
        meeting = next(e for e in register.state.meetings.values() if not e.closed_at)
        register.add_items(meeting.ref, [ItemInput(technology=new.label)])
        with pytest.raises(RuleBroken, match="on the agenda"):
            register.take_back(new.id)


def test_evidence_that_is_cited_stays(empty: Path) -> None:
    with opened(empty) as register:
        ref = register.propose(name="Gait analysis").id
        register.attach_evidence(ref, title="Note", dated=register.today)
        with opened(empty, "Ben Example") as other:
            other.answer(ref, {"LB3": AnswerGiven(answer="yes", evidence=("E1",))})
        register.refresh()
        with pytest.raises(RuleBroken, match="E1 is cited"):
            register.take_back(ref)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(sorted(set(CHANGES) - {"a withdrawal", "a round"})), max_size=6))
def test_taking_everything_back_leads_to_where_it_began(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.mktemp("undo") / "register.json"
    Register.create(path, name="Test", acting="Asha Example", clock=StandingClock()).close()
    with opened(path) as register:
        ref = register.propose(name="Gait analysis").id
        images = [plain(register.technology(ref))]
        for name in names:
            revision = register.technology(ref).revision
            CHANGES[name](register, ref)
            if register.technology(ref).revision != revision:
                images.append(plain(register.technology(ref)))
        for image in reversed(images[:-1]):
            register.take_back(ref)
            assert plain(register.technology(ref)) == image
        for image in images[1:]:
            register.do_again(ref)
            assert plain(register.technology(ref)) == image
    assert verify(path).faults == ()


# Capture


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Smart glasses", Captured("Smart glasses")),
        ("Smart glasses | Trade press", Captured("Smart glasses", "Trade press")),
        ("Smart glasses; Trade press; Two forces try it",
         Captured("Smart glasses", "Trade press", "Two forces try it")),
        ("Smart  glasses https://example.org/a?b=1 | | It films",
         Captured("Smart glasses", "", "It films", "https://example.org/a?b=1")),
    ],
)  # fmt: skip
def test_a_line_is_a_name_a_source_and_a_reason(line: str, said: Captured) -> None:
    assert read_line(line) == said


@pytest.mark.parametrize("line", ["", " | press", "a | b | c | d", "https://example.org"])
def test_a_line_without_a_name_or_with_too_much_is_refused(line: str) -> None:
    with pytest.raises(BadInput):
        read_line(line)


def test_a_reason_without_a_source_is_seen_by_whoever_writes_it(empty: Path) -> None:
    with opened(empty) as register:
        (seen,) = capture(register, "Smart glasses | | It films").sightings
        assert (seen.source, seen.note) == ("Asha Example", "It films")


@pytest.mark.parametrize(
    "line", ["Glasses | Police Expo | A seller asked", "Glasses https://a.example"]
)
def test_a_source_in_a_line_sponsors_nothing(empty: Path, line: str) -> None:
    with opened(empty) as register:
        made = capture(register, line)
        assert made.sightings[0].source_type == "other"
        assert lacking(register, made.id).startswith("a source that is said not to be a supplier's")
