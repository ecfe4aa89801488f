"""Small registers to try the store on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from horizon.model.envelope import Commit, Draft
from horizon.model.events import FactsSet, PersonNamed, RegisterCreated, TechnologyProposed
from horizon.model.facts import Fact, FactValue
from horizon.model.fold import apply
from horizon.model.state import State
from horizon.model.technology import Details
from horizon.store.files import FileStore
from horizon.store.places import Place
from horizon.store.stores import store_at

AT = "2026-11-24T09:00:00Z"
PERSON = "p-0123456789abcdef"
REGISTER = "r-1"


def technology_id(number: int) -> str:
    return f"t-{number:016x}"


def beginning() -> list[Draft]:
    return [
        Draft(subject=REGISTER, revision=1, data=RegisterCreated(name="Try")),
        Draft(subject=PERSON, revision=1, data=PersonNamed(name="Alex Example")),
    ]


def proposed(number: int, name: str = "", summary: str = "") -> Draft:
    details = Details(name=name or f"Technology {number}", summary=summary)
    data = TechnologyProposed(details=details, stage="signal", on=date(2026, 11, 24))
    return Draft(subject=technology_id(number), revision=1, data=data)


def facts(number: int, revision: int) -> Draft:
    value = FactValue.YES if revision % 2 else FactValue.NO
    data = FactsSet(facts={Fact.PERSONAL_DATA: value})
    return Draft(subject=technology_id(number), revision=revision, data=data)


class Desk:
    """A store with the state that it adds up to, as the register keeps the two together."""

    def __init__(self, place: Place) -> None:
        self.store: Any = store_at(place)
        tables = self.store.snapshot()
        self.state = State.from_tables(tables) if tables is not None else State()
        self.caught_up = self.catch_up()

    @classmethod
    def begun(cls, path: Place, technologies: int = 0) -> Desk:
        """A new register with so many technologies, each proposed in a line of its own."""
        desk = cls(path)
        desk.write(*beginning())
        for number in range(1, technologies + 1):
            desk.write(proposed(number))
        return desk

    def catch_up(self) -> list[Commit]:
        commits = self.store.since(self.state.head.seq)
        for commit in commits:
            apply(self.state, commit)
        return commits

    def write(self, *drafts: Draft) -> Commit:
        with self.store.lock():
            self.catch_up()
            commit = self.store.append(drafts, by=PERSON, at=AT)
        apply(self.state, commit)
        return commit

    def save(self) -> None:
        self.store.save_snapshot(self.state.tables())

    @property
    def names(self) -> list[str]:
        return [each.name for each in self.state.technologies.headers()]


def found(path: Path) -> list[tuple[int, str]]:
    """Line and words of every fault."""
    return [(each.line, each.what) for each in FileStore(path).faults()]


def dump(commit: Commit) -> dict[str, Any]:
    return commit.model_dump(mode="json")
