"""A radar that was drawn, with all that the files of other programs say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from horizon.papers.pictures.radar import Radar
from horizon.papers.pictures.radar_svg import Frame
from horizon.register.reader import Still


@dataclass(frozen=True, slots=True)
class Drawn:
    """A radar with what its files say of it. `moves` are the rings that each technology came to,
    newest first, with the day and the words; `about` is what each technology is."""

    radar: Radar
    reader: Still
    moves: Mapping[str, tuple[tuple[date, int, str], ...]]
    about: Mapping[str, str]
    frame: Frame
