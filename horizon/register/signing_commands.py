"""The register's commands that sign decisions; `signing` makes the signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from horizon.model.errors import RuleBroken
from horizon.register.ledger import Ledger

if TYPE_CHECKING:
    from horizon.model.decision import Decision
    from horizon.model.signing_events import DecisionSigned
    from horizon.model.technology import Technology
    from horizon.register.desk import Desk
    from horizon.register.signers import Signer
    from horizon.register.signing import Request


class SigningCommands(Ledger):
    """Commands that sign decisions. They raise as those of `Register` do."""

    def to_sign(self, number: str) -> Request:
        """What the acting person signs when they sign the decision with this number."""
        from horizon.register import signatures
        from horizon.register.signing import Request

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

        from horizon.register.records import find_decision

        self._of(request.claim.technology, None, sign)
        return find_decision(self, signature.decision)[1]

    def sign(self, number: str, signer: Signer, *, may_ask: bool = False) -> Decision:
        """Sign the decision with this number as the acting person, all three steps at once."""
        from horizon.register.signing import made

        request = self.to_sign(number)
        return self.record_signature(request, made(request, signer, may_ask=may_ask))
