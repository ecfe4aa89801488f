"""Commands of assessment: scores, answers, evidence."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from horizon.cli.completing import CRITERIA, DOCUMENTS, TECHNOLOGY
from horizon.cli.frame import Command, Group, expect_option, json_option, session
from horizon.cli.output import print_json, print_table, say, warn, wrapped
from horizon.cli.technologies import told
from horizon.cli.typed import DAY, entries_in, pairs, put, text_of
from horizon.model.assessment import NOT_APPLICABLE, Score
from horizon.model.errors import BadInput
from horizon.model.wording import count
from horizon.register.inputs import checked
from horizon.register.near_names import slips


@click.group(cls=Group)
def score() -> None:
    """Score a technology in sealed rounds."""


@score.command("open", example='horizon score open T-0016 "Asha Example" "Ben Example"')
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("assessors", nargs=-1, required=True)
@expect_option
@json_option
def open_(ref: str, assessors: tuple[str, ...], expect: int | None, as_json: bool) -> None:
    """Open a sealed round for the named assessors."""
    register = session().register()
    new = slips(register, assessors)
    technology = register.open_round(ref, assessors, expect=expect)
    for each in new:
        warn(each)
    told(technology, as_json, f"round {len(technology.rounds)} is open")


@score.command(
    example="""horizon --as "Asha Example" score submit T-0016 S1=4B S2=3C \\
  --note "S2=Penetration test still to come"
printf 'S1 4 B\\nE1 na B No public role\\n' | \\
  horizon --as "Ben Example" score submit T-0016 --from -"""
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("scores", nargs=-1, shell_complete=CRITERIA, metavar="[CRITERION=SCORE]...")
@click.option("--note", "notes", multiple=True, metavar="CRITERION=TEXT", help="A note.")
@click.option(
    "--from",
    "source",
    metavar="FILE",
    help="Read lines such as 'S1 4 B the reason', or JSON, from a file, or - for a pipe.",
)
@expect_option
@json_option
def submit(
    ref: str,
    scores: tuple[str, ...],
    notes: tuple[str, ...],
    source: str | None,
    expect: int | None,
    as_json: bool,
) -> None:
    """Hand in your scores. A score is 0 to 5 or na, then the evidence grade A to D.

    As JSON: {"S1": {"value": 4, "grade": "B", "note": "the reason"}}.
    """
    said = {criterion.upper(): note for criterion, note in pairs(notes, "note").items()}
    wanted: dict[str, Score] = {}
    for criterion, value in pairs(scores, "score").items():
        key = criterion.upper()
        put(wanted, key, _score(key, value, said.pop(key, "")), "criterion")
    for criterion in said:
        raise BadInput(f"There is a note for {criterion} and no score")
    if source:
        for criterion, each in entries_in(text_of(source), source, Score, "value", _score_in):
            put(wanted, criterion, each, "criterion")
    technology = session().register().submit_scores(ref, wanted, expect=expect)
    told(
        technology,
        as_json,
        f"{count(len(wanted), 'score')} submitted, sealed until the round closes",
    )


def _score_in(line: str, where: str) -> tuple[str, Score]:
    """The criterion and the score in a line."""
    words = line.split(maxsplit=3)
    if len(words) < 3:
        raise BadInput(
            f"{line!r} is not a score",
            where=where,
            do="Write the criterion, the score, the evidence grade and a note: S1 4 B because",
        )
    note = "".join(words[3:])
    return words[0].upper(), _score(words[0], words[1] + words[2], note, where)


def _score(criterion: str, value: str, note: str, where: str = "") -> Score:
    match = re.fullmatch(r"([0-5]|na)([A-D])", value, re.IGNORECASE)
    if not match:
        raise BadInput(
            f"{value!r} is not a score for {criterion}",
            where=where,
            do="Use 0 to 5 or na, then the evidence grade A, B, C or D: 4B",
        )
    level: int | str = NOT_APPLICABLE if match[1].lower() == "na" else int(match[1])
    values = {"value": level, "grade": match[2].upper(), "note": note}
    return checked(Score, values, where=f"{where}, {criterion}" if where else criterion)


@score.command(example='horizon score close T-0016 --reason "Nobody else can be found"')
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.option("--reason", default="", help="Why it closes before everybody has submitted.")
@expect_option
@json_option
def close(ref: str, reason: str, expect: int | None, as_json: bool) -> None:
    """Close the open round and show its scores."""
    register = session().register()
    technology = register.close_round(ref, reason=reason, expect=expect)
    overall = register.reading(technology.id).scores.overall.text
    told(technology, as_json, f"round {len(technology.rounds)} closed, overall {overall}")


@score.command("show", example="horizon score show T-0018")
@click.argument("ref", shell_complete=TECHNOLOGY)
@json_option
def show_scores(ref: str, as_json: bool) -> None:
    """Show the scores of the newest closed round."""
    from horizon.judgement.waterfall import waterfall

    register = session().register()
    technology = register.technology(ref)
    scores = register.reading(technology.id).scores
    if as_json:
        print_json(
            {
                "round": scores.round,
                "assessors": scores.assessors,
                "overall": scores.overall.text,
                "principles": {each.id: each.text for each in scores.principles},
                "criteria": {key: cell.text for key, cell in scores.cells.items()},
                "objectives": {each.id: each.cell.text for each in scores.objectives},
                "gates": {each.criterion.id: each.state for each in scores.gates},
                "flags": scores.flags,
            }
        )
        return
    current = technology.open_round
    if current is not None:
        waiting = ", ".join(register.name(each) for each in current.waiting_for) or "nobody"
        say(f"Round {current.number} is open and sealed. Waiting for {waiting}.")
    if scores.round is None:
        say("No round has been closed yet.")
        return
    say(
        f"Round {scores.round}, {count(scores.assessors, 'assessor')}. "
        f"Overall {scores.overall.text}, {scores.overall.coverage}% scored."
    )
    if scores.overall.point is not None:
        for line in wrapped(waterfall(scores).text, rest="  "):
            say(line)
    rows = []
    for principle, reading in zip(register.framework.principles, scores.principles, strict=True):
        rows.append((principle.id, reading.text, principle.name))
        rows += [(f"  {c.id}", scores.cells[c.id].text, c.name) for c in principle.criteria]
    rows += [(each.cell.criterion.id, each.cell.text, each.name) for each in scores.objectives]
    print_table(rows, ("Id", "Score", "Name"))
    for gate in scores.gates:
        say(f"Minimum {gate.minimum} on {gate.criterion.id} for {scores.phase}: {gate.state}")
    for flag in scores.flags:
        for line in wrapped(flag, rest="  "):
            say(line)


@click.command(
    cls=Command,
    example='horizon evidence T-0013 "Trial protocol" --document trial-protocol \\\n'
    "  --version 1.0 --ends 2027-03-31",
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.argument("title")
@click.option("--document", default="", shell_complete=DOCUMENTS, help="The kind a gate asks for.")
@click.option("--dated", type=DAY, help="The document's date. Today unless given.")
@click.option("--version", default="", help="Its version.")
@click.option("--owner", default="", help="Who owns the document.")
@click.option("--location", default="", help="Where it is kept.")
@click.option("--ends", type=DAY, help="The end date that a trial protocol sets.")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="The file itself, read once for its SHA-256 and not stored.",
)
@expect_option
@json_option
def evidence(
    ref: str,
    title: str,
    document: str,
    dated: date | None,
    version: str,
    owner: str,
    location: str,
    ends: date | None,
    file: Path | None,
    expect: int | None,
    as_json: bool,
) -> None:
    """Attach a reference to a document."""
    register = session().register()
    attached = register.attach_evidence(
        ref,
        title=title,
        dated=dated or register.today,
        version=version,
        owner=owner,
        document=document,
        location=location,
        ends_on=ends,
        file=file,
        expect=expect,
    )
    if as_json:
        print_json(attached)
    else:
        say(f"{attached.id} attached: {attached.title}.")
