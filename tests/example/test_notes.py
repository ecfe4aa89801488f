"""What is noted beside the scores of the illustrative register."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from horizon.framework.loading import shipped
from horizon.register import Register
from tests.clocks import StandingClock
from tests.example.notes import NOTES


def test_every_criterion_has_notes_and_no_note_is_there_twice() -> None:
    assert set(NOTES) == set(shipped().criteria)
    every = [note for levels in NOTES.values() for notes in levels.values() for note in notes]
    assert len(every) == len(set(every))


def test_no_technology_of_the_example_has_the_same_note_twice(made_example: Path) -> None:
    with Register.open(made_example, acting="Sam Example", clock=StandingClock()) as register:
        for technology in register.state.technologies.values():
            for round_ in technology.rounds:
                noted = Counter(
                    score.note
                    for each in round_.submissions.values()
                    for score in each.scores.values()
                )
                assert not noted or max(noted.values()) == 1, technology.name
