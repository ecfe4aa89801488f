"""What each row of an import would do, beside what the register holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from horizon.intake.alike_rows import AlikeRows, Like
from horizon.intake.choices import SKIP, TAKE, Choices, Progress, WhenAlike
from horizon.intake.columns import Before, Columns, find_columns
from horizon.intake.comparing import compared
from horizon.intake.given import Given
from horizon.intake.matching import (
    Held,
    Taken,
    called,
    editions,
    held,
    match,
    not_listed,
    source_of,
)
from horizon.intake.own_cells import CellRefused
from horizon.intake.own_rows import Own, refused_cell, taken_in, told
from horizon.intake.owners import with_slips
from horizon.intake.reading import Read, Reading, Unread, read_all
from horizon.intake.report import Change, Gone, Outcome, Report, RowReport
from horizon.intake.rows import (
    file_digest,
    of_fault,
    of_unread,
    refused,
    report_of,
)
from horizon.intake.table import Row, Table
from horizon.model.errors import BadInput
from horizon.model.technology import Technology
from horizon.register import Register
from horizon.register.batches import Batch, GoneInput, RowInput


class Plan:
    """One import being planned."""

    def __init__(
        self,
        register: Register,
        given: Given,
        choices: Choices,
        table: Table,
        progress: Progress,
    ) -> None:
        self.register, self.given, self.choices, self.table = register, given, choices, table
        self.progress = progress
        self.notices = list(table.notices)
        self.known: list[Held] = held(register.state)
        self.alike = AlikeRows(register)
        self.reports: dict[int, RowReport] = {}
        self.inputs: dict[int, RowInput] = {}
        self.decide = dict(choices.decide)
        self.repeated: list[tuple[Read, Read]] = []
        self.own = Own(register)

    def made(self) -> Report:
        columns, source, reads, unread = self._read()
        taken = editions(self.known).get(source, [])
        matched = match([each for each in reads if not self.own.is_own(each)], taken)
        self.alike.matched = {each.technology.id for each in matched.values() if each.origin.leads}
        reading = self._reading(columns, source)
        for fault in self.table.faults:
            self.reports[fault.at] = of_fault(fault)
        for each in unread:
            self.reports[each.row.at] = of_unread(self.own.with_review(each, columns))
        for read, before in self.repeated:
            why = f"it says the same as {before.row.place}"
            self.reports[read.row.at] = refused(read, "", why, "Nothing is to be done")
        for number, read in enumerate(reads):
            if number % 100 == 0:
                self.progress(len(self.table.rows) + number, 2 * len(self.table.rows))
            if self.own.is_own(read):
                self._own(read, columns)
            elif self.own.left_since(read):
                why = "it has left the register since it was exported"
                do = "Empty its id to enter it as another one, or leave the row out"
                self.reports[read.row.at] = refused(read, columns.named["key"], why, do)
            elif read.row.at in matched:
                self._compare(read, matched[read.row.at], reading)
            else:
                self._enter(read, reading)
        if self.decide:
            refs = ", ".join(self.decide)
            raise BadInput(
                f"There is nothing to decide on row {refs}",
                where=self.given.name,
                do="Decide on rows that are reported as possible duplicates",
            )
        if self.inputs and self.own.notice:
            self.notices.append(self.own.notice)
        whole = reads and not self.own.rows and not self.choices.partial
        gone = not_listed(taken, matched, unread) if whole else []
        return self._report(columns, source, gone)

    def _reading(self, columns: Columns, source: str) -> Reading:
        chosen = self.choices
        return Reading(
            columns,
            self.given.name,
            chosen.source,
            chosen.source_type,
            chosen.kind,
            self.register.today,
        )

    def _read(self) -> tuple[Columns, str, list[Read], list[Unread]]:
        """The columns, the list that the file is an edition of, and its rows.

        Rows are read with the columns of the last import of the list, where it is known.
        """
        taken = editions(self.known)
        likely = self.choices.source or called(self.given.name)
        columns = self._columns(self._columns_before(likely))
        reads, unread = self._rows(columns)
        foreign = [each for each in reads if each.key not in self.register.state.technologies]
        source, said = source_of(self.given.name, self.choices.source, foreign, taken)
        if source != likely:
            again = self._columns(self._columns_before(source))
            if again.places != columns.places:
                columns = again
                reads, unread = self._rows(columns)
        self.own = Own.of(self.register, reads, self.table, self.given.name)
        self.notices += columns.notices
        self.notices += [said] if said else []
        return columns, source, reads, unread

    def _columns(self, before: Before | None) -> Columns:
        return find_columns(self.table, self.choices.mapped, self.given.name, before=before)

    def _rows(self, columns: Columns) -> tuple[list[Read], list[Unread]]:
        reading = self._reading(columns, "")
        count = len(self.table.rows)
        found = read_all(reading, self.table.rows, lambda done: self.progress(done, 2 * count))
        reads: dict[tuple[str, ...], Read] = {}
        unread: list[Unread] = []
        self.repeated = []
        for each in found:
            if isinstance(each, Unread):
                unread.append(each)
                continue
            said = tuple(each.row.cells[at] for at in columns.places.values())
            if said in reads:
                self.repeated.append((each, reads[said]))
            else:
                reads[said] = each
        return list(reads.values()), unread

    def _columns_before(self, source: str) -> Before | None:
        for each in reversed(self.register.state.head.imports):
            if each.source == source and not each.undone_at:
                return Before(each.columns, frozenset(each.unused))
        return None

    def _compare(self, read: Read, taken: Taken, reading: Reading) -> None:
        """A row that was taken in before: what the source changed since."""
        technology = self.register.state.technologies[taken.technology.id]
        found = compared(
            read,
            taken.origin,
            technology,
            reading,
            owner=self.register.name(technology.owner) if technology.owner else "",
            take=self.choices.take,
        )
        if self._clashes(read, found.changes, technology, reading.columns):
            return
        back = taken.origin.gone_on is not None
        why = "the source lists it again" if back else ""
        report = report_of(read, Outcome.UNCHANGED, label=technology.label, why=why)
        if found.told or back or found.fields != taken.origin.fields:
            report = replace(report, outcome=Outcome.CHANGED, changes=tuple(found.told))
            self.inputs[read.row.at] = RowInput(
                place=self._place(read.row),
                fields=found.fields,
                key=read.key or taken.origin.key,
                technology=technology.id,
                expect=technology.revision,
                number=taken.origin.number,
                leads=taken.origin.leads,
                changes=found.changes,
                sighting=found.sighting,
            )
        self.reports[read.row.at] = report

    def _clashes(
        self, read: Read, changes: Mapping[str, Any], technology: Technology, columns: Columns
    ) -> bool:
        """Whether a row is refused because it takes the name of another technology."""
        name = changes.get("name")
        clash = self.alike.called(name) if name else None
        if not clash or clash == technology.id:
            return False
        held = self.register.label(clash)
        self.reports[read.row.at] = refused(
            read,
            columns.named["name"],
            f"{held} is already called that, and this row was {technology.label} before",
            f"Merge the two, or give the row another name than {held}",
        )
        return True

    def _own(self, read: Read, columns: Columns) -> None:
        """A row of the register's own export: what was edited in it."""
        technology = self.register.state.technologies[read.key]
        first = self.own.first_of(read)
        if first in self.reports:
            why = f"{self.reports[first].place} has the same id, {read.key}"
            do = "Leave one of the two, or empty the id of what is another technology"
            self.reports[read.row.at] = refused(read, columns.named["key"], why, do)
            return
        decided = self.decide.get(read.row.ref, "")
        try:
            found = self.own.edited(read, columns, self.choices.take, decided == TAKE)
        except CellRefused as error:
            self.reports[read.row.at] = refused_cell(read, error)
            return
        if self._clashes(read, found.changes, technology, columns):
            return
        if decided == TAKE or (decided == SKIP and found.in_conflict):
            del self.decide[read.row.ref]
        self.reports[read.row.at] = told(read, found, technology)
        if found.has_news:
            self.inputs[read.row.at] = taken_in(found, technology, self._place(read.row))

    def _enter(self, read: Read, reading: Reading) -> None:
        """A row that was not taken in before: new, or perhaps something that is here already."""
        like = self.alike.like(read, self.inputs)
        decision = self._decision(read.row, like)
        if like and decision in ("", SKIP):
            words = tuple(each.words for each in like)
            do = (
                f"Say which with: --decide {read.row.ref}=new, or ={self.alike.example(like)} "
                "to add it there as a sighting"
            )
            why = "left out, as decided" if decision == SKIP else ""
            self.alike.hold(read)
            self.reports[read.row.at] = report_of(
                read, Outcome.DUPLICATE, like=words, why=why, do=do
            )
            return
        if not like or decision == WhenAlike.NEW:
            self._new(read, reading, like, decided=read.row.ref in self.choices.decide)
        else:
            self._join(read, reading, like, decision)

    def _new(self, read: Read, reading: Reading, like: list[Like], decided: bool) -> None:
        why = f"Decided on import of {self.given.name}, beside: " if like else ""
        different = why + "; ".join(each.words for each in like) if like else ""
        self.inputs[read.row.at] = RowInput(
            place=self._place(read.row),
            fields=dict(read.fields),
            key=read.key,
            proposal=reading.proposal(read, different=different),
            sighting=reading.sighting(read),
            different_from=tuple(each.technology for each in like if each.technology)
            if decided
            else (),
        )
        self.reports[read.row.at] = report_of(read, Outcome.NEW)
        self.alike.enter(read)

    def _join(self, read: Read, reading: Reading, like: list[Like], decision: str) -> None:
        """Add a row to a technology that is here: where it was seen, and no more."""
        best = like[0]
        named = decision not in ("", WhenAlike.SIGHTING)
        technology = self.register.technology(decision).id if named else best.technology
        if technology:
            revision = self.register.state.technologies.header(technology).revision
            target: dict[str, Any] = {"technology": technology, "expect": revision}
            label = self.register.label(technology)
        else:
            target, label = {"joins": best.at}, f"as {self.reports[best.at].place}"
        self.inputs[read.row.at] = RowInput(
            place=self._place(read.row),
            fields=dict(read.fields),
            key=read.key,
            leads=False,
            sighting=reading.sighting(read),
            **target,
        )
        seen = Change("sighting", "", self.inputs[read.row.at].sighting.source)  # type: ignore[union-attr]
        self.reports[read.row.at] = report_of(read, Outcome.CHANGED, label=label, changes=(seen,))

    def _decision(self, row: Row, like: list[Like]) -> str:
        """What is decided on a row: empty to hold it, or new, skip, a label, or `sighting`."""
        said = self.decide.pop(row.ref, "") if like else ""
        if said:
            return said
        return "" if self.choices.duplicates is WhenAlike.HOLD else self.choices.duplicates.value

    def _place(self, row: Row) -> str:
        return f"{row.place} of {self.given.name}" if row.called != "file" else row.place

    def _report(self, columns: Columns, source: str, gone: list[Taken]) -> Report:
        order = sorted(self.reports)
        batch_order = sorted(self.inputs)
        position = {at: number for number, at in enumerate(batch_order)}
        inputs = tuple(
            replace(each, joins=position[each.joins]) if each.joins is not None else each
            for each in (self.inputs[at] for at in batch_order)
        )
        reports = with_slips(self.register, self.reports, self.inputs)
        rows = tuple(reports[at] for at in order)
        shown = self.own.shows(columns)
        unused = tuple(each for each in columns.unused if each not in shown.values())
        report = Report(
            file=self.given.name,
            source=source,
            format=self.table.format,
            layout=self.table.layout,
            columns=columns.named,
            unused=unused,
            notices=tuple(self.notices),
            rows=rows,
            gone=tuple(Gone(each.technology.label, each.technology.name) for each in gone),
            batch=Batch(source, self.given.name, "", "", {}, {}),
            positions={number: position[at] for number, at in enumerate(order) if at in position},
            shown=shown,
        )
        batch = Batch(
            source=source,
            file=self.given.name,
            file_digest=file_digest(self.given),
            format=self.table.format,
            columns=columns.named,
            counts=report.counts,
            rows=inputs,
            gone=tuple(GoneInput(each.technology.id, each.origin.number) for each in gone),
            unused=unused,
        )
        return replace(report, batch=batch)
