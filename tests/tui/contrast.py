"""What is on the screen, with the colours it is drawn in, and how well that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rich.color import Color, ColorSystem
from textual.app import App

AA_TEXT, AA_GRAPHICS = 4.5, 3.0
"""Least contrast by WCAG 2.2 AA: for text (1.4.3), and for what is drawn and means something
(1.4.11)."""

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Drawn:
    """A piece of a line of the screen. Reversed and dimmed colours are as they are seen."""

    text: str
    ink: Colour
    paper: Colour

    @property
    def contrast(self) -> float:
        """Between 1 and 21, as WCAG defines it."""
        light, dark = sorted((_luminance(self.ink), _luminance(self.paper)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    @property
    def is_text(self) -> bool:
        return any(each.isalnum() for each in self.text)

    @property
    def is_ornament(self) -> bool:
        """Lines and frames that would be missed by nobody: box drawing, blocks at the edge of a
        field, dots that fill a bar."""
        return all(each in "─│┌┐└┘├┤┬┴┼╭╮╰╯━┃▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▔▕▐·╸╺┊ " for each in self.text)


def _luminance(colour: Colour) -> float:
    def part(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (part(each) for each in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def drawn(app: App[None]) -> Iterator[Drawn]:
    """Everything on the screen in front, piece by piece. What shows through behind a dialog
    cannot be used and is left out, as WCAG leaves it out."""
    fronts = [child.region for child in app.screen.children] if app.screen.is_modal else None
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            start, x = x, x + segment.cell_length
            style = segment.style
            if style is None or not segment.text.strip():
                continue
            if fronts is not None and not any(each.contains(start, y) for each in fronts):
                continue
            ink, paper = _rgb(style.color), _rgb(style.bgcolor)
            if ink is None or paper is None:
                continue
            if style.reverse:
                ink, paper = paper, ink
            if style.dim:
                ink = _between(ink, paper)
            yield Drawn(segment.text.strip(), ink, paper)


def _between(one: Colour, other: Colour) -> Colour:
    return (one[0] + other[0]) // 2, (one[1] + other[1]) // 2, (one[2] + other[2]) // 2


def _rgb(colour: Color | None) -> Colour | None:
    if colour is None or colour.is_default:
        return None
    found = colour.get_truecolor()
    return found.red, found.green, found.blue


def of_256(colour: Colour) -> Colour:
    """A colour as a terminal of 256 colours has it."""
    found = Color.from_rgb(*colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
    return found.red, found.green, found.blue


def too_faint(app: App[None], seen: Callable[[Colour], Colour] = lambda each: each) -> list[str]:
    """What cannot be read well enough, each with its contrast. `seen` is what a terminal makes of
    a colour."""
    found = {}
    for piece in drawn(app):
        each = replace(piece, ink=seen(piece.ink), paper=seen(piece.paper))
        if each.is_ornament:
            continue
        least = AA_TEXT if each.is_text else AA_GRAPHICS
        if each.contrast < least:
            said = f"{each.contrast:.2f} {each.text!r} {each.ink} on {each.paper}"
            found[each.ink, each.paper] = said
    return list(found.values())
