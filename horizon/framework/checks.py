"""What no single field can say: ids that must exist, be unique, or not lead back to themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from horizon.framework.applicability import Applicability
from horizon.framework.faults import Mistake
from horizon.framework.route import Gate, Route
from horizon.framework.schema import (
    Criterion,
    FactWording,
    Objective,
    Policy,
    Principle,
    Theme,
    TierDepth,
    TierRule,
)
from horizon.framework.toml_file import nearest
from horizon.model.facts import Fact
from horizon.model.words import EvidenceGrade

Place = list[str | int]


def mistakes(parts: Mapping[str, Any]) -> Iterator[Mistake]:
    """Everything in the parts of a framework that does not hang together.

    `parts` are by the names of `Framework`'s fields; a check whose part is not there is left out.
    """
    for needed, check in _CHECKS:
        if all(key in parts for key in needed):
            yield from check(*(parts[key] for key in needed))


def _twice(ids: Iterable[tuple[Place, str]], what: str) -> Iterator[Mistake]:
    """Each id that was there before."""
    seen: set[str] = set()
    for place, name in ids:
        if name in seen:
            do = "Give each its own, or take one out"
            yield Mistake(place, f"there is another {what} {str(name)!r} above", do)
        seen.add(name)


def _known(place: Place, name: str, known: Sequence[str], what: str) -> Iterator[Mistake]:
    if name not in known:
        yield Mistake(
            place, f"there is no {what} {name!r}", nearest(name, list(dict.fromkeys(known)))
        )


def _principles(principles: tuple[Principle, ...]) -> Iterator[Mistake]:
    named: Iterable[tuple[Place, str]] = (
        (["principles", number, "id"], each.id) for number, each in enumerate(principles)
    )
    yield from _twice(named, "principle")
    yield from _twice(_criteria(principles), "criterion")
    if not any(each.weight for each in principles):
        do = "Give at least one of them a weight of 1 or more"
        yield Mistake(["principles", 0, "weight"], "all principles have weight 0", do)
    for number, principle in enumerate(principles):
        if principle.weight and not any(each.weight for each in principle.criteria):
            yield Mistake(
                ["principles", number],
                "it has a weight, but none of its criteria has one",
                "Give one of its criteria a weight of 1 or more",
            )
        for position, criterion in enumerate(principle.criteria):
            yield from _points(["principles", number, "criteria", position], criterion)


def _criteria(principles: tuple[Principle, ...]) -> Iterator[tuple[Place, str]]:
    for number, principle in enumerate(principles):
        for position, criterion in enumerate(principle.criteria):
            yield ["principles", number, "criteria", position, "id"], criterion.id


def _points(place: Place, criterion: Criterion) -> Iterator[Mistake]:
    points = criterion.points
    if list(points) != sorted(points) or (points[0], points[-1]) != (0, 1000):
        yield Mistake(
            [*place, "points"],
            "points do not rise from 0 to 1000",
            "Give six whole numbers that start with 0, never fall, and end with 1000",
        )


def _policy(policy: Policy) -> Iterator[Mistake]:
    for grade in EvidenceGrade:
        if grade.value not in policy.half_widths:
            do = "Give all four: half_widths = { A = 0, B = 5, C = 10, D = 20 }"
            yield Mistake(["policy", "half_widths"], f"half_widths has no {grade.value}", do)


def _objectives(objectives: tuple[Objective, ...]) -> Iterator[Mistake]:
    named: Iterable[tuple[Place, str]] = (
        (["objectives", number, "id"], each.id) for number, each in enumerate(objectives)
    )
    yield from _twice(named, "objective")
    for number, objective in enumerate(objectives):
        yield from _points(["objectives", number, "fit"], objective.fit)


def _scored(
    principles: tuple[Principle, ...], objectives: tuple[Objective, ...]
) -> Iterator[Mistake]:
    """Strategic fit is scored beside the criteria, so it cannot share their ids."""
    criteria = {name for _, name in _criteria(principles)}
    fits: list[tuple[Place, str]] = [
        (["objectives", number, "fit", "id"], each.fit.id) for number, each in enumerate(objectives)
    ]
    yield from _twice(fits, "criterion")
    for place, name in fits:
        if name in criteria:
            do = "Give each its own, or take one out"
            yield Mistake(place, f"a principle has a criterion {name!r} too", do)


def _checklist(themes: tuple[Theme, ...]) -> Iterator[Mistake]:
    named: Iterable[tuple[Place, str]] = (
        (["themes", number, "id"], each.id) for number, each in enumerate(themes)
    )
    yield from _twice(named, "theme")
    items: list[tuple[Place, str]] = []
    for number, theme in enumerate(themes):
        for position, item in enumerate(theme.items):
            place: Place = ["themes", number, "items", position]
            items.append(([*place, "id"], item.id))
            for phase in item.red_line:
                if item.effect(phase) != "blocker":
                    yield Mistake(
                        [*place, "red_line"],
                        f"it is a red line for {phase}, but no blocker there",
                        f'Set {phase} = "blocker", or take {phase} out of red_line',
                    )
    yield from _twice(items, "item")


def _facts(facts: tuple[FactWording, ...]) -> Iterator[Mistake]:
    worded: list[tuple[Place, str]] = [
        (["facts", number, "id"], each.id) for number, each in enumerate(facts)
    ]
    yield from _twice(worded, "fact")
    given = {each.id for each in facts}
    for fact in Fact:
        if fact not in given:
            do = "Add a [[facts]] table with this id, a name and a question"
            yield Mistake(["facts"], f"the fact {fact.value!r} has no wording", do)


def _rules(rules: tuple[TierRule, ...]) -> Iterator[Mistake]:
    named: Iterable[tuple[Place, str]] = (
        (["tier_rules", number, "id"], each.id) for number, each in enumerate(rules)
    )
    yield from _twice(named, "rule")
    for number, rule in enumerate(rules):
        if rule.applies == Applicability():
            yield Mistake(
                ["tier_rules", number, "applies"],
                "it names no fact, so it would always apply",
                "Name the facts that trigger it in all_of or any_of",
            )


def _tiers(tiers: tuple[TierDepth, ...]) -> Iterator[Mistake]:
    named: Iterable[tuple[Place, str]] = (
        (["tiers", number, "id"], each.id) for number, each in enumerate(tiers)
    )
    yield from _twice(named, "tier")


def _route(route: Route) -> Iterator[Mistake]:
    for kind, what in (
        ("documents", "document"),
        ("bodies", "body"),
        ("stages", "stage"),
        ("gates", "gate"),
        ("triggers", "trigger"),
    ):
        named: Iterable[tuple[Place, str]] = (
            (["route", kind, number, "id"], each.id)
            for number, each in enumerate(getattr(route, kind))
        )
        yield from _twice(named, what)
    short: Iterable[tuple[Place, str]] = (
        (["route", "bodies", number, "abbreviation"], each.abbreviation)
        for number, each in enumerate(route.bodies)
    )
    yield from _twice(short, "abbreviation")
    for number, body in enumerate(route.bodies):
        outcomes: Iterable[tuple[Place, str]] = (
            (["route", "bodies", number, "outcomes", position, "id"], each.id)
            for position, each in enumerate(body.outcomes)
        )
        yield from _twice(outcomes, "outcome")
        if body.chairs_action is not None and body.quorum == 0:
            yield Mistake(
                ["route", "bodies", number, "chairs_action"],
                "its chair may decide alone, but no meeting of it could ratify that",
                "Give the body a quorum, or take chairs_action out",
            )
    yield from _ways(route)
    for number, gate in enumerate(route.gates):
        yield from _gate(route, ["route", "gates", number], gate)
    yield from _cycles(route)
    yield from _unused_gates(route)
    yield from _reachable(route)


def _ways(route: Route) -> Iterator[Mistake]:
    stages = [each.id for each in route.stages]
    gates = [each.id for each in route.gates]
    for key in ("first_stage", "legacy_stage", "withdrawn_stage", "superseded_stage"):
        yield from _known(["route", key], getattr(route, key), stages, "stage")
    for number, way in enumerate(route.transitions):
        place: Place = ["route", "transitions", number]
        yield from _known([*place, "origin"], way.origin, ["*", *stages], "stage")
        yield from _known([*place, "to"], way.to, stages, "stage")
        if way.gate:
            yield from _known([*place, "gate"], way.gate, gates, "gate")
    ends: Iterable[tuple[Place, str]] = (
        (["route", "transitions", number], f"{way.origin} to {way.to}")
        for number, way in enumerate(route.transitions)
    )
    yield from _twice(ends, "way")


def _gate(route: Route, place: Place, gate: Gate) -> Iterator[Mistake]:
    bodies = [each.id for each in route.bodies]
    for position, body in enumerate(gate.bodies):
        yield from _known([*place, "bodies", position], body, bodies, "body")
    documents = [each.id for each in route.documents]
    for position, document in enumerate(gate.documents):
        at = [*place, "documents", position]
        yield from _known(at, document.document, documents, "document")
    for position, asked in enumerate(gate.decisions):
        at = [*place, "decisions", position]
        yield from _known(at, asked.body, bodies, "body")
        yield from _known(at, asked.gate, [each.id for each in route.gates], "gate")
        other, deciding = route.gate(asked.gate), route.body(asked.body)
        if other is None or deciding is None:
            continue
        if asked.body not in other.bodies and set(other.bodies) <= set(bodies):
            yield Mistake(
                at,
                f"it asks for a decision of {asked.body} at {asked.gate}, which is not among its "
                "bodies",
                f"The bodies at {asked.gate} are: {', '.join(other.bodies)}",
            )
        if not any(each.effect.approves for each in deciding.outcomes):
            yield Mistake(
                at,
                f"it asks for an approval of {asked.body}, none of whose outcomes approves",
                "Give the body an outcome that approves, or do not ask for its decision",
            )
    for need in ("checklist", "minimums"):
        if need in gate.needs and gate.phase is None:
            yield Mistake(
                [*place, "needs"],
                f"it needs the {need}, but has no phase",
                'Add phase = "trial" or phase = "adoption"',
            )


def _cycles(route: Route) -> Iterator[Mistake]:
    """Gates whose decisions ask for each other in a circle can never be passed."""
    asks = {
        gate.id: {each.gate for each in gate.decisions if each.gate != gate.id}
        for gate in route.gates
    }
    for number, gate in enumerate(route.gates):
        if gate.id in _reached(asks[gate.id], asks):
            yield Mistake(
                ["route", "gates", number, "decisions"],
                f"the decisions it asks for lead round in a circle, back to {gate.id}",
                "Take out one of the decisions in the circle",
            )


def _unused_gates(route: Route) -> Iterator[Mistake]:
    asks = {gate.id: {each.gate for each in gate.decisions} for gate in route.gates}
    used = _reached({way.gate for way in route.transitions if way.gate}, asks)
    for number, gate in enumerate(route.gates):
        if gate.id not in used:
            yield Mistake(
                ["route", "gates", number],
                "it guards no way, and no gate asks for its decisions",
                "Name it in a transition, or in another gate's decisions",
            )


def _reachable(route: Route) -> Iterator[Mistake]:
    """Stages nobody can get to, and stages nobody can leave but by rejection."""
    leads = {stage.id: {way.to for way in route.ways_from(stage.id)} for stage in route.stages}
    reached = _reached({route.first_stage, route.legacy_stage}, leads)
    reached |= {route.withdrawn_stage, route.superseded_stage}
    for number, stage in enumerate(route.stages):
        place: Place = ["route", "stages", number]
        if stage.id not in reached:
            yield Mistake(place, "no way leads to this stage", "Add a transition to it")
        onward = any(way.origin == stage.id for way in route.transitions)
        if not stage.ended and not onward:
            yield Mistake(place, "no way leads on from this stage", "Add one, or set ended = true")


def _reached(start: Iterable[str], leads: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that can be got to from `start`, `start` included."""
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        each = waiting.pop()
        if each not in reached:
            reached.add(each)
            waiting += leads.get(each, ())
    return reached


_CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Mistake]]], ...] = (
    (("policy",), _policy),
    (("principles",), _principles),
    (("objectives",), _objectives),
    (("principles", "objectives"), _scored),
    (("themes",), _checklist),
    (("facts",), _facts),
    (("tier_rules",), _rules),
    (("tiers",), _tiers),
    (("route",), _route),
)
