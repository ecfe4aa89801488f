"""Screens of the app, one after the other, as one SVG that moves by itself.

No script, no font and nothing from elsewhere: it is drawn from the very cells of the terminal, and
a line that comes again is written down once. Whoever asks for less movement sees the first screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from rich.color import Color
from rich.segment import Segment
from textual.app import App

from tests.tui.contrast import Colour

CELL, LINE, MARGIN, CAPTION = 8.4, 18, 10, 30
"""Width and height of a cell, what stands around the screen, and the height of the caption."""

PAPER, INK, QUIET = (20, 24, 29), (230, 233, 238), (159, 180, 199)

Run = tuple[int, str, int, Colour, Colour, bool]
"""Where it begins, its text, how many cells it takes, ink, paper, and whether it is bold."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A screen as it was, line by line, with what is said below it and for how many seconds."""

    lines: tuple[tuple[Run, ...], ...]
    said: str
    seconds: float


def frame(app: App[None], said: str, seconds: float) -> Frame:
    """The screen in front."""
    strips = app.screen._compositor.render_strips()
    return Frame(tuple(tuple(_runs(strip)) for strip in strips), said, seconds)


def _runs(strip: Iterable[Segment]) -> Iterable[Run]:
    at = 0
    for segment in strip:
        start, at = at, at + segment.cell_length
        style = segment.style
        ink = _rgb(style.color if style else None) or INK
        paper = _rgb(style.bgcolor if style else None) or PAPER
        if style and style.reverse:
            ink, paper = paper, ink
        if style and style.dim:
            ink = tuple((a + b) // 2 for a, b in zip(ink, paper, strict=True))  # type: ignore[assignment]
        yield start, segment.text, segment.cell_length, ink, paper, bool(style and style.bold)


def _rgb(colour: Color | None) -> Colour | None:
    if colour is None or colour.is_default:
        return None
    return colour.get_truecolor()


class Drawing:
    """Lines and colours that were needed so far, each with a short name."""

    def __init__(self) -> None:
        self.lines: dict[tuple[Run, ...], str] = {}
        self.colours: dict[Colour, str] = {}

    def line(self, runs: tuple[Run, ...]) -> str:
        return self.lines.setdefault(runs, f"l{len(self.lines)}")

    def colour(self, colour: Colour) -> str:
        return self.colours.setdefault(colour, f"c{len(self.colours)}")

    def drawn(self, runs: tuple[Run, ...]) -> str:
        """One line: first its papers, then its texts, each as wide as its cells."""
        parts = []
        for start, _, cells, _, paper, _ in runs:
            if paper != PAPER and cells:
                parts.append(
                    f'<rect x="{start * CELL:.5g}" width="{cells * CELL + 0.4:.5g}" '
                    f'height="{LINE}.4" class="{self.colour(paper)}"/>'
                )
        for start, text, _, ink, _, bold in runs:
            said = text.strip()
            if said:
                x = (start + len(text) - len(text.lstrip())) * CELL
                weight = " b" if bold else ""
                parts.append(
                    f'<text x="{x:.5g}" y="13.5" textLength="{_cells(said) * CELL:.5g}" '
                    f'class="{self.colour(ink)}{weight}">{escape(said, quote=False)}</text>'
                )
        return "".join(parts)


def _cells(text: str) -> int:
    return Segment(text).cell_length


def animated(frames: Iterable[Frame], title: str) -> str:
    """All frames in one picture that begins anew after the last."""
    shown = list(frames)
    whole = sum(each.seconds for each in shown)
    rows = max(len(each.lines) for each in shown)
    columns = max(sum(run[2] for run in line) for each in shown for line in each.lines)
    width = round(columns * CELL + 2 * MARGIN)
    height = rows * LINE + 2 * MARGIN + CAPTION
    drawing = Drawing()
    bodies, rules, begun = [], [], 0.0
    for number, each in enumerate(shown):
        uses = "".join(
            f'<use href="#{drawing.line(line)}" y="{row * LINE}"/>'
            for row, line in enumerate(each.lines)
            if any(run[1].strip() or run[4] != PAPER for run in line)
        )
        said = (
            f'<text class="s" x="0" y="{rows * LINE + 24}">{escape(each.said, quote=False)}</text>'
        )
        bodies.append(f'<g class="f f{number}">{uses}{said}</g>')
        first, last = 100 * begun / whole, 100 * (begun + each.seconds) / whole
        rules.append(_shown(number, first, last, whole))
        begun += each.seconds
    lines = "".join(
        f'<g id="{name}">{drawing.drawn(runs)}</g>' for runs, name in drawing.lines.items()
    )
    colours = "".join(
        f".{name}{{fill:#{red:02x}{green:02x}{blue:02x}}}"
        for (red, green, blue), name in drawing.colours.items()
    )
    still = "@media (prefers-reduced-motion:reduce){.f{animation:none}.f0{visibility:visible}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title><style>"
        "text{font:14px 'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}"
        f".b{{font-weight:bold}}.s{{font-size:15px;fill:#{_hex(QUIET)}}}.f{{visibility:hidden}}"
        f"{colours}{''.join(rules)}{still}</style>"
        f'<rect width="100%" height="100%" rx="8" fill="#{_hex(PAPER)}"/>'
        f"<defs>{lines}</defs>"
        f'<g transform="translate({MARGIN} {MARGIN})">{"".join(bodies)}</g></svg>\n'
    )


def _shown(number: int, first: float, last: float, seconds: float) -> str:
    """When a frame is to be seen, of a round that takes so many seconds."""
    before = f"0%{{visibility:hidden}}{first:.4g}%{{visibility:visible}}"
    after = f"{last:.4g}%{{visibility:hidden}}" if last < 99.99 else ""
    steps = f"{before if first else '0%{visibility:visible}'}{after}"
    return (
        f"@keyframes k{number}{{{steps}}}"
        f".f{number}{{animation:k{number} {seconds:.4g}s step-end infinite}}"
    )


def _hex(colour: Colour) -> str:
    return "".join(f"{part:02x}" for part in colour)
