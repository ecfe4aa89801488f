"""How standing and findings are said in papers, and how heavily each word weighs."""

from __future__ import annotations

from horizon.judgement.checklist import RedLine
from horizon.judgement.reading import Reading
from horizon.judgement.scoring import GateState
from horizon.judgement.standing import Standing, StandingKind
from horizon.judgement.status import Status
from horizon.papers.blocks import Cell, Tone

_STATUS_TONES = {
    Status.STOP: Tone.BAD,
    Status.HELD: Tone.CARE,
    Status.BELOW_GATE: Tone.CARE,
    Status.OPEN: Tone.PLAIN,
    Status.CLEAR: Tone.GOOD,
}


def status_cell(reading: Reading, note: str = "") -> Cell:
    """The status in its own word; for what has left the route, that it has ended. A clear way is
    no approval, so it is told as a good thing only of what is approved."""
    if reading.standing.kind is StandingKind.ENDED:
        return Cell(text="Ended", bold=True)
    status = reading.status.status
    tone = _STATUS_TONES[status]
    if tone is Tone.GOOD and not reading.standing.approved:
        tone = Tone.PLAIN
    return Cell(text=status.capitalize(), note=note, bold=True, tone=tone)


def status_and_standing_cell(reading: Reading) -> Cell:
    """The status with the standing under it, in the tone of the graver of the two."""
    cell = status_cell(reading, reading.standing.words)
    lacking = standing_tone(reading.standing) is Tone.BAD
    return cell.model_copy(update={"tone": Tone.BAD}) if lacking else cell


def standing_tone(standing: Standing) -> Tone:
    """Good for an approval in force, bad for one that should be there and is not."""
    if standing.approved:
        return Tone.GOOD
    lacking = (StandingKind.NOT_APPROVED, StandingKind.LEGACY)
    return Tone.BAD if standing.kind in lacking else Tone.PLAIN


def red_line_cell(line: RedLine) -> Cell:
    """Where a red line stands."""
    tones = {
        RedLine.CROSSED: Tone.BAD,
        RedLine.UNKNOWN: Tone.CARE,
        RedLine.NOT_CROSSED: Tone.GOOD,
    }
    return Cell(text=line.capitalize(), tone=tones[line])


def minimum_cell(state: GateState) -> Cell:
    """Where a minimum score stands."""
    words = {
        GateState.PASS: ("Reached", Tone.GOOD),
        GateState.FAIL: ("Not reached", Tone.BAD),
        GateState.OPEN: ("Not shown yet", Tone.CARE),
    }
    text, tone = words[state]
    return Cell(text=text, tone=tone)
