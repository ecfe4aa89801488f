"""The data-ethics checklist as it stands: what applies, what is open, what blocks.

Rules from the domain reference, section 2: an unanswered or unknown item counts as no; "partly" on
a blocker blocks adoption and becomes a condition of a trial; a red line is crossed by no, is not
cleared by anything short of yes, and is never waived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from horizon.framework.schema import ChecklistItem, Framework
from horizon.judgement.facts import Applies, applies, in_sentence
from horizon.judgement.tiers import read_tier
from horizon.model.assessment import Answer
from horizon.model.facts import Fact
from horizon.model.technology import Technology
from horizon.model.wording import listed
from horizon.model.words import AnswerValue, Phase, Tier


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
    """One item as it stands in a phase. `found` is what its facts say of it, `again` that it was
    asked again as the technology was reopened, `names` are the facts in words. `value` is unknown
    while nobody has answered; `line` is `None` where the item is no red line in this phase."""

    item: ChecklistItem
    theme: str
    applies: bool
    found: Applies
    again: bool
    phase: Phase
    names: Mapping[Fact, str]
    answer: Answer | None
    value: AnswerValue
    effect: str
    red_line: bool
    finding: Finding
    line: RedLine | None

    @property
    def because(self) -> str:
        """Why it applies or does not, in words."""
        words = _because(self.item, self.found, self.phase, self.names, asked=self.applies)
        return words + (" Asked again, because it was reopened." if self.again else "")

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


def asked_again(technology: Technology) -> dict[str, str]:
    """The items that a reopening asked for again, each with when it last did: an answer counts only
    if it was given since. What a body decides meanwhile does not answer them."""
    found: dict[str, str] = {}
    for each in technology.reopenings:
        found |= {item: max(each.at, found.get(item, "")) for item in each.items}
    return found


def read_checklist(
    framework: Framework, technology: Technology, phase: Phase, tier: Tier | None = None
) -> ChecklistReading:
    """The checklist for one technology at one phase, as its facts and answers stand.

    At a tier whose checklist is the core, only core items are asked. An answer given before the
    technology was reopened over that very item counts as none. `tier` is the technology's, where
    that is known.
    """
    facts, names = technology.facts, framework.fact_names
    tier = tier or read_tier(framework, facts).tier
    core_only = framework.tier_depth(tier).checklist == "core"
    since = asked_again(technology)
    items = []
    for theme in framework.themes:
        for item in theme.items:
            found = applies(item.applies, facts)
            # Kept with the item: most of a large register has the same few questions unanswered.
            key = (theme.id, id(found), phase, core_only, id(names))
            read: ItemReading | None = item.found.get(key)
            if read is None:
                read = _unanswered(item, theme.id, found, phase, core_only, names)
                item.found[key] = read
            answer = technology.answers.get(item.id)
            if answer is not None:
                if answer.at <= since.get(item.id, ""):
                    read = replace(read, again=True)
                else:
                    read = _answered(read, answer)
            items.append(read)
    return ChecklistReading(phase, tuple(items))


def asked_of(framework: Framework, technology: Technology) -> tuple[ItemReading, ...]:
    """The questions that one technology is asked in any phase, in the order of the checklist."""
    found = {
        each.item.id: each
        for phase in Phase
        for each in read_checklist(framework, technology, phase).applicable
    }
    return tuple(found[item] for item in framework.items if item in found)


def _unanswered(
    item: ChecklistItem,
    theme: str,
    found: Applies,
    phase: Phase,
    core_only: bool,
    names: Mapping[Fact, str],
) -> ItemReading:
    effect = item.effect(phase)
    asked = found.yes and effect != "none" and (item.core or not core_only)
    red_line = asked and item.is_red_line(phase)
    return ItemReading(
        item=item,
        theme=theme,
        applies=asked,
        found=found,
        again=False,
        phase=phase,
        names=names,
        answer=None,
        value=AnswerValue.UNKNOWN,
        effect=effect,
        red_line=red_line,
        finding=_finding(item, phase, AnswerValue.UNKNOWN, asked, None),
        line=RedLine.UNKNOWN if red_line else None,
    )


def _answered(each: ItemReading, answer: Answer) -> ItemReading:
    """An item as it reads with an answer."""
    return replace(
        each,
        answer=answer,
        value=answer.answer,
        finding=_finding(each.item, each.phase, answer.answer, each.applies, answer),
        line=_line(answer.answer) if each.red_line else None,
    )


def may_be_not_applicable(item: ChecklistItem) -> bool:
    """Whether "not applicable" is an answer here: never where facts make the item apply, and never
    on a red line, which must be cleared or dropped by changing the facts."""
    return not item.applies.named and not item.red_line


def may_clear(item: ChecklistItem, technology: Technology, person_id: str) -> bool:
    """Whether somebody's yes counts to a question: whoever proposed the technology clears no red
    line of it, in any phase."""
    return not item.red_line or person_id not in technology.proposers


def _line(value: AnswerValue) -> RedLine:
    if value is AnswerValue.YES:
        return RedLine.NOT_CROSSED
    return RedLine.CROSSED if value is AnswerValue.NO else RedLine.UNKNOWN


def _finding(
    item: ChecklistItem,
    phase: Phase,
    value: AnswerValue,
    asked: bool,
    answer: Answer | None,
) -> Finding:
    if not asked:
        return Finding.NOT_APPLICABLE
    not_applicable = value is AnswerValue.NOT_APPLICABLE and may_be_not_applicable(item)
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
