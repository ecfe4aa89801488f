"""Typst, set up so that it draws the same on every machine."""

from __future__ import annotations

import re
from functools import cache
from math import ceil
from pathlib import Path

import typst

FONTS = Path(__file__).parent.parent / "fonts"

PIXELS_PER_INCH = 200
"""How finely pictures are drawn where a format cannot take them as SVG."""

SPARE = 0.02
"""Part of a pixel by which a side is kept under a whole number, so that rounding up gives that."""


@cache
def fonts() -> typst.Fonts:
    """Our own font and those inside typst, never the machine's, so that pages are the same."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def png_of(svg: str, width: float) -> bytes:
    """A picture as PNG, `width` centimetres wide at 200 pixels per inch, on white."""
    across = round(width * PIXELS_PER_INCH / 2.54)
    drawn = typst.compile(
        b"#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        b"#image(bytes(sys.inputs.svg), width: float(sys.inputs.width) * 1pt)",
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={
            "svg": _to_whole_pixels(svg, across),
            "width": f"{(across - SPARE) * 72 / PIXELS_PER_INCH:.6f}",
        },
        font_paths=fonts(),
        ignore_system_fonts=True,
    )
    assert isinstance(drawn, bytes)
    return drawn


def _to_whole_pixels(svg: str, across: int) -> str:
    """The picture, made higher by less than a pixel so that both its sides are whole pixels.

    Typst draws an SVG at sides that it rounds up, and then brings the result to the real ones by
    leaving rows and columns out: letters there look as if they were cut.
    """

    def view(found: re.Match[str]) -> str:
        wide, high = float(found[1]), float(found[2])
        down = ceil(across * high / wide) - SPARE
        return f'viewBox="0 0 {found[1]} {down * wide / across:.4f}"'

    return re.sub(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', view, svg, count=1)
