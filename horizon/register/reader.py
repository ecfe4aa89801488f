"""What can be asked of a register as it stands, whether its files are open or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from horizon.framework.copies import from_copy
from horizon.model.errors import BadInput
from horizon.model.words import Edition
from horizon.register import actions
from horizon.register.desk import find_meeting, resolve, resolve_meeting

if TYPE_CHECKING:
    from horizon.framework.schema import Framework
    from horizon.judgement.committee import Sitting
    from horizon.judgement.gates import GateReading
    from horizon.judgement.reading import Reading
    from horizon.model.headers import TechnologyHeader
    from horizon.model.meeting import Meeting
    from horizon.model.state import State
    from horizon.model.technology import Technology
    from horizon.store.places import Place

Result = TypeVar("Result")


FINDER = "finder"
"""The name under which a register keeps what was prepared for search."""


class Reader:
    """A state with the questions that screens and papers ask of it, judged on the day `today`.

    Where a method says "today" it means that day. `edition` is whom it may be shown to, `path`
    where the register lies, if it does.
    """

    edition = Edition.INTERNAL
    path: Place | None = None

    def __init__(self, state: State) -> None:
        self.state = state
        self._frameworks: dict[str, Framework] = {}
        self._readings: dict[str, tuple[tuple[int, str, date], Reading]] = {}
        self._kept: dict[str, tuple[tuple[int, date], Any]] = {}

    @property
    def today(self) -> date:
        """The calendar day that dates are judged against."""
        raise NotImplementedError

    @property
    def framework(self) -> Framework:
        """The framework in force: the register's own copy, not the files."""
        return self.framework_of(self.state.head.adopted_framework)

    def framework_of(self, digest: str) -> Framework:
        """A framework that the register has used, by its digest."""
        if digest not in self._frameworks:
            self._frameworks[digest] = from_copy(self.state.frameworks[digest].content)
        return self._frameworks[digest]

    def technology(self, ref: str) -> Technology:
        """The technology that an id, a label (`T-0042`, `42`) or an exact name stands for."""
        return self.state.technologies[resolve(self.state, ref)]

    def header(self, ref: str) -> TechnologyHeader:
        """The listed part of a technology."""
        return self.state.technologies.header(resolve(self.state, ref))

    def name(self, person: str) -> str:
        """The name to show for a person's id."""
        return self.state.person_name(person)

    def label(self, subject: str) -> str:
        """The label to show for a technology's id, or the reference for a meeting's."""
        if subject in self.state.technologies:
            return self.state.technologies.header(subject).label
        meeting = self.state.meetings.get(subject)
        return meeting.ref if meeting else subject

    def meeting(self, ref: str) -> Meeting:
        """The meeting that a reference (`AISG/2026-12-08`) or an id stands for."""
        return self.state.meetings[resolve_meeting(self.state, ref)]

    def record(self, ref: str) -> Technology | Meeting:
        """The meeting or the technology that `ref` names. Raises `BadInput` for neither."""
        if (found := find_meeting(self.state, ref)) is not None:
            return self.state.meetings[found]
        return self.technology(ref)

    def sitting(self, ref: str, item: int) -> Sitting:
        """Who decides on an item of a meeting as attendance and interests stand now."""
        from horizon.judgement.committee import sitting

        meeting = self.meeting(ref)
        found = meeting.item(item)
        if found is None:
            raise BadInput(f"{meeting.ref} has no item {item}")
        technology = self.state.technologies[found.technology] if found.technology else None
        return sitting(meeting, found, technology, self.state.people)

    def would_reopen(self, changed: Technology) -> list[str]:
        """Why a technology reopens by itself when its answers or facts become these; nothing where
        its approvals stand, or it has none."""
        held = self.state.technologies[changed.id]
        shaken = actions.reopening.shaken(self.framework, held, changed)
        return [reason for _, reason in shaken]

    def whole(self, technology_id: str) -> Technology:
        """A technology with the sightings of the entries that were merged into it."""
        return self.state.whole(self.state.technologies[technology_id])

    def reading(self, technology_id: str) -> Reading:
        """Everything judged about a technology as it stands today."""
        from horizon.judgement.reading import read

        revision = self.state.technologies.header(technology_id).revision
        key = (revision, self.state.head.adopted_framework, self.today)
        held = self._readings.get(technology_id)
        if held is None or held[0] != key:
            technology = self.whole(technology_id)
            held = (key, read(self.framework, technology, self.today))
            self._readings[technology_id] = held
        return held[1]

    def gate(
        self, technology_id: str, gate_id: str, *, for_decision_by: str | None = None
    ) -> GateReading:
        """What a gate finds today; of what a body finds that is to decide, without that very
        decision."""
        from horizon.judgement.gates import read_gate

        technology = self.whole(technology_id)
        return read_gate(
            self.framework, technology, gate_id, self.today, for_decision_by=for_decision_by
        )

    def way(self, technology_id: str, to: str) -> tuple[tuple[str, str], ...]:
        """What keeps a technology from moving to a stage: each lack, and who can supply it.

        Empty when it can move. Raises `BadInput` when there is no way there at all.
        """
        technology = self.whole(technology_id)
        for way in self.framework.route.ways_from(technology.stage):
            if way.to == to:
                return tuple(actions.moving.unmet(self.framework, technology, way, self.today))
        raise BadInput(f"There is no way from {technology.stage} to {to}")

    def gates_here(self, technology_id: str) -> tuple[str, ...]:
        """The gates at which bodies may decide on a technology at its present stage."""
        header = self.state.technologies.header(technology_id)
        return actions.moving.gates_open_to(self.framework.route, header)

    def kept(self, name: str, made: Callable[[], Result]) -> Result:
        """What `made` gives, made once for each state of the register and each day."""
        if not self.keeps(name):
            self._kept[name] = (self._moment, made())
        result: Result = self._kept[name][1]
        return result

    def keeps(self, name: str) -> bool:
        """Whether this was made already for the register as it stands, on this day."""
        return name in self._kept and self._kept[name][0] == self._moment

    @property
    def _moment(self) -> tuple[int, date]:
        return self.state.head.seq, self.today

    def standing_still(self) -> Still:
        """The register as it stands now, for a thread to read while this one goes on changing."""
        still = Still(self.state.copy(), self.today)
        still.path = self.path
        still._frameworks, still._kept = dict(self._frameworks), dict(self._kept)
        return still

    def keep_from(self, still: Still) -> None:
        """Take over what was made for the same state and day elsewhere."""
        here = self._moment
        self._kept |= {name: held for name, held in still._kept.items() if held[0] == here}


class Still(Reader):
    """A state that nothing changes any more, judged on a day that stays."""

    def __init__(self, state: State, day: date) -> None:
        super().__init__(state)
        self._day = day

    @property
    def today(self) -> date:
        return self._day
