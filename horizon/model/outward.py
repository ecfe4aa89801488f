"""A technology as other forces see it with which it is shared: what its markings allow, no more.

Another force is not the public: typed texts go with what is shared, released for publication or
not. What stays is what is marked OFFICIAL-SENSITIVE in `criteria/publication.toml` (a test holds
`WITHHELD` to that), what somebody read and kept back, and what a body left out of a decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from horizon.model.assessment import Evidence
from horizon.model.base import Model, canonical, digest
from horizon.model.decision import Condition, Decision, Override
from horizon.model.leaving_out import LeftOut, left_out
from horizon.model.release import Release
from horizon.model.technology import Reopening, Technology
from horizon.model.words import Marking

NOT_SHOWN = "Not shown to other forces"
"""What stands in place of a text that was kept back."""

WITHHELD: Mapping[str, frozenset[str]] = {
    "Technology": frozenset({"origins", "triage", "notes", "rounds", "shared_with", "released"}),
    "Sighting": frozenset({"note"}),
    "Evidence": frozenset({"version", "location", "sha256"}),
    "PaperReference": frozenset({"version"}),
    "Discharge": frozenset({"note"}),
    "OnTheTable": frozenset({"answers", "rounds", "evidence"}),
    "Signature": frozenset({"key"}),
}
"""The fields of each kind of record that are marked OFFICIAL-SENSITIVE."""

TYPED: Mapping[str, frozenset[str]] = {
    "Technology": frozenset(
        {"name", "aliases", "summary", "problem", "supplier", "tags", "review_reason",
         "ended_reason"}
    ),
    "Sighting": frozenset({"source", "title", "url"}),
    "Evidence": frozenset({"title"}),
    "Answer": frozenset({"note"}),
    "Decision": frozenset(
        {"reasons", "correction", "question", "item_reasons", "next_step", "summary"}
    ),
    "Condition": frozenset({"text", "evidence_needed", "if_missed"}),
    "Override": frozenset({"reason"}),
    "Considerations": frozenset(
        {"options", "legal_basis", "proportionality", "equality", "trade_offs"}
    ),
    "Advice": frozenset({"given", "why_not"}),
    "PaperReference": frozenset({"title"}),
    "Interest": frozenset({"nature"}),
    "Dissent": frozenset({"reason"}),
    "Comment": frozenset({"text"}),
    "Redaction": frozenset({"part"}),
    "Reopening": frozenset({"reason", "needed"}),
    "Legacy": frozenset({"in_use_since", "authority", "known"}),
}  # fmt: skip
"""The fields that people type into, and that can be kept back."""


@dataclass(frozen=True, slots=True)
class Outward:
    """A technology's record as other forces may see it.

    `marking` is the highest of its own and of the decisions on it. `whole` says that nobody has
    kept back a text of it, so that what its events say of such fields may be seen too.
    """

    record: bytes
    marking: Marking
    whole: bool


def outward(record: bytes) -> Outward:
    """What other forces may see of a technology, given its canonical JSON."""
    technology = Technology.model_validate_json(record)
    kept = {
        place: each
        for place, each in technology.released.items()
        if digest(each.text) != each.original
    }
    redacted = any(each.redactions for each in technology.decisions)
    least_last = sorted(kept.values(), key=lambda each: -len(each.text))
    texts = {each.original: each for each in least_last}
    cutting = _Cutting(kept, texts, left_out(technology))
    shown = cutting.model(technology, "")
    sensitive = Marking.OFFICIAL_SENSITIVE in (
        technology.marking,
        *(each.marking for each in technology.decisions),
    )
    return Outward(
        canonical(shown.model_dump(mode="json", exclude_defaults=True)),
        Marking.OFFICIAL_SENSITIVE if sensitive else Marking.OFFICIAL,
        not kept and not redacted,
    )


@dataclass(frozen=True, slots=True)
class _Cutting:
    """Replaces typed texts that were kept back at their place or stand elsewhere too, and empties
    what is withheld."""

    kept: Mapping[str, Release]
    texts: Mapping[str, Release]
    left_out: LeftOut

    def model(self, record: Model, place: str) -> Any:
        kind, changes = type(record).__name__, {}
        for name, field in type(record).model_fields.items():
            value, within = getattr(record, name), f"{place}/{name}" if place else name
            if name in WITHHELD.get(kind, ()):
                changes[name] = (
                    type(value)()
                    if field.is_required()
                    else field.get_default(call_default_factory=True)
                )
            else:
                changes[name] = self.value(value, within, name in TYPED.get(kind, ()))
        return record.model_copy(update=changes)

    def value(self, value: Any, place: str, typed: bool) -> Any:
        match value:
            case Model():
                return self.model(value, place)
            case tuple():
                return tuple(
                    self.value(each, f"{place}/{_step(each, at)}", typed)
                    for at, each in enumerate(value, 1)
                )
            case dict():
                return {k: self.value(each, f"{place}/{k}", typed) for k, each in value.items()}
            case str() if typed and value:
                return self.text(value, place)
            case _:
                return value

    def text(self, text: str, place: str) -> str:
        """A text that changed since it was kept back stays so until somebody reads it again."""
        if self.left_out.ground(place):
            return NOT_SHOWN
        release = self.texts.get(digest(text))
        if release is not None:
            return release.text or NOT_SHOWN
        return NOT_SHOWN if place in self.kept else text


def _step(element: Any, at: int) -> str:
    """What a place in a list is called: the key of what stands there, else its number."""
    match element:
        case Decision() | Condition() | Reopening():
            return str(element.number)
        case Evidence():
            return element.id
        case Override():
            return element.item
        case _:
            return str(at)
