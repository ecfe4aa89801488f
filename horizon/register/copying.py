"""A register carried elsewhere with its whole history: into a file, into a database, or back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from horizon.model.errors import BadInput, StoreFault
from horizon.register import opening
from horizon.register.checking import verify
from horizon.register.desk import person_id
from horizon.register.ledger import Ledger
from horizon.store.interface import Heard
from horizon.store.places import Place, Server
from horizon.store.stores import store_at


@dataclass(frozen=True, slots=True)
class Copied:
    """What was carried, and the hash that both registers now end with. `sql` is what was run to
    make room for it."""

    lines: int
    events: int
    technologies: int
    head: str
    sql: tuple[str, ...] = ()


def copy(origin: Place, target: Place, *, acting: str, heard: Heard = lambda line: None) -> Copied:
    """Carry the register at `origin` to `target`, where there is none, and verify it there.

    Every line is the same byte for byte, so every hash is. Raises `BadInput` when one of the two
    places does not fit, `StoreFault` when the register does not add up: then nothing is made.
    """
    if opening.exists(target):
        raise BadInput(
            "There is a register here already", where=str(target), do="Use another place"
        )
    before = verify(origin, heard)
    if before.faults:
        fault = before.faults[0]
        raise StoreFault(
            f"{origin} does not add up, so it was not copied: line {fault.line} {fault.what}. "
            "Find out more with: horizon verify"
        )
    ran: list[str] = []
    if isinstance(target, Server):
        ran += _made_room(target)
    source = store_at(origin)
    try:
        destination = store_at(target)
        try:
            destination.bring(source.lines())
            lines, carried = _digest(source.lines())
            if (lines, carried) != _digest(destination.lines()):
                raise StoreFault(f"{target} does not hold what {origin} does. Do not use it.")
        finally:
            destination.close()
    finally:
        source.close()
    with Ledger.open(target, acting=acting) as made:
        made.save_snapshot()
        person = person_id(made.state, acting)
    if isinstance(target, Server) and person is not None:
        ran += _tied(target, person)
    after = verify(target, heard)
    if after.faults or (after.head, after.events) != (before.head, before.events):
        what = after.faults[0].what if after.faults else "it ends with another hash"
        raise StoreFault(f"{target} does not add up: {what}. Do not use it.")
    return Copied(lines, after.events, after.technologies, after.head, tuple(ran))


def _made_room(target: Server) -> list[str]:
    from horizon.store.postgres import administering

    if not target.force:
        raise BadInput(
            "A database keeps a register for each force",
            do="Say whose it is at the end of the address: ?force=COLP",
        )
    return administering.enrol(target)


def _tied(target: Server, person: str) -> list[str]:
    from horizon.store.postgres import administering

    return administering.act_as(target, person)


def _digest(lines: Iterator[bytes]) -> tuple[int, str]:
    """How many lines, and SHA-256 over all of them."""
    total, number = hashlib.sha256(), 0
    for number, line in enumerate(lines, start=1):  # noqa: B007
        total.update(line + b"\n")
    return number, total.hexdigest()
