"""What changed between two moments, in words: one technology, or the whole register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from horizon.judgement.deadlines import deadlines
from horizon.judgement.standing import standing
from horizon.judgement.tiers import read_tier
from horizon.model.decision import Decision
from horizon.model.facts import Fact
from horizon.model.headers import TechnologyHeader
from horizon.model.technology import Details, Sighting, Technology
from horizon.model.wording import count, day, in_words, listed
from horizon.register.reader import Reader
from horizon.register.tellers import stage_name
from horizon.register.views import sealed

SHOWN = 8
"""How many answers or facts are named one by one."""

LONG = ("summary", "problem")
"""Details that are said to have changed without saying from what to what."""

TYPED = ("name", "aliases", "supplier")
"""Details that hold what somebody typed in a few words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed. `sort` is what: stage, standing, decision, score, ...

    `unquoted` says the same with nothing in it that somebody typed and nobody's name, for papers
    that are published: only what the framework and the register name themselves.
    """

    sort: str
    words: str
    unquoted: str


@dataclass(frozen=True, slots=True)
class TechnologyDiff:
    """What changed about one technology. `sort` is new, changed, or gone: it left with an import
    that was undone."""

    id: str
    label: str
    name: str
    sort: Literal["new", "changed", "gone"]
    told: tuple[Change, ...]

    @property
    def changes(self) -> tuple[str, ...]:
        """What changed, in words."""
        return tuple(each.words for each in self.told)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in the register. `unchanged` counts the technologies that stayed as they
    were."""

    technologies: tuple[TechnologyDiff, ...]
    register: tuple[str, ...]
    unchanged: int

    def of(self, sort: str) -> tuple[TechnologyDiff, ...]:
        return tuple(each for each in self.technologies if each.sort == sort)

    @property
    def words(self) -> str:
        """`2 new, 5 changed, 22 as they were`."""
        return (
            f"{len(self.of('new'))} new, {len(self.of('changed'))} changed, {self.unchanged} "
            + ("as it was" if self.unchanged == 1 else "as they were")
        )


def differing(before: Reader, after: Reader) -> Iterator[TechnologyDiff | None]:
    """Every technology of the two registers in turn: what changed, or `None` where nothing did.

    Telling one that changed takes a millisecond or two, so a caller may pause between.
    """
    for header in after.state.technologies.headers():
        yield technology_diff(before, after, header.id)
    for header in before.state.technologies.headers():
        if header.id not in after.state.technologies:
            yield TechnologyDiff(header.id, header.label, header.name, "gone", ())


def difference(before: Reader, after: Reader) -> Difference:
    """What changed between two registers, in one go."""
    return summed_up(before, after, list(differing(before, after)))


def summed_up(before: Reader, after: Reader, found: list[TechnologyDiff | None]) -> Difference:
    """What `differing` gave, with what changed of the register itself."""
    changed = tuple(each for each in found if each is not None)
    return Difference(changed, tuple(_register(before, after)), len(found) - len(changed))


def _register(before: Reader, after: Reader) -> Iterator[str]:
    was, now = before.state.head, after.state.head
    if was.adopted_framework != now.adopted_framework:
        frameworks = [
            f"{each.framework.title} {each.framework.version}" for each in (before, after)
        ]
        yield f"Framework: from {frameworks[0]} to {frameworks[1]}"
    known = before.state.people
    named = [each.name for key, each in after.state.people.items() if key not in known]
    if named:
        yield f"People named: {listed(named)}"
    for each in now.imports[len(was.imports) :]:
        yield f"Imported: {each.file}"
    undone = {each.id for each in was.imports if each.undone_at}
    for each in now.imports:
        if each.undone_at and each.id not in undone:
            yield f"Import undone: {each.file}"
    issued = now.papers[len(was.papers) :]
    if issued:
        yield f"Papers issued: {listed([each.reference for each in issued])}"


def technology_diff(before: Reader, after: Reader, technology_id: str) -> TechnologyDiff | None:
    """What changed about one technology, or `None`. It must be in the later register."""
    now = after.state.technologies.header(technology_id)
    if technology_id not in before.state.technologies:
        entered = _said("entered", f"Entered, now {stage_name(after, now.stage)}")
        return TechnologyDiff(now.id, now.label, now.name, "new", (entered,))
    was = before.state.technologies.header(technology_id)
    changes = list(_by_the_calendar(before, was, after, now))
    if was.revision != now.revision:
        old, new = (each.state.technologies[technology_id] for each in (before, after))
        changes = [*_changes(before, sealed(old), after, sealed(new)), *changes]
    if not changes:
        return None
    return TechnologyDiff(now.id, now.label, now.name, "changed", tuple(changes))


