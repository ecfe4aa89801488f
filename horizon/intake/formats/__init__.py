"""The formats that can be imported: one small reader in one file each.

A reader says whether what was given looks like its format, and reads it into a `Table`. To add a
format, write such a file and name it in `FORMATS`, before the formats it is a special case of.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import ModuleType

from horizon.intake.given import Given
from horizon.intake.table import Table
from horizon.model.errors import BadInput


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person says about how to read it: the sheet of a workbook, the row of the header,
    the headers they name."""

    sheet: str = ""
    header_row: int = 0
    headers: tuple[str, ...] = ()


FORMATS = {
    "markdown-radar": "AOE technology radar (a folder of Markdown files)",
    "workbook": "Excel workbook",
    "horizon": "Horizon's own JSON",
    "zalando": "Zalando technology radar",
    "backstage": "Backstage technology radar",
    "byor": "Build your own radar",
    "atrs": "UK Algorithmic Transparency Recording Standard",
    "dutch": "Dutch algorithm register",
    "landscape": "Landscape file",
    "records": "JSON records",
    "delimited": "CSV",
}
"""Every format by its id, in the order in which they are tried. The module of the same name (with
underscores) has `fits(given)` and `read(given, asked)`."""


def read(given: Given, asked: Asked | None = None, *, format: str = "") -> Table:
    """The table in what was given, read as `format`, or as the first format that it fits.

    Raises `BadInput` in one line for what no reader can read.
    """
    if format:
        reader = _reader(format)
        if not reader.fits(given):
            raise BadInput(f"It cannot be read as: {FORMATS[format]}", where=given.name)
        return reader.read(given, asked or Asked())  # type: ignore[no-any-return]
    for each in FORMATS:
        reader = _reader(each)
        if each == "records":
            _refuse_checklist(given)
        if each == "delimited":
            _refuse_no_table(given)
        if reader.fits(given):
            return reader.read(given, asked or Asked())  # type: ignore[no-any-return]
    raise BadInput("This is no format that can be imported", where=given.name)


def _refuse_checklist(given: Given) -> None:
    """Raises `BadInput` for a checklist, which is for a framework and not for the register."""
    from horizon.intake.checklists import is_checklist

    if is_checklist(given):
        raise BadInput(
            "This is a checklist of questions, and no list of technologies",
            where=given.name,
            do=f"Make a draft framework of it with: horizon criteria import {given.name}",
        )


def _refuse_no_table(given: Given) -> None:
    """Raises `BadInput` for what would be read as CSV only for want of a better reader."""
    if given.is_folder:
        return
    if not given.content:
        raise BadInput("This file is empty", where=given.name, do="Check that it is the right one")
    if given.name.lower().endswith((".yml", ".yaml")):
        from horizon.intake import safe_yaml

        safe_yaml.load(given.text, given.name)
        raise BadInput(
            "There is no list of technologies in this YAML",
            where=given.name,
            do="Give a landscape (landscape, subcategories, items), or save the list as CSV",
        )


def _reader(format: str) -> ModuleType:
    return importlib.import_module(f"horizon.intake.formats.{format.replace('-', '_')}")
