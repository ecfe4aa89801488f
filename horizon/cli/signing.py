"""Commands that sign decisions, and what other commands say of signatures."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from horizon import settings
from horizon.cli.completing import DECISIONS
from horizon.cli.frame import Command, Group, json_option, session
from horizon.cli.output import print_json, say, warn, wrapped
from horizon.model.decision import Decision
from horizon.model.errors import BadInput, HorizonError, RuleBroken, SigningFault
from horizon.model.people import Person
from horizon.register import Register, keygen, signers
from horizon.register.signatures import check_decision, identities, of_decision
from horizon.register.signers import Signer
from horizon.store.places import Place

TRIAL = b"A trial of the key. It signs no decision."


@click.group(cls=Group)
def sign() -> None:
    """Sign decisions with your SSH key, as far as you want to.

    Without a key everything works, and decisions read "unsigned".
    """


@sign.command(cls=Command, example="horizon sign setup my_key")
@click.argument("key", required=False, type=click.Path(path_type=Path))
@click.option(
    "--allowed-signers",
    "allowed",
    type=click.Path(path_type=Path),
    help="The file that says whose keys may sign. The one beside the register unless given.",
)
def setup(key: Path | None, allowed: Path | None) -> None:
    """Sign every decision that you record from now on with KEY.

    KEY is a private key, or the .pub of one that ssh-agent holds. Your key is added to the file of
    allowed signers. Without KEY, says how signing is set up.
    """
    if key is None:
        _say_how()
        return
    register = session().register()
    key = key.expanduser().absolute()
    if not key.is_file():
        raise BadInput(
            "There is no such key",
            where=str(key),
            do=f"Make one with: ssh-keygen -t ed25519 -f {key.name}",
        )
    file = allowed.expanduser().absolute() if allowed else _allowed(register)
    person = _person(register)
    signature = keygen.sign(key, TRIAL, may_ask=_may_ask())
    line = signers.allowed_line(signers.principal(person), signature, register.today)
    _allow(file, line, signature, person, register)
    kept: dict[str, Any] = {"signing_key": str(key)} | (
        {"allowed_signers": str(file)} if allowed else {}
    )
    try:
        settings.write(**kept)
    except OSError as error:
        raise SigningFault(
            f"{settings.settings_path()} cannot be written: {error.strerror or error}."
        ) from None
    fingerprint = keygen.fingerprint(keygen.public_key(signature)[1])
    say(f"Decisions that {person.name} records here are signed with {fingerprint}.")


def _allowed(register: Register) -> Path:
    return Signer(Path(), _settled_file(register.path)).file.absolute()


def _allow(file: Path, line: str, signature: str, person: Person, register: Register) -> None:
    """See that the key is among the allowed signers; where it cannot be added, say who must."""
    if file.exists():
        held = keygen.holds(
            TRIAL, signature, allowed=file, identities=identities(person), at=register.clock()
        )
        if not held.why:
            say(f"{file} allows it already, as that of {held.principal}.")
            return
    try:
        signers.allow(file, line)
    except SigningFault as error:
        say(f"{error} Give whoever keeps it this line. Until it is there, nothing is signed:")
        say(line)
        return
    say(f"Added to {file}: keep that file where only few may change it.")


def _person(register: Register) -> Person:
    known = register.state.people.get(register.person_id)
    return known or Person(id=f"p-{'0' * 16}", name=register.acting)


def _say_how() -> None:
    found = signer()
    if found is None:
        say("Signing is not set up: decisions you record are unsigned.")
        say("Set it up with: horizon sign setup KEY")
        return
    say(f"Decisions you record are signed with {found.key}.")
    say(f"Allowed signers: {found.allowed or 'no file is named'}")


@sign.command(cls=Command, example="horizon sign decision AISG/2026/004")
@click.argument("numbers", nargs=-1, required=True, shell_complete=DECISIONS, metavar="NUMBER...")
@json_option
def decision(numbers: tuple[str, ...], as_json: bool) -> None:
    """Sign decisions that were recorded before, by you or by somebody else."""
    found = signer()
    if found is None:
        raise RuleBroken(
            "Signing is not set up", who="Set it up first with: horizon sign setup KEY."
        )
    register = session().register()
    signed = [register.sign(each, found, may_ask=_may_ask()) for each in numbers]
    if as_json:
        print_json(signed)
        return
    for each in signed:
        say(signed_words(register, each))


@sign.command(cls=Command, example="horizon sign stop")
def stop() -> None:
    """Sign no more decisions on this machine. Signatures that were made stay."""
    try:
        settings.write(signing_key="")
    except OSError as error:
        raise SigningFault(
            f"{settings.settings_path()} cannot be written: {error.strerror or error}."
        ) from None
    say("Decisions you record from now on are unsigned.")
    if os.environ.get(signers.KEY):
        say(f"But not while {signers.KEY} is set in your environment.")


def signer() -> Signer | None:
    """Who signs in the session's register, or `None` where signing is not set up."""
    held = settings.load()
    return signers.signer(
        session().path, os.environ, key=held.signing_key, allowed=held.allowed_signers
    )


