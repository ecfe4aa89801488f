"""Tables that say what ids stand for: stages, bodies, criteria, questions, people, days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from horizon.model.wording import day
from horizon.papers.tables import Column, FlatTable, Value, flat
from horizon.register.reader import Reader


def stages(reader: Reader) -> FlatTable:
    """The stages of the route, in its order."""
    columns = (
        Column("stage_id", "Stage id", "The stage's own id."),
        Column("place", "Place", "Its place on the route, from 1.", "number"),
        Column("stage", "Stage", "Its name."),
        Column("ended", "Ended", "Whether the route ends there.", "flag"),
        Column("in_use", "In use", "Whether a technology there is in use.", "flag"),
    )
    rows = (
        (each.id, at, each.name, each.ended, each.in_use)
        for at, each in enumerate(reader.framework.route.stages, 1)
    )
    return flat("dim_stage", "Stages", "The stages of the route.", columns, rows)


def bodies(reader: Reader) -> FlatTable:
    """The bodies of the route."""
    columns = (
        Column("body_id", "Body id", "The body's own id."),
        Column("body", "Body", "Its name."),
        Column("abbreviation", "Abbreviation", "How its decisions' numbers begin."),
        Column("leg", "Leg", "ethics, delivery, joint or outside."),
        Column("authority", "Authority", "decides, recommends or advises."),
    )
    rows = (
        (each.id, each.name, each.abbreviation, each.leg, each.authority)
        for each in reader.framework.route.bodies
    )
    return flat("dim_body", "Bodies", "The bodies of the route.", columns, rows)


def criteria(reader: Reader) -> FlatTable:
    """What is scored."""
    columns = (
        Column("criterion", "Criterion", "The criterion's own id."),
        Column("name", "Name", "Its name."),
        Column("under", "Under", "The principle or objective that it belongs to."),
        Column("sort", "Sort", "principle or objective."),
        Column("weight", "Weight", "Its weight within the principle.", "number"),
        Column("trial_minimum", "Minimum, trial", "The level that a trial asks for.", "number"),
        Column("adoption_minimum", "Minimum, adoption", "The level that adoption asks for.",
               "number"),
    )  # fmt: skip
    framework = reader.framework
    under = {c.id: (p.name, "principle") for p in framework.principles for c in p.criteria}
    under |= {each.fit.id: (each.name, "objective") for each in framework.objectives}
    rows = (
        (c.id, c.name, *under[c.id], c.weight, c.trial_minimum, c.adoption_minimum)
        for c in framework.criteria.values()
    )
    return flat("dim_criterion", "Criteria", "What is scored from 0 to 5.", columns, rows)


def questions(reader: Reader) -> FlatTable:
    """The items of the data-ethics checklist."""
    columns = (
        Column("question", "Question", "The item's own id."),
        Column("theme", "Theme", "The theme it belongs to."),
        Column("text", "Text", "The question."),
        Column("core", "Core", "Whether the light tier asks it.", "flag"),
        Column("red_line", "Red line", "Whether it is a red line in any phase.", "flag"),
    )
    rows = (
        (item.id, theme.name, item.question, item.core, bool(item.red_line))
        for theme in reader.framework.themes
        for item in theme.items
    )
    return flat("dim_question", "Questions", "The data-ethics checklist.", columns, rows)


def people(reader: Reader) -> FlatTable:
    """The people whom the register knows."""
    columns = (
        Column("person_id", "Person id", "The person's own id."),
        Column("name", "Name", "The name; erased people have none."),
        Column("role", "Role", "The role."),
    )
    rows = ((each.id, each.name, each.role) for each in reader.state.people.values())
    return flat("dim_person", "People", "The people whom the register knows.", columns, rows)


def days(tables: Iterable[FlatTable]) -> FlatTable:
    """Every day from the January of the first year that any of the tables names to the December of
    the last, so that a dashboard can count by month."""
    columns = (
        Column("day", "Day", "The day.", "day"),
        Column("year", "Year", "Its year.", "number"),
        Column("quarter", "Quarter", "Its quarter, 1 to 4.", "number"),
        Column("month", "Month", "Its month, 1 to 12.", "number"),
        Column("month_name", "Month name", "The month's name."),
        Column("financial_year", "Financial year", "Its year from April: 2026/27."),
    )
    named = sorted(_named(tables))
    rows: list[tuple[Value, ...]] = []
    if named:
        at, last = date(named[0].year, 1, 1), date(named[-1].year, 12, 31)
        while at <= last:
            rows.append(_row(at))
            if at == date.max:
                break
            at += timedelta(days=1)
    about = "Every day of the years that the register speaks of."
    return flat("dim_date", "Days", about, columns, rows)


def _row(at: date) -> tuple[Value, ...]:
    began = at.year if at.month >= 4 else at.year - 1
    month = day(at).split()[1]
    financial = f"{began}/{(began + 1) % 100:02}"
    return at, at.year, (at.month + 2) // 3, at.month, month, financial


SPAN = 100
"""Years that may lie between the first and the last day of a calendar. A date further off is a
slip of the pen, and a table of millions of days would help nobody."""


def _named(tables: Iterable[FlatTable]) -> set[date]:
    found = {
        cell
        for table in tables
        for at, column in enumerate(table.columns)
        if column.sort == "day"
        for row in table.rows
        if isinstance(cell := row[at], date)
    }
    if not found:
        return found
    middle = sorted(found)[len(found) // 2].year
    return {each for each in found if abs(each.year - middle) <= SPAN // 2}
