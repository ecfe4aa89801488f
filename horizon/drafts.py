"""Work that is not handed in yet: kept on one person's machine, and in no register.

A draft is for whoever wrote it alone: scores are sealed until a round closes. So it lies in their
own folder, readable by nobody else, and is thrown away once it is handed in, or `DAYS` after it
was last touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from horizon.settings import settings_path

NONE = "HORIZON_NO_DRAFTS"
"""Where this is set, nothing is kept: on a machine that somebody shares with those it serves."""

DAYS = 90
"""Days after which a draft that nobody took up again is thrown away."""


def folder() -> Path:
    """Where drafts lie: beside the settings."""
    return settings_path().with_name("drafts")


@dataclass(frozen=True, slots=True)
class Draft:
    """The work of one person on one thing. `about` says which, and whose: all of it counts."""

    about: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The file of this draft. Its name says nothing of what is in it."""
        named = hashlib.sha256(json.dumps(self.about).encode()).hexdigest()
        return folder() / f"{named[:32]}.json"

    @property
    def is_kept(self) -> bool:
        """Whether something is kept."""
        return self.path.exists()

    def load(self) -> dict[str, Any]:
        """What was kept, or nothing. What cannot be read is as if it were not there."""
        try:
            held = json.loads(self.path.read_bytes())
        except (OSError, ValueError):
            return {}
        return held if isinstance(held, dict) else {}

    def keep(self, work: dict[str, Any]) -> bool:
        """Keep this work in place of what was kept before. Gives whether it is kept: `False` where
        drafts are not wanted, or the folder cannot be written to."""
        if NONE in os.environ:
            return False
        target = self.path
        new = target.with_suffix(".new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not target.exists():
                _throw_away_the_old(target.parent)
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(work, file)
            new.replace(target)
        except OSError:
            return False
        return True

    def drop(self) -> None:
        """Throw the draft away, if there is one."""
        with contextlib.suppress(OSError):
            self.path.unlink()


def _throw_away_the_old(drafts: Path) -> None:
    oldest = time.time() - DAYS * 24 * 60 * 60
    for each in drafts.iterdir():
        if each.stat().st_mtime < oldest:
            each.unlink()
