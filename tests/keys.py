"""SSH keys for tests, made by the real ssh-keygen."""

from __future__ import annotations

import subprocess
from pathlib import Path


def made_key(path: Path, *, passphrase: str = "") -> Path:
    """A new key at `path`, with its public half beside it."""
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "test", "-f", str(path)]
    subprocess.run(words, check=True, capture_output=True)
    return path


def public(key: Path) -> str:
    """The type and the base64 of a key, as a file of allowed signers holds them."""
    return " ".join(key.with_name(f"{key.name}.pub").read_text().split()[:2])
