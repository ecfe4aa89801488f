"""The command that ranks technologies and says how much the ranking rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from horizon.cli.completing import TECHNOLOGY
from horizon.cli.frame import Command, json_option, session
from horizon.cli.output import print_json, print_table, say, wrapped
from horizon.cli.typed import pairs
from horizon.model.errors import BadInput
from horizon.model.wording import count, listed

if TYPE_CHECKING:
    from horizon.framework.schema import Framework
    from horizon.judgement.comparison import Comparison
    from horizon.register.comparing import Compared, Gathered

COLUMNS = ("Rank", "Status", "Label", "Name", "Score")
VIEWS = ("Any", "Near", "Range")


@click.command(
    cls=Command,
    example="horizon compare\nhorizon compare T-0007 T-0008\n"
    "horizon compare --top 3 --weight S=40 --weight E=30 --json",
)
@click.argument("refs", nargs=-1, shell_complete=TECHNOLOGY)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="How many places there are.",
)
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="PRINCIPLE=N",
    help="Try another whole-number weight. Nothing is saved.",
)
@click.option(
    "--samples",
    type=click.IntRange(min=100, max=1_000_000),
    default=10_000,
    show_default=True,
    help="How many sets of weights are drawn.",
)
@click.option("--seed", type=click.IntRange(min=0), help="Where the drawing begins.")
@click.option(
    "--all", "everything", is_flag=True, help="Also those that are suspended or going out of use."
)
@json_option
def compare(
    refs: tuple[str, ...],
    top: int,
    weights: tuple[str, ...],
    samples: int,
    seed: int | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Rank what was scored, and say how much that rests on the weights.

    All technologies on the route but those out of use, or those named; of two, also what would
    swap them. Only those scored under the framework in force are ranked together.

    Any, Near and Range say how often it is in the first places: with any weights, with weights
    near the ones used, and with these and each score anywhere in its range.
    """
    from horizon.judgement.comparison import compare as run
    from horizon.judgement.comparison import seed_of
    from horizon.register.comparing import gather, to_choose_from

    register = session().register()
    framework = register.framework
    used = _weights(framework, weights)
    chosen = dict.fromkeys(register.header(ref).id for ref in refs)
    headers, left_out = to_choose_from(register, everything=everything)
    if chosen:
        headers, left_out = [register.state.technologies.header(each) for each in chosen], ()
    found = gather(register, headers, left_out)
    drawn_from = seed_of(framework) if seed is None else seed
    comparison = run(
        [each.candidate for each in found.ranked], used, k=top, seed=drawn_from, samples=samples
    )
    assert comparison is not None
    swaps = _swaps(framework, found, comparison) if len(chosen) == 2 else []
    if as_json:
        print_json(_record(framework, found, comparison, swaps))
    else:
        _say(framework, found, comparison, swaps)


def _weights(framework: Framework, given: tuple[str, ...]) -> tuple[int, ...]:
    """The framework's weights, with those given in place of its own."""
    known = {each.id: each.weight for each in framework.principles}
    names = {each.name.casefold(): each.id for each in framework.principles}
    for name, value in pairs(given, "principle").items():
        principle = name if name in known else names.get(name.casefold(), "")
        if not principle:
            shown = ", ".join(f"{each.id} ({each.name})" for each in framework.principles)
            raise BadInput(f"{name!r} is not a principle", do=f"Use one of: {shown}")
        if not value.isdecimal() or not value.isascii():
            raise BadInput(f"{value!r} is not a weight", do="Use a whole number, 0 or more")
        known[principle] = int(value)
    if not any(known.values()):
        raise BadInput("All weights are 0", do="Give at least one principle some weight")
    return tuple(known.values())


def _swaps(framework: Framework, found: Gathered, comparison: Comparison) -> list[str]:
    from horizon.judgement.comparison import pair
    from horizon.register.comparing import pair_words

    if len(found.ranked) != 2:
        return []
    one, other = found.ranked
    about = pair(
        framework,
        comparison.weights,
        (one.candidate, one.scores.cells),
        (other.candidate, other.scores.cells),
        seed=comparison.seed,
        samples=comparison.samples,
    )
    assert about is not None
    return pair_words(
        framework, about, {each.header.id: each.header.label for each in (one, other)}
    )


def _say(framework: Framework, found: Gathered, comparison: Comparison, swaps: list[str]) -> None:
    from horizon.judgement.comparison import under
    from horizon.register.comparing import weights_of

    names = [each.name for each in framework.principles]
    shown = listed([f"{n} {w}" for n, w in zip(names, comparison.weights, strict=True)])
    for line in wrapped(f"Weights: {shown}."):
        say(line)
    if comparison.weights != weights_of(framework):
        say("These weights are a what-if and are not saved.")
    say()
    if not found.ranked:
        say("Nothing can be ranked: no technology has a closed round and a clear or open status.")
    else:
        rows = []
        for each in comparison.places:
            compared = found.compared(each.candidate.id)
            assert compared is not None
            score = under(compared.scores.overall, each.candidate, comparison.weights)
            header = compared.header
            best = " *" if each.undominated else ""
            rows.append(
                (
                    f"{each.words} ({each.band})",
                    compared.status.status,
                    header.label,
                    header.name + best,
                    score.text,
                    *_shares(comparison, each.candidate.id),
                )
            )
        print_table(rows, COLUMNS + (VIEWS if comparison.robustness else ()))
    _say_rest(framework, found, comparison, swaps)


