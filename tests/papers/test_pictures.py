"""Pictures: nothing dropped, nothing hidden, nothing said by colour alone."""

import math
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from horizon.judgement.radar_rings import stage_ring_names, stage_rings
from horizon.model.wording import day
from horizon.model.words import Edition
from horizon.papers.blocks import Figure
from horizon.papers.palette import TONES
from horizon.papers.pictures.charts import (
    EFFECTS,
    decision_timeline,
    effect_mark,
    principle_bars,
    stage_bars,
)
from horizon.papers.pictures.drawing import line, picture, room, wrapped
from horizon.papers.pictures.radar import (
    BLIP,
    Blip,
    Movement,
    Radar,
    label_boxes,
    layout,
)
from horizon.papers.pictures.radar_on_page import READABLE, on_page
from horizon.papers.pictures.radar_svg import INKS, shape, to_svg
from horizon.papers.pictures.register_radar import register_radar
from horizon.papers.writers.setting import png_of
from horizon.register import Register
from horizon.register.as_at import still
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.papers.outside import axe

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def reader(made_example, tmp_path_factory):
    path = tmp_path_factory.mktemp("pictures") / "register.json"
    shutil.copy(made_example, path)
    shutil.copy(journal_path(made_example), journal_path(path))
    with Register.open(path, acting="Sam Example", clock=StandingClock()) as register:
        yield register


def radar_of(rings, sectors, blips, **more):
    """A radar with blips at these (ring, sector) places."""
    return Radar(
        title="Radar",
        rings=tuple(f"Ring {at}" for at in range(rings)),
        sectors=tuple(f"Sector {at}" for at in range(sectors)),
        blips=tuple(
            Blip(f"t-{number:016x}", number, f"Technology {number}", ring, sector)
            for number, (ring, sector) in enumerate(blips, 1)
        ),
        **more,
    )


@st.composite
def radars(draw):
    rings, sectors = draw(st.integers(1, 6)), draw(st.integers(1, 9))
    places = st.tuples(st.integers(0, rings - 1), st.integers(0, sectors - 1))
    crowd = draw(places)
    blips = draw(st.lists(places, max_size=60)) + [crowd] * draw(st.integers(0, 90))
    return radar_of(rings, sectors, blips)


def assert_well_placed(radar):
    placed = layout(radar)
    assert set(placed.places) == {each.id for each in radar.blips}
    points = list(placed.places.values())
    for at, one in enumerate(points):
        for other in points[at + 1 :]:
            assert math.dist(one, other) >= 2 * BLIP - 0.05
    for blip in radar.blips:
        x, y = placed.places[blip.id]
        far = math.hypot(x, y)
        inner = placed.radii[blip.ring - 1] if blip.ring else 0
        assert inner + BLIP <= far + 0.05 <= placed.radii[blip.ring] - BLIP + 0.1
        if len(radar.sectors) > 1:
            turn = (math.atan2(y, x) + math.pi / 2) % (2 * math.pi)
            assert int(turn / (2 * math.pi / len(radar.sectors))) == blip.sector
    for left, top, right, bottom in label_boxes(radar, placed.radii):
        for x, y in points:
            assert not (
                left < x + BLIP and x - BLIP < right and top < y + BLIP and y - BLIP < bottom
            )


@given(radars())
@settings(max_examples=30, deadline=None)
def test_every_blip_has_a_place_of_its_own_in_its_ring_and_sector(radar):
    assert_well_placed(radar)


def test_nothing_is_dropped_with_150_technologies_in_one_place():
    radar = radar_of(4, 4, [(1, 2)] * 150)
    assert_well_placed(radar)
    drawn = to_svg(radar)
    for number in range(1, 151):
        assert f">{number}</text>" in drawn
        assert f"Technology {number} (Ring 1)" in drawn


@given(radars())
@settings(max_examples=20, deadline=None)
def test_a_radar_is_on_as_many_pages_as_its_type_needs_to_be_read(radar):
    printed = on_page(radar)
    shown = [
        (blip.id, radar_.rings[blip.ring], radar_.sectors[blip.sector])
        for radar_ in (each.radar for each in printed)
        for blip in radar_.blips
    ]
    assert sorted(shown) == sorted(
        (blip.id, radar.rings[blip.ring], radar.sectors[blip.sector]) for blip in radar.blips
    )
    assert all(each.type_size >= READABLE for each in printed)


def test_the_radar_of_the_example_is_one_picture_that_can_be_read(reader):
    (printed,) = on_page(register_radar(still(reader)))
    assert printed.type_size >= 7
    assert on_page(register_radar(still(reader)), legend=False)[0].type_size >= 7


