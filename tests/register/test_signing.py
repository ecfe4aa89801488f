"""Decisions signed with real SSH keys: what a signature stands for, and what shows against it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from horizon.model.base import canonical
from horizon.model.envelope import commit_hash, data_digest
from horizon.model.errors import Conflict, RuleBroken, SigningFault
from horizon.model.signing_events import DecisionSigned
from horizon.register import Register, keygen, signatures, signers
from horizon.register.checking import verify, with_signatures
from horizon.register.copying import copy
from horizon.register.records import read_record
from horizon.register.signers import Signer
from horizon.register.signing import made
from horizon.register.telling import tell
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.keys import made_key, public
from tests.register.using import SAM, acting, approved, kinds, refused

GRACE = "Grace Example"
LINE = f'namespaces="{keygen.NAMESPACE}"'


@pytest.fixture
def signer(worked: Register, tmp_path: Path) -> Signer:
    """Sam's key, which the file beside the register allows."""
    allowed = tmp_path / "worked.allowed_signers"
    key = made_key(tmp_path / "sam")
    allowed.write_text(f'"{SAM}" {LINE} {public(key)}\n')
    return Signer(key, allowed)


def sign(register: Register, number: str, signer: Signer, name: str = SAM) -> None:
    with acting(register, name):
        register.sign(number, signer)


@pytest.fixture
def number(worked: Register, signer: Signer) -> str:
    """A decision that Sam recorded and signed."""
    decision = approved(worked)
    sign(worked, decision.number, signer)
    return decision.number


def found(path: Path, signer: Signer) -> list[str]:
    """What does not hold, each with its line."""
    verified = with_signatures(verify(path), signer.allowed)
    assert verified.signatures is not None, verified.faults
    return [f"{each.line}: {each.what}" for each in verified.faults]


def faults(register: Register, signer: Signer) -> list[str]:
    assert isinstance(register.path, Path)
    return found(register.path, signer)


def forged(register: Register, change: Callable[[list[dict[str, Any]]], None]) -> Path:
    """The register as a forger leaves it who changes what events say and makes every digest and
    every hash anew."""
    assert isinstance(register.path, Path)
    register.store.close()
    journal = journal_path(register.path)
    lines = [json.loads(line) for line in journal.read_bytes().splitlines()]
    change([event for line in lines for event in line["events"]])
    prev = lines[0]["prev"]
    for line in lines:
        for event in line["events"]:
            event["digest"] = data_digest(event["salt"], event["data"])
        sealed = [{k: v for k, v in e.items() if k not in ("salt", "data")} for e in line["events"]]
        line["prev"], line["hash"] = prev, commit_hash(prev, sealed)
        prev = line["hash"]
    journal.write_bytes(b"".join(canonical(line) + b"\n" for line in lines))
    register.path.unlink(missing_ok=True)
    assert verify(register.path).faults == ()
    return register.path


def last(events: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return [each for each in events if each["kind"] == kind][-1]


def test_without_keys_everything_works_and_reads_unsigned(worked: Register, tmp_path: Path) -> None:
    decision = approved(worked)
    proof = read_record(worked, decision.number).part("proof")
    assert [each.text for each in proof.said if each.name == "Signature"] == ["Unsigned"]
    verified = with_signatures(verify(tmp_path / "worked.json"), None)
    assert verified.faults == ()
    assert verified.signatures is not None
    assert decision.number in verified.signatures.unsigned
    assert verified.signatures.words == "7 decisions: 7 unsigned."


def test_a_signed_decision_says_by_whom_and_with_which_key(
    worked: Register, signer: Signer, number: str
) -> None:
    fingerprint = keygen.fingerprint(public(signer.key).split()[1])
    (said,) = (e for e in read_record(worked, number).part("proof").said if e.name == "Signature")
    assert said.text == f"Signed by {SAM} with key {fingerprint}"
    *_, (_, commit) = worked.history()
    assert tell(commit.events[0], worked) == f"signed decision {number} with key {fingerprint}"
    assert faults(worked, signer) == []
    verified = with_signatures(verify(worked.path), signer.allowed).signatures
    assert verified is not None
    assert verified.words == "7 decisions: 1 signed and 6 unsigned."
    assert [each.principal for each in verified.holding] == [SAM]


def test_signing_adds_one_line_and_changes_none(worked: Register, signer: Signer) -> None:
    decision = approved(worked)
    before = list(worked.store.lines())
    sign(worked, decision.number, signer)
    assert list(worked.store.lines())[:-1] == before
    assert kinds(worked)[-1] == DecisionSigned.kind


def test_a_signature_is_no_conflict_for_who_works_on_the_technology(
    worked: Register, signer: Signer
) -> None:
    decision = approved(worked)
    seen = worked.technology("T-0001").revision
    sign(worked, decision.number, signer)
    worked.set_facts("T-0001", {"ai": "yes"}, expect=seen)
    with pytest.raises(Conflict):
        worked.set_facts("T-0001", {"ai": "no"}, expect=seen)


def test_ssh_keygen_itself_finds_the_signature_good(
    worked: Register, signer: Signer, number: str, tmp_path: Path
) -> None:
    claim, (signature,) = signatures.of_decision(worked, number)
    (tmp_path / "signature").write_text(signature.data.signature)
    done = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", signer.file, "-I", SAM,
         "-n", keygen.NAMESPACE, "-s", tmp_path / "signature"],
        input=claim.message,
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    signed = json.loads(claim.message)
    line = next(each for _, each in worked.history() if each.hash == signed["line"])
    assert signed["event"] == line.events[0].sealed_part()
    assert signed["register"] == worked.state.head.register_id


