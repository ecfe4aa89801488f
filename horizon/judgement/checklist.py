"""The data-ethics checklist as it stands: what applies, what is open, what blocks.

Rules from the domain reference, section 2: an unanswered or unknown item counts as no; "partly" on
a blocker blocks adoption and becomes a condition of a trial; a red line is crossed by no, is not
cleared by anything short of yes, and is never waived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from horizon.framework.schema import ChecklistItem, Framework
from horizon.judgement.facts import Applies, applies, in_sentence
from horizon.judgement.tiers import read_tier
from horizon.model.facts import Fact, FactValue
from horizon.model.technology import Answer, Technology
from horizon.model.wording import listed
from horizon.model.words import AnswerValue, Phase


class Finding(StrEnum):
    """What an item does to the gate of its phase."""

    MET = "met"
    BLOCKS = "blocks"
    CONDITION = "becomes a condition"
    ADVISORY = "advisory"
    OPEN = "open"
    NOT_APPLICABLE = "does not apply"


class RedLine(StrEnum):
    """Where an item stands that no score can outweigh."""

    CROSSED = "crossed"
    NOT_CROSSED = "not crossed"
    UNKNOWN = "not cleared"


@dataclass(frozen=True, slots=True)
class ItemReading:
    """One item as it stands. `value` is unknown while nobody has answered; `line` is `None` where
    the item is no red line in this phase."""

    item: ChecklistItem
    theme: str
    applies: bool
    because: str
    answer: Answer | None
    value: AnswerValue
    effect: str
    red_line: bool
    finding: Finding
    line: RedLine | None

    @property
    def is_open(self) -> bool:
        """Whether it applies and nobody has said yes, partly, no or not applicable."""
        return self.applies and self.value is AnswerValue.UNKNOWN


@dataclass(frozen=True, slots=True)
class ChecklistReading:
    """Every item of the checklist, read for one phase."""

    phase: Phase
    items: tuple[ItemReading, ...]

    @property
    def applicable(self) -> tuple[ItemReading, ...]:
        return tuple(each for each in self.items if each.applies)

    @property
    def open(self) -> tuple[ItemReading, ...]:
        """Items that apply and are not answered, or answered unknown."""
        return tuple(each for each in self.items if each.is_open)

    @property
    def unanswered(self) -> tuple[ItemReading, ...]:
        """Items that apply and to which nobody has recorded even an unknown."""
        return tuple(each for each in self.applicable if each.answer is None)

    @property
    def blockers(self) -> tuple[ItemReading, ...]:
        return self._found(Finding.BLOCKS)

    @property
    def conditions(self) -> tuple[ItemReading, ...]:
        """Items whose shortfall becomes a condition of the approval."""
        return self._found(Finding.CONDITION)

    @property
    def advisories(self) -> tuple[ItemReading, ...]:
        return self._found(Finding.ADVISORY)

    @property
    def red_lines(self) -> tuple[ItemReading, ...]:
        """The red lines of the phase that apply, crossed or not."""
        return tuple(each for each in self.items if each.line is not None)

    def _found(self, finding: Finding) -> tuple[ItemReading, ...]:
        return tuple(each for each in self.items if each.finding is finding)


def read_checklist(framework: Framework, technology: Technology, phase: Phase) -> ChecklistReading:
    """The checklist for one technology at one phase, as its facts and answers stand.

    At a tier whose checklist is the core, only core items are asked. An answer given before the
    technology was reopened over that very item counts as none.
    """
    tier = read_tier(framework, technology.facts).tier
    asked_again = {item: each.at for each in technology.open_reopenings for item in each.items}
    core_only = framework.tier_depth(tier).checklist == "core"
    names = framework.fact_names
    items = []
    for theme in framework.themes:
        for item in theme.items:
            found = applies(item.applies, technology.facts)
            asked = found.yes and item.effect(phase) != "none" and (item.core or not core_only)
            answer = technology.answers.get(item.id)
            again = (
                answer is not None and item.id in asked_again and answer.at <= asked_again[item.id]
            )
            if again:
                answer = None
            value = answer.answer if answer else AnswerValue.UNKNOWN
            red_line = asked and item.is_red_line(phase)
            items.append(
                ItemReading(
                    item=item,
                    theme=theme.id,
                    applies=asked,
                    because=_because(item, found, phase, names, asked=asked)
                    + (" Asked again, because it was reopened." if again else ""),
                    answer=answer,
                    value=value,
                    effect=item.effect(phase),
                    red_line=red_line,
                    finding=_finding(item, phase, value, technology.facts, asked, answer),
                    line=_line(value) if red_line else None,
                )
            )
    return ChecklistReading(phase, tuple(items))


def may_be_not_applicable(item: ChecklistItem, facts: Mapping[Fact, FactValue]) -> bool:
    """Whether "not applicable" is an answer here: never where facts make the item apply, and never
    on a red line, which must be cleared or dropped by changing the facts."""
    always = not item.applies.all_of and not item.applies.any_of
    return always and not item.red_line


def _line(value: AnswerValue) -> RedLine:
    if value is AnswerValue.YES:
        return RedLine.NOT_CROSSED
    return RedLine.CROSSED if value is AnswerValue.NO else RedLine.UNKNOWN


def _finding(
    item: ChecklistItem,
    phase: Phase,
    value: AnswerValue,
    facts: Mapping[Fact, FactValue],
    asked: bool,
    answer: Answer | None,
) -> Finding:
    if not asked:
        return Finding.NOT_APPLICABLE
    not_applicable = value is AnswerValue.NOT_APPLICABLE and may_be_not_applicable(item, facts)
    if value is AnswerValue.YES or not_applicable:
        return Finding.MET
    if item.is_red_line(phase):
        return Finding.BLOCKS
    match item.effect(phase):
        case "blocker":
            eased = value is AnswerValue.PARTLY and phase is Phase.TRIAL
            return Finding.CONDITION if eased else Finding.BLOCKS
        case _ if answer is None:
            return Finding.OPEN
        case "condition":
            return Finding.CONDITION
        case _:
            return Finding.ADVISORY


def _because(
    item: ChecklistItem, found: Applies, phase: Phase, names: Mapping[Fact, str], *, asked: bool
) -> str:
    facts = listed([in_sentence(names[fact]) for fact in found.because])
    if not found.yes:
        return f"Does not apply: {facts} {'is' if len(found.because) == 1 else 'are'} no."
    if item.effect(phase) == "none":
        return f"Not tested for {phase}."
    if not asked:
        return "Not asked at this tier: it is not one of the core questions."
    if not found.because:
        return "Applies always."
    if found.unknown:
        unknown = listed([in_sentence(names[fact]) for fact in found.unknown])
        return f"Applies because of {facts} (not known, so counted as yes: {unknown})."
    return f"Applies because of {facts}."