def test_no_name_of_a_sector_stands_on_the_legend():
    radar = radar_of(2, 8, [(at % 2, at % 8) for at in range(20)])
    long = replace(radar, sectors=tuple(f"{each} that is called at length" for each in "ABCDEFGH"))
    lines = list(etree.fromstring(to_svg(long)).iter(f"{SVG}text"))
    legend = min(float(e.get("y")) for e in lines if e.text.startswith("Technology "))
    names = [float(e.get("y")) for e in lines if e.text == "length"]
    assert sum(y < legend - 30 for y in names) == 8


def test_one_technology_more_moves_none_of_the_others():
    before = [(at % 4, at % 5) for at in range(40)]
    one, two = layout(radar_of(4, 5, before)), layout(radar_of(4, 5, [*before, (0, 0)]))
    moved = [key for key, place in one.places.items() if two.places[key] != place]
    assert moved == []


def test_the_same_radar_is_the_same_picture(reader):
    now = still(reader)
    assert to_svg(register_radar(now)) == to_svg(register_radar(still(reader)))


def test_a_picture_stands_alone_and_describes_itself(reader):
    now = still(reader)
    scores = now.reading(now.technology("T-0019").id).scores
    for svg in (
        to_svg(register_radar(now)),
        stage_bars(now)[0],
        decision_timeline(now)[0],
        principle_bars(scores)[0],
    ):
        root = etree.fromstring(svg)
        assert root.tag == f"{SVG}svg"
        assert root[0].tag == f"{SVG}title"
        assert root[1].tag == f"{SVG}desc"
        assert root[1].text
        assert root.get("aria-labelledby") == "title about"
        assert not list(root.iter(f"{SVG}script", f"{SVG}image", f"{SVG}style", f"{SVG}use"))
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_the_radar_says_in_words_what_it_shows(reader):
    now, then = still(reader), still(reader, date(2026, 3, 1))
    radar = register_radar(now, since=then)
    shown = Counter((each.ring, each.sector) for each in radar.blips)
    for (ring, sector), number in shown.items():
        line = next(e for e in radar.about.split(". ") if e.startswith(radar.sectors[sector]))
        assert f"{number} in {radar.rings[ring]}" in line
    assert radar.about.startswith("25 technologies.")
    assert "Since 1 March 2026: 8 new, 4 moved in and 13 not moved." in radar.about


def test_rings_and_sectors_can_be_any_of_ours(reader):
    now = still(reader)
    horizons = register_radar(now, rings="time horizon", sectors="objective")
    assert len(horizons.rings) == 4
    assert "Not scored for an objective" in horizons.sectors
    for radar in (register_radar(now), horizons):
        assert len(radar.blips) == 25
        assert_well_placed(radar)
        assert all(
            any(each.sector == at for each in radar.blips) for at in range(len(radar.sectors))
        )


def test_every_stage_of_the_route_has_a_ring(reader):
    route = still(reader).framework.route
    rings = stage_rings(route)
    assert set(rings) == {each.id for each in route.stages}
    assert (rings["in-service"], rings["assessing"], rings["signal"]) == (0, 2, 2)
    assert {rings[each] for each in ("trial-approved", "in-trial", "adoption-approved")} == {1}


def test_only_what_is_in_use_is_in_the_middle(reader):
    route = still(reader).framework.route
    rings, names = stage_rings(route), stage_ring_names(route)
    assert [key for key, ring in rings.items() if ring == 0] == ["in-service"]
    assert names[rings["evaluated"]] == "Trial and approval"
    assert {rings["suspended"], rings["decommissioning"]} == {3}
    assert names[3] == "Suspended, decommissioning"
    radar = register_radar(still(reader))
    drawn = {each.name: radar.rings[each.ring] for each in radar.blips}
    assert drawn["Duty planning system"] == "Suspended, decommissioning"


def test_movement_is_told_by_shape_as_well_as_by_colour():
    drawn = {each: re.sub(r'fill="#\w+"', "", shape(each, (0, 0), 10)) for each in Movement}
    assert len(set(drawn.values())) == len(Movement)
    effects = {
        each: re.sub(r'(fill|stroke)="#\w+"', "", effect_mark(each, (0, 0))) for each in EFFECTS
    }
    assert len(set(effects.values())) == len(EFFECTS)


def luminance(colour):
    def linear(part):
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_numbers_on_blips_and_words_on_tones_can_be_read():
    for ink in INKS.values():
        assert contrast(ink, "ffffff") >= 7
    for fill, ink in TONES.values():
        assert contrast(fill, ink) >= 7


