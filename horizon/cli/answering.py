"""The command that answers the data-ethics checklist, and shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from horizon.cli.completing import ITEMS, TECHNOLOGY
from horizon.cli.frame import Command, expect_option, json_option, session
from horizon.cli.output import print_json, print_table, say, wrapped
from horizon.cli.technologies import told
from horizon.cli.typed import entries_in, pairs, put, text_of
from horizon.judgement.checklist import ItemReading
from horizon.model.errors import BadInput
from horizon.model.events import AnswerGiven
from horizon.register.inputs import checked, one_of


@click.command(
    cls=Command,
    example="""horizon answer T-0013
horizon answer T-0013 LB1
horizon answer T-0013 LB3=yes PR1=partly --evidence E1 --note "See 2.1"
printf 'FA1 no - Due soon\\nDP1 unknown\\n' | horizon answer T-0013 --from -""",
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("answers", nargs=-1, shell_complete=ITEMS, metavar="[ITEM[=ANSWER]]...")
@click.option("--evidence", multiple=True, metavar="E1", help="Evidence for these answers.")
@click.option("--note", default="", help="A note or reason for these answers.")
@click.option(
    "--from",
    "source",
    metavar="FILE",
    help="Read lines such as 'LB3 yes E1,E2 note', or JSON, from a file, or - for a pipe.",
)
@expect_option
@json_option
def answer(
    ref: str,
    answers: tuple[str, ...],
    evidence: tuple[str, ...],
    note: str,
    source: str | None,
    expect: int | None,
    as_json: bool,
) -> None:
    """Answer questions of the data-ethics checklist, or show them.

    Without an answer, shows the questions named in full, or all that apply in short.

    An answer is yes, partly, no, unknown or na. As JSON: {"LB3": {"answer": "yes",
    "evidence": ["E1"], "note": "See 2.1"}}.
    """
    register = session().register()
    wanted: dict[str, AnswerGiven] = {}
    asked = [each for each in answers if "=" not in each]
    given = [each for each in answers if "=" in each]
    if asked and (given or source):
        raise BadInput(f"There is no answer to {asked[0]}", do=f"Write {asked[0]}=ANSWER")
    for item, value in pairs(given, "answer").items():
        put(wanted, item.upper(), _answer(item, value, note, evidence), "question")
    if (evidence or note) and not wanted:
        raise BadInput("There is evidence or a note and no answer", do="Write ITEM=ANSWER")
    if source:
        for item, each in entries_in(text_of(source), source, AnswerGiven, "answer", _answer_in):
            put(wanted, item, each, "question")
        if not wanted:
            raise BadInput("There is no answer in it", where=source)
    if wanted:
        technology = register.answer(ref, wanted, expect=expect)
        open_ = len(register.reading(technology.id).checklist.open)
        told(technology, as_json, f"{len(wanted)} answered, {open_} still open")
        return
    checklist = register.reading(register.technology(ref).id).checklist
    items = {each.item.id: each for each in checklist.items}
    shown = [items[one_of(each.upper(), items, "checklist item")] for each in asked]
    if as_json:
        print_json({each.item.id: _record(each) for each in shown or checklist.items})
    elif shown:
        for number, reading in enumerate(shown):
            if number:
                say()
            for line in _in_full(reading):
                say(line)
    else:
        rows = [
            (each.item.id, each.value, each.line or each.finding, each.item.question)
            for each in checklist.applicable
        ]
        print_table(rows, ("Item", "Answer", "Finding", "Question"))


def _record(each: ItemReading) -> dict[str, Any]:
    return {
        "question": each.item.question,
        "evidence_asked": each.item.evidence,
        "applies": each.applies,
        "because": each.because,
        "answer": each.value,
        "finding": each.finding,
        "red_line": each.red_line,
        "note": each.answer.note if each.answer else "",
        "evidence": list(each.answer.evidence) if each.answer else [],
    }


def _in_full(each: ItemReading) -> Iterator[str]:
    """One question with all that is known of it."""
    answer, item = each.answer, each.item
    yield from wrapped(f"{item.id}  {item.question}", rest=" " * (len(item.id) + 2))
    line = f", red line {each.line}" if each.line else ""
    yield from wrapped(f"Answer: {each.value}, {each.finding}{line}", first="  ", rest="    ")
    if answer and answer.note:
        yield from wrapped(f"Note: {answer.note}", first="  ", rest="    ")
    if answer and answer.evidence:
        yield from wrapped(f"On: {', '.join(answer.evidence)}", first="  ", rest="    ")
    yield from wrapped(f"Why: {each.because}", first="  ", rest="    ")
    yield from wrapped(f"Evidence asked for: {item.evidence}", first="  ", rest="    ")
    if item.help:
        yield from wrapped(item.help, first="  ", rest="    ")
    yield from wrapped(f"Source: {item.source}", first="  ", rest="    ")


def _answer_in(line: str, where: str) -> tuple[str, AnswerGiven]:
    """The item and the answer in a line."""
    words = line.split(maxsplit=3)
    if len(words) < 2:
        raise BadInput(
            f"{line!r} is not an answer",
            where=where,
            do="Write the item, the answer, evidence or - and a note: LB3 yes E1 because",
        )
    cited = words[2].split(",") if len(words) > 2 and words[2] != "-" else []
    return words[0].upper(), _answer(words[0], words[1], "".join(words[3:]), cited, where)


def _answer(
    item: str, value: str, note: str, evidence: Sequence[str], where: str = ""
) -> AnswerGiven:
    said = value.casefold()
    said = "not applicable" if said in ("na", "n/a") else said
    cited = tuple(each.strip().upper() for each in evidence)
    return checked(
        AnswerGiven,
        {"answer": said, "note": note, "evidence": cited},
        where=f"{where}, {item}" if where else item,
    )
