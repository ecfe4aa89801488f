"""Signing decisions: the recorded decision, a signature made outside any lock, and its event.

The three are steps of their own, so that an app can leave the middle one, which may wait for
somebody to touch a token, to a thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from horizon.model.errors import SigningFault
from horizon.model.people import Person
from horizon.model.signing_events import DecisionSigned
from horizon.register import keygen, signatures
from horizon.register.signatures import Claim
from horizon.register.signers import Signer

Stopped = keygen.Stopped


@dataclass(frozen=True, slots=True)
class Request:
    """A decision that somebody is about to sign, and when."""

    claim: Claim
    person: Person
    at: datetime


def made(
    request: Request,
    signer: Signer,
    *,
    may_ask: bool = False,
    stopped: Stopped = lambda: False,
) -> DecisionSigned:
    """The signature that is asked for, found to hold. It touches no register, so it may be made in
    a thread.

    Raises `SigningFault` where the key does not sign, or is not one of the person's among the
    allowed signers: a signature that would not hold is not recorded.
    """
    keygen.check_readable(signer.file)
    claim, person = request.claim, request.person
    signature = keygen.sign(signer.key, claim.message, may_ask=may_ask, stopped=stopped)
    held = keygen.holds(
        claim.message,
        signature,
        allowed=signer.file,
        identities=signatures.identities(person),
        at=request.at,
    )
    if held.why:
        raise SigningFault(f"The signature of {person.name} would not hold: {held.why}.")
    return DecisionSigned(
        decision=claim.number,
        event=claim.event,
        digest=claim.sealed["digest"],
        line=claim.line,
        key=held.key,
        signature=signature,
    )
