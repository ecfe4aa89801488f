"""Does everything add up: the chain, the snapshot against the journal, each record, each reference.

What a clean result proves: nobody changed, removed or inserted a line without also rebuilding
every later line. A rebuilt or shortened journal is caught against a head hash written down
elsewhere, which is why board papers print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from horizon.framework.loading import from_copy
from horizon.framework.schema import Framework
from horizon.model.brought_events import RegisterRecovered
from horizon.model.decision import Decision
from horizon.model.envelope import Commit, Event
from horizon.model.errors import BadInput, NotUnderstood
from horizon.model.events import DataErased
from horizon.model.fold import HORIZON, apply
from horizon.model.formats import refuse_unreadable
from horizon.model.meeting import Meeting
from horizon.model.state import Head, State
from horizon.model.technology import Technology
from horizon.register import opening
from horizon.register.checking_brought import CheckingBrought
from horizon.register.inputs import said
from horizon.register.signatures import Gathered, Signatures, check
from horizon.store.interface import Fault, Heard, Store
from horizon.store.older import formats_in
from horizon.store.places import Place
from horizon.store.stores import store_at


@dataclass(frozen=True, slots=True)
class Verification:
    """What verification found. `head` is the hash that papers print; `faults` is empty when all
    is well. `line` 0 in a fault stands for register.json. `framework` is the one in use, where the
    journal adds up.

    `decisions` are those of the journal with their signatures, `signatures` what became of these:
    `None` until somebody checks them (`with_signatures`).
    """

    faults: tuple[Fault, ...]
    head: str
    events: int
    technologies: int
    notices: tuple[str, ...] = ()
    framework: Framework | None = None
    decisions: Gathered = field(default_factory=Gathered)
    signatures: Signatures | None = None


def verify(path: Place, heard: Heard = lambda line: None) -> Verification:
    """Check the register at `path`, all of it. Changes nothing.

    `heard` is told of each line of the journal when it was looked at, and again when it was
    folded. Raises `BadInput` when there is no register there and `StoreFault` when a file cannot
    be read.
    """
    if not opening.exists(path):
        raise BadInput("There is no register here", where=str(path), do="Check the path")
    store = store_at(path)
    try:
        if store.journal_missing:
            return Verification((_JOURNAL_MISSING,), head="", events=0, technologies=0)
        faults = list(store.faults(heard))
        if faults and any(store.lines()):
            for _, version in formats_in(store.lines()):
                refuse_unreadable(version, store.describe())
        state, events, decisions = State(), 0, Gathered()
        if not faults:
            state, events, found = _replay(store, heard, decisions)
            faults += found
        return Verification(
            tuple(sorted(faults, key=lambda each: each.line)),
            head=state.head.paper_hash,
            events=events,
            technologies=len(state.technologies),
            notices=tuple(store.notices),
            framework=None if faults else _in_use(state),
            decisions=decisions,
        )
    finally:
        store.close()


def with_signatures(found: Verification, allowed: Path | None) -> Verification:
    """The same with every signature checked against the file of allowed signers. What does not hold
    is among the faults. Where the journal itself does not add up, no signature is looked at."""
    if found.faults:
        return found
    signatures = check(found.decisions, allowed)
    return replace(found, faults=signatures.faults, signatures=signatures)


def _in_use(state: State) -> Framework | None:
    copy = state.frameworks.get(state.head.adopted_framework)
    return from_copy(copy.content) if copy else None


@dataclass(frozen=True, slots=True)
class ChainChecked:
    """What a look at the chain alone found, and how many lines it has."""

    faults: tuple[Fault, ...]
    lines: int


def verify_chain(path: Place, heard: Heard = lambda line: None) -> ChainChecked:
    """Check the chain alone: was a line changed, removed, added or moved. Changes nothing.

    Takes little longer than to hash the file, where `verify` also reads what the lines say.
    Raises as `verify` does.
    """
    if not opening.exists(path):
        raise BadInput("There is no register here", where=str(path), do="Check the path")
    store = store_at(path)
    try:
        if store.journal_missing:
            return ChainChecked((_JOURNAL_MISSING,), lines=0)
        lines = 0

        def counted(line: int) -> None:
            nonlocal lines
            lines = line
            heard(line)

        faults = tuple(store.faults(counted, chain_alone=True))
        return ChainChecked(faults, lines)
    finally:
        store.close()


_JOURNAL_MISSING = Fault(0, None, "the journal is missing, so nothing here can be proved")


def _replay(store: Store, heard: Heard, decisions: Gathered) -> tuple[State, int, list[Fault]]:
    """Fold the whole journal, meeting the snapshot at its place on the way."""
    faults: list[Fault] = []
    tables = store.snapshot()
    snapshot: State | None = None
    if tables is not None:
        opening.refuse_newer(store, tables)
        try:
            snapshot = State.from_tables(tables)
        except (ValidationError, KeyError) as error:
            faults.append(Fault(0, None, f"{store.kept_in} does not fit the models: {error}"))
    state, lines, events = State(), {}, 0
    emptied: dict[int, int] = {}
    erasures: list[tuple[int, Event]] = []
    brought = CheckingBrought()
    compared = snapshot is None
    for line, commit in store.history():
        heard(line)
        faults += _strangers(state, line, commit)
        faults += brought.check(line, commit)
        try:
            apply(state, commit)
        except NotUnderstood as error:
            what = f"cannot be understood ({error.kind}): {error.why}"
            return state, events, [*faults, Fault(line, error.seq, what)]
        decisions.take(line, commit)
        events += len(commit.events)
        for event in commit.events:
            lines[event.subject] = line
            if event.is_erased:
                emptied[event.seq] = line
            if event.kind in (DataErased.kind, RegisterRecovered.kind):
                erasures.append((line, event))
        if snapshot is not None and snapshot.head.seq == state.head.seq:
            compared = True
            faults += _differences(store, snapshot, state)
    if not compared and snapshot is not None:
        faults.append(
            Fault(
                0,
                snapshot.head.seq,
                f"{store.kept_in} stands at event {snapshot.head.seq}, which no line of the "
                "journal ends with: the journal was cut, or belongs to another register",
            )
        )
    faults += brought.finish(store.history())
    faults += _erasures(emptied, erasures)
    faults += _records(state, lines)
    faults += _missing_history(state.head)
    return state, events, faults


def _strangers(state: State, line: int, commit: Commit) -> Iterator[Fault]:
    """Events by people whom neither the register nor the line itself names."""
    named = {event.subject for event in commit.events}
    for event in commit.events:
        if event.by not in state.people and event.by not in named and event.by != HORIZON:
            yield Fault(line, event.seq, f"is by {event.by}, whom the register does not know")


def _differences(store: Store, snapshot: State, state: State) -> Iterator[Fault]:
    kept, made = snapshot.tables(), state.tables()
    for table in made:
        for key in sorted(kept[table].keys() | made[table].keys()):
            if kept[table].get(key) != made[table].get(key):
                label = state.technologies.header(key).label if key in state.technologies else key
                yield Fault(
                    0,
                    snapshot.head.seq,
                    f"{store.kept_in} differs from the journal in {table} {label}. "
                    f"The journal counts; {store.mend}",
                )


def _erasures(emptied: dict[int, int], erasures: list[tuple[int, Event]]) -> Iterator[Fault]:
    told: set[int] = set()
    for line, event in erasures:
        data = event.payload()
        if isinstance(data, RegisterRecovered):
            told.update(data.emptied)
        if isinstance(data, DataErased):
            told.update(data.events)
            for seq in data.events:
                if seq not in emptied:
                    yield Fault(
                        line,
                        event.seq,
                        f"says that event {seq} was erased, but its data is still there. "
                        f"Finish it with: horizon erase {seq}",
                    )
    for seq, line in emptied.items():
        if seq not in told:
            yield Fault(line, seq, "has no data, and no event says who erased it and why")


def _missing_history(head: Head) -> Iterator[Fault]:
    if head.lost and not head.history_accepted:
        yield Fault(
            1,
            1,
            f"what was lost of it when it was recovered is not here ({head.lost}) and nobody has "
            "accepted that. Accept it with: horizon verify --accept-history REASON",
        )
    elif head.missing_history and not head.history_accepted:
        yield Fault(
            1,
            1,
            f"the history up to {head.missing_history[:16]} is not here and nobody has accepted "
            "that. Accept it with: horizon verify --accept-history REASON",
        )


def _records(state: State, lines: dict[str, int]) -> Iterator[Fault]:
    frameworks: dict[str, Framework] = {}
    for key, copy in state.frameworks.items():
        try:
            frameworks[key] = from_copy(copy.content)
        except BadInput as error:
            yield Fault(lines.get(key, 0), None, f"holds a framework that does not fit: {error}")
            continue
        if frameworks[key].digest != key:
            yield Fault(lines.get(key, 0), None, f"holds a framework whose digest is not {key}")
    for key, meeting in state.meetings.items():
        for what in _loose_meeting(state, meeting):
            yield Fault(lines.get(key, 0), None, f"{meeting.ref} {what}")
    numbers: dict[str, list[int]] = {}
    for key in state.technologies:
        technology = state.technologies[key]
        line = lines.get(key, 0)
        try:
            Technology.model_validate_json(state.technologies.json(key))
        except ValidationError as error:
            yield Fault(line, None, f"{technology.label} does not fit its model: {said(error)}")
        for what in _loose_ends(state, technology, frameworks):
            yield Fault(line, None, f"{technology.label} {what}")
        for decision in technology.decisions:
            series, _, number = decision.number.rpartition("/")
            numbers.setdefault(series, []).append(int(number))
    if not state.head.erased and not state.head.lost:
        for series, given in numbers.items():
            if sorted(given) != list(range(1, len(given) + 1)):
                yield Fault(0, None, f"the decision numbers of {series} have a gap or a repeat")


def _loose_ends(
    state: State, technology: Technology, frameworks: dict[str, Framework]
) -> Iterator[str]:
    """References of one technology that lead nowhere."""
    for person in people_of(technology):
        if person not in state.people:
            yield f"names {person}, whom the register does not know"
    held = {each.id for each in technology.evidence}
    if not technology.erased:
        for item, answer in technology.answers.items():
            for reference in set(answer.evidence) - held:
                yield f"answers {item} with {reference}, which is not attached"
    used = [answer.framework for answer in technology.answers.values()]
    used += [each.framework for each in technology.rounds]
    used += [each.on_the_table.framework for each in technology.decisions]
    for key in sorted(set(used) - frameworks.keys()):
        yield f"was judged under the framework {key[:16]}, of which there is no copy"
    if technology.superseded_by and technology.superseded_by not in state.technologies:
        yield f"is superseded by {technology.superseded_by}, which is not in the register"
    yield from _loose_links(state, technology)
    known = {each.number for each in technology.decisions}
    meetings = {each.ref for each in state.meetings.values()}
    for decision in technology.decisions:
        if decision.digest != decision.on_the_table.fingerprint:
            yield f"decision {decision.number}: what was on the table does not fit its digest"
        if decision.meeting and decision.meeting not in meetings:
            yield f"decision {decision.number} was made at {decision.meeting}, which is not here"
        if decision.supersedes and decision.supersedes not in known and not technology.erased:
            yield f"decision {decision.number} supersedes {decision.supersedes}, which is not here"


def _loose_links(state: State, technology: Technology) -> Iterator[str]:
    """Other entries that it names, but that are not there or do not say the same."""
    held = state.technologies
    for other in (*technology.merged, *technology.different_from):
        if other not in held:
            yield f"speaks of {other}, which is not in the register"
    for other in technology.merged:
        if other in held and held[other].merged_into != technology.id:
            yield f"took {held.header(other).label} in, which does not say that it was merged"
    into = technology.merged_into
    if into is not None and into in held and technology.id not in held[into].merged:
        yield f"was merged into {held.header(into).label}, which does not say so"


def _loose_meeting(state: State, meeting: Meeting) -> Iterator[str]:
    """References of one meeting that lead nowhere."""
    people = people_at(meeting)
    for item in meeting.items:
        if item.technology and item.technology not in state.technologies:
            yield f"has item {item.number} on {item.technology}, which is not in the register"
    for person in sorted(people - state.people.keys()):
        yield f"names {person}, whom the register does not know"
    if meeting.framework not in state.frameworks:
        yield f"was called under the framework {meeting.framework[:16]}, of which there is no copy"


def people_at(meeting: Meeting) -> set[str]:
    """The ids of everyone whom a meeting names."""
    people = {each.person for each in meeting.attendance}
    for item in meeting.items:
        people.update(each.person for each in item.interests)
        people.update(each.person for each in item.comments)
    return people


def people_of(technology: Technology) -> set[str]:
    """The ids of everyone whom a technology names."""

    def of_decision(decision: Decision) -> Iterable[str]:
        yield decision.by
        yield from (each.person for each in decision.room.attendance)
        yield from (each.person for each in decision.room.interests)
        yield from (each.person for each in decision.dissent if each.person)
        yield from (each.person for each in decision.comments)
        for condition in decision.conditions:
            yield condition.owner
        for override in decision.overrides:
            yield override.siro

    found = {*technology.proposers, *(answer.by for answer in technology.answers.values())}
    if technology.owner:
        found.add(technology.owner)
    for each in technology.rounds:
        found.update((each.opened_by, *each.assessors))
    found.update(each.owner for each in technology.evidence if each.owner)
    for decision in technology.decisions:
        found.update(of_decision(decision))
    return found