def test_a_key_that_is_not_allowed_signs_nothing_and_the_decision_stays(
    worked: Register, signer: Signer, tmp_path: Path
) -> None:
    decision = approved(worked)
    other = Signer(made_key(tmp_path / "other"), signer.allowed)
    lines = list(worked.store.lines())
    with pytest.raises(SigningFault, match="not among the allowed signers in worked"):
        sign(worked, decision.number, other)
    assert list(worked.store.lines()) == lines
    assert worked.technology("T-0001").decision(decision.number) == decision


def test_nobody_signs_as_somebody_else(worked: Register, signer: Signer) -> None:
    decision = approved(worked)
    with pytest.raises(SigningFault, match=f"as that of {SAM}, not of {GRACE}"):
        sign(worked, decision.number, signer, GRACE)


def test_a_changed_signature_does_not_hold(worked: Register, signer: Signer, number: str) -> None:
    def change(events: list[dict[str, Any]]) -> None:
        data = last(events, "decision-signed")["data"]
        lines = data["signature"].splitlines()
        lines[-2] = ("B" if lines[-2][0] == "A" else "A") + lines[-2][1:]
        data["signature"] = "\n".join(lines)

    line = len(list(worked.store.lines()))
    (fault,) = found(forged(worked, change), signer)
    assert fault.startswith(f"{line}: the signature of {SAM} on {number} does not hold: ")
    assert "not a signature of this decision as it stands here" in fault


def test_a_decision_swapped_under_a_signature_is_found(
    worked: Register, signer: Signer, number: str
) -> None:
    def change(events: list[dict[str, Any]]) -> None:
        decision = last(events, "decision-recorded")["data"]["decision"]
        assert decision["number"] == number
        decision["reasons"] = "Somebody paid for it."

    (fault,) = found(forged(worked, change), signer)
    assert "another decision, or other words, stand where the signed one stood" in fault


def fitted(events: list[dict[str, Any]], path: Path) -> None:
    """Have the signature's event name what the decision's event and its line are now."""
    recorded, signed = last(events, "decision-recorded"), last(events, "decision-signed")
    signed["data"]["digest"] = recorded["digest"]
    for line in journal_path(path).read_bytes().splitlines():
        held = json.loads(line)
        if any(each["id"] == recorded["id"] for each in held["events"]):
            signed["data"]["line"] = held["hash"]


def test_a_forger_who_also_fits_the_event_of_the_signature_is_found(
    worked: Register, signer: Signer, number: str
) -> None:
    def change(events: list[dict[str, Any]]) -> None:
        last(events, "decision-recorded")["data"]["decision"]["outcome"] = "reject"

    path = forged(worked, change)
    with Register.open(path, acting=SAM, clock=StandingClock()) as again:
        (fault,) = found(forged(again, lambda events: fitted(events, path)), signer)
    assert "not a signature of this decision as it stands here" in fault


def test_a_journal_made_anew_before_the_decision_shows_against_its_signature(
    worked: Register, signer: Signer, number: str
) -> None:
    def change(events: list[dict[str, Any]]) -> None:
        proposed = next(each for each in events if each["kind"] == "technology-proposed")
        proposed["data"]["details"]["summary"] = "It was always harmless."

    path = forged(worked, change)
    (fault,) = found(path, signer)
    assert "the journal up to that decision is not the one that was signed" in fault
    with Register.open(path, acting=SAM, clock=StandingClock()) as again:
        (fault,) = found(forged(again, lambda events: fitted(events, path)), signer)
    assert "not a signature of this decision" in fault


def test_a_signature_does_not_count_for_another_decision(
    worked: Register, signer: Signer, number: str
) -> None:
    def change(events: list[dict[str, Any]]) -> None:
        first = next(each for each in events if each["kind"] == "decision-recorded")
        last(events, "decision-signed")["data"]["decision"] = first["data"]["decision"]["number"]

    (fault,) = found(forged(worked, change), signer)
    assert f"it was made for {number}" in fault


