"""Commands that look: list, show, history."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click

from horizon.cli.completing import KINDS, STAGES, TECHNOLOGY
from horizon.cli.frame import Command, json_option, session
from horizon.cli.output import moment, print_json, print_table, say, wrapped
from horizon.cli.route import stage_id
from horizon.model.errors import BadInput
from horizon.model.headers import TechnologyHeader
from horizon.model.technology import Technology
from horizon.register import Register


class ListCommand(Command):
    """A command among whose words filters may stand that begin with a minus."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        turned = [each for each in arguments if re.match(r"-[A-Za-z_]+:", each)]
        rest = [each for each in arguments if each not in turned]
        return super().parse_args(context, [*rest, "--", *turned] if turned else rest)


@click.command(
    "list",
    cls=ListCommand,
    example="horizon list\nhorizon list transcription --stage adoption-approved\n"
    "horizon list kind:ai review:'<90d' -tag:vendor --json\n"
    "horizon list owner:me --save-view mine\nhorizon list --view mine",
)
@click.argument("words", nargs=-1)
@click.option("--search", default="", metavar="WORDS", help="The same as WORDS.")
@click.option("--stage", "stages", multiple=True, shell_complete=STAGES, help="Only this stage.")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    metavar="KIND",
    help=f"Only this kind: {', '.join(KINDS)}.",
)
@click.option("--owner", metavar="NAME", help="Only what this person owns.")
@click.option("--view", metavar="NAME", help="Only what a kept search finds.")
@click.option("--save-view", metavar="NAME", help="Keep this search under a name.")
@click.option("--needs-someone", is_flag=True, help="Only what is overdue, due soon or waiting.")
@json_option
def list_(
    words: tuple[str, ...],
    search: str,
    stages: tuple[str, ...],
    kinds: tuple[str, ...],
    owner: str | None,
    view: str | None,
    save_view: str | None,
    needs_someone: bool,
    as_json: bool,
) -> None:
    """List technologies, all or those that fit words and filters, best first.

    Filters are written as in the app: stage:trial kind:ai owner:me tier:full review:<30d trl:>=5
    age:>90d tag:x supplier:x is:ended. A comma means or, a minus in front means not. A stage or
    kind that is given more than once as an option widens the list.
    """
    from horizon.register.finding import find
    from horizon.register.querying import no_filter
    from horizon.register.views import attention, standing_of

    register = session().register()
    text = " ".join([*([_view(view)] if view else []), query_of(words), search]).strip()
    wanted = {stage_id(register.framework, each) for each in stages}
    reasons: dict[str, list[str]] = {}
    for each in attention(register) if needs_someone else []:
        reasons.setdefault(each.technology.id, []).append(each.words)
    headers = [
        each
        for each in find(register, text).headers
        if (not wanted or each.stage in wanted)
        and (not kinds or each.kind in kinds)
        and (not owner or _owner(register, each).casefold() == owner.casefold())
        and (not needs_someone or each.id in reasons)
    ]
    if needs_someone:
        urgency = list(reasons)
        headers.sort(key=lambda each: urgency.index(each.id))
    if save_view:
        _save_view(save_view, text)
    if as_json:
        print_json(
            [
                {
                    "id": each.id,
                    "label": each.label,
                    "name": each.name,
                    "kind": each.kind,
                    "stage": each.stage,
                    "standing": standing_of(register, each).words,
                    "owner": _owner(register, each) or None,
                    "supplier": each.supplier,
                    "aliases": each.aliases,
                    "tags": each.tags,
                    "trl": each.trl,
                    "time_horizon": each.time_horizon,
                    "posture": each.posture,
                    "marking": each.marking,
                    "stage_since": each.stage_since,
                    "review_by": each.review_by,
                    "illustrative": each.illustrative,
                    "revision": each.revision,
                }
                | ({"needs": reasons[each.id]} if needs_someone else {})
                for each in headers
            ]
        )
        return
    if not headers:
        none = "The register is empty. Add a technology with: horizon add NAME"
        fits = " ".join(filter(None, ("No technology fits.", no_filter(text))))
        say(fits if len(register.state.technologies) else none)
        return
    route = register.framework.route
    rows = [
        (
            each.label,
            each.name,
            stage.name if (stage := route.stage(each.stage)) else each.stage,
            "; ".join(reasons[each.id]) if needs_someone else standing_of(register, each).words,
        )
        for each in headers
    ]
    print_table(rows, ("Label", "Name", "Stage", "Why" if needs_someone else "Standing"))


