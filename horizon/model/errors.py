"""What Horizon says when it refuses. Every message is for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from horizon.model.wording import printable

NEWEST = 3
"""Changes by others that a conflict's message tells; of those before them it says how many."""

LONGEST_MESSAGE = 3_000
"""Characters of the longest message; of a longer one the middle is left out."""


class HorizonError(Exception):
    """Something was refused or could not be done; `str()` is what the user reads: one line in
    which nothing that somebody typed steers a terminal."""

    exit_code = 1

    def __str__(self) -> str:
        said = " ".join(printable(super().__str__()).split())
        if len(said) <= LONGEST_MESSAGE:
            return said
        return f"{said[: LONGEST_MESSAGE - 1_000]} … {said[-900:]}"


class BadInput(HorizonError):
    """What came in cannot be understood: what it was, where, why, and what to do instead."""

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", why: str = "", do: str = "") -> None:
        self.what, self.where, self.why, self.do = what, where, why, do
        parts = [f"{where}: {what}" if where else what, why, do]
        super().__init__(" ".join(sentence(part) for part in parts if part))


class RuleBroken(HorizonError):
    """A rule of the framework or the register refuses a command.

    `rule` names the rule in words, `missing` lists what is not there, `who` says who can supply
    it. Where others supply each, `lacks` lists them instead, each with who can. All of it is shown
    to the user. `fields` names inputs and, in words, what each lacks.
    """

    exit_code = 3

    def __init__(
        self,
        rule: str,
        *,
        missing: Sequence[str] = (),
        lacks: Sequence[tuple[str, str]] = (),
        who: str = "",
        fields: Mapping[str, str] | None = None,
    ) -> None:
        self.rule, self.who = rule, who
        self.lacks = (*((each, "") for each in missing), *lacks)
        self.missing = tuple(each for each, _ in self.lacks)
        self.fields = dict(fields or {})
        parts = [sentence(rule)]
        if self.lacks:
            named = (f"{each} ({by.rstrip('.')})" if by else each for each, by in self.lacks)
            parts.append(sentence("Missing: " + "; ".join(named)))
        if who:
            parts.append(sentence(who))
        super().__init__(" ".join(parts))

    @property
    def lines(self) -> list[str]:
        """What is missing, each with who can supply it, a line each."""
        return [f"Missing: {sentence(each)} {by}".rstrip() for each, by in self.lacks]


class Conflict(HorizonError):
    """Somebody else changed the same technology first. Nothing was written.

    `subject` is the technology's id, `expected` the revision the change was made on, `found` the
    one in the register now, `changes` says in words who did what in between.
    """

    exit_code = 4

    def __init__(
        self,
        subject: str,
        label: str,
        *,
        expected: int,
        found: int,
        changes: Sequence[str] = (),
    ) -> None:
        self.subject, self.label, self.expected, self.found = subject, label, expected, found
        self.changes = tuple(changes)
        told = [f"{len(changes) - NEWEST} more", *changes[-NEWEST:]]
        newest = "; ".join(told if len(changes) > NEWEST else changes)
        since = f" Since then: {newest}." if changes else ""
        super().__init__(
            f"{label} was changed by someone else while you worked: you started from revision "
            f"{expected}, the register now has revision {found}. Nothing was saved.{since} "
            "Look at the newer version, then save again."
        )


class StoreFault(HorizonError):
    """The register's files cannot be read or written: which file, what is wrong, what to do."""


class NotUnderstood(StoreFault):
    """An event in the journal of a kind that this Horizon does not know, or that does not fit what
    came before it. `seq` is its number; `why` says what is wrong with it."""

    def __init__(self, seq: int, kind: str, why: str) -> None:
        self.seq, self.kind, self.why = seq, kind, why
        super().__init__(
            f"Event {seq} ({kind}) cannot be understood: {sentence(why)} It may have been written "
            "by a newer version of Horizon. Find out more with: horizon verify"
        )


class SigningFault(HorizonError):
    """Something could not be signed, or a signature could not be checked: what, why, what to do."""


def sentence(text: str) -> str:
    """`text` with a full stop, unless it ends in another stop."""
    text = text.strip()
    return text if text.endswith((".", "?", "!", ":")) else text + "."
