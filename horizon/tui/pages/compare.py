"""A comparison as the Compare screen shows it: rows of the ranking, and a pair in words."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.framework.schema import Framework
from horizon.judgement.comparison import Comparison, Pair, under
from horizon.judgement.samples import said, to_total
from horizon.model.wording import count, listed, printable
from horizon.register.comparing import (
    HOW_EXACT,
    Compared,
    Gathered,
    again,
    left_out_words,
    pair_title,
    pair_words,
)
from horizon.tui.pages import field, heading, joined, line
from horizon.tui.widgets.page import MUTED, Line, Lines
from horizon.tui.widgets.register_table import Column, Row

SHARES = ("Any", "Near", "Range")
"""The columns of the three shares."""

EXPLAINED = {
    "Rank": "The place by score. 1= is shared: they come to the same. Those in one band cannot be "
    "told apart, whatever their ranks",
    "Status": "What the gates and red lines say. Only clear and open are ranked",
    "*": "No other is better on one principle and as good on the rest",
    "Score": "Out of 100, under the weights at the side. In brackets the range that it may lie in",
    "Any": "How often it is in the first places, whatever weights the principles have",
    "Near": "The same, with weights near those at the side",
    "Range": "The same again, with each score anywhere in its range, as the evidence leaves it "
    "open. These three are right to about one per cent: less than that is no difference",
}
"""What each column of the ranking says."""


def columns(rows: list[Row], *, robust: bool) -> tuple[Column, ...]:
    """The columns of the ranking; what is drawn many times only where it was."""
    score = max((len(row.cells[5]) for row in rows if row.cells), default=5)
    status = max((len(row.cells[1]) for row in rows if row.cells), default=6)
    found = [
        Column("Rank", 4),
        Column("Status", max(6, status)),
        Column("Label", 6),
        Column("*", 1),
        Column("Name", share=1),
        Column("Score", max(5, score)),
    ]
    if robust:
        found += [Column(name, max(4, len(name))) for name in SHARES]
    return tuple(found)


def rows(framework: Framework, found: Gathered, comparison: Comparison) -> list[Row]:
    """The ranking band by band, then what is not ranked and why. What stands in it though it is
    out of use, or its approval does not hold, says so."""
    bands = comparison.places[-1].band if comparison.places else 0
    made: list[Row] = []
    shown = 0
    for place in comparison.places:
        compared = found.compared(place.candidate.id)
        if compared is None:  # the register moved on while it was counted
            continue
        if place.band != shown and len(comparison.places) > 1:
            shown = place.band
            made.append(Row("", words=_band(comparison, shown, bands)))
        score = under(compared.scores.overall, place.candidate, comparison.weights)
        best = "*" if place.undominated else ""
        shares = _shares(comparison, place.candidate.id)
        made.append(_row(compared, place.words, best, score.text, shares))
        if compared.mark:
            made.append(Row("", words=f"      {printable(compared.mark)}"))
    if found.barred:
        made.append(Row("", words="Not ranked, whatever the score"))
    blank = ("", "", "") if comparison.robustness else ()
    for each in found.barred:
        made.append(_row(each, "-", "", each.scores.overall.text, blank))
        made.append(Row("", words=f"      {printable(' '.join(each.status.reasons))}"))
    if found.earlier:
        made.append(Row("", words="Scored under an earlier framework: not ranked with these"))
    for header in found.earlier:
        cells = ("-", "", header.label, "", _plain(header.name), "", *blank)
        made.append(Row(header.id, cells))
    if found.unscored:
        many = count(len(found.unscored), "technology has", "technologies have")
        made.append(Row("", words=f"  {many} no closed scoring round"))
    if found.left_out:
        said = left_out_words(framework.route, found.left_out)
        made.append(Row("", words=f"  {said}: a brings them in"))
    return made


def _band(comparison: Comparison, band: int, bands: int) -> str:
    members = sum(each.band == band for each in comparison.places)
    if members == 1:
        return f"Band {band}: told apart from the rest"
    if bands == 1:
        return "One band: these cannot be told apart"
    return f"Band {band}: these {members} cannot be told apart"


def _row(compared: Compared, rank: str, best: str, score: str, shares: tuple[str, ...]) -> Row:
    header = compared.header
    name = _plain(header.name)
    return Row(
        header.id,
        (rank, compared.status.status, header.label, best, name, score, *shares),
    )


def _plain(name: str) -> str:
    return printable(name).replace("\n", " ").replace("\t", " ")


def _shares(comparison: Comparison, technology_id: str) -> tuple[str, ...]:
    if comparison.robustness is None:
        return ()
    at = comparison.at[technology_id]
    return tuple(said(each.top[at], each.samples) for each in comparison.robustness.views)


def note(found: Gathered, comparison: Comparison) -> str:
    """What must be said beside the figures, in a line or two."""
    if not found.ranked:
        return "Nothing can be ranked yet: close a scoring round first."
    if len(found.ranked) == 1:
        return "One alone shows nothing. Every register should hold going on as now, to compare."
    if comparison.robustness is None:
        return "Places for all of them, so no shares are shown. ? says what * means."
    return (
        f"How often each is in the first {comparison.k}: with any weights, with weights near "
        "these, and with scores anywhere in their range. ? explains each column."
    )


def detail(
    framework: Framework,
    found: Gathered,
    comparison: Comparison,
    technology_id: str,
    pair: Pair | None,
) -> Lines:
    """One technology in the comparison, and what would swap it with another."""
    compared = found.compared(technology_id)
    if compared is None:
        return line("It was not scored under the framework in force.", MUTED)
    parts = [line(f"{compared.header.label} {compared.header.name}", "bold")]
    if not compared.is_ranked:
        parts.append(line(f"Not ranked: {compared.status.status}.", "bold"))
        parts += [line(each) for each in compared.status.reasons]
        return joined(parts)
    if pair is not None:
        other = pair.other.id if pair.leader.id == technology_id else pair.leader.id
        against = found.compared(other)
        if against is not None:
            names = {each.header.id: each.header.label for each in (compared, against)}
            parts.append(heading(f"Beside {against.header.label} {against.header.name}"))
            first, *rest = pair_words(framework, pair, names)
            parts.append(line(first, "bold"))
            for words in rest:
                parts += [line(), line(words)]
    parts += [line(f"Status {compared.status.status}. {each}") for each in compared.status.reasons]
    parts += list(_figures(framework, comparison, technology_id))
    return joined(parts)


def title(found: Gathered, technology_id: str, pair: Pair | None) -> str:
    """What `detail` is about, in a line."""
    compared = found.compared(technology_id)
    if compared is None or not compared.is_ranked:
        return "Not ranked"
    ids = (pair.leader.id, pair.other.id) if pair else ()
    known = [each for each in map(found.compared, ids) if each is not None]
    return pair_title(pair, {each.header.id: each.header.label for each in known})


VIEWS = "{} with any weights, {} near these, {} with scores in their range"
"""A figure from each of the three ways to ask, as the columns of the ranking name them."""


def _figures(framework: Framework, comparison: Comparison, technology_id: str) -> Iterator[Lines]:
    views = comparison.robustness
    if views is None or technology_id not in comparison.at:
        return
    at = comparison.at[technology_id]
    ranks = [str(each.expected_rank(at)) for each in views.views]
    yield heading("How it fares")
    yield field("On average", f"place {VIEWS.format(*ranks)}")
    first = [said(each.first[at], each.samples) for each in views.views]
    yield field("Comes first", VIEWS.format(*first))
    central = views.anywhere.central(at)
    if central is None:
        yield field("Best with", "none: it never comes first")
    else:
        shares = to_total(central, 100)
        named = [f"{p.name} {share}" for p, share in zip(framework.principles, shares, strict=True)]
        yield field("Best with", listed(named))
    yield (Line(),)
    yield line(HOW_EXACT, MUTED)
    yield line(again(comparison), MUTED)
