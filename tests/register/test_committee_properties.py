"""No sequence of commands makes a technology read as approved where it may not."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from horizon.judgement.standing import standing
from horizon.register import Register
from horizon.register.checking import verify
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.register.committee_play import Command, Play, ready, wrong

BEGIN = date(2026, 9, 1)
LATER = (0, 1, 31, 61, 200)
"""Days from today on which everything is judged."""

LONG = 136
"""The number of a decision that lasts five months; as a chair's own, it is Grace's."""

EVERYBODY = 0b1111
"""Grace, Hugo, Lena and Kit. Lena is tied to the supplier."""


def at_meetings(technology: int, *bodies: int) -> list[Command]:
    """An approval by each body at a meeting of its own, those who may not decide having left."""
    commands: list[Command] = []
    for body in bodies:
        commands += [
            ("meet", body, technology, EVERYBODY, 0),
            ("leave", body, technology, 0, 0),
            ("decide", body, technology, 0, LONG),
        ]
    return commands


APPROVED = [*at_meetings(0, 0, 1), ("move", 0, 0, 0, 0)]
"""The first technology approved for a trial, by both bodies."""

PAST_A_RED_LINE = [*at_meetings(2, 0, 1), ("move", 2, 0, 0, 0)]
"""The third one on the same way. Its checklist does not let it through."""

ALONE: list[Command] = [("chair", 0, 1, 0, LONG), ("chair", 1, 1, 0, LONG), ("move", 1, 0, 0, 0)]
"""The second one, by the chairs of both bodies alone."""

RATIFIED: list[Command] = [
    *ALONE,
    ("wait", 4, 0, 0, 0),
    ("meet", 0, 1, EVERYBODY, 0),
    ("leave", 0, 1, 0, 0),
    ("ratify", 0, 0, 0, 0),
    ("close", 0, 0, 0, 0),
]
"""The chair's action of the first of them, ratified."""

CONDITIONAL: list[Command] = [
    ("chair", 0, 1, 1, LONG),
    ("chair", 1, 1, 0, LONG),
    ("move", 1, 0, 0, 0),
]
"""The same, with a condition that falls due in a fortnight."""


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which everything is ready to be decided on. Not to be changed."""
    path = tmp_path_factory.mktemp("stage") / "register.json"
    clock = StandingClock(BEGIN)
    with Register.create(path, name="Test", acting="Farah Example", clock=clock) as register:
        ready(register, clock)
        (path.parent / "today").write_text(register.today.isoformat(), encoding="utf-8")
    return path


@contextmanager
def on(stage: Path) -> Iterator[Play]:
    """A play on a copy of the stage."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.json"
        shutil.copy(stage, path)
        shutil.copy(journal_path(stage), journal_path(path))
        today = (stage.parent / "today").read_text(encoding="utf-8")
        clock = StandingClock(date.fromisoformat(today))
        with Register.open(path, acting="Sam Example", clock=clock) as register:
            yield Play(register, clock)


def read_rightly(play: Play) -> list[str]:
    """The names of what reads as approved today, once each reading of each day is found right."""
    approved = []
    for technology in play.technologies:
        for days in LATER:
            day = play.register.today + timedelta(days=days)
            reading = standing(play.register.framework, technology, day)
            if reading.approved:
                reasons = list(wrong(play, technology, day))
                assert not reasons, f"{technology.name} on {day}: {reasons}"
            if reading.approved and days == 0:
                approved.append(technology.name)
    return approved


OFTEN = {"meet": 3, "leave": 2, "decide": 4, "chair": 2, "move": 2, "ratify": 2, "close": 2}
SELDOM = ("answer", "attend", "item", "declare", "reopen", "correct", "wait")
NAMES = [*SELDOM, *(name for name, times in OFTEN.items() for _ in range(times))]
NUMBER = st.integers(0, 255)
COMMANDS = st.tuples(st.sampled_from(NAMES), st.integers(0, 3), st.integers(0, 3), NUMBER, NUMBER)


def by_anybody(chair: int) -> list[Command]:
    """Approvals by one of the people alone: some of them may not decide."""
    return [(name, one, two, three, LONG + chair) for name, one, two, three, _ in ALONE]


