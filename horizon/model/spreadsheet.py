"""Text in the cells of a spreadsheet: how it goes in, safely, and comes back as it was."""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*\s*[=+\-@\t\r\n\x00\uff0b\uff0d\uff1d\uff20]")
"""What a spreadsheet may take for a formula once the apostrophes before it are gone (OWASP ASVS 5,
1.2.10; the last four are the full-width signs, which some spreadsheets take for the others)."""


def guarded(text: str) -> str:
    """`text` with one apostrophe before it if a spreadsheet might run it, or would if an
    apostrophe were taken away."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(cell: str) -> str:
    """What was guarded. An apostrophe before anything else is part of the text (`'tis`)."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell
