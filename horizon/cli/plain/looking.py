"""Looking line by line: what needs someone, find, list, show, conditions, a paper."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable

from horizon.cli.output import unbroken
from horizon.cli.plain.talk import Talk
from horizon.model.errors import BadInput, StoreFault
from horizon.model.headers import TechnologyHeader
from horizon.model.wording import count, day

AT_ONCE = 20
"""How many are read out before it is asked whether to go on."""


def needs(talk: Talk) -> None:
    """What needs someone, the longest overdue first."""
    from horizon.register.views import attention

    found = attention(talk.register)
    overdue = sum(each.kind == "overdue" for each in found)
    talk.say(
        f"{count(len(found), 'thing')} to look at, {overdue} of them overdue."
        if found
        else "Nothing needs anyone today."
    )
    _read_out(
        talk, (f"{e.technology.label}, {e.technology.name}. {e.words}." for e in found), len(found)
    )


def find(talk: Talk) -> None:
    """Technologies that fit a few words, and one of them whole."""
    words = talk.ask("Which words", needed=True)
    found = json.loads(talk.command("list", "--json", "--", *words.split()))
    if not found:
        talk.say("No technology fits. Try fewer words, or another spelling.")
        return
    talk.say(f"{count(len(found), 'technology fits', 'technologies fit')}.")
    headers = [talk.register.header(each["id"]) for each in found]
    _read_out(talk, (in_a_line(talk, each) for each in headers), len(headers))
    if len(headers) == 1 and talk.yes("Read it whole?"):
        _whole(talk, headers[0].id)


def show(talk: Talk) -> None:
    """One technology, whole."""
    _whole(talk, talk.technology().id)


def _whole(talk: Talk, ref: str) -> None:
    from horizon.cli.printing import described

    with unbroken():
        lines = list(described(talk.register, talk.register.technology(ref)))
    for line in filter(None, map(heard, lines)):
        talk.say(line)


def heard(line: str) -> str:
    """A line of a record as one hears it: no columns, no figures that sound like a sum, and a full
    stop. Empty for an empty one."""
    text = line.strip().replace("OVERDUE", "Overdue")
    text = re.sub(r": {2,}", ": ", text)
    text = re.sub(r" {2,}", ", ", text)
    text = re.sub(r"\((\d+)-(\d+)\)", r"(\1 to \2)", text)
    link = "://" in text.rpartition(" ")[2]
    return text if not text or text[-1] in ".:?!" or link else f"{text}."


def conditions_due(talk: Talk) -> None:
    """The conditions that nobody has discharged, the longest overdue first."""
    from horizon.register.conditions import open_conditions

    found = open_conditions(talk.register)
    overdue = sum(each.overdue for each in found)
    talk.say(f"{count(len(found), 'condition')} not met yet, {overdue} of them overdue.")
    lines = (
        f"{'Overdue, was due' if each.overdue else 'Due'} {day(each.condition.due)}: "
        f"{each.technology.label}, {each.technology.name}. {each.condition.text}. "
        f"Owner: {each.owner}. Decision {each.decision.number}, condition {each.condition.number}."
        for each in found
    )
    _read_out(talk, lines, len(found))


def paper(talk: Talk) -> None:
    """Make the paper for a body's meeting, as `horizon export paper` does."""
    bodies = talk.register.framework.route.bodies
    body = talk.choose("For which body", [each.name for each in bodies], needed=True)
    on = talk.day("The day of its meeting", needed=True, ahead=True)
    while True:
        file = talk.ask("The file to make", needed=True, help="Ending in .docx, .pdf or .md.")
        try:
            made = json.loads(
                talk.command(
                    "export", "paper", "--body", body, "--date", str(on), "-o", file, "--json"
                )
            )
        except (BadInput, StoreFault) as error:
            talk.refused(error)
            continue
        number = count(len(made["technologies"]), "technology", "technologies")
        talk.say(f"{made['file']} is made: paper {made['reference']}, {number}, {made['marking']}.")
        check = f"horizon verify --against {shlex.quote(file)}"
        talk.say(f"To check the register against it later: {check}")
        return


def list_all(talk: Talk) -> None:
    """Every technology with how it stands."""
    headers = talk.register.state.technologies.headers()
    talk.say(f"{count(len(headers), 'technology', 'technologies')}.")
    _read_out(talk, (in_a_line(talk, each) for each in headers), len(headers))


def in_a_line(talk: Talk, header: TechnologyHeader) -> str:
    """A technology as a sentence or two."""
    from horizon.register.views import standing_of

    name = talk.register.framework.route.stage_name(header.stage)
    standing = standing_of(talk.register, header).words.rstrip(".")
    said = name if standing == name else f"{name}. {standing}"
    return f"{header.label}, {header.name}. {said}."


def _read_out(talk: Talk, lines: Iterable[str], size: int) -> None:
    for at, line in enumerate(lines, start=1):
        talk.say(line)
        if at % AT_ONCE == 0 and at < size and not talk.yes(f"{size - at} more. Go on?"):
            return
