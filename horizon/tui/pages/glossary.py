"""The short words of the register, each with what it stands for."""

from __future__ import annotations

from collections.abc import Mapping

from horizon.framework.route import Route
from horizon.judgement.status import MEANINGS
from horizon.tui.pages import heading
from horizon.tui.widgets.page import Line, Lines


def glossary(route: Route) -> Lines:
    """The words of a status, the bodies and the gates of a route."""
    return (
        *_part("The status, gravest first", {str(word): said for word, said in MEANINGS.items()}),
        *_part("The bodies", {each.abbreviation: each.name for each in route.bodies}),
        *_part("The gates", {each.id: f"{each.name}: {each.question}" for each in route.gates}),
    )


def _part(title: str, words: Mapping[str, str]) -> Lines:
    width = max(map(len, words), default=0)
    return (*heading(title), *(Line(said, lead=f"{it:<{width}}  ") for it, said in words.items()))
