"""A framework in plain text, for people who decide whether to adopt it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from horizon.framework.applicability import Applicability
from horizon.framework.route import WEIGHED, Body, Gate, Need, Route, Transition
from horizon.framework.schema import ChecklistItem, Criterion, Framework, Policy
from horizon.model.wording import count, day, listed
from horizon.model.words import Tier

WIDTH = 80

NEEDS: dict[Need, str] = {
    "sighting": "a dated source",
    "two_sources": "two independent sources or an internal sponsor, never suppliers alone",
    "problem": "the problem it would solve",
    "owner": "a named owner",
    "facts": "every fact set",
    "core_answered": "the core questions answered",
    "time_horizon": "a time horizon",
    "trl": "a technology readiness level",
    "posture": "a posture",
    "review_date": "a review date",
    "checklist": "the checklist answered, with nothing that blocks",
    "minimums": "every gating criterion at its minimum",
    "trial_end_date": "an end date for the trial",
    "conditions_met": "no condition overdue",
    "round_closed": "a closed scoring round",
}
"""What a gate needs, in words."""


def as_text(framework: Framework) -> str:
    """The whole framework, in 80 columns of plain text that ends with a line break."""
    return "\n".join(_lines(framework)) + "\n"


def _lines(framework: Framework) -> Iterator[str]:
    yield framework.title
    yield "=" * len(framework.title)
    yield from _wrap(
        f"{framework.id}, version {framework.version}, {day(framework.dated)}, "
        f"{framework.status}. Digest {framework.digest[:16]}."
    )
    if not framework.is_adopted:
        yield from _wrap(f"{framework.status_line}.")
    if framework.notice:
        yield from _wrap(framework.notice)
    yield from _principles(framework)
    yield from _objectives(framework)
    yield from _checklist(framework)
    yield from _facts_and_tiers(framework)
    yield from _route(framework)


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield ""
    yield text
    yield "-" * len(text)


def _wrap(text: str, indent: int = 0, label: str = "") -> list[str]:
    """`text` in the width of the page, with what follows the label kept clear of it."""
    first = " " * indent + label
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_on_hyphens=False,
    )


def _named(name: str, texts: Iterable[str], indent: int = 4) -> Iterator[str]:
    """A line for each text under one name, or nothing."""
    label = f"{name}: "
    for text in texts:
        yield from _wrap(text, indent, label)
        label = " " * len(label)


def _principles(framework: Framework) -> Iterator[str]:
    yield from _heading("Guiding principles and their criteria")
    yield from _policy(framework.policy)
    for principle in framework.principles:
        yield ""
        yield from _wrap(f"{principle.name} (weight {principle.weight})", 0, f"{principle.id}  ")
        yield from _wrap(f'"{principle.text}"', 3)
        yield from _wrap(f"Source: {principle.source}", 3)
        for criterion in principle.criteria:
            yield ""
            yield from _criterion(criterion, f"weight {criterion.weight}")


def _policy(policy: Policy) -> Iterator[str]:
    widths = [
        f"{grade} {tenths // 10}" + (f".{tenths % 10}" if tenths % 10 else "")
        for grade, tenths in policy.half_widths.items()
    ]
    yield from _wrap(
        f"Each criterion is scored 0 to 5. Evidence widens a score to an interval, by this many "
        f"levels either way for each grade: {listed(widths)}. No single figure is given below "
        f"{policy.coverage_needed} per cent of weight scored, or while a gating criterion has no "
        f"score. A gate is passed when the low end of the interval reaches its minimum."
    )


def _criterion(criterion: Criterion, weight: str = "") -> Iterator[str]:
    said = [weight] if weight else []
    if criterion.trial_minimum is not None:
        said.append(f"at least {criterion.trial_minimum} for a trial")
    if criterion.adoption_minimum is not None:
        said.append(f"at least {criterion.adoption_minimum} for adoption")
    after = f" ({', '.join(said)})" if said else ""
    yield from _wrap(f"{criterion.name}{after}", 3, f"{criterion.id}  ")
    if criterion.question:
        yield from _wrap(criterion.question, 7)
    for level, anchor in enumerate(criterion.anchors):
        yield from _wrap(anchor, 7, f"{level}  ")


def _objectives(framework: Framework) -> Iterator[str]:
    yield from _heading("Strategic objectives, shown beside the scores")
    for objective in framework.objectives:
        yield ""
        yield from _wrap(f"{objective.name}: {objective.title}", 0, f"{objective.number}. ")
        yield from _wrap(f'"{objective.text}"', 3)
        for action in objective.actions:
            yield from _wrap(action, 3, "- ")
        yield from _wrap(f"Source: {objective.source}", 3)
        yield ""
        yield from _criterion(objective.fit)


def _checklist(framework: Framework) -> Iterator[str]:
    items = framework.items.values()
    core = sum(each.core for each in items)
    yield from _heading("Data ethics checklist")
    yield from _wrap(
        f"{count(len(items), 'question')} in {count(len(framework.themes), 'theme')}, "
        f"{core} of them core. A blocker stops the approval; a condition becomes a condition of "
        "it; an advisory is noted. A red line is outweighed by no score and waived by nobody."
    )
    for theme in framework.themes:
        yield ""
        yield f"{theme.id}  {theme.name}"
        for item in theme.items:
            yield from _item(framework, item)


def _item(framework: Framework, item: ChecklistItem) -> Iterator[str]:
    yield ""
    yield from _wrap(item.question, 4, f"{item.id}  ")
    marks = [f"Trial: {item.trial}", f"adoption: {item.adoption}"]
    if item.red_line:
        marks.append(f"red line for {listed([_phase(each) for each in item.red_line])}")
    if item.core:
        marks.append("core")
    yield from _wrap(", ".join(marks), 9)
    yield from _named("Applies", [_applies(framework, item.applies)], 9)
    yield from _named("Evidence", [item.evidence], 9)
    yield from _named("Source", [item.source], 9)


def _phase(phase: str) -> str:
    return "a trial" if phase == "trial" else phase


def _facts_and_tiers(framework: Framework) -> Iterator[str]:
    yield from _heading("Facts about the proposed use")
    yield from _wrap("Answered yes, no or unknown. Unknown counts as yes.")
    for fact in framework.facts:
        yield from _wrap(f"{fact.name}: {fact.question}", 0, "- ")
    yield from _heading("Tiers: the depth of review")
    yield from _wrap("The deepest tier of any rule that applies wins.")
    for tier in framework.tiers:
        yield ""
        yield from _wrap(tier.text, 0, f"{tier.name}: ")
        for rule in framework.tier_rules:
            if rule.tier is tier.id:
                yield from _wrap(rule.text, 3, f"{rule.id:<4} ")
                yield from _named("When", [_applies(framework, rule.applies)], 8)


def _applies(framework: Framework, applicability: Applicability) -> str:
    names = framework.fact_names
    every = listed([names[fact].lower() for fact in applicability.all_of])
    some = listed([names[fact].lower() for fact in applicability.any_of], "or")
    if every and some:
        return f"{every}, with {some}"
    return every or some or "always"


def _route(framework: Framework) -> Iterator[str]:
    route = framework.route
    yield from _heading("Bodies, and what each may record")
    for body in route.bodies:
        yield from _body(body)
    yield from _heading("Stages, and the ways on from each")
    for stage in route.stages:
        yield ""
        yield from _wrap(stage.text, 0, f"{stage.name}: ")
        for way in route.transitions:
            if way.origin == stage.id:
                yield from _way(route, way)
    yield ""
    yield from _wrap("From every stage that has not ended:")
    for way in route.transitions:
        if way.origin == "*":
            yield from _way(route, way)
    yield from _reopening(route)
    yield from _heading("Gates")
    for gate in route.gates:
        yield from _gate(framework, gate)


def _reopening(route: Route) -> Iterator[str]:
    yield from _heading("Time, and what makes a body look again")
    yield from _wrap(
        "What is decided by correspondence or by the chair alone lapses unless the body's next "
        f"meeting ratifies it, and after {count(route.ratify_days, 'day')} at the latest."
    )
    if route.review_grace_days is not None:
        grace = count(route.review_grace_days, "day")
        yield from _wrap(
            f"What is in use reads as not approved once its review is more than {grace} late."
        )
    for trigger in route.triggers:
        yield ""
        held = "; an approval does not hold until then" if trigger.suspends else ""
        yield from _wrap(f"{trigger.name} ({trigger.id})", 0, "- ")
        yield from _named("Needed", [trigger.needed], 3)
        yield from _named("Looked at", [f"within {count(trigger.days, 'day')}{held}"], 3)
        yield from _named("Source", [trigger.source], 3)


def _body(body: Body) -> Iterator[str]:
    yield ""
    chair = f", chaired by the {body.chair}" if body.chair else ""
    yield from _wrap(f"{body.name} ({body.abbreviation}): {body.authority}{chair}")
    yield from _wrap(body.question, 3)
    yield from _named("Decides with", [_quorum(body)], 3)
    outcomes = (
        each.name + ("" if each.name.lower() == each.effect else f" ({each.effect})")
        for each in body.outcomes
    )
    yield from _named("May record", ["; ".join(outcomes)], 3)
    yield from _named("Source", [body.source], 3)


def _quorum(body: Body) -> str:
    """Who it takes for the body to decide."""
    if body.quorum == 0:
        return "what its own minutes say; its meetings are not kept here"
    alone = "the chair alone at no tier"
    if body.chairs_action is not None:
        alone = f"the chair alone between meetings up to the {body.chairs_action} tier"
    return f"{body.quorum} who may decide, at a meeting or by correspondence; {alone}"


_AFTER = {
    "approve": "a decision that approves",
    "reject": "a decision that rejects",
    "defer": "a decision that defers",
    "lapse": "the approval or the date it rests on has run out",
}
"""What opens a way, in words."""


def _way(route: Route, way: Transition) -> Iterator[str]:
    to = route.stage_name(way.to)
    conditions = [f"gate {way.gate}"] if way.gate else []
    if way.after:
        conditions.append(_AFTER[way.after])
    after = f", after {listed(conditions)}" if conditions else ""
    yield from _wrap(f"{way.text}: to {to}{after}", 3, "- ")


def _gate(framework: Framework, gate: Gate) -> Iterator[str]:
    yield ""
    yield from _wrap(gate.name, 0, f"{gate.id}  ")
    yield from _named("Objective", [gate.objective])
    yield from _named("Decision-maker", [gate.decision_maker])
    yield from _named("Question to proceed", [gate.question])
    yield from _named("Advice", ["; ".join(gate.advice)] if gate.advice else [])
    yield from _named("Documents", _documents(framework, gate))
    yield from _named("Tested for", [_phase(gate.phase)] if gate.phase else [])
    yield from _named("Needs", [NEEDS[need] for need in gate.needs])
    yield from _named("Approvals", _approvals(framework, gate))
    yield from _named("The record says", _record(framework, gate))
    if gate.life_months:
        ending = "always has an end date and " if gate.expiry_required else ""
        yield from _named(
            "Life", [f"an approval {ending}lasts {count(gate.life_months, 'month')} at most"]
        )
    yield from _named("Fails if", gate.fails_if)
    yield from _named("Source", [gate.source])


def _documents(framework: Framework, gate: Gate) -> Iterator[str]:
    for asked in gate.documents:
        kind = framework.route.document(asked.document)
        name = kind.name if kind else asked.document
        when = _from(asked.from_tier)
        if asked.applies != Applicability():
            when.append(f"for {_applies(framework, asked.applies)}")
        yield name + (f" ({', '.join(when)})" if when else "")


def _approvals(framework: Framework, gate: Gate) -> Iterator[str]:
    for asked in gate.decisions:
        body = framework.route.body(asked.body)
        when = _from(asked.from_tier)
        said = f"{body.name if body else asked.body} at {asked.gate}"
        yield said + (f" ({', '.join(when)})" if when else "")


def _record(framework: Framework, gate: Gate) -> Iterator[str]:
    for asked in gate.record:
        when = _from(asked.from_tier)
        if asked.applies != Applicability():
            when.append(f"for {_applies(framework, asked.applies)}")
        yield WEIGHED[asked.weighs] + (f" ({', '.join(when)})" if when else "")


def _from(tier: Tier) -> list[str]:
    return [] if tier is Tier.LIGHT else [f"from the {tier} tier"]
