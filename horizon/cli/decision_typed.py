"""A decision's record as people type it: options, `a | b | c`, a TOML file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from horizon.cli.route import body_of, outcome_id
from horizon.cli.typed import pairs, parts, text_of
from horizon.framework.source import Source
from horizon.framework.toml_file import toml_table
from horizon.model.base import Model
from horizon.model.errors import BadInput
from horizon.model.meeting import PaperReference
from horizon.model.record import GROUNDS, Redaction
from horizon.model.wording import count
from horizon.register import Register
from horizon.register.inputs import (
    CommentInput,
    ConditionInput,
    DecisionInput,
    DissentInput,
    OverrideInput,
    checked,
    one_of,
    said_each,
)

Found = TypeVar("Found")

PLAIN = ("legal_basis", "proportionality", "equality", "trade_offs")
"""What was weighed, where one text says it."""

ADVICE = {"dpo": "dpo_advice", "independent": "independent_advice"}
"""Advice by the word that its options begin with."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record read from a file: its values, and the text for finding lines."""

    source: str
    text: str
    values: dict[str, Any]

    def line(self, place: Sequence[str | int]) -> int:
        """The line on which a value stands, or 0 where that cannot be told."""
        return Source(self.text).line(place) or 0

    def where(self, place: Sequence[str | int]) -> str:
        """Where in the file a value stands: `decision.toml, line 3`."""
        line = self.line(place)
        return f"{self.source}, line {line}" if line else self.source

    def refuse(self, place: Sequence[str | int], what: str) -> BadInput:
        """A mistake at a place in the file."""
        known = list(DecisionInput.model_fields)
        stranger = len(place) == 1 and place[0] not in known
        do = _nearest(str(place[0]), known) if stranger else ""
        return BadInput(what, where=self.where(place), do=do)


def _nearest(name: str, allowed: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, allowed, n=1)
    return f"Did you mean {near[0]}?" if near else f"The fields are: {', '.join(allowed)}"


def from_file(source: str) -> Held:
    """The record in a TOML file, or on standard input for `-`. Raises `BadInput`."""
    text = text_of(source)
    name = "standard input" if source == "-" else source
    return Held(name, text, toml_table(text, name))


def from_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a decision that the options say; what was not given is left out."""
    used = {key: value for key, value in given.items() if value not in (None, ())}
    weighed: dict[str, Any] = {key: used.pop(key) for key in PLAIN if key in used}
    if "options" in used:
        weighed["options"] = used.pop("options")
    for word, field in ADVICE.items():
        advice = {
            part: used.pop(option)
            for part, option in (
                ("given", f"{word}_advice"),
                ("followed", f"{word}_followed"),
                ("why_not", f"{word}_why_not"),
            )
            if option in used
        }
        if advice:
            weighed[field] = advice
    fields = {key: value for key, value in used.items() if key not in _READERS}
    fields |= {name: read(used[key]) for key, (name, read) in _READERS.items() if key in used}
    return fields | ({"considered": weighed} if weighed else {})


def votes_in(text: str) -> dict[str, int]:
    """`3-1-0` as a count of votes. Raises `BadInput`."""
    match = re.fullmatch(r"\s*(\d{1,4})\s*-\s*(\d{1,4})(?:\s*-\s*(\d{1,4}))?\s*", text)
    if match is None:
        raise BadInput(
            f"{text!r} is not a count of votes",
            do="Write in favour, against and abstained as 3-1-0",
        )
    return {
        "in_favour": int(match[1]),
        "against": int(match[2]),
        "abstained": int(match[3] or 0),
    }


def ground_of(text: str) -> str:
    """A ground for leaving something out, however it is spelt: `s31`, `foia s.31`."""

    def plain(ground: str) -> str:
        return re.sub(r"[^a-z0-9]", "", ground.casefold())

    wanted = plain(text)
    for each in GROUNDS:
        if wanted in (plain(each), plain(each.removeprefix("FOIA "))):
            return each
    return one_of(text, GROUNDS, "ground")


def papers_in(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Papers from `TITLE | VERSION | DATE`; the last two may be left out."""
    names = ("title", "version", "dated")
    return [_fitting(PaperReference, each, names, "--paper", needed=1) for each in texts]


