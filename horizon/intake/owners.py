"""Owners in a list whom nobody knows yet, and whose names are nearly somebody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from horizon.intake.report import RowReport
from horizon.register.batches import RowInput
from horizon.register.near_names import known_names, slip_in
from horizon.register.reader import Reader


def with_slips(
    register: Reader, reports: Mapping[int, RowReport], inputs: Mapping[int, RowInput]
) -> dict[int, RowReport]:
    """The rows, with what is to be said of the owner that each brings."""
    known = known_names(register)
    found = dict(reports)
    for at, each in inputs.items():
        owner = each.proposal.owner if each.proposal else each.changes.get("owner")
        if owner and (said := slip_in(owner, known)):
            why = "; ".join(filter(None, [found[at].why, said.removesuffix(".")]))
            found[at] = replace(found[at], why=why)
    return found
