"""The register's commands about other copies of itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from horizon.model.errors import BadInput
from horizon.register.ledger import Ledger
from horizon.store.places import Server

if TYPE_CHECKING:
    from horizon.register.merging_registers import Taking


class CopyCommands(Ledger):
    """Taking in what was recorded in a copy of this register since the two went apart.

    Commands raise as those of `Register` do.
    """

    def copy_preview(self, copy: Path, *, origin: str = "") -> Taking:
        """What taking in the copy at `copy` would do. Nothing is written."""
        from horizon.register.merging_registers import history_of, take_in

        self.refresh()
        desk = self._desk()
        return take_in(
            desk,
            self.history(),
            history_of(self._file(copy)),
            origin=origin or called(copy),
            name=str(copy),
        )

    def take_in_copy(self, copy: Path, *, origin: str = "") -> Taking:
        """Take in what the copy at `copy` holds and this register does not, as one commit.

        `origin` is what the copy is called from then on. Where both changed the same, what this
        register says is kept, and what the copy says is recorded. What the copy erased is emptied
        here too. The copy itself is not touched.
        """
        from horizon.register.merging_registers import history_of, take_in

        path = self._file(copy)
        done = self._do(
            lambda desk: take_in(
                desk,
                self.history(),
                history_of(path),
                origin=origin or called(copy),
                name=str(copy),
            )
        )
        if done.erased:
            with self.store.lock():
                self.store.empty(frozenset(done.erased))
            self._rebuild()
            self.save_snapshot()
        return done

    def _file(self, copy: Path) -> Path:
        if isinstance(self.path, Server):
            raise BadInput(
                "Copies are taken in where the register is a file",
                do="Carry it to a file with: horizon copy",
            )
        if "\0" in str(copy):
            raise BadInput("No file can have that name", where=str(copy), do="Check the path")
        if copy.resolve() == Path(self.path).resolve():
            raise BadInput("This is the register itself, not a copy of it", where=str(copy))
        return copy


def called(copy: Path) -> str:
    """What to call a copy: its folder, or its file where that has a name of its own."""
    real = copy.resolve()
    return real.stem if real.stem != "register" else real.parent.name or "copy"
