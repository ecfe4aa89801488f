"""What looks like a person, an address or a case in a typed text."""

from __future__ import annotations

import itertools

import pytest

from horizon.judgement.lookalikes import any_of, left_out, marks

ORDINARY = frozenset(
    ["the", "board", "strategic", "change", "data", "strategy", "facial", "recognition", "live"]
)
KNOWN = ["Asha Example", "asha.example@police.example", "Li"]


def looks(text: str) -> list[tuple[str, str]]:
    return [
        (each.what, text[each.start : each.end])
        for each in marks(text, known=KNOWN, vocabulary=ORDINARY)
    ]


@pytest.mark.parametrize(
    ("text", "what", "found"),
    [
        ("Ask asha  EXAMPLE first", "name of somebody in the register", "asha  EXAMPLE"),
        ("as Asha said", "part of the name of somebody in the register", "Asha"),
        ("with Li today", "name of somebody in the register", "Li"),
        ("spoke to Jane Doe about it", "name", "Jane Doe"),
        ("said DC Patel", "name", "DC Patel"),
        ("the owner is J. R. Hartley now", "name", "J. R. Hartley"),
        ("by Anne-Marie O'Neill", "name", "Anne-Marie O'Neill"),
        ("to José Núñez", "name", "José Núñez"),
        ("write to jd@example.org", "e-mail address", "jd@example.org"),
        ("call 020 7601 2222 at once", "phone number", "020 7601 2222"),
        ("call +44 7700 900123", "phone number", "+44 7700 900123"),
        ("at EC2A 4DN", "postcode", "EC2A 4DN"),
        ("of 12 Wood Street", "address", "12 Wood Street"),
        ("in NFRC230512345678", "case number", "NFRC230512345678"),
        ("as crime number 01/1234/26", "case number", "crime number 01/1234/26"),
        ("under 01/1234/26", "case number", "01/1234/26"),
        ("see case no 48213/26", "case number", "case no 48213/26"),
        ("NI AB 12 34 56 C", "National Insurance number", "AB 12 34 56 C"),
        ("a car AB12 CDE", "vehicle registration", "AB12 CDE"),
        ("born 3 March 1980", "date of birth", "born 3 March 1980"),
    ],
)
def test_what_should_be_looked_at_is_marked(text: str, what: str, found: str) -> None:
    assert (what, found) in looks(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Strategic Change Board looked at the Data Strategy.",
        "Live Facial Recognition",
        "It takes 12 weeks and costs 40000 pounds.",
        "By 2026-11-24, or version 2.1, or 24/7.",
        "",
    ],
)
def test_ordinary_words_are_not(text: str) -> None:
    assert looks(text) == []


def test_marks_do_not_overlap_and_stand_in_order() -> None:
    text = "Asha Example, asha.example@police.example, PC Jane Doe, 12 Wood Street EC2A 4DN"
    found = marks(text, known=KNOWN, vocabulary=ORDINARY)
    assert len(found) >= 5
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start


def test_what_is_marked_can_be_left_out() -> None:
    text = "Jane Doe said so, and Asha Example agreed."
    found = marks(text, known=KNOWN, vocabulary=ORDINARY)
    assert left_out(text, found, "[X]") == "[X] said so, and [X] agreed."


def test_a_name_is_found_whole_and_in_any_case() -> None:
    found = any_of(["Asha Example", "May", "Bo"], frozenset({"may"}))
    assert found is not None
    for text in ("ASHA\nexample", "bo", "May"):
        assert found.fullmatch(text), text
    for text in ("may", "Bob", "Ashas Examples"):
        assert not found.search(text), text
    assert any_of([], frozenset()) is None
