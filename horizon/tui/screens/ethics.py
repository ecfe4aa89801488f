"""The ethics review: only what applies, red lines and blockers first."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from horizon.judgement.checklist import (
    ChecklistReading,
    ItemReading,
    may_be_not_applicable,
    may_clear,
    read_checklist,
)
from horizon.model.assessment import Answer, Evidence
from horizon.model.errors import BadInput
from horizon.model.events import AnswerGiven
from horizon.model.technology import Technology
from horizon.model.wording import day
from horizon.model.words import AnswerValue
from horizon.register.desk import written_on
from horizon.register.inputs import checked
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.pages.technology import document
from horizon.tui.screens.choose_evidence import ATTACH, ChooseEvidence
from horizon.tui.screens.conflict import Clash
from horizon.tui.screens.drafting import ETHICS
from horizon.tui.screens.evidence import attach_beside
from horizon.tui.screens.noting import NotingScreen
from horizon.tui.widgets.page import MUTED, Lines

LATER = "9999"
"""When an answer that is still being given was given: after everything else."""

NAMED = 4
"""Questions that the heading names as blockers."""

NEEDS_EVIDENCE = (AnswerValue.YES, AnswerValue.PARTLY)


THEMES_FROM = 100
"""Columns from which the list of questions has room for their themes."""


class EthicsScreen(NotingScreen):
    """Answer the data-ethics questions that apply, each with its evidence."""

    NOTE = "Note or reason, then Enter"
    BINDINGS = [
        Binding("y", "answer('yes')", "Yes"),
        Binding("p", "answer('partly')", "Partly"),
        Binding("n", "answer('no')", "No"),
        Binding("u", "answer('unknown')", "Unknown"),
        Binding("x", "answer('not applicable')", "N/A", tooltip="Not applicable, with a reason"),
        Binding("v", "evidence", "Evidence"),
        Binding("t", "note", "Note"),
        Binding("o", "only_open", "Open only"),
        Binding("backspace,delete", "take_back", "Take back", key_display="Backspace"),
        Binding("V", "attach", "Attach a document", show=False),
    ]

    def __init__(self, technology_id: str) -> None:
        super().__init__(technology_id)
        self._given: dict[str, AnswerGiven] = {}
        self._was: dict[str, str] = {}
        self._shown: list[ItemReading] = []
        self._only_open = False
        self._last: tuple[str, ...] = ()

    @property
    def has_work(self) -> bool:
        return bool(self._given)

    def drafted(self) -> str:
        return ETHICS

    def work(self) -> dict[str, dict[str, Any]]:
        return {
            item: {"answer": given.model_dump(mode="json"), "was": self._was[item]}
            for item, given in self._given.items()
        }

    async def take_up(self, work: dict[str, Any]) -> int:
        held = {e.id for e in self.technology.evidence}
        for item in self.register.framework.items:
            with contextlib.suppress(BadInput):
                if isinstance(work.get(item), dict):
                    given = checked(AnswerGiven, work[item].get("answer"))
                    cited = tuple(each for each in given.evidence if each in held)
                    self._given[item] = given.model_copy(update={"evidence": cited})
                    self._was[item] = str(work[item].get("was"))
        self._list()
        return len(self._given)

    @property
    def _supposed(self) -> Technology:
        """The technology as it would be with the answers given here."""
        given = {
            item: Answer(**dict(each), by="", at=LATER, framework="0" * 64)
            for item, each in self._given.items()
        }
        technology = self.technology
        return technology.model_copy(update={"answers": {**technology.answers, **given}})

    @property
    def _reading(self) -> ChecklistReading:
        phase = self.register.reading(self.technology_id).phase
        return read_checklist(self.register.framework, self._supposed, phase)

    @property
    def _at(self) -> ItemReading | None:
        at = self.query_one(OptionList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def on_mount(self) -> None:
        self._list()
        self.query_one(OptionList).focus()

    @on(RegisterChanged)
    def _list(self) -> None:
        """The questions that apply, and any that were answered here and no longer do: red lines
        first, then blockers, then the rest."""
        reading = self._reading
        held = self._at.item.id if self._shown and self._at else ""

        def rank(each: ItemReading) -> int:
            if each.red_line:
                return 0
            return 1 if each.applies and each.effect == "blocker" else 2

        found = [
            each
            for each in reading.items
            if each.item.id in self._given
            or (each.applies and (each.is_open or not self._only_open))
        ]
        self._shown = sorted(found, key=rank)
        options = self.query_one(OptionList)
        options.clear_options()
        for each in self._shown:
            options.add_option(Option(self._prompt(each), id=each.item.id))
        ids = [each.item.id for each in self._shown]
        if ids:
            options.highlighted = ids.index(held) if held in ids else 0
        self._show()

    def _prompt(self, each: ItemReading) -> Content:
        changed = "*" if each.item.id in self._given else " "
        mark = "red line" if each.red_line else each.effect if each.applies else "dropped"
        said = each.value if each.answer else "-"
        theme = self._theme(each) if self.app.size.width >= THEMES_FROM else ""
        return Content(f"{changed}{each.item.id} {mark:<9} {said:<8} {theme}".rstrip())

    def _theme(self, each: ItemReading) -> str:
        return next(t.name for t in self.register.framework.themes if t.id == each.theme)

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        reading = self._reading
        self.entitle(
            "Ethics",
            f"{len(reading.open)} of {len(reading.applicable)} open · "
            f"{_blocking(len(reading.blockers))} {reading.phase}{_which(reading.blockers)}"
            + (f" · {len(self._given)} not saved yet" if self._given else "")
            + (" · showing open only" if self._only_open else ""),
        )
        each = self._at
        if each is None:
            said = "Nothing is open." if self._only_open else "No question applies."
            self.show(pages.line(said))
        else:
            self.show(self._question(each, reading))

    def _question(self, each: ItemReading, reading: ChecklistReading) -> Lines:
        allowed = may_be_not_applicable(each.item)
        keys = "y yes, p partly, n no, u unknown" + (", x not applicable" if allowed else "")
        effect = f"Short of yes it is a {each.effect} for {reading.phase}."
        if each.red_line:
            effect = "It is a red line: it must be yes."
        parts = [
            pages.line(f"{each.item.id}  {each.item.question}", "bold"),
            pages.line(),
            pages.field("Answer", each.value if each.answer else "not answered", "bold"),
            pages.field("So", f"red line {each.line}" if each.line else each.finding),
            pages.field("Note", each.answer.note if each.answer else ""),
            pages.line(keys, MUTED),
            pages.line(),
            pages.field("Theme", self._theme(each)),
            pages.field("Effect", effect if each.applies else ""),
            pages.field("Why", each.because),
            pages.field("Asks for", each.item.evidence),
            pages.field("Source", each.item.source),
        ]
        held = {e.id: e for e in self.technology.evidence}
        parts += [
            pages.field("Cited", document(self.register, held[e]) if e in held else e)
            for e in (each.answer.evidence if each.answer else ())
        ]
        if not held:
            parts.append(pages.line("No document is attached yet. Press v to attach one.", MUTED))
        if each.item.id in self._given:
            parts.append(pages.line("Not saved yet. Backspace takes it back.", MUTED))
        elif each.answer:
            by = self.register.name(each.answer.by)
            parts.append(pages.field("Answered", f"{by}, {day(written_on(each.answer.at))}"))
        return pages.joined(parts)

    def _current(self, item: str) -> AnswerGiven:
        """The answer being given to an item: what was typed here, else what is held."""
        if item in self._given:
            return self._given[item]
        held = self.technology.answers.get(item)
        if held is None:
            return AnswerGiven(answer=AnswerValue.UNKNOWN)
        return AnswerGiven(answer=held.answer, note=held.note, evidence=held.evidence)

    def _put(self, item: str, given: AnswerGiven) -> None:
        self._was.setdefault(item, in_short(self.technology.answers.get(item)))
        self._given[item] = given
        self.keep()
        self.say("")
        self._list()

    def action_answer(self, value: str) -> None:
        each = self._at
        if each is None:
            return
        wanted = AnswerValue(value)
        not_applicable = wanted is AnswerValue.NOT_APPLICABLE
        if not_applicable and not may_be_not_applicable(each.item):
            self.say(
                f"{each.item.id} cannot be answered not applicable: the facts make it apply, or it "
                "is a red line. If a fact is wrong, set it right and the question drops away."
            )
            return
        may = may_clear(each.item, self.technology, self.register.person_id)
        if wanted is AnswerValue.YES and not may:
            self.say(
                f"You proposed {self.technology.label}, so somebody else says whether its red line "
                f"{each.item.id} is cleared. You can answer partly, no or unknown."
            )
            return
        current = self._current(each.item.id)
        self._put(each.item.id, current.model_copy(update={"answer": wanted}))
        if wanted in NEEDS_EVIDENCE and not current.evidence:
            self.action_evidence()
        elif not_applicable and not current.note:
            self.action_note()

    def action_take_back(self) -> None:
        """Leave the answer as the register has it."""
        each = self._at
        if each is not None and self._given.pop(each.item.id, None) is not None:
            del self._was[each.item.id]
            self.keep()
            self.say("")
            self._list()

    def action_evidence(self) -> None:
        each = self._at
        if each is None:
            return
        if not self.technology.evidence:
            self.action_attach()
            return
        item = each.item.id

        def chosen(evidence: tuple[str, ...] | str | None) -> None:
            if evidence == ATTACH:
                self._attach_to(item)
            elif isinstance(evidence, tuple):
                self._last = evidence or self._last
                self._put(item, self._current(item).model_copy(update={"evidence": evidence}))

        ticked = self._current(item).evidence or self._last
        self.app.push_screen(ChooseEvidence(self.technology, each.item.evidence, ticked), chosen)

    def action_attach(self) -> None:
        each = self._at
        if each is not None:
            self._attach_to(each.item.id)

    def _attach_to(self, item: str) -> None:
        """Attach a document and cite it in the answer to an item."""

        def attached(new: Sequence[Evidence]) -> None:
            if new:
                current = self._current(item)
                self._last = (*current.evidence, *(each.id for each in new))
                self._put(item, current.model_copy(update={"evidence": self._last}))

        why = f"It will be cited in the answer to {item}: yes and partly need a document."
        attach_beside(self, why, attached)

    def action_note(self) -> None:
        each = self._at
        if each is not None:
            self.ask_note(each.item.id, self._current(each.item.id).note)

    def put_note(self, about: str, note: str) -> None:
        current = self._current(about)
        if current.note != note:
            self._put(about, current.model_copy(update={"note": note}))

    def action_only_open(self) -> None:
        self._only_open = not self._only_open
        self._list()

    def clashes(self) -> list[Clash]:
        now = self.technology.answers
        items = self.register.framework.items
        return [
            Clash(
                item,
                f"{item} {items[item].question}" if item in items else item,
                self._was[item],
                in_short(now.get(item)),
                in_short(given),
            )
            for item, given in self._given.items()
            if in_short(now.get(item)) not in (self._was[item], in_short(given))
        ]

    def take_theirs(self, names: frozenset[str]) -> None:
        for item in names:
            self._given.pop(item, None)
        self._was = {item: in_short(self.technology.answers.get(item)) for item in self._given}
        self.keep()
        self._list()

    def action_save(self) -> None:
        self.take_note()
        if not self._given:
            self.dismiss("")
            return
        self.save_if_sure(self._supposed, self._save)

    def _save(self) -> None:
        self.save(
            lambda: self.register.answer(self.technology_id, self._given, expect=self.expect),
            "Answers saved",
        )


def _which(blockers: Sequence[ItemReading]) -> str:
    """The first questions that block, by their numbers."""
    if not blockers:
        return ""
    more = len(blockers) - NAMED
    named = [each.item.id for each in blockers[:NAMED]]
    return f" ({', '.join(named)}{f' and {more} more' if more > 0 else ''})"


def in_short(answer: Answer | AnswerGiven | None) -> str:
    """An answer with its evidence and note, in a line."""
    if answer is None:
        return ""
    cited = f" on {', '.join(answer.evidence)}" if answer.evidence else ""
    return f"{answer.answer}{cited}" + (f": {answer.note}" if answer.note else "")


def _blocking(number: int) -> str:
    """How many answers stand in the way; a phase follows."""
    return f"{number or 'nothing'} {'block' if number > 1 else 'blocks'}"
