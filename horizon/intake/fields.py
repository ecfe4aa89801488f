"""The fields that an import fills, and the headers by which lists of technologies call them."""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name",
        "tool name",
        "technology name",
        "product name",
        "system name",
        "use case name",
        "title",
        "technology",
        "tool",
        "product",
        "label",
    ),
    "key": (
        "id",
        "use case id",
        "record id",
        "source id",
        "tool id",
        "technology id",
        "identifier",
        "reference",
        "ref",
    ),
    "summary": (
        "summary",
        "description",
        "one sentence description",
        "short description",
        "description short",
        "technology description",
        "tool description",
        "detailed description",
        "what it does",
        "abstract",
        "doel",
    ),
    "problem": (
        "problem",
        "problem solved",
        "purpose",
        "need",
        "use case",
        "purpose and impact",
        "benefit",
        "benefits",
    ),
    "supplier": (
        "supplier",
        "vendor",
        "external supplier",
        "supplier name",
        "vendor name",
        "third party",
        "manufacturer",
        "company",
        "provider",
        "organisation",
        "organization",
    ),
    "kind": ("kind", "type", "category", "technology type", "technology kind"),
    "aliases": ("aliases", "alias", "also known as", "other names", "aka"),
    "tags": ("tags", "keywords", "search terms"),
    "owner": ("owner", "senior responsible owner", "sro", "lead"),
    "time_horizon": ("time horizon", "horizon"),
    "trl": ("trl", "technology readiness level", "readiness"),
    "posture": ("posture",),
    "regime": ("regime", "data protection regime"),
    "marking": ("marking", "protective marking", "security classification", "classification"),
    "source": (
        "source",
        "publishing body",
        "publisher",
        "published by",
        "agency",
        "agency name",
        "department",
        "organisation name",
        "organisation or department",
        "organisatie",
    ),
    "url": ("url", "link", "website", "website url", "homepage", "homepage url", "web address"),
    "date": (
        "date",
        "seen",
        "seen on",
        "published",
        "date published",
        "publication date",
        "date of completion",
        "start date",
        "updated",
        "date updated",
        "laatst gewijzigd",
    ),
    "note": (
        "note",
        "notes",
        "remark",
        "remarks",
        "comment",
        "comments",
        "ring",
        "status",
        "phase",
        "development stage",
    ),
}
"""The fields an import fills, each with the headers it is guessed from, likeliest first.

`key` is what the source itself calls a row by. Source, url, date and note make the sighting; all
others are details of the technology.
"""

SIGHTING = ("source", "url", "date", "note")
"""The fields that make the sighting."""

NAMES = {name: field for field, names in FIELDS.items() for name in names}


def plain(header: str) -> str:
    """A header without what people spell differently: case, underscores, hyphens, dots."""
    spaced = "".join(each if each.isalnum() else " " for each in header.casefold())
    return " ".join(spaced.split())
