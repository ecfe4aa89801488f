"""A draft of the public transparency record (ATRS) of one technology, and what it still lacks.

The register never makes an answer up: a field it has nothing for says `Not recorded`, and the gap
report says where to fill it in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from horizon.framework.transparency import RecordField, Transparency, shipped_transparency
from horizon.judgement.checklist import Finding
from horizon.model.base import digest
from horizon.model.errors import BadInput
from horizon.model.facts import Fact, FactValue, value_of
from horizon.model.technology import Technology
from horizon.model.wording import count, day, listed
from horizon.papers.blocks import (
    Block,
    Cell,
    Heading,
    KeyValues,
    Paper,
    Paragraph,
    Table,
    Tone,
    runs,
)
from horizon.papers.editions import Public
from horizon.papers.exporting import PLAIN, DataOrder, leaving_as, reader_of
from horizon.papers.issuing import Left, Prepared, Tell, hand_over, next_reference, quietly
from horizon.papers.items import moment
from horizon.papers.marking import check, highest
from horizon.papers.ordering import FOI, LETTERS
from horizon.papers.tables import Column, flat
from horizon.papers.writers import WRITERS
from horizon.papers.writers.csv_table import to_csv
from horizon.register import Register
from horizon.register.inputs import checked
from horizon.register.reader import Still

NOT_RECORDED = "Not recorded"
NOT_ASKED = "Does not apply"


@dataclass(frozen=True, slots=True)
class Filled:
    """One field of a record: what it says, or where to fill it in. `asked` is false where the
    technology's facts make it not apply."""

    section: str
    field: RecordField
    says: str
    where: str
    asked: bool = True

    @property
    def missing(self) -> bool:
        return self.asked and not self.says


@dataclass(frozen=True, slots=True)
class Record:
    """The draft of a record."""

    technology: Technology
    standard: Transparency
    fields: tuple[Filled, ...]

    @property
    def gaps(self) -> tuple[Filled, ...]:
        """The fields that are asked for and say nothing yet, in the order of the record."""
        return tuple(each for each in self.fields if each.missing)

    @property
    def report(self) -> str:
        """`12 of 58 fields missing, 9 of them required`."""
        asked = sum(each.asked for each in self.fields)
        required = sum(each.field.required for each in self.gaps)
        more = f", {required} of them required" if required else ""
        return f"{len(self.gaps)} of {asked} fields missing{more}"


def draft(reader: Still, ref: str, standard: Transparency | None = None) -> Record:
    """The draft of a technology's record. Raises `BadInput` when `ref` names nothing."""
    standard = standard or shipped_transparency()
    technology = reader.technology(ref)
    fields = []
    for section in standard.sections:
        for each in section.fields:
            unasked = each.when is not None and (
                value_of(technology.facts, each.when) is FactValue.NO
            )
            says = "" if unasked else each.value or _found(reader, technology, each, standard)
            where = _where(technology, each)
            fields.append(Filled(section.name, each, says, where, asked=not unasked))
    return Record(technology, standard, tuple(fields))


def _found(
    reader: Still, technology: Technology, field: RecordField, standard: Transparency
) -> str:
    for source in field.sources:
        kind, _, name = source.partition(":")
        said = _SOURCES[kind](reader, technology, name, standard)
        if said:
            return said
    return ""


def _of_technology(_: Still, technology: Technology, name: str, __: Transparency) -> str:
    if name == "one sentence":
        return re.split(r"(?<=[.!?])\s", technology.summary, maxsplit=1)[0]
    return str(getattr(technology, name, "") or "")


def _role(reader: Still, technology: Technology, _: str, __: Transparency) -> str:
    person = reader.state.people.get(technology.owner or "")
    return person.role if person else ""


def _fact(reader: Still, technology: Technology, name: str, _: Transparency) -> str:
    value = value_of(technology.facts, Fact(name))
    if value is FactValue.UNKNOWN:
        return ""
    return f"{reader.framework.fact_names[Fact(name)]}: {value}"


def _answer(_: Still, technology: Technology, name: str, __: Transparency) -> str:
    """An answer counts where somebody wrote a note to it: a bare yes tells the public nothing."""
    answer = technology.answers.get(name)
    return f"{answer.answer.capitalize()}. {answer.note}" if answer and answer.note else ""


def _documents(reader: Still, technology: Technology, names: str, _: Transparency) -> str:
    said = []
    for name in names.split(","):
        document = reader.framework.route.document(name)
        held = [each for each in technology.evidence if each.document == name]
        if held and document is not None:
            said.append(f"{document.name}, {day(held[-1].dated)}")
    return "; ".join(said)


