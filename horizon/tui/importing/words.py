"""What the Import screen calls things: fields, settings, and refusals that elsewhere name options
of the command line."""

from __future__ import annotations

from collections.abc import Mapping

from horizon.intake.choices import SKIP, WhenAlike
from horizon.intake.report import Outcome, Report
from horizon.model.errors import BadInput
from horizon.model.wording import count
from horizon.tui.importing.work import Planned

FIELD_WORDS: Mapping[str, tuple[str, str]] = {
    "name": ("Name", "what people call it"),
    "key": ("Id in the list", "what the list itself calls the row by"),
    "summary": ("Summary", "what it does"),
    "problem": ("Problem", "the problem it would solve"),
    "supplier": ("Supplier", "who sells or makes it"),
    "kind": ("Kind", "the kind of technology"),
    "aliases": ("Other names", "with semicolons between them"),
    "tags": ("Tags", "with semicolons or commas between them"),
    "owner": ("Owner", "the person in the force"),
    "time_horizon": ("Horizon", "H1, H2 or H3"),
    "trl": ("Readiness", "TRL, 1 to 9"),
    "posture": ("Posture", "lead, collaborate, follow, watch or park"),
    "regime": ("Regime", "the data-protection regime"),
    "marking": ("Marking", "OFFICIAL or OFFICIAL-SENSITIVE"),
    "source": ("Source", "who said so or published it: a force, a paper, a body"),
    "url": ("Link", "the web address of what was seen"),
    "date": ("Seen on", "the day it was seen or published"),
    "note": ("Note", "a remark on the sighting, such as a ring or a status"),
}
"""What people call the fields that an import fills, and what belongs in them."""

WHEN_ALIKE: Mapping[WhenAlike, str] = {
    WhenAlike.HOLD: "Hold back those that nobody has decided on",
    WhenAlike.SIGHTING: "The same, all of them: add each as one more sighting",
    WhenAlike.NEW: "Different, all of them: enter each as new",
}

DECIDED = {WhenAlike.NEW.value: "different, so new", SKIP: "left out"}
SAME = "the same, so one more sighting"


def field_name(name: str) -> str:
    """A field in a word or two."""
    return FIELD_WORDS[name][0] if name in FIELD_WORDS else name.replace("_", " ").capitalize()


def in_app(planned: Planned) -> str:
    """Why a file cannot be planned, and what to do about it on the screen."""
    error = planned.error
    if planned.lacks_name:
        return (
            f"{planned.given.name}: no column gives the name. Press c to say which one does, or f "
            "to say which row names the columns."
        )
    if isinstance(error, BadInput) and "--" in error.do:
        return str(BadInput(error.what, where=error.where, why=error.why))
    return str(error) if error else ""


def counted(report: Report) -> str:
    """What was or would be done, in words."""
    counts = report.counts
    added = count(counts[Outcome.NEW], "technology", "technologies")
    parts = [f"{added} added", f"{counts[Outcome.CHANGED]} changed"]
    if report.gone:
        parts.append(f"{len(report.gone)} marked as gone from the source")
    return ", ".join(parts)


def left_out(report: Report) -> str:
    """What would not be taken in, in words; empty where nothing is left."""
    counts = report.counts
    held = count(counts[Outcome.DUPLICATE], "possible duplicate")
    parts = [held] if counts[Outcome.DUPLICATE] else []
    parts += [f"{counts[Outcome.REFUSED]} refused"] if counts[Outcome.REFUSED] else []
    return f"Left out: {' and '.join(parts)}." if parts else ""
