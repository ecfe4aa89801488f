"""Events about which other forces may see a technology."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from horizon.model.event_base import EventData
from horizon.model.scalars import Text

ForceOrAll = Annotated[str, StringConstraints(pattern=r"^(\*|[A-Z0-9][A-Z0-9-]{0,19})$")]
"""A force's short name in a shared register, or `*` for all of them."""


class SharingSet(EventData):
    """Who else may see a technology from now on: these forces and no others; none, if empty."""

    kind = "sharing-set"
    forces: tuple[ForceOrAll, ...]
    reason: Text = ""
