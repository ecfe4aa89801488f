"""The trail of the journal: everything that happened, found again by who, what and which words."""

from __future__ import annotations

from horizon.model.technology import Sighting
from horizon.model.words import SourceType
from horizon.register import Register
from horizon.register.auditing import Filter, Names, Trail
from horizon.register.checking import verify
from horizon.register.views import history
from tests.papers.registers import TODAY
from tests.register.using import acting


def trail(register: Register) -> Trail:
    found = Trail(register.store)
    *_, known = found.read()
    assert known == len(found)
    return found


def fitting(register: Register, **wanted: str) -> list[int]:
    """The numbers of the events that fit, newest first."""
    found = trail(register)
    names = Names.of(register)
    places = [at for batch in found.matching(Filter(**wanted), names) for at in batch]
    entries = [found.entry(at, names) for at in places]
    return [each.seq for each in entries if each is not None]


def test_the_trail_is_the_history_newest_first_in_the_same_words(worked: Register) -> None:
    found, names = trail(worked), Names.of(worked)
    entries = [found.entry(at, names) for at in range(len(found))]
    assert entries == list(history(worked))[::-1]


def test_an_event_is_found_again_by_its_number(worked: Register) -> None:
    found, names = trail(worked), Names.of(worked)
    for seq in (1, 7, len(found)):
        entry = found.entry(found.position(seq), names)
        assert entry is not None
        assert entry.seq == seq


def test_events_are_found_by_person_kind_and_technology(worked: Register) -> None:
    told = list(history(worked))[::-1]
    technology = worked.technology("T-0001").id
    person = next(each.id for each in worked.state.people.values() if each.name == told[-1].by)
    assert fitting(worked, subject=technology) == [e.seq for e in told if e.subject == technology]
    assert fitting(worked, kind="facts-set") == [e.seq for e in told if e.kind == "facts-set"]
    named = worked.name(person)
    assert fitting(worked, person=person) == [e.seq for e in told if e.by == named]
    both = fitting(worked, subject=technology, kind="facts-set")
    assert both == [e.seq for e in told if e.subject == technology and e.kind == "facts-set"]


def test_text_is_looked_for_in_words_names_and_kinds_alike(worked: Register) -> None:
    with acting(worked, "Zelda Example"):
        worked.add_sighting(
            "T-0003",
            Sighting(source="Ostrich Weekly", source_type=SourceType.MEDIA, seen_on=TODAY),
        )
    newest = worked.state.head.seq
    assert fitting(worked, text="OSTRICH") == [newest]
    assert fitting(worked, text="zelda ostrich") == [newest]
    assert newest in fitting(worked, text="T-0003 sighting")
    assert fitting(worked, text="ostrich giraffe") == []


def test_who_is_not_in_the_journal_has_done_nothing(worked: Register) -> None:
    assert fitting(worked, person="p-ffffffffffffffff") == []


def test_names_are_said_as_they_stand_now_and_an_erased_one_is_gone(worked: Register) -> None:
    with acting(worked, "Gone Example"):
        worked.set_review("T-0003", TODAY)
    named = next(e.seq for e in history(worked) if "named Gone Example" in e.words)
    worked.erase([named], reason="Asked to be forgotten")
    found, names = trail(worked), Names.of(worked)
    words = [found.entry(at, names) for at in range(len(found))]
    assert not any("Gone" in f"{each.by} {each.words}" for each in words if each)
    assert any(each.erased for each in words if each)


def test_a_search_that_nobody_waits_for_stops(worked: Register) -> None:
    found = trail(worked)
    batches = found.matching(Filter(text="a"), Names.of(worked), lambda: True)
    assert sum(len(each) for each in batches) <= len(found)
    many = Trail(worked.store)
    assert list(many.read(lambda: True))


def test_verifying_tells_how_far_it_has_come(worked: Register) -> None:
    worked.save_snapshot()
    lines = len(list(worked.history()))
    seen: list[int] = []
    assert verify(worked.path, seen.append).faults == ()
    assert seen == [*range(1, lines + 1)] * 2
