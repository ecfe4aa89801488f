"""Horizon for colleagues without a terminal, in their browser."""

from __future__ import annotations

from pathlib import Path

import click

from horizon.cli.frame import Command, session
from horizon.cli.output import warn
from horizon.model.errors import BadInput, RuleBroken

BEYOND = "--beyond-this-machine"


@click.command(
    cls=Command,
    example="horizon serve\nhorizon serve --port 8100\n"
    "horizon serve --host 10.0.0.5 --beyond-this-machine",
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port."
)
@click.option("--host", default="localhost", show_default=True, help="Address to listen on.")
@click.option(BEYOND, "beyond", is_flag=True, help="Listen where other machines reach it.")
@click.option("--url", default="", help="Where browsers find it, behind a gateway for instance.")
def serve(port: int, host: str, beyond: bool, url: str) -> None:
    """Serve the register to browsers, on this machine only unless told twice.

    Each browser says who it is before it can change anything. Names are taken on trust, and there
    is no password and no encryption: put a gateway that knows who people are in front of it before
    you let other machines in.
    """
    try:
        from horizon.tui.browser.server import RegisterServer, is_here
    except ImportError:
        raise BadInput(
            "Serving needs another package", do='Install it: pip install "horizon-register[serve]"'
        ) from None
    if not is_here(host) and not beyond:
        raise RuleBroken(
            f"{host} can be reached from other machines, and whoever reaches it can act under any "
            "name",
            missing=[f"{BEYOND}, which says that you mean it"],
            who="Whoever keeps the register decides that.",
        )
    if beyond and is_here(host):
        raise BadInput(
            f"{host} is this machine only", do=f"Name the address as --host, or leave {BEYOND} out"
        )
    place = session().path
    if not isinstance(place, Path):
        raise BadInput(
            "Only a register in a file can be served: in a database, who acts is who signed in",
            do="Let everybody open it with their own account: horizon --register postgresql://...",
        )
    register = session().register()  # what is wrong with it is said here, not in a browser
    title = f"Horizon, {register.state.head.name}"
    session().close()
    if beyond:
        warn("Other machines reach this. It has no password: whoever comes can act as anybody.")
    RegisterServer(place, host=host, port=port, title=title, url=url).serve()
