"""When something of a framework applies to a technology: by its facts alone."""

from __future__ import annotations

from horizon.model.base import Model
from horizon.model.facts import Fact


class Applicability(Model):
    """When something applies: every fact in `all_of`, and at least one of `any_of` if it lists any.

    Both empty: always.
    """

    all_of: tuple[Fact, ...] = ()
    any_of: tuple[Fact, ...] = ()
