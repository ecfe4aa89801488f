"""The register as it was at another moment: looked at, and standing still for papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from horizon.model.errors import BadInput, StoreFault
from horizon.register import Register
from horizon.register.as_at import (
    Archive,
    Moment,
    PastRegister,
    moment_of,
    state_as_at,
    still,
    written_on,
)
from horizon.register.views import attention, history, summary
from tests.clocks import StandingClock
from tests.example.make import make
from tests.papers.registers import TODAY
from tests.register.using import acting, approved


@pytest.fixture
def example_register(example: Path) -> Iterator[Register]:
    """The example register on 24 November 2026."""
    with Register.open(example, acting="Asha Example", clock=StandingClock()) as opened:
        yield opened


def at(register: Register, *, day: date | None = None, event: int | None = None) -> PastRegister:
    found = Archive(register).at(Moment(day, event))
    assert found is not None
    return found


# What somebody types


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("", None),
        ("today", None),
        (" Now ", None),
        ("2026-11-24", None),
        ("2026-03-31", Moment(date(2026, 3, 31))),
        ("yesterday", Moment(date(2026, 11, 23))),
        ("3 weeks ago", Moment(date(2026, 11, 3))),
        ("1 day ago", Moment(date(2026, 11, 23))),
        ("2  Months  Ago", Moment(date(2026, 9, 25))),
        ("1 year ago", Moment(date(2025, 11, 24))),
        ("120", Moment(event=120)),
        ("#120", Moment(event=120)),
        ("Event 120", Moment(event=120)),
    ],
)
def test_a_moment_is_a_day_or_an_event(typed: str, moment: Moment | None) -> None:
    assert moment_of(typed, TODAY) == moment


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("soon", "'soon' is not a moment. Use a date such as 2026-03-31"),
        ("2026-02-30", "'2026-02-30' is not a moment."),
        (
            "2026-11-25",
            "25 November 2026 has not come yet. Use 24 November 2026 or an earlier day.",
        ),
    ],
)
def test_what_is_no_moment_is_refused_with_an_example(typed: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        moment_of(typed, TODAY)
    assert words in str(refused.value)


# The register as it was


def test_with_each_event_the_past_is_what_the_register_was_then(worked: Register) -> None:
    """The oracle: the state as it grew, line by line, kept as it was."""
    grown: dict[int, object] = {}
    history_of = list(worked.history())
    for number in range(1, len(history_of) + 1):
        state = state_as_at(history_of[:number])
        assert state is not None
        grown[state.head.seq] = state.tables()
    assert grown[worked.state.head.seq] == worked.state.tables()
    for seq, tables in grown.items():
        assert at(worked, event=seq).state.tables() == tables


@pytest.mark.parametrize("day", [date(2025, 6, 1), date(2026, 2, 2), date(2026, 8, 7)])
def test_at_the_end_of_a_day_it_is_as_if_nothing_had_happened_since(
    example_register: Register, tmp_path: Path, day: date
) -> None:
    """The example made again, but only until that day, stands as the past does."""
    make(tmp_path / "until.json", until=day)
    past = at(example_register, day=day)
    with Register.open(
        tmp_path / "until.json", acting="Asha Example", clock=StandingClock(day)
    ) as other:
        for one, two in zip(
            past.state.technologies.headers(), other.state.technologies.headers(), strict=True
        ):
            assert (one.label, one.name, one.stage, one.revision) == (
                two.label, two.name, two.stage, two.revision,
            )  # fmt: skip
            assert past.reading(one.id).standing == other.reading(two.id).standing
            assert past.reading(one.id).status == other.reading(two.id).status
        assert summary(past) == summary(other)
        assert [each.words for each in attention(past)] == [each.words for each in attention(other)]


def test_dates_are_judged_against_its_own_day(example_register: Register) -> None:
    now = example_register.reading(example_register.technology("T-0019").id)
    past = at(example_register, day=date(2026, 9, 1))
    then = past.reading(past.technology("T-0019").id)
    assert past.today == date(2026, 9, 1)
    assert then.standing.approved
    assert not now.standing.approved


def test_its_history_and_its_trail_end_with_it(example_register: Register) -> None:
    past = at(example_register, event=100)
    assert [each.seq for each in history(past)] == list(range(1, 101))
    outlined = [event.seq for each in past.store.outline() for event in each.events]
    assert sorted(outlined) == list(range(1, 101))
    assert past.past.startswith("event 100 of ")


def test_events_written_together_stand_together(register: Register) -> None:
    with acting(register, "Somebody New"):
        technology = register.propose(name="Redaction assistant")
    named, proposed = (each.seq for each in list(history(register))[-2:])
    assert technology.id in at(register, event=named).state.technologies
    assert at(register, event=named).state.head.seq == proposed


def test_a_moment_is_folded_once_until_something_is_erased(worked: Register) -> None:
    archive = Archive(worked)
    moment = Moment(event=20)
    first = archive.at(moment)
    assert archive.at(moment) is first
    with acting(worked, "Gone Example"):
        worked.set_review("T-0003", TODAY)
    named = next(each.seq for each in history(worked) if "named Gone Example" in each.words)
    later = Moment(event=worked.state.head.seq)
    before = archive.at(later)
    assert before is not None
    assert "Gone Example" in {each.name for each in before.state.people.values()}
    worked.erase([named], reason="Asked to be forgotten")
    after = archive.at(later)
    assert after is not None
    assert "Gone Example" not in {each.name for each in after.state.people.values()}


def test_only_a_few_moments_are_kept(worked: Register) -> None:
    archive = Archive(worked)
    kept = [archive.at(Moment(event=seq)) for seq in range(10, 18)]
    assert archive.at(Moment(event=17)) is kept[-1]
    assert archive.at(Moment(event=10)) is not kept[0]


def test_a_moment_before_the_register_and_an_event_it_has_not_are_refused(
    worked: Register,
) -> None:
    began = written_on(worked.state.head.created_at)
    with pytest.raises(BadInput, match="There was no register yet on"):
        Archive(worked).at(Moment(began - timedelta(days=1)))
    with pytest.raises(BadInput, match="There is no event 9999"):
        Archive(worked).at(Moment(event=9999))


def test_nothing_can_be_changed_in_the_past(worked: Register) -> None:
    past = at(worked, event=worked.state.head.seq - 3)
    lines = list(worked.history())
    tables = past.state.tables()
    commands = [
        lambda: past.propose(name="New"),
        lambda: past.amend("T-0001", {"trl": 3}),
        lambda: past.withdraw("T-0001", reason="No"),
        lambda: approved(past),
        lambda: past.name_person("Somebody"),
        lambda: past.erase([5], reason="No"),
    ]
    for command in commands:
        with pytest.raises(StoreFault, match="This is the past, as at event"):
            command()
    past.save_snapshot()
    past.save_if_behind()
    assert past.refresh() == frozenset()
    assert past.state.tables() == tables
    assert list(worked.history()) == lines
    past.close()
    worked.set_review("T-0003", TODAY)


def test_reading_the_journal_can_be_stopped_and_tells_how_far_it_is(worked: Register) -> None:
    seen: list[int] = []
    Archive(worked).at(Moment(event=30), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] >= 30
    assert Archive(worked).at(Moment(event=30), stop=lambda: True) is None


# The register standing still, for papers

MONDAY = date(2026, 3, 2)


class Clock:
    """A clock that is put on by hand."""

    def __init__(self) -> None:
        self.day = MONDAY

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(9), tzinfo=UTC)


@pytest.fixture
def week(tmp_path: Path) -> Iterator[Register]:
    """A technology proposed on Monday, renamed on Tuesday, withdrawn on Thursday."""
    clock = Clock()
    with Register.create(
        tmp_path / "register.json", name="Test", acting="Asha Example", clock=clock
    ) as opened:
        opened.propose(name="Speech analytics")
        clock.day += timedelta(days=1)
        opened.amend("T-0001", {"name": "Call analytics"})
        clock.day += timedelta(days=2)
        opened.withdraw("T-0001", reason="Nobody needs it.")
        yield opened


def test_a_day_shows_what_had_happened_by_its_end(week: Register) -> None:
    monday, tuesday = still(week, MONDAY), still(week, MONDAY + timedelta(days=1))
    assert monday.technology("T-0001").name == "Speech analytics"
    assert tuesday.technology("T-0001").name == "Call analytics"
    assert (monday.today, tuesday.today) == (MONDAY, MONDAY + timedelta(days=1))


def test_a_day_without_events_is_as_the_last_day_with_some(week: Register) -> None:
    wednesday = still(week, MONDAY + timedelta(days=2))
    assert wednesday.technology("T-0001").stage != "withdrawn"
    assert wednesday.today == MONDAY + timedelta(days=2)


def test_an_event_shows_what_had_happened_up_to_it(week: Register) -> None:
    seqs = [event.seq for _, commit in week.history() for event in commit.events]
    before_last = still(week, seqs[-1] - 1)
    assert before_last.technology("T-0001").name == "Call analytics"
    assert before_last.state.head.seq == seqs[-2]
    assert before_last.today == MONDAY + timedelta(days=1)


def test_before_the_register_began_there_is_nothing(week: Register) -> None:
    with pytest.raises(BadInput, match=r"no register yet on 1 March 2026.*began on 2 March 2026"):
        still(week, MONDAY - timedelta(days=1))


def test_what_stands_still_is_not_moved_by_later_events(week: Register) -> None:
    now = still(week)
    week.propose(name="Another")
    week.amend("T-0001", {"supplier": "Somebody"})
    assert len(now.state.technologies) == 1
    assert now.technology("T-0001").supplier == ""
    assert now.header("T-0001").supplier == ""
