"""The first look at signals: recorded, watched until a day, taken forward, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from horizon.model.facts import Fact
from horizon.model.technology import Sighting
from horizon.model.triage import Looked, Nature, Pestle, Verdict, suggested
from horizon.model.words import SourceType, TimeHorizon
from horizon.register import Register
from horizon.register.checking import verify
from horizon.register.finding import find
from horizon.register.signals import NEXT_LOOK, filled, queue
from horizon.register.views import attention, history
from tests.clocks import StandingClock
from tests.papers.registers import TODAY
from tests.register.using import kinds, misread, refused


def look(verdict: Verdict = Verdict.LOG, **more: object) -> Looked:
    return Looked(verdict=verdict, impact=4, uncertainty=2, **more)  # type: ignore[arg-type]


def seen(source: str, kind: SourceType = SourceType.RESEARCH) -> Sighting:
    return Sighting(source=source, source_type=kind, seen_on=TODAY)


@pytest.fixture
def signals(register: Register) -> Register:
    for name in ("Gait", "Lip", "Ear"):
        register.propose(name=name, sighting=seen("A paper"))
    return register


def waiting(register: Register) -> list[tuple[str, str, str]]:
    return [(each.technology.label, each.kind, each.words) for each in attention(register)]


@pytest.mark.parametrize(
    ("impact", "uncertainty", "verdict"),
    [(5, 1, "assess"), (3, 2, "assess"), (3, 3, "watch"), (2, 2, "log"), (1, 5, "park")],
)
def test_impact_and_uncertainty_suggest_what_to_do(
    impact: int, uncertainty: int, verdict: str
) -> None:
    assert suggested(impact, uncertainty) == verdict


def test_a_look_is_recorded_whole_and_the_signal_waits_no_more(signals: Register) -> None:
    assert len(waiting(signals)) == 3
    looked = look(
        mainstream=TimeHorizon.H2,
        nature=Nature.THREAT,
        pestle=(Pestle.LEGAL, Pestle.ETHICAL),
        note="Seen in the wild",
    )
    found = signals.triage("Gait", looked)
    assert found.triage is not None
    assert found.triage.by == signals.person_id
    assert [each.label for each in find(signals, "nature:threat look:log").headers] == ["T-0001"]
    assert [label for label, *_ in waiting(signals)] == ["T-0002", "T-0003"]
    assert [signals.label(each) for each in queue(signals)] == ["T-0002", "T-0003"]
    assert next(reversed(list(history(signals, "Gait")))).words == (
        "took a first look: Log: impact 4, uncertainty 2; threat; in ordinary use in 2 to 5 "
        "years; touches legal, ethical; Seen in the wild"
    )
    signals.triage("Gait", looked)
    assert kinds(signals, "Gait").count("signal-triaged") == 1, "the same again is no news"
    assert verify(signals.path).faults == ()


def test_what_is_watched_comes_back_on_its_day(signals: Register, clock: StandingClock) -> None:
    words = refused(signals, signals.triage, "Lip", look(Verdict.WATCH))
    assert "cannot be watched without end" in words
    assert "the trigger" in words
    past = look(Verdict.WATCH, trigger="x", check_on=TODAY - timedelta(days=1))
    assert "has already passed" in misread(signals, signals.triage, "Lip", past)
    signals.triage("Lip", filled(look(Verdict.WATCH), signals.technology("Lip"), TODAY))
    watched = signals.technology("Lip").triage
    assert watched is not None
    assert watched.check_on == TODAY + NEXT_LOOK
    assert watched.trigger == "A second, independent source, or an internal sponsor"
    assert "T-0002" not in {label for label, *_ in waiting(signals)}
    clock.go_to(TODAY + NEXT_LOOK + timedelta(days=1))
    assert waiting(signals)[0][:2] == ("T-0002", "overdue")
    assert "Next look was due" in waiting(signals)[0][2]
    assert signals.label(queue(signals)[0]) == "T-0002"


def test_a_signal_is_taken_forward_on_two_sources_and_never_on_suppliers_alone(
    signals: Register,
) -> None:
    words = refused(signals, signals.triage, "Ear", look(Verdict.ASSESS))
    assert "a second, independent source, or an internal sponsor" in words
    signals.add_sighting("Ear", seen("Sponsored by Farah", SourceType.INTERNAL))
    signals.triage("Ear", look(Verdict.ASSESS))
    assert ("T-0003", "waiting", "To be taken forward through gate G0") in waiting(signals)
    signals.propose(name="Brochure", sighting=seen("Acme", SourceType.VENDOR))
    assert "suppliers, who never count alone" in refused(
        signals, signals.triage, "Brochure", look(Verdict.ASSESS)
    )


def test_the_gate_asks_for_two_sources_too_and_a_merge_brings_them(signals: Register) -> None:
    signals.amend("Gait", {"problem": "Who walks there", "owner": "Asha Example"})
    signals.set_facts("Gait", {each.value: "no" for each in Fact})
    assert "a second, independent source" in refused(signals, signals.move, "Gait", "candidate")
    signals.propose(name="Gait analysis", sighting=seen("Another force", SourceType.PEER_FORCE))
    signals.merge("Gait analysis", "Gait", reason="One")
    assert len(signals.technology("Gait").sightings) == 1
    assert signals.move("Gait", "candidate").stage == "candidate"


def test_what_is_past_its_first_look_is_not_triaged(worked: Register) -> None:
    assert "past its first look" in refused(worked, worked.triage, "T-0004", look())


def test_a_look_is_taken_back_and_the_one_before_counts_again(signals: Register) -> None:
    assert "Nobody has taken a first look" in refused(signals, signals.take_triage_back, "Gait")
    signals.triage("Gait", look())
    signals.triage("Gait", look(Verdict.PARK))
    signals.take_triage_back("Gait")
    triage = signals.technology("Gait").triage
    assert triage is not None
    assert triage.verdict is Verdict.LOG
    signals.take_triage_back("Gait")
    assert signals.technology("Gait").triage is None
    assert verify(signals.path).faults == ()


def test_undoing_and_taking_a_look_back_go_together_in_any_order(signals: Register) -> None:
    def counts() -> Verdict | None:
        triage = signals.technology("Gait").triage
        return triage.verdict if triage is not None else None

    signals.triage("Gait", look())
    signals.triage("Gait", look(Verdict.PARK))
    signals.take_back("Gait")
    assert counts() is Verdict.LOG
    signals.do_again("Gait")
    assert counts() is Verdict.PARK
    signals.take_triage_back("Gait")
    assert counts() is Verdict.LOG
    signals.take_back("Gait")
    assert counts() is Verdict.PARK, "to take a look back is taken back too"
    signals.take_triage_back("Gait")
    signals.take_triage_back("Gait")
    assert counts() is None
    assert verify(signals.path).faults == ()
