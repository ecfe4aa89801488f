"""Parts that the template writes itself, and those that only the author can write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from horizon.model.wording import day, listed
from horizon.papers.blocks import Block, Bullets, Numbered, Paragraph, bold, runs
from horizon.papers.items import Item
from horizon.papers.occasion import Occasion, Saying
from horizon.papers.template import Contact, Implications, Part, TextPart, ToComplete, Topic

REMINDER = "To be completed: "
"""How everything begins that the author still has to write."""


def nothing(_: Saying, __: Part) -> Iterator[Block]:
    """A heading alone."""
    yield from ()


def text(occasion: Saying, part: TextPart) -> Iterator[Block]:
    """The template's own paragraphs."""
    for each in part.text:
        said = occasion.said(each)
        yield occasion.paragraph(said) if part.numbered else Paragraph(runs=runs(said))


def to_complete(occasion: Saying, part: ToComplete) -> Iterator[Block]:
    """A reminder of what the author still has to write."""
    yield _reminder(occasion, occasion.said(part.text), numbered=part.numbered)


def _reminder(occasion: Saying, said: str, *, numbered: bool) -> Block:
    whole = runs(bold(REMINDER), said)
    if not numbered:
        return Paragraph(runs=whole)
    occasion.count.last += 1
    return Numbered(number=occasion.count.last, runs=whole)


def contact(occasion: Saying, part: Contact) -> Iterator[Block]:
    """Whom to ask."""
    yield Paragraph(runs=runs("\n".join(map(occasion.said, part.lines))))


def appendices(occasion: Occasion, _: Part) -> Iterator[Block]:
    """What is annexed."""
    annexed = any(each.part in ("annexes", "sheets") for each in occasion.template.content.sections)
    if not annexed or not occasion.items:
        yield Paragraph(runs=runs("None."))
        return
    yield Bullets(items=tuple(runs(f"Annex {each.annex}: {each.named}") for each in occasion.items))


def background_papers(occasion: Occasion, _: Part) -> Iterator[Block]:
    """Papers that this body was sent before, for earlier meetings."""
    before = occasion.on.isoformat()
    found = [
        f"{each.reference}, {day(date.fromisoformat(each.meeting_on))}"
        for each in occasion.register.state.head.papers
        if each.body == occasion.body.id and "" < each.meeting_on < before
    ]
    if found:
        yield Bullets(items=tuple(runs(each) for each in dict.fromkeys(found)))
    else:
        yield Paragraph(runs=runs("None are recorded."))


def implications(occasion: Occasion, part: Implications) -> Iterator[Block]:
    """Each topic with the documents that the register holds on it; what no document speaks to is
    for the author."""
    for at, topic in enumerate(part.topics):
        yield from _topic(occasion, topic, at)


def _topic(occasion: Occasion, topic: Topic, at: int) -> Iterator[Block]:
    said = [occasion.said(topic.text)] if topic.text else []
    if topic.objectives:
        said += _objectives(occasion)
    if topic.documents:
        said += _documents(occasion, topic, at)
    if not said:
        occasion.count.last += 1
        yield Numbered(
            number=occasion.count.last,
            runs=runs(bold(f"{topic.name}. "), REMINDER, "what this means for the force."),
        )
        return
    occasion.count.last += 1
    yield Numbered(number=occasion.count.last, runs=runs(bold(f"{topic.name}. "), " ".join(said)))


def _objectives(occasion: Occasion) -> Iterator[str]:
    for item in occasion.items:
        fit = [f"{each.name} {each.cell.text}" for each in item.reading.scores.objectives]
        scored = item.reading.scores.round is not None
        held = listed(fit) if scored and fit else "not scored yet"
        yield f"{item.technology.label} and the strategy's objectives, 0 to 5: {held}."


def _documents(occasion: Occasion, topic: Topic, at: int) -> Iterator[str]:
    route = occasion.register.framework.route
    for place, each in enumerate(topic.documents):
        document = route.document(each)
        if document is None:
            known = ", ".join(kind.id for kind in route.documents)
            number = next(
                n for n, section in enumerate(occasion.template.content.sections)
                if isinstance(section, Implications) and topic in section.topics
            )  # fmt: skip
            raise occasion.template.refuse(
                ["sections", number, "topics", at, "documents", place],
                f"the framework has no document {each!r}",
                f"Use one of: {known}",
            )
        yield _coverage(
            document.name, [(e.technology.label, _held(e, each)) for e in occasion.items]
        )


FEW = 4
"""Technologies that are named one by one; more are counted."""


def _coverage(document: str, held: list[tuple[str, str]]) -> str:
    """For which technologies a document is held."""
    there = [f"{label} ({found})" for label, found in held if found]
    missing = [label for label, found in held if not found]
    if len(held) > FEW:
        return f"{document}: held for {len(there)} of {len(held)} technologies."
    if not there:
        return f"{document}: not held."
    more = f", not for {listed(missing)}" if missing else ""
    return f"{document}: held for {listed(there)}{more}."


def _held(item: Item, document: str) -> str:
    """The newest document of that kind: its number and day."""
    held = [each for each in item.technology.evidence if each.document == document]
    return f"{held[-1].id}, {day(held[-1].dated)}" if held else ""
