"""Horizon line by line: it prints, asks, and waits. For screen readers, Braille lines and slow
connections. Nothing is drawn, coloured or moved."""

from __future__ import annotations

import sys
from collections.abc import Callable

from horizon.cli.frame import Session
from horizon.cli.output import say
from horizon.cli.plain.talk import Left, Talk
from horizon.model.errors import HorizonError
from horizon.model.wording import count
from horizon.register.opening import exists

Task = Callable[[Talk], None]


def tasks() -> list[tuple[str, Task]]:
    """What can be done, in the order of the menu."""
    from horizon.cli.plain import deciding, entering, first_looks, judging, looking

    return [
        ("What needs someone", looking.needs),
        ("Find technologies", looking.find),
        ("List all technologies", looking.list_all),
        ("Show a technology", looking.show),
        ("Conditions that are due", looking.conditions_due),
        ("Propose a technology", entering.propose),
        ("Write a note", entering.note),
        ("Take back what you did last", entering.take_back),
        ("Set facts", judging.facts),
        ("Answer the ethics questions", judging.answers),
        ("Score", judging.score),
        ("Record a decision", deciding.decide),
        ("Make a board paper", looking.paper),
        ("Take first looks at signals", first_looks.look),
    ]


def run(session: Session) -> None:
    """Go on asking what to do until somebody leaves or there is nothing more to read."""
    if not exists(session.path) and not _created(session):
        return
    register = session.register()
    talk = Talk(session, register)
    head = register.state.head
    talk.say(f"Horizon. {head.name}. You act as {register.acting}.")
    talk.say(f"{register.framework.status_line}.")
    if head.illustrative:
        talk.say("Illustrative: nothing in it is about a real force.")
    if register.read_only:
        talk.say(register.read_only)
    number = len(register.state.technologies)
    talk.say(f"{count(number, 'technology', 'technologies')}.")
    if not number:
        talk.say("The register is empty. Propose the first technology: choose task 6.")
    known = tasks()
    _menu(talk, known)
    try:
        while True:
            _one(talk, known)
    except Left:
        talk.say("You left Horizon. Everything you saved is in the register.")


def _created(session: Session) -> bool:
    """Ask whether to make a register where there is none."""
    from horizon.cli.keeping import create

    say(f"There is no register at {session.path}. Create one? yes or no:")
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        say("Nothing was created. To create one elsewhere: horizon init PATH")
        return False
    create(session, session.path, "Register of technologies")
    return True


def _menu(talk: Talk, known: list[tuple[str, Task]]) -> None:
    talk.say("Tasks:")
    for at, (name, _) in enumerate(known, start=1):
        talk.say(f"{at}. {name}.")
    talk.say("At any question: an empty line goes on, ? says more, 0 gives up the task.")
    talk.say("Meetings, imports and duplicates are commands: horizon --help lists them.")


def _one(talk: Talk, known: list[tuple[str, Task]]) -> None:
    """Ask for one task and do it. What is refused is said, and one goes on."""
    said = talk.line("Which task? Its number or name, ? for the list, 0 to leave")
    if not said:
        return
    if said == "?":
        _menu(talk, known)
        return
    if said == "0" or said.casefold() in ("leave", "quit", "exit", "q"):
        raise Left
    name = talk.match(said, [name for name, _ in known])
    if name is None:
        talk.say(f"There is no task {said!r}.")
        return
    talk.register.refresh()
    try:
        dict(known)[name](talk)
    except talk.GivenUp:
        talk.say("Given up. Nothing more was saved.")
    except HorizonError as error:
        talk.refused(error)
