"""Tables that are Horizon's own export of technologies: told by their ids, read by their titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from horizon.intake.table import Exported, Table

ID = re.compile(r"t-[0-9a-f]{16}")

COLUMNS: Mapping[str, tuple[str, str]] = {
    "key": ("technology_id", "Id"),
    "name": ("name", "Name"),
    "kind": ("kind", "Kind"),
    "problem": ("problem", "Problem"),
    "summary": ("summary", "Summary"),
    "supplier": ("supplier", "Supplier"),
    "owner": ("owner", "Owner"),
    "time_horizon": ("time_horizon", "Time horizon"),
    "trl": ("trl", "TRL"),
    "posture": ("posture", "Posture"),
    "regime": ("regime", "Data protection regime"),
    "aliases": ("aliases", "Aliases"),
    "tags": ("tags", "Tags"),
    "marking": ("marking", "Marking"),
    "source": ("source", "Source"),
    "url": ("url", "Url"),
    "date": ("date", "Date"),
}
"""What each field is called in the CSV of the register and in its workbook. The other columns say
how a technology stands, which follows from its record."""


REGISTER = "Register"
"""The sheet of the workbook that has a row for each technology."""

REVIEW = "review_by"

SHOWN: Mapping[str, tuple[str, str]] = {
    REVIEW: (REVIEW, "Review by"),
    "label": ("label", "Label"),
    "stage": ("stage", "Stage"),
}
"""What only the register's own export shows, and what it is called there."""

LEFT = {"label": "a label is given once", "stage": "move it in Horizon"}
"""What is shown and no import changes, and what to do instead."""


def exported(book: Any) -> Exported | None:
    """What an openpyxl workbook says of the export that it is: in its properties, else, where a
    program dropped those, on its cover."""
    said = {each.name: each.value for each in book.custom_doc_props.props}
    if "register-head" not in said and "Cover" in book.sheetnames:
        rows = book["Cover"].iter_rows(max_row=40, max_col=2, values_only=True)
        cover = {str(row[0]): row[1] for row in rows if len(row) == 2}
        said = {"register-head": cover.get("Register head"), "edition": cover.get("Edition")}
    head, edition = (str(said.get(name) or "") for name in ("register-head", "edition"))
    return Exported(head, edition.casefold()) if re.fullmatch("[0-9a-f]{64}", head) else None


def own_columns(table: Table) -> dict[str, str] | None:
    """Field to header where the table is Horizon's own export of technologies, of any register;
    else `None`."""
    for at, (key, label) in enumerate((("technology_id", "label"), ("Id", "Label"))):
        if key in table.header and label in table.header and _has_ids(table, key):
            names = {field: titles[at] for field, titles in COLUMNS.items()}
            return {field: name for field, name in names.items() if name in table.header}
    return None


def _has_ids(table: Table, header: str) -> bool:
    at = table.header.index(header)
    filled = [row.cells[at] for row in table.rows if row.cells[at]]
    return 2 * sum(ID.fullmatch(each) is not None for each in filled) >= max(len(filled), 1)