def _by_the_calendar(
    before: Reader, was: TechnologyHeader, after: Reader, now: TechnologyHeader
) -> Iterator[Change]:
    """What changes without anybody doing anything: approvals lapse, days pass."""
    stood, stands = (
        standing(each.framework, header, each.today)
        for each, header in ((before, was), (after, now))
    )
    if stood.words != stands.words:
        kinds = (stood.kind.capitalize(), stands.kind.capitalize())
        said = f"from {kinds[0]} to {kinds[1]}"
        if kinds[0] == kinds[1]:
            said = f"still {stands.kind}, on other grounds"
        words = f"Standing: from {stood.words} to {stands.words}"
        yield Change("standing", words, f"Standing: {said}")
    late = {each.words for each in deadlines(before.framework, was, before.today) if each.overdue}
    for each in deadlines(after.framework, now, after.today):
        if each.overdue and each.words not in late:
            yield _said("overdue", f"Became overdue: {each.words}")


def _changes(before: Reader, old: Technology, after: Reader, new: Technology) -> Iterator[Change]:
    """What people recorded, in the order in which they look at it."""
    if old.stage != new.stage:
        yield _from_to("stage", stage_name(before, old.stage), stage_name(after, new.stage))
    yield from _details(before, old, after, new)
    if new.ended_reason and new.ended_reason != old.ended_reason:
        yield Change("ended", f"Ended: {new.ended_reason}", "Ended")
    yield from _links(after, old, new)
    if old.review_by != new.review_by:
        yield _from_to("review date", *(_day(each.review_by) for each in (old, new)))
    if old.triage != new.triage:
        looked = "First look: {}" if new.triage else "First look taken back"
        yield _said("triage", looked.format(new.triage.words if new.triage else ""))
    yield from _facts(after, old, new)
    yield from _scores(before, old, after, new)
    yield from _answers(old, new)
    statuses = [each.reading(new.id).status.status for each in (before, after)]
    if statuses[0] != statuses[1]:
        yield _from_to("status", *statuses)
    yield from _sources(old, new)
    held = {each.id for each in old.evidence}
    for evidence in new.evidence:
        if evidence.id not in held:
            named = f"Evidence {evidence.id}"
            yield Change("evidence", f"{named}: {evidence.title}", f"{named} attached")
    yield from _decisions(after, old, new)
    yield from _reopenings(after, old, new)


def _links(after: Reader, old: Technology, new: Technology) -> Iterator[Change]:
    """Which entries took its place, or turned out to be the same or another."""
    if new.merged_into != old.merged_into:
        if new.merged_into:
            yield _said("merged", f"Merged into {after.label(new.merged_into)}")
        else:
            yield _said("merged", "Stands for itself again")
    elif new.superseded_by and not old.superseded_by:
        yield _said("ended", f"Superseded by {after.label(new.superseded_by)}")
    for key in new.merged:
        if key not in old.merged:
            yield _said("merged", f"{after.label(key)} was merged into it")
    for key in old.merged:
        if key not in new.merged:
            yield _said("merged", f"{after.label(key)} was taken out of it again")
    for key in new.different_from:
        if key not in old.different_from:
            yield _said("different", f"Said not to be the same as {after.label(key)}")


def _sources(old: Technology, new: Technology) -> Iterator[Change]:
    """Where it was seen, and what an import's source says of it."""
    held, now = ({e.origin for e in each.sightings if e.origin} for each in (old, new))
    for sighting in new.sightings:
        if sighting not in old.sightings:
            changed = " changed at its source" if sighting.origin in held else ""
            yield _seen(sighting, changed)
    for sighting in old.sightings:
        if sighting not in new.sightings and sighting.origin not in now:
            yield _seen(sighting, " taken out")
    gone = {each.number for each in old.origins if each.gone_on}
    for each in new.origins:
        if each.gone_on and each.number not in gone:
            since = day(each.gone_on)
            words = f"The list {each.source!r} names it no more since {since}"
            yield Change("sighting", words, f"A list names it no more since {since}")


def _seen(sighting: Sighting, what: str) -> Change:
    seen = day(sighting.seen_on)
    return Change(
        "sighting", f"Sighting{what}: {sighting.source}, {seen}", f"Sighting{what} of {seen}"
    )


