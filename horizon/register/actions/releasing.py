"""Commands about what leaves the register: texts released for publication, papers issued."""

from __future__ import annotations

from collections.abc import Mapping

from horizon.framework.publication import Publication
from horizon.judgement.publishing import texts_of
from horizon.model.base import digest
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import PaperIssued, ReleasedText, TextsReleased
from horizon.register.desk import Desk


def release(
    desk: Desk, subject: str, texts: Mapping[str, ReleasedText], rules: Publication
) -> None:
    """Draft that the acting person released these texts of a technology or a meeting (its id), by
    their place in the record.

    A text must still be the one that was read: its digest says so.
    """
    if not texts:
        raise BadInput("No text was named", do="Read them with: horizon papers release")
    state = desk.state
    meeting = state.meetings.get(subject)
    record = meeting or state.technologies[subject]
    label = meeting.ref if meeting else state.technologies.header(subject).label
    held = {each.place.key: each for each in texts_of(state, record, rules)}
    for key, given in texts.items():
        found = held.get(key)
        if found is None:
            raise BadInput(
                f"{label} has no text at {key!r} that could be released",
                do=f"Use one of: {', '.join(held)}",
            )
        if found.original != given.original:
            raise RuleBroken(
                f"A text is released as it was read, and {found.place.words} of "
                f"{label} was changed meanwhile",
                who="Read it again.",
            )
        if digest(given.text) != given.original:
            _check_ground(given.ground, found.place.words, rules)
    fresh = {
        key: given
        for key, given in texts.items()
        if (last := held[key].release) is None
        or (last.text, last.ground) != (given.text, given.ground)
    }
    if fresh:
        desk.draft(subject, TextsReleased(publication=rules.digest, texts=fresh))


def _check_ground(ground: str, words: str, rules: Publication) -> None:
    known = [each.id for each in rules.grounds]
    if not ground:
        raise RuleBroken(
            f"What is left out of a text needs a ground: {words}",
            who=f"Name one of: {', '.join(known)}.",
        )
    if ground not in known:
        raise BadInput(f"{ground!r} is not a ground", do=f"Use one of: {', '.join(known)}")


def issue(desk: Desk, paper: PaperIssued) -> None:
    """Draft that a paper was issued. A reference stands for one content, in whatever formats."""
    for each in desk.state.head.papers:
        if each.reference == paper.reference and each.content_digest != paper.content_digest:
            raise RuleBroken(
                f"{paper.reference} was issued with other content",
                who="Make it again, to have it under the next number.",
            )
    desk.draft(desk.state.head.register_id, paper)
