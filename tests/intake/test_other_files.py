"""Files that are no list of technologies: each is refused in one line that says where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.intake import formats
from horizon.intake.given import Given
from horizon.model.errors import BadInput

DATA = Path(__file__).parent.parent / "data"


def refused(content: bytes, name: str) -> str:
    """Why a file is refused, in one line."""
    with pytest.raises(BadInput) as found:
        formats.read(Given(name, content))
    assert "\n" not in str(found.value)
    return str(found.value)


def test_a_checklist_is_for_a_framework_whatever_it_is_called_and_written_in() -> None:
    content = (DATA / "deon_checklist.yml").read_bytes()
    where = "horizon criteria import"
    assert where in refused(content, "deon.yml")
    assert where in refused(content, "deon.txt")
    json = b'{"title": "x", "sections": [{"section_id": "A", "lines": [{"line_id": "A.1"}]}]}'
    assert where in refused(json, "deon.json")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("landscape: [*j]", "line 1: This YAML cannot be read, because *j has no &j before it"),
        (
            "landscape:\n- subcategories: [*j]",
            "line 2: This YAML cannot be read",
        ),
        ("landscape: &j [*j]", "*j stands within what it stands for"),
        ("landscape:\n- &j {a: b}\n- &j {c: d}", "line 3: This YAML gives the name &j twice"),
        ("tools:\n- name: a", "There is no list of technologies in this YAML"),
        ("landscape: []", "There is no category in this landscape"),
        ("", "This file is empty"),
    ],
)
def test_yaml_without_a_list_says_what_is_wrong_with_it(text: str, why: str) -> None:
    assert why in refused(text.encode(), "list.yml")


def test_an_alias_that_is_named_before_is_read() -> None:
    text = "landscape:\n- name: A\n  subcategories: [{name: B, items: [&j {name: Gait}, *j]}]"
    table = formats.read(Given("list.yml", text.encode()))
    assert [row.cells[table.header.index("name")] for row in table.rows] == ["Gait", "Gait"]
