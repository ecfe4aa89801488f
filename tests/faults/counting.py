"""What a fault scenario counts, and the register it is played on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from horizon.model.errors import StoreFault
from tests.store.making import Desk, found, proposed, technology_id


@dataclass
class Counts:
    """`acknowledged` are changes that were confirmed, `lost` those of them that are not there
    afterwards (each time it was looked), `torn` lines that broke off and were set aside or left,
    `refused` are refusals in words, `looked` how often the register was opened and checked."""

    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    refused: int = 0
    looked: int = 0

    def look(self, path: Path, confirmed: int) -> Desk | None:
        """Open the register as after a fault, and count what is missing of `confirmed` events.

        `None` when it was refused, which is only done in words that name the file.
        """
        self.looked += 1
        try:
            desk = Desk(path)
        except StoreFault as fault:
            self.refused += path.stem in str(fault)
            self.lost += confirmed
            return None
        self.lost += max(0, confirmed - desk.state.head.seq)
        self.torn += any("breaks off" in each for each in desk.store.notices)
        if desk.store.read_only:
            assert path.stem in desk.store.read_only or "right to" in desk.store.read_only
            self.refused += 1
        return desk


def goes_on(path: Path, desk: Desk) -> None:
    """A register that was opened after a fault takes the next change, and then adds up."""
    number = 900_000_000 + desk.state.head.seq  # beyond whatever the killed have proposed
    desk.write(proposed(number))
    assert technology_id(number) in Desk(path).state.technologies
    assert found(path) == []
