"""Judging line by line: facts, ethics questions, scores."""

from __future__ import annotations

from horizon.cli.plain.talk import Talk
from horizon.framework.schema import Criterion
from horizon.judgement.checklist import ItemReading, may_be_not_applicable
from horizon.model.assessment import NOT_APPLICABLE, Score
from horizon.model.errors import HorizonError
from horizon.model.events import AnswerGiven
from horizon.model.facts import FactValue
from horizon.model.technology import Technology
from horizon.model.words import AnswerValue, EvidenceGrade
from horizon.register.inputs import checked

GRADES = {
    "A": "own measured trial",
    "B": "independent evaluation or another force's pilot",
    "C": "documents reviewed",
    "D": "supplier claim or opinion",
}


def facts(talk: Talk) -> None:
    """Set facts, each with y, n or u. What was set is saved at the end, or at a dot."""
    technology = talk.technology()
    given: dict[str, str] = {}
    wordings = talk.register.framework.facts
    talk.say(
        f"{len(wordings)} facts. Answer y, n or u. An empty line leaves one as it is, a dot ends."
    )
    for at, each in enumerate(wordings, start=1):
        held = technology.facts.get(each.id)
        said = _one_of(
            talk,
            f"{at} of {len(wordings)}. {each.question} Now: {held or 'not set, counts as yes'}",
            [value.value for value in FactValue],
        )
        if said == ".":
            break
        if said:
            given[each.id.value] = said
    if given:
        talk.register.set_facts(technology.id, given, expect=technology.revision)
    tier = talk.register.reading(technology.id).tier.tier
    talk.say(f"{len(given)} set. The tier is {tier}.")


SHORT = {"y": "yes", "p": "partly", "n": "no", "u": "unknown", "x": "not applicable"}
SHORT |= {"na": "not applicable", "n/a": "not applicable"}
"""Answers by the letter that the app has for them."""


def _one_of(talk: Talk, question: str, choices: list[str]) -> str:
    """One of a few words by its beginning; empty, or `.` to end."""
    while True:
        help = f"One of: {', '.join(choices)}. A dot ends and keeps what was answered."
        said = talk.ask(question, help=help, ways="empty goes on, a dot ends")
        if said in ("", "."):
            return said
        meant = SHORT.get(said.casefold(), said)
        found = talk.match(meant, choices) if not said.isdecimal() else None
        if found is not None:
            return found
        talk.say(f"{said!r} is none of: {', '.join(choices)}.")


def answers(talk: Talk) -> None:
    """Answer the questions that apply. Each answer is saved when it is given."""
    technology = talk.technology()
    checklist = talk.register.reading(technology.id).checklist
    open_ = [each for each in checklist.applicable if each.is_open]
    talk.say(f"{len(checklist.applicable)} questions apply, {len(open_)} are open.")
    asked = open_
    if not open_ or not talk.yes("Only the open ones?"):
        asked = list(checklist.applicable)
    for at, each in enumerate(asked, start=1):
        talk.say(f"Question {at} of {len(asked)}. {each.item.id}. {each.item.question}")
        _context(talk, each)
        if not _answer(talk, technology.id, each):
            break
    left = len(talk.register.reading(technology.id).checklist.open)
    talk.say(f"{left} still open.")


def _context(talk: Talk, each: ItemReading) -> None:
    if each.red_line:
        talk.say("It is a red line: it must be yes.")
    talk.say(each.because)
    talk.say(f"Evidence asked for: {each.item.evidence}.")
    if each.answer:
        note = f" {each.answer.note}" if each.answer.note else ""
        talk.say(f"Now: {each.value}.{note}")


def _answer(talk: Talk, technology_id: str, each: ItemReading) -> bool:
    """Ask for one answer and save it; `False` where somebody ends."""
    values = [value.value for value in AnswerValue]
    while True:
        said = _one_of(talk, "Yes, partly, no, unknown or not applicable", values)
        if said == ".":
            return False
        if not said:
            return True
        technology = talk.register.technology(technology_id)
        if said == AnswerValue.NOT_APPLICABLE and not may_be_not_applicable(each.item):
            talk.say("The facts make it apply, or it is a red line. Set the fact right instead.")
            continue
        cited = _evidence(talk, technology) if said in ("yes", "partly") else ()
        given = AnswerGiven(answer=AnswerValue(said), note=talk.ask("A note"), evidence=cited)
        technology = talk.register.technology(technology_id)
        try:
            talk.register.answer(technology_id, {each.item.id: given}, expect=technology.revision)
        except HorizonError as error:
            talk.refused(error)
            continue
        talk.say("Saved.")
        return True