def assert_nothing_on_another(svg):
    """No line of text stands on another, or beyond the picture's edge."""
    root = etree.fromstring(svg)
    across = float(root.get("viewBox").split()[2])
    boxes = []
    for e in root.iter(f"{SVG}text"):
        x, y, size = (float(e.get(name)) for name in ("x", "y", "font-size"))
        wide = len(e.text) * size * 0.5
        left = {"middle": x - wide / 2, "end": x - wide}.get(e.get("text-anchor"), x)
        boxes.append((left, y - size * 0.72, left + wide, y, e.text))
    for at, one in enumerate(boxes):
        assert one[0] >= 0, one
        assert one[2] <= across, one
        for two in boxes[at + 1 :]:
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert apart, (one, two)


def test_no_line_of_the_legend_stands_on_another(reader):
    assert_nothing_on_another(to_svg(register_radar(still(reader), since=still(reader, 300))))


def test_no_line_of_a_public_legend_stands_on_another(reader, tmp_path):
    from horizon.papers.issuing import issue
    from horizon.papers.template import find_template

    template = find_template("police-authority-report")
    left = issue(
        reader, tmp_path / "p.md", template=template, edition=Edition.PUBLIC, keep_back_unread=True
    )
    drawn = [e.svg for e in left.paper.blocks if isinstance(e, Figure) and "radar" in e.caption]
    assert "not yet read for release" in "".join(drawn)
    for each in drawn:
        assert_nothing_on_another(each)


def test_every_decision_is_on_the_timeline_and_none_hides_another(reader):
    now = still(reader)
    svg, about = decision_timeline(now)
    numbers = [d.number for t in now.state.technologies.values() for d in t.decisions]
    marks = etree.fromstring(svg).findall(f"{SVG}g")
    told = [each.findtext(f"{SVG}title").split(",")[0] for each in marks]
    assert sorted(told) == sorted(numbers)
    days = [d.decided_on for t in now.state.technologies.values() for d in t.decisions]
    assert about.startswith(f"{len(days)} decisions from {day(min(days))} to {day(max(days))}:")
    centres = []
    for mark in marks:
        drawn = etree.tostring(mark[1]).decode()
        found = re.search(r'(?:cx|x1|x)="([0-9.]+)" (?:cy|y1|y)="([0-9.]+)"', drawn)
        if found:
            centres.append((float(found[1]), float(found[2])))
    for at, one in enumerate(centres):
        assert all(math.dist(one, two) >= 7 for two in centres[at + 1 :])


def test_bars_say_their_values(reader):
    now = still(reader)
    scores = now.reading(now.technology("T-0019").id).scores
    svg, about = principle_bars(scores)
    assert "78 (65 to 84)" in svg
    assert "Overall: 78 (65 to 84)." in about
    svg, about = stage_bars(now)
    assert "In service 5" in about
    assert ">5</text>" in svg


def test_long_names_are_wrapped_and_never_cut_off():
    name = "Donaudampfschifffahrtsgesellschaftskapitaen and a supplier's hosted service"
    lines = wrapped(name, 120, 10)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert all(room(line, 10) <= 125 for line in lines)


def test_a_picture_can_be_drawn_as_png_the_same_each_time(reader):
    svg = to_svg(register_radar(still(reader)))
    first = png_of(svg, 10)
    assert first.startswith(b"\x89PNG")
    assert png_of(svg, 10) == first


@pytest.mark.parametrize(
    ("wide", "high", "across"), [(1245.4, 1782, 26), (1000, 1000, 26), (812.9, 1345.6, 17.01)]
)
def test_no_row_or_column_of_pixels_is_left_out_of_a_png(wide, high, across):
    """Slanting lines: where a row or a column is missing they step twice as far."""
    lines = "".join(
        line((0, y), (wide, y + wide * 0.24), ink="000000") for y in range(-300, int(high), 10)
    )
    svg = picture(wide, high, "Lines", "", lines)
    with Image.open(BytesIO(png_of(svg, across))) as drawn:
        shades = numpy.asarray(drawn.convert("L")).astype(int)[20:-20, 20:-20]
    for along in (0, 1):
        steps = abs(numpy.diff(shades, axis=along)).mean(axis=1 - along)
        assert steps.max() < 1.4 * numpy.median(steps)


def test_a_page_with_pictures_passes_axe(reader, tmp_path):
    from horizon.papers.issuing import issue
    from horizon.papers.template import find_template

    path = tmp_path / "paper.html"
    issue(reader, path, template=find_template("police-authority-report"))
    page = path.read_text("utf-8")
    assert page.count("<svg") == 2
    assert axe(page) == []
