"""Typst, set up so that it draws the same on every machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst

FONTS = Path(__file__).parent.parent / "fonts"

PIXELS_PER_INCH = 200
"""How finely pictures are drawn where a format cannot take them as SVG."""


@cache
def fonts() -> typst.Fonts:
    """Our own font and those inside typst, never the machine's, so that pages are the same."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def png_of(svg: str, width: float) -> bytes:
    """A picture as PNG, `width` centimetres wide at 200 pixels per inch, on white."""
    drawn = typst.compile(
        b"#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        b"#image(bytes(sys.inputs.svg), width: float(sys.inputs.width) * 1cm)",
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"svg": svg, "width": f"{width:.2f}"},
        font_paths=fonts(),
        ignore_system_fonts=True,
    )
    assert isinstance(drawn, bytes)
    return drawn
