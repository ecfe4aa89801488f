"""Text without what would steer the reading rather than be read, as every export sets it."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_STEERING = re.compile(
    "["
    r"\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks and overrides
    r"\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible format characters
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # surrogates and noncharacters
    r"\U000e0000-\U000e0fff\U000f0000-\U0010ffff"  # tags, variation supplements, private planes
    "]"
)


def clean(text: str) -> str:
    """`text` as any writer can set it: one kind of line end, and every character that would steer
    the reading rather than be read (controls, direction overrides, tags) spelt out as a code."""
    if text.isascii() and text.isprintable():
        return text
    return _STEERING.sub(lambda found: spelt(found[0]), _LINE_ENDS.sub("\n", text))


def spelt(character: str) -> str:
    """A character as its code: `[U+202E]`."""
    return f"[U+{ord(character):04X}]"
