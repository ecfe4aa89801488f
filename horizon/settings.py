"""What Horizon remembers for one person on one machine: who they are and how it looks."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ConfigDict, ValidationError


class Settings(BaseModel):
    """`user` is the name to act under; `theme` the app's; `motion` is `none` for those who want
    nothing to move; `views` are searches kept by name; `export` is what was chosen when something
    was last exported; `importing` where the file was that was imported last; `signing_key` is the
    key that decisions are signed with, `allowed_signers` the file that says whose keys may sign,
    where it is not beside the register. Unknown settings are kept, not refused, so that an older
    Horizon leaves a newer one's alone."""

    model_config = ConfigDict(extra="allow")

    user: str = ""
    theme: str = ""
    motion: str = ""
    views: dict[str, str] = {}
    export: dict[str, str] = {}
    signing_key: str = ""
    allowed_signers: str = ""
    importing: dict[str, str] = {}


def settings_path(environ: Mapping[str, str] = os.environ) -> Path:
    """`HORIZON_SETTINGS`, else settings.json in the user's configuration folder."""
    named = environ.get("HORIZON_SETTINGS")
    if named:
        return Path(named)
    return Path(platformdirs.user_config_dir("horizon", appauthor=False)) / "settings.json"


def load(path: Path | None = None) -> Settings:
    """The settings, or the defaults when there are none or they cannot be read."""
    try:
        return Settings.model_validate_json((path or settings_path()).read_bytes())
    except (OSError, ValidationError):
        return Settings()


def save(path: Path | None = None, **changes: Any) -> Settings:
    """Change some settings. A folder that cannot be written to is not worth an error."""
    with contextlib.suppress(OSError):
        return write(path, **changes)
    return load(path).model_copy(update=changes)


def write(path: Path | None = None, **changes: Any) -> Settings:
    """Change some settings. Raises `OSError` when they cannot be kept."""
    target = path or settings_path()
    settings = load(target).model_copy(update=changes)
    text = json.dumps(settings.model_dump(mode="json"), indent=2, sort_keys=True) + "\n"
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(target.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(target)
    return settings
