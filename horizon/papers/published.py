"""From a paper built on a public state to the public edition, and to its non-public part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from horizon.framework.publication import Ground
from horizon.model.technology import Technology
from horizon.model.wording import count, day, listed
from horizon.model.words import Edition, Marking
from horizon.papers.blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    Notice,
    Paper,
    Paragraph,
    Table,
    Tone,
    runs,
)
from horizon.papers.editions import Public, Withheld


@dataclass(frozen=True, slots=True)
class Published:
    """A public edition, and what it does not show: texts and names, and whole technologies."""

    paper: Paper
    withheld: tuple[Withheld, ...]
    left_out: tuple[Technology, ...]


def published(paper: Paper, public: Public, left_out: Sequence[Technology]) -> Published:
    """The public edition of a paper that was built on `public`.

    `left_out` are the technologies that the paper would have been about too, were they not marked
    too high. Raises `RuleBroken` when it would show a text that nobody released, or name somebody.
    """
    said, withheld = public.revealed(paper.model_dump(mode="json"))
    shown = Paper.model_validate(said)
    more = tuple(_left_out(public, withheld, len(left_out)))
    whole = shown.model_copy(update={"blocks": (*shown.blocks, *more)})
    return Published(whole, withheld, tuple(left_out))


def _grounds(public: Public, withheld: Sequence[Withheld], technologies: int) -> list[Ground]:
    used = {each.ground for each in withheld if each.ground}
    used |= {"sensitive"} if technologies else set()
    return list(public.rules.grounds_of(used))


def _left_out(public: Public, withheld: Sequence[Withheld], technologies: int) -> Iterator[Block]:
    yield Heading(level=1, text="What this edition leaves out")
    grounds = _grounds(public, withheld, technologies)
    if not grounds:
        yield Paragraph(runs=runs("Nothing that the whole paper holds is left out."))
        return
    if technologies:
        are = "is" if technologies == 1 else "are"
        yield Paragraph(
            runs=runs(
                f"{count(technologies, 'technology', 'technologies')} {are} in the non-public "
                "part only."
            )
        )
    counted = Counter(each.ground for each in withheld)
    yield Table(
        caption="Grounds for what is withheld",
        summary="Each ground with the exemption it rests on and how often it is used here.",
        header=("Ground", "Exemption", "Schedule 12A", "Here"),
        widths=(7, 5, 5, 3),
        rows=tuple(
            (
                Cell(text=each.name),
                Cell(text=each.foi),
                Cell(text=_paragraphs(each)),
                Cell(text=_times(counted[each.id], technologies if each.id == "sensitive" else 0)),
            )
            for each in grounds
        ),
    )
    rules = public.rules.publication
    yield Paragraph(
        runs=runs(
            "FOIA is the Freedom of Information Act 2000, Schedule 12A that of the Local "
            f"Government Act 1972. By the publication rules {public.rules.called} "
            f"({rules.status}, {day(rules.dated)})."
        ),
        small=True,
    )


def _times(texts: int, technologies: int) -> str:
    said = [count(texts, "time")] if texts else []
    said += [count(technologies, "technology", "technologies")] if technologies else []
    return " and ".join(said)


def _paragraphs(ground: Ground) -> str:
    if not ground.schedule_12a:
        return ""
    plural = "s" if len(ground.schedule_12a) > 1 else ""
    return f"Paragraph{plural} {listed([str(each) for each in ground.schedule_12a])}"


def non_public(
    edition: Published, public: Public, *, author: str, left_out: Iterable[Block]
) -> Paper:
    """The part that is not for publication: everything that the public edition withholds.

    `left_out` says what the whole paper holds on the technologies that are left out.
    """
    paper = edition.paper
    grounds = _grounds(public, edition.withheld, len(edition.left_out))
    exempt = listed([each.foi for each in grounds if each.schedule_12a])
    return Paper.model_validate(
        paper.model_dump(mode="json", exclude={"blocks"})
        | {
            "title": f"{paper.title}: non-public part",
            "author": author,
            "marking": Marking.OFFICIAL_SENSITIVE,
            "edition": Edition.NON_PUBLIC,
            "foi": f"Exempt: {exempt}" if exempt else "Not exempt: nobody has claimed a ground",
            "technologies": (*paper.technologies, *(each.id for each in edition.left_out)),
            "blocks": [*_non_public(edition, public, left_out)],
        }
    )


def _non_public(edition: Published, public: Public, left_out: Iterable[Block]) -> Iterator[Block]:
    grounds = _grounds(public, edition.withheld, len(edition.left_out))
    paragraphs = sorted({each for ground in grounds for each in ground.schedule_12a})
    yield Heading(level=1, text="Why this part is not public")
    if paragraphs:
        plural = "s" if len(paragraphs) > 1 else ""
        yield Notice(
            title="Not for publication",
            text=f"By virtue of paragraph{plural} {listed([str(each) for each in paragraphs])} of "
            "Part 1 of Schedule 12A to the Local Government Act 1972.",
            tone=Tone.BAD,
        )
    yield Paragraph(
        runs=runs("It belongs to the public edition and holds what that edition does not show.")
    )
    if grounds:
        yield Bullets(items=tuple(runs(f"{each.name}: {each.foi}") for each in grounds))
    yield from _texts(edition, public)
    yield from _people(edition)
    if edition.left_out:
        yield Heading(level=1, text="Technologies left out of the public edition")
        named = [f"{each.name} ({each.label})" for each in edition.left_out]
        yield Paragraph(runs=runs(f"{listed(named)}."))
        yield from left_out


def _texts(edition: Published, public: Public) -> Iterator[Block]:
    texts = [each for each in edition.withheld if each.sort == "text"]
    if not texts:
        return
    yield Heading(level=1, text="Texts")
    yield Table(
        caption="Texts that the public edition withholds",
        summary="Each text with its number in the public edition, its place and its ground.",
        header=("No.", "Where", "What it says", "Ground"),
        widths=(2, 6, 10, 4),
        rows=tuple(
            (
                Cell(text=str(number)),
                Cell(
                    text=each.label,
                    bold=True,
                    note=each.place.words[:1].upper() + each.place.words[1:],
                ),
                Cell(text=each.original),
                Cell(text=public.rules.ground(each.ground).foi),
            )
            for number, each in enumerate(texts, 1)
        ),
    )


def _people(edition: Published) -> Iterator[Block]:
    people = [each for each in edition.withheld if each.sort == "person"]
    if not people:
        return
    yield Heading(level=1, text="People")
    yield Table(
        caption="People whom the public edition does not name",
        summary="Each person with what the public edition says instead.",
        header=("Name", "In the public edition"),
        widths=(1, 1),
        rows=tuple(
            (Cell(text=each.original, bold=True), Cell(text=each.instead)) for each in people
        ),
    )
