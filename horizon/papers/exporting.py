"""The register out of the register: as a workbook, as CSV, as JSON, as a star of tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec

from horizon.framework.publication import Publication, shipped_publication
from horizon.model.base import canonical, digest
from horizon.model.collecting import no_collecting
from horizon.model.errors import BadInput
from horizon.model.meeting import Meeting
from horizon.model.wording import count, day
from horizon.model.words import Edition, Marking
from horizon.papers.editions import Public
from horizon.papers.interchange import (
    ExportNote,
    Tables,
    tables_of,
    to_json,
    to_json_lines,
    without_scores,
)
from horizon.papers.issuing import Left, Prepared, Tell, hand_over, next_reference, quietly
from horizon.papers.items import moment
from horizon.papers.marking import check, highest
from horizon.papers.ordering import LETTERS
from horizon.papers.tables import FlatTable, judged
from horizon.papers.tables import decisions as decided
from horizon.papers.tables import technologies as entered
from horizon.papers.writers.csv_table import to_csv
from horizon.register import Register
from horizon.register.as_at import still
from horizon.register.reader import Still

FEW = 50
"""Technologies that an event names one by one."""

NEVER_PUBLIC = ("fact_score",)
"""Tables that no public edition has: what each assessor scored, even under no name."""


@dataclass(frozen=True)
class _Contents:
    """What is exported, whatever it is called."""

    reader: Still
    marking: Marking

    @cached_property
    def whole(self) -> Tables:
        held = tables_of(self.reader)
        if not isinstance(self.reader, Public):
            return held
        said, _ = self.reader.revealed(without_scores(held), numbered=False)
        tables: Tables = said
        return tables

    @cached_property
    def digest(self) -> str:
        return digest(
            {
                "edition": self.reader.edition,
                "marking": self.marking,
                "as_at": self.reader.today.isoformat(),
                "tables": self.whole,
            }
        )


@dataclass(frozen=True)
class Export:
    """What an export is made from: the register at one moment, and what it is called."""

    reader: Still
    reference: str
    marking: Marking
    _contents: _Contents | None = None

    def called(self, reference: str) -> Export:
        """The same under another reference. What it holds is worked out once for both."""
        return replace(self, reference=reference, _contents=self.contents)

    @cached_property
    def contents(self) -> _Contents:
        return self._contents or _Contents(self.reader, self.marking)

    @property
    def edition(self) -> Edition:
        return self.reader.edition

    @property
    def whole(self) -> Tables:
        """The register's tables for JSON, as the edition may show them."""
        return self.contents.whole

    def flat(self, tables: Iterable[FlatTable]) -> list[FlatTable]:
        """Flat tables, as the edition may show them."""
        held = list(tables)
        if not isinstance(self.reader, Public):
            return held
        shown = [each for each in held if each.name not in NEVER_PUBLIC]
        rows, _ = self.reader.revealed([each.rows for each in shown], numbered=False)
        return [replace(each, rows=said) for each, said in zip(shown, rows, strict=True)]

    @property
    def content_digest(self) -> str:
        """SHA-256 of the canonical JSON of all that is exported, the same for every format."""
        return self.contents.digest

    @property
    def properties(self) -> dict[str, str]:
        """What every format that can says of itself to programs."""
        return {
            "reference": self.reference,
            "marking": self.marking.value,
            "edition": self.edition.value,
            "date": self.reader.today.isoformat(),
            "register-head": self.reader.state.head.hash,
            "content-digest": self.content_digest,
            "generator": "Horizon",
        }

    @property
    def note(self) -> ExportNote:
        """The same, as the JSON says it."""
        return ExportNote(
            edition=self.edition,
            marking=self.marking,
            as_at=self.reader.today,
            reference=self.reference,
            content_digest=self.content_digest,
        )


@dataclass(frozen=True, slots=True)
class DataOrder:
    """Data that somebody asks for. The marking is the highest of what is exported, unless a
    higher one is given. `as_at` is a day in the past: then the register is exported as it stood at
    its end. `only` are the technologies to export, by id, label or name; none stands for all. A
    public edition is made by `rules`, and is refused when it would show a text that
    nobody released, unless those are kept back."""

    marking: Marking | None = None
    as_at: date | None = None
    only: tuple[str, ...] = ()
    edition: Edition = Edition.INTERNAL
    keep_back_unread: bool = False
    rules: Publication | None = None


PLAIN = DataOrder()


def export_register(
    register: Register, path: Path, order: DataOrder = PLAIN, tell: Tell = quietly
) -> Left:
    """Write the register to `path` in the format of its extension, and record that it left. `tell`
    hears what is being done.

    Raises as `prepare_register` and `hand_over` do; then the old file is as it was and nothing is
    recorded.
    """
    return hand_over(register, prepare_register(register, path, order, tell))


def prepare_register(
    register: Register, path: Path, order: DataOrder = PLAIN, tell: Tell = quietly
) -> Prepared:
    """The register in the format of the extension of `path`, ready to be put there.

    Raises `BadInput` for an extension there is no format for, and `RuleBroken` for a marking that
    is too low or a public edition that cannot be made.
    """
    writer = FORMATS.get(path.suffix.lower())
    if writer is None:
        raise BadInput(
            f"The register cannot be written as {path.suffix or 'a file without an extension'}",
            where=str(path),
            do=f"Use a name that ends in {', '.join(FORMATS)}",
        )
    with no_collecting():
        tell("Reading and judging the register")
        export = made_by(register, "REG", order)
        tell(f"Writing it as {path.suffix.lower()}")
        return Prepared(path, writer(export), _leaving(export, "register", path))


