"""How the principles carry the overall reading away from the middle (scoring method 3.6)."""

from __future__ import annotations

from dataclasses import dataclass

from horizon.judgement.scoring import FULL, ScoresReading, hundredths


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From the middle of the scale to the total, in whole numbers of 100 that add up."""

    start: int
    steps: tuple[tuple[str, int], ...]
    total: int

    @property
    def text(self) -> str:
        steps = "".join(f", {name} {value:+d}" for name, value in self.steps)
        return f"{self.start} start{steps} = {self.total}"


def waterfall(reading: ScoresReading) -> Waterfall:
    """How the principles carry the overall middle away from 50 (scoring method 3.6).

    Rounded by largest remainder, so that the printed whole numbers add up to the printed total.
    """
    total_weight = sum(each.weight for each in reading.principles)
    start, total = 50, hundredths(reading.overall.mid)
    exact = [each.weight * (each.mid - FULL // 2) for each in reading.principles]
    scale = 10 * total_weight
    steps = [value // scale for value in exact]
    short = total - start - sum(steps)
    order = sorted(range(len(exact)), key=lambda at: (-(exact[at] % scale), at))
    for at in order[:short]:
        steps[at] += 1
    named = tuple((each.name, step) for each, step in zip(reading.principles, steps, strict=True))
    return Waterfall(start, named, total)