def _evidence(talk: Talk, technology: Technology) -> tuple[str, ...]:
    """The documents that support an answer; a new one can be attached."""
    for each in technology.evidence:
        talk.say(f"{each.id}: {each.title}.")
    while True:
        said = talk.ask(
            "Which documents? Their numbers with spaces between, or the word new",
            help="Such as: E1 E3. Write new to attach a reference to a document.",
        )
        if said.casefold() == "new":
            title = talk.ask("The title of the document", needed=True)
            dated = talk.day("Its date") or talk.register.today
            where = talk.ask("Where it is kept")
            made = talk.register.attach_evidence(
                technology.id, title=title, dated=dated, location=where
            )
            talk.say(f"Attached as {made.id}.")
            return (made.id,)
        cited = tuple(each.upper() for each in said.replace(",", " ").split())
        unknown = [each for each in cited if each not in {e.id for e in technology.evidence}]
        if not unknown:
            return cited
        talk.say(f"There is no {unknown[0]}.")


def score(talk: Talk) -> None:
    """Score every criterion of the open round, then hand the scores in."""
    register = talk.register
    technology = talk.technology()
    current = technology.open_round
    if current is None:
        talk.say("No scoring round is open.")
        if talk.yes("Open one?"):
            names = talk.ask("Who assesses? Names with commas between", needed=True)
            assessors = [talk.meant(each.strip()) for each in names.split(",")]
            register.open_round(technology.id, assessors)
            talk.say("The round is open. Nobody sees scores until it is closed.")
        return
    if register.person_id not in current.waiting_for:
        names = ", ".join(register.name(each) for each in current.waiting_for) or "nobody"
        talk.say(f"Round {current.number} waits for {names}. You act as {register.acting}.")
        return
    criteria = list(register.framework_of(current.framework).criteria.values())
    talk.say(f"{len(criteria)} criteria. Here 0 is a score, and a dot ends.")
    scores: dict[str, Score] = {}
    for at, each in enumerate(criteria, start=1):
        talk.say(f"Criterion {at} of {len(criteria)}. {each.id}, {each.name}. {each.question}")
        for level, anchor in enumerate(each.anchors):
            talk.say(f"{level} means: {anchor.rstrip('.')}.")
        given = _score(talk, each)
        if given is None:
            continue
        if isinstance(given, str):
            break
        scores[each.id] = given
    talk.say(f"{len(scores)} of {len(criteria)} scored. Once handed in, scores are fixed.")
    if scores and talk.yes("Hand them in?"):
        register.submit_scores(technology.id, scores)
        talk.say("Handed in. They are sealed until the round is closed.")
    else:
        talk.say("Nothing was handed in, and these scores are not kept.")


def _score(talk: Talk, criterion: Criterion) -> Score | str | None:
    """One score with its evidence; `None` where it stays unknown, `.` where somebody ends."""
    while True:
        asked = f"Your score on {criterion.id}, 0 to 5, or na for not applicable"
        said = talk.line(f"{asked} (empty is unknown, a dot ends)").casefold()
        if said in ("", "."):
            return said or None
        if said not in ("0", "1", "2", "3", "4", "5", "na", "n/a"):
            talk.say("Write a digit from 0 to 5, or na.")
            continue
        grades = [f"{each.value}: {GRADES[each.value]}" for each in EvidenceGrade]
        talk.say("On what evidence? " + ". ".join(grades) + ".")
        grade = talk.ask("A, B, C or D", ways="empty counts as D").upper() or "D"
        if grade not in GRADES:
            talk.say(f"{grade!r} is none of A, B, C, D.")
            continue
        not_applicable = said.startswith("n")
        note = talk.ask("Why it does not apply" if not_applicable else "A note",
                        needed=not_applicable)  # fmt: skip
        value = NOT_APPLICABLE if not_applicable else int(said)
        return checked(Score, {"value": value, "grade": grade, "note": note})
