"""Landscape YAML, as the CNCF and the LF AI & Data foundation keep theirs.

Format: github.com/cncf/landscape2: `landscape[].subcategories[].items[]` with `name`,
`homepage_url`, `repo_url`, `organization`, `description`, `project`, `extra`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from horizon.intake import safe_yaml
from horizon.intake.formats import Asked
from horizon.intake.formats.listing import Entry, mapping, said, sequence, spoken, table_of
from horizon.intake.given import NOT_JSON, Given
from horizon.intake.table import Table
from horizon.model.errors import BadInput


def fits(given: Given) -> bool:
    if given.is_folder or given.is_zipped or given.json is not NOT_JSON:
        return False
    return bool(re.search(r"^(landscape|categories)\s*:\s*([\[#&*].*)?$", given.text, re.MULTILINE))


def read(given: Given, asked: Asked) -> Table:
    """One row for each item; its category and maturity are what the source says of it."""
    document = mapping(safe_yaml.load(given.text, given.name))
    categories = sequence(document.get("landscape")) or sequence(document.get("categories"))
    if not categories:
        raise BadInput(
            "There is no category in this landscape",
            where=given.name,
            do="A landscape has: landscape, subcategories, items",
        )
    return table_of(
        given,
        _entries(categories),
        format="Landscape file",
        known={
            "name": "name",
            "summary": "description",
            "supplier": "organization",
            "url": "homepage_url",
            "note": "category and standing",
            "tags": "extra.summary_tags",
        },
        called="item",
    )


def _entries(categories: Any) -> Iterator[Entry]:
    number = 0
    for category in map(mapping, categories):
        for sub in map(mapping, sequence(category.get("subcategories"))):
            for item in sequence(sub.get("items")):
                number += 1
                if not isinstance(item, safe_yaml.Mapping):
                    yield Entry(number, item)
                    continue
                words = spoken(
                    Category=said(category.get("name")),
                    Subcategory=said(sub.get("name")),
                    Project=said(item.get("project")),
                )
                flat: dict[str, Any] = {"name": "", "category and standing": words}
                for name, value in item.items():
                    if isinstance(value, safe_yaml.Mapping) and name == "extra":
                        flat |= {f"extra.{part}": each for part, each in value.items()}
                    elif name == "organization" and isinstance(value, safe_yaml.Mapping):
                        flat[name] = value.get("name")
                    elif name not in ("item", "project"):
                        flat[name] = value
                yield Entry(number, flat, item.line)
