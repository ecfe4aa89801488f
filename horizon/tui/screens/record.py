"""The records of a technology's decisions, each whole on one screen: for an audit, a judicial
review or a request for information."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from horizon.model.decision import Decision
from horizon.model.wording import count
from horizon.register.records import Record, Said, Weight, read_record
from horizon.tui import pages, signing
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.sides import ListedScreen
from horizon.tui.widgets.page import LABEL, MUTED, Lines

MARKS = {Weight.BAD: "! ", Weight.CARE: "* "}
"""What stands before something that needs a look, so that bold type is not all that says so."""


class RecordScreen(ListedScreen):
    """Who decided what, when, on which evidence, under which rules, who disagreed, and what
    happened to each condition."""

    BINDINGS = [
        Binding("ctrl+s", "save", "Read on", show=False, id="save"),
        Binding("enter", "read_on", "Read on", show=False),
        Binding("x", "export", "Export"),
        Binding("c", "correct", "Correct", tooltip="Set right what the record says"),
        Binding("S", "sign", "Sign it"),
    ]

    def __init__(self, technology_id: str, number: str = "") -> None:
        """`number` is the decision to begin with: the newest if it is not given."""
        super().__init__(technology_id)
        self._number = number

    @property
    def _decisions(self) -> list[Decision]:
        return list(reversed(self.technology.decisions))

    @property
    def _at(self) -> Decision | None:
        at, found = self.query_one(OptionList).highlighted, self._decisions
        return found[at] if at is not None and at < len(found) else None

    @on(RegisterChanged)
    def _list(self) -> None:
        found = self._decisions
        self.entitle("Records", count(len(found), "decision"))
        options = self.query_one(OptionList)
        held = found[options.highlighted].number if options.highlighted is not None else ""
        options.clear_options()
        for each in found:
            gone = " (superseded)" if each.superseded_by else ""
            said = self.register.framework.route.outcome_name(each.body, each.outcome)
            options.add_option(Option(Content(f"{each.number}  {each.gate}{gone}\n  {said}")))
        numbers = [each.number for each in found]
        wanted = held or self._number
        if numbers:
            options.highlighted = numbers.index(wanted) if wanted in numbers else 0
        self._show()

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        chosen = self._at
        if chosen is None:
            self.show(pages.line("No body has decided on it yet."))
        else:
            self.show(record_lines(read_record(self.register, chosen.number)))

    def offers(self, action: str) -> bool:
        chosen = self._at
        if action == "correct":
            return chosen is not None and not (chosen.superseded_by or self.register.read_only)
        return chosen is not None or action not in ("export", "sign", "read_on")

    def action_correct(self) -> None:
        """Set right what the record in front says."""
        from horizon.tui.screens.correct import CorrectScreen

        chosen = self._at
        if chosen is None or not self.app.may_write():
            return
        if chosen.superseded_by:
            self.say(f"{chosen.number} was superseded by {chosen.superseded_by}.")
        else:
            self.app.push_screen(CorrectScreen(self.technology_id, chosen))

    def action_sign(self) -> None:
        """Sign the decision in front with one's SSH key."""
        chosen = self._at
        if chosen is not None and not signing.begin(self.app, chosen.number):
            self.app.notify(signing.NOT_SET_UP, markup=False)

    def action_save(self) -> None:
        self.action_read_on()

    def action_export(self) -> None:
        """Make the record in front into a file."""
        from horizon.tui.exporting.exports import record_of
        from horizon.tui.screens.export import ExportScreen

        if self._at is not None:
            self.app.push_screen(ExportScreen(first=record_of(self._at.number)))


def record_lines(record: Record) -> Lines:
    """A record as lines of a page."""
    parts = [pages.line(record.title, "bold"), _said(record.state)]
    for part in record.parts:
        parts += [pages.heading(part.title), *[_said(each) for each in part.said]]
    return pages.joined(parts)


def _said(each: Said) -> Lines:
    text = MARKS.get(each.weight, "") + each.text
    style = "bold" if each.weight in MARKS else ""
    if len(each.name) < LABEL - 1:
        lines = pages.field(each.name, text, style) if each.name else pages.line(text, style)
    else:
        lines = pages.line(f"{each.name}:", MUTED) + pages.line(text, style, indent=LABEL)
    indent = LABEL if each.name else 2
    return lines + pages.joined([pages.line(note, MUTED, indent=indent) for note in each.notes])
