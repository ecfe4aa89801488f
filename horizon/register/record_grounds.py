"""What a decision rests on: the people in the room, what they weighed, why, on which evidence and
under which rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from horizon.judgement.checklist import ItemReading, read_checklist
from horizon.judgement.facts import applies
from horizon.judgement.recording import WEIGHED
from horizon.judgement.scoring import read_scores
from horizon.judgement.tiers import read_tier
from horizon.model.facts import Fact, FactValue, value_of
from horizon.model.meeting import Attendance, Presence, Seat
from horizon.model.record import Advice, Method
from horizon.model.wording import count, day, listed
from horizon.model.words import AnswerValue, Phase
from horizon.register.record_case import Case, moment, titled
from horizon.register.telling_parts import Part, Said, Weight


def room(case: Case) -> Part:
    """Who was there, whether they were enough, and which interests were declared."""
    decision = case.decision
    if decision.method is Method.OWN_RECORD:
        said = [Said(f"The {case.body_name} keeps its own minutes of who was there.")]
        return Part("room", "Who was there", tuple(said))
    seated = decision.room.attendance
    present = [each for each in seated if each.presence is Presence.PRESENT]
    groups = [
        ("Chair", [each for each in present if each.seat is Seat.CHAIR]),
        ("Members", [each for each in present if each.seat is Seat.MEMBER]),
        ("In attendance", [each for each in present if not each.seat.decides]),
        ("Apologies", [each for each in seated if each.presence is Presence.APOLOGIES]),
    ]
    said = [Said(people(case, group), name) for name, group in groups if group]
    if decision.method is not Method.CHAIRS_ACTION:
        said.append(_quorum(case))
    said += _interests(case)
    return Part("room", "Who was there", tuple(said))


def people(case: Case, seated: list[Attendance]) -> str:
    """People with their role and organisation, and their seat where they only attend."""
    return "; ".join(person_named(case.name(each.person), each) for each in seated)


def person_named(name: str, seated: Attendance) -> str:
    """`Ivy Example (data protection officer, Example Police; adviser)`."""
    known = ", ".join(each for each in (seated.role, seated.organisation) if each)
    seat = "" if seated.seat.decides else seated.seat.value
    advises = "advises, never counted" if seated.dpo and seated.seat.decides else ""
    more = "; ".join(each for each in (known, seat, advises) if each)
    return f"{name} ({more})" if more else name


def _quorum(case: Case) -> Said:
    quorum = case.decision.room.quorum
    counted = listed([case.name(each) for each in quorum.counted])
    return Said(
        f"{quorum.words}: {counted or 'nobody'}",
        "Quorum",
        weight=Weight.PLAIN if quorum.is_met else Weight.BAD,
    )


def _interests(case: Case) -> Iterator[Said]:
    declared = case.decision.room.interests
    if not declared:
        yield Said("None was declared", "Interests")
    for each in declared:
        did = {"stayed": "stayed", "left": "left the room", "no vote": "took no part in the vote"}
        yield Said(
            f"{case.name(each.person)}, {each.kind}: {each.nature}. They {did[each.action]}",
            "Interest",
        )


def weighed(case: Case) -> Part:
    """What the body weighed, and what the record does not say it did."""
    considered, said = case.decision.considered, []
    if considered.options:
        number = count(len(considered.options), "was", "were")
        said.append(Said(f"{number} considered", "Options", notes=considered.options))
    for name, title in (
        ("legal_basis", "Legal basis"),
        ("proportionality", "Proportionality"),
        ("equality", "Equality information"),
    ):
        said.append(Said(getattr(considered, name), title))
    said.append(_advice(considered.dpo_advice, "DPO's advice"))
    said.append(_advice(considered.independent_advice, "Independent view"))
    said.append(Said(considered.trade_offs, "Trade-offs"))
    asked = _asked(case)
    silent = {name: words for name, words in WEIGHED.items() if not considered.is_told(name)}
    lacking = [words for name, words in silent.items() if name in asked]
    weight = Weight.CARE if lacking and case.decision.effect.approves else Weight.PLAIN
    said.append(Said("; ".join(lacking), "Not recorded", weight=weight))
    said.append(
        Said("; ".join(words for n, words in silent.items() if n not in asked), "Not asked")
    )
    return Part("weighed", "What was weighed", tuple(each for each in said if each.text))


def _asked(case: Case) -> set[str]:
    """What the gate asked an approval at this tier to say was weighed."""
    tier, facts = case.decision.on_the_table.tier, case.decision.on_the_table.facts
    return {
        each.weighs
        for each in (case.gate.record if case.gate else ())
        if each.from_tier.depth <= tier.depth and applies(each.applies, facts).yes
    }


def _advice(advice: Advice, title: str) -> Said:
    followed = {"yes": "Followed.", "partly": "Followed in part", "no": "Not followed"}
    said = followed.get(advice.followed, "Whether it was followed is not recorded.")
    if advice.followed in ("partly", "no"):
        said += f", because: {advice.why_not}" if advice.why_not else "; why is not recorded."
    return Said(advice.given, title, notes=(said,))


def reasons(case: Case) -> Part:
    """Why: for the decision as a whole, and for each red line and blocker it touches."""
    decision = case.decision
    said = [Said(decision.reasons)]
    for item, reason in decision.item_reasons.items():
        said.append(Said(reason, item, notes=_item_notes(case, item)))
    for each in decision.overrides:
        said.append(
            Said(
                f"{each.reason} Set aside by the {case.body_name} until {day(each.expires_on)}; "
                f"risk owner {case.name(each.siro)}",
                f"{each.item} overridden",
                notes=_item_notes(case, each.item),
                weight=Weight.CARE,
            )
        )
    return Part("reasons", "Reasons", tuple(said))


def _item_notes(case: Case, item_id: str) -> tuple[str, ...]:
    item = case.framework.items.get(item_id)
    if item is None:
        return ()
    phase = case.decision.phase or Phase.TRIAL
    kind = "Red line" if item.is_red_line(phase) else item.effect(phase).capitalize()
    answer = case.decision.on_the_table.answers.get(item_id)
    given = answer.answer if answer else "not answered"
    note = f" ({answer.note})" if answer and answer.note else ""
    return (f"{kind}: {item.question}", f"Answer before the body: {given}{note}")


def disagreement(case: Case) -> Part:
    """Who disagreed, how the votes fell, and what absent members wrote."""
    decision, said = case.decision, []
    if decision.votes is not None:
        votes = decision.votes
        said.append(
            Said(
                f"{votes.in_favour} in favour, {votes.against} against, {votes.abstained} "
                "abstained",
                "Votes",
            )
        )
    for each in decision.dissent:
        who = case.name(each.person) if each.person else "A member"
        said.append(Said(f"{who}: {each.reason}", "Dissent"))
    if not decision.dissent:
        said.append(Said("None was recorded", "Dissent"))
    for comment in decision.comments:
        said.append(Said(f"{case.name(comment.person)}: {comment.text}", "Written comment"))
    return Part("disagreement", "Who disagreed", tuple(said))


def evidence(case: Case) -> Part:
    """The evidence before the body, each in its version, with its date and the hash of its file."""
    said = []
    for each in case.decision.on_the_table.evidence:
        document = case.framework.route.document(each.document)
        notes = [
            document.name if document else "",
            f"Owner: {case.name(each.owner)}" if each.owner else "",
            each.location,
            f"SHA-256 {each.sha256}" if each.sha256 else "No hash: the file itself was not read.",
        ]
        said.append(
            Said(
                titled(each.title, each.version, each.dated),
                each.id,
                notes=tuple(note for note in notes if note),
            )
        )
    if not said:
        said.append(Said("No evidence was attached.", weight=Weight.CARE))
    held = {(e.title, e.version, e.dated) for e in case.decision.on_the_table.evidence}
    for paper in case.decision.papers:
        if (paper.title, paper.version, paper.dated) not in held:
            said.append(Said(titled(paper.title, paper.version, paper.dated), "Paper"))
    return Part("evidence", "Evidence before the body", tuple(said))


def table(case: Case) -> Part:
    """What else was on the table: facts, tier, checklist, scores, and what the gate found."""
    then, decision = case.then, case.decision
    phase = decision.phase or Phase.TRIAL
    tier = read_tier(case.framework, then.facts)
    said = [
        Said(
            decision.on_the_table.tier.capitalize(),
            "Tier",
            notes=tuple(each.words for each in tier.because),
        ),
        *_facts(case),
        *_checklist(case, phase),
        *_scores(case, phase),
    ]
    missing = [
        each.removeprefix("missing: ")
        for each in decision.on_the_table.gate_findings
        if each.startswith("missing: ")
    ]
    gate = Said("Everything it asks for was there", "The gate", weight=Weight.GOOD)
    if missing:
        number = count(len(missing), "thing")
        gate = Said(f"{number} missing", "The gate", notes=tuple(missing), weight=Weight.CARE)
    said.append(gate)
    return Part("table", "What was on the table", tuple(each for each in said if each.text))


def _facts(case: Case) -> Iterator[Said]:
    facts, names = case.decision.on_the_table.facts, case.framework.fact_names
    for value, title in ((FactValue.YES, "Facts"), (FactValue.UNKNOWN, "Facts not known")):
        found = [names[each].lower() for each in Fact if value_of(facts, each) is value]
        none = "None is yes" if value is FactValue.YES else ""
        yield Said(", ".join(found) or none, title)


def _checklist(case: Case, phase: Phase) -> Iterator[Said]:
    if not case.decision.on_the_table.answers:
        yield Said("No question had been answered", "Checklist")
        return
    reading = read_checklist(case.framework, case.then, phase)
    applying = count(len(reading.applicable), "question applied", "questions applied")
    answers = Counter(each.value for each in reading.applicable)
    counted = ", ".join(f"{answers[each]} {each}" for each in AnswerValue if answers[each])
    yield Said(f"{applying} for {phase}, {len(reading.open)} open", "Checklist")
    yield Said(counted, "Answers", notes=tuple(map(_answered, reading.applicable)))
    yield Said(", ".join(f"{each.item.id} {each.line}" for each in reading.red_lines), "Red lines")
    blocked = [each for each in reading.blockers if not each.red_line]
    yield Said(_ids(blocked), "Blocked too")
    yield Said(_ids(reading.conditions), "To become conditions")


def _answered(each: ItemReading) -> str:
    """`LB1 yes, on E1 and E2: Which law does it process under? See 2.1`: one PDF has to do."""
    given = each.answer
    on = f", on {listed(given.evidence)}" if given and given.evidence else ""
    note = f" Note: {given.note}" if given and given.note else ""
    return f"{each.item.id} {each.value}{on}: {each.item.question}{note}"


def _ids(found: list[ItemReading] | tuple[ItemReading, ...]) -> str:
    return ", ".join(f"{each.item.id} ({each.value})" for each in found)


def _scores(case: Case, phase: Phase) -> Iterator[Said]:
    scores = read_scores(case.framework, case.then, phase)
    if scores.round is None:
        yield Said("No round had been closed", "Scores")
        return
    notes = [f"{each.name}: {each.text}" for each in (*scores.principles, scores.overall)]
    below = [
        f"{each.criterion.id} (needs {each.minimum}, had {scores.cells[each.criterion.id].text})"
        for each in scores.gates
        if each.state != "pass"
    ]
    if below:
        notes.append(f"Minimum not shown: {', '.join(below)}")
    by = next(each for each in case.then.rounds if each.number == scores.round)
    names = listed([case.name(each) for each in by.submissions])
    yield Said(f"Round {scores.round}, by {names}", "Scores", notes=(*notes, *scores.flags))


def rules(case: Case) -> Part:
    """Under which framework it was made, who brought that in, and whether it is still in force."""
    framework, register = case.framework, case.register
    wanted = case.decision.on_the_table.framework
    copy = register.state.frameworks.get(wanted)
    if copy is None:
        missing = Said("There is no copy of it in this register.", weight=Weight.BAD)
        return Part("rules", "Under which rules", (Said(wanted, "Framework digest"), missing))
    said = [
        Said(
            f"{framework.title}, version {framework.version}, {day(framework.dated)}", "Framework"
        ),
        Said(
            f"{framework.status_line}" if not framework.is_adopted else "Adopted by the force",
            "Status",
            weight=Weight.PLAIN if framework.is_adopted else Weight.CARE,
        ),
        Said(wanted, "Digest"),
        Said(
            f"{moment(copy.adopted_at)}, by {case.name(copy.adopted_by)}: {copy.reason}",
            "In use from",
        ),
    ]
    if wanted != register.state.head.adopted_framework:
        today = register.framework
        said.append(
            Said(
                f"The register has worked under version {today.version} since; this decision "
                "keeps its own",
                "Since then",
                weight=Weight.CARE,
            )
        )
    return Part("rules", "Under which rules", tuple(said))


def publication(case: Case) -> Part:
    """What may be published of it, and what is left out on which ground."""
    decision = case.decision
    said = [Said(decision.summary or "No summary was written", "Summary")]
    for each in decision.redactions:
        said.append(Said(f"{each.part} ({each.ground})", "Left out"))
    if not decision.redactions:
        said.append(Said("Nothing is marked to be left out", "Left out"))
    return Part("publication", "What is published", tuple(said))
