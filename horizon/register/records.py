"""The record of one decision, whole and in words: for an audit, a judicial review, a request for
information.

It answers who decided what, when, on which evidence, under which rules, who disagreed, and what
happened to each condition (domain reference 4.4). It knows no terminal and no paper: screens,
commands and papers set the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from horizon.judgement.holding import why_not
from horizon.model.bringing import SEVERAL
from horizon.model.decision import Decision
from horizon.model.errors import BadInput
from horizon.model.events import DecisionRecorded
from horizon.model.technology import Technology
from horizon.register import record_grounds as grounds
from horizon.register import record_outcome as outcome
from horizon.register.ledger import Ledger
from horizon.register.reader import Reader
from horizon.register.record_case import Case, moment
from horizon.register.telling_parts import Part, Said, Weight

__all__ = [
    "Part",
    "Record",
    "Said",
    "Seal",
    "Weight",
    "find_decision",
    "is_number",
    "read_record",
    "record_of",
    "seal_of",
]

_NUMBER = re.compile(r"^\s*([A-Za-z]+)\s*[/ ]\s*([0-9]{4})\s*[/ ]\s*0*([0-9]+)\s*$")


@dataclass(frozen=True, slots=True)
class Seal:
    """Where the journal holds the record, and whether what was on the table still has its hash.

    `digest` was taken when the decision was recorded, `found` is taken now; it is empty where not
    all that was on the table is shown. `seq`, `line` and `line_hash` are of the event in the
    journal.
    """

    digest: str
    found: str
    seq: int
    line: int
    line_hash: str

    @property
    def fits(self) -> bool:
        return self.digest == self.found


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one decision. `state` says in a few words how it stands on the day it was read
    on, `holds` whether it is an approval that holds."""

    decision: Decision
    technology: Technology
    as_at: date
    title: str
    state: Said
    holds: bool
    seal: Seal
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part:
        """The part with this key: `evidence`, `conditions`, ... Raises `KeyError` for none."""
        return {each.key: each for each in self.parts}[key]


def read_record(register: Ledger, number: str, *, as_at: date | None = None) -> Record:
    """The record of the decision with this number, read on the day `as_at` (today unless given).

    Raises `BadInput` when there is none.
    """
    return record_of(register, number, seal_of(register, number), as_at=as_at)


def record_of(register: Reader, number: str, seal: Seal, *, as_at: date | None = None) -> Record:
    """The same for a register whose journal is not at hand: `seal` says where it holds the
    record."""
    technology, decision = find_decision(register, number)
    day = as_at or register.today
    case = Case.of(register, technology, decision, day)
    return Record(
        decision=decision,
        technology=technology,
        as_at=day,
        title=f"{decision.number}: {case.outcome}, {technology.name} ({technology.label})",
        state=outcome.state(case),
        holds=decision.effect.approves
        and decision.superseded_by is None
        and not why_not(decision, day)
        and not outcome.suspended(case),
        seal=seal,
        parts=tuple(each for each in (*_parts(case), _proof(case, seal)) if each.said),
    )


def _parts(case: Case) -> tuple[Part, ...]:
    """Every part but the proof, in the order in which people ask."""
    return (
        outcome.decided(case),
        outcome.since(case),
        outcome.flags(case),
        outcome.conditions(case),
        grounds.reasons(case),
        grounds.disagreement(case),
        grounds.room(case),
        grounds.weighed(case),
        grounds.evidence(case),
        grounds.table(case),
        grounds.rules(case),
        grounds.publication(case),
    )


def is_number(text: str) -> bool:
    """Whether a text is the number of a decision, as people write one: `aisg/2026/14`."""
    return _NUMBER.match(text) is not None


def find_decision(register: Reader, number: str) -> tuple[Technology, Decision]:
    """The decision with this number, and the technology it is about.

    Zeros before the last part and the case of letters do not matter. Raises `BadInput`, which says
    which numbers there are, or that the decision was erased.
    """
    match = _NUMBER.match(number)
    wanted = f"{match[1].upper()}/{match[2]}/{int(match[3]):03d}" if match else number.strip()
    known: list[str] = []
    for header in register.state.technologies.headers():
        for each in header.decisions:
            if wanted.upper() in (each.number.upper(), *each.recorded_as.upper().split(SEVERAL)):
                technology = register.state.technologies[header.id]
                decision = technology.decision(each.number)
                assert decision is not None
                return technology, decision
            known.append(each.number)
    series, _, last = wanted.rpartition("/")
    if last.isdigit() and 0 < int(last) <= register.state.head.decision_numbers.get(series, 0):
        raise BadInput(
            f"{wanted} was recorded, and what it said has been erased",
            do="See who erased it and why with: horizon history",
        )
    near = sorted(each for each in known if each.startswith(f"{wanted.partition('/')[0].upper()}/"))
    use = near[-5:] or sorted(known)[-5:]
    raise BadInput(
        f"There is no decision {number!r} in the register",
        do=f"Use one such as: {', '.join(use)}" if use else "None is recorded yet",
    )


def seal_of(register: Ledger, number: str) -> Seal:
    """Where the journal holds a decision, and whether it still has its hash. Raises `BadInput` when
    there is none of that number."""
    technology, decision = find_decision(register, number)
    seq = line = 0
    line_hash = ""
    for at, commit in register.history(technology.id):
        for event in commit.events:
            if event.kind != DecisionRecorded.kind or event.subject != technology.id:
                continue
            payload = event.payload()
            if isinstance(payload, DecisionRecorded) and payload.decision.number == decision.number:
                seq, line, line_hash = event.seq, at, commit.hash
    found = decision.on_the_table.fingerprint
    if register.store.partial and found != decision.digest:
        found = ""
    return Seal(
        digest=decision.digest,
        found=found,
        seq=seq,
        line=line,
        line_hash=line_hash,
    )


def _proof(case: Case, seal: Seal) -> Part:
    register = case.register
    fits = Said("It fits: nothing of what was on the table has changed", "Check", (), Weight.GOOD)
    if not seal.found:
        fits = Said("Only the force that decided can: not all of it is shown here", "Check")
    elif not seal.fits:
        wrong = f"What is here now has the hash {seal.found}"
        fits = Said("It does not fit", "Check", (wrong,), Weight.BAD)
    place = f"Event {seal.seq}, line {seal.line} of the journal"
    if not seal.seq:
        place = "The journal that it was recorded in is not here"
    said = [
        Said(seal.digest, "Hash", notes=("SHA-256 of all that was on the table",)),
        fits,
        Said(place, "Recorded as"),
        Said(case.decision.recorded_as, "Number in the copy"),
        Said(seal.line_hash, "Line's hash"),
        *_signatures(case),
        Said(register.state.head.name, "Register"),
        Said(register.state.head.paper_hash, "Register head"),
    ]
    return Part("proof", "Proof", tuple(each for each in said if each.text))


def _signatures(case: Case) -> Iterator[Said]:
    """Who signed the record, as the journal has it. Whether a signature holds depends on the file
    of allowed signers, so that is not said here."""
    if not case.decision.signatures:
        yield Said("Unsigned", "Signature")
    for each in case.decision.signatures:
        notes = [f"{moment(each.at)}. Whether it holds: horizon verify"]
        if each.by != case.decision.by:
            notes.append(f"Recorded by {case.name(case.decision.by)}, signed by somebody else")
        yield Said(f"Signed by {case.name(each.by)} with key {each.key}", "Signature", tuple(notes))
