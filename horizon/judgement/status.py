"""One word for where an assessment stands: stop > held > below gate > open > clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from horizon.judgement.checklist import ChecklistReading, RedLine
from horizon.judgement.scoring import GateState, ScoresReading


class Status(StrEnum):
    """The first that applies, gravest first (scoring method 3.4). Three of them bar ranking."""

    STOP = "stop"
    HELD = "held"
    BELOW_GATE = "below gate"
    OPEN = "open"
    CLEAR = "clear"

    @property
    def gravity(self) -> int:
        """0 for stop to 4 for clear."""
        return list(Status).index(self)


MEANINGS: Mapping[Status, str] = {
    Status.STOP: "A red line is crossed. No score outweighs it, and nobody can waive it here.",
    Status.HELD: "A red line is not cleared: its question has no answer yet, or only partly a yes.",
    Status.BELOW_GATE: "A minimum score is not reached, or the checklist blocks.",
    Status.OPEN: "Something is not scored, or not answered yet.",
    Status.CLEAR: "Nothing in the scores or the checklist stands in the way.",
}
"""What each word says, for who meets it first."""


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status, and why, in words."""

    status: Status
    reasons: tuple[str, ...]

    @property
    def meaning(self) -> str:
        """What the word says."""
        return MEANINGS[self.status]


def read_status(checklist: ChecklistReading, scores: ScoresReading) -> StatusReading:
    """The gravest thing that applies, and everything that makes it so."""
    crossed = [each.item.id for each in checklist.red_lines if each.line is RedLine.CROSSED]
    if crossed:
        return StatusReading(Status.STOP, (_red_lines(crossed, "crossed"),))
    uncleared = [each.item.id for each in checklist.red_lines if each.line is RedLine.UNKNOWN]
    if uncleared:
        return StatusReading(Status.HELD, (_red_lines(uncleared, "not cleared"),))
    failed = [
        f"{each.criterion.id} is below its minimum of {each.minimum}."
        for each in scores.gates
        if each.state is GateState.FAIL
    ]
    failed += [f"{each.item.id} blocks." for each in checklist.blockers if not each.is_open]
    if failed:
        return StatusReading(Status.BELOW_GATE, tuple(failed))
    undecided = [each.criterion.id for each in scores.gates if each.state is GateState.OPEN]
    reasons = [f"Not yet shown to reach its minimum: {', '.join(undecided)}."] if undecided else []
    waiting = [each.item.id for each in checklist.open]
    if waiting:
        reasons.append(f"Not answered yet: {', '.join(waiting)}.")
    if reasons:
        return StatusReading(Status.OPEN, tuple(reasons))
    return StatusReading(Status.CLEAR, ())


def _red_lines(ids: Sequence[str], how: str) -> str:
    """How red lines stand, in one sentence."""
    if len(ids) == 1:
        return f"Red line {ids[0]} is {how}."
    return f"Red lines {how}: {', '.join(ids)}."
