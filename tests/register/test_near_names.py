"""Names that nobody has yet and that are nearly somebody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.register import Register
from horizon.register.near_names import known_names, of_new, slip_in, slips
from tests.clocks import StandingClock

KNOWN = {"farah example": "Farah Example", "ben example": "Ben Example"}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Ben Exmaple", "Ben Example"),
        ("ben  exampl", "Ben Example"),
        ("Farra Example", "Farah Example"),
        ("Benn Exampl", "Ben Example"),
        ("Farah Example", ""),
        ("Jan Example", ""),
        ("Karim Example", ""),
        ("", ""),
    ],
)
def test_a_name_is_near_by_a_slip_in_each_word_or_by_two_in_a_long_one(
    name: str, meant: str
) -> None:
    said = slip_in(name, KNOWN)
    assert said == (f"{name} is new to the register, which knows {meant}." if meant else "")


def test_what_is_said_of_those_who_have_come_in(empty: Path) -> None:
    with Register.open(empty, acting="Sam Example", clock=StandingClock()) as register:
        register.propose(name="Gait", owner="Farah Example")
        known = known_names(register)
        assert of_new(register, known) == ""
        register.propose(name="Lip", owner="Farra Example")
        register.propose(name="Nose", owner="Ida Other")
        assert of_new(register, known) == (
            "Farra Example is new to the register, which knows Farah Example. "
            "New in the register: Ida Other. Is that how it is spelt?"
        )
        assert slips(register, ["Ida Ohter", "Ida Ohter", "Ida Other"]) == [
            "Ida Ohter is new to the register, which knows Ida Other."
        ]


def test_who_acts_under_a_name_that_is_nearly_somebodys_is_told(empty: Path) -> None:
    def told(acting: str) -> str:
        with Register.open(empty, acting=acting, clock=StandingClock()) as register:
            return register.mistaken

    assert told("Asha Example") == ""
    assert told("Nobody Known") == ""
    assert told("Asha Exampel") == (
        "You act as Asha Exampel, who is new here. The register knows Asha Example."
    )
