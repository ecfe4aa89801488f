"""Tables from bytes, and plans from text, in a line each."""

from __future__ import annotations

from typing import Any

from horizon.intake import formats
from horizon.intake.choices import Choices
from horizon.intake.given import Given
from horizon.intake.load import load, plan
from horizon.intake.report import Report
from horizon.intake.table import Table
from horizon.register import Register


def read_table(content: bytes, source: str) -> Table:
    """The table in bytes that are known to be delimited text."""
    return formats.read(Given(source, content), format="delimited")


def read(content: bytes | str, source: str = "list") -> Table:
    """The table in bytes of any format."""
    data = content.encode() if isinstance(content, str) else content
    return formats.read(Given(source, data))


def planned(
    register: Register, content: bytes | str, file: str = "list.csv", **more: Any
) -> Report:
    """What importing it would do; `more` are choices."""
    data = content.encode() if isinstance(content, str) else content
    return plan(register, Given(file, data), Choices(**more))


def loaded(register: Register, content: bytes | str, file: str = "list.csv", **more: Any) -> Report:
    """What importing it did."""
    return load(register, planned(register, content, file, **more))


def outcomes(report: Report) -> list[tuple[int, str]]:
    """Row numbers with what became of them."""
    return [(each.row, each.outcome.value) for each in report.rows]