def _shares(comparison: Comparison, technology_id: str) -> list[str]:
    from horizon.judgement.samples import said

    if comparison.robustness is None:
        return []
    at = comparison.at[technology_id]
    return [said(each.top[at], each.samples) for each in comparison.robustness.views]


def _say_rest(
    framework: Framework, found: Gathered, comparison: Comparison, swaps: list[str]
) -> None:
    from horizon.register.comparing import again

    for line in notes(framework, found, comparison):
        say()
        for each in wrapped(line):
            say(each)
    for compared in found.barred:
        words = f"{compared.header.label} {compared.header.name}: "
        words += " ".join(compared.status.reasons)
        score = compared.scores.overall.text
        for line in wrapped(
            f"{words} Score {score}.", first=f"{compared.status.status}  ", rest="  "
        ):
            say(line)
    if found.earlier:
        labels = ", ".join(f"{each.label} {each.name}" for each in found.earlier)
        say()
        for line in wrapped(f"Scored under an earlier framework, so not ranked here: {labels}."):
            say(line)
    last = [again(comparison)] if comparison.robustness is not None else []
    for line in (*swaps, *last):
        say()
        for each in wrapped(line):
            say(each)


def notes(framework: Framework, found: Gathered, comparison: Comparison) -> list[str]:
    """What must be said beside the figures."""
    from horizon.register.comparing import HOW_EXACT, left_out_words

    said = [
        f"{each.header.label} {each.header.name}. {each.mark}" for each in found.ranked if each.mark
    ]
    if len(found.ranked) > 1:
        said.append(
            "In brackets the band: those in one band cannot be told apart. * No other is at "
            "least as good on every principle and better on one."
        )
    if comparison.robustness is not None:
        said.append(
            f"How often each is in the first {comparison.k}: with any weights, with weights near "
            f"these, and with scores anywhere in their range. {HOW_EXACT}"
        )
    elif len(found.ranked) == 1:
        said.append(
            "One technology alone shows nothing. Compare it with going on as now, which every "
            "register should hold."
        )
    elif found.ranked:
        said.append(f"There are places for all of them ({comparison.k}), so no share is shown.")
    if found.unscored:
        many = count(len(found.unscored), "technology has", "technologies have")
        said.append(f"{many} no closed scoring round.")
    if found.left_out:
        said.append(
            f"{left_out_words(framework.route, found.left_out)}: left out unless --all is given."
        )
    if found.barred:
        said.append("Not ranked, whatever the score:")
    return said


def _record(
    framework: Framework, found: Gathered, comparison: Comparison, swaps: list[str]
) -> dict[str, Any]:
    from horizon.register.comparing import weights_of

    ids = [each.id for each in framework.principles]
    board = weights_of(framework)
    return {
        "framework": framework.digest,
        "weights": dict(zip(ids, comparison.weights, strict=True)),
        "board_weights": dict(zip(ids, board, strict=True)),
        "what_if": comparison.weights != board,
        "places": comparison.k,
        "samples": comparison.samples,
        "seed": comparison.seed,
        "ranking": [
            _ranked(framework, found, comparison, number)
            for number in range(len(comparison.places))
        ],
        "not_ranked": [
            _named(each) | {"reasons": each.status.reasons, "score": each.scores.overall.text}
            for each in found.barred
        ],
        "earlier_framework": [
            {"label": each.label, "name": each.name, "framework": each.scored_under}
            for each in found.earlier
        ],
        "not_scored": [each.label for each in found.unscored],
        "left_out": [each.label for each in found.left_out],
        "swaps": swaps,
    }


def _named(compared: Compared) -> dict[str, Any]:
    return {
        "status": compared.status.status,
        "label": compared.header.label,
        "name": compared.header.name,
    }


def _ranked(
    framework: Framework, found: Gathered, comparison: Comparison, number: int
) -> dict[str, Any]:
    """One row of the ranking. Percentages and points are whole numbers."""
    from horizon.judgement.comparison import under
    from horizon.judgement.samples import to_total

    place = comparison.places[number]
    compared = found.compared(place.candidate.id)
    assert compared is not None
    score = under(compared.scores.overall, place.candidate, comparison.weights)
    record = {
        "rank": place.rank,
        "shared": place.shared,
        "band": place.band,
        **_named(compared),
        "reasons": compared.status.reasons,
        "mark": compared.mark,
        "score": score.text,
        "point": score.point,
        "low": score.low // 10,
        "high": -(-score.high // 10),
        "undominated": place.undominated,
    }
    views = comparison.robustness
    if views is not None:
        at = comparison.at[place.candidate.id]
        ids = [each.id for each in framework.principles]
        for name, view in (
            ("any_weights", views.anywhere),
            ("near_weights", views.near),
            ("with_evidence", views.evidence),
        ):
            central = view.central(at)
            record[name] = {
                "in_places": view.share(at),
                "expected_rank": view.expected_rank(at),
                "central_weights": dict(zip(ids, to_total(central, 100), strict=True))
                if central
                else None,
            }
    return record
