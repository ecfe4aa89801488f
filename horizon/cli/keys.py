"""The keys of the app, and those of one's own."""

from __future__ import annotations

import click

from horizon.cli.frame import Command, json_option
from horizon.cli.output import print_json, print_table, say, warn


@click.command(cls=Command, example="horizon keys\nhorizon keys search")
@click.argument("words", nargs=-1)
@json_option
def keys(words: tuple[str, ...], as_json: bool) -> None:
    """List what each key of the app is called, or those that fit a few words.

    To press something else, name it in keys.toml beside your settings: [keys], then a line such as
    search = "f". The app says when a key of yours takes the place of another.
    """
    from horizon.tui.bindings import clashes, every_binding, refuse_unknown
    from horizon.tui.keymap import keys_path, read_keys, spelt

    path = keys_path()
    own = read_keys(path)
    refuse_unknown(own, str(path))
    everything = list(every_binding())
    wanted = [each.casefold() for each in words]
    found = [
        each
        for each in everything
        if all(word in f"{each.name} {each.words} {each.place}".casefold() for word in wanted)
    ]
    if as_json:
        print_json(
            [
                {
                    "name": each.name,
                    "keys": own.get(each.name, each.keys).split(","),
                    "does": each.words,
                    "on": each.place,
                    "own": each.name in own,
                }
                for each in found
            ]
        )
        return
    rows = [
        (
            each.name,
            " ".join(map(spelt, own.get(each.name, each.keys).split(","))),
            each.words,
            each.place,
        )
        for each in found
    ]
    if not rows:
        say("No key fits.")
        return
    print_table(rows, ("Name", "Keys", "What it does", "Where"))
    say()
    say(f"Your own keys: {path}" + ("" if own else " (there are none yet)"))
    for place in dict.fromkeys(each.place for each in everything):
        here = [each for each in everything if each.place == place]
        for name, other in clashes(own, here):
            warn(f"On {place}, your key for {name} takes the place of {other.name}.")
