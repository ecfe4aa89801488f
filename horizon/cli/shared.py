"""Commands about a register of several forces in one database: make it, open it to people, share
technologies, look across forces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from horizon.cli.completing import PEOPLE, TECHNOLOGY
from horizon.cli.frame import Group, expect_option, json_option, session
from horizon.cli.output import print_json, print_table, say
from horizon.model.errors import BadInput
from horizon.model.wording import count

if TYPE_CHECKING:
    from horizon.store.places import Server

ROLES = ("reader", "assessor", "secretary", "administrator")


@click.group(cls=Group)
def shared() -> None:
    """Keep one register for several forces in a PostgreSQL database.

    A database is named by an address: postgresql://NAME@HOST/DATABASE?force=COLP
    """


def _server(address: str | None = None) -> Server:
    """The database that was named, or that --register names. What speaks to a database is imported
    after this: where psycopg is not installed, this says so."""
    from horizon.store.places import Server, place_of
    from horizon.store.stores import need_psycopg

    place = place_of(address) if address else session().path
    if not isinstance(place, Server):
        raise BadInput(
            f"{place} is not in a database",
            do="Give its address: --register postgresql://NAME@HOST/DATABASE?force=COLP",
        )
    need_psycopg()
    return place


def _own(place: Server) -> Server:
    """The same with the force that whoever signs in belongs to, where none was named."""
    from horizon.store.postgres.opening import own_force

    return place if place.force else place.of(own_force(place))


def _say_sql(statements: Iterable[str]) -> None:
    for statement in statements:
        say(f"{statement};")


@shared.command(
    "init",
    example="horizon shared init\n"
    'horizon shared init --force COLP --name "Register of Example Police"',
)
@click.argument("address", required=False)
@click.option("--force", "force", help="Also begin the register of this force, by its short name.")
@click.option("--name", default="", help="What that register is called.")
def init(address: str | None, force: str | None, name: str) -> None:
    """Make the tables and roles of a shared register, or bring them up to date.

    Prints the SQL that it runs. Run again, it changes only what is not as it should be. Takes an
    account that may make roles and a schema; that account owns the tables.
    """
    place = _server(address)
    from horizon.register import sharing
    from horizon.store.postgres.administering import prepare

    wanted = force or place.force
    if wanted and not name.strip():
        raise BadInput("The register's name is missing", do="Write it as --name NAME")
    _say_sql(prepare(place))
    say(f"-- {place.name} is ready.")
    if wanted:
        place = place.of(wanted)
        _say_sql(sharing.begin(place, name=name, acting=session().acting, clock=session().clock))
        say(f"-- Began the register of {place.force}: {place}")


@shared.command(
    "grant",
    example='horizon shared grant asha --role assessor --name "Asha Example"\n'
    'horizon shared grant sam --role secretary --name "Sam Example" --sensitive',
)
@click.argument("account")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they may do.")
@click.option("--name", required=True, help="Their name.", shell_complete=PEOPLE)
@click.option(
    "--sensitive", is_flag=True, help="Also show them what is marked OFFICIAL-SENSITIVE elsewhere."
)
@click.option("--ask-password", is_flag=True, help="Ask for a password to set.")
def grant(account: str, role: str, name: str, sensitive: bool, ask_password: bool) -> None:
    """Let an account of the database use a force's register.

    The account is made when it is not there. All that it records is under this person's name.
    Prints the SQL that it runs, with passwords sealed.
    """
    place = _own(_server())
    from horizon.register import sharing
    from horizon.store.postgres.roles import Role

    password = (
        click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask_password else ""
    )
    _say_sql(
        sharing.grant(
            place,
            account,
            Role(role),
            name=name,
            acting=session().acting,
            sensitive=sensitive,
            password=password,
            clock=session().clock,
        )
    )
    say(f"-- {name} may use the register of {place.force} as {role}, as the account {account}.")


@shared.command("revoke", example="horizon shared revoke asha")
@click.argument("account")
def revoke(account: str) -> None:
    """Take from an account the right to use a force's register. Prints the SQL that it runs."""
    place = _own(_server())
    from horizon.store.postgres.administering import withdraw

    _say_sql(withdraw(place, account))
    say(f"-- The account {account} can no longer use the register of {place.force}.")


@shared.command(
    "share",
    example='horizon shared share T-0001 --with all --reason "Others look at it too"\n'
    'horizon shared share T-0001 --with MPS --with BTP --reason "A joint trial"\n'
    'horizon shared share T-0001 --with none --reason "The trial is over"',
)
@click.argument("ref", shell_complete=TECHNOLOGY)
@click.option(
    "--with",
    "forces",
    multiple=True,
    required=True,
    metavar="FORCE",
    help="A force's short name, or all, or none. Can be given again.",
)
@click.option("--reason", default="", help="Why.")
@expect_option
@json_option
def share(
    ref: str, forces: tuple[str, ...], reason: str, expect: int | None, as_json: bool
) -> None:
    """Set which other forces see a technology: these and no others."""
    named = () if forces == ("none",) else forces
    if not isinstance(session().path, Path):
        place = _server()
        from horizon.store.postgres.finding import refuse_unknown

        refuse_unknown(place, [each for each in named if each.casefold() not in ("all", "*")])
    technology = session().register().share(ref, named, reason=reason, expect=expect)
    if as_json:
        print_json(technology)
    elif technology.shared_with:
        whom = "all forces" if technology.shared_with == ("*",) else ", ".join(named).upper()
        say(f"{technology.label} {technology.name} is shared with {whom}.")
    else:
        say(f"{technology.label} {technology.name} is shared with no other force.")


@shared.command("forces", example="horizon shared forces")
@json_option
def list_forces(as_json: bool) -> None:
    """List the forces of a database, and how many technologies of each you may see."""
    place = _server()
    from horizon.store.postgres.finding import forces

    found = forces(place)
    if as_json:
        print_json([asdict(each) | {"address": str(place.of(each.force))} for each in found])
        return
    rows = [
        (each.force, each.name, "yours" if each.own else "shared with you", f"{each.technologies}")
        for each in found
    ]
    print_table(rows, ("Force", "Register", "", "Technologies"))


@shared.command("find", example='horizon shared find "speech analytics"')
@click.argument("words")
@click.option("--most", type=click.IntRange(1, 1000), default=20, help="Only so many, the likest.")
@json_option
def find(words: str, most: int, as_json: bool) -> None:
    """Find technologies in every register that you may see: your own, and what others share."""
    place = _server()
    from horizon.store.postgres import finding

    found = finding.find(place, words, most=most)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    print_table(
        [(each.force, each.label, each.name, each.stage) for each in found],
        ("Force", "Label", "Name", "Stage"),
    )
    say(f"{count(len(found), 'technology', 'technologies')} found.")


@shared.command("mend", example="horizon shared mend")
def mend() -> None:
    """Make the tables of a force's register again from its events.

    For when verify says that they differ. The events count, and are not touched.
    """
    place = _server()
    from horizon.store.postgres.store import PostgresStore
    from horizon.store.stores import store_at

    store = store_at(place)
    try:
        if store.partial or not isinstance(store, PostgresStore):
            raise BadInput("Only the force whose register it is can do that")
        store.remake()
        say(f"The tables of {store.describe()} were made again from its events.")
    finally:
        store.close()
