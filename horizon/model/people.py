"""People, named once and referred to by id everywhere else, so that a name can be erased."""

from __future__ import annotations

from horizon.model.base import Model
from horizon.model.technology import PersonId, Text, Words


class Person(Model):
    """Someone the register knows. Erased people keep their id and lose everything else."""

    id: PersonId
    name: Words
    role: Text = ""
    email: Text = ""
    revision: int = 1
    erased: bool = False

    @classmethod
    def forgotten(cls, person_id: str, revision: int) -> Person:
        """The placeholder for a person whose details were erased."""
        return cls(id=person_id, name="name erased", revision=revision, erased=True)
