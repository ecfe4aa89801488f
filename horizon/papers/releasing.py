"""Typed texts shown to somebody for release, with what looks like a person or a case marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from horizon.framework.publication import Publication, shipped_publication
from horizon.judgement.lookalikes import Mark, left_out, marks
from horizon.judgement.publishing import FreeText, texts_of
from horizon.model.events import ReleasedText
from horizon.papers.editions import words_of
from horizon.register.reader import Reader


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text of a technology or a meeting (`subject`) that somebody is to read. `marks` are what it
    looks as if it named."""

    subject: str
    label: str
    text: FreeText
    marks: tuple[Mark, ...]
    rules: Publication

    @property
    def marked(self) -> str:
        """The text with every mark in double square brackets."""
        said, at = [], 0
        for mark in self.marks:
            said += [self.text.text[at : mark.start], "[["]
            said += [self.text.text[mark.start : mark.end], "]]"]
            at = mark.end
        return "".join([*said, self.text.text[at:]])

    @property
    def looks(self) -> tuple[tuple[str, str], ...]:
        """What each mark looks like, and the words."""
        return tuple((each.what, self.text.text[each.start : each.end]) for each in self.marks)

    @property
    def record(self) -> dict[str, Any]:
        """The text for programs."""
        return {
            "subject": self.subject,
            "label": self.label,
            "place": self.text.place.key,
            "words": self.text.place.words,
            "text": self.text.text,
            "original": self.text.original,
            "marks": [
                {"start": each.start, "end": each.end, "what": each.what} for each in self.marks
            ],
            "released": self.text.release.text if self.text.release else None,
        }

    def released(self, how: str, ground: str = "") -> ReleasedText:
        """The text as somebody says it may be published: `r` as it is, `m` without what is
        marked, `k` not at all."""
        original = self.text.original
        if how == "k":
            return ReleasedText(original=original, ground=ground)
        if how == "r" or not self.marks:
            return ReleasedText(original=original, text=self.text.text)
        known = {each.id: each.foi for each in self.rules.grounds}
        instead = f"[Left out: {known.get(ground, ground)}]"
        text = left_out(self.text.text, self.marks, instead)
        return ReleasedText(original=original, text=text, ground=ground)


def waiting(
    reader: Reader, ref: str, *, again: bool = False, rules: Publication | None = None
) -> Iterator[Waiting]:
    """The typed texts of a technology or a meeting that nobody has read for release yet, each text
    once; `again` gives those too that were read. Raises `BadInput` when `ref` names nothing."""
    rules = rules or shipped_publication()
    record = reader.record(ref)
    people = [each for each in reader.state.people.values() if not each.erased]
    known = [text for each in people for text in (each.name, each.email) if text]
    vocabulary = reader.kept("vocabulary", lambda: vocabulary_of(reader))
    seen = set()
    for each in texts_of(reader.state, record, rules):
        if each.text not in seen and (again or each.release is None):
            seen.add(each.text)
            found = marks(each.text, known=known, vocabulary=vocabulary)
            yield Waiting(record.id, reader.label(record.id), each, found, rules)


_ORDINARY = """
january february march april may june july august september october november december monday
tuesday wednesday thursday friday saturday sunday city london police force metropolitan british
national united kingdom england wales scotland ireland home office crown prosecution service
college policing action fraud transport the a an and of for in on to with by from
"""


def vocabulary_of(reader: Reader) -> frozenset[str]:
    """Words in lower case that are nobody's name here: those of the framework and of our own."""
    return words_of(reader.framework.content) | frozenset(_ORDINARY.split())
