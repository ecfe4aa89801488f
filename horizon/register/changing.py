"""What bringing another framework into force would do to the register, before anyone does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from horizon.framework.comparing import Change, Sort, compare
from horizon.framework.schema import Framework
from horizon.judgement.checklist import read_checklist
from horizon.judgement.scoring import read_scores
from horizon.judgement.status import read_status
from horizon.judgement.tiers import read_tier
from horizon.model.technology import Technology
from horizon.model.words import Phase
from horizon.register.ledger import Ledger

TOP = 5
"""How many of the ranking are shown before and after."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A technology in a ranking: its place, its label and name, and its score of 100 where enough
    is scored to print one."""

    place: int
    label: str
    name: str
    score: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A technology that reads differently, and how: `tier standard instead of full`."""

    label: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Effects:
    """What a framework would change.

    The ranking is shown in three steps (scoring method 3.7): as it is, with the new weights on the
    scores as they were given, and with the scores that lost their scale unknown.
    """

    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    before: tuple[Ranked, ...]
    weighed: tuple[Ranked, ...]
    after: tuple[Ranked, ...]

    @property
    def weights_change(self) -> bool:
        return any(each.sort is Sort.WEIGHT for each in self.changes)


def effects(register: Ledger, new: Framework) -> Effects:
    """What adopting `new` would do. Changes nothing."""
    old = register.framework
    scored, moved = [], []
    for header in register.state.technologies.headers():
        stage = old.route.stage(header.stage)
        if stage is not None and stage.ended:
            continue
        technology = register.state.technologies[header.id]
        if technology.closed_round is not None:
            scored.append(technology)
        words = _reads_differently(old, new, technology)
        if words:
            moved.append(Moved(technology.label, technology.name, words))
    return Effects(
        changes=compare(old, new),
        moved=tuple(moved),
        before=_ranking(scored, lambda each: _standing_of(old, each)),
        weighed=_ranking(scored, lambda each: _standing_of(new, _as_scored(each, new))),
        after=_ranking(scored, lambda each: _standing_of(new, each)),
    )


def _reads_differently(old: Framework, new: Framework, technology: Technology) -> str:
    words = []
    tiers = [read_tier(each, technology.facts).tier for each in (old, new)]
    if tiers[0] is not tiers[1]:
        words.append(f"tier {tiers[1]} instead of {tiers[0]}")
    states = [_status(each, technology) for each in (old, new)]
    if states[0] != states[1]:
        words.append(f"status {states[1]} instead of {states[0]}")
    return ", ".join(words)


def _status(framework: Framework, technology: Technology) -> str:
    stage = framework.route.stage(technology.stage)
    phase = stage.phase if stage else Phase.TRIAL
    checklist = read_checklist(framework, technology, phase)
    return read_status(checklist, read_scores(framework, technology, phase)).status.value


def _as_scored(technology: Technology, new: Framework) -> Technology:
    """The technology as if its round had been scored on the new scales."""
    rounds = tuple(
        each.model_copy(update={"framework": new.digest, "scales": {}})
        for each in technology.rounds
    )
    return technology.model_copy(update={"rounds": rounds})


def _standing_of(framework: Framework, technology: Technology) -> tuple[int, str]:
    overall = read_scores(framework, technology).overall
    return overall.mid, overall.text


def _ranking(
    technologies: Sequence[Technology], value: Callable[[Technology], tuple[int, str]]
) -> tuple[Ranked, ...]:
    found = [(value(each), each) for each in technologies]
    found.sort(key=lambda each: (-each[0][0], each[1].label))
    return tuple(
        Ranked(1 + sum(other[0][0] > mid for other in found), each.label, each.name, text)
        for (mid, text), each in found[:TOP]
    )
