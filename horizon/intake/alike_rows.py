"""What a row of an import may be the same as: a technology, or an earlier row."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

from horizon.intake.choices import WhenAlike
from horizon.intake.reading import Read
from horizon.intake.rows import card_of, doubt_of
from horizon.register import Register
from horizon.register.desk import plain_name
from horizon.register.duplicates import Duplicates
from horizon.register.likely import card_held, index


@dataclass(frozen=True, slots=True)
class Like:
    """What a row may be the same as: a technology, or an earlier row of the import (`at`). One
    that is neither is an earlier row that is held back itself."""

    words: str
    technology: str = ""
    at: int = 0


class AlikeRows:
    """The names in the register and in the rows of an import so far."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.matched: set[str] = set()
        self.names = {
            plain_name(name): header.id
            for header in register.state.technologies.headers()
            for name in (header.name, *header.aliases)
        }
        self._earlier: dict[str, Read] = {}
        self._held: dict[str, Read] = {}

    def called(self, name: str) -> str | None:
        """The technology of a name, however it is spelt."""
        return self.names.get(plain_name(name))

    def enter(self, read: Read) -> None:
        """Count a row as entered, under its names."""
        for name in _names(read):
            self._earlier.setdefault(name, read)

    def hold(self, read: Read) -> None:
        """Count a row as held back, under its names."""
        for name in _names(read):
            self._held.setdefault(name, read)

    def like(self, read: Read, entered: Container[int]) -> list[Like]:
        """What a row may be the same as, likeliest first. `entered` are the rows (`Row.at`) that
        another can be added to."""
        found: list[Like] = []
        names = _names(read)
        for name in names:
            held = self.names.get(name)
            if held and all(each.technology != held for each in found):
                header = self.register.state.technologies.header(held)
                doubt = doubt_of(card_of(read), card_held(self.register, held))
                words = f"{header.label} {header.name} has the same name{doubt}"
                found.append(Like(words, held))
        before = next((self._earlier[each] for each in names if each in self._earlier), None)
        if before is not None and before.row.at in entered:
            found.append(Like(_same_name(read, before), at=before.row.at))
        if not found:
            found = [
                Like(f"{self.register.label(key)} {self._name(key)} ({alike.words})", key)
                for key, alike in self._duplicates.like(card_of(read), limit=3)
                if key not in self.matched
            ]
        waits = next((self._held[each] for each in names if each in self._held), None)
        if waits and found and not any(each.at for each in found):
            found.append(Like(_same_name(read, waits)))
        return found

    def _name(self, key: str) -> str:
        return self.register.state.technologies.header(key).name

    @cached_property
    def _duplicates(self) -> Duplicates:
        """The register's entries, prepared when a row asks for them."""
        return index(self.register)

    def example(self, like: Sequence[Like]) -> str:
        """What may be decided on a row like these, beside that it is new."""
        best = next((each.technology for each in like if each.technology), "")
        return self.register.label(best) if best else WhenAlike.SIGHTING.value


def _names(read: Read) -> list[str]:
    return [plain_name(each) for each in (read.name, *read.values.get("aliases", ()))]


def _same_name(read: Read, before: Read) -> str:
    return f"{before.row.place} has the same name{doubt_of(card_of(read), card_of(before))}"
