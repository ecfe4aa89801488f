"""Parts that say what is asked: the summary, what no reader may miss, the recommendations."""

from __future__ import annotations

from collections.abc import Iterator

from horizon.model.wording import count, day, listed
from horizon.papers.blocks import (
    Block,
    Bullets,
    Notice,
    Paragraph,
    Recommendations,
    Runs,
    Tone,
    bold,
    runs,
)
from horizon.papers.items import Item
from horizon.papers.occasion import Occasion
from horizon.papers.template import Part
from horizon.papers.template import Recommendations as RecommendationsPart


def summary(occasion: Occasion, _: Part) -> Iterator[Block]:
    """What the paper brings, how many are ready, what stands in the way."""
    yield Paragraph(runs=runs(" ".join(_summary(occasion))))


def _summary(occasion: Occasion) -> Iterator[str]:
    found = occasion.items
    technologies = count(len(found), "technology", "technologies")
    to = f"the {occasion.body.name}"
    if occasion.meeting_on:
        to += f" at its meeting on {day(occasion.meeting_on)}"
    if occasion.purpose == "for information":
        verb = "stands" if len(found) == 1 else "stand"
        yield f"This paper tells {to} how {technologies} {verb}."
        return
    yield f"This paper brings {technologies} to {to}."
    ready = sum(each.is_ready for each in found)
    waiting = sum(bool(each.gates) and not each.is_ready for each in found)
    crossed = sum(bool(each.crossed) for each in found)
    lapsed = sum(each.only_lapsed for each in found)
    ratified = sum(bool(each.to_ratify) for each in found)
    other = sum(not each.is_for_decision and not each.to_ratify for each in found)
    if ready:
        yield f"{ready} {is_(ready)} ready for a decision: all that the gate asks for is there."
    if waiting:
        who = "None of them can" if 1 < waiting == len(found) else f"{waiting} cannot"
        yield f"{who} be approved yet: something that the gate asks for is missing."
    if crossed:
        yield f"A red line is crossed{f' on {crossed} of them' if len(found) > 1 else ''}."
    if lapsed:
        rest = "rests" if lapsed == 1 else "rest"
        yield f"{lapsed} {rest} on an approval of this body that no longer holds."
    if ratified:
        yield f"{ratified} {is_(ratified)} to be ratified, as it was decided between meetings."
    if other and occasion.template.called.scope == "waiting":
        yield f"{other} {is_(other)} not at a gate of this body yet."
    elif other:
        yield f"{other} {is_(other)} not at a gate of this body, and {is_(other)} to be noted."


def is_(number: int) -> str:
    """`is` or `are`."""
    return "is" if number == 1 else "are"


def overdue_notice(occasion: Occasion, _: Part) -> Iterator[Block]:
    """The conditions that are overdue, where any are."""
    if not occasion.overdue:
        return
    said = [
        f"{each.item.technology.label}: condition {each.condition.number} of {each.decision.number}"
        for each in occasion.overdue
    ]
    after = "An approval with an overdue condition reads as not approved."
    yield Notice(title="Conditions overdue", text=f"{'; '.join(said)}. {after}", tone=Tone.BAD)


def recommendations(occasion: Occasion, part: RecommendationsPart) -> Iterator[Block]:
    """What the body is asked, said so that it can be minuted. The outcome is the body's own."""
    asked = tuple(_asked_of(occasion))
    if asked:
        yield Recommendations(lead=occasion.said(part.lead), items=asked)
    else:
        yield Paragraph(runs=runs("Nothing is asked."))


def _asked_of(occasion: Occasion) -> Iterator[Runs]:
    annexed = any(each.part in ("annexes", "sheets") for each in occasion.template.content.sections)
    decided, ratified = occasion.decided, occasion.ratified
    asked = [(each, ratify(each)) for each in ratified] + [(each, ask(each)) for each in decided]
    for item, said_of in asked:
        see = f" See annex {item.annex}." if annexed else ""
        yield (*said_of, *runs(see)) if see else said_of
    noted = [e.technology.label for e in occasion.items if e not in decided and e not in ratified]
    if noted:
        many = f"{'the other ' if decided or ratified else ''}{len(noted)} technologies"
        named = many if len(noted) > 5 else listed(noted)
        yield runs(bold("note"), f" how {named} {'stands' if len(noted) == 1 else 'stand'}.")
    said = [each.technology.id for each in decided if each.only_lapsed]
    overdue = sum(each.item.technology.id not in said for each in occasion.overdue)
    if overdue:
        yield runs(bold("note"), f" that {count(overdue, 'condition')} {is_(overdue)} overdue.")


def ratify(item: Item) -> Runs:
    """What the body is asked about what it decided between meetings."""
    numbers = listed([each.number for each in item.to_ratify])
    return runs(
        bold("ratify"),
        f" {numbers} on {item.named}, decided between meetings. Else it lapses.",
    )


def ask(item: Item) -> Runs:
    """What the body is asked about one technology."""
    if item.to_ratify and not item.is_for_decision:
        return ratify(item)
    if item.is_ready:
        again = f" again, as {listed(item.standing)} still stands" if item.standing else ""
        return runs(bold("decide"), f" on {item.named} at {item.at_gates}{again}.")
    if item.only_lapsed:
        return runs(
            bold("say what happens next"),
            f" with {item.named}, whose approval no longer holds: {listed(item.lapses)}.",
        )
    if not item.gates:
        return runs(bold("note"), f" how {item.named} stands.")
    lack = f"{count(item.missing, 'thing')} {is_(item.missing)} missing"
    return runs(
        bold("say what happens next"),
        f" with {item.named}, which cannot be approved yet at {item.at_gates}: "
        f"{item.crossed or lack}.",
    )


def options(occasion: Occasion, _: Part) -> Iterator[Block]:
    """What could be done, doing nothing among it, for each technology that is to be decided on."""
    if not occasion.decided:
        yield occasion.paragraph("Nothing is to be decided.")
        return
    for item in occasion.decided:
        yield occasion.paragraph(f"{item.named}. The options are:")
        yield Bullets(items=tuple(_options(occasion, item)))


def _options(occasion: Occasion, item: Item) -> Iterator[Runs]:
    problem = item.technology.problem or "the problem it would solve is not recorded"
    yield runs(bold("Do nothing. "), f"The problem stays: {problem.rstrip('.')}.")
    approving = [each.name for each in occasion.body.outcomes if each.effect.approves]
    if item.gates and approving:
        lack = "" if item.is_ready else f" Not open yet: {count(item.missing, 'thing')} missing."
        yield runs(bold(f"{listed(approving, 'or')}. "), f"At {item.at_gates}.{lack}")
    others = [each.name for each in occasion.body.outcomes if not each.effect.approves]
    if others:
        yield runs(bold("Another outcome. "), f"{listed(others, 'or')}.")
