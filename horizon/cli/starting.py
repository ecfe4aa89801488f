"""`horizon` alone: the app in a terminal, a summary without one. And shell completion."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import click

from horizon.cli.frame import Command, Session
from horizon.cli.output import say, warn, wrapped
from horizon.model.errors import BadInput
from horizon.model.wording import count, printable

if TYPE_CHECKING:
    from horizon.tui.app import HorizonApp

TOP = 5
"""How many of the technologies that need someone the summary names."""

FRAMES = "120"
"""Frames a second at most, unless TEXTUAL_FPS says otherwise. What a letter finds is drawn one or
two frames after the letter: with the usual 60 that could be seen."""


def start(session: Session) -> None:
    """Open the app, or say how things stand where there is no terminal."""
    from horizon.register.opening import exists
    from horizon.store.places import Server

    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    path = session.path
    if not exists(path):
        if isinstance(path, Server):
            from horizon.cli.paths import BEGUN_IN_A_DATABASE

            raise BadInput(
                f"There is no register at {path}",
                do=f"Begin one with: {BEGUN_IN_A_DATABASE}",
            )
        if not interactive:
            say(f"There is no register at {path}.")
            say("Create one with: horizon init")
            return
        if not click.confirm(printable(f"There is no register at {path}. Create one?")):
            say("Nothing was created. To create one elsewhere: horizon init PATH")
            return
        from horizon.cli.keeping import create

        create(session, path, "Register of technologies")
    if not interactive:
        summarise(session)
        return
    app = _opened(session)
    app.run()
    if app.return_code:
        warn(
            "Horizon stopped on a fault of its own, which stands above. Everything you saved is in "
            "the register. Open it again, and tell whoever looks after Horizon."
        )
        click.get_current_context().exit(app.return_code)


def _opened(session: Session) -> HorizonApp:
    """The app on the register. Nothing made while opening can be thrown away yet, so looking for
    what can be is put off: that saves a twelfth of the time to the first row."""
    gc.disable()
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    from horizon import settings
    from horizon.tui.app import HorizonApp
    from horizon.tui.collecting import collect_seldom

    app = HorizonApp(session.register())
    app.first_run = not (settings.load().model_extra or {}).get("toured")
    collect_seldom()
    gc.enable()
    return app


def summarise(session: Session) -> None:
    """Print how the register stands and how to go on."""
    from horizon.register.views import attention, summary

    register = session.register()
    found = summary(register)
    say(f"{register.state.head.name} ({register.path})")
    say(register.framework.status_line + ".")
    if register.state.head.illustrative:
        say("Illustrative: nothing in it is about a real force.")
    say()
    say(f"{count(found.technologies, 'technology', 'technologies')}")
    route = register.framework.route
    for stage_id, number in found.stages.items():
        say(f"  {number:>4}  {route.stage_name(stage_id)}")
    say()
    say(f"{found.overdue} overdue, {found.soon} due within 30 days, {found.waiting} waiting")
    needs = attention(register)
    for each in needs[:TOP]:
        header = each.technology
        for line in wrapped(
            f"{header.label}  {header.name}: {each.words}", first="  ", rest=" " * 10
        ):
            say(line)
    if len(needs) > TOP:
        say(f"  and {len(needs) - TOP} more: horizon list --needs-someone")
    say()
    say("To open it, run horizon in a terminal. For the commands: horizon --help")


@click.command(cls=Command, example="horizon completion bash")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes your shell complete Horizon's commands after Tab.

    For bash, put this line in ~/.bashrc: eval "$(horizon completion bash)"
    """
    from click.shell_completion import get_completion_class

    from horizon.cli import horizon

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(horizon, {}, "horizon", "_HORIZON_COMPLETE").source())
