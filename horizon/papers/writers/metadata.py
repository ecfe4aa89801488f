"""What every format of a paper says to programs, beside its text."""

from __future__ import annotations

from horizon.papers.blocks import Paper


def metadata(paper: Paper) -> dict[str, str]:
    """Where a paper comes from and what it is, by the names that `horizon papers check` reads."""
    return {
        "author": paper.author,
        "date": paper.as_at.isoformat(),
        "reference": paper.reference,
        "marking": paper.marking.value,
        "edition": paper.edition.value,
        "register-head": paper.head_hash,
        "content-digest": paper.content_digest,
        "generator": "Horizon",
    }
