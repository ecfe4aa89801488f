"""Arguments that name a file or folder on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from horizon.model.errors import BadInput
from horizon.store.places import is_server, server

BEGUN_IN_A_DATABASE = 'horizon shared init ADDRESS --force COLP --name "NAME"'
"""The command that begins the register of a force in a database."""


class OnThisMachine(click.Path):
    """A file or folder. The address of a database is none, and would become a folder with the
    password in its name: it is refused, and `do` says what to use instead."""

    def __init__(self, do: str = "Name a file or folder on this machine") -> None:
        super().__init__(path_type=Path)
        self._do = do

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and is_server(value):
            raise BadInput(f"{server(value).name} is in a database, not in a file", do=self._do)
        return super().convert(value, param, ctx)
