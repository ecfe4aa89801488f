"""The colours of papers and pictures: ink on fill is 7 to 1 or better, so that WCAG's AAA holds."""

from __future__ import annotations

from horizon.papers.blocks import Tone

INK, ACCENT, QUIET = "1a1a1a", "1d3557", "4a5560"
LINE, HEAD_FILL = "b6c0ca", "e9eef3"

TONES = {
    Tone.GOOD: ("e2f1e6", "11492a"),
    Tone.CARE: ("fdf0d3", "5c3600"),
    Tone.BAD: ("fbe2e0", "761313"),
}
"""Fill and ink of each tone. A plain cell has neither."""
