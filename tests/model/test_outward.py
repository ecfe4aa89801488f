"""What other forces may see of a technology: as its fields are marked, and its texts were kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from horizon.framework.publication import shipped_publication
from horizon.judgement.publishing import FreeText, free_texts
from horizon.model.base import canonical
from horizon.model.outward import NOT_SHOWN, TYPED, WITHHELD, Outward, outward
from horizon.model.record import Redaction
from horizon.model.release import Release
from horizon.model.technology import Note, Sighting, Technology
from horizon.model.words import Marking, SourceType
from horizon.register import Register
from tests.framework.test_publication import records
from tests.papers.registers import TODAY, make, seal

RULES = shipped_publication()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with make(tmp_path_factory.mktemp("outward") / "register.json") as made:
        seal(made, "T-0001", "Sealed")
        yield made


@pytest.fixture
def trial(register: Register) -> Technology:
    """A technology with decisions, conditions, evidence and scores."""
    return register.technology("T-0004")


def shown(technology: Technology) -> tuple[Technology, Outward]:
    out = outward(canonical(technology.model_dump(mode="json", exclude_defaults=True)))
    return Technology.model_validate_json(out.record), out


def kept_back(text: FreeText, instead: str = "") -> dict[str, Release]:
    """A release that leaves a text out, or something of it."""
    made = Release(original=text.original, text=instead, ground="security", by="p-1", at="now")
    return {text.place.key: made}


def texts_of(technology: Technology) -> dict[str, FreeText]:
    """The typed texts, but for those that were on the table: it is withheld whole."""
    found = {each.place.key: each for each in free_texts(technology, RULES)}
    return {place: each for place, each in found.items() if "/on_the_table/" not in place}


def within(technology: Technology) -> str:
    return technology.model_dump_json()


def test_the_lists_of_fields_are_those_of_the_publication_rules() -> None:
    kinds = {each.__name__ for each in records(Technology)} - {"Round", "Submission", "Score"}
    for kind in kinds:
        rules = RULES.records[kind]
        marked = {name for name, rule in rules.items() if rule.marking == "OFFICIAL-SENSITIVE"}
        assert WITHHELD.get(kind, frozenset()) == marked, kind
        assert TYPED.get(kind, frozenset()) == {n for n, rule in rules.items() if rule.free}, kind
    assert set(WITHHELD) | set(TYPED) <= kinds


def test_what_is_marked_sensitive_stays_and_the_rest_goes(trial: Technology) -> None:
    note = Note(text="Between us", by="p-1", at="now")
    seen = Sighting(
        source="A paper", source_type=SourceType.MEDIA, seen_on=TODAY, note="Do not tell"
    )
    told = trial.model_copy(update={"notes": (note,), "sightings": (seen,), "shared_with": ("*",)})
    assert told.rounds
    assert told.decisions[0].on_the_table.answers
    seen_of_it, out = shown(told)
    assert (seen_of_it.notes, seen_of_it.rounds, seen_of_it.shared_with) == ((), (), ())
    assert seen_of_it.sightings[0].source == "A paper"
    assert not seen_of_it.sightings[0].note
    assert not [e for e in seen_of_it.evidence if e.location or e.version or e.sha256]
    assert not any(each.on_the_table.rounds for each in seen_of_it.decisions)
    assert (out.marking, out.whole) == (Marking.OFFICIAL, True)
    assert {k: each.text for k, each in texts_of(seen_of_it).items()} == {
        k: each.text for k, each in texts_of(told).items()
    }


def test_a_sealed_score_is_not_in_it(register: Register) -> None:
    technology = register.technology("T-0001")
    assert "Sealed" in within(technology)
    assert "Sealed" not in within(shown(technology)[0])


def test_every_text_that_was_kept_back_stays_at_its_place(trial: Technology) -> None:
    texts = texts_of(trial)
    assert {place.rpartition("/")[2] for place in texts} > {"summary", "name", "reasons", "text"}
    for place, text in texts.items():
        seen, out = shown(trial.model_copy(update={"released": kept_back(text)}))
        now = texts_of(seen)
        assert now[place].text == NOT_SHOWN, place
        assert text.text not in {each.text for each in now.values()}, place
        assert now.keys() == texts.keys()
        assert not out.whole


def test_a_text_that_was_released_in_part_goes_in_that_part(trial: Technology) -> None:
    text = texts_of(trial)["summary"]
    seen, out = shown(trial.model_copy(update={"released": kept_back(text, "A thing [left out]")}))
    assert (seen.summary, out.whole) == ("A thing [left out]", False)


def test_a_text_that_was_released_as_it_is_goes_as_it_is(trial: Technology) -> None:
    text = texts_of(trial)["summary"]
    seen, out = shown(trial.model_copy(update={"released": kept_back(text, text.text)}))
    assert (seen.summary, out.whole) == (trial.summary, True)


def test_a_text_that_changed_since_it_was_kept_back_waits_to_be_read_again(
    trial: Technology,
) -> None:
    kept = kept_back(texts_of(trial)["summary"])
    seen, _ = shown(trial.model_copy(update={"released": kept, "summary": "Said otherwise"}))
    assert seen.summary == NOT_SHOWN


def with_decision(technology: Technology, **changes: Any) -> Technology:
    first, *others = technology.decisions
    changed = first.model_copy(update=changes)
    return technology.model_copy(update={"decisions": (changed, *others)})


def test_what_a_body_left_out_of_a_decision_stays(trial: Technology) -> None:
    decided = f"decisions/{trial.decisions[0].number}/"
    ground = "FOIA s.31"
    left = with_decision(trial, redactions=(Redaction(part="reasons", ground=ground),))
    seen, out = shown(left)
    assert seen.decisions[0].reasons == NOT_SHOWN
    assert seen.decisions[0].conditions == trial.decisions[0].conditions
    assert not out.whole
    words = "The names of the systems searched"
    left = with_decision(
        trial, summary="In short", redactions=(Redaction(part=words, ground=ground),)
    )
    texts = {k: e for k, e in texts_of(shown(left)[0]).items() if k.startswith(decided)}
    assert texts.pop(f"{decided}summary").text == "In short"
    del texts[f"{decided}redactions/1/part"]
    assert {each.text for each in texts.values()} == {NOT_SHOWN}
    assert shown(left)[0].decisions[0].outcome == trial.decisions[0].outcome


def test_a_sensitive_decision_makes_the_whole_of_it_sensitive(trial: Technology) -> None:
    told = with_decision(trial, marking=Marking.OFFICIAL_SENSITIVE)
    assert shown(told)[1].marking is Marking.OFFICIAL_SENSITIVE
    told = trial.model_copy(update={"marking": Marking.OFFICIAL_SENSITIVE})
    assert shown(told)[1].marking is Marking.OFFICIAL_SENSITIVE
