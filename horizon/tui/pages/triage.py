"""What a first look shows: what was said of a signal so far, and what to know of it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from horizon.model.technology import Technology
from horizon.model.triage import WHEN_IN_USE, Nature, Verdict
from horizon.model.wording import day, in_words
from horizon.model.words import TimeHorizon
from horizon.register import Register
from horizon.register.desk import written_on
from horizon.register.signals import lacking
from horizon.tui.pages import field, heading, joined, line
from horizon.tui.widgets.page import MUTED, Lines


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said of the signal in front so far. `second` says that the next digit is the
    uncertainty."""

    impact: int = 0
    uncertainty: int = 0
    second: bool = False
    mainstream: TimeHorizon | None = None
    nature: Nature = Nature.OPPORTUNITY

    @property
    def is_said(self) -> bool:
        """Whether impact and uncertainty are said."""
        return bool(self.impact and self.uncertainty)


def drawn(draft: Draft, verdict: Verdict | None) -> Content:
    """What was said so far, and the verdict that follows from it."""
    lines = [
        _scale("Impact", draft.impact, not draft.second),
        _scale("Uncertainty", draft.uncertainty, draft.second),
    ]
    usual = WHEN_IN_USE[draft.mainstream] if draft.mainstream else "not said"
    more = f"  In ordinary use: {usual}   {draft.nature.capitalize()}"
    follows = f"Suggested: {verdict.capitalize()} (Enter)" if verdict else ""
    return Content("\n").join([*lines, Content(f"{more}   {follows}")])


def _scale(name: str, degree: int, asked: bool) -> Content:
    """A scale from 1 to 5 with what was said in brackets, and a mark where a digit goes next."""
    shown = " ".join(f"[{n}]" if n == degree else f" {n} " for n in range(1, 6))
    shown += "   1 is low, 5 is high" if asked else ""
    return Content.styled(f"{'>' if asked else ' '} {name:<12}", "bold" if asked else "") + Content(
        shown
    )


def about(register: Register, signal: Technology) -> Lines:
    """What to know of a signal at a first look."""
    lack = lacking(register, signal.id)
    held = signal.triage
    parts = [
        field("Kind", in_words(signal.kind)),
        field("Also", ", ".join(signal.aliases)),
        field("Supplier", signal.supplier),
        field("Tags", ", ".join(signal.tags)),
    ]
    if held is not None:
        parts.append(field("Last look", f"{day(written_on(held.at))}. {held.words}"))
    parts += [line(), line(signal.summary)] if signal.summary else []
    parts += [line(), line(signal.problem)] if signal.problem else []
    parts.append(heading("Seen"))
    whole = register.whole(signal.id)
    parts += [
        line(f"{day(e.seen_on)}  {e.source} ({e.source_type})  {e.title} {e.note} {e.url}".rstrip())
        for e in whole.sightings
    ] or [line("Nobody said where.", MUTED)]
    parts.append(field("Lacks", lack or "nothing: it can be taken forward", "bold" if lack else ""))
    return joined(parts)
