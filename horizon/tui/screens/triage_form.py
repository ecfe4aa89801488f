"""Everything a first look can say, as a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from horizon.model.triage import Driver, Looked, Nature, Pestle, Verdict, suggested
from horizon.model.wording import in_words
from horizon.model.words import TimeHorizon
from horizon.register.signals import filled
from horizon.tui.pages.triage import Draft
from horizon.tui.screens.form import FormScreen
from horizon.tui.widgets.fields import Field


class TriageForm(FormScreen):
    """Everything a first look can say."""

    HEADING = "First look"

    def __init__(self, technology_id: str, draft: Draft) -> None:
        super().__init__(technology_id)
        self._draft = draft

    def fields(self) -> Sequence[Field]:
        now, held = self._draft, self.technology.triage
        degrees = [(str(n), str(n)) for n in range(1, 6)]
        return [
            Field(
                "impact", "Impact on the Policing Plan", "choice", required=True,
                choices=degrees, value=str(now.impact or ""),
            ),
            Field(
                "uncertainty", "Uncertainty", "choice", required=True,
                choices=degrees, value=str(now.uncertainty or ""),
            ),
            Field(
                "verdict", "Verdict", "choice", "From the two above if left empty.",
                choices=_choices(Verdict),
            ),
            Field(
                "mainstream", "In ordinary use", "choice",
                choices=[(each.value, each.value) for each in TimeHorizon],
                value=now.mainstream or "",
            ),
            Field(
                "nature", "Opportunity or threat", "choice", required=True,
                choices=_choices(Nature), value=now.nature.value,
            ),
            Field("pestle", "What it touches", "many", choices=_choices(Pestle)),
            Field("drivers", "What drives it", "many", choices=_choices(Driver)),
            Field(
                "trigger", "What would make us move", help="For what is watched.",
                value=held.trigger if held else "",
            ),
            Field(
                "check_on", "Next look on", "day", "In half a year if left empty.",
                after=self.register.today,
            ),
            Field("note", "Note", "text"),
        ]  # fmt: skip

    def submit(self, values: dict[str, Any]) -> None:
        impact, uncertainty = int(values["impact"]), int(values["uncertainty"])
        verdict = values["verdict"] or suggested(impact, uncertainty)
        looked = Looked(
            verdict=Verdict(verdict),
            impact=impact,
            uncertainty=uncertainty,
            mainstream=TimeHorizon(values["mainstream"]) if values["mainstream"] else None,
            nature=Nature(values["nature"]),
            pestle=tuple(map(Pestle, values["pestle"])),
            drivers=tuple(map(Driver, values["drivers"])),
            trigger=values["trigger"],
            check_on=values["check_on"],
            note=values["note"],
        )
        looked = filled(looked, self.register.whole(self.technology_id), self.register.today)
        self.save(
            lambda: self.register.triage(self.technology_id, looked, expect=self.expect),
            f"{verdict.capitalize()}",
        )


def _choices(
    words: type[Verdict] | type[Nature] | type[Pestle] | type[Driver],
) -> list[tuple[str, str]]:
    return [(in_words(each.value), each.value) for each in words]
