"""The README's moving picture: small, whole, and made of nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from tests.example.animation import animated
from tests.example.tour import SCENES, TOUR, taken

LARGEST = 400_000
"""Bytes that a page with the picture may load for it."""


def test_the_tour_in_the_readme_shows_every_scene_and_loads_nothing() -> None:
    text = TOUR.read_text(encoding="utf-8")
    assert len(text.encode()) < LARGEST
    root = ElementTree.fromstring(text)
    said = [each.text for each in root.iter() if each.get("class") == "s"]
    assert said == [scene.said for scene in SCENES]
    assert re.findall(r"https?://[^\"' ]+", text) == ["http://www.w3.org/2000/svg"]
    assert "<script" not in text
    named = {each.get("id") for each in root.iter()}
    used = {str(each.get("href"))[1:] for each in root.iter() if each.tag.endswith("}use")}
    assert used
    assert used <= named
    assert "prefers-reduced-motion" in text


async def test_a_tour_is_made_of_what_stands_on_the_screen(tmp_path: Path) -> None:
    frames = await taken(SCENES[:1], tmp_path)
    words = "".join(run[1] for line in frames[0].lines for run in line)
    assert "Needs someone: 15" in words
    text = animated(frames * 2, "Twice the same")
    assert text.count("Needs someone: 15") == 1
    assert ElementTree.fromstring(text).get("aria-label") == "Twice the same"
