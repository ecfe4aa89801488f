"""What people type to search: words, and filters such as `stage:trial -tag:vendor review:<30d`.

Several filters all have to fit; values between commas are alternatives; a minus in front turns a
filter round. Pure: what a filter needs to know of the register it is told by a `Context`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from horizon.framework.route import Route
from horizon.judgement.standing import Standing
from horizon.model.days import read_day
from horizon.model.errors import BadInput
from horizon.model.headers import TechnologyHeader
from horizon.model.triage import Nature, Verdict
from horizon.model.wording import listed
from horizon.model.words import Kind, Marking, Posture, Tier, TimeHorizon

Fits = Callable[[TechnologyHeader], bool]


class Context(Protocol):
    """What filters need to know beside the technology itself. `me` is the id of the person
    acting."""

    @property
    def today(self) -> date: ...

    @property
    def me(self) -> str: ...

    @property
    def route(self) -> Route: ...

    def person(self, person_id: str) -> str: ...

    def tier(self, technology_id: str) -> Tier: ...

    def standing(self, header: TechnologyHeader) -> Standing: ...


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: the field, its alternatives, and whether it is turned round."""

    field: str
    values: tuple[str, ...]
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, taken apart. A filter without a value yet is left out."""

    words: str
    filters: tuple[Filter, ...]


FIELDS: Mapping[str, str] = {
    "stage": "stage:trial",
    "kind": "kind:ai",
    "owner": "owner:me",
    "supplier": "supplier:acme",
    "tag": "tag:vendor",
    "tier": "tier:full",
    "review": "review:<30d",
    "age": "age:>90d",
    "trl": "trl:>=5",
    "horizon": "horizon:h1",
    "posture": "posture:watch",
    "marking": "marking:official-sensitive",
    "standing": "standing:approved",
    "look": "look:watch",
    "nature": "nature:threat",
    "is": "is:ended",
}
"""The fields that can be filtered by, each with an example."""

STATES = ("active", "ended", "legacy", "illustrative", "imported", "owned")
"""What `is:` understands."""

NONE, NOBODY = "none", "nobody"

SAID: Mapping[str, tuple[str, ...]] = {
    "owner": ("me", NOBODY),
    "supplier": (NONE,),
    "tag": (NONE,),
    "review": ("overdue", NONE),
    "standing": ("approved",),
    "is": STATES,
}
"""Values that stand for something else than themselves, for whoever begins to type one."""

_TOKEN = re.compile(r'(?<!\S)(-?)([A-Za-z][A-Za-z_]*):("[^"]*"?|\S*)')
_SPAN = re.compile(r"(\d{1,5})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def parse(text: str) -> Query:
    """The words and filters in what was typed.

    What looks like a filter and names no field counts as words, unless a field is spelt nearly so:
    then raises `BadInput` that names it.
    """
    filters: list[Filter] = []
    kept: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        field = match[2].lower()
        if field not in FIELDS:
            _refuse_near(field)
            continue
        kept.append(text[end : match.start()])
        end = match.end()
        values = _values(match[3])
        if values:
            filters.append(Filter(field, values, match[1] == "-"))
    kept.append(text[end:])
    return Query(" ".join(" ".join(kept).split()), tuple(filters))


def _values(text: str) -> tuple[str, ...]:
    if text.startswith('"'):
        return (text.strip('"').strip(),) if text.strip('"').strip() else ()
    return tuple(each for each in text.split(",") if each)


def _refuse_near(field: str) -> None:
    from rapidfuzz import process

    near = process.extractOne(field, list(FIELDS), score_cutoff=75)
    if near is not None:
        raise BadInput(
            f"There is no filter {field}:",
            do=f"Did you mean {near[0]}:? Filters: {', '.join(f'{e}:' for e in FIELDS)}",
        )


def no_filter(text: str) -> str:
    """What to say of the first word that looks like a filter and is none; empty where there is
    none. A link is no filter."""
    for match in _TOKEN.finditer(text):
        field = match[2].lower()
        if field not in FIELDS and not match[3].startswith("//"):
            return f"{field}: is no filter. Filters: {' '.join(f'{each}:' for each in FIELDS)}"
    return ""


def fitting(query: Query, context: Context) -> Fits:
    """A test whether a technology fits every filter. Raises `BadInput` for a value that its field
    does not know, with those it does."""
    tests = [(_test(each, context), each.turned) for each in query.filters]

    def fits(header: TechnologyHeader) -> bool:
        return all(test(header) is not turned for test, turned in tests)

    return fits


def _test(filter: Filter, context: Context) -> Fits:
    each_of = [_TESTS[filter.field](value.casefold(), context) for value in filter.values]
    if len(each_of) == 1:
        return each_of[0]
    return lambda header: any(test(header) for test in each_of)


def _stage(value: str, context: Context) -> Fits:
    names = {each.id: each.name for each in context.route.stages}
    wanted = _chosen(value, names, "stage")
    return lambda header: header.stage in wanted


def _kind(value: str, context: Context) -> Fits:
    wanted = _chosen(value, {each.value: each.value for each in Kind}, "kind")
    return lambda header: header.kind.value in wanted


def _owner(value: str, context: Context) -> Fits:
    if value == "me":
        return lambda header: header.owner == context.me and bool(context.me)
    if value in (NOBODY, NONE):
        return lambda header: header.owner is None
    return lambda header: header.owner is not None and _begins(context.person(header.owner), value)


def _supplier(value: str, context: Context) -> Fits:
    if value == NONE:
        return lambda header: not header.supplier
    return lambda header: _begins(header.supplier, value)


def _tag(value: str, context: Context) -> Fits:
    if value == NONE:
        return lambda header: not header.tags
    return lambda header: any(_begins(tag, value) for tag in header.tags)


def _tier(value: str, context: Context) -> Fits:
    wanted = _chosen(value, {each.value: each.value for each in Tier}, "tier")
    return lambda header: context.tier(header.id).value in wanted


def _posture(value: str, context: Context) -> Fits:
    if value == NONE:
        return lambda header: header.posture is None
    wanted = _chosen(value, {each.value: each.value for each in Posture}, "posture")
    return lambda header: header.posture is not None and header.posture.value in wanted


def _horizon(value: str, context: Context) -> Fits:
    if value == NONE:
        return lambda header: header.time_horizon is None
    wanted = _chosen(value, {each.value.casefold(): each.value for each in TimeHorizon}, "horizon")
    return lambda header: (
        header.time_horizon is not None and header.time_horizon.value.casefold() in wanted
    )


def _marking(value: str, context: Context) -> Fits:
    names = {each.value.casefold(): each.value for each in Marking}
    wanted = {value} if value in names else _chosen(value, names, "marking")
    return lambda header: header.marking.value.casefold() in wanted


def _standing(value: str, context: Context) -> Fits:
    if value == "approved":
        return lambda header: context.standing(header).approved
    return lambda header: _begins(context.standing(header).words, value)


def _look(value: str, context: Context) -> Fits:
    if value == NONE:
        return lambda header: header.triage is None
    wanted = _chosen(value, {each.value: each.value for each in Verdict}, "verdict")
    return lambda header: header.triage is not None and header.triage.verdict.value in wanted


def _nature(value: str, context: Context) -> Fits:
    wanted = _chosen(value, {each.value: each.value for each in Nature}, "nature")
    return lambda header: header.triage is not None and header.triage.nature.value in wanted


def _is(value: str, context: Context) -> Fits:
    (state,) = sorted(_chosen(value, {each: each for each in STATES}, "state"))[:1]
    ended = {each.id for each in context.route.stages if each.ended}
    tests: dict[str, Fits] = {
        "active": lambda header: header.stage not in ended,
        "ended": lambda header: header.stage in ended,
        "legacy": lambda header: header.legacy is not None,
        "illustrative": lambda header: header.illustrative,
        "imported": lambda header: header.is_imported,
        "owned": lambda header: header.owner is not None,
    }
    return tests[state]


def _trl(value: str, context: Context) -> Fits:
    if value == NONE:
        return lambda header: header.trl is None
    if match := re.fullmatch(r"([1-9])-([1-9])", value):
        low, high = int(match[1]), int(match[2])
        return lambda header: header.trl is not None and low <= header.trl <= high
    sign, rest = _sign(value)
    if not re.fullmatch(r"[1-9]", rest):
        raise BadInput(f"trl:{value} is not a readiness level", do="Use trl:5, trl:>=5 or trl:3-6")
    return lambda header: header.trl is not None and _compare(sign, header.trl, int(rest))


def _review(value: str, context: Context) -> Fits:
    if value == NONE:
        return lambda header: header.review_by is None
    if value in ("overdue", "late"):
        return lambda header: header.review_by is not None and header.review_by < context.today
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        month = (int(match[1]), int(match[2]))
        return lambda header: (
            header.review_by is not None
            and (header.review_by.year, header.review_by.month) == month
        )
    sign, rest = _sign(value)
    due = _day(rest, context.today, f"review:{value}")
    return lambda header: header.review_by is not None and _compare(sign, header.review_by, due)


def _day(text: str, today: date, shown: str) -> date:
    """A day, or so many days from today."""
    if span := _SPAN.fullmatch(text):
        return today + timedelta(days=int(span[1]) * _DAYS[span[2]])
    try:
        return read_day(text)
    except BadInput:
        raise BadInput(
            f"{shown} is not understood",
            do="Use review:<30d, review:overdue, review:none, review:2026-12 or a date",
        ) from None


def _age(value: str, context: Context) -> Fits:
    sign, rest = _sign(value)
    span = _SPAN.fullmatch(rest)
    if span is None:
        raise BadInput(f"age:{value} is not understood", do="Use age:>90d, age:<4w or age:>1y")
    days = int(span[1]) * _DAYS[span[2]]
    return lambda header: _compare(sign, (context.today - header.stage_since).days, days)


_TESTS: Mapping[str, Callable[[str, Context], Fits]] = {
    "stage": _stage,
    "kind": _kind,
    "owner": _owner,
    "supplier": _supplier,
    "tag": _tag,
    "tier": _tier,
    "review": _review,
    "age": _age,
    "trl": _trl,
    "horizon": _horizon,
    "posture": _posture,
    "marking": _marking,
    "standing": _standing,
    "look": _look,
    "nature": _nature,
    "is": _is,
}


def _sign(value: str) -> tuple[str, str]:
    match = re.match(r"<=|>=|<|>|=|", value)
    assert match is not None
    return match[0] or "=", value[match.end() :]


def _compare(sign: str, one: int | date, other: int | date) -> bool:
    tests: dict[str, Callable[[], bool]] = {
        "<": lambda: one < other,  # type: ignore[operator]
        "<=": lambda: one <= other,  # type: ignore[operator]
        ">": lambda: one > other,  # type: ignore[operator]
        ">=": lambda: one >= other,  # type: ignore[operator]
        "=": lambda: one == other,
    }
    return tests[sign]()


def _chosen(value: str, names: Mapping[str, str], what: str) -> set[str]:
    """The ids that a value stands for: that id or name, else those of which a word begins so."""
    spoken = _plain(value)
    exact = {key for key, name in names.items() if spoken in (_plain(key), _plain(name))}
    if exact:
        return exact
    near = {key for key, name in names.items() if _begins(f"{key} {name}", value)}
    if not near:
        raise BadInput(f"{value!r} is no {what}", do=f"Use one of: {listed(list(names), 'or')}")
    return near


def _begins(text: str, value: str) -> bool:
    """Whether every word of `value` begins a word of `text`."""
    words = _plain(text).split()
    return all(any(word.startswith(each) for word in words) for each in _plain(value).split())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def hints(text: str) -> Iterable[str]:
    """Filters that the word being typed at the end may become, each with an example, and values
    that the filter being typed may have."""
    last = text.rsplit(" ", 1)[-1].lstrip("-").casefold()
    field, colon, value = last.partition(":")
    if colon:
        known = SAID.get(field, ())
        return [f"{field}:{each}" for each in known if each.startswith(value) and each != value]
    return [example for name, example in FIELDS.items() if last and name.startswith(last)]
