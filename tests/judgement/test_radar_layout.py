"""Where technologies stand on a radar drawn in characters."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horizon.judgement.radar_layout import Blip, Layout, Mark, Shape, lay_out, toward


def blips(count: int, shape: Shape, *, spread: int = 7) -> list[Blip]:
    """So many technologies, over all parts of a picture."""
    return [
        Blip(f"t-{at:016x}", at % shape.rings, (at * spread) % shape.sectors, f"●{at + 1}")
        for at in range(count)
    ]


SHAPES = st.builds(
    Shape,
    width=st.integers(6, 90),
    height=st.integers(3, 40),
    rings=st.integers(1, 8),
    sectors=st.integers(1, 12),
)


@given(SHAPES, st.integers(0, 150), st.integers(1, 11))
@settings(max_examples=120)
def test_everybody_has_a_mark_or_is_named_and_no_mark_covers_another(
    shape: Shape, count: int, spread: int
) -> None:
    found = lay_out(blips(count, shape, spread=spread), shape)
    shown = [each for mark in found.marks for each in mark.ids]
    assert sorted([*shown, *found.beyond]) == [f"t-{at:016x}" for at in range(count)]
    lines: dict[int, list[Mark]] = {}
    for mark in found.marks:
        assert 0 <= mark.row < shape.height
        assert mark.column >= 0
        assert mark.column + len(mark.text) <= shape.width
        lines.setdefault(mark.row, []).append(mark)
    for line in lines.values():
        line.sort(key=lambda mark: mark.column)
        for before, after in pairwise(line):
            assert after.column > before.column + len(before.text), "no space between two marks"


@given(SHAPES, st.integers(0, 150))
@settings(max_examples=80)
def test_a_mark_lies_whole_in_its_own_ring_and_sector_unless_it_says_otherwise(
    shape: Shape, count: int
) -> None:
    placed = {each.id: (each.ring, each.sector) for each in blips(count, shape)}
    for mark in lay_out(blips(count, shape), shape).marks:
        assert len({placed[each] for each in mark.ids}) == 1
        if not mark.strayed:
            for at in range(len(mark.text)):
                assert shape.segment(mark.row, mark.column + at) == placed[mark.ids[0]]


def test_several_that_share_a_mark_are_counted_on_it() -> None:
    shape = Shape(40, 15, 3, 4)
    for mark in lay_out(blips(300, shape), shape).marks:
        if len(mark.ids) > 1:
            assert mark.text == f"+{len(mark.ids)}"


def test_a_picture_of_a_hundred_and_twenty_has_a_mark_for_each() -> None:
    shape = Shape(72, 33, 3, 8)
    found = lay_out(blips(120, shape), shape)
    assert len(found.marks) == 120
    assert found.beyond == ()


def test_where_there_is_no_room_at_all_the_rest_are_named_and_not_dropped() -> None:
    shape = Shape(8, 3, 6, 12)
    found = lay_out(blips(100, shape), shape)
    assert found.beyond
    assert sum(len(mark.ids) for mark in found.marks) + len(found.beyond) == 100


def test_the_same_technologies_stand_in_the_same_places_in_whatever_order_they_come() -> None:
    shape = Shape(60, 25, 4, 5)
    some = blips(60, shape)
    assert lay_out(some, shape) == lay_out(some[::-1], shape)


def test_a_newcomer_moves_few_of_the_others() -> None:
    shape = Shape(72, 33, 3, 8)
    some = blips(100, shape)

    def places(layout: Layout) -> dict[str, tuple[int, int]]:
        return {mark.ids[0]: (mark.row, mark.column) for mark in layout.marks}

    before = places(lay_out(some, shape))
    moved = []
    for number in range(20):
        newcomer = Blip(f"new-{number}", number % 3, number % 8, "★999")
        after = places(lay_out([*some, newcomer], shape))
        moved.append(sum(after[each] != before[each] for each in before))
    assert sum(moved) / len(moved) < 3
    assert sorted(moved)[10] <= 1


def test_a_label_keeps_its_cells_free() -> None:
    shape = Shape(40, 15, 2, 2)
    taken = [(row, 20) for row in range(15)]
    for mark in lay_out(blips(80, shape), shape, taken).marks:
        assert not mark.column - 1 <= 20 <= mark.column + len(mark.text)


def test_every_place_is_in_one_ring_and_one_sector_counted_from_the_top() -> None:
    shape = Shape(60, 30, 3, 4)
    row, column = shape.centre
    assert shape.segment(row - 1, column + 2) == (0, 0)
    assert shape.segment(row + 1, column + 2) == (0, 1)
    assert shape.segment(row + 1, column - 2) == (0, 2)
    assert shape.segment(row - 1, column - 2) == (0, 3)
    assert shape.segment(row - shape.radius + 0.5, column + 1) == (2, 0)
    assert shape.segment(0, 0) is None
    for ring in range(3):
        for turn in (0.01, 0.26, 0.51, 0.76):
            radius = (shape.inner(ring) + shape.outer(ring)) / 2
            assert shape.segment(*shape.point(radius, turn)) == (ring, int(turn * 4))


@pytest.mark.parametrize("rings", [1, 2, 5, 9])
def test_rings_grow_outwards_to_the_whole_radius(rings: int) -> None:
    shape = Shape(60, 30, rings, 3)
    edges = [0.0, *(shape.outer(each) for each in range(rings))]
    assert edges == sorted(edges)
    assert edges[-1] == 1.0
    assert all(shape.inner(each) == edges[each] for each in range(rings))


def test_an_arrow_leads_to_the_nearest_mark_that_way_or_nowhere() -> None:
    marks = [
        Mark(5, 20, "●1", ("a",)),
        Mark(5, 30, "●2", ("b",)),
        Mark(9, 21, "●3", ("c",)),
        Mark(2, 40, "●4", ("d",)),
    ]
    assert toward(marks, 0, 0, 1) == 1
    assert toward(marks, 1, 0, -1) == 0
    assert toward(marks, 0, 1, 0) == 2
    assert toward(marks, 2, -1, 0) == 0
    assert toward(marks, 0, -1, 0) == 3
    assert toward(marks, 2, 1, 0) == 2
    assert toward(marks, 3, 0, 1) == 3


@given(SHAPES, st.integers(2, 60))
@settings(max_examples=60)
def test_arrow_keys_reach_every_mark_from_any_other(shape: Shape, count: int) -> None:
    marks = lay_out(blips(count, shape), shape).marks
    if not marks:
        return
    arrows = ((-1, 0), (1, 0), (0, -1), (0, 1))
    reached, waiting = {0}, [0]
    while waiting:
        at = waiting.pop()
        for arrow in arrows:
            then = toward(marks, at, *arrow)
            if then not in reached:
                reached.add(then)
                waiting.append(then)
    assert reached == set(range(len(marks)))
