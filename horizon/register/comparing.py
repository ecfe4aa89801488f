"""Which technologies can be ranked together, and a comparison in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from horizon.framework.route import Route
from horizon.framework.schema import Framework
from horizon.judgement.comparison import Comparison, Pair
from horizon.judgement.radar_rings import OTHER, stage_rings
from horizon.judgement.samples import Candidate, said
from horizon.judgement.scoring import ScoresReading
from horizon.judgement.standing import StandingKind, standing
from horizon.judgement.status import Status, StatusReading
from horizon.model.headers import TechnologyHeader
from horizon.model.wording import count, listed
from horizon.register.ledger import Ledger
from horizon.register.reader import Reader

RANKED = (Status.OPEN, Status.CLEAR)
"""The statuses that are ranked. Each of the others takes a technology out, with the reason."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A technology scored under the framework in force, as it is compared. `mark` says that it is
    out of use or that its approval does not hold, where that is so."""

    header: TechnologyHeader
    status: StatusReading
    scores: ScoresReading
    mark: str = ""

    @property
    def candidate(self) -> Candidate:
        principles = self.scores.principles
        return Candidate(
            self.header.id,
            tuple(each.mid for each in principles),
            tuple(each.low for each in principles),
            tuple(each.high for each in principles),
        )

    @property
    def is_ranked(self) -> bool:
        return self.status.status in RANKED


@dataclass(frozen=True, slots=True)
class Gathered:
    """The technologies that have not left the route, by whether they can be ranked together.

    `ranked` can; `barred` are stopped, held or below a gate; `earlier` were scored under another
    framework than the one in force; `unscored` have no closed round; `left_out` are out of use.
    """

    ranked: tuple[Compared, ...] = ()
    barred: tuple[Compared, ...] = ()
    earlier: tuple[TechnologyHeader, ...] = ()
    unscored: tuple[TechnologyHeader, ...] = ()
    left_out: tuple[TechnologyHeader, ...] = ()
    by_id: Mapping[str, Compared] = field(default_factory=dict, repr=False)

    def compared(self, technology_id: str) -> Compared | None:
        """One of those that were scored under the framework in force."""
        return self.by_id.get(technology_id)


def on_the_route(register: Reader) -> list[TechnologyHeader]:
    """The technologies that have not left the route, in the order of the register."""
    ended = {stage.id for stage in register.framework.route.stages if stage.ended}
    return [each for each in register.state.technologies.headers() if each.stage not in ended]


def out_of_use(route: Route) -> dict[str, str]:
    """The stages of what was taken out of use and has not left the route, with their names."""
    rings = stage_rings(route)
    return {
        each.id: each.name for each in route.stages if rings[each.id] == OTHER and not each.ended
    }


def to_choose_from(
    register: Reader, *, everything: bool = False
) -> tuple[list[TechnologyHeader], tuple[TechnologyHeader, ...]]:
    """The technologies on the route, those that are out of use apart unless `everything` is
    compared."""
    headers = on_the_route(register)
    stages = {} if everything else out_of_use(register.framework.route)
    kept = [each for each in headers if each.stage not in stages]
    return kept, tuple(each for each in headers if each.stage in stages)


def _mark(register: Reader, header: TechnologyHeader, gone: Mapping[str, str]) -> str:
    """What must be said of a technology beside its rank, whatever its score. `gone` are the stages
    that are `out_of_use`."""
    if header.stage in gone:
        return f"{gone[header.stage]}: not on its way to use."
    found = standing(register.framework, header, register.today)
    return f"{found.words}." if found.kind in _NOT_HELD else ""


_NOT_HELD = (StandingKind.NOT_APPROVED, StandingKind.LEGACY)


def readings(register: Ledger, headers: Iterable[TechnologyHeader]) -> Iterator[Compared | None]:
    """Each of the technologies as it is compared, or `None` where it was not scored under the
    framework in force. Reading one takes a millisecond or two, so a caller may pause between."""
    digest, gone = register.state.head.adopted_framework, out_of_use(register.framework.route)
    for header in headers:
        if header.scored_under != digest:
            yield None
            continue
        reading = register.reading(header.id)
        yield Compared(header, reading.status, reading.scores, _mark(register, header, gone))


def gathered(
    headers: Sequence[TechnologyHeader],
    found: Sequence[Compared | None],
    left_out: tuple[TechnologyHeader, ...] = (),
) -> Gathered:
    """The technologies sorted out: `found` are their `readings`. Those that are barred come with
    the gravest first."""
    compared = [each for each in found if each is not None]
    others = [header for header, each in zip(headers, found, strict=True) if each is None]
    barred = [each for each in compared if not each.is_ranked]
    barred.sort(key=lambda each: each.status.status.gravity)
    return Gathered(
        tuple(each for each in compared if each.is_ranked),
        tuple(barred),
        tuple(each for each in others if each.scored_under),
        tuple(each for each in others if not each.scored_under),
        left_out,
        {each.header.id: each for each in compared},
    )


def gather(
    register: Ledger,
    headers: Sequence[TechnologyHeader],
    left_out: tuple[TechnologyHeader, ...] = (),
) -> Gathered:
    """The technologies sorted out, in one go."""
    return gathered(headers, list(readings(register, headers)), left_out)


def left_out_words(route: Route, left_out: Sequence[TechnologyHeader]) -> str:
    """`2 technologies are suspended or decommissioning`; empty where none is left out."""
    if not left_out:
        return ""
    names = out_of_use(route)
    stages = [names[each] for each in names if any(each == header.stage for header in left_out)]
    many = count(len(left_out), "technology is", "technologies are")
    return f"{many} {listed([each.lower() for each in stages], 'or')}"


HOW_EXACT = (
    "Each share is right to about 1%. Technologies that tie share the better place, so shares may "
    "add up to more than there are places."
)


def again(comparison: Comparison) -> str:
    """What another run needs to come to the same figures."""
    return f"To count the same again: {comparison.samples:,} samples, seed {comparison.seed}."


def weights_of(framework: Framework) -> tuple[int, ...]:
    """The weights of the principles in the framework: the board's."""
    return tuple(each.weight for each in framework.principles)


