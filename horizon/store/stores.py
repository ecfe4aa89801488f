"""Which store keeps the register at a place, and whether there is one."""

from __future__ import annotations

from horizon.model.errors import BadInput
from horizon.store.files import FileStore, journal_path
from horizon.store.interface import Store
from horizon.store.journal import JournalFile
from horizon.store.older import readable
from horizon.store.places import Place, Server


def store_at(place: Place) -> Store:
    """The store at `place`. Opening files reads nothing; a database is asked who is at work.

    Raises `BadInput` for a database without psycopg or with nobody of that name, `StoreFault` when
    the database cannot be reached or the journal is in a newer format.
    """
    if isinstance(place, Server):
        need_psycopg()
        from horizon.store.postgres.opening import store_of

        return store_of(place)
    store, journal = FileStore(place), JournalFile(journal_path(place))
    return readable(store, journal.lines()) if journal.look() else store


def exists(place: Place) -> bool:
    """Whether there is a register at `place`: in files, its snapshot, its journal, or both."""
    if isinstance(place, Server):
        need_psycopg()
        from horizon.store.postgres.opening import has_register

        return has_register(place)
    return any(each.exists() and each.stat().st_size > 0 for each in (place, journal_path(place)))


def need_psycopg() -> None:
    """Raises `BadInput` where the library that speaks to PostgreSQL cannot be loaded."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise BadInput(
            "A register in PostgreSQL needs psycopg, which is not installed here",
            do='Install it with: pip install "horizon-register[postgres]"',
        ) from None