def ratified_by(who: int) -> list[Command]:
    """A chair's action ratified by some of the people, perhaps too few."""
    return [("meet", 0, 1, who, 0) if each[0] == "meet" else each for each in RATIFIED]


def at_the_full_tier(ethics: list[Command]) -> list[Command]:
    """The way to a trial at the full tier, which no chair may open alone."""
    return [*ethics, *at_meetings(3, 1, 2, 3), ("move", 3, 0, 0, 0)]


FULL = at_the_full_tier(at_meetings(3, 0))
BEGINNINGS = st.one_of(
    st.sampled_from(
        [
            [],
            APPROVED,
            [*APPROVED, *ALONE],
            CONDITIONAL,
            PAST_A_RED_LINE,
            FULL,
            at_the_full_tier([("chair", 0, 3, 0, LONG)]),
        ]
    ),
    st.integers(0, 7).map(by_anybody),
    st.integers(0, 15).map(ratified_by),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(beginning=BEGINNINGS, commands=st.lists(COMMANDS, min_size=5, max_size=25))
def test_nothing_reads_approved_past_a_red_line_without_quorum_past_an_end_or_while_reopened(
    stage: Path, beginning: list[Command], commands: list[Command]
) -> None:
    with on(stage) as play:
        approvals: set[str] = set()
        for command in [*beginning, *commands]:
            play.run(command)
            approvals.update(read_rightly(play))
        event(f"{len(approvals)} read approved at some time")
        play.register.save_snapshot()
        assert verify(play.register.path).faults == ()


def test_the_play_comes_to_approvals(stage: Path) -> None:
    with on(stage) as play:
        for command in [*RATIFIED, *APPROVED, *FULL]:
            play.run(command)
        assert play.refused == 0
        assert read_rightly(play) == ["Light", "Light too", "Full"]


ENDINGS: dict[str, list[Command]] = {
    "a closed meeting that did not ratify": [
        ("wait", 0, 0, 0, 0),
        ("meet", 0, 0, EVERYBODY, 0),
        ("close", 0, 0, 0, 0),
    ],
    "sixty days without a meeting": [("wait", 39, 0, 0, 0), ("wait", 21, 0, 0, 0)],
    "an incident": [("reopen", 1, 0, 0, 0)],
    "a rejection, once reopened": [("reopen", 1, 1, 0, 0), ("chair", 0, 1, 2, 0)],
    "a deferral in its place": [("reopen", 1, 1, 0, 0), ("chair", 0, 1, 3, 0)],
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_chairs_approval_ends_with(stage: Path, ending: str) -> None:
    with on(stage) as play:
        for command in [*APPROVED, *ALONE, *ENDINGS[ending]]:
            play.run(command)
        assert play.refused == 0
        assert "Light too" not in read_rightly(play)


def test_a_condition_ends_an_approval_the_day_after_it_was_due(stage: Path) -> None:
    with on(stage) as play:
        for command in CONDITIONAL:
            play.run(command)
        assert play.refused == 0
        due = play.technologies[1].decisions[-2].conditions[0].due
        approved = [
            standing(play.register.framework, play.technologies[1], due + timedelta(days=days))
            for days in (-1, 0, 1)
        ]
        assert [each.approved for each in approved] == [True, True, False]


def test_what_a_lapsed_decision_had_answered_is_open_again(stage: Path) -> None:
    answered: list[Command] = [*APPROVED, ("reopen", 0, 0, 0, 0), ("chair", 0, 0, 0, 0)]
    with on(stage) as play:
        for command in answered:
            play.run(command)
        assert play.refused == 0
        assert read_rightly(play) == ["Light"]
        for command in ENDINGS["a closed meeting that did not ratify"]:
            play.run(command)
        technology = play.technologies[0]
        assert [each.number for each in technology.open_reopenings] == [1]
        assert read_rightly(play) == []


def test_nothing_is_ratified_at_a_meeting_to_come(stage: Path) -> None:
    coming: list[Command] = [("meet", 0, 1, 0b1011, 6), ("ratify", 0, 0, 0, 0)]
    with on(stage) as play:
        for command in [*ALONE, *coming]:
            play.run(command)
        assert play.refused == 1
        assert all(each.ratified is None for each in play.technologies[1].decisions)


def test_no_body_approves_past_a_red_line(stage: Path) -> None:
    with on(stage) as play:
        for command in PAST_A_RED_LINE:
            play.run(command)
        assert play.refused == 3
        assert read_rightly(play) == []


def test_an_approval_ends_when_a_red_line_is_crossed_after_it_until_it_is_decided_on_again(
    stage: Path,
) -> None:
    again: list[Command] = [("chair", 0, 0, 0, 0)]
    with on(stage) as play:
        for command in [*APPROVED, ("answer", 0, 1, 0, 0)]:
            play.run(command)
        assert read_rightly(play) == []
        for command in again:
            play.run(command)
        assert play.refused == 1
        play.run(("answer", 0, 0, 0, 0))
        assert read_rightly(play) == []
        for command in again:
            play.run(command)
        assert play.refused == 1
        assert read_rightly(play) == ["Light"]


def test_a_decision_on_something_else_answers_no_suspension(stage: Path) -> None:
    elsewhere: list[Command] = [
        ("move", 0, 0, 0, 0),
        ("reopen", 0, 0, 0, 0),
        ("meet", 0, 0, EVERYBODY, 0),
        ("leave", 0, 0, 0, 0),
        ("decide", 0, 0, 2, 128),
    ]
    with on(stage) as play:
        for command in [*APPROVED, *elsewhere]:
            play.run(command)
        technology = play.technologies[0]
        assert technology.stage == "in-trial"
        assert (technology.decisions[-1].gate, technology.decisions[-1].effect) == ("G4", "reject")
        assert [each.number for each in technology.open_reopenings] == [1]
        assert read_rightly(play) == []


def test_who_becomes_data_protection_officer_on_the_way_is_counted_no_more(stage: Path) -> None:
    with on(stage) as play:
        register = play.register
        ref = register.call_meeting(body="ai-sub-group", on=register.today).ref
        play.run(("item", 0, 0, 0, 0))
        play.run(("attend", 0, 0b1011, 0, 0))
        assert register.sitting(ref, 1).quorum.words == "3 needed, 3 there"
        register.name_person("Kit Example", dpo=True)
        assert register.sitting(ref, 1).quorum.words == "3 needed, 2 there"


@pytest.mark.parametrize("who", [0b0111, 0b1001, 0])
def test_nothing_is_ratified_by_too_few(stage: Path, who: int) -> None:
    with on(stage) as play:
        for command in ratified_by(who):
            play.run(command)
        assert play.refused == 1
        assert "Light too" not in read_rightly(play)


@pytest.mark.parametrize("chair", [2, 4, 5, 6])
def test_nobody_who_may_not_decide_decides_alone(stage: Path, chair: int) -> None:
    with on(stage) as play:
        for command in by_anybody(chair):
            play.run(command)
        assert play.refused == 3
        assert read_rightly(play) == []


def test_no_chair_decides_alone_at_the_full_tier(stage: Path) -> None:
    with on(stage) as play:
        for command in at_the_full_tier([("chair", 0, 3, 0, LONG)]):
            play.run(command)
        assert play.refused > 0
        assert read_rightly(play) == []


def test_who_left_for_a_technology_does_not_come_back_with_a_second_item_on_it(
    stage: Path,
) -> None:
    with on(stage) as play:
        register = play.register
        ref = register.call_meeting(body="ai-sub-group", on=register.today).ref
        play.run(("item", 0, 0, 0, 0))
        play.run(("attend", 0, 0b1011, 0, 0))
        play.run(("declare", 0, 0, 3, 5))  # Kit: tied to the supplier, and left
        assert register.sitting(ref, 1).quorum.words == "3 needed, 2 there"
        register.minute(ref, 1, outcome="no decision", no_decision="No quorum")
        play.run(("item", 0, 0, 0, 0))
        assert register.sitting(ref, 2).quorum.words == "3 needed, 2 there"
        play.run(("decide", 0, 0, 0, 0))
        assert play.refused == 1
