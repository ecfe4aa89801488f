"""The marking that something leaving the register must carry."""

from __future__ import annotations

from collections.abc import Iterable

from horizon.model.errors import RuleBroken
from horizon.model.technology import Technology
from horizon.model.wording import listed
from horizon.model.words import Marking


def is_sensitive(technology: Technology) -> bool:
    """Whether the technology, or a decision on it, is marked OFFICIAL-SENSITIVE."""
    held = (technology.marking, *(each.marking for each in technology.decisions))
    return any(each is not Marking.OFFICIAL for each in held)


def highest(technologies: Iterable[Technology]) -> Marking:
    """The lowest marking that may carry them all."""
    sensitive = any(map(is_sensitive, technologies))
    return Marking.OFFICIAL_SENSITIVE if sensitive else Marking.OFFICIAL


def check(marking: Marking, technologies: Iterable[Technology], *, what: str = "paper") -> None:
    """Raise `RuleBroken` when one of the technologies, or a decision on it, is marked higher than
    `marking`. `what` is what would carry them: a paper, an export."""
    check_held(marking, ((e.label, highest([e])) for e in technologies), what=what)


def check_held(
    marking: Marking, held: Iterable[tuple[str, Marking]], *, what: str = "paper"
) -> None:
    """The same for anything with a marking: `held` are labels and numbers, each with its own."""
    if marking is not Marking.OFFICIAL:
        return
    higher = list(dict.fromkeys(name for name, each in held if each is not Marking.OFFICIAL))
    if higher:
        named = listed(higher) if len(higher) <= 10 else f"{len(higher)} technologies"
        article = "An" if what[0] in "aeiou" else "A"
        raise RuleBroken(
            f"{article} {what} marked {marking} cannot carry what is marked "
            f"{Marking.OFFICIAL_SENSITIVE}: {named}",
            who=f"Mark the {what} {Marking.OFFICIAL_SENSITIVE}, or leave them out.",
        )
