"""register.json made anew from the journal, and what it had said otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from horizon.model.errors import BadInput, RuleBroken, StoreFault
from horizon.model.fold import apply
from horizon.model.formats import CURRENT
from horizon.model.state import State, Tables
from horizon.model.wording import count, field_in_words
from horizon.register import opening
from horizon.store import snapshot
from horizon.store.disk import beside, why
from horizon.store.interface import Store
from horizon.store.places import Place, Server
from horizon.store.snapshot import Saved, SnapshotStorage, Unreadable
from horizon.store.stores import store_at


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made anew. `differences` are lines on what the old register.json said otherwise;
    `aside` is where it is kept, if it said anything that the journal does not."""

    events: int
    technologies: int
    head: str
    differences: tuple[str, ...]
    aside: Path | None


def rebuild(place: Place, *, replacing: bool = False) -> Rebuilt:
    """Make register.json anew from the journal at `place`. The journal is not touched.

    Raises `BadInput` where there is no journal to make it from, `StoreFault` for a journal that
    does not add up, and `RuleBroken` for a register.json that goes further than the journal, unless
    `replacing` says that it may be put aside.
    """
    if isinstance(place, Server):
        raise BadInput(
            "A register in a database has no register.json", do="Use: horizon shared mend"
        )
    if not opening.exists(place):
        raise BadInput("There is no register here", where=str(place), do="Check the path")
    store = store_at(place)
    try:
        if store.journal_missing:
            raise BadInput(
                "There is no journal beside it to make it from",
                where=str(place),
                do="Restore a backup, or take over what is there with: horizon recover",
            )
        with store.lock():
            return _rebuild(store, place.resolve(), replacing)
    finally:
        store.close()


def _rebuild(store: Store, path: Path, replacing: bool) -> Rebuilt:
    old, broken = _held(path)
    state, at_old = State(), None
    for commit in store.since(0):
        apply(state, commit)
        if old is not None and (old.seq, old.hash) == (state.head.seq, state.head.hash):
            at_old = state.tables()
    if store.read_only:
        raise StoreFault(f"{store.read_only} What can be saved is: horizon recover")
    if state.head.format != CURRENT:
        raise RuleBroken(
            f"{path.name} is in format {state.head.format}, from before this Horizon",
            who="It is carried forward, and made anew, with the next change.",
        )
    found = [broken] if broken else []
    if old is not None and at_old is None:
        if not replacing:
            raise RuleBroken(
                f"{path.name} stands at event {old.seq}, to which the journal does not lead: "
                "it may hold what the journal has lost",
                who="Save that with: horizon recover. Or say --yes to put it aside.",
            )
        found.append(f"It stood at event {old.seq}, to which the journal does not lead.")
    elif old is not None and at_old is not None:
        found += differences(old.tables, at_old)
    aside = _put_aside(path) if found else None
    if old is not None and at_old is not None and old.seq < state.head.seq:
        found.append(f"It was {count(state.head.seq - old.seq, 'event')} behind.")
    store.save_snapshot(state.tables())
    return Rebuilt(
        state.head.seq, len(state.technologies), state.head.paper_hash, tuple(found), aside
    )


def _held(path: Path) -> tuple[Saved | None, str]:
    """The register.json that is there, or why it cannot be read."""
    try:
        saved = snapshot.load(SnapshotStorage(path))
    except Unreadable as error:
        return None, f"It could not be read: {error}."
    if saved is None:
        return None, ""
    if "1" not in saved.tables.get("head", {}):
        return None, "It did not say where it stands."
    return saved, ""


def _put_aside(path: Path) -> Path:
    kept = beside(path, "before-rebuild")
    try:
        os.replace(path, kept)
    except OSError as error:
        raise StoreFault(f"{path} cannot be put aside: {why(error)}.") from None
    return kept


def differences(kept: Tables, made: Tables) -> Iterator[str]:
    """Lines on where the tables `kept` say other than `made`: which record, in which fields."""
    for table in sorted(kept.keys() | made.keys()):
        held, wanted = kept.get(table, {}), made.get(table, {})
        for key in sorted(held.keys() | wanted.keys()):
            if held.get(key) == wanted.get(key):
                continue
            one, other = _record(held.get(key)), _record(wanted.get(key))
            name = _name(table, key, other or one)
            if not one or not other:
                what = "was missing" if other else "was there, though no event says so"
                yield f"{name} {what}."
                continue
            fields = [
                field_in_words(field)
                for field in sorted(one.keys() | other.keys())
                if one.get(field) != other.get(field)
            ]
            yield f"{name} differed in: {', '.join(fields)}."


def _record(held: Any) -> dict[str, Any]:
    found = msgspec.json.decode(held) if isinstance(held, bytes) else held
    return found if isinstance(found, dict) else {}


def _name(table: str, key: str, record: dict[str, Any]) -> str:
    """What to call a record: its label and name, or what it is and its id."""
    words = [str(record[each]) for each in ("label", "ref", "name") if record.get(each)]
    if table == "head":
        return "The head"
    return " ".join(words) or f"{table.removesuffix('s').capitalize()} {key[:16]}"
