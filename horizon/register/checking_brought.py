"""Whether what a register says of the copies that it took in is so: every line of theirs can be
made again from the events that came from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from horizon.model.bringing import LineBrought
from horizon.model.envelope import Commit, Event, commit_hash
from horizon.store.interface import Fault


@dataclass(slots=True)
class CheckingBrought:
    """Lines of other journals, looked at line by line of this one. `waiting` are those with events
    that had come earlier, with the line and the event that speak of them."""

    waiting: list[tuple[int, int, LineBrought, dict[str, Event]]] = field(default_factory=list)

    def check(self, line: int, commit: Commit) -> Iterator[Fault]:
        """What is wrong with the lines whose events all came with this one."""
        if not commit.brings:
            return
        held = {event.id: event for event in commit.events}
        for event in commit.events:
            data = event.bringing
            for each in data.lines if data is not None else ():
                if all(key in held for key, _, _ in each.events):
                    yield from _faults(line, event.seq, each, held)
                else:
                    known = {key: held[key] for key, _, _ in each.events if key in held}
                    self.waiting.append((line, event.seq, each, known))

    def finish(self, history: Iterable[tuple[int, Commit]]) -> Iterator[Fault]:
        """What is wrong with the others. Reads the journal again where there are any."""
        if not self.waiting:
            return
        wanted = {
            key
            for _, _, each, known in self.waiting
            for key, _, _ in each.events
            if key not in known
        }
        held = {e.id: e for _, commit in history for e in commit.events if e.id in wanted}
        for line, seq, each, known in self.waiting:
            yield from _faults(line, seq, each, held | known)


def _faults(line: int, seq: int, each: LineBrought, held: Mapping[str, Event]) -> Iterator[Fault]:
    parts = [
        held[key].sealed_part() | {"seq": number, "revision": revision}
        for key, number, revision in each.events
        if key in held
    ]
    if commit_hash(each.prev, parts) != each.hash:
        yield Fault(
            line,
            seq,
            f"does not bring in what it says: line {each.hash[:12]} of the other journal cannot be "
            "made again from it",
        )
