"""Commands about the record of a decision: show it whole, and set it right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import click

from horizon.cli.completing import DECISIONS
from horizon.cli.decision_typed import (
    ADVICE,
    PLAIN,
    comments_in,
    dissent_in,
    papers_in,
    reasons_in,
    redactions_in,
    votes_in,
)
from horizon.cli.frame import Command, expect_option, json_option, session
from horizon.cli.output import print_json, say, width, wrapped
from horizon.cli.signing import check_lines, signatures_json, signed, told_signature
from horizon.model.decision import Decision
from horizon.model.errors import BadInput
from horizon.model.meeting import Comment, PaperReference
from horizon.model.record import Advice, Considerations, Dissent, Redaction, Votes
from horizon.register import Register
from horizon.register.desk import person_id
from horizon.register.inputs import checked, one_of
from horizon.register.records import Record, Said, Weight, find_decision, read_record

FIELD = 16
"""Columns of what a line is about."""


@click.command(
    cls=Command, example="horizon record AISG/2026/004\nhorizon record AISG/2026/004 --json"
)
@click.argument("number", shell_complete=DECISIONS)
@json_option
def record(number: str, as_json: bool) -> None:
    """Show the whole record of a decision, for an audit or a request for information.

    Who decided what, when, on which evidence, under which rules, who disagreed, what happened to
    each condition, and whether the hash of what was on the table still fits.
    """
    print_record(session().register(), number, as_json=as_json)


def print_record(register: Register, number: str, *, as_json: bool) -> None:
    """Print the record of a decision as text, or as JSON."""
    found = read_record(register, number)
    if as_json:
        print_json(record_json(register, found))
        return
    for line in record_text(found):
        say(line)
    if found.decision.signatures:
        say()
        say("Signatures, checked now")
        for each in check_lines(register, found.decision.number):
            for line in wrapped(each, rest="  "):
                say(line)


def record_json(register: Register, found: Record) -> dict[str, Any]:
    """The record as it is held ("decision"), and as it is told ("parts")."""
    held = found.decision.model_dump_json()
    return {
        "number": found.decision.number,
        "technology": {
            "id": found.technology.id,
            "label": found.technology.label,
            "name": found.technology.name,
        },
        "as_at": found.as_at,
        "state": found.state.text,
        "holds": found.holds,
        "hash_fits": found.seal.fits if found.seal.found else None,
        "event": found.seal.seq,
        "line": found.seal.line,
        "line_hash": found.seal.line_hash,
        "signatures": signatures_json(register, found.decision),
        "parts": [
            {
                "key": part.key,
                "title": part.title,
                "said": [
                    {"name": each.name, "text": each.text, "notes": each.notes}
                    for each in part.said
                ],
            }
            for part in found.parts
        ],
        "decision": found.decision.model_dump(mode="json"),
        "names": {
            each: register.name(each)
            for each in sorted(set(re.findall(r'"(p-[0-9a-f]{16})"', held)))
        },
    }


def record_text(found: Record) -> Iterator[str]:
    """The record as lines that fit the terminal."""
    yield from wrapped(found.title, rest="  ")
    for part in found.parts:
        yield ""
        yield part.title
        for each in part.said:
            yield from _said(each)


def _said(said: Said) -> Iterator[str]:
    mark = "! " if said.weight in (Weight.BAD, Weight.CARE) else "  "
    longest = max((len(each) for each in said.text.split()), default=0)
    if not said.name:
        yield from wrapped(said.text, first=mark, rest="  ")
    elif longest > width() - FIELD - 4:  # a hash goes on a line of its own
        yield f"{mark}{said.name}:"
        yield from wrapped(said.text, first="    ", rest="    ")
    elif len(said.name) > FIELD:
        yield from wrapped(f"{said.name}: {said.text}", first=mark, rest=" " * (FIELD + 4))
    else:
        name = f"{said.name + ':':<{FIELD + 1}}"
        yield from wrapped(said.text, first=f"{mark}{name} ", rest=" " * (FIELD + 4))
    for note in said.notes:
        yield from wrapped(note, first=" " * (FIELD + 4), rest=" " * (FIELD + 6))


TEXTS = ("reasons", "question", "next_step", "summary")
LISTS = ("option", "paper", "dissent", "comment", "redact")


@click.command(
    cls=Command,
    example='horizon correct AISG/2026/004 next_step="Report to the December meeting" \\\n'
    '  votes=3-1-0 --reason "The vote was left out of the minutes"',
)
@click.argument("number", shell_complete=DECISIONS)
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option(
    "--reason", required=True, help="What was wrong with the record, and how it is known."
)
@expect_option
@json_option
def correct(
    number: str, changes: tuple[str, ...], reason: str, expect: int | None, as_json: bool
) -> None:
    """Set the record of a decision right, by a new record that points back to it.

    Fields: reasons, question, next_step, summary, legal_basis, proportionality, equality,
    trade_offs, dpo_advice, dpo_followed, dpo_why_not, and the same for independent; votes; a
    checklist item with its reason; and, given once or more in place of what was there, option,
    paper, dissent, comment, redact. Another outcome, condition or date is a new decision.
    """
    register = session().register()
    technology, decision = find_decision(register, number)
    corrected = signed(
        register,
        register.correct(
            technology.id,
            decision.number,
            corrections(register, decision, changes),
            reason=reason,
            expect=expect,
        ),
    )
    if as_json:
        print_json(corrected)
    else:
        say(f"{decision.number} corrected by {corrected.number}.")
        told_signature(register, corrected)


def corrections(register: Register, decision: Decision, changes: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a decision that `FIELD=VALUE` words change, as a record holds them."""
    found: dict[str, Any] = {}
    lists: dict[str, list[str]] = {}
    weighed: dict[str, Any] = {}
    advice: dict[str, dict[str, str]] = {}
    items: dict[str, str] = {}
    said = {f"{word}_{part}": (word, part) for word in ADVICE for part in _ADVICE_PARTS}
    once: set[str] = set()
    for change in changes:
        name, sign, value = (part.strip() for part in change.partition("="))
        if not sign or not name:
            raise BadInput(f"{change!r} is not a correction", do="Write it as FIELD=VALUE")
        field = name.lower().replace("-", "_")
        if field in LISTS:
            lists.setdefault(field, []).append(value)
            continue
        if field in once:
            raise BadInput(f"{name} is given twice", do="Give it once")
        once.add(field)
        if field in TEXTS:
            found[field] = value
        elif field in PLAIN:
            weighed[field] = value
        elif field in said:
            word, part = said[field]
            advice.setdefault(ADVICE[word], {})[_ADVICE_PARTS[part]] = value
        elif field == "votes":
            found["votes"] = checked(Votes, votes_in(value), where="votes")
        elif name.upper() in register.framework.items or name.upper() in decision.item_reasons:
            items |= reasons_in([change])
        else:
            one_of(name, [*TEXTS, *PLAIN, *said, "votes", *LISTS], "field that can be corrected")
    if "option" in lists:
        weighed["options"] = tuple(lists["option"])
    for name, parts in advice.items():
        before = getattr(decision.considered, name).model_dump()
        weighed[name] = checked(Advice, {**before, **parts}, where=name)
    if weighed:
        before = dict(decision.considered)
        found["considered"] = checked(Considerations, {**before, **weighed})
    if items:
        found["item_reasons"] = {**decision.item_reasons, **items}
    return found | _lists(register, lists)


_ADVICE_PARTS = {"advice": "given", "followed": "followed", "why_not": "why_not"}


def _lists(register: Register, lists: dict[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "paper" in lists:
        found["papers"] = tuple(
            checked(PaperReference, each, where="paper") for each in papers_in(lists["paper"])
        )
    if "redact" in lists:
        found["redactions"] = tuple(
            checked(Redaction, each, where="redact") for each in redactions_in(lists["redact"])
        )
    if "dissent" in lists:
        found["dissent"] = tuple(
            checked(
                Dissent,
                {**each, "person": _person(register, each["person"]) if each["person"] else None},
                where="dissent",
            )
            for each in dissent_in(lists["dissent"])
        )
    if "comment" in lists:
        found["comments"] = tuple(
            checked(Comment, {**each, "person": _person(register, each["person"])}, where="comment")
            for each in comments_in(lists["comment"])
        )
    return found


def _person(register: Register, name: str) -> str:
    """The id of somebody whom the register knows. Raises `BadInput` for a stranger."""
    found = person_id(register.state, name)
    if found is None:
        one_of(name, [e.name for e in register.state.people.values() if not e.erased], "person")
        raise AssertionError("unreachable")
    return found
