"""The command that carries a register elsewhere."""

from __future__ import annotations

import click

from horizon.cli.frame import Command, session
from horizon.cli.output import say
from horizon.model.wording import count


@click.command(
    "copy",
    cls=Command,
    example="horizon copy register.json copy/register.json",
)
@click.argument("origin", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(origin: str, target: str) -> None:
    """Carry a register with its whole history to another file or database.

    Each is a path or postgresql://NAME@HOST/DATABASE?force=COLP. There must be none at TO. Every
    line is the same, and both are verified. What FROM holds is not touched: use only one of the
    two from then on.
    """
    from pathlib import Path

    from horizon.register.copying import copy as carry
    from horizon.register.locating import FILE
    from horizon.store.places import place_of

    source, place = place_of(origin), place_of(target)
    if isinstance(source, Path) and source.is_dir():
        source = source / FILE
    if isinstance(place, Path) and (place.is_dir() or not place.suffix):
        place = place / FILE
    found = carry(source, place, acting=session().acting)
    for statement in found.sql:
        say(f"{statement};")
    say(
        f"Copied {count(found.lines, 'line')}, {count(found.events, 'event')} and "
        f"{count(found.technologies, 'technology', 'technologies')} to {place}."
    )
    say(f"Both end with head hash {found.head}")
