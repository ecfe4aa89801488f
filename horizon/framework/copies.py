"""From the copy that a register keeps to a `Framework`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from horizon.framework.schema import Framework
from horizon.model.errors import BadInput


def from_copy(content: Mapping[str, Any]) -> Framework:
    """A framework from the copy that a register keeps. Raises `BadInput` when it does not fit."""
    try:
        return Framework.model_validate(dict(content))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(each) for each in first["loc"])
        raise BadInput(
            f"The register's copy of its framework does not fit: {place}: {first['msg']}",
            do="It may be from a newer version of Horizon",
        ) from None