def export_star(
    register: Register, path: Path, order: DataOrder = PLAIN, tell: Tell = quietly
) -> Left:
    """Write the star of tables to the folder `path`, or to one file that ends in .zip, and record
    that it left. Raises as `export_register` does."""
    return hand_over(register, prepare_star(register, path, order, tell))


def prepare_star(
    register: Register, path: Path, order: DataOrder = PLAIN, tell: Tell = quietly
) -> Prepared:
    """The star of tables, ready to be put at `path`. Raises as `prepare_register` does."""
    from horizon.papers.star import star
    from horizon.papers.writers.packing import packed

    if path.suffix.lower() in FORMATS and not path.is_dir():
        raise BadInput(
            "The tables are several files",
            where=str(path),
            do="Name a folder, or a file that ends in .zip",
        )
    with no_collecting():
        tell("Reading and judging the register")
        export = made_by(register, "STAR", order)
        tell("Writing the tables")
        commits = (commit for _, commit in register.history())
        files = star(export.reader, commits, shown=export.flat)
    files["export.json"] = msgspec.json.format(canonical(export.properties), indent=2) + b"\n"
    leaving = _leaving(export, "star", path)
    if path.suffix.lower() == ".zip":
        return Prepared(path, packed(files.items(), export.reader.today), leaving)
    return Prepared(path, files, leaving)


def made_by(register: Register, stem: str, order: DataOrder) -> Export:
    """The register as `order` asks for it, under the next reference that begins with `stem`."""
    reader = reader_of(register, order)
    held = list(reader.state.technologies.values())
    if order.marking is not None:
        check(order.marking, held, what="export")
    marking = order.marking or highest(held)

    return next_reference(
        register,
        f"{stem}/{reader.today.isoformat()}{LETTERS[order.edition]}",
        Export(reader, "", marking).called,
        lambda each: each.content_digest,
    )


def reader_of(register: Register, order: DataOrder) -> Still:
    """The register as the edition may show it. Raises `BadInput` for a non-public part."""
    if order.edition is Edition.NON_PUBLIC:
        raise BadInput("Data has no non-public part", do="Use public or internal")
    whole = still(register, order.as_at)
    if order.only:
        kept = {whole.header(each).id for each in order.only}
        for key in [each for each in whole.state.technologies if each not in kept]:
            del whole.state.technologies[key]
        about = {key: _about(each, kept) for key, each in whole.state.meetings.items()}
        whole.state.meetings = {key: each for key, each in about.items() if each.items}
    if order.edition is Edition.INTERNAL:
        return whole
    rules = order.rules or shipped_publication()
    return Public(whole, rules, keep_back_unread=order.keep_back_unread)


def _about(meeting: Meeting, technologies: Collection[str]) -> Meeting:
    """What a meeting was about, of these technologies: what it said of others does not leave with
    them."""
    items = tuple(each for each in meeting.items if each.technology in technologies)
    return meeting.model_copy(update={"items": items})


def leaving_as(
    reader: Still, what: str, reference: str, marking: Marking, content_digest: str, form: str
) -> Left:
    """What an event will say of an export made from `reader`. Which technologies it holds is said
    where there are few: those of a selection."""
    held = tuple(reader.state.technologies)
    return Left(
        what=what,
        reference=reference,
        marking=marking,
        edition=reader.edition,
        as_at=reader.today,
        content_digest=content_digest,
        head=reader.state.head.hash,
        format=form,
        technologies=held if len(held) <= FEW else (),
    )


def _leaving(export: Export, what: str, path: Path) -> Left:
    form = path.suffix.lower().lstrip(".") or "csv"
    return leaving_as(
        export.reader, what, export.reference, export.marking, export.content_digest, form
    )


def _csv(export: Export) -> bytes:
    (table,) = export.flat([entered.technologies(export.reader)])
    return to_csv(table)


def _json(export: Export) -> bytes:
    return to_json(export.whole, export.note)


def _json_lines(export: Export) -> bytes:
    return to_json_lines(export.whole, export.note)


def _xlsx(export: Export) -> bytes:
    from horizon.papers.writers.workbook import Cover, to_xlsx

    reader = export.reader
    head, framework = reader.state.head, reader.framework
    held = count(len(reader.state.technologies), "technology", "technologies")
    title = str(export.whole["head"]["1"]["name"])
    pairs = {
        "Register": title,
        "Reference": export.reference,
        "Marking": export.marking.value,
        "Edition": export.edition.value.capitalize(),
        "Holds": held,
        "Data as at": moment(head.last_at),
        "Dates judged on": day(reader.today),
        "Framework": framework.status_line,
        "Register head": head.hash,
    }
    if head.illustrative:
        pairs["Illustrative"] = "Made up to show how Horizon works. No person or decision is real."
    cover = Cover(
        title=title,
        marking=export.marking.value,
        as_at=reader.today,
        author=title,
        pairs=pairs,
        properties=export.properties,
    )
    return to_xlsx(cover, [_for_people(each) for each in export.flat(_sheets(reader))])


def _sheets(reader: Still) -> tuple[FlatTable, ...]:
    """What a workbook holds. What each assessor scored is in the star alone."""
    return (
        entered.technologies(reader),
        decided.decisions(reader),
        decided.conditions(reader),
        entered.due(reader),
        judged.principles(reader),
        judged.answers(reader),
        entered.sightings(reader),
        entered.evidence(reader),
    )


def _for_people(table: FlatTable) -> FlatTable:
    """A table without the keys that only join tables; a register's own ids stay, at the end."""
    keys = [each.name for each in table.columns if each.key and each.name != "technology_id"]
    return table.without(*keys).with_last("technology_id")


FORMATS: Mapping[str, Callable[[Export], bytes]] = {
    ".csv": _csv,
    ".json": _json,
    ".jsonl": _json_lines,
    ".xlsx": _xlsx,
}
"""The formats of the register by file name extension."""
