"""One illustrative technology's way through the register, by the same commands that people use.

A journey knows nothing of the framework's content: it asks each gate what it needs, supplies that
as its entry says, and goes on until it stands where the entry says it should. The same code walks
every tier's route, so it also shows that each route can be walked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from horizon.framework.route import Body, Gate, Outcome, Transition
from horizon.framework.schema import Framework
from horizon.judgement.deadlines import add_months
from horizon.judgement.facts import applies
from horizon.judgement.recording import touched
from horizon.judgement.sources import lacking_sources
from horizon.judgement.tiers import read_tier
from horizon.model.assessment import Score
from horizon.model.events import AnswerGiven
from horizon.model.facts import Fact
from horizon.model.record import Advice, Considerations
from horizon.model.technology import Sighting, Technology
from horizon.model.words import AnswerValue, Effect, EvidenceGrade, Phase, SourceType
from horizon.register import ConditionInput, Register
from tests.example.committees import SECRETARY, convened, meeting_day, put_on_agenda
from tests.example.notes import noted

ASSESSORS = ("Asha Example", "Ben Example")

CONSIDERED = Considerations(
    options=("Do nothing", "Go on by hand with more people", "Try this"),
    legal_basis="Illustrative: the power and condition that Legal named.",
    proportionality="Illustrative: the effect on people is limited and watched.",
    equality="Illustrative: the equality impact assessment was looked at.",
    dpo_advice=Advice(given="Illustrative: proceed with the measures named.", followed="yes"),
    independent_advice=Advice(given="Illustrative: support with advice.", followed="yes"),
    trade_offs="Illustrative: speed against more checking by people.",
)

Steps = Iterator[date]
"""A journey yields the day of its next action before it takes it, so that journeys interleave."""


class ScriptClock:
    """A clock that stands where the script puts it and goes forward a minute with each look."""

    def __init__(self, day: date) -> None:
        self.moment = datetime.combine(day, time(9), tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment

    def forward_to(self, day: date) -> None:
        self.moment = max(self.moment, datetime.combine(day, time(9), tzinfo=UTC))


class Journey:
    """The steps of one entry of `technologies.toml`."""

    def __init__(self, register: Register, entry: dict[str, Any]) -> None:
        self.register, self.entry = register, entry
        self.day: date = entry["start"]
        self.pace = timedelta(days=entry.get("pace", 12))
        self.id = ""

    @property
    def framework(self) -> Framework:
        return self.register.framework

    @property
    def technology(self) -> Technology:
        return self.register.technology(self.id)

    def steps(self) -> Steps:
        """Every action in turn, each preceded by the day on which it happens."""
        yield self.day
        self._enter()
        yield from self._next_day()
        self._set_facts()
        target = self.entry.get("to", self.technology.stage)
        for stage in self._stages_to(target):
            yield from self._go(stage)
        yield from self._afterwards()

    def _next_day(self, body: str = "") -> Steps:
        """Some days on, and from there to the body's next day of meeting."""
        self.day = meeting_day(body, self.day + self.pace)
        yield self.day

    def _enter(self) -> None:
        entry = self.entry
        details = {
            key: entry[key]
            for key in ("name", "kind", "supplier", "summary", "problem", "aliases", "regime")
            if key in entry
        }
        details["owner"] = entry.get("owner", "")
        self.register.acting = "Farah Example"
        if "legacy" in entry:
            legacy = entry["legacy"]
            self.id = self.register.enter_legacy(**details, **legacy).id
        else:
            self.id = self.register.propose(**details).id
        for seen in entry.get("sightings", []):
            self.register.add_sighting(self.id, Sighting.model_validate(seen))

    def _set_facts(self) -> None:
        yes, unknown = self.entry.get("yes"), self.entry.get("unknown", [])
        if yes is None:
            return
        values = {fact: "yes" if fact in yes else "no" for fact in Fact}
        values |= dict.fromkeys(unknown, "unknown")
        self.register.set_facts(self.id, values)

    def _stages_to(self, target: str) -> list[str]:
        """The shortest way along the route from where the technology stands."""
        route = self.framework.route
        ways: list[list[str]] = [[self.technology.stage]]
        for way in ways:
            if way[-1] == target:
                return way[1:]
            onward = [each.to for each in route.ways_from(way[-1]) if each.origin != "*"]
            onward += [each.to for each in route.ways_from(way[-1]) if each.to == target]
            ways += [[*way, to] for to in onward if to not in way]
        raise ValueError(f"there is no way to {target}")

    def _go(self, stage: str) -> Steps:
        way = next(
            each for each in self.framework.route.ways_from(self.technology.stage)
            if each.to == stage
        )  # fmt: skip
        yield from self._next_day()
        if way.after == "reject":
            yield from self._reject(way)
        elif way.gate:
            gate = self._gate(way.gate)
            yield from self._prepare(gate)
            for body in self._deciders(gate, way):
                yield from self._next_day(body)
                self._approve(gate, body)
        self.register.acting = "Farah Example"
        self.register.move(self.id, stage)

    def _gate(self, gate_id: str) -> Gate:
        gate = self.framework.route.gate(gate_id)
        assert gate is not None
        return gate

    def _months_to_review(self) -> int:
        tier = read_tier(self.framework, self.technology.facts).tier
        return self.framework.tier_depth(tier).review_months

    def _depth(self) -> int:
        return read_tier(self.framework, self.technology.facts).tier.depth

    def _deciders(self, gate: Gate, way: Transition) -> list[str]:
        asked = [
            each.body
            for each in gate.decisions
            if each.gate == gate.id and each.from_tier.depth <= self._depth()
        ]
        return asked or (list(gate.bodies[:1]) if way.after == "approve" else [])

    def _prepare(self, gate: Gate) -> Steps:
        """Supply what a gate needs, what earlier gates' decisions need first."""
        for asked in gate.decisions:
            here = asked.gate == gate.id or asked.from_tier.depth > self._depth()
            if not here and not self._decided(asked.body, asked.gate):
                earlier = self._gate(asked.gate)
                yield from self._prepare(earlier)
                yield from self._next_day(asked.body)
                self._approve(earlier, asked.body)
                yield from self._next_day()
        self.register.acting = "Farah Example"
        if "two_sources" in gate.needs and lacking_sources(self.technology.sightings):
            self._sponsor()
        self._amend(gate)
        self._attach(gate)
        self._answer(gate)
        yield from self._score(gate)

    def _decided(self, body: str, gate: str) -> bool:
        return any(
            (each.body, each.gate) == (body, gate) and each.effect.approves
            for each in self.technology.decisions
        )

    def _sponsor(self) -> None:
        """Somebody in the force stands up for what has one source so far."""
        owner = self.entry.get("owner", "Farah Example")
        seen = Sighting(
            source=f"Sponsored by {owner}", source_type=SourceType.INTERNAL, seen_on=self.day
        )
        self.register.add_sighting(self.id, seen)

    def _amend(self, gate: Gate) -> None:
        wanted = {
            need: self.entry[need]
            for need in ("time_horizon", "trl", "posture")
            if need in gate.needs and need in self.entry
        }
        if wanted:
            self.register.amend(self.id, wanted, reason="Triage")
        if "review_date" in gate.needs and self.technology.review_by is None:
            review = self.entry.get("review_by", add_months(self.day, 12))
            self.register.set_review(self.id, review, reason="Set at triage")

    def _attach(self, gate: Gate) -> None:
        held = {each.document for each in self.technology.evidence}
        names = {each.id: each.name for each in self.framework.route.documents}
        for asked in gate.documents:
            if asked.from_tier.depth <= self._depth() and asked.document not in held:
                trial = asked.document == "trial-protocol"
                self._evidence(
                    names[asked.document],
                    document=asked.document,
                    ends_on=add_months(self.day, 5) if trial else None,
                )

    def _evidence(self, title: str, **more: Any) -> str:
        evidence = self.register.attach_evidence(
            self.id,
            title=f"{title}: {self.technology.name}",
            version="1.0",
            dated=self.day,
            owner=self.entry.get("owner", ""),
            location="Illustrative: no such document exists",
            **more,
        )
        return evidence.id

    def _answer(self, gate: Gate) -> None:
        if not {"core_answered", "checklist"} & set(gate.needs):
            return
        core = "checklist" not in gate.needs
        given: dict[str, AnswerGiven] = {}
        for item in self.framework.items.values():
            wanted = applies(item.applies, self.technology.facts).yes and (item.core or not core)
            held = self.technology.answers.get(item.id)
            settled = held is not None and held.answer is not AnswerValue.UNKNOWN
            if not wanted or settled:
                continue
            said = self.entry.get("answers", {}).get(item.id, "unknown" if core else "yes")
            value, _, note = said.partition(": ")
            given[item.id] = AnswerGiven(
                answer=AnswerValue(value),
                note=note,
                evidence=(self._support(),) if value in ("yes", "partly") else (),
            )
        if given:
            self.register.acting = ASSESSORS[0]  # nobody clears a red line of what they proposed
            self.register.answer(self.id, given)
            self.register.acting = "Farah Example"

    def _support(self) -> str:
        """The evidence that answers rest on: the first reference, attached when there is none."""
        evidence = self.technology.evidence
        return evidence[0].id if evidence else self._evidence("Assessment notes")

    def _score(self, gate: Gate) -> Steps:
        if not {"minimums", "round_closed"} & set(gate.needs):
            return
        if gate.phase and any(each.is_closed for each in self.technology.rounds):
            latest = self.technology.rounds[-1]
            if latest.opened_at[:10] >= (self.day - 4 * self.pace).isoformat():
                return
        if not self.register.gate(self.id, gate.id).missing:
            return
        depth = self.framework.tier_depth(read_tier(self.framework, self.technology.facts).tier)
        assessors = ASSESSORS[: depth.assessors]
        self.register.acting = "Farah Example"
        self.register.open_round(self.id, assessors)
        for number, name in enumerate(assessors):
            yield from self._next_day()
            self.register.acting = name
            self.register.submit_scores(self.id, self._scores(number))
        self.register.acting = "Farah Example"
        self.register.close_round(self.id)

    def _scores(self, assessor: int) -> dict[str, Score]:
        level, grade = self.entry.get("level", 4), EvidenceGrade(self.entry.get("grade", "B"))
        special = self.entry.get("scores", {})
        scores = {}
        for criterion, asked in self.framework.criteria.items():
            # Some spread, the same each time: a step up or down where no gate is at stake.
            spread = sum(map(ord, self.technology.name + criterion)) % 3 - 1
            value = special.get(criterion, min(5, level + (0 if asked.gates else spread)))
            if assessor and criterion in self.entry.get("disputed", []):
                value = max(0, value - 2)
            if value >= 0:
                scores[criterion] = Score(
                    value=value,
                    grade=grade if asked.gates else EvidenceGrade("ABC"[value % 3]),
                    note=noted(self.technology.name, criterion, value, assessor),
                )
        return scores

    def _approve(self, gate: Gate, body_id: str) -> None:
        body = self._body(body_id)
        conditions = self.entry.get("conditions", {}).get(f"{body_id}@{gate.id}", [])
        effect = Effect.APPROVE_WITH_CONDITIONS if conditions else Effect.APPROVE
        expires = add_months(self.day, gate.life_months) if gate.life_months else None
        self._decide(
            gate,
            body,
            self._outcome(body, effect, gate),
            reasons=self.entry.get("reasons", "The gate is passed and the benefit is plausible."),
            conditions=[
                ConditionInput(
                    text=each["text"],
                    owner=each["owner"],
                    due=each["due"],
                    evidence_needed=each["evidence_needed"],
                )
                for each in conditions
            ],
            expires_on=expires,
            review_by=add_months(self.day, self._months_to_review())
            if gate.phase is Phase.ADOPTION
            else None,
        )

    def _body(self, body_id: str) -> Body:
        body = self.framework.route.body(body_id)
        assert body is not None
        return body

    def _outcome(self, body: Body, effect: Effect, gate: Gate) -> Outcome:
        """The first outcome with this effect; at later gates the last, which recommends onward."""
        fitting = [each for each in body.outcomes if each.effect is effect]
        return fitting[-1] if gate.phase and body.authority == "recommends" else fitting[0]

    def _decide(self, gate: Gate, body: Body, outcome: Outcome, **more: Any) -> None:
        """Have the body meet, put the technology on its agenda, and record what it decided."""
        meeting = "" if more.get("chair") else convened(self.register, body.id, self.day)
        item = put_on_agenda(self.register, meeting, self.id) if meeting else None
        self.register.acting = SECRETARY
        self.register.decide(
            self.id,
            body=body.id,
            gate=gate.id,
            outcome=outcome.id,
            decided_on=self.day,
            meeting=meeting,
            item=item,
            considered=CONSIDERED,
            item_reasons={
                each.item.id: (each.answer.note if each.answer else "") or "As minuted."
                for each in touched(self.framework, self.technology, gate)
            },
            **{
                **more,
                "reasons": f"Illustrative decision. {more['reasons']}",
                **self.entry.get("record", {}).get(f"{body.id}@{gate.id}", {}),
            },
        )

    def _reject(self, way: Transition) -> Steps:
        gates = [way.gate] if way.gate else list(self.register.gates_here(self.id))
        for gate_id in gates:
            gate = self._gate(gate_id)
            for body_id in gate.bodies:
                body = self._body(body_id)
                if any(each.effect is Effect.REJECT for each in body.outcomes):
                    self.day = meeting_day(body_id, self.day)
                    yield self.day
                    self._decide(
                        gate,
                        body,
                        self._outcome(body, Effect.REJECT, gate),
                        reasons=self.entry["reasons"],
                    )
                    return
        raise ValueError("no body here can reject")

    def _afterwards(self) -> Steps:
        """What happens once the technology stands where it should."""
        for later in self.entry.get("later", []):
            self.day = max(self.day, later["on"])
            yield self.day
            if later["do"] == "prepare":
                yield from self._prepare(self._gate(later["gate"]))
            else:
                self._later(later)

    def _later(self, later: dict[str, Any]) -> None:
        self.register.acting = later.get("by", "Farah Example")
        match later["do"]:
            case "answer":
                self._answer(self._gate(later["gate"]))
            case "score":
                self.register.open_round(self.id, later["assessors"])
                for name in later.get("submitted", []):
                    self.register.acting = name
                    self.register.submit_scores(self.id, self._scores(0))
            case "decide":
                body = self._body(later["body"])
                outcome = next(each for each in body.outcomes if each.id == later["outcome"])
                more = {key: later[key] for key in ("chair", "review_by") if key in later}
                gate = self._gate(later["gate"])
                self._decide(gate, body, outcome, reasons=later["reasons"], **more)
            case "reopen":
                self.register.reopen(
                    self.id,
                    trigger=later["trigger"],
                    reason=later["reason"],
                    items=later.get("items", []),
                )
            case "move":
                self.register.move(self.id, later["stage"])
            case "discharge":
                evidence = self._evidence(later["evidence"])
                decision = self.technology.decisions[-1].number
                for each in self.technology.decisions:
                    if each.conditions:
                        decision = each.number
                self.register.discharge(
                    self.id,
                    decision=decision,
                    condition=later["condition"],
                    body=later["body"],
                    on=self.day,
                    evidence=[evidence],
                )
            case "withdraw":
                self.register.withdraw(self.id, reason=later["reason"])
            case "supersede":
                self.register.supersede(self.id, later["successor"], reason=later["reason"])
            case other:
                raise ValueError(f"no such step: {other}")
