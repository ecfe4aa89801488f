"""Makes a register to be kept as an example of the format that this Horizon writes.

    python -m tests.formats.make tests/data/formats/NUMBER

Run once, when a format is released. What is kept is never made again: an older Horizon wrote it.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from horizon.model.events import AnswerGiven
from horizon.model.record import Considerations
from horizon.model.technology import Sighting
from horizon.model.words import AnswerValue, SourceType
from horizon.register import ConditionInput, Register
from tests.example.journey import ScriptClock
from tests.formats.summary import write
from tests.intake.using import loaded
from tests.papers.registers import COMMON, READY, SIGNAL, TODAY, TRIAL, walk
from tests.register.using import acting, met, scored


def make(path: Path) -> None:
    """A small register with an event of most kinds."""
    clock = ScriptClock(date(2026, 3, 1))
    register = Register.create(path, name="Kept", acting="Farah Example", clock=clock)
    with register:
        for entry in (READY, SIGNAL, TRIAL):
            walk(register, clock, COMMON | entry)
        clock.forward_to(TODAY)
        _look_after(register)
        _decide(register, clock)
        _import(register)
        _undo(register)
        _erase(register)


def _look_after(register: Register) -> None:
    register.name_person("Ivy Example", role="Data protection officer", dpo=True)
    register.set_facts("T-0002", {"sensitive": "yes", "biometric": "unknown"}, note="Looked up")
    seen = Sighting(source="A force", source_type=SourceType.PEER_FORCE, seen_on=TODAY)
    register.add_sighting("T-0002", seen)
    register.open_round("T-0002", ["Asha Example", "Ben Example"])
    with acting(register, "Asha Example"):
        register.submit_scores("T-0002", {"S1": scored(3, "Tried by hand")})
    register.attach_evidence("T-0002", title="A note", dated=TODAY)
    given = AnswerGiven(answer=AnswerValue.PARTLY, note="In part", evidence=("E1",))
    register.answer("T-0002", {"LB1": given})


def _decide(register: Register, clock: ScriptClock) -> None:
    ref = met(register, technology="T-0001")
    with acting(register, "Sam Example"):
        register.decide(
            "T-0001",
            body="ai-sub-group",
            gate="G2",
            outcome="approve-with-conditions",
            decided_on=register.today,
            meeting=ref,
            reasons="The use is fair, with a condition.",
            considered=Considerations(equality="The screening of May was looked at"),
            conditions=[
                ConditionInput(
                    text="Publish the results",
                    owner="Asha Example",
                    due=TODAY + timedelta(days=90),
                    evidence_needed="The report",
                )
            ],
        )
        register.close_meeting(ref)


def _import(register: Register) -> None:
    loaded(register, "name,supplier\nImported one,Supplier A\nImported two,Supplier B\n")
    loaded(register, "name\nBy mistake\n", file="wrong.csv")
    register.undo_import("2", reason="The wrong list")


def _undo(register: Register) -> None:
    register.amend("T-0003", {"supplier": "Somebody"}, reason="A slip")
    register.take_back("T-0003")
    register.add_note("T-0003", "Asked about at the stand")
    made = register.propose(name="Entered twice")
    register.merge(made.label, "T-0002", reason="The same")
    register.withdraw("T-0004", reason="No longer wanted")


def _erase(register: Register) -> None:
    register.propose(name="Named after Jack Example")
    register.amend("T-0005", {"summary": "Jack Example told us"})
    seq = register.state.head.seq
    register.erase([seq], reason="Asked for by the person")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    make(folder / "register.json")
    write(folder)
