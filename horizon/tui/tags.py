"""The tags that a register uses already, to be completed from."""

from __future__ import annotations

from collections import Counter

from horizon.register import Register


def known_tags(register: Register) -> list[str]:
    """Every tag once, the most used first."""
    headers = register.state.technologies.headers()
    counts = Counter(tag for each in headers for tag in each.tags)
    return sorted(counts, key=lambda tag: (-counts[tag], tag.casefold()))
