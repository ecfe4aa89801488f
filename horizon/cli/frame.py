"""What all commands share: which register, who acts, and their options and help."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from horizon.cli.output import warn
from horizon.model.errors import BadInput

if TYPE_CHECKING:
    from horizon.register.register import Register
    from horizon.store.places import Place


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


@dataclass
class Session:
    """The register and the person that a command is about. `clock` gives the time."""

    register_option: str | None = None
    as_option: str | None = None
    clock: Callable[[], datetime] = utc_now
    _open: Register | None = field(default=None, repr=False)

    @property
    def path(self) -> Place:
        """Where the register is, or would be."""
        from horizon.register.locating import register_path

        return register_path(self.register_option, os.environ, here=Path.cwd())

    @property
    def acting(self) -> str:
        """The name of the person acting."""
        from horizon import settings
        from horizon.register.locating import acting_name

        return acting_name(self.as_option, os.environ, settled=settings.load().user)

    def register(self) -> Register:
        """The register, opened once. Notices go to standard error."""
        if self._open is None:
            from horizon.register.register import Register

            self._open = Register.open(self.path, acting=self.acting, clock=self.clock)
            self._refuse_other_name(self._open)
            for notice in (*self._open.notices, self._open.mistaken):
                warn(notice)
        return self._open

    def _refuse_other_name(self, register: Register) -> None:
        """Where people sign in, nobody acts under a name that is given."""
        if self.as_option and register.store.signed_in and self.as_option != register.acting:
            raise BadInput(
                f"This register knows who you are: {register.acting}",
                do="Leave --as out, or sign in with another account",
            )

    def close(self) -> None:
        """Let the register go, if it was opened."""
        opened, self._open = self._open, None
        if opened is not None:
            opened.close()


def session() -> Session:
    """The session of the command that is running."""
    return click.get_current_context().ensure_object(Session)


def _remember(attribute: str) -> Any:
    def remember(context: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            setattr(context.ensure_object(Session), attribute, value)

    return remember


def shared_options() -> list[click.Option]:
    """The options that every command takes, before or after its name."""
    return [
        click.Option(
            ["--register"],
            metavar="PATH",
            expose_value=False,
            callback=_remember("register_option"),
            help="The register to use: a file, or a database's address.",
        ),
        click.Option(
            ["--as"],
            metavar="NAME",
            expose_value=False,
            callback=_remember("as_option"),
            help="The name to act under.",
        ),
    ]


class Command(click.Command):
    """A command with the shared options and an example that a test runs."""

    def __init__(self, *args: Any, example: str = "", **attributes: Any) -> None:
        attributes["params"] = [*attributes.get("params", []), *shared_options()]
        self.example = example
        if example:
            lines = "\n".join(f"  {line}" for line in example.splitlines())
            attributes["epilog"] = f"\b\nExample:\n{lines}"
        super().__init__(*args, **attributes)


class Group(click.Group):
    """A group whose commands are `Command`s."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **attributes: Any) -> None:
        attributes["params"] = [*attributes.get("params", []), *shared_options()]
        super().__init__(*args, **attributes)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """What each command does, in its whole first sentence."""
        named = [(each, self.get_command(context, each)) for each in self.list_commands(context)]
        with formatter.section("Commands"):
            formatter.write_dl([(n, c.get_short_help_str(200)) for n, c in named if c is not None])


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command stands (`module:attribute`), and its line in the list of commands. `told_by`
    is the option by which a short name is told from a command of the same name."""

    place: str
    help: str
    told_by: str = ""

    def command(self) -> click.Command:
        """The command itself, imported now."""
        module, _, attribute = self.place.partition(":")
        found = getattr(importlib.import_module(module), attribute)
        assert isinstance(found, click.Command)
        return found


class LateGroup(Group):
    """A group that imports a command when it is used, and lists commands in sections."""

    def __init__(
        self,
        *args: Any,
        sections: Mapping[str, Mapping[str, Entry]],
        short: Mapping[str, Entry],
        **attributes: Any,
    ) -> None:
        super().__init__(*args, **attributes)
        self.sections, self.short = sections, short

    def list_commands(self, context: click.Context) -> list[str]:
        return [name for entries in self.sections.values() for name in entries]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        for entries in (*self.sections.values(), self.short):
            if name in entries:
                return entries[name].command()
        return None

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = arguments[0]
        if self.get_command(context, name) is None and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, self.list_commands(context), n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            context.fail(f"There is no command {name!r}.{hint}")
        short = self.short.get(name)
        if short and short.told_by and any(e.split("=")[0] == short.told_by for e in arguments):
            return name, short.command(), arguments[1:]
        return super().resolve_command(context, arguments)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        longest = max(map(len, self.list_commands(context)))
        for title, entries in self.sections.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name.ljust(longest), entry.help) for name, entry in entries.items()]
                )


expect_option = click.option(
    "--expect",
    type=int,
    metavar="REVISION",
    help="Refuse if the technology has moved on from this revision.",
)
expect_meeting_option = click.option(
    "--expect",
    type=int,
    metavar="REVISION",
    help="Refuse if the meeting has moved on from this revision.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
