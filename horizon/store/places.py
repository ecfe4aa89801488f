"""Where a register is kept: a file on this machine, or a force's chain in a PostgreSQL database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from horizon.model.errors import BadInput

SCHEMES = ("postgresql", "postgres")

FORCE = re.compile(r"^[A-Z0-9][A-Z0-9-]{0,19}$")
"""How a force is named in a shared register: `COLP`, `MPS`."""

_SCHEME = re.compile(r"^(?:postgresql|postgres):/+", re.IGNORECASE)


def checked_force(name: str) -> str:
    """A force's short name in capitals. Raises `BadInput`."""
    found = name.strip().upper()
    if not FORCE.match(found):
        raise BadInput(
            f"{name!r} is not a force's short name",
            do="Use up to 20 letters, digits and hyphens, such as COLP",
        )
    return found


@dataclass(frozen=True, slots=True)
class Server:
    """A register in a PostgreSQL database.

    `conninfo` is what the database's own library takes and may hold a password; it is never
    shown. `force` is whose register it is, or empty for that of whoever signs in.
    """

    conninfo: str
    force: str = ""

    def of(self, force: str) -> Server:
        """The register of another force in the same database."""
        return Server(self.conninfo, checked_force(force))

    @property
    def name(self) -> str:
        """What to call it in messages: the database and the machine, and whose register."""
        parts = urlsplit(self.conninfo)
        query = dict(parse_qsl(parts.query))
        database = unquote(parts.path.lstrip("/")) or query.get("dbname", "") or "the database"
        host = parts.hostname or query.get("host", "") or "this machine"
        whose = f", {self.force}" if self.force else ""
        return f"{database} on {host}{whose}"

    def __str__(self) -> str:
        """The address without its password."""
        parts = urlsplit(self.conninfo)
        user, at, rest = parts.netloc.rpartition("@")
        query = [(key, text) for key, text in parse_qsl(parts.query) if key != "password"]
        if self.force:
            query.append(("force", self.force))
        return urlunsplit(
            (
                parts.scheme,
                f"{user.partition(':')[0]}{at}{rest}",
                parts.path,
                urlencode(query, quote_via=quote, safe="/"),
                "",
            )
        )


Place = Path | Server


def is_server(text: str) -> bool:
    """Whether this names a database and not a file."""
    return _SCHEME.match(text.strip()) is not None


def server(text: str) -> Server:
    """The database that `postgresql://NAME@HOST/DATABASE?force=COLP` names. Raises `BadInput`."""
    try:
        parts = urlsplit(text.strip())
        _ = parts.port
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError as error:
        raise BadInput(
            f"This is not the address of a database: {error}",
            do="Write postgresql://NAME@HOST/DATABASE?force=COLP",
        ) from None
    force = next((value for key, value in query if key == "force"), "")
    rest = [(key, value) for key, value in query if key != "force"]
    conninfo = urlunsplit(
        ("postgresql", parts.netloc, parts.path, urlencode(rest, quote_via=quote), "")
    )
    return Server(conninfo, checked_force(force) if force else "")


def place_of(text: str) -> Place:
    """The file or the database that somebody named."""
    return server(text) if is_server(text) else Path(text).expanduser()
