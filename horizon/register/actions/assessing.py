"""Commands of assessment: sealed scoring rounds, checklist answers, evidence references."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from horizon.framework.schema import Framework
from horizon.judgement.checklist import asked_again, may_be_not_applicable, may_clear
from horizon.judgement.facts import applies
from horizon.model.assessment import NOT_APPLICABLE, Answer, Evidence, Round, Score
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import (
    AnswerGiven,
    AnswersGiven,
    EvidenceAttached,
    RoundClosed,
    RoundOpened,
    ScoresSubmitted,
)
from horizon.model.technology import Technology
from horizon.model.words import AnswerValue
from horizon.register.actions.reopening import recheck
from horizon.register.desk import Desk
from horizon.register.inputs import checked, one_of
from horizon.store.disk import refuse_device


def open_round(desk: Desk, technology: Technology, assessors: Sequence[str]) -> None:
    """Draft a sealed round for the named assessors (scoring method 3.2)."""
    if technology.open_round is not None:
        raise RuleBroken(
            f"Round {technology.open_round.number} of {technology.label} is still open",
            missing=[f"scores from {_names(desk, technology.open_round.waiting_for)}"],
            who="Close that round before you open another.",
        )
    people = tuple(dict.fromkeys(desk.person(name) for name in assessors))
    if not people:
        raise RuleBroken(
            "A scoring round names its assessors before anybody scores",
            missing=["at least one assessor"],
            who="The chair names them.",
        )
    for person in people:
        proposed = "proposed" if person in technology.proposers else ""
        why = "owns" if person == technology.owner else proposed
        if why:
            raise RuleBroken(
                f"{desk.name_of(person)} {why} {technology.label} and cannot score it",
                missing=["an assessor who neither proposed nor owns it"],
                who="The chair names them.",
            )
    number = len(technology.rounds) + 1
    desk.draft(
        technology.id,
        RoundOpened(
            round=number,
            assessors=people,
            framework=desk.framework.digest,
            scales={each.id: each.scale for each in desk.framework.criteria.values()},
        ),
    )


def submit_scores(
    desk: Desk, technology: Technology, framework: Framework, scores: Mapping[str, Score]
) -> None:
    """Draft the acting person's scores for the open round. They are fixed when made.

    `framework` is the one that the round pinned when it was opened.
    """
    current = _open(technology)
    if desk.by not in current.assessors:
        raise RuleBroken(
            f"Only the assessors named for round {current.number} may score {technology.label}: "
            f"{_names(desk, current.assessors)}",
            who="The chair names assessors when opening a round.",
        )
    if desk.by in current.submissions:
        raise RuleBroken(
            f"You have already submitted scores for round {current.number} of {technology.label}; "
            "a submission is fixed when made",
            who="The chair can close this round and open a second one; both are kept.",
        )
    if not scores:
        raise BadInput("No scores were given", do="Score at least one criterion")
    for criterion_id, score in scores.items():
        one_of(criterion_id, framework.criteria, "criterion")
        if score.value == NOT_APPLICABLE and not score.note:
            raise RuleBroken(
                f"{criterion_id} can be scored not applicable only with a note that says why",
                missing=[f"a note for {criterion_id}"],
                who="You supply it.",
            )
    desk.draft(
        technology.id,
        ScoresSubmitted(round=current.number, assessor=desk.by, scores=dict(scores)),
    )


def close_round(desk: Desk, technology: Technology, reason: str) -> None:
    """Draft the end of the open round: its scores are shown from now on."""
    current = _open(technology)
    if not current.submissions:
        raise RuleBroken(
            f"Round {current.number} of {technology.label} has no scores yet",
            missing=[f"scores from {_names(desk, current.waiting_for)}"],
            who="Each assessor submits their own.",
        )
    if current.waiting_for and not reason.strip():
        raise RuleBroken(
            f"Round {current.number} of {technology.label} is sealed until every assessor has "
            "submitted, unless it is closed early with a reason",
            missing=[f"scores from {_names(desk, current.waiting_for)}", "or a reason"],
            who="The assessors supply scores; the chair supplies a reason.",
        )
    desk.draft(technology.id, RoundClosed(round=current.number, reason=reason))


def _open(technology: Technology) -> Round:
    current = technology.open_round
    if current is None:
        raise RuleBroken(
            f"{technology.label} has no open scoring round",
            missing=["an open round with named assessors"],
            who="The futures team opens one.",
        )
    return current


def _names(desk: Desk, people: Sequence[str]) -> str:
    return ", ".join(desk.state.person_name(each) for each in people) or "nobody"


def _refuse_own_red_lines(
    desk: Desk, technology: Technology, answers: Mapping[str, AnswerGiven]
) -> None:
    """Nobody clears a red line of what they proposed (domain reference, 2)."""
    own = [
        item
        for item, given in answers.items()
        if given.answer is AnswerValue.YES
        and not may_clear(desk.framework.items[item], technology, desk.by)
    ]
    if own:
        raise RuleBroken(
            f"{desk.state.people[desk.by].name} proposed {technology.label} and cannot clear its "
            f"red lines ({', '.join(own)})",
            missing=["an answer by somebody who did not propose it"],
            who="Any assessor can answer them. Your other answers can be saved without these.",
        )


def answer(desk: Desk, technology: Technology, answers: Mapping[str, AnswerGiven]) -> None:
    """Draft answers to checklist items, each checked against the facts and the evidence held."""
    known = {each.id for each in technology.evidence}
    for item_id, given in answers.items():
        item = desk.framework.items[one_of(item_id, desk.framework.items, "checklist item")]
        if not applies(item.applies, technology.facts).yes:
            raise RuleBroken(
                f"{item.id} does not apply to {technology.label} as its facts stand",
                who="Change the facts first if it should.",
            )
        for reference in given.evidence:
            one_of(reference, sorted(known), f"evidence reference of {technology.label}")
        if given.answer in (AnswerValue.YES, AnswerValue.PARTLY) and not given.evidence:
            raise RuleBroken(
                f"{item.id} can be answered {given.answer} only with evidence",
                missing=[f"a reference to: {item.evidence}"],
                who="Attach the document first, then answer.",
            )
        if given.answer is AnswerValue.NOT_APPLICABLE:
            if not may_be_not_applicable(item):
                raise RuleBroken(
                    f"{item.id} cannot be answered not applicable, because the facts make it apply "
                    "or it is a red line",
                    who="If a fact is wrong, the owner sets it right; the item then drops away.",
                )
            if not given.note:
                raise RuleBroken(
                    f"{item.id} can be answered not applicable only with a reason",
                    missing=["the reason"],
                    who="You supply it.",
                )
    changed = {item: given for item, given in answers.items() if _differs(technology, item, given)}
    _refuse_own_red_lines(desk, technology, changed)
    if changed:
        desk.draft(technology.id, AnswersGiven(framework=desk.framework.digest, answers=changed))
        given_now = {
            item: Answer(**dict(each), by=desk.by, at=desk.at, framework=desk.framework.digest)
            for item, each in changed.items()
        }
        after = technology.model_copy(update={"answers": {**technology.answers, **given_now}})
        recheck(desk, technology, after)


def _differs(technology: Technology, item: str, given: AnswerGiven) -> bool:
    """Whether an answer is news: another than before, or one that a reopening asked for again."""
    held = technology.answers.get(item)
    if held is None:
        return True
    return held.at <= asked_again(technology).get(item, "") or any(
        getattr(held, field) != getattr(given, field) for field in AnswerGiven.model_fields
    )


def attach_evidence(
    desk: Desk,
    technology: Technology,
    *,
    title: str,
    dated: date,
    version: str,
    owner: str,
    document: str,
    location: str,
    ends_on: date | None,
    file: Path | None,
) -> Evidence:
    """Draft a reference to a document. `file` is read once for its SHA-256, never stored."""
    desk.happened(dated, "A document cannot be dated")
    if document:
        one_of(document, [each.id for each in desk.framework.route.documents], "kind of document")
    # An erased reference leaves its number unused: answers may still point at it.
    used = [int(each.id[1:]) for each in technology.evidence]
    number = max(used, default=0) + len(technology.erased) + 1
    evidence = checked(
        Evidence,
        {
            "id": f"E{number}",
            "title": title,
            "version": version,
            "dated": dated,
            "owner": desk.person(owner) if owner.strip() else None,
            "document": document,
            "location": location or (str(file) if file else ""),
            "sha256": _file_digest(file) if file else None,
            "ends_on": ends_on,
        },
    )
    desk.draft(technology.id, EvidenceAttached(evidence=evidence))
    return evidence


def _file_digest(file: Path) -> str:
    try:
        refuse_device(file)
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise BadInput(
            "The evidence file cannot be read",
            where=str(file),
            why=error.strerror or str(error),
            do="Check the path, or attach the reference without the file",
        ) from None
