"""From files to state: the snapshot, and what the journal says after it."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from pydantic import ValidationError

from horizon.model.errors import NotUnderstood, StoreFault
from horizon.model.formats import CURRENT, refuse_unreadable
from horizon.model.state import State
from horizon.store.stores import exists as exists  # what opens registers says where there is one

if TYPE_CHECKING:
    from horizon.model.envelope import Commit
    from horizon.model.state import Tables
    from horizon.store.interface import Store


def load(store: Store) -> tuple[State, int]:
    """The state that the store adds up to, and how many commits the snapshot was behind.

    A snapshot that does not fit the models is left alone and the journal is replayed instead.
    """
    tables = store.snapshot()
    state = State()
    if tables is not None:
        refuse_newer(store, tables)
        try:
            state = State.from_tables(tables)
        except (ValidationError, KeyError) as error:
            if store.journal_missing:
                raise StoreFault(
                    f"{store.describe()} cannot be read as a register and has no journal to "
                    f"rebuild it from: {error}"
                ) from None
            store.notices.append(
                f"{store.kept_in} does not fit this version and was rebuilt from the journal."
            )
            state = State()
    if store.journal_missing:
        if state.head.format != CURRENT:
            raise StoreFault(
                f"{store.describe()} is in format {state.head.format}, and there is no journal "
                "beside it to carry it forward from. Restore the two from a backup."
            )
        return state, 0
    commits = store.since(state.head.seq)
    _fold_into(store, state, commits)
    return state, len(commits)


def refuse_newer(store: Store, tables: Tables) -> None:
    """Raise `StoreFault` for a snapshot of a newer Horizon."""
    version = tables.get("head", {}).get("1", {}).get("format", 1)
    if isinstance(version, int):
        refuse_unreadable(version, store.describe())


def replay(store: Store) -> State:
    """The state from the first line of the journal on, without any snapshot; of a store that
    shows only a part, what it shows now."""
    if store.partial:
        return load(store)[0]
    state = State()
    _fold_into(store, state, [commit for _, commit in store.history()])
    return state


def _fold_into(store: Store, state: State, commits: list[Commit]) -> None:
    if not commits:
        return
    from horizon.model.fold import apply

    for commit in commits:
        try:
            apply(state, commit)
        except NotUnderstood as error:
            raise StoreFault(f"{store.describe()}: {error}") from None


def replay_to(store: Store, seq: int) -> State:
    """The state from the first line of the journal on to event `seq`, which ends one."""
    from horizon.model.fold import fold

    lines = (commit for _, commit in store.history())
    return fold(takewhile(lambda commit: commit.events[-1].seq <= seq, lines))
