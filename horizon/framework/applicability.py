"""When something of a framework applies to a technology: by its facts alone."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pydantic import ConfigDict

from horizon.model.base import Model
from horizon.model.facts import Fact, FactValue


class Applicability(Model):
    """When something applies: every fact in `all_of`, and at least one of `any_of` if it lists any.

    Both empty: always.
    """

    model_config = ConfigDict(ignored_types=(cached_property,))

    all_of: tuple[Fact, ...] = ()
    any_of: tuple[Fact, ...] = ()

    @cached_property
    def named(self) -> tuple[Fact, ...]:
        """The facts that it asks for."""
        return self.all_of + self.any_of

    @cached_property
    def found(self) -> dict[tuple[FactValue | None, ...], Any]:
        """Room for what was found of it before, by what is known of the facts that it names: they
        are few, and the same is asked of thousands of technologies."""
        return {}
