"""Signing decisions: the recorded decision, a signature made outside any lock, and its event.

The three are steps of their own, so that an app can leave the middle one, which may wait for
somebody to touch a token, to a thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from horizon.model.errors import RuleBroken, SigningFault
from horizon.model.people import Person
from horizon.model.signing_events import DecisionSigned
from horizon.model.technology import Decision, Technology
from horizon.register import keygen, signatures
from horizon.register.desk import Desk
from horizon.register.ledger import Ledger
from horizon.register.records import find_decision
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


class SigningCommands(Ledger):
    """Commands that sign decisions. They raise as those of `Register` do."""

    def to_sign(self, number: str) -> Request:
        """What the acting person signs when they sign the decision with this number."""
        claim, _ = signatures.of_decision(self, number)
        person = self.state.people.get(self.person_id)
        if person is None:
            raise RuleBroken(
                f"{self.acting} has recorded nothing in this register yet",
                who="Whoever recorded the decision signs it, or somebody the register knows.",
            )
        return Request(claim, person, self.clock())

    def record_signature(self, request: Request, signature: DecisionSigned) -> Decision:
        """Record a signature that was made of `request`; gives the decision as it is then."""

        def sign(desk: Desk, technology: Technology) -> None:
            if desk.by != request.person.id:
                raise RuleBroken(f"{request.person.name} made the signature, somebody else acts")
            decision = technology.decision(signature.decision)
            if decision is None:
                raise RuleBroken(f"{signature.decision} has been erased meanwhile")
            if (desk.by, signature.key) in {(each.by, each.key) for each in decision.signatures}:
                raise RuleBroken(f"You have signed {decision.number} with that key already")
            desk.draft(technology.id, signature)

        self._of(request.claim.technology, None, sign)
        return find_decision(self, signature.decision)[1]

    def sign(self, number: str, signer: Signer, *, may_ask: bool = False) -> Decision:
        """Sign the decision with this number as the acting person, all three steps at once."""
        request = self.to_sign(number)
        return self.record_signature(request, made(request, signer, may_ask=may_ask))
