"""Search as people use it: what comes first, what a slip still finds, which letters are marked."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horizon.model.headers import TechnologyHeader
from horizon.register.searching import SearchIndex, marks, words_of


def header(number: int, name: str, **more: object) -> TechnologyHeader:
    return TechnologyHeader(
        id=f"t-{number}",
        label=f"T-{number:04}",
        name=name,
        revision=1,
        stage="signal",
        stage_since=date(2026, 1, 1),
        changed_at="",
        **more,  # type: ignore[arg-type]
    )


HEADERS = [
    header(1, "Voice to text", summary="Writes down what is said, also in custody"),
    header(2, "Custody risk assessment", supplier="Acme Vision"),
    header(3, "Interview transcription", aliases=("Speech to text", "Scribe")),
    header(4, "Drone as first responder", tags=("aviation",)),
    header(5, "Data lakehouse"),
    header(6, "ANPR", aliases=("Automatic number plate recognition",)),
    header(7, "Recognition of faces in custody photographs"),
    header(8, "Café scanner"),
    header(42, "Answering service"),
]
INDEX = SearchIndex(HEADERS)


def found(query: str, limit: int | None = None) -> list[str]:
    return [HEADERS[at].label for at in INDEX.search(query, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("custody", ["T-0002", "T-0007", "T-0001"]),  # begins a name, in a name, in a text
        ("CUSTODY risk", ["T-0002"]),
        ("anpr", ["T-0006"]),
        ("number plate", ["T-0006"]),
        ("scribe", ["T-0003"]),
        ("dfr", ["T-0004"]),
        ("dafr", ["T-0004"]),
        ("acme", ["T-0002"]),
        ("aviation", ["T-0004"]),
        ("T-0005", ["T-0005"]),
        ("t-000", ["T-0001", "T-0002", "T-0003"]),
        ("42", ["T-0042"]),
        ("house", ["T-0005"]),
        ("text voice", ["T-0001"]),
        ("café", ["T-0008"]),
    ],
)
def test_what_is_written_is_found_and_the_best_comes_first(query: str, first: list[str]) -> None:
    assert found(query)[: len(first)] == first


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("transcripton", "T-0003"),
        ("transcirption", "T-0003"),
        ("custdy risk", "T-0002"),
        ("recogniton plate", "T-0006"),
        ("lakehuose", "T-0005"),
        ("intervew transc", "T-0003"),
        ("speach to text", "T-0003"),
    ],
)
def test_a_slip_still_finds_it(query: str, wanted: str) -> None:
    assert found(query)[0] == wanted


@pytest.mark.parametrize("query", ["zzzz", "custody lakehouse", "!!", "xyzzy plugh"])
def test_what_is_nowhere_finds_nothing(query: str) -> None:
    assert found(query) == []


def test_an_empty_query_finds_everything_in_order_and_a_limit_ends_it() -> None:
    assert found("") == [each.label for each in HEADERS]
    assert found("  ", 2) == ["T-0001", "T-0002"]
    assert found("custody", 2) == found("custody")[:2]
    assert INDEX.search("custody", within=frozenset([0])) == [0]
    assert INDEX.search("", within=frozenset([3, 1])) == [1, 3]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("fra", "Fraud report: fraudster", "[Fra]ud report: [fra]udster"),
        ("number plate", "Automatic number plate", "Automatic [number] [plate]"),
        ("house", "Data lakehouse", "Data lake[house]"),
        ("dfr", "Drone as first responder", "[D]rone as [f]irst [r]esponder"),
        ("transcripton", "Interview transcription", "Interview [transcription]"),
        ("CAFÉ", "Café scanner", "[Café] scanner"),
        ("zzz", "Café", "Café"),
        ("straße", "STRASSE", "[STRASSE]"),
        ("i", "İstanbul", "İstanbul"),
    ],
)
def test_the_letters_that_made_it_fit_are_marked(query: str, text: str, marked: str) -> None:
    shown, end = "", 0
    for first, last in marks(words_of(query), text):
        shown += f"{text[end:first]}[{text[first:last]}]"
        end = last
    assert shown + text[end:] == marked


@settings(max_examples=150, deadline=1000)
@given(st.text(max_size=20), st.text(max_size=20))
def test_any_query_over_any_names_gives_places_once_and_spans_in_order(
    query: str, name: str
) -> None:
    index = SearchIndex([header(1, name), *HEADERS])
    places = index.search(query)
    assert len(places) == len(set(places))
    assert all(0 <= at < len(HEADERS) + 1 for at in places)
    assert index.search(query, 3) == places[:3]
    spans = marks(words_of(query), name)
    assert all(0 <= first < last <= len(name) for first, last in spans)
    assert spans == sorted(spans)


def test_ten_thousand_are_searched_while_one_types() -> None:
    said = "redaction drone fraud triage speech video graph custody search sensor camera"
    words = said.split()
    headers = [
        header(n, f"{words[n % 11]} {words[n * 7 % 11]} {n}".capitalize(), summary=words[n % 7])
        for n in range(10_000)
    ]
    index = SearchIndex(headers)
    query = "redaction custdy"
    best = min(
        max(_milliseconds(index, query[:end]) for end in range(1, len(query) + 1)) for _ in range(3)
    )
    assert best < 20, "a tenth of this is usual; see tests/bench/bench_search.py"


def _milliseconds(index: SearchIndex, query: str) -> float:
    started = time.perf_counter()
    index.search(query, 1000)
    return 1000 * (time.perf_counter() - started)
