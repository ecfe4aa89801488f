"""Whether this program and the tables of a database are of one version."""

from __future__ import annotations

from horizon.model.errors import StoreFault
from horizon.store.postgres.connecting import Connection
from horizon.store.postgres.schema import VERSION


def check_version(connection: Connection) -> None:
    """Raises `StoreFault` where the tables are of another version than this program knows."""
    row = connection.execute(b"select number from horizon.version").fetchone()
    expect_version(row[0] if row else 0)


def expect_version(found: int) -> None:
    """Raises `StoreFault` where `found` is another version than this program knows."""
    if found > VERSION:
        raise StoreFault(
            f"This database was made by a newer version of Horizon (its tables are version "
            f"{found}, this program knows {VERSION}). Nothing was read or saved. Update it: "
            'pip install -U "horizon-register[postgres]"'
        )
    if found < VERSION:
        raise StoreFault(
            f"The tables of this database are older than this version of Horizon ({found}, not "
            f"{VERSION}). Nothing was read or saved. Whoever looks after the database brings them "
            "up to date with: horizon shared init"
        )
