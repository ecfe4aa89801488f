"""How signing is set up for one person on one machine: with which key, and in which file it says
whose keys may sign."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from horizon.model.errors import BadInput, SigningFault
from horizon.model.people import Person
from horizon.register import keygen
from horizon.store.places import Place

KEY, ALLOWED = "HORIZON_SIGNING_KEY", "HORIZON_ALLOWED_SIGNERS"

ENDING = ".allowed_signers"
"""What the name of the file beside a register ends with."""

_ADDRESS = re.compile(r"^[\w.+-]+@[\w.-]+$")
_NAME = re.compile(r"^[^\W\d_][\w .'’-]*$")


@dataclass(frozen=True, slots=True)
class Signer:
    """A key to sign with, and the file of allowed signers that it has to be in (`None` where no
    file is named)."""

    key: Path
    allowed: Path | None

    @property
    def file(self) -> Path:
        """The file of allowed signers. Raises `SigningFault` where none is named."""
        if self.allowed is None:
            raise SigningFault(
                "No file of allowed signers is named, and a register in a database has none beside "
                "it. Name one: horizon sign setup KEY --allowed-signers FILE"
            )
        return self.allowed


def signer(
    place: Place, environ: Mapping[str, str], *, key: str = "", allowed: str = ""
) -> Signer | None:
    """Who signs decisions in the register at `place`: the key that the environment names, else the
    one in the settings. `None` where signing is not set up."""
    named = environ.get(KEY) or key
    if not named:
        return None
    return Signer(Path(named).expanduser(), allowed_signers(place, environ, settled=allowed))


def allowed_signers(place: Place, environ: Mapping[str, str], *, settled: str = "") -> Path | None:
    """The file of allowed signers: the one that the environment names, else the settings, else the
    one beside the register. `None` for a database where none is named."""
    named = environ.get(ALLOWED) or settled
    if named:
        return Path(named).expanduser()
    return place.with_suffix(ENDING) if isinstance(place, Path) else None


def principal(person: Person) -> str:
    """What a file of allowed signers calls somebody: by their e-mail address, else by their name.

    Raises `BadInput` for a name that such a file cannot hold.
    """
    if _ADDRESS.match(person.email):
        return person.email
    if _NAME.match(person.name):
        return person.name
    raise BadInput(
        f"A file of allowed signers cannot hold the name {person.name!r}",
        do=f'Record an e-mail address first: horizon person "{person.name}" --email ADDRESS',
    )


def allowed_line(called: str, signature: str, on: date) -> str:
    """The line that lets the key of `signature` sign decisions for whoever is `called` so."""
    sort, key = keygen.public_key(signature)
    quoted = f'"{called}"' if " " in called else called
    return f'{quoted} namespaces="{keygen.NAMESPACE}" {sort} {key} added {on.isoformat()}'


def allow(allowed: Path, line: str) -> None:
    """Add a line to a file of allowed signers, which is begun where there is none. Raises
    `SigningFault` where that cannot be done; then the file is as it was."""
    try:
        held = allowed.read_bytes() if allowed.exists() else b""
        begin = b"\n" if held and not held.endswith(b"\n") else b""
        with open(allowed, "ab") as file:
            file.write(begin + line.encode("utf-8") + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SigningFault(f"{allowed} cannot be written: {error.strerror or error}.") from None
