"""What a body left out of what is published of a decision, and on which ground.

A body names the parts of a record that are left out (domain reference, 4.4): in the words of the
record (`reasons`, `condition 2`, `dissent`), or in its own (`The names of the systems searched`).
Words of its own may be about any text, so they keep back every text of the decision; the summary,
which was written to be published, stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from horizon.model.decision import Decision
from horizon.model.meeting import Meeting
from horizon.model.technology import Technology

_PARTS: Mapping[str, str] = {
    "reasons": "reasons",
    "reason": "reasons",
    "question": "question",
    "question put": "question",
    "correction": "correction",
    "conditions": "conditions",
    "overrides": "overrides",
    "item reasons": "item_reasons",
    "considered": "considered",
    "what was considered": "considered",
    "what was weighed": "considered",
    "options": "considered/options",
    "legal basis": "considered/legal_basis",
    "proportionality": "considered/proportionality",
    "equality": "considered/equality",
    "equality information": "considered/equality",
    "dpo advice": "considered/dpo_advice",
    "independent advice": "considered/independent_advice",
    "trade offs": "considered/trade_offs",
    "papers": "papers",
    "interests": "room/interests",
    "votes": "votes",
    "dissent": "dissent",
    "who disagreed": "dissent",
    "comments": "comments",
    "written comments": "comments",
    "next step": "next_step",
    "summary": "summary",
}
"""What a part may be called, and where it stands in a decision."""

_CONDITION = re.compile(r"condition (\d+)")
_STAYS = ("summary", "redactions", "on_the_table")
"""What words of a body's own do not keep back: what it wrote for publication, and what was on the
table, which is the technology's and not the decision's."""


def part_of(words: str) -> str | None:
    """Where in a decision a part stands that a body named (`reasons`, `conditions/2`), or `None`
    for words of its own."""
    plain = " ".join(re.sub(r"['\u2019]s\b|[_-]", " ", words.casefold()).split())
    plain = plain.removeprefix("the ")
    if numbered := _CONDITION.fullmatch(plain):
        return f"conditions/{numbered[1]}"
    return _PARTS.get(plain)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The places of one record whose texts were left out: where each begins, and its ground."""

    places: Mapping[str, str]

    def ground(self, place: str) -> str:
        """The ground on which the text at a place is left out; empty when it is not."""
        for prefix, ground in self.places.items():
            if place == prefix or place.startswith(f"{prefix}/"):
                return ground
        return ""


NOTHING = LeftOut({})


def left_out(technology: Technology) -> LeftOut:
    """What the bodies left out of a technology's record."""
    places: dict[str, str] = {}
    for decision in technology.decisions:
        named, own = _parts(decision)
        if own:
            rest = [each for each in Decision.model_fields if each not in _STAYS]
            named = {**dict.fromkeys(rest, own), **named}
        places |= {f"decisions/{decision.number}/{each}": named[each] for each in named}
    return LeftOut(places)


def left_out_of_items(meeting: Meeting, technologies: Mapping[str, Technology]) -> LeftOut:
    """What the decisions made at a meeting leave out of its items: written comments and interests
    where they are left out of the decision, and what was said too where a body used its own
    words."""
    places: dict[str, str] = {}
    for item in meeting.items:
        technology = technologies.get(item.technology or "")
        decision = technology.decision(item.decision) if technology and item.decision else None
        if decision is None:
            continue
        named, own = _parts(decision)
        found = {"minute": own, "comments": named.get("comments", own),
                 "interests": named.get("room/interests", own)}  # fmt: skip
        places |= {f"items/{item.number}/{each}": found[each] for each in found if found[each]}
    return LeftOut(places)


def _parts(decision: Decision) -> tuple[dict[str, str], str]:
    """The grounds of the parts that are left out, by their place in the decision; and that of what
    a body named in words of its own."""
    named: dict[str, str] = {}
    own = ""
    for each in decision.redactions:
        part = part_of(each.part)
        if part is None:
            own = own or each.ground
        else:
            named[part] = each.ground
    return named, own