def dissent_in(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Who disagreed and why, from `NAME | REASON`; no name stands for "a member"."""
    return [_fitting(DissentInput, each, ("person", "reason"), "--dissent") for each in texts]


def comments_in(texts: Sequence[str]) -> list[dict[str, Any]]:
    """What absent members wrote, from `NAME | TEXT`."""
    return [_fitting(CommentInput, each, ("person", "text"), "--comment") for each in texts]


def redactions_in(texts: Sequence[str]) -> list[dict[str, Any]]:
    """What is left out and on which ground, from `PART | GROUND`."""
    found = [parts(each, ("part", "ground"), "--redact") for each in texts]
    spelt = [{**each, "ground": ground_of(each["ground"])} for each in found]
    for each in spelt:
        checked(Redaction, each, where="--redact")
    return spelt


def _conditions(texts: Sequence[str]) -> list[dict[str, Any]]:
    names = ("text", "owner", "due", "evidence_needed", "discharged_by", "if_missed")
    return [_fitting(ConditionInput, each, names, "--condition", needed=4) for each in texts]


def _overrides(texts: Sequence[str]) -> list[dict[str, Any]]:
    names = ("item", "reason", "siro", "expires_on")
    return [_fitting(OverrideInput, each, names, "--override") for each in texts]


def _fitting(
    model: type[Model], text: str, names: Sequence[str], option: str, *, needed: int = 0
) -> dict[str, Any]:
    """The parts of an option's text that were given, once they fit the model of what it stands
    for. Raises `BadInput` that names the option."""
    found = parts(text, names, option, needed=needed)
    least = needed or len(names)
    given = {name: value for at, (name, value) in enumerate(found.items()) if value or at < least}
    checked(model, given, where=option)
    return given


def reasons_in(texts: Sequence[str]) -> dict[str, str]:
    """Reasons by checklist item, from `ITEM=REASON`."""
    return {item.upper(): reason for item, reason in pairs(texts, "item").items()}


_READERS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "because": ("item_reasons", reasons_in),
    "papers": ("papers", papers_in),
    "votes": ("votes", votes_in),
    "dissent": ("dissent", dissent_in),
    "comments": ("comments", comments_in),
    "conditions": ("conditions", _conditions),
    "overrides": ("overrides", _overrides),
    "redactions": ("redactions", redactions_in),
}
"""Options whose text has parts: the field each fills, and what reads it."""


def completed(
    register: Register, ref: str, given: dict[str, Any], held: Held | None
) -> dict[str, Any]:
    """A decision's fields from options and a file, with what the meeting and its agenda say.

    Options win over the file. Names of bodies and outcomes become ids. Raises `BadInput` that names
    the field, and the file and line where it stands in one.
    """
    values = _merged(held.values if held else {}, given)
    meeting = register.meeting(str(values["meeting"])) if values.get("meeting") else None
    if not values.get("body"):
        if meeting is None:
            raise BadInput("No body is named", do="Name it as --body, or its meeting as --meeting")
        values["body"] = meeting.body
    body = _found("body", values, held, lambda name: body_of(register.framework, name))
    values["body"] = body.id
    if meeting is not None:
        technology = register.technology(ref)
        number = values.get("item")
        item = meeting.item(number) if isinstance(number, int) else meeting.item_on(technology.id)
        if item is not None and item.gate:
            values.setdefault("gate", item.gate)
    if not values.get("gate"):
        here = ", ".join(register.gates_here(register.technology(ref).id)) or "none"
        raise BadInput("No gate is named", do=f"Name one as --gate. Gates here: {here}")
    values["gate"] = str(values["gate"]).upper()
    for field in ("outcome", "reasons"):
        if not values.get(field):
            raise BadInput(f"{field} is needed", do=f"Give it as --{field}")
    values["outcome"] = _found("outcome", values, held, lambda name: outcome_id(body, name))
    values.setdefault("decided_on", meeting.on if meeting else register.today)
    _refuse_mistakes(values, given, held)
    for each in values.get("conditions", ()):
        if each.get("discharged_by"):
            each["discharged_by"] = body_of(register.framework, each["discharged_by"]).id
    return values


def _found(
    field: str, values: Mapping[str, Any], held: Held | None, find: Callable[[str], Found]
) -> Found:
    """What a name in a field stands for; where it stands in a file, a refusal says so."""
    try:
        return find(str(values[field]))
    except BadInput as error:
        if held is None or held.values.get(field) != values[field]:
            raise
        where = held.where([field])
        raise BadInput(error.what, where=where, why=error.why, do=error.do) from None


def _merged(held: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says, with what options say in its place."""
    merged = {**held, **given}
    weighed = held.get("considered")
    if isinstance(weighed, dict) and "considered" in given:
        merged["considered"] = {**weighed, **given["considered"]}
    return merged


def _refuse_mistakes(
    values: Mapping[str, Any], given: Mapping[str, Any], held: Held | None
) -> None:
    try:
        DecisionInput.model_validate(values)
    except ValidationError as error:
        faults = said_each(error)
        written = [each for each in faults if held and _is_in(held, each[0], given)]
        if held is not None and written:
            place, what = min(written, key=lambda each: held.line(each[0]))
            more = f" ({count(len(written) - 1, 'more mistake')} below)" if written[1:] else ""
            raise held.refuse(place, what + more) from None
        raise BadInput("; ".join(words for _, words in faults)) from None


def _is_in(held: Held, place: Sequence[str | int], given: Mapping[str, Any]) -> bool:
    """Whether a value stands in the file and no option took its place."""
    return bool(place) and place[0] in held.values and place[0] not in given
