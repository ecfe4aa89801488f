"""Score the criteria against their anchors. Sealed until the round closes."""

from __future__ import annotations

import contextlib
from typing import Any

from textual import on
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from horizon.framework.schema import Criterion, Framework
from horizon.judgement.scoring import ScoresReading, preview
from horizon.model.assessment import NOT_APPLICABLE, Score
from horizon.model.errors import BadInput
from horizon.model.words import EvidenceGrade
from horizon.register.inputs import checked
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.pages.scores import GRADES, scores_of
from horizon.tui.screens.ask import Ask
from horizon.tui.screens.drafting import round_of
from horizon.tui.screens.noting import NotingScreen
from horizon.tui.widgets.page import MUTED, Hanging, Line, Lines

UNSAID = EvidenceGrade.D
"""The grade of evidence that nobody has named: it counts as a claim until someone does."""

MINIMUM = "\u2022"
"""Marks a criterion that must reach a minimum."""

GO_ON, SUBMIT = "Keep scoring", "Submit"


class ScoreScreen(NotingScreen):
    """Score each criterion 0 to 5 against its anchors, with the grade of its evidence."""

    BINDINGS = [
        *[
            Binding(
                str(level),
                f"level({level})",
                "Score",
                show=level == 0,
                key_display="0-5",
                id=f"score-{level}",
            )
            for level in range(6)
        ],
        *[
            Binding(
                grade.lower(),
                f"grade('{grade}')",
                "Evidence",
                show=grade == "A",
                key_display="a-d",
                id=f"grade-{grade.lower()}",
            )
            for grade in EvidenceGrade
        ],
        Binding("ctrl+s", "save_in_turn", "Submit", priority=True),
        Binding("x", "not_applicable", "Not applicable"),
        Binding("n,t", "note", "Note"),
        Binding("backspace,delete", "clear", "Clear", show=False),
    ]

    def __init__(self, technology_id: str) -> None:
        super().__init__(technology_id)
        self._scores: dict[str, Score] = {}
        self._grades: dict[str, EvidenceGrade] = {}

    @property
    def framework(self) -> Framework:
        """The framework that the round pinned when it was opened."""
        current = self.technology.open_round
        return self.register.framework_of(current.framework) if current else self.register.framework

    @property
    def _criteria(self) -> list[Criterion]:
        return list(self.framework.criteria.values())

    @property
    def _at(self) -> Criterion:
        return self._criteria[self.query_one(OptionList).highlighted or 0]

    @property
    def has_work(self) -> bool:
        return bool(self._scores)

    GIVEN = "score"

    def drafted(self) -> str:
        return round_of(self.technology)

    def work(self) -> dict[str, dict[str, Any]]:
        return {item: score.model_dump(mode="json") for item, score in self._scores.items()}

    async def take_up(self, work: dict[str, Any]) -> int:
        for criterion in self._criteria:
            with contextlib.suppress(BadInput):
                if criterion.id in work:
                    self._scores[criterion.id] = checked(Score, work[criterion.id])
        for criterion_id in self._scores:
            self._list(criterion_id)
        self._show()
        return len(self._scores)

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        for criterion in self._criteria:
            options.add_option(Option(self._prompt(criterion), id=criterion.id))
        options.focus()
        options.highlighted = 0

    def _prompt(self, criterion: Criterion) -> Hanging:
        score = self._scores.get(criterion.id)
        said = "-"
        if score:
            said = "n/a" if score.value == NOT_APPLICABLE else f"{score.value} {score.grade}"
        gate = MINIMUM if criterion.gates else " "
        note = "+" if score and score.note else " "
        return Hanging(Line(criterion.name, lead=f"{criterion.id:<4}{gate}{said:<4}{note}"))

    def _preview(self) -> ScoresReading:
        phase = self.register.reading(self.technology_id).phase
        return preview(self.framework, self._scores, self.technology.facts, phase)

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        criterion, reading = self._at, self._preview()
        score = self._scores.get(criterion.id)
        held = score.grade if score else self._grades.get(criterion.id)
        rests = f"{held.lower()}, {GRADES[held]}" if held else "not said, so it counts as d"
        self._head(criterion, reading)
        parts = [
            pages.line(f"{criterion.id} {criterion.name}", "bold"),
            pages.line(criterion.question),
            pages.line(_minimum(criterion, reading), MUTED),
            pages.field("Evidence", rests),
            pages.field("Note", score.note if score else ""),
            pages.line(),
        ]
        for level, anchor in enumerate(criterion.anchors):
            chosen = score is not None and score.value == level
            parts.append(_choice(str(level), anchor, f"level({level})", chosen=chosen))
        absent = score is not None and score.value == NOT_APPLICABLE
        words = "Not applicable; needs a note"
        parts.append(_choice("x", words, "not_applicable", chosen=absent))
        parts.append(pages.heading("Evidence it rests on"))
        for grade, meaning in GRADES.items():
            action = f"grade('{grade}')"
            parts.append(_choice(grade.lower(), meaning, action, chosen=grade is held))
        parts.append(pages.heading("Your scores, if they stood alone"))
        parts.append(scores_of(reading, self.room))
        self.show(pages.joined(parts))

    def _head(self, criterion: Criterion, reading: ScoresReading) -> None:
        """Say what is scored, and how far it has come."""
        current = self.technology.open_round
        number = f"round {current.number}, " if current else ""
        done = [f"{len(self._scores)} of {len(self._criteria)} scored"]
        for principle, read in zip(self.framework.principles, reading.principles, strict=True):
            if any(each.id == criterion.id for each in principle.criteria):
                done.append(f"{read.name} {read.text.split(',')[0]}")
        done.append(f"Overall {reading.overall.text}")
        self.entitle(f"Score, {number}sealed until it closes", " · ".join(done))

    def _put(self, criterion_id: str, score: Score | None) -> None:
        if score is None:
            self._scores.pop(criterion_id, None)
        else:
            self._scores[criterion_id] = score
        self.keep()
        self._list(criterion_id)
        self.say("")
        self._show()

    def _list(self, criterion_id: str) -> None:
        """Say in the list what the criterion has."""
        prompt = self._prompt(self.framework.criteria[criterion_id])
        self.query_one(OptionList).replace_option_prompt(criterion_id, prompt)

    def _made(self, value: int | str) -> Score:
        held = self._scores.get(self._at.id)
        grade = held.grade if held else self._grades.get(self._at.id, UNSAID)
        note = held.note if held else ""
        return checked(Score, {"value": value, "grade": grade, "note": note})

    def action_level(self, level: int) -> None:
        self._put(self._at.id, self._made(level))

    def action_not_applicable(self) -> None:
        self._put(self._at.id, self._made(NOT_APPLICABLE))
        if not self._scores[self._at.id].note:
            self.action_note()

    def action_grade(self, grade: str) -> None:
        self._grades[self._at.id] = EvidenceGrade(grade)
        held = self._scores.get(self._at.id)
        if held:
            self._put(self._at.id, held.model_copy(update={"grade": EvidenceGrade(grade)}))
        else:
            self._show()

    def action_clear(self) -> None:
        self._put(self._at.id, None)

    def action_note(self) -> None:
        held = self._scores.get(self._at.id)
        if held is None:
            self.say("Give a score first, then a note.")
        else:
            self.say("")
            self.ask_note(self._at.id, held.note)

    def put_note(self, about: str, note: str) -> None:
        held = self._scores.get(about)
        if held and note != held.note:
            self._put(about, held.model_copy(update={"note": note}))

    def action_save(self) -> None:
        """Hand the scores in. They cannot be changed afterwards, so gaps are asked about first."""
        self.take_note()
        missing = [each.id for each in self._criteria if each.id not in self._scores]
        if missing and self._scores:
            more = ", ..." if len(missing) > 8 else ""
            question = (
                f"{len(missing)} criteria are not scored ({', '.join(missing[:8])}{more}). "
                "Scores are fixed once submitted."
            )
            self.app.push_screen(Ask(question, (GO_ON, SUBMIT)), self._asked)
        else:
            self._submit()

    def _asked(self, answer: str | None) -> None:
        if answer == SUBMIT:
            self._submit()

    def _submit(self) -> None:
        current = self.technology.open_round
        waiting = ", ".join(
            self.register.name(each)
            for each in (current.waiting_for if current else ())
            if each != self.register.person_id
        )
        self.save(
            lambda: self.register.submit_scores(
                self.technology_id, self._scores, expect=self.expect
            ),
            "Scores submitted. They stay sealed until the round closes. "
            + (f"It waits for {waiting}." if waiting else "Everybody has submitted: S closes it."),
        )


def _choice(key: str, words: str, action: str, *, chosen: bool) -> Lines:
    """One answer with its key; a click chooses it."""
    style = "bold" if chosen else ""
    lead = f"{'>' if chosen else ' '} {key}  "
    return (Line(words, style, lead=lead, lead_style=style, action=action),)


def _minimum(criterion: Criterion, reading: ScoresReading) -> str:
    """What the criterion must reach, and whether these scores would."""
    if not criterion.gates:
        return "No minimum."
    found = next((each for each in reading.gates if each.criterion.id == criterion.id), None)
    asked = (
        f"{MINIMUM} Must reach {criterion.trial_minimum} for trial, "
        f"{criterion.adoption_minimum} for adoption"
    )
    return f"{asked}; {reading.phase}: {found.state}" if found else asked
