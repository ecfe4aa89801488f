"""Whether something applies, given what is known of the proposed use.

Three-valued: a fact is yes, no or unknown, and unknown counts as yes (domain reference 2.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from horizon.framework.applicability import Applicability
from horizon.model.facts import Fact, FactValue, counts_as_yes, value_of


@dataclass(frozen=True, slots=True)
class Applies:
    """Whether something applies, and why.

    `certain` is false when only an unknown fact makes it apply. `because` holds the facts that
    decide: those that count as yes when it applies, those that are no when it does not.
    `unknown` are those of them that nobody knows yet.
    """

    yes: bool
    certain: bool
    because: tuple[Fact, ...]
    unknown: tuple[Fact, ...]


ALWAYS = Applies(yes=True, certain=True, because=(), unknown=())


def applies(applicability: Applicability, facts: Mapping[Fact, FactValue]) -> Applies:
    """Whether `applicability` holds for these facts, an unknown fact counting as yes."""
    named = applicability.named
    if not named:
        return ALWAYS
    known = tuple(map(facts.get, named))
    found: Applies | None = applicability.found.get(known)
    if found is None:
        found = applicability.found[known] = _worked_out(applicability, facts)
    return found


def _worked_out(applicability: Applicability, facts: Mapping[Fact, FactValue]) -> Applies:
    named = applicability.named
    counted = {fact for fact in named if counts_as_yes(facts, fact)}
    if not _holds(applicability, counted):
        return Applies(
            yes=False, certain=True, because=_against(applicability, counted), unknown=()
        )
    known = {fact for fact in named if value_of(facts, fact) is FactValue.YES}
    return Applies(
        yes=True,
        certain=_holds(applicability, known),
        because=tuple(fact for fact in named if fact in counted),
        unknown=tuple(fact for fact in named if fact in counted - known),
    )


def in_sentence(name: str) -> str:
    """A fact's name inside a sentence: `personal data`, but `AI` where it starts with capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _against(applicability: Applicability, true: set[Fact]) -> tuple[Fact, ...]:
    """The facts that are no and alone keep it from applying."""
    needed = tuple(fact for fact in applicability.all_of if fact not in true)
    alternatives = applicability.any_of
    return needed if any(fact in true for fact in alternatives) else needed + alternatives


def _holds(applicability: Applicability, true: set[Fact]) -> bool:
    every = all(fact in true for fact in applicability.all_of)
    some = not applicability.any_of or any(fact in true for fact in applicability.any_of)
    return every and some