def test_a_signature_under_another_name_does_not_hold(
    worked: Register, signer: Signer, number: str
) -> None:
    grace = next(each.id for each in worked.state.people.values() if each.name == GRACE)

    def change(events: list[dict[str, Any]]) -> None:
        last(events, "decision-signed")["by"] = grace

    (fault,) = found(forged(worked, change), signer)
    assert f"the signature of {GRACE} on {number} does not hold" in fault
    assert f"knows its key as that of {SAM}" in fault


def test_a_key_taken_out_of_the_file_no_longer_counts(
    worked: Register, signer: Signer, number: str
) -> None:
    held = signer.file.read_text()
    signer.file.write_text("# nobody\n")
    (fault,) = faults(worked, signer)
    assert "its key is not among the allowed signers in worked.allowed_signers" in fault
    signer.file.write_text("this line is no such thing\n" + held)
    assert faults(worked, signer) == []


def test_an_expired_key_counts_for_what_it_signed_before_and_signs_nothing_more(
    worked: Register, signer: Signer, number: str, clock: StandingClock
) -> None:
    key = public(signer.key)
    signer.file.write_text(f'"{SAM}" valid-before="20261101",{LINE} {key}\n')
    (fault,) = faults(worked, signer)
    assert "its key was no longer valid on 24 November 2026" in fault
    signer.file.write_text(f'"{SAM}" valid-after="20261201",{LINE} {key}\n')
    assert "its key was not valid yet on 24 November 2026" in faults(worked, signer)[0]
    signer.file.write_text(f'"{SAM}" valid-before="20261125",{LINE} {key}\n')
    assert faults(worked, signer) == []
    clock.moment += timedelta(days=2)
    with pytest.raises(SigningFault, match="no longer valid on 26 November 2026"):
        sign(worked, number, signer)


def test_a_key_for_other_things_signs_no_decision(
    worked: Register, signer: Signer, number: str
) -> None:
    signer.file.write_text(f'"{SAM}" namespaces="git" {public(signer.key)}\n')
    assert "does not allow its key to sign decisions" in faults(worked, signer)[0]


def test_without_the_file_nothing_is_signed_and_no_signature_is_taken_for_good(
    worked: Register, signer: Signer, number: str
) -> None:
    signer.file.unlink()
    (fault,) = faults(worked, signer)
    assert "holds a signature that cannot be checked. There is no file of allowed signers" in fault
    with pytest.raises(SigningFault, match="There is no file of allowed signers"):
        sign(worked, number, signer)
    assert "No file of allowed signers is named" in found_without(worked)


def found_without(register: Register) -> str:
    return with_signatures(verify(register.path), None).faults[0].what


def test_somebody_else_may_sign_too_and_the_record_says_who_recorded_it(
    worked: Register, signer: Signer, number: str, tmp_path: Path
) -> None:
    worked.name_person(GRACE, email="grace@police.example")
    hers = made_key(tmp_path / "grace")
    with signer.file.open("a") as file:
        file.write(f"grace@police.example {LINE} {public(hers)}\n")
    sign(worked, number, Signer(hers, signer.allowed), GRACE)
    assert faults(worked, signer) == []
    said = [e for e in read_record(worked, number).part("proof").said if e.name == "Signature"]
    assert [each.text.split(" with")[0] for each in said] == [
        f"Signed by {SAM}",
        f"Signed by {GRACE}",
    ]
    assert f"Recorded by {SAM}, signed by somebody else" in said[1].notes


def test_a_decision_is_signed_once_with_each_key(
    worked: Register, signer: Signer, number: str
) -> None:
    with acting(worked, SAM):
        said = refused(worked, worked.sign, number, signer)
    assert said == f"You have signed {number} with that key already."


def test_a_signature_made_for_one_person_is_not_recorded_for_another(
    worked: Register, signer: Signer
) -> None:
    decision = approved(worked)
    with acting(worked, SAM):
        request = worked.to_sign(decision.number)
    with pytest.raises(RuleBroken, match="made the signature, somebody else acts"):
        worked.record_signature(request, made(request, signer))


def test_a_person_who_is_called_otherwise_now_was_called_so_then(
    worked: Register, signer: Signer, number: str
) -> None:
    sam = next(each for each in worked.state.people.values() if each.name == SAM)
    with acting(worked, SAM):
        named = worked.history(sam.id)
        seqs = [e.seq for _, c in named for e in c.events if e.kind == "person-named"]
    worked.name_person(SAM, email="sam@police.example")
    assert faults(worked, signer) == []
    worked.erase(seqs, reason="Asked to be forgotten")
    assert faults(worked, signer) == []


