"""Text and identifiers as records hold them."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
"""Text as typed, without the white space around it."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that must say something."""

PersonId = Annotated[str, StringConstraints(pattern=r"^p-[0-9a-f]{16}$")]
TechnologyId = Annotated[str, StringConstraints(pattern=r"^t-[0-9a-f]{16}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

LONGEST = 100_000
"""Characters of the longest text that a command keeps: some thirty pages. Longer ones that are on
record already are read all the same."""
