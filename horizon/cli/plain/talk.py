"""Asking and saying, one line after the other."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Sequence
from datetime import date

import click

from horizon.cli.frame import Session
from horizon.model.days import example, read_day
from horizon.model.errors import BadInput, Conflict, HorizonError, RuleBroken
from horizon.model.technology import Technology
from horizon.model.wording import day as words
from horizon.model.wording import printable
from horizon.register import Register
from horizon.register.near_names import NEW, known_names, nearest, new_beside


class Left(Exception):
    """There is nothing more to read, or somebody wants to go."""


class GivenUp(Exception):
    """Somebody gives up what they were doing."""


class Talk:
    """A conversation about a register."""

    GivenUp = GivenUp

    def __init__(self, session: Session, register: Register) -> None:
        self.session, self.register = session, register

    def say(self, text: str = "") -> None:
        """Print a line, or several."""
        click.echo(printable(text))

    def line(self, question: str) -> str:
        """What somebody writes on one line, without spaces around it. Raises `Left` at the end."""
        self.say(f"{question}:")
        sys.stdout.flush()
        said = sys.stdin.readline()
        if not said:
            raise Left
        return " ".join(said.split())

    def ask(
        self,
        question: str,
        *,
        needed: bool = False,
        help: str = "",
        held: str = "",
        ways: str = "",
    ) -> str:
        """Ask for a text. Empty keeps what is `held`; what is `needed` is asked for until given.

        `ways` says what an empty line does, where that is not the usual.
        """
        shown = question + (f". Now: {held}" if held else "")
        usual = "empty keeps it" if held else "needed" if needed else "optional"
        shown += f" ({ways or usual}, 0 gives up)"
        while True:
            said = self.line(shown)
            if said == "0":
                raise GivenUp
            if said == "?":
                self.say(help or "Write a line and press Enter.")
            elif said or held or not needed:
                return said or held
            else:
                self.say("That is needed. 0 gives up.")

    def day(
        self,
        question: str,
        *,
        needed: bool = False,
        held: date | None = None,
        ahead: bool = False,
    ) -> date | None:
        """Ask for a date; `ahead` says that it is one to come."""
        typed = example(self.register.today if ahead else None)
        shown = f"{question}, such as {typed}"
        shown += f". Now: {words(held)}" if held else ""
        ways = "empty keeps it" if held else ""
        help = "Write it as 2026-11-24, as 24/11/2026 or as 24 November 2026."
        while True:
            said = self.ask(shown, needed=needed and not held, help=help, ways=ways)
            if not said:
                return held
            try:
                return read_day(said)
            except BadInput as error:
                self.say(str(error))

    def yes(self, question: str) -> bool:
        """Ask a question to be answered yes or no."""
        while True:
            said = self.ask(
                f"{question} yes or no",
                ways="empty is no",
                help="Write yes or no and press Enter. An empty line is no.",
            ).casefold()
            if said in ("y", "yes"):
                return True
            if said in ("n", "no", ""):
                return False
            self.say("Answer yes or no.")

    def choose(self, question: str, choices: Sequence[str], *, needed: bool = False) -> str:
        """Ask for one of several, by its number or the beginning of its name; empty where none
        may be chosen."""
        listed = "\n".join(f"{at}. {each}." for at, each in enumerate(choices, start=1))
        self.say(f"{question}:")
        self.say(listed)
        while True:
            said = self.ask("Its number or name", needed=needed, help=listed)
            if not said:
                return ""
            found = self.match(said, choices)
            if found is not None:
                return found
            self.say(f"{said!r} is none of them.")

    def match(self, said: str, choices: Sequence[str]) -> str | None:
        """The choice that a number, a name or the beginning of one only stands for."""
        if said.isdecimal():
            at = int(said) - 1
            return choices[at] if 0 <= at < len(choices) else None
        key = said.casefold()
        exact = [each for each in choices if each.casefold() == key]
        begins = exact or [each for each in choices if each.casefold().startswith(key)]
        found = begins or [each for each in choices if key in each.casefold()]
        return found[0] if len(found) == 1 else None

    def person(self, question: str, *, needed: bool = False) -> str:
        """Ask for somebody's name."""
        return self.meant(self.ask(question, needed=needed))

    def meant(self, name: str) -> str:
        """Whom somebody means with a name: where nobody has it and it is nearly somebody's, that is
        asked."""
        near = nearest(name, known_names(self.register))
        if not near:
            return name
        self.say(new_beside(name, near))
        return near if self.choose("Whom do you mean", [near, NEW], needed=True) == near else name

    def technology(self) -> Technology:
        """Ask for a technology until there is one of that label or name."""
        while True:
            said = self.ask(
                "Which technology? Its label or name",
                needed=True,
                help="Write its label, such as T-0001, or its name, and press Enter.",
            )
            try:
                return self.register.technology(said)
            except BadInput as error:
                self.say(str(error))

    def command(self, name: str, *arguments: str) -> str:
        """What a command of the command line prints, run on the register that is open. Raises as
        the command does; what it cannot understand is `BadInput`."""
        from horizon.cli import horizon

        found = horizon.get_command(click.Context(horizon), name)
        assert found is not None
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                found.main(list(arguments), standalone_mode=False, obj=self.session)
        except click.ClickException as error:
            raise BadInput(error.format_message()) from None
        return printed.getvalue()

    def refused(self, error: HorizonError) -> None:
        """Say why something was not done."""
        if isinstance(error, RuleBroken):
            self.say(f"Refused: {error.rule}.")
            for each in error.lines:
                self.say(each)
            if error.who:
                self.say(error.who)
        elif isinstance(error, Conflict):
            self.say(f"{error.label} was changed by someone else meanwhile:")
            for each in error.changes:
                self.say(f"{each}.")
            self.say("Nothing was saved.")
        else:
            self.say(f"Error: {error}")