def settled_file(named: Path | None = None) -> Path | None:
    """The file of allowed signers that a command names, else the one that is set up."""
    return named or _settled_file(session().path)


def _settled_file(place: Place) -> Path | None:
    held = settings.load().allowed_signers
    return signers.allowed_signers(place, os.environ, settled=held)


def signed(register: Register, recorded: Decision) -> Decision:
    """Sign a decision that was just recorded, where that is set up. Where it cannot be done, it
    stays recorded and unsigned, and a note says why."""
    found = signer()
    if found is None:
        return recorded
    try:
        return register.sign(recorded.number, found, may_ask=_may_ask())
    except HorizonError as error:
        why = str(error)
    except KeyboardInterrupt:
        why = "You stopped it."
    warn(f"{recorded.number} is recorded, but unsigned. {why} {again(recorded)}")
    return recorded


def check_lines(register: Register, number: str) -> Iterator[str]:
    """What becomes of the signatures on a decision when they are checked now, a line each."""
    try:
        found = check_decision(register, number, settled_file())
    except (BadInput, SigningFault) as error:
        yield f"! Not checked: {error}"
        return
    for each in found:
        if each.why:
            yield f"! The signature of {each.made.signer} does not hold: {each.why}."
        else:
            yield (
                f"  The signature of {each.made.signer} holds: the allowed signers have its key as "
                f"that of {each.principal}."
            )


def signatures_json(register: Register, decision: Decision) -> list[dict[str, Any]]:
    """The signatures on a decision with what `ssh-keygen -Y verify` takes to check them."""
    if not decision.signatures:
        return []
    try:
        claim, made = of_decision(register, decision.number)
    except BadInput:  # signed in a journal that is not here
        return [each.model_dump() for each in decision.signatures]
    return [
        {
            "by": each.signer,
            "at": each.at,
            "key": each.data.key,
            "namespace": keygen.NAMESPACE,
            "message": claim.message.decode("utf-8"),
            "signature": each.data.signature,
        }
        for each in made
    ]


def again(recorded: Decision) -> str:
    """How to sign a decision later."""
    return f"Sign it with: horizon sign decision {recorded.number}"


def told_signature(register: Register, recorded: Decision) -> None:
    """Say who signed a decision that was just recorded, if anybody did."""
    if recorded.signatures:
        for line in wrapped(signed_words(register, recorded), rest="  "):
            say(line)


def signed_words(register: Register, recorded: Decision) -> str:
    """Who signed a decision last, and with which key."""
    last = recorded.signatures[-1]
    return f"{recorded.number} signed by {register.name(last.by)} with key {last.key}."


def _may_ask() -> bool:
    """Whether there is somebody at a terminal who can type a passphrase."""
    return sys.stdin.isatty() and sys.stderr.isatty()