def pair_words(framework: Framework, found: Pair, names: dict[str, str]) -> list[str]:
    """A pair in sentences. `names` are what to call the candidates, by id."""
    leader, other = names[found.leader.id], names[found.other.id]
    if found.level:
        return [f"{leader} and {other} come to the same under these weights.", _level(found)]
    points = found.lead / 10
    lead = "less than a point" if points < 1 else count(floor(points), "point")
    words = [
        f"{leader} leads {other} by {lead} under these weights.",
        _apart(found),
        f"It leads under {_share(found.ahead[0])} of all possible weights, under "
        f"{_share(found.ahead[1])} of those near these, and under {_share(found.ahead[2])} of "
        "them once the evidence is counted.",
        _move(framework, found, leader),
        _points(framework, found),
        _change(framework, found, names),
    ]
    return [each for each in words if each]


def _level(found: Pair) -> str:
    """Whether anything but the weights could tell apart two that come to the same."""
    if found.leader.mid == found.other.mid:
        return "They have the same score on every principle, so no weights tell them apart."
    return "Their scores differ from principle to principle, so other weights tell them apart."


def pair_title(found: Pair | None, names: dict[str, str]) -> str:
    """What the words on a pair are about."""
    if found is None:
        return "Nothing to compare it with"
    leader, other = names[found.leader.id], names[found.other.id]
    if found.level:
        return f"{leader} and {other} come to the same"
    return f"What would swap {leader} and {other}"


def _share(share: Fraction) -> str:
    return said(share.numerator, share.denominator)


def _apart(found: Pair) -> str:
    if found.apart:
        return "The two can be told apart."
    return "Not distinguishable: the scores and weights do not settle which is better."


def _move(framework: Framework, found: Pair, leader: str) -> str:
    """The least weight to move, said in whole points of 100 that are enough."""
    if found.move is None:
        return f"No weights reverse this: {leader} is at least as good on every principle."
    names = [each.name for each in framework.principles]
    total = sum(found.weights)
    enough = floor(100 * found.move.amount / total) + 1
    origins = listed([names[at] for at, _ in found.move.taken])
    return (
        f"Weights: moving {count(enough, 'point')} of 100 from {origins} to "
        f"{names[found.move.to]} swaps them. No smaller move does."
    )


def _points(framework: Framework, found: Pair) -> str:
    total = sum(found.weights)
    swaps = []
    for principle, weight, point in zip(
        framework.principles, found.weights, found.points, strict=True
    ):
        if point is None:
            continue
        less = point * total <= weight
        per_cent = ceil(100 * point) - 1 if less else floor(100 * point) + 1
        if 0 <= per_cent <= 100:
            swaps.append(f"{principle.name} at {per_cent}% or {'less' if less else 'more'}")
    if not swaps:
        return "No single weight swaps them while the others keep their proportions."
    return f"One weight alone, the others in proportion: {listed(swaps, 'or')}."


def _change(framework: Framework, found: Pair, names: dict[str, str]) -> str:
    if found.change is None:
        return "No single score swaps them."
    criterion = framework.criteria[found.change.criterion]
    levels = abs(found.change.levels)
    higher = "higher" if found.change.levels > 0 else "lower"
    return (
        f"Scores: {names[found.change.candidate]} {count(levels, 'level')} {higher} on "
        f"{criterion.id} {criterion.name} closes the gap."
    )
