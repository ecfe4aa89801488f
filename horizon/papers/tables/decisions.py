"""Tables of what bodies decided and on what conditions, and of how technologies moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from horizon.judgement.holding import approves_now
from horizon.model.decision import Condition, Decision
from horizon.model.envelope import Commit
from horizon.model.events import StageMoved
from horizon.model.technology import Technology
from horizon.papers.items import outcome_name
from horizon.papers.tables import Column, FlatTable, flat
from horizon.papers.tables.of_technologies import NAMING, TECHNOLOGY, named
from horizon.register.reader import Reader

BODY = Column("body_id", "Body id", "The body that decided.", key=True, refers="dim_body.body_id")


def decisions(reader: Reader) -> FlatTable:
    """Every decision, in the order of technologies and then of time."""
    columns = (
        Column("decision", "Decision", "Its number.", width=16),
        *NAMING,
        BODY,
        Column("body", "Body", "The body that decided.", width=24),
        Column("gate", "Gate", "The gate it was made at.", width=7),
        Column("phase", "Phase", "trial or adoption, where the gate has one.", width=10),
        Column("decided_on", "Decided on", "The day of the decision.", "day", width=12),
        Column("outcome", "Outcome", "What was decided, in the body's words.", width=26),
        Column("effect", "Effect", "What that does, whatever the body calls it.", width=22),
        Column("reasons", "Reasons", "Why.", width=50),
        Column("conditions", "Conditions", "How many conditions it carries.", "number", width=11),
        Column("overdue", "Overdue", "How many of them are overdue.", "number", width=9),
        Column("review_by", "Review by", "The day by which it is looked at again.", "day",
               width=12),
        Column("expires_on", "Expires on", "The last day on which it holds.", "day", width=12),
        Column("holds", "Holds", "Whether it stands today. An approval also lets it go on today.",
               "flag", width=7),
        Column("supersedes", "Supersedes", "The decision it replaces.", width=16),
        Column("superseded_by", "Superseded by", "The decision that replaced it.", width=16),
        Column("marking", "Marking", "Security classification of the record.", width=20),
    )  # fmt: skip
    route, today, rows = reader.framework.route, reader.today, []
    for technology in reader.state.technologies.values():
        for each in technology.decisions:
            body = route.body(each.body)
            late = len(each.overdue_conditions(today))
            rows.append(
                (
                    each.number, *named(technology), each.body, body.name if body else each.body,
                    each.gate, each.phase, each.decided_on, outcome_name(reader, each),
                    each.effect, each.reasons, len(each.conditions), late, each.review_by,
                    each.expires_on, _holds(technology, each, today), each.supersedes,
                    each.superseded_by, each.marking,
                )
            )  # fmt: skip
    about = "Every decision that a body recorded."
    return flat("fact_decision", "Decisions", about, columns, rows)


def _holds(technology: Technology, decision: Decision, today: date) -> bool:
    """Whether a decision stands; of an approval, whether it reads as one."""
    if decision.effect.approves:
        return approves_now(technology, decision, today)
    return decision.is_current(today)


def conditions(reader: Reader) -> FlatTable:
    """Every condition of every decision."""
    columns = (
        Column("condition", "No.", "The decision's number and the condition's.", width=19),
        Column("decision", "Decision", "The decision that set it.", width=16,
               refers="fact_decision.decision"),
        *NAMING,
        Column("text", "Condition", "What is asked.", width=50),
        Column("evidence_needed", "Evidence needed", "What will show that it is met.", width=34),
        Column("owner_id", "Owner id", "Who must meet it.", key=True,
               refers="dim_person.person_id"),
        Column("owner", "Owner", "Who must meet it.", width=20),
        Column("due", "Due", "The day by which.", "day", width=12),
        Column("state", "State", "met, overdue, open, or superseded with its decision.", width=11),
        Column("days_late", "Days late", "How many days ago it was due; 0 if it is not late.",
               "number", width=10),
        Column("met_on", "Met on", "The day it was met.", "day", width=12),
    )  # fmt: skip
    rows = []
    for technology in reader.state.technologies.values():
        for decision in technology.decisions:
            for each in decision.conditions:
                state = "superseded" if decision.superseded_by else _state(each, reader.today)
                late = (reader.today - each.due).days if state == "overdue" else 0
                rows.append(
                    (
                        f"{decision.number}#{each.number}", decision.number, *named(technology),
                        each.text, each.evidence_needed, each.owner, reader.name(each.owner),
                        each.due, state, late, each.discharge.on if each.discharge else None,
                    )
                )  # fmt: skip
    about = "Every condition that a decision set, and what became of it."
    return flat("fact_condition", "Conditions", about, columns, rows)


def _state(condition: Condition, today: date) -> str:
    if condition.discharge is not None:
        return "met"
    return "overdue" if condition.is_overdue(today) else "open"


def moves(reader: Reader, commits: Iterable[Commit]) -> FlatTable:
    """Every move from one stage to another, read from the journal as far as the state goes.

    Technologies that the state does not hold are left out.
    """
    columns = (
        Column("event", "Event", "The event's number in the journal.", "number", width=8),
        TECHNOLOGY,
        Column("moved_on", "Moved on", "The day of the move.", "day", width=12),
        Column("from_stage_id", "From", "The stage it left.", width=20),
        Column("to_stage_id", "To", "The stage it came to.", width=20,
               refers="dim_stage.stage_id"),
        Column("gate", "Gate", "The gate it passed, if there is one on the way.", width=7),
    )  # fmt: skip
    about = "Every move along the route."
    return flat("fact_move", "Moves", about, columns, _moves(reader, commits))


def _moves(
    reader: Reader, commits: Iterable[Commit]
) -> Iterator[tuple[int, str, date, str, str, str]]:
    for commit in commits:
        for event in commit.events:
            known = event.subject in reader.state.technologies
            if event.kind != StageMoved.kind or event.seq > reader.state.head.seq or not known:
                continue
            payload = event.payload()
            if isinstance(payload, StageMoved):
                yield (
                    event.seq, event.subject, payload.on, payload.origin, payload.to, payload.gate,
                )  # fmt: skip
