"""Who is at a meeting, as people write it down: lines, or a CSV table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from horizon.cli.typed import lines_in
from horizon.intake.formats import Asked, delimited
from horizon.intake.given import Given
from horizon.intake.table import Table
from horizon.model.errors import BadInput
from horizon.model.meeting import Presence, Seat
from horizon.register.inputs import AttendanceInput, checked

COLUMNS = ("name", "seat", "role", "organisation", "apologies")
"""The columns of a table, of which only the name is needed."""

_SEATS = {each.value.replace("-", ""): each for each in Seat}
_APOLOGIES = "apologies"
_NO = ("", "no", "n", "0", "false", "present")
"""What stands in the column for apologies where somebody is there."""


def people_in(content: bytes, source: str) -> list[AttendanceInput]:
    """The people that lines or a table name. Raises `BadInput` that says on which line it is
    wrong."""
    text = _text(content, source)
    first = next(lines_in(text), None)
    if first is None:
        raise BadInput("Nobody is named in it", where=source, do="Write: member: NAME, ROLE")
    if ":" in first[1] and _seat(first[1].partition(":")[0]):
        return list(_from_lines(text, source))
    table = delimited.read(Given(source, content), Asked(headers=COLUMNS))
    names = [each.casefold() for each in table.header]
    if "name" not in names:
        raise BadInput(
            f"{first[1]!r} says neither who sits where nor the columns of a table",
            where=f"{source}, line {first[0]}",
            do="Write: member: NAME, ROLE, ORGANISATION",
        )
    return list(_from_table(table, names, source))


def _text(content: bytes, source: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"This is not UTF-8 text (byte {error.start + 1})", where=source, do="Save it as UTF-8"
        ) from None


def _from_lines(text: str, source: str) -> Iterator[AttendanceInput]:
    """`seat: name, role, organisation`, one person a line."""
    for number, line in lines_in(text):
        where = f"{source}, line {number}"
        said, colon, rest = line.partition(":")
        found = _seat(said) if colon else None
        if found is None:
            seats = ", ".join([*(each.value for each in Seat), _APOLOGIES])
            raise BadInput(
                f"{line!r} does not say which seat somebody has",
                where=where,
                do=f"Write SEAT: NAME, ROLE, ORGANISATION, the seat being one of {seats}",
            )
        name, _, more = rest.partition(",")
        role, _, organisation = more.partition(",")
        yield _person(
            where,
            name.strip(),
            found,
            role=role.strip(),
            organisation=organisation.strip(),
        )


def _from_table(table: Table, names: list[str], source: str) -> Iterator[AttendanceInput]:
    for name in names:
        if name not in COLUMNS:
            raise BadInput(
                f"There is no column {name!r} in attendance",
                where=source,
                do=f"Use: {', '.join(COLUMNS)}",
            )
    for fault in table.faults:
        raise BadInput(fault.why, where=f"{source}, line {fault.line}", do=fault.do)
    for row in table.rows:
        where = f"{source}, line {row.line}"
        cell = dict(zip(names, row.cells, strict=True))
        said = cell.get("seat", "") or Seat.MEMBER
        found = _seat(said)
        if found is None:
            raise BadInput(
                f"{said!r} is not a seat",
                where=where,
                do=f"Use one of: {', '.join(each.value for each in Seat)}",
            )
        seat, presence = found
        if cell.get("apologies", "").casefold() not in _NO:
            presence = Presence.APOLOGIES
        yield _person(
            where,
            cell["name"],
            (seat, presence),
            role=cell.get("role", ""),
            organisation=cell.get("organisation", ""),
        )


def _person(
    where: str, name: str, found: tuple[Seat, Presence], *, role: str, organisation: str
) -> AttendanceInput:
    seat, presence = found
    values = {"person": name, "seat": seat, "presence": presence, "role": role}
    return checked(AttendanceInput, {**values, "organisation": organisation}, where=where)


def _seat(text: str) -> tuple[Seat, Presence] | None:
    """`member`, `minute taker`, `apologies`, `apologies adviser` as a seat and whether they are
    there; `None` for anything else."""
    words = re.sub(r"[^a-z ]", " ", text.casefold()).split()
    presence = Presence.APOLOGIES if _APOLOGIES in words else Presence.PRESENT
    seat = "".join(each for each in words if each != _APOLOGIES)
    if not seat and presence is Presence.APOLOGIES:
        return Seat.MEMBER, presence
    found = _SEATS.get(seat)
    return (found, presence) if found else None
