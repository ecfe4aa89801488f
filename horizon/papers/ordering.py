"""How somebody asks for a paper, and how each edition of it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from horizon.framework.publication import Publication, shipped_publication
from horizon.model.errors import RuleBroken
from horizon.model.words import Edition, Marking
from horizon.papers.blocks import Paper
from horizon.papers.editions import Public
from horizon.papers.marking import is_sensitive
from horizon.papers.published import non_public, published
from horizon.papers.subjects import Imprint, Subject
from horizon.register import Register
from horizon.register.inputs import checked
from horizon.register.reader import Still

MARKED: Mapping[Edition, Marking] = {
    Edition.INTERNAL: Marking.OFFICIAL,
    Edition.PUBLIC: Marking.OFFICIAL,
    Edition.NON_PUBLIC: Marking.OFFICIAL_SENSITIVE,
}
"""The marking of each edition unless another is asked for."""

FOI: Mapping[Edition, str] = {
    Edition.INTERNAL: "Disclosable, subject to review",
    Edition.PUBLIC: "Published",
    Edition.NON_PUBLIC: "Exempt",
}
"""What each edition says of the Freedom of Information Act unless it is told otherwise."""

LETTERS: Mapping[Edition, str] = {
    Edition.INTERNAL: "",
    Edition.PUBLIC: "/P",
    Edition.NON_PUBLIC: "/NP",
}
"""What stands before the number in an edition's reference, as committees write it."""


@dataclass(frozen=True, slots=True)
class Order:
    """How somebody asks for a paper, whatever it is about.

    What is not given is as the edition has it. Without a `reference` one is made: the same content
    keeps its reference in every format, other content gets the next number. `as_at` is a day in the
    past: then the paper is about the register as it stood at its end. A public edition shows only
    texts that somebody released by `rules`, the shipped ones unless given; `keep_back_unread`
    withholds the others instead of refusing.
    """

    author: str | None = None
    marking: Marking | None = None
    foi: str = ""
    reference: str = ""
    as_at: date | None = None
    edition: Edition = Edition.INTERNAL
    keep_back_unread: bool = False
    rules: Publication | None = None

    def imprint(self, register: Register) -> Imprint:
        """What is printed on the paper, still without a reference."""
        edition = self.edition
        author = author_of(register, edition) if self.author is None else self.author
        marking, foi = self.marking or MARKED[edition], self.foi or FOI[edition]
        return Imprint("-", author, marking, foi)


def author_of(register: Register, edition: Edition) -> str:
    """Who a paper is by, unless somebody is named: the person acting; in a public edition that
    person's role, or else the register."""
    if edition is not Edition.PUBLIC:
        return register.acting
    person = register.state.people.get(register.person_id)
    return (person.role if person else "") or register.state.head.name


def making(
    whole: Still, subject: Subject, order: Order, imprint: Imprint
) -> Callable[[str], Paper]:
    """A function from a reference to the paper of that reference.

    The paper is built once. Raises as the subject does when it builds, and `RuleBroken` for a
    public edition that could show nothing, or would show what it must not.
    """
    edition = order.edition
    if edition is Edition.PUBLIC and imprint.marking is not Marking.OFFICIAL:
        raise RuleBroken(f"A public edition is never marked {imprint.marking}")
    named = subject.technologies(whole)
    left_out = () if edition is Edition.INTERNAL else tuple(filter(is_sensitive, named))
    subject.check(edition, [each for each in named if each not in left_out])
    if edition is Edition.INTERNAL:
        return _once(subject, lambda called: subject.built(whole, named, _under(imprint, called)))
    rules = order.rules or shipped_publication()
    public = Public(whole, rules, keep_back_unread=order.keep_back_unread)
    shown = public.of(named)
    if edition is Edition.NON_PUBLIC:  # it belongs to a public edition, and begins as that one
        name = public.state.head.name
        belongs_to = Imprint("-", name, MARKED[Edition.PUBLIC], FOI[Edition.PUBLIC])
    else:
        belongs_to = imprint

    def made(called: str) -> Paper:
        found = published(
            subject.built(public, shown, _under(belongs_to, called)), public, left_out
        )
        if edition is Edition.PUBLIC:
            return found.paper
        more = subject.left_out(whole, left_out)
        return non_public(found, public, author=imprint.author, left_out=more)

    under = _once(subject, made)

    def looked_at(called: str) -> Paper:
        public.look_again(called)
        return under(called)

    return looked_at


def _under(imprint: Imprint, reference: str) -> Imprint:
    return Imprint(reference, imprint.author, imprint.marking, imprint.foi)


def _once(subject: Subject, made: Callable[[str], Paper]) -> Callable[[str], Paper]:
    """`made`, done once and then only called by another reference, unless the paper has the
    reference among its own words."""
    if subject.says_reference:
        return made
    paper = made("-")
    return lambda reference: _called(paper, reference)


def _called(paper: Paper, reference: str) -> Paper:
    """The same paper under another reference."""
    fields = {name: getattr(paper, name) for name in Paper.model_fields} | {"reference": reference}
    return checked(Paper, fields, where="The paper")
