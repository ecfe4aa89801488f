"""First looks at signals, line by line."""

from __future__ import annotations

from typing import Any

from horizon.cli.plain.talk import Talk
from horizon.model.errors import HorizonError
from horizon.model.technology import Technology
from horizon.model.triage import Looked, Verdict, suggested
from horizon.model.wording import count, day
from horizon.register.signals import filled, lacking, queue

VERDICTS = {
    Verdict.ASSESS: "assess: take it forward",
    Verdict.WATCH: "watch: look again on a day",
    Verdict.LOG: "log: keep it on record",
    Verdict.PARK: "park: nothing more is done",
}
"""What can be done about a signal, in words."""


def look(talk: Talk) -> None:
    """Take a first look at every signal that waits for one. Each is saved when it is done."""
    waiting = queue(talk.register)
    if not waiting:
        talk.say("No signal waits for a first look.")
        return
    talk.say(f"{count(len(waiting), 'signal')} to look at.")
    done = 0
    for at, technology_id in enumerate(waiting, start=1):
        technology = talk.register.whole(technology_id)
        talk.say(f"Signal {at} of {len(waiting)}.")
        _tell(talk, technology)
        impact = _degree(talk, "Impact on the Policing Plan")
        uncertainty = _degree(talk, "How unsure it still is") if impact else impact
        if impact is None or uncertainty is None:
            break
        if impact and uncertainty:
            _judge(talk, technology, impact, uncertainty)
            done += 1
    talk.say(f"{done} looked at.")


def _degree(talk: Talk, question: str) -> int | None:
    """Ask for 1 to 5; 0 where the signal is passed over, `None` where somebody ends."""
    while True:
        said = talk.ask(
            f"{question}, 1 to 5",
            help="From 1, hardly, to 5, very.",
            ways="empty passes it over, a dot ends",
        )
        if said == ".":
            return None
        if not said or said in ("1", "2", "3", "4", "5"):
            return int(said or 0)
        talk.say(f"{said!r} is not 1 to 5.")


def _tell(talk: Talk, technology: Technology) -> None:
    talk.say(f"{technology.label} {technology.name}.")
    for name, text in (
        ("Problem", technology.problem),
        ("Summary", technology.summary),
        ("Supplier", technology.supplier),
    ):
        if text:
            talk.say(f"{name}: {text}")
    for each in technology.sightings:
        talk.say(f"Seen at {each.source} ({each.source_type}) on {day(each.seen_on)}.")
    lack = lacking(talk.register, technology.id)
    if lack:
        talk.say(f"To be taken forward it lacks: {lack}.")


def _judge(talk: Talk, technology: Technology, impact: int, uncertainty: int) -> None:
    """Ask what is done about a signal, and save the look."""
    usual = suggested(impact, uncertainty)
    today = talk.register.today
    while True:
        said = talk.choose(f"What is done? Empty is {usual}", list(VERDICTS.values()))
        verdict = next((each for each in Verdict if VERDICTS[each] == said), usual)
        looked = Looked(verdict=verdict, impact=impact, uncertainty=uncertainty)
        looked = filled(looked, technology, today)
        changes: dict[str, Any] = {}
        if verdict is Verdict.WATCH:
            changes["trigger"] = talk.ask("What would make us move", held=looked.trigger)
            held = looked.check_on
            changes["check_on"] = talk.day("The day of the next look", held=held, ahead=True)
        looked = looked.model_copy(update={**changes, "note": talk.ask("A note")})
        try:
            talk.register.triage(technology.id, looked, expect=technology.revision)
        except HorizonError as error:
            talk.refused(error)
            continue
        until = f" until {day(looked.check_on)}" if looked.check_on else ""
        talk.say(f"Saved: {verdict}{until}.")
        return
