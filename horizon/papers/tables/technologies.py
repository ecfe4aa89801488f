"""Tables of technologies: one row for each, and what was seen, attached and due."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.judgement.standing import StandingKind
from horizon.model.facts import Fact, value_of
from horizon.model.several import BETWEEN_TAGS, in_one_cell
from horizon.model.technology import Technology
from horizon.papers.tables import Column, FlatTable, Value, flat
from horizon.papers.tables.of_technologies import LABEL, NAME, named, of_technologies
from horizon.register.reader import Reader

_COLUMNS = (
    Column("technology_id", "Id", "Its own id, which never changes.", key=True, width=20),
    LABEL,
    NAME,
    Column("kind", "Kind", "What sort of technology it is.", width=18),
    Column("stage_id", "Stage id", "Where it stands on the route.", key=True,
           refers="dim_stage.stage_id"),
    Column("stage", "Stage", "Where it stands on the route, in words.", width=18),
    Column("stage_since", "Since", "The day it came there.", "day", width=12),
    Column("standing", "Standing", "Whether it reads as approved, in words.", width=34),
    Column("approved", "Approved", "Whether it reads as approved.", "flag", width=10),
    Column("status", "Status", "The gravest finding: stop, held, below gate, open or clear.",
           width=12),
    Column("tier", "Tier", "Depth of review that its facts ask for.", width=10),
    Column("score_low", "Score from", "Low end of the overall range, of 100.", "number", width=11),
    Column("score_high", "Score to", "High end of the overall range, of 100.", "number", width=9),
    Column("score", "Score", "The overall point of 100, where enough is scored to show one.",
           "number", width=8),
    Column("scored", "Scored %", "How much of the weight is scored, in per cent.", "number",
           width=10),
    Column("open_questions", "Open questions", "Checklist questions that apply and have no answer.",
           "number", width=15),
    Column("problem", "Problem", "The problem it would solve.", width=44),
    Column("summary", "Summary", "What it does.", width=44),
    Column("supplier", "Supplier", "Who supplies it.", width=20),
    Column("owner_id", "Owner id", "Who answers for it.", key=True, refers="dim_person.person_id"),
    Column("owner", "Owner", "Who answers for it.", width=20),
    Column("time_horizon", "Time horizon", "When it could be in ordinary use: H1 within 2 years, "
           "H2 2 to 5, H3 later.", width=13),
    Column("trl", "TRL", "Technology readiness level, 1 to 9.", "number", width=6),
    Column("posture", "Posture", "What the force does about it: lead, collaborate, follow, watch "
           "or park.", width=13),
    Column("regime", "Data protection regime", "Which regime the processing falls under.",
           width=22),
    Column("aliases", "Aliases", "Other names, between semicolons.", width=20),
    Column("tags", "Tags", "Words that it is found by, between semicolons.", width=20),
    Column("marking", "Marking", "Security classification of the record.", width=20),
    Column("review_by", "Review by", "The day by which it is looked at again.", "day", width=12),
    Column("next_due", "Next due", "The first of its dates: review, expiry or condition.", "day",
           width=12),
    Column("overdue", "Overdue", "Whether that day has passed.", "flag", width=9),
    Column("in_use_before", "In use before", "Whether it was in use before it was registered.",
           "flag", width=13),
    Column("source", "Source", "Where it was first seen.", width=24),
    Column("url", "Url", "The address of that source.", width=24),
    Column("date", "Date", "The day it was first seen.", "day", width=12),
)  # fmt: skip


def technologies(reader: Reader) -> FlatTable:
    """Every technology, one a row, in the order of the register."""
    rows = (_row(reader, each) for each in reader.state.technologies.values())
    return flat("dim_technology", "Register", "Every technology and how it stands.", _COLUMNS, rows)


def _row(reader: Reader, technology: Technology) -> Iterator[Value]:
    reading = reader.reading(technology.id)
    ended = reading.standing.kind is StandingKind.ENDED
    scored = reading.scores.round is not None
    overall = reading.scores.overall
    first = technology.sightings[0] if technology.sightings else None
    due = reading.deadlines[0] if reading.deadlines else None
    yield from (*named(technology), technology.kind)
    yield from (technology.stage, reader.framework.route.stage_name(technology.stage))
    yield from (technology.stage_since, reading.standing.words, reading.standing.approved)
    yield "ended" if ended else reading.status.status
    yield reading.tier.tier
    yield from (
        (overall.low // 10, -(-overall.high // 10), overall.point, overall.coverage)
        if scored
        else (None, None, None, 0)
    )
    yield 0 if ended else len(reading.checklist.open)
    yield from (technology.problem, technology.summary, technology.supplier)
    yield from (technology.owner, reader.name(technology.owner) if technology.owner else None)
    yield from (technology.time_horizon, technology.trl, technology.posture, technology.regime)
    yield in_one_cell(technology.aliases)
    yield in_one_cell(technology.tags, BETWEEN_TAGS)
    yield from (technology.marking, technology.review_by)
    yield from (due.due if due else None, due.overdue if due else False)
    yield technology.legacy is not None
    yield from (first.source, first.url, first.seen_on) if first else (None, None, None)


def sightings(reader: Reader) -> FlatTable:
    """Every dated source where a technology was seen."""
    columns = (
        Column("seen_on", "Seen on", "The day of the source.", "day", width=12),
        Column("source", "Source", "Where it was seen.", width=30),
        Column("source_type", "Sort of source", "What sort of source it is.", width=15),
        Column("title", "Title", "What the source is called.", width=34),
        Column("url", "Url", "Its address.", width=30),
        Column("note", "Note", "What was noted.", width=40),
    )

    def rows(technology: Technology) -> Iterator[tuple[Value, ...]]:
        for s in technology.sightings:
            yield s.seen_on, s.source, s.source_type, s.title, s.url, s.note

    about = "Every dated source where a technology was seen."
    return of_technologies(reader, "fact_sighting", "Sightings", about, columns, rows)


def evidence(reader: Reader) -> FlatTable:
    """Every document that supports an answer, a score or a decision."""
    columns = (
        Column("evidence", "No.", "Its number within the technology.", width=6),
        Column("title", "Title", "What it is called.", width=40),
        Column("version", "Version", "Its version.", width=9),
        Column("dated", "Dated", "The day it carries.", "day", width=12),
        Column("document", "Kind of document", "Which document that a gate asks for it is.",
               width=34),
        Column("ends_on", "Ends on", "The end date that a trial protocol sets.", "day", width=12),
        Column("location", "Where it is kept", "Where it is kept.", width=30),
        Column("sha256", "SHA-256", "The digest of the file, where it could be read.", width=20),
    )  # fmt: skip
    route = reader.framework.route

    def rows(technology: Technology) -> Iterator[tuple[Value, ...]]:
        for each in technology.evidence:
            document = route.document(each.document)
            yield (
                each.id, each.title, each.version, each.dated,
                document.name if document else each.document, each.ends_on, each.location,
                each.sha256,
            )  # fmt: skip

    about = "Documents that support answers, scores and decisions."
    return of_technologies(reader, "fact_evidence", "Evidence", about, columns, rows)


def facts(reader: Reader) -> FlatTable:
    """What is known of each fact about each proposed use."""
    columns = (
        Column("fact", "Fact", "The fact's own id.", key=True),
        Column("fact_name", "Fact", "What the fact is called.", width=34),
        Column("value", "Value", "yes, no or unknown; unknown counts as yes.", width=10),
    )
    names = reader.framework.fact_names

    def rows(technology: Technology) -> Iterator[tuple[Value, ...]]:
        for fact in Fact:
            yield fact.value, names[fact], value_of(technology.facts, fact)

    about = "Facts about each proposed use. Unknown counts as yes."
    return of_technologies(reader, "fact_use", "Facts", about, columns, rows)


def due(reader: Reader) -> FlatTable:
    """Every date that still matters to a technology."""
    columns = (
        Column("due", "Due", "The day by which something is due.", "day", width=12),
        Column("sort", "What", "review, expiry or condition.", width=11),
        Column("words", "In words", "What is due, in words.", width=50),
        Column("overdue", "Overdue", "Whether the day has passed.", "flag", width=9),
        Column("days_late", "Days late", "How many days ago it was due; 0 if it is not.", "number",
               width=10),
    )  # fmt: skip

    def rows(technology: Technology) -> Iterator[tuple[Value, ...]]:
        for each in reader.reading(technology.id).deadlines:
            late = max((reader.today - each.due).days, 0)
            yield each.due, each.kind, each.words, each.overdue, late

    about = "Reviews, expiries and conditions that still matter, judged on the day of the data."
    return of_technologies(reader, "fact_deadline", "Due", about, columns, rows)
