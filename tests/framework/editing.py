"""A copy of the shipped criteria, to be spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

from horizon.framework.loading import problems, shipped_folder


class Criteria:
    """The files of a framework in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(shipped_folder(), folder)

    def change(self, name: str, old: str, new: str, *, after: str = "") -> int:
        """Replace `old`, the first time it stands after the text `after`; the line it was on."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        at = text.index(old, text.index(after))
        path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
        return text[:at].count("\n") + 1

    def faults(self) -> list[str]:
        """Every mistake as the user reads it, without the folder's name."""
        return [str(each).replace(f"{self.folder}/", "") for each in problems(self.folder)]

    def fault(self) -> str:
        """The only mistake there is."""
        faults = self.faults()
        assert len(faults) == 1, faults
        return faults[0]