def _phase(_: Still, technology: Technology, __: str, standard: Transparency) -> str:
    return standard.phases.get(technology.stage, "")


def _open(reader: Still, technology: Technology, _: str, __: Transparency) -> str:
    """What the checklist found short of a yes, once any of it was answered."""
    if not technology.answers:
        return ""
    short = [
        each.item
        for each in reader.reading(technology.id).checklist.applicable
        if each.finding in (Finding.BLOCKS, Finding.CONDITION)
    ]
    if not short:
        return "Every question of the data-ethics checklist that applies and was answered is met."
    return f"Still to be met: {listed([f'{each.id} ({each.question})' for each in short])}"


Looking = Callable[[Still, Technology, str, Transparency], str]
_SOURCES: Mapping[str, Looking] = {
    "technology": _of_technology,
    "role": _role,
    "fact": _fact,
    "answer": _answer,
    "documents": _documents,
    "phase": _phase,
    "open": _open,
}


def _where(technology: Technology, field: RecordField) -> str:
    """Where to fill a field in, as a command or in words."""
    if field.where:
        return f"{field.where}."
    if not field.sources:
        return "In criteria/atrs.toml."
    kind, _, name = field.sources[0].partition(":")
    label = technology.label
    match kind:
        case "technology":
            option = "summary" if name == "one sentence" else name
            return f'horizon amend {label} --{option} "..."'
        case "role":
            return 'horizon person NAME --role "..." (for its owner)'
        case "fact":
            return f"horizon facts {label} {name}=yes (or no)"
        case "answer":
            given = technology.answers.get(name)
            said = given.answer.replace("not applicable", "na") if given else "ANSWER"
            held = "".join(f" --evidence {each}" for each in given.evidence) if given else ""
            return f'horizon answer {label} {name}={said}{held} --note "..."'
        case "documents":
            kinds = name.split(",")
            return f"horizon evidence {label} TITLE --document {kinds[0]}"
        case "open":
            return f"horizon answer {label}"
        case _:
            return "In criteria/atrs.toml, under [phases]."


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A record with what its files say of it."""

    record: Record
    paper: Paper


def export_atrs(
    register: Register, ref: str, path: Path, order: DataOrder = PLAIN
) -> tuple[Left, Record]:
    """Write the draft to `path` in the format of its extension, and record that it left; gives
    what left, and the draft with its gaps.

    Raises as the other exports do; then the old file is as it was and nothing is recorded.
    """
    prepared, record = prepare_atrs(register, ref, path, order)
    return hand_over(register, prepared), record


def prepare_atrs(
    register: Register, ref: str, path: Path, order: DataOrder = PLAIN, tell: Tell = quietly
) -> tuple[Prepared, Record]:
    """The draft, ready to be put at `path`, and the record with its gaps."""
    known: dict[str, Callable[[_Sheet], bytes]] = {".csv": _csv, ".json": _json}
    extension = path.suffix.lower()
    if extension not in (*known, *WRITERS):
        raise BadInput(
            f"A draft cannot be written as {extension or 'a file without an extension'}",
            where=str(path),
            do=f"Use a name that ends in {', '.join((*WRITERS, *known))}",
        )
    tell("Filling in the record")
    reader = reader_of(register, order)
    record = draft(reader, ref)
    technology = record.technology
    if order.marking is not None:
        check(order.marking, [technology], what="export")
    marking = order.marking or highest([technology])

    def made(reference: str) -> Paper:
        paper = _paper(reader, record, reference, {"marking": marking, "order": order})
        if not isinstance(reader, Public):
            return paper
        said, _ = reader.revealed(paper.model_dump(mode="json"), numbered=False)
        return Paper.model_validate(said)

    stem = f"ATRS/{reader.today.isoformat()}/{technology.label}{LETTERS[order.edition]}"
    paper = next_reference(register, stem, made, _content)
    tell(f"Writing it as {extension}")
    sheet = _Sheet(record, paper)
    content = known[extension](sheet) if extension in known else WRITERS[extension](paper)
    form = extension.lstrip(".")
    left = leaving_as(reader, "atrs", paper.reference, marking, _content(paper), form)
    return Prepared(path, content, replace(left, technologies=(technology.id,))), record


def _content(paper: Paper) -> str:
    return digest(paper.model_dump(mode="json", exclude={"reference"}))


def _paper(reader: Still, record: Record, reference: str, given: Mapping[str, object]) -> Paper:
    technology, standard = record.technology, record.standard.standard
    head, order = reader.state.head, given["order"]
    assert isinstance(order, DataOrder)
    name = f"{standard.name} {standard.version}"
    header = {
        "Draft": Cell(text=reference),
        "Technology": Cell(text=f"{technology.name} ({technology.label})"),
        "Standard": Cell(text=name),
        "State": Cell(text=record.report, tone=Tone.CARE if record.gaps else Tone.GOOD),
        "Data as at": Cell(text=moment(head.last_at)),
        "Framework": Cell(text=reader.framework.status_line),
    }
    return checked(
        Paper,
        {
            "title": f"Draft public record: {technology.name}",
            "reference": reference,
            "body": name,
            "meeting_on": None,
            "marking": given["marking"],
            "edition": reader.edition,
            "template": f"atrs {standard.version}",
            "foi": FOI[reader.edition],
            "author": head.name,
            "purpose": "for information",
            "as_at": reader.today,
            "data_as_at": moment(head.last_at),
            "register_name": head.name,
            "head_hash": head.hash,
            "framework_status": reader.framework.status_line,
            "framework_adopted": reader.framework.is_adopted,
            "illustrative": head.illustrative or technology.illustrative,
            "technologies": (technology.id,),
            "header": tuple(header.items()),
            "blocks": tuple(_blocks(record)),
        },
        where="The draft",
    )


def _blocks(record: Record) -> list[Block]:
    blocks: list[Block] = [Heading(level=1, text="The record")]
    for section in record.standard.sections:
        fields = [each for each in record.fields if each.section == section.name]
        blocks.append(Heading(level=2, text=section.name))
        blocks.append(
            KeyValues(
                summary=f"{section.name}: each field with what the register has for it.",
                pairs=tuple((each.field.name, _cell(each)) for each in fields),
            )
        )
    blocks.append(Heading(level=1, text="What is missing"))
    blocks.append(Paragraph(runs=runs(f"{record.report}.")))
    if record.gaps:
        blocks.append(
            Table(
                caption="Fields that are missing",
                summary="Each field that is missing, whether the standard requires it, and where "
                "to fill it in.",
                header=("Field", "Need", "Where to fill it in"),
                widths=(6, 3, 11),
                rows=tuple(
                    (
                        Cell(text=each.field.name, bold=True, note=each.section),
                        Cell(text="Required" if each.field.required else "Optional"),
                        Cell(text=each.where),
                    )
                    for each in record.gaps
                ),
            )
        )
    return blocks


def _cell(filled: Filled) -> Cell:
    if not filled.asked:
        return Cell(text=NOT_ASKED)
    if filled.says:
        return Cell(text=filled.says)
    return Cell(text=NOT_RECORDED, tone=Tone.CARE if filled.field.required else Tone.PLAIN)


def _rows(sheet: _Sheet) -> list[dict[str, str | bool]]:
    """The fields as the edition may show them: what they say is taken from the finished paper."""
    says: dict[tuple[str, str], str] = {}
    section = ""
    for block in sheet.paper.blocks:
        if isinstance(block, Heading):
            section = block.text
        elif isinstance(block, KeyValues):
            says.update({(section, name): cell.text for name, cell in block.pairs})
    rows: list[dict[str, str | bool]] = []
    for each in sheet.record.fields:
        said = says[each.section, each.field.name]
        rows.append(
            {
                "section": each.section,
                "attribute": each.field.id,
                "name": each.field.name,
                "required": each.field.required,
                "answer": said if each.says else "",
                "state": "missing" if each.missing else "given" if each.asked else "not asked",
                "where": each.where if each.missing else "",
            }
        )
    return rows


def _csv(sheet: _Sheet) -> bytes:
    rows = _rows(sheet)
    columns = tuple(Column(name, name, name) for name in rows[0])
    return to_csv(flat("atrs", "ATRS", "ATRS", columns, (each.values() for each in rows)))


def _json(sheet: _Sheet) -> bytes:
    paper, standard = sheet.paper, sheet.record.standard.standard
    whole = {
        "standard": standard.name,
        "standard_version": standard.version,
        "draft": True,
        "reference": paper.reference,
        "marking": paper.marking,
        "edition": paper.edition,
        "as_at": paper.as_at.isoformat(),
        "register_head": paper.head_hash,
        "content_digest": _content(paper),
        "missing": count(len(sheet.record.gaps), "field"),
        "fields": _rows(sheet),
    }
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
