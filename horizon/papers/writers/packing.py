"""Zipped formats, the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date


def packed(entries: Iterable[tuple[str, bytes]], day: date) -> bytes:
    """A zip file of `entries`, in their order, each dated `day`.

    Nothing is compressed: zlib and its replacements compress the same bytes differently, and a
    paper must be the same file wherever it is made.
    """
    target = io.BytesIO()
    stamp = (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system = 0
            file.writestr(entry, content)
    return target.getvalue()


def entries_of(content: bytes) -> Iterable[tuple[str, bytes]]:
    """The entries of a zip file, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            yield name, file.read(name)
