"""One technology of a paper, with everything that was read of it on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from horizon.framework.schema import Framework
from horizon.judgement.gates import GateReading
from horizon.judgement.holding import why_not_now
from horizon.judgement.reading import Reading, read
from horizon.model.decision import Condition, Decision
from horizon.model.technology import Technology
from horizon.model.wording import count, day, listed
from horizon.papers.agenda import gates_for, lapses, still_stands, to_ratify
from horizon.papers.blocks import Tone
from horizon.papers.status_words import standing_tone
from horizon.register.reader import Reader
from horizon.register.record_case import moment as moment


@dataclass(frozen=True, slots=True)
class Item:
    """A technology in a paper. `gates` are those at which the paper's body decides next, `lapses`
    say why what that body approved no longer holds, `to_ratify` is what it decided between
    meetings. `standing` are decisions of its own at those gates that need no other."""

    annex: int
    technology: Technology
    reading: Reading
    gates: tuple[GateReading, ...]
    lapses: tuple[str, ...]
    to_ratify: tuple[Decision, ...]
    standing: tuple[str, ...]

    @property
    def named(self) -> str:
        """`Fraud report triage (T-0001)`."""
        return f"{self.technology.name} ({self.technology.label})"

    @property
    def missing(self) -> int:
        """How many things the gates ask for that are not there."""
        return sum(len(each.missing) for each in self.gates)

    @property
    def is_ready(self) -> bool:
        """Whether it is before this body and nothing its gates ask for is missing."""
        return bool(self.gates) and not self.missing

    @property
    def is_for_decision(self) -> bool:
        """Whether there is anything here that the body is to decide, beside what it ratifies."""
        return bool(self.gates or self.lapses)

    @property
    def crossed(self) -> str:
        """The red lines that are crossed, in words, or nothing."""
        ids = [each.item.id for each in self.reading.checklist.red_lines if each.line == "crossed"]
        if not ids:
            return ""
        return f"red line{'s' if len(ids) > 1 else ''} {listed(ids)} {_are(len(ids))} crossed"

    @property
    def lapsed(self) -> bool:
        """Whether it is where it needs an approval, and has none that holds."""
        return standing_tone(self.reading.standing) is Tone.BAD

    @property
    def at_gates(self) -> str:
        """`gate G2 (Ethics, for a trial)`."""
        return listed(
            [f"gate {each.gate.id} ({uncapitalised(each.gate.name)})" for each in self.gates]
        )

    @property
    def only_lapsed(self) -> bool:
        """Whether it is here for no gate, but for an approval of the body that no longer holds."""
        return bool(self.lapses) and not self.gates

    @property
    def readiness(self) -> tuple[str, Tone]:
        """How it stands before this body's gate, and how heavily that weighs."""
        if self.only_lapsed:
            return "Approval lapsed", Tone.BAD
        if not self.gates:
            return ("To ratify", Tone.CARE) if self.to_ratify else ("To note", Tone.PLAIN)
        if self.is_ready:
            return "Ready", Tone.GOOD
        return f"{self.missing} missing", Tone.CARE


@dataclass(frozen=True, slots=True)
class DueCondition:
    """A condition nobody has discharged, with the decision that set it."""

    item: Item
    decision: Decision
    condition: Condition


def items(
    register: Reader,
    technologies: tuple[Technology, ...],
    body_id: str,
    as_at: date,
    meeting_on: date,
) -> tuple[Item, ...]:
    """The technologies of a paper, read on the day `as_at`, with annexes numbered from 1."""
    framework, on = register.framework, max(as_at, meeting_on)

    def item(annex: int, technology: Technology) -> Item:
        gates = tuple(gates_for(register, technology, body_id, as_at, meeting_on))
        stand = (still_stands(framework, technology, body_id, each.gate, on) for each in gates)
        return Item(
            annex=annex,
            technology=technology,
            reading=read(framework, technology, as_at),
            gates=gates,
            lapses=lapses(framework, technology, body_id, as_at),
            to_ratify=to_ratify(register, technology, body_id, on),
            standing=tuple(filter(None, stand)),
        )

    return tuple(item(number, each) for number, each in enumerate(technologies, 1))


def undischarged(found: tuple[Item, ...]) -> list[DueCondition]:
    """The conditions of standing decisions that nobody has discharged, earliest due first."""
    due = [
        DueCondition(item, decision, condition)
        for item in found
        for decision in item.technology.decisions
        if decision.superseded_by is None
        for condition in decision.conditions
        if condition.discharge is None
    ]
    return sorted(due, key=lambda each: (each.condition.due, each.decision.number))


def uncapitalised(text: str) -> str:
    """`text` as it reads within a sentence: a first capital goes, a name in capitals stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def condition_state(condition: Condition, as_at: date) -> tuple[str, Tone]:
    """What has become of a condition, in words."""
    if condition.discharge is not None:
        return f"Discharged on {day(condition.discharge.on)}", Tone.GOOD
    if condition.is_overdue(as_at):
        late = (as_at - condition.due).days
        return f"Overdue by {count(late, 'day')}", Tone.BAD
    return f"Due {day(condition.due)}", Tone.PLAIN


def what_became(technology: Technology, decision: Decision, as_at: date) -> str:
    """What has become of a decision on the day `as_at`: superseded, expired, lapsed, why else it
    is no approval, or until when it holds. Empty where it has no end."""
    if decision.superseded_by is not None:
        return f"Superseded by {decision.superseded_by}"
    if decision.has_expired(as_at) and decision.expires_on:
        return f"Expired on {day(decision.expires_on)}"
    if decision.is_unratified(as_at):
        return "Lapsed, as it was not ratified"
    approves = decision.effect.approves and decision.phase is not None
    if approves and (why := why_not_now(technology, decision, as_at)):
        return f"Reads as not approved: {why}"
    return f"Until {day(decision.expires_on)}" if decision.expires_on else ""


def outcome_name(register: Reader, decision: Decision) -> str:
    """The outcome in the words of the framework the decision was made under."""
    route = _framework(register, decision).route
    return route.outcome_name(decision.body, decision.outcome)


def _framework(register: Reader, decision: Decision) -> Framework:
    held = decision.on_the_table.framework in register.state.frameworks
    return register.framework_of(decision.on_the_table.framework) if held else register.framework


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