def test_the_signature_of_an_erased_decision_still_holds(
    worked: Register, signer: Signer, number: str
) -> None:
    worked.erase([read_record(worked, number).seal.seq], reason="A spill")
    assert faults(worked, signer) == []


def test_a_correction_is_another_record_with_a_signature_of_its_own(
    worked: Register, signer: Signer, number: str
) -> None:
    with acting(worked, SAM):
        corrected = worked.correct("T-0001", number, {"next_step": "Report"}, reason="Left out")
    assert corrected.signatures == ()
    assert faults(worked, signer) == []


def test_a_copied_register_keeps_its_signatures(
    worked: Register, signer: Signer, number: str, tmp_path: Path
) -> None:
    copy(worked.path, tmp_path / "copy.json", acting=SAM)
    assert found(tmp_path / "copy.json", signer) == []


def test_a_register_taken_over_without_its_journal_proves_none_of_its_signatures(
    worked: Register, signer: Signer, number: str, clock: StandingClock
) -> None:
    worked.close()
    assert isinstance(worked.path, Path)
    journal_path(worked.path).unlink()
    with Register.open(worked.path, acting=SAM, clock=clock) as again:
        again.accept_history("The disk failed")
        verified = with_signatures(verify(worked.path), signer.allowed)
        assert verified.faults == ()
        assert verified.signatures is not None
        assert verified.signatures.words == "7 decisions: 7 from an earlier journal."
        assert again.technology("T-0001").decision(number) is not None


def test_a_key_with_a_passphrase_waits_for_nobody_and_needs_the_agent(
    worked: Register, signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = approved(worked)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    locked = Signer(made_key(tmp_path / "locked", passphrase="a long secret"), signer.allowed)
    with pytest.raises(SigningFault, match="Load the key into ssh-agent first"):
        sign(worked, decision.number, locked)
    public_half = Signer(tmp_path / "sam.pub", signer.allowed)
    with agent(monkeypatch):
        (tmp_path / "sam").rename(tmp_path / "elsewhere")
        with pytest.raises(SigningFault, match="ssh-agent does not hold the private half"):
            sign(worked, decision.number, public_half)
        subprocess.run(["ssh-add", "-q", tmp_path / "elsewhere"], check=True, capture_output=True)
        sign(worked, decision.number, public_half)
    assert faults(worked, signer) == []


@contextmanager
def agent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An ssh-agent of one's own."""
    said = subprocess.run(["ssh-agent", "-s"], check=True, capture_output=True, text=True).stdout
    held = dict(each.split(";")[0].split("=") for each in said.splitlines()[:2])
    monkeypatch.setenv("SSH_AUTH_SOCK", held["SSH_AUTH_SOCK"])
    try:
        yield
    finally:
        os.kill(int(held["SSH_AGENT_PID"]), 15)


def test_without_ssh_keygen_it_says_so(
    worked: Register,
    signer: Signer,
    number: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SigningFault, match="ssh-keygen is not installed here"):
        sign(worked, number, signer)
    assert "cannot be checked. ssh-keygen is not installed here" in faults(worked, signer)[0]


def test_a_key_that_never_answers_is_given_up_and_its_process_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "ssh-keygen"
    program.write_text('#!/bin/sh\necho $$ > "$0.pid"\nexec sleep 600\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    pid = tmp_path / "ssh-keygen.pid"
    with pytest.raises(SigningFault, match="Nobody waited"):
        keygen.sign(program, b"message", stopped=lambda: pid.exists() and bool(pid.read_text()))
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


@pytest.mark.parametrize(
    ("name", "email", "called"),
    [
        ("Sam Example", "", "Sam Example"),
        ("Zoë O’Brien-Example", "", "Zoë O’Brien-Example"),
        ("Sam", "sam@police.example", "sam@police.example"),
    ],
)
def test_whoever_is_set_up_is_allowed_under_name_or_address(
    worked: Register, tmp_path: Path, name: str, email: str, called: str
) -> None:
    person = worked.name_person(name, email=email)
    key, allowed = made_key(tmp_path / "key"), tmp_path / "theirs"
    signature = keygen.sign(key, b"try")
    assert signers.principal(person) == called
    allowed.write_text("# begun by hand, without a line end")
    signers.allow(allowed, signers.allowed_line(called, signature, worked.today))
    held = keygen.holds(
        b"try",
        signature,
        allowed=allowed,
        identities=signatures.identities(person),
        at=worked.clock(),
    )
    assert (held.why, held.principal) == ("", called)


def test_what_the_file_of_allowed_signers_says_never_steers_a_terminal(
    worked: Register, signer: Signer, number: str
) -> None:
    signer.file.write_text(f"\x1b[31mmallory {LINE} {public(signer.key)}\n")
    (fault,) = faults(worked, signer)
    assert "\x1b" not in fault
    assert "\\x1b[31mmallory" in fault
