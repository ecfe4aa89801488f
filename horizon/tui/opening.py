"""Opening a file with whatever this machine opens such files with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def opener(environ: Mapping[str, str] = os.environ) -> str:
    """The command that opens files here; empty where there is no desktop to open them on."""
    if sys.platform == "win32":
        return "start"
    if sys.platform == "darwin":
        return "open"
    has_desktop = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return "xdg-open" if has_desktop and shutil.which("xdg-open") else ""


def open_file(path: Path) -> str:
    """Open a file or a folder in its own program, beside this one. Gives why that failed, or
    nothing."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            subprocess.Popen(
                [opener(), str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
    except OSError as error:
        return error.strerror or str(error)
    return ""
