"""What every record shares: strictness, canonical JSON, digests and identifiers."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A record that cannot be changed in place and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, defer_build=True)


def canonical(value: Any) -> bytes:
    """The one JSON spelling of `value` that digests are taken over.

    Sorted keys, no spaces, UTF-8. Raises `ValueError` for NaN or an infinity, which JSON has no
    word for.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of `value`, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def new_id(prefix: str) -> str:
    """A random identifier, never reused: `prefix` and 16 hexadecimal digits."""
    return f"{prefix}-{secrets.token_hex(8)}"


def timestamp(moment: datetime) -> str:
    """`moment` in UTC to the second, as the journal writes it: `2026-11-24T09:30:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
