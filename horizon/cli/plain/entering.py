"""Writing things down line by line: a technology, a note, and taking back."""

from __future__ import annotations

from typing import Any

from horizon.cli.plain.talk import Talk
from horizon.model.errors import RuleBroken
from horizon.model.technology import Sighting
from horizon.model.wording import in_words
from horizon.model.words import Kind, SourceType
from horizon.register.inputs import checked
from horizon.register.likely import alike


def propose(talk: Talk) -> None:
    """Enter a technology. What is refused is asked again; nothing that was written is lost."""
    register = talk.register
    given: dict[str, Any] = {"name": talk.ask("Its name", needed=True)}
    kinds = {in_words(each.value): each.value for each in Kind}
    given["kind"] = kinds.get(talk.choose("What sort of technology", list(kinds)), Kind.OTHER)
    given["problem"] = talk.ask("The problem it would solve")
    given["summary"] = talk.ask("What it does")
    given["supplier"] = talk.ask("Who supplies it")
    given["owner"] = talk.person("Who in the force owns it")
    sighting = None
    source = talk.ask("Where it was seen")
    if source:
        sorts = {in_words(each.value): each.value for each in SourceType}
        sort = talk.choose("What sort of source", list(sorts))
        sighting = checked(
            Sighting,
            {
                "source": source,
                "source_type": sorts.get(sort, SourceType.OTHER),
                "seen_on": talk.day("On which day") or register.today,
                "url": talk.ask("A link to it"),
            },
        )
    reason = ""
    found = alike(register, given["name"], given["supplier"])
    while True:
        try:
            made = register.propose(sighting=sighting, duplicate_reason=reason, **given)
        except RuleBroken as error:
            talk.refused(error)
            reason = talk.ask("How does it differ", needed=True)
            continue
        talk.say(f"Proposed: {made.label}, {made.name}.")
        for key, _, why in found[:3]:
            other = register.header(key)
            talk.say(f"It may be here already: {other.label}, {other.name} ({why}).")
        return


def note(talk: Talk) -> None:
    """Write a note on a technology."""
    technology = talk.technology()
    talk.register.add_note(technology.id, talk.ask("The note", needed=True))
    talk.say(f"Noted on {technology.label}.")


def take_back(talk: Talk) -> None:
    """Take back the last thing one did, if nobody has decided on it."""
    register = talk.register
    ref = talk.ask("Which technology? Its label or name", ways="empty is the one you changed last")
    if not ref:
        ref = register.last_changed()
        header = register.header(ref)
        if not talk.yes(f"Take back what you did last on {header.label}, {header.name}?"):
            return
    step = register.take_back(ref)
    talk.say(f"Taken back on {step.label}: {step.words}.")
