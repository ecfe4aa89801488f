"""Which register a command is about, and who is acting."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from horizon.store.places import Place, place_of

FILE, JOURNAL = "register.json", "register.journal.jsonl"


def register_path(option: str | None, environ: Mapping[str, str], *, here: Path) -> Place:
    """The register to open: `--register`, else `HORIZON_REGISTER`, else `register.json` (or its
    journal) in the folder `here`, else the one in the user's data folder. A folder stands for the
    register in it; `postgresql://` begins the address of a database.

    The file need not exist.
    """
    named = option or environ.get("HORIZON_REGISTER")
    if named:
        path = place_of(named)
        return path / FILE if isinstance(path, Path) and path.is_dir() else path
    if (here / FILE).exists() or (here / JOURNAL).exists():  # the journal rebuilds the other
        return here / FILE
    return home()


def home() -> Path:
    """The register in the user's data folder."""
    return Path(platformdirs.user_data_dir("horizon", appauthor=False)) / FILE


def acting_name(option: str | None, environ: Mapping[str, str], *, settled: str) -> str:
    """Who acts: `--as`, else `HORIZON_USER`, else the name in the settings, else the login name.

    The name is asserted, not authenticated.
    """
    for name in (option, environ.get("HORIZON_USER"), settled):
        if name and name.strip():
            return " ".join(name.split())
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no login name, as in some containers
        return "unknown user"
