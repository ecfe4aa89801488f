"""The event that somebody signed a decision.

A signature is an event of its own, after the decision's: the decision's line stays as it was
written, and a register without signatures is a register like any other.
"""

from __future__ import annotations

from horizon.model.event_base import EventData
from horizon.model.scalars import Digest, Words


class DecisionSigned(EventData):
    """A decision was signed with an SSH key. Subject: the technology it is about.

    `event` is the id of the event that recorded the decision, `digest` that event's digest and
    `line` the hash of its line: what was signed. `key` is the fingerprint of the key
    (`SHA256:...`), `signature` the signature as `ssh-keygen -Y sign` writes it.
    """

    kind = "decision-signed"
    decision: Words
    event: Words
    digest: Digest
    line: Digest
    key: Words
    signature: Words
