"""The register's command that changes one thing on many technologies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from horizon.register import actions
from horizon.register.ledger import Ledger

if TYPE_CHECKING:
    from horizon.model.technology import Technology
    from horizon.register.desk import Desk
    from horizon.register.many import ManyEdit, Planned


class ManyCommands(Ledger):
    """Changing many technologies at once. Raises as the commands of `Register` do."""

    def change_many(
        self, edit: ManyEdit, planned: Sequence[Planned], *, reason: str = ""
    ) -> list[Planned]:
        """Do what was planned as one commit, all of it or nothing; gives what was changed.

        Raises `Conflict` where one of the technologies moved on from the revision that was seen.
        """
        wanted = [each for each in planned if each.changes]

        def change(desk: Desk) -> None:
            for each in wanted:
                self._refuse_conflict(each.id, each.revision)
                _change(desk, desk.technology(each.id), edit, reason)

        if wanted:
            self._do(change)
        return wanted


def _change(desk: Desk, technology: Technology, edit: ManyEdit, reason: str) -> None:
    if edit.field == "review_by":
        actions.proposing.set_review(desk, technology, edit.value, reason)
    elif edit.fact is not None:
        actions.proposing.set_facts(desk, technology, {edit.fact: edit.value}, reason)
    else:
        actions.proposing.amend(desk, technology, {edit.field: edit.on(technology)}, reason)
