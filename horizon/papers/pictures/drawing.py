"""The few shapes that pictures are made of, as SVG that stands by itself.

No picture loads anything, runs anything, or says anything by colour alone. Every number is rounded
to a tenth, so that every machine writes the same digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from math import cos, pi, sin

from horizon.model.cleaning import clean
from horizon.papers.palette import INK

FAMILY = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDE, NARROW = 0.62, 0.5
"""Widths of letters against the size of the type: none of our own font's letters is much wider than
the first on the average of a word, and few words are as wide."""

Point = tuple[float, float]


def picture(width: float, height: float, title: str, about: str, parts: Iterable[str]) -> str:
    """A whole SVG document with its title and description for people who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'role="img" aria-labelledby="title about" font-family="{FAMILY}">'
        f'<title id="title">{safe(title)}</title><desc id="about">{safe(about)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def safe(text: str) -> str:
    """What somebody typed as XML may hold it: markup escaped, and characters that XML has no place
    for, or that would turn the direction of what follows, spelt out."""
    return escape(clean(text), quote=False)


def number(value: float) -> str:
    """A number as SVG has it, to a tenth."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 11,
    ink: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """A line of text whose baseline begins, or is centred, at a point."""
    weight = ' font-weight="bold"' if bold else ""
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="#{ink}"{weight}'
        f"{where}>{safe(text)}</text>"
    )


def box(
    x: float, y: float, width: float, height: float, *, fill: str, edge: str = "", more: str = ""
) -> str:
    """A rectangle. `more` is put inside, such as a title."""
    stroke = f' stroke="#{edge}"' if edge else ""
    inner = f">{more}</rect>" if more else "/>"
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
        f'fill="#{fill}"{stroke}{inner}'
    )


def line(start: Point, end: Point, *, ink: str, width: float = 1, dashed: bool = False) -> str:
    """A straight line."""
    dashes = ' stroke-dasharray="3 3"' if dashed else ""
    return (
        f'<line x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" '
        f'y2="{number(end[1])}" stroke="#{ink}" stroke-width="{number(width)}"{dashes}/>'
    )


def circle(at: Point, radius: float, *, fill: str, edge: str = "", width: float = 1) -> str:
    """A circle."""
    stroke = f' stroke="#{edge}" stroke-width="{number(width)}"' if edge else ""
    shown = f"#{fill}" if fill else "none"
    return (
        f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}" '
        f'fill="{shown}"{stroke}/>'
    )


def polygon(points: Sequence[Point], *, fill: str, edge: str = "") -> str:
    """A closed shape."""
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    stroke = f' stroke="#{edge}"' if edge else ""
    return f'<polygon points="{corners}" fill="#{fill}"{stroke}/>'


def regular(at: Point, radius: float, corners: int, *, turned: float = 0) -> list[Point]:
    """The corners of a regular shape, the first straight up, `turned` by a part of the circle."""
    turns = (2 * pi * (each / corners + turned) - pi / 2 for each in range(corners))
    return [(at[0] + radius * cos(turn), at[1] + radius * sin(turn)) for turn in turns]


def titled(shape: str, title: str) -> str:
    """A shape with words that show when a pointer rests on it."""
    return f"<g><title>{safe(title)}</title>{shape}</g>"


def room(text: str, size: float, *, bold: bool = False) -> float:
    """How much a line of text takes at most, in the picture's units."""
    return len(text) * size * (WIDE if bold else WIDE - 0.04)


def wrapped(text: str, width: float, size: float) -> list[str]:
    """`text` in lines that fit; a word that is longer than a line is cut into pieces."""
    most = max(int(width / (size * WIDE)), 4)
    lines: list[str] = []
    for word in text.split():
        pieces = [word[at : at + most] for at in range(0, len(word), most)]
        for piece in pieces:
            if lines and len(lines[-1]) + 1 + len(piece) <= most and piece is pieces[0]:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines or [""]
