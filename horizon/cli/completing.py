"""What the shell offers after Tab: labels, stages, questions, facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from horizon.cli.frame import Session
from horizon.model.errors import HorizonError
from horizon.model.facts import Fact, FactValue
from horizon.model.words import Kind

if TYPE_CHECKING:
    from horizon.register import Register

KINDS = [each.value for each in Kind]

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
Offer = Callable[["Register"], Iterable[tuple[str, str]]]


def _completer(offer: Offer, *, after: str = "") -> Completer:
    """Completes from the open register; `after` is put behind a value, where more must follow."""

    def complete(
        context: click.Context, _: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        register = _quietly(context.find_object(Session) or Session())
        start = incomplete.casefold()
        return [
            CompletionItem(value + after, help=" ".join(help_.split()))
            for value, help_ in (offer(register) if register else ())
            if value.casefold().startswith(start)
        ]

    return complete


def _quietly(session: Session) -> Register | None:
    """The register for looking at, or `None`. Never writes anything: no take-over of a snapshot
    whose journal is missing, no snapshot afterwards."""
    from horizon.register import Register
    from horizon.store.files import journal_path
    from horizon.store.places import Server

    try:
        path = session.path
        if not isinstance(path, Server) and not journal_path(path).exists():
            return None
        register = Register.open(session.path, acting="completion")
        register.store.close()
    except (HorizonError, OSError):
        return None
    return register


TECHNOLOGY = _completer(lambda r: ((e.label, e.name) for e in r.state.technologies.headers()))
STAGES = _completer(lambda r: ((e.id, e.name) for e in r.framework.route.stages))
GATES = _completer(lambda r: ((e.id, e.name) for e in r.framework.route.gates))
BODIES = _completer(lambda r: ((e.id, e.name) for e in r.framework.route.bodies))
OUTCOMES = _completer(
    lambda r: {o.id: o.name for body in r.framework.route.bodies for o in body.outcomes}.items()
)
MEETINGS = _completer(
    lambda r: ((e.ref, f"{e.body}, {len(e.items)} items") for e in r.state.meetings.values())
)
RECORD = _completer(
    lambda r: [
        *((e.label, e.name) for e in r.state.technologies.headers()),
        *((e.ref, f"{e.body}, {len(e.items)} items") for e in r.state.meetings.values()),
    ]
)
DECISIONS = _completer(
    lambda r: (
        (each.number, header.name)
        for header in r.state.technologies.headers()
        for each in header.decisions
    )
)
TRIGGERS = _completer(lambda r: ((e.id, e.name) for e in r.framework.route.triggers))
PEOPLE = _completer(lambda r: ((e.name, e.role) for e in r.state.people.values() if not e.erased))
QUESTIONS = _completer(lambda r: ((e.id, e.question) for e in r.framework.items.values()))
DOCUMENTS = _completer(lambda r: ((e.id, e.name) for e in r.framework.route.documents))
ITEMS = _completer(lambda r: ((e.id, e.question) for e in r.framework.items.values()), after="=")
CRITERIA = _completer(lambda r: ((e.id, e.name) for e in r.framework.criteria.values()), after="=")


def facts_and_values(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Facts, and their values once the fact is written."""
    name, sign, value = incomplete.partition("=")
    if sign:
        found = [each for each in FactValue if each.startswith(value)]
        return [CompletionItem(f"{name}={each}") for each in found]
    return [CompletionItem(f"{each.value}=") for each in Fact if each.value.startswith(name)]


def TEMPLATES(  # noqa: N802 (a completer like those above)
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The names of the templates that ship; a file is completed by the shell."""
    from horizon.papers.template import FOLDER

    found = sorted(each.stem for each in FOLDER.glob("*.toml"))
    return [CompletionItem(each) for each in found if each.startswith(incomplete)]
