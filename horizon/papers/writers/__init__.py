"""Papers as files. A new format is one function in a file of its own and one line in `WRITERS`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from horizon.model.errors import BadInput
from horizon.papers.blocks import Paper
from horizon.papers.writers.placing import replacing

Writer = Callable[[Paper], bytes]
"""Gives the bytes of a paper in one format: the same bytes for the same paper, every time."""


def _late(module: str) -> Writer:
    """The writer of a module here, `to_` and its name, imported when it is first used."""

    def write_late(paper: Paper) -> bytes:
        found = importlib.import_module(f"horizon.papers.writers.{module}")
        return cast(Writer, getattr(found, f"to_{module}"))(paper)

    return write_late


WRITERS: Mapping[str, Writer] = {
    ".docx": _late("docx"),
    ".html": _late("html"),
    ".md": _late("markdown"),
    ".odt": _late("odt"),
    ".pdf": _late("pdf"),
}
"""The formats by file name extension."""


def writer_for(path: Path) -> Writer:
    """The writer of the format that `path` ends in. Raises `BadInput` for one there is none of."""
    found = WRITERS.get(path.suffix.lower())
    if found is None:
        raise BadInput(
            f"A paper cannot be written as {path.suffix or 'a file without an extension'}",
            where=str(path),
            do=f"Use a name that ends in {', '.join(WRITERS)}",
        )
    return found


def write(paper: Paper, path: Path) -> bytes:
    """Write `paper` to `path` in the format of its extension, and give back what was written.

    The file is replaced whole or not at all. Raises `BadInput` for an unknown extension and
    `StoreFault` when the file cannot be written.
    """
    content = writer_for(path)(paper)
    with replacing(path, content):
        return content
