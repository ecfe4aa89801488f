"""People, named once and referred to by id everywhere else, so that a name can be erased."""

from __future__ import annotations

from horizon.model.base import Model
from horizon.model.scalars import PersonId, Text, Words


class Person(Model):
    """Someone the register knows. Erased people keep their id and lose everything else.

    `dpo` says that they hold the function of data protection officer, and so are never counted as
    deciding; `ties` are suppliers they are tied to, on whose products they never decide.
    """

    id: PersonId
    name: Words
    role: Text = ""
    email: Text = ""
    organisation: Text = ""
    dpo: bool = False
    ties: tuple[Words, ...] = ()
    revision: int = 1
    erased: bool = False

    @classmethod
    def forgotten(cls, person_id: str, revision: int) -> Person:
        """The placeholder for a person whose details were erased."""
        return cls(id=person_id, name="name erased", revision=revision, erased=True)
