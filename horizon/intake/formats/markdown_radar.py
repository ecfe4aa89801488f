"""AOE's technology radar: a folder of Markdown files, `radar/YYYY-MM-DD/<id>.md`.

Format: github.com/AOEpeople/aoe_technology_radar. Each file begins with front matter (`title`,
`ring`, `quadrant` or `segment`, `tags`, `featured`); the name of the file is the id. A file of a
later edition takes the place of an earlier one of the same id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from horizon.intake import safe_yaml
from horizon.intake.formats import Asked
from horizon.intake.formats.listing import Entry, mapping, said, sequence, spoken, table_of
from horizon.intake.given import Given, decoded
from horizon.intake.table import RowFault, Table
from horizon.model.errors import BadInput

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_EDITION = re.compile(r"(?:^|/)(\d{4}-\d\d-\d\d)/")


@dataclass(frozen=True, slots=True)
class _Page:
    """One Markdown file."""

    path: str
    id: str
    edition: str
    front: Mapping[str, Any]
    body: str


def fits(given: Given) -> bool:
    if given.is_folder:
        return True
    if given.is_zipped or not given.name.lower().endswith((".md", ".markdown")):
        return False
    return bool(_FRONT.match(given.text))


def read(given: Given, asked: Asked) -> Table:
    """One row for each id; the rings it was in before stay in what the source says of it."""
    files = given.files or {given.name: given.content}
    pages: dict[str, list[_Page]] = {}
    broken: list[tuple[str, str]] = []
    for path, content in files.items():
        try:
            page = _page(path, content)
        except BadInput as error:
            broken.append((path, error.what))
            continue
        pages.setdefault(page.id, []).append(page)
    if not pages:
        raise BadInput(
            "No file here is a page of a radar",
            where=given.name,
            why=broken[0][1] if broken else "",
            do="Each page begins with title, ring and quadrant between two lines of ---",
        )
    table = table_of(
        given,
        _entries(pages),
        format="AOE technology radar",
        layout=f"AOE technology radar, {len(files)} files",
        known={
            "name": "title",
            "key": "id",
            "summary": "text",
            "tags": "tags",
            "date": "edition",
            "note": "ring and quadrant",
        },
        called="file",
    )
    faults = tuple(
        RowFault(len(table.rows) + at, at, 0, why, "Begin it with --- and title:", path, "file")
        for at, (path, why) in enumerate(broken, start=1)
    )
    return Table(
        table.format, table.header, table.rows, faults, table.layout, table.notices, table.known
    )


def _page(path: str, content: bytes) -> _Page:
    text = decoded(content, path).text.replace("\r\n", "\n").replace("\r", "\n")
    found = _FRONT.match(text)
    if found is None:
        raise BadInput("it has no front matter", where=path)
    front = mapping(safe_yaml.load(found[1], path))
    if not said(front.get("title")):
        raise BadInput("its front matter has no title", where=path)
    edition = _EDITION.search(path)
    name = path.rpartition("/")[2].rpartition(".")[0]
    return _Page(path, name, edition[1] if edition else "", front, text[found.end() :].strip())


def _entries(pages: Mapping[str, list[_Page]]) -> Iterator[Entry]:
    for number, (id, editions) in enumerate(pages.items(), start=1):
        editions.sort(key=lambda page: (page.edition, page.path))
        now = editions[-1]
        words = spoken(
            Ring=said(now.front.get("ring")),
            Quadrant=said(now.front.get("quadrant")) or said(now.front.get("segment")),
            Before=", ".join(
                f"{said(page.front.get('ring'))} in {page.edition or page.path}"
                for page in reversed(editions[:-1])
            ),
        )
        tags = now.front.get("tags")
        yield Entry(
            number,
            {
                "id": id,
                "title": now.front.get("title"),
                "text": next((page.body for page in reversed(editions) if page.body), ""),
                "tags": "; ".join(map(said, sequence(tags))) or said(tags).replace(",", ";"),
                "edition": now.edition,
                "ring and quadrant": words,
            },
            within=now.path,
        )