def query_of(words: Iterable[str]) -> str:
    """Words and filters of the command line as one search."""
    return " ".join(map(_typed, words))


def _typed(word: str) -> str:
    """A word of the command line as it is typed in the app, where the shell took quotes away."""
    field, sign, value = word.partition(":")
    return f'{field}:"{value}"' if sign and " " in value else word


def _view(name: str) -> str:
    from horizon import settings
    from horizon.register.inputs import one_of

    kept = settings.load().views
    return kept[one_of(name, kept, "kept search")]


def _save_view(name: str, text: str) -> None:
    from horizon import settings

    if not text:
        raise BadInput("There is no search to keep", do="Give words or filters")
    settings.save(views={**settings.load().views, name: text})


def _owner(register: Register, header: TechnologyHeader) -> str:
    return register.name(header.owner) if header.owner else ""


@click.command(
    cls=Command,
    example="horizon show T-0013\nhorizon show T-0013 --json\n"
    "horizon show T-0013 --as-at 2026-06-30\nhorizon show AISG/2026/004",
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.option(
    "--as-at", "as_at", metavar="MOMENT", help="As it was on a date, or with an event's number."
)
@json_option
def show(ref: str, as_at: str | None, as_json: bool) -> None:
    """Show a technology: how it stands, what is open, what comes next.

    REF is a label (T-0042 or 42), an id or the exact name; the number of a decision shows its
    record. The JSON is the record, what is judged of it ("reading") and the names of the people in
    it ("names").
    """
    from horizon.cli.moments import register_at
    from horizon.cli.printing import described
    from horizon.register.desk import named
    from horizon.register.records import is_number
    from horizon.register.views import sealed

    register = register_at(as_at) if as_at else session().register()
    if is_number(ref) and not named(register.state, ref):
        from horizon.cli.records import print_record

        print_record(register, ref, as_json=as_json)
        return
    technology = register.technology(ref)
    if not as_json:
        if register.past:
            for line in wrapped(register.read_only):
                say(line)
            say()
        for line in described(register, technology):
            say(line)
        return
    reading = register.reading(technology.id)
    record = sealed(technology).model_dump(mode="json")
    record["reading"] = {
        "tier": reading.tier.tier,
        "tier_because": [each.words for each in reading.tier.because],
        "status": reading.status.status,
        "reasons": reading.status.reasons,
        "standing": reading.standing.words,
        "approved": reading.standing.approved,
        "scores": {
            each.id: {"text": each.text, "point": each.point, "coverage": each.coverage}
            for each in (*reading.scores.principles, reading.scores.overall)
        },
        "open": [each.item.id for each in reading.checklist.open],
        "blockers": [each.item.id for each in reading.checklist.blockers],
        "conditions": [each.item.id for each in reading.checklist.conditions],
        "red_lines": {each.item.id: each.line for each in reading.checklist.red_lines},
        "deadlines": [
            {"due": each.due, "kind": each.kind, "words": each.words, "overdue": each.overdue}
            for each in reading.deadlines
        ],
    }
    record["names"] = {each: register.name(each) for each in _people_in(technology)}
    print_json(record)


def _people_in(technology: Technology) -> list[str]:
    """The ids of the people that a record names."""
    return sorted(set(re.findall(r'"(p-[0-9a-f]{16})"', technology.model_dump_json())))


@click.command(cls=Command, example="horizon history T-0013\nhorizon history --last 20")
@click.argument("ref", required=False, shell_complete=TECHNOLOGY)
@click.option("--last", type=click.IntRange(min=1), help="Only so many, the newest.")
@json_option
def history(ref: str | None, last: int | None, as_json: bool) -> None:
    """Show what happened to a technology or at a meeting, or to the whole register."""
    from dataclasses import asdict

    from horizon.register.views import history as entries

    register = session().register()
    found = list(entries(register, ref))
    found = found[-last:] if last else found
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        state = register.state
        known = each.subject in state.technologies or each.subject in state.meetings
        about = register.label(each.subject) if known else ""
        words = f"{about} {each.words}" if about and ref is None else each.words
        for line in wrapped(
            f"{each.by}: {words}", first=f"{each.seq:>5}  {moment(each.at)}  ", rest=" " * 26
        ):
            say(line)
