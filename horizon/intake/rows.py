"""Rows of an import as its report, its record and the look for duplicates need them."""

from __future__ import annotations

import hashlib
from typing import Any

from horizon.intake.given import Given
from horizon.intake.reading import Read, Unread
from horizon.intake.report import Outcome, RowReport
from horizon.intake.table import RowFault
from horizon.register.aliases import aliases
from horizon.register.likeness import Card, likeness, prepared


def card_of(read: Read) -> Card:
    """A row as the look for duplicates needs it."""
    return Card(
        id="",
        name=read.name,
        aliases=read.values.get("aliases", ()),
        supplier=read.values.get("supplier", ""),
        owner=read.values.get("owner", "") or read.values.get("source", ""),
        summary=read.values.get("summary", ""),
        urls=tuple(filter(None, [read.values.get("url", "")])),
    )


def doubt_of(one: Card, other: Card) -> str:
    """What speaks against two of one name being one technology, to stand behind that they have
    it: other suppliers, or a name that any tool of its sort may have. Empty where nothing does."""
    table = aliases()
    found = likeness(prepared(one, table), prepared(other, table))
    return "".join(f", {each}" for each in found.reasons if each.startswith("but "))


def file_digest(given: Given) -> str:
    found = hashlib.sha256(given.content)
    for path, content in given.files.items():
        found.update(path.encode("utf-8", "replace") + b"\0" + content)
    return found.hexdigest()


def report_of(read: Read, outcome: Outcome, **more: Any) -> RowReport:
    row = read.row
    return RowReport(row.place, row.ref, row.number, row.line, read.name, outcome, **more)


def refused(read: Read, column: str, why: str, do: str) -> RowReport:
    return report_of(read, Outcome.REFUSED, column=column, value=read.name, why=why, do=do)


def of_unread(each: Unread) -> RowReport:
    row = each.row
    first, *more = each.faults
    return RowReport(
        row.place,
        row.ref,
        row.number,
        row.line,
        each.name,
        Outcome.REFUSED,
        column=first.column,
        value=first.value,
        why=first.why,
        do=first.do,
        more=tuple(more),
    )


def of_fault(fault: RowFault) -> RowReport:
    return RowReport(
        fault.place,
        fault.ref,
        fault.number,
        fault.line,
        "",
        Outcome.REFUSED,
        why=fault.why,
        do=fault.do,
    )
