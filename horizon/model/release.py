"""A typed text as somebody said it may be published."""

from __future__ import annotations

from horizon.model.base import Model
from horizon.model.scalars import Digest, Text


class Release(Model):
    """A typed text as it may stand in a public edition, and who released it.

    `original` is the SHA-256 of the text it was made from: once that has changed, the release no
    longer counts. An empty `text` keeps it back whole. `ground` is why something is left out.
    """

    original: Digest
    text: Text = ""
    ground: Text = ""
    by: str
    at: str