def _details(before: Reader, old: Technology, after: Reader, new: Technology) -> Iterator[Change]:
    for field in Details.model_fields:
        was, now = getattr(old, field), getattr(new, field)
        if was == now:
            continue
        sort = field.replace("_", " ")
        name = sort.capitalize() if field != "trl" else "TRL"
        how = f"{name}: {'changed' if was and now else 'written' if now else 'emptied'}"
        if field in LONG:
            yield _said(sort, how)
        elif field == "owner":
            people = (before.name(was) if was else "nobody", after.name(now) if now else "nobody")
            yield Change(sort, f"{name}: from {people[0]} to {people[1]}", how)
        else:
            words = f"{name}: from {_plain(was)} to {_plain(now)}"
            yield Change(sort, words, how if field in TYPED else words)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, date):
        return day(value)
    return in_words(str(value)) if value not in (None, "") else "none"


def _facts(after: Reader, old: Technology, new: Technology) -> Iterator[Change]:
    names = after.framework.fact_names
    changed = [
        f"{names[fact].lower()} {new.facts[fact]}"
        for fact in Fact
        if fact in new.facts and new.facts[fact] is not old.facts.get(fact)
    ]
    if changed:
        yield _said("facts", f"Facts: {_some(changed)}")
    tiers = [read_tier(after.framework, each.facts).tier for each in (old, new)]
    if tiers[0] is not tiers[1]:
        yield _from_to("tier", *tiers)


def _scores(before: Reader, old: Technology, after: Reader, new: Technology) -> Iterator[Change]:
    known = {each.number: each for each in old.rounds}
    closed = False
    for each in new.rounds:
        was = known.get(each.number)
        if each.is_closed and (was is None or not was.is_closed):
            closed = True
            yield _said("round", f"Scoring round {each.number} closed")
        elif was is None:
            yield _said("round", f"Scoring round {each.number} opened")
        elif len(each.submissions) > len(was.submissions):
            more = count(len(each.submissions) - len(was.submissions), "assessor")
            yield _said("round", f"Scoring round {each.number}: {more} more submitted")
    if closed:
        first = old.closed_round is None
        text = "none" if first else before.reading(old.id).scores.overall.text
        yield _from_to("score", text, after.reading(new.id).scores.overall.text)


def _answers(old: Technology, new: Technology) -> Iterator[Change]:
    changed = []
    for item, answer in new.answers.items():
        was = old.answers.get(item)
        if was is None:
            changed.append(f"{item} {answer.answer}")
        elif was.answer is not answer.answer:
            changed.append(f"{item} from {was.answer} to {answer.answer}")
    if changed:
        yield _said("answers", f"Answers: {_some(changed)}")


def _decisions(after: Reader, old: Technology, new: Technology) -> Iterator[Change]:
    known: Mapping[str, Decision] = {each.number: each for each in old.decisions}
    for decision in new.decisions:
        was = known.get(decision.number)
        if was is None:
            body = after.framework.route.body(decision.body)
            said = after.framework.route.outcome_name(decision.body, decision.outcome)
            more = count(len(decision.conditions), "condition")
            with_conditions = f", {more}" if decision.conditions else ""
            name = body.name if body else decision.body
            yield _said("decision", f"Decision {decision.number}: {name}, {said}{with_conditions}")
            continue
        if decision.superseded_by and not was.superseded_by:
            did = f"superseded by {decision.superseded_by}"
            yield _said("decision", f"Decision {decision.number} {did}")
        if decision.ratified is not None and was.ratified is None:
            where = decision.ratified.meeting
            yield _said("decision", f"Decision {decision.number} ratified at {where}")
        if decision.lapsed is not None and was.lapsed is None:
            where = decision.lapsed.meeting
            yield _said("decision", f"Decision {decision.number} lapsed, not ratified at {where}")
        for condition, earlier in zip(decision.conditions, was.conditions, strict=True):
            if condition.discharge is not None and earlier.discharge is None:
                met = day(condition.discharge.on)
                named = f"Condition {condition.number} of {decision.number}"
                yield _said("condition", f"{named} met on {met}")


def _reopenings(after: Reader, old: Technology, new: Technology) -> Iterator[Change]:
    for each in new.reopenings[len(old.reopenings) :]:
        found = after.framework.route.trigger(each.trigger)
        said = f"Reopened on {day(each.on)} ({found.name.lower() if found else each.trigger})"
        yield Change("reopening", f"{said}: {each.reason}", said)


def _some(words: list[str]) -> str:
    if len(words) <= SHOWN:
        return ", ".join(words)
    return f"{', '.join(words[:SHOWN])} and {len(words) - SHOWN} more"


def _said(sort: str, words: str) -> Change:
    """A change whose words quote nobody."""
    return Change(sort, words, words)


def _from_to(sort: str, was: str, now: str) -> Change:
    return _said(sort, f"{sort.capitalize()}: from {was} to {now}")


def _day(value: date | None) -> str:
    return day(value) if value else "none"
