"""Filters as they are typed: what each finds, and what is said of one that cannot be understood."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horizon.model.errors import BadInput
from horizon.model.facts import Fact, FactValue
from horizon.register import Register
from horizon.register.finding import find
from horizon.register.querying import FIELDS, Filter, Query, hints, no_filter, parse
from tests.papers.registers import TODAY


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("voice to text", Query("voice to text", ())),
        ("stage:trial voice", Query("voice", (Filter("stage", ("trial",)),))),
        ("voice -tag:vendor text", Query("voice text", (Filter("tag", ("vendor",), True),))),
        ("kind:ai,sensing", Query("", (Filter("kind", ("ai", "sensing")),))),
        ('owner:"Asha Example" x', Query("x", (Filter("owner", ("Asha Example",)),))),
        ("stage: voice", Query("voice", ())),
        ('owner:"', Query("", ())),
        ("http://x Digital:x burgerzaken:e", Query("http://x Digital:x burgerzaken:e", ())),
        ("STAGE:Trial", Query("", (Filter("stage", ("Trial",)),))),
    ],
)
def test_words_and_filters_are_told_apart(text: str, query: Query) -> None:
    assert parse(text) == query


def test_a_filter_spelt_nearly_so_is_pointed_out() -> None:
    with pytest.raises(BadInput, match=r"There is no filter stge: Did you mean stage:\?"):
        parse("stge:trial")


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    with contextlib.suppress(BadInput):
        query = parse(text)
        assert all(each.field in FIELDS and each.values for each in query.filters)


@pytest.fixture
def filled(register: Register) -> Register:
    """T-0001 mine with a review soon, T-0002 nobody's, T-0003 withdrawn."""
    register.propose(
        name="Voice to text",
        kind="ai",
        owner="Farah Example",
        tags=("vendor", "speech"),
        trl=7,
        supplier="Acme Vision Ltd",
        time_horizon="H1",
        posture="watch",
    )
    register.set_review("T-0001", TODAY + timedelta(days=20))
    register.propose(name="Gait recognition", kind="machine-learning", trl=3)
    register.set_facts("T-0002", {each.value: FactValue.NO.value for each in Fact})
    register.propose(name="Drone", kind="sensing", marking="OFFICIAL-SENSITIVE")
    register.withdraw("T-0003", reason="x")
    return register


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("stage:signal", [1, 2]),
        ("stage:withdrawn,signal", [1, 2, 3]),
        ("-stage:signal", [3]),
        ("kind:ai", [1]),
        ("kind:machine", [2]),
        ("kind:ai kind:sensing", []),
        ("kind:ai,sensing", [1, 3]),
        ("owner:me", [1]),
        ("owner:none", [2, 3]),
        ("owner:nobody", [2, 3]),
        ("owner:me,nobody", [1, 2, 3]),
        ("owner:farah", [1]),
        ("owner:ben", []),
        ("tag:ven", [1]),
        ("-tag:vendor", [2, 3]),
        ("tag:none", [2, 3]),
        ("supplier:vision", [1]),
        ("supplier:none", [2, 3]),
        ("trl:7", [1]),
        ("trl:>=4", [1]),
        ("trl:<4", [2]),
        ("trl:3-7", [1, 2]),
        ("trl:none", [3]),
        ("review:<30d", [1]),
        ("review:<2w", []),
        ("review:>2w", [1]),
        ("review:overdue", []),
        ("review:none", [2, 3]),
        (f"review:{TODAY + timedelta(days=20):%Y-%m}", [1]),
        (f"review:{TODAY + timedelta(days=20)}", [1]),
        ("age:<1d", [1, 2, 3]),
        ("age:>=1w", []),
        ("tier:board", [1, 3]),
        ("-tier:board", [2]),
        ("horizon:h1", [1]),
        ("horizon:none", [2, 3]),
        ("posture:watch", [1]),
        ("marking:official", [1, 2]),
        ("marking:official-sensitive", [3]),
        ("is:ended", [3]),
        ("is:active", [1, 2]),
        ("is:owned", [1]),
        ("is:imported", []),
        ("standing:approved", []),
        ("standing:no", [1, 2]),
        ("voice kind:ai", [1]),
        ("gait kind:ai", []),
        ("kind:ai,machine-learning recog", [2]),
    ],
)
def test_a_filter_finds_what_it_says(filled: Register, text: str, labels: list[int]) -> None:
    found = sorted(each.label for each in find(filled, text).headers)
    assert found == [f"T-{number:04}" for number in labels]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stage:xyz", "'xyz' is no stage. Use one of: signal, candidate"),
        ("kind:magic", "'magic' is no kind. Use one of: ai, machine-learning"),
        ("tier:none", "'none' is no tier"),
        ("trl:11", "trl:11 is not a readiness level. Use trl:5, trl:>=5 or trl:3-6"),
        ("review:soon", "review:soon is not understood. Use review:<30d"),
        ("age:old", "age:old is not understood. Use age:>90d"),
        ("is:nice", "'nice' is no state. Use one of: active"),
    ],
)
def test_a_value_that_a_filter_does_not_know_is_refused_with_those_it_does(
    filled: Register, text: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        find(filled, text)
    assert said in str(refused.value)


def test_every_field_has_an_example_that_is_understood(filled: Register) -> None:
    for example in FIELDS.values():
        find(filled, example)


def test_what_is_being_typed_is_completed_by_an_example() -> None:
    assert list(hints("voice sta")) == ["stage:trial", "standing:approved"]
    assert list(hints("-ta")) == ["tag:vendor"]
    assert list(hints("stage:")) == []
    assert list(hints("owner:")) == ["owner:me", "owner:nobody"]
    assert list(hints("-owner:n")) == ["owner:nobody"]
    assert list(hints("owner:nobody")) == []
    assert list(hints("voice ")) == []


def test_what_was_found_follows_what_is_recorded(filled: Register) -> None:
    assert find(filled, "dictaphone").headers == []
    filled.amend("T-0001", {"aliases": ("Dictaphone",)})
    assert [each.label for each in find(filled, "dictaphone").headers] == ["T-0001"]
    assert find(filled, "", 2).headers[0].label == "T-0001"
    assert date.min < filled.today


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seen:hmrc", "seen: is no filter. Filters: stage: kind: owner: "),
        ("gait -sector:x", "sector: is no filter. "),
        ("stage:trial gait", ""),
        ("https://example.org/gait", ""),
        ("Zivver: mail", "zivver: is no filter. "),
    ],
)
def test_what_looks_like_a_filter_and_is_none_is_told(text: str, said: str) -> None:
    assert no_filter(text).startswith(said)
    assert bool(no_filter(text)) == bool(said)
