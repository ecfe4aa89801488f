"""Tables of what was judged: scores, principles and answers. Open rounds stay sealed."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.judgement.checklist import ItemReading
from horizon.model.assessment import NOT_APPLICABLE
from horizon.model.technology import Technology
from horizon.papers.tables import Column, FlatTable, Value
from horizon.papers.tables.of_technologies import of_technologies
from horizon.register.reader import Reader

ROUND = Column("round", "Round", "The scoring round.", "number", width=7)


def scores(reader: Reader) -> FlatTable:
    """Every score of every closed round."""
    columns = (
        ROUND,
        Column("criterion", "Criterion", "What was scored.", width=10,
               refers="dim_criterion.criterion"),
        Column("assessor_id", "Assessor id", "Who scored.", key=True,
               refers="dim_person.person_id"),
        Column("assessor", "Assessor", "Who scored.", width=20),
        Column("level", "Level", "0 to 5 against the written anchors; empty if not applicable.",
               "number", width=7),
        Column("not_applicable", "Not applicable", "Whether it does not apply.", "flag", width=14),
        Column("grade", "Evidence", "Grade of the evidence, A to D.", width=9),
        Column("note", "Note", "What was noted.", width=50),
    )  # fmt: skip

    def rows(technology: Technology) -> Iterator[tuple[Value, ...]]:
        for round_ in technology.rounds:
            if not round_.is_closed:
                continue
            for person, submission in sorted(round_.submissions.items()):
                for criterion, score in submission.scores.items():
                    level = None if score.value == NOT_APPLICABLE else score.value
                    yield (
                        round_.number, criterion, person, reader.name(person), level,
                        level is None, score.grade, score.note,
                    )  # fmt: skip

    about = "Every score of every closed round. A round that is open stays sealed."
    return of_technologies(reader, "fact_score", "Scores", about, columns, rows)


def principles(reader: Reader) -> FlatTable:
    """How each technology with a closed round reads against each principle."""
    columns = (
        ROUND,
        Column("principle_id", "Principle id", "The principle.", key=True),
        Column("principle", "Principle", "The principle's name.", width=18),
        Column("low", "From", "Low end of the range, of 100.", "number", width=7),
        Column("high", "To", "High end of the range, of 100.", "number", width=7),
        Column("point", "Score", "The point of 100, where enough is scored to show one.", "number",
               width=7),
        Column("scored", "Scored %", "How much of the weight is scored, in per cent.", "number",
               width=10),
    )  # fmt: skip

    def rows(technology: Technology) -> Iterator[tuple[Value, ...]]:
        read = reader.reading(technology.id).scores
        if read.round is not None:
            for each in (*read.principles, read.overall):
                low, high = each.low // 10, -(-each.high // 10)
                yield read.round, each.id, each.name, low, high, each.point, each.coverage

    about = "Each technology's reading against each principle, and over all."
    return of_technologies(reader, "fact_principle", "Principles", about, columns, rows)


def answers(reader: Reader) -> FlatTable:
    """Each question that applies to each technology on the route, answered or not."""
    columns = (
        Column("question", "Question", "The checklist item.", width=10,
               refers="dim_question.question"),
        Column("answer", "Answer", "The answer; empty where there is none.", width=15),
        Column("finding", "Finding", "What the answer does.", width=14),
        Column("red_line", "Red line", "Where the red line stands, for items that are one.",
               width=13),
        Column("note", "Note", "What was noted.", width=50),
        Column("evidence", "Evidence", "The documents it rests on.", width=12),
    )  # fmt: skip

    def rows(technology: Technology) -> Iterator[tuple[Value, ...]]:
        stage = reader.framework.route.stage(technology.stage)
        if stage is None or not stage.ended:
            for each in reader.reading(technology.id).checklist.applicable:
                yield each.item.id, *_answer(each)

    about = "Every question that applies, with its answer. No answer counts as no."
    return of_technologies(reader, "fact_answer", "Answers", about, columns, rows)


def _answer(each: ItemReading) -> tuple[Value, ...]:
    given = each.answer
    line = each.line.value if each.line else None
    if given is None:
        return None, each.finding.value, line, None, None
    return given.answer.value, each.finding.value, line, given.note, ", ".join(given.evidence)
