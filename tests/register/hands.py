"""Somebody who does anything there is to do at a copy of a register; what is refused is let be."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from horizon.model.envelope import Event
from horizon.model.errors import HorizonError
from horizon.model.events import AnswerGiven
from horizon.model.facts import Fact, FactValue
from horizon.model.meeting import Seat
from horizon.model.technology import Sighting
from horizon.model.words import AnswerValue, SourceType
from horizon.register import ConditionInput, Register
from horizon.register.inputs import AttendanceInput, ItemInput
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.intake.using import loaded
from tests.papers.registers import TODAY
from tests.register.using import approved, scored

PEOPLE = ("Asha Example", "Ben Example", "Farah Example", "Lena New")
NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
ITEMS = ("LB1", "FA1", "HO1")

DOINGS = (
    "propose", "amend", "facts", "answer", "attach", "note", "sight", "review", "withdraw",
    "supersede", "merge", "unmerge", "differ", "undo", "redo", "open", "submit", "close", "decide",
    "reopen", "discharge", "not_met", "meet", "attend", "minute", "end", "person", "import_",
    "undo_import", "erase", "move",
)  # fmt: skip

Command = tuple[str, int, int, int]
commands = st.lists(
    st.tuples(st.sampled_from(DOINGS), st.integers(0, 7), st.integers(0, 7), st.integers(0, 7)),
    max_size=14,
)


class Hand:
    """Somebody at one copy. What is refused changes nothing."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def run(self, command: Command) -> None:
        name, what, who, how = command
        self.register.acting = PEOPLE[who % len(PEOPLE)]
        with suppress(HorizonError):
            getattr(self, f"_{name}")(what, how)

    def _ref(self, number: int) -> str:
        keys = list(self.register.state.technologies)
        return keys[number % len(keys)]

    def _propose(self, what: int, how: int) -> None:
        self.register.propose(name=f"{NAMES[what % 5]} {how % 3}", owner=PEOPLE[how % 4])

    def _amend(self, what: int, how: int) -> None:
        changes: tuple[dict[str, Any], ...] = (
            {"supplier": f"S{how}"}, {"trl": how + 1}, {"name": f"Called {how}"},
            {"tags": [f"t{how}"], "summary": f"Summary {what}"},
        )  # fmt: skip
        self.register.amend(self._ref(what), changes[how % 4], reason="Better known")

    def _facts(self, what: int, how: int) -> None:
        fact = list(Fact)[how % 5]
        self.register.set_facts(self._ref(what), {fact: list(FactValue)[how % 3].value})

    def _answer(self, what: int, how: int) -> None:
        technology = self.register.technology(self._ref(what))
        evidence = tuple(e.id for e in technology.evidence[-1:])
        value = AnswerValue.PARTLY if evidence else AnswerValue.NO
        self.register.answer(
            technology.id, {ITEMS[how % 3]: AnswerGiven(answer=value, note="N", evidence=evidence)}
        )

    def _attach(self, what: int, how: int) -> None:
        self.register.attach_evidence(self._ref(what), title=f"Paper {how}", dated=TODAY)

    def _note(self, what: int, how: int) -> None:
        self.register.add_note(self._ref(what), f"Noted {how}")

    def _sight(self, what: int, how: int) -> None:
        seen = Sighting(source=f"Source {how}", source_type=SourceType.MEDIA, seen_on=TODAY)
        self.register.add_sighting(self._ref(what), seen)

    def _review(self, what: int, how: int) -> None:
        self.register.set_review(self._ref(what), TODAY + timedelta(days=how))

    def _withdraw(self, what: int, how: int) -> None:
        self.register.withdraw(self._ref(what), reason=f"No longer wanted {how}")

    def _supersede(self, what: int, how: int) -> None:
        self.register.supersede(self._ref(what), self._ref(how), reason="Replaced")

    def _merge(self, what: int, how: int) -> None:
        self.register.merge(self._ref(what), self._ref(how), reason="One and the same")

    def _unmerge(self, what: int, how: int) -> None:
        self.register.unmerge(self._ref(what), reason="Two after all")

    def _differ(self, what: int, how: int) -> None:
        self.register.mark_different(self._ref(what), self._ref(how))

    def _undo(self, what: int, how: int) -> None:
        self.register.take_back(self._ref(-1 if how % 2 else what))

    def _redo(self, what: int, how: int) -> None:
        self.register.do_again(self._ref(what))

    def _open(self, what: int, how: int) -> None:
        self.register.open_round(self._ref(what), PEOPLE[:2])

    def _submit(self, what: int, how: int) -> None:
        self.register.acting = PEOPLE[how % 2]
        self.register.submit_scores(self._ref(what), {"S1": scored(how % 6)})

    def _close(self, what: int, how: int) -> None:
        self.register.close_round(self._ref(what), reason="Enough")

    def _decide(self, what: int, how: int) -> None:
        condition = ConditionInput(
            text="Do it", owner=PEOPLE[0], due=TODAY + timedelta(days=9), evidence_needed="A note"
        )
        outcome = "approve-with-conditions" if how % 2 else "reject"
        more: dict[str, Any] = {"conditions": [condition]} if how % 2 else {}
        approved(self.register, "T-0001", outcome=outcome, **more)

    def _reopen(self, what: int, how: int) -> None:
        self.register.reopen(self._ref(what), trigger="incident", reason=f"It happened {how}")

    def _discharge(self, what: int, how: int) -> None:
        for key in self.register.state.technologies:
            technology = self.register.state.technologies[key]
            for each in technology.decisions:
                if each.conditions and technology.evidence:
                    self.register.discharge(
                        key, decision=each.number, condition=1, body=each.body, on=TODAY,
                        evidence=[technology.evidence[-1].id],
                    )  # fmt: skip

    def _not_met(self, what: int, how: int) -> None:
        for key in self.register.state.technologies:
            for each in self.register.state.technologies[key].decisions:
                if each.conditions:
                    self.register.take_discharge_back(
                        key, decision=each.number, condition=1, reason="It was not"
                    )

    def _meeting(self, how: int) -> str:
        open_ = [e.ref for e in self.register.state.meetings.values() if not e.is_closed]
        return open_[how % len(open_)] if open_ else "none"

    def _meet(self, what: int, how: int) -> None:
        on = TODAY - timedelta(days=how % 2)
        items = [ItemInput(technology=self._ref(what), purpose="for information")]
        self.register.call_meeting(body="ai-sub-group", on=on, items=items)

    def _attend(self, what: int, how: int) -> None:
        who = AttendanceInput(person=PEOPLE[what % 4], seat=Seat.MEMBER)
        self.register.attend(self._meeting(how), [who])
        self.register.add_items(self._meeting(how), [ItemInput(title=f"Item {what}")])

    def _minute(self, what: int, how: int) -> None:
        number = len(self.register.meeting(self._meeting(how)).items)
        self.register.minute(self._meeting(how), number, text=f"Said {what}", outcome="noted")

    def _end(self, what: int, how: int) -> None:
        self.register.close_meeting(self._meeting(how))

    def _person(self, what: int, how: int) -> None:
        self.register.name_person(PEOPLE[what % 4], role=f"Role {how}")

    def _import_(self, what: int, how: int) -> None:
        rows = f"name,supplier\nRow {how},Supplier {what}\nRow {what},Other\n"
        loaded(self.register, rows, file=f"list{how % 2}.csv")

    def _undo_import(self, what: int, how: int) -> None:
        self.register.undo_import(str(how), reason="Wrong list", keep_changed=True)

    def _erase(self, what: int, how: int) -> None:
        self.register.erase([self.register.state.head.seq - how * 9], reason="Asked for")

    def _move(self, what: int, how: int) -> None:
        stage = self.register.technology(self._ref(what)).stage
        ways = self.register.framework.route.ways_from(stage)
        if ways:
            self.register.move(self._ref(what), ways[how % len(ways)].to, reason="Next")


@contextmanager
def apart(worked: Path, *names: str) -> Iterator[list[Path]]:
    """A copy for each of these names, in a folder that is called so."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name in names:
            path = Path(folder) / name / "register.json"
            path.parent.mkdir()
            shutil.copy(worked, path)
            shutil.copy(journal_path(worked), journal_path(path))
            paths.append(path)
        yield paths


def play(path: Path, moves: list[Command], day: date = TODAY) -> None:
    clock = StandingClock(day)
    with Register.open(path, acting="Farah Example", clock=clock) as register:
        hand = Hand(register)
        for each in moves:
            hand.run(each)


def events(path: Path) -> list[Event]:
    with Register.open(path, acting="Farah Example", clock=StandingClock(TODAY)) as register:
        return [event for _, commit in register.history() for event in commit.events]
