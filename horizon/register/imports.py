"""The register's commands about what came in from elsewhere: imports, first looks, duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from horizon.model.wording import count
from horizon.register import actions
from horizon.register.desk import Desk, find_import, resolve
from horizon.register.ledger import Ledger

if TYPE_CHECKING:
    from horizon.model.state import ImportKept
    from horizon.model.technology import Technology
    from horizon.model.triage import Looked
    from horizon.register.batches import Batch


class ImportCommands(Ledger):
    """Imports, first looks at signals and duplicates, with the undoing of each.

    Commands raise as those of `Register` do; `ref`, `expect` and what stands for another
    technology are as there.
    """

    def take_in(self, batch: Batch) -> actions.importing.Taken:
        """Take the rows of an import in as one commit: all of them or none."""

        def take(desk: Desk) -> actions.importing.Taken:
            for row in batch.rows:
                if row.technology:
                    self._refuse_conflict(row.technology, row.expect)
            return actions.importing.take(desk, batch)

        return self._do(take)

    def undo_import(
        self, ref: str, *, reason: str, keep_changed: bool = False
    ) -> tuple[ImportKept, int, int]:
        """Undo an import as a whole: the import, and how many technologies it had entered and
        changed. `ref` is its id or its number, counted from 1."""
        kept = find_import(self.state, ref)

        def undo(desk: Desk) -> tuple[list[str], list[str]]:
            found = actions.import_undoing.trace(self.history(), kept.id)
            return actions.import_undoing.undo(
                desk, kept, found, reason=reason, keep_changed=keep_changed
            )

        entered, changed = self._do(undo)
        return kept, len(entered), len(changed)

    def triage(self, ref: str, looked: Looked, *, expect: int | None = None) -> Technology:
        """Record a first look at a signal, or another one."""
        return self._change(ref, expect, lambda d, t: actions.triaging.triage(d, t, looked))

    def take_triage_back(self, ref: str, *, expect: int | None = None) -> Technology:
        """Take the last look at a signal back; the one before it counts again."""
        return self._change(
            ref,
            expect,
            lambda d, t: actions.triaging.take_back(
                d, t, actions.triaging.look_before(self.history(t.id), t.id)
            ),
        )

    def merge(
        self,
        ref: str,
        into: str,
        *,
        reason: str,
        expect: int | None = None,
        expect_into: int | None = None,
    ) -> Technology:
        """Record that one entry is another, and give the one that stays."""
        stays = resolve(self.state, into)

        def merge(desk: Desk, technology: Technology) -> None:
            if expect_into is not None:
                self._refuse_conflict(stays, expect_into)
            actions.merging.merge(desk, technology, desk.technology(stays), reason)

        self._change(ref, expect, merge)
        return self.state.technologies[stays]

    def unmerge(self, ref: str, *, reason: str, expect: int | None = None) -> Technology:
        """Undo a merge: the entry stands where it stood before."""
        from horizon.register.images import lines_about

        def unmerge(desk: Desk, technology: Technology) -> None:
            lines = lines_about(self, [technology.id])[technology.id]
            before = actions.merging.before_merge(desk.state, lines, technology.id)
            actions.merging.unmerge(desk, technology, before, reason)

        return self._change(ref, expect, unmerge)

    def mark_different(self, ref: str, other: str, *, reason: str = "") -> Technology:
        """Record that two entries, however alike, are two technologies."""
        against = resolve(self.state, other)
        return self._change(
            ref,
            None,
            lambda d, t: actions.merging.mark_different(d, t, d.technology(against), reason),
        )

    def take_difference_back(self, ref: str, other: str) -> Technology:
        """Leave it open again whether two entries are one."""
        against = resolve(self.state, other)
        return self._change(
            ref,
            None,
            lambda d, t: actions.merging.take_difference_back(d, t, d.technology(against)),
        )


def undone_words(file: str, left: int, set_back: int) -> str:
    """What undoing an import did: technologies that left the register, and those set back."""
    said = [f"{count(left, 'technology', 'technologies')} left the register"] if left else []
    if set_back:
        were = "technology was" if set_back == 1 else "technologies were"
        said.append(f"{set_back} {were} set back")
    return f"The import of {file} is undone{': ' if said else ''}{' and '.join(said)}."
