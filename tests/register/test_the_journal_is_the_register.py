"""Whatever people do, the register is what its events add up to."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from horizon.framework.loading import shipped
from horizon.intake.choices import WhenAlike
from horizon.model.assessment import Score
from horizon.model.errors import HorizonError
from horizon.model.events import AnswerGiven
from horizon.model.facts import Fact, FactValue
from horizon.model.fold import fold
from horizon.model.technology import Sighting
from horizon.model.words import AnswerValue, EvidenceGrade, Kind, SourceType
from horizon.register import ConditionInput, Register
from horizon.register.checking import verify
from horizon.register.inputs import ItemInput
from horizon.register.opening import replay
from tests.clocks import StandingClock
from tests.intake.using import loaded

TODAY = date(2026, 11, 24)
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
people = st.sampled_from(["Asha Example", "Ben Example", "Carys Example"])
days = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
items = st.sampled_from(sorted(shipped().items))
criteria = st.sampled_from(sorted(shipped().criteria))
stages = st.sampled_from([each.id for each in shipped().route.stages])
triggers = st.sampled_from([each.id for each in shipped().route.triggers])
gates = st.sampled_from([each.id for each in shipped().route.gates])
outcomes = st.sampled_from(
    [(body.id, each.id) for body in shipped().route.bodies for each in body.outcomes]
)
scores = st.builds(
    Score,
    value=st.one_of(st.integers(0, 5), st.just("na")),
    grade=st.sampled_from(EvidenceGrade),
    note=words,
)


class AnyUse(RuleBasedStateMachine):
    """People who do anything at all, in any order, some of it refused."""

    technologies = Bundle("technologies")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "register.json"
        self.clock = StandingClock(TODAY)
        self.register = Register.create(
            self.path, name="Any use", acting="Asha Example", clock=self.clock
        )

    def teardown(self) -> None:
        if not hasattr(self, "register"):
            return
        self.register.close()
        found = verify(self.path)
        assert found.faults == ()
        with Register.open(self.path, acting="Asha Example", clock=self.clock) as again:
            assert again.state.tables() == replay(again.store).tables()
        self.folder.cleanup()

    def said(self, refusal: HorizonError) -> None:
        """Every refusal is in words."""
        assert str(refusal)

    def attempt(self, command: str, *args: Any, **values: Any) -> Any:
        """A command that may be refused, in words and without writing anything."""
        before = self.register.state.head.seq
        try:
            return getattr(self.register, command)(*args, **values)
        except HorizonError as error:
            self.said(error)
            assert self.register.state.head.seq == before
            return None

    @rule(target=technologies, name=words, owner=people, kind=st.sampled_from(Kind))
    def propose(self, name: str, owner: str, kind: Kind) -> str | None:
        made = self.attempt("propose", name=name, owner=owner, kind=kind)
        return made.id if made else None

    @rule(target=technologies, name=words, day=days)
    def enter_legacy(self, name: str, day: date) -> str | None:
        made = self.attempt(
            "enter_legacy", name=name, in_use_since="2019", authority="", known="", review_by=day
        )
        return made.id if made else None

    @rule(ref=technologies, source=words, day=days)
    def sight(self, ref: str | None, source: str, day: date) -> None:
        if ref and source.strip():
            sighting = Sighting(source=source, source_type=SourceType.MEDIA, seen_on=day)
            self.attempt("add_sighting", ref, sighting)

    @rule(ref=technologies, name=words, trl=st.integers(-1, 11), owner=people)
    def amend(self, ref: str | None, name: str, trl: int, owner: str) -> None:
        if ref:
            self.attempt("amend", ref, {"name": name, "trl": trl, "owner": owner}, reason="typo")

    @rule(
        ref=technologies, facts=st.dictionaries(st.sampled_from(Fact), st.sampled_from(FactValue))
    )
    def set_facts(self, ref: str | None, facts: dict[Fact, FactValue]) -> None:
        if ref:
            self.attempt("set_facts", ref, facts)

    @rule(ref=technologies)
    def set_every_fact(self, ref: str | None) -> None:
        if ref:
            self.attempt("set_facts", ref, dict.fromkeys(Fact, "no"))

    @rule(ref=technologies, named=st.lists(people, max_size=3))
    def open_round(self, ref: str | None, named: list[str]) -> None:
        if ref:
            self.attempt("open_round", ref, named)

    @rule(ref=technologies, who=people, given=st.dictionaries(criteria, scores, max_size=4))
    def submit(self, ref: str | None, who: str, given: dict[str, Score]) -> None:
        if ref:
            self.register.acting = who
            self.attempt("submit_scores", ref, given)

    @rule(ref=technologies, reason=st.sampled_from(["", "Ben is away"]))
    def close_round(self, ref: str | None, reason: str) -> None:
        if ref:
            self.attempt("close_round", ref, reason=reason)

    @rule(ref=technologies, title=words, day=days)
    def attach(self, ref: str | None, title: str, day: date) -> None:
        if ref:
            self.attempt("attach_evidence", ref, title=title, dated=day)

    @rule(ref=technologies, item=items, value=st.sampled_from(AnswerValue), note=words)
    def answer(self, ref: str | None, item: str, value: AnswerValue, note: str) -> None:
        if ref:
            given = AnswerGiven(answer=value, note=note, evidence=("E1",))
            self.attempt("answer", ref, {item: given})

    @rule(ref=technologies, to=stages)
    def move(self, ref: str | None, to: str) -> None:
        if ref:
            self.attempt("move", ref, to, reason="next")

    @rule(ref=technologies, gate=gates, said=outcomes, due=days, conditions=st.booleans())
    def decide(
        self, ref: str | None, gate: str, said: tuple[str, str], due: date, conditions: bool
    ) -> None:
        condition = ConditionInput(
            text="Do it", owner="Ben Example", due=due, evidence_needed="A note"
        )
        if ref:
            self.attempt(
                "decide",
                ref,
                body=said[0],
                gate=gate,
                outcome=said[1],
                decided_on=TODAY,
                reasons="Because",
                conditions=[condition] if conditions else [],
            )

    @rule(ref=technologies, day=days)
    def set_review(self, ref: str | None, day: date) -> None:
        if ref:
            self.attempt("set_review", ref, day, reason="later")

    @rule(ref=technologies, reason=st.sampled_from(["", "No longer wanted"]))
    def withdraw(self, ref: str | None, reason: str) -> None:
        if ref:
            self.attempt("withdraw", ref, reason=reason)

    @rule(ref=technologies, successor=technologies)
    def supersede(self, ref: str | None, successor: str | None) -> None:
        if ref and successor:
            self.attempt("supersede", ref, successor, reason="replaced")

    @rule(ref=technologies, into=technologies)
    def merge(self, ref: str | None, into: str | None) -> None:
        if ref and into:
            self.attempt("merge", ref, into, reason="one and the same")

    @rule(ref=technologies)
    def unmerge(self, ref: str | None) -> None:
        if ref:
            self.attempt("unmerge", ref, reason="two after all")

    @rule(ref=technologies, other=technologies, back=st.booleans())
    def tell_apart(self, ref: str | None, other: str | None, back: bool) -> None:
        if ref and other:
            self.attempt("take_difference_back" if back else "mark_different", ref, other)

    @rule(ref=technologies, trigger=triggers)
    def reopen(self, ref: str | None, trigger: str) -> None:
        if ref:
            self.attempt("reopen", ref, trigger=trigger, reason="It happened")

    @rule(target=technologies, names=st.lists(words, min_size=1, max_size=3))
    def import_rows(self, names: list[str]) -> str | None:
        rows = ("name", *(f'"{name.replace(chr(34), chr(39))}"' for name in names))
        try:
            report = loaded(self.register, "\n".join(rows), duplicates=WhenAlike.SIGHTING)
        except HorizonError as error:
            self.said(error)
            return None
        labels = [row.label for row in report.rows if row.label]
        return self.register.technology(labels[0]).id if labels else None

    @rule(number=st.integers(1, 4), keep=st.booleans())
    def undo_import(self, number: int, keep: bool) -> None:
        self.attempt("undo_import", str(number), reason="wrong list", keep_changed=keep)

    @rule(ref=technologies, on=st.integers(0, 2))
    def put_on_an_agenda(self, ref: str | None, on: int) -> None:
        if ref:
            day, items = TODAY + timedelta(days=on), [ItemInput(technology=ref)]
            self.attempt("call_meeting", body="ai-sub-group", on=day, items=items)

    @rule(name=people, role=words)
    def name_person(self, name: str, role: str) -> None:
        self.attempt("name_person", name, role=role)

    @rule(back=st.integers(0, 6))
    def erase(self, back: int) -> None:
        seq = self.register.state.head.seq - back
        before = self.register.state.head.seq
        try:
            self.register.erase([seq], reason="Asked for by the person")
        except HorizonError as error:
            self.said(error)
            assert self.register.state.head.seq == before

    @rule()
    def close_and_open_again(self) -> None:
        self.register.close()
        self.register = Register.open(self.path, acting="Asha Example", clock=self.clock)

    @rule()
    def lose_the_snapshot(self) -> None:
        self.register.close()
        self.path.unlink()
        self.register = Register.open(self.path, acting="Asha Example", clock=self.clock)

    @invariant()
    def what_is_held_is_what_the_events_add_up_to(self) -> None:
        if hasattr(self, "register"):
            commits = (commit for _, commit in self.register.store.history())
            assert fold(commits).tables() == self.register.state.tables()


TestAnyUse = AnyUse.TestCase
TestAnyUse.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
