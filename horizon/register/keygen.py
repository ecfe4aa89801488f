"""The `ssh-keygen` that people already have: it signs with their key, and says whose a signature
is. Nothing here knows a register.

No shell is involved, nothing is asked of the network, and what does not answer in time is ended.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from horizon.model.errors import SigningFault
from horizon.model.wording import day, listed, printable
from horizon.store.disk import refuse_no_name

NAMESPACE = "decision@horizon-register"
"""What a signature is for: one that was made for anything else does not count."""

PROGRAM = "ssh-keygen"

CHECK_SECONDS = 20.0
SIGN_SECONDS = 120.0
"""How long a key may take to sign: somebody may have to type a passphrase, or to touch a token."""

LOOK_EVERY = 0.1
"""Seconds between two looks at whether anybody still waits."""

_KEY = re.compile(r"key (SHA256:\S+)")
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a run: its exit code, and what it printed to each stream."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a signature holds. `why` is empty, or says why it does not; `principal` is whose key
    it was made with, in the words of the allowed signers, and `key` the key's fingerprint."""

    why: str = ""
    principal: str = ""
    key: str = ""


def sign(
    key: Path, message: bytes, *, may_ask: bool = False, stopped: Stopped = lambda: False
) -> str:
    """The signature of `message` by a private key, or by the one in the agent whose public half
    `key` is.

    A passphrase is asked for in the terminal, where it `may_ask`. Raises `SigningFault`.
    """
    if not key.exists():
        raise SigningFault(f"There is no key at {key}. Set one up with: horizon sign setup KEY")
    found = _run(
        ["-Y", "sign", "-f", str(key), "-n", NAMESPACE],
        message,
        seconds=SIGN_SECONDS,
        may_ask=may_ask,
        stopped=stopped,
    )
    if found.code or _BEGIN not in found.out:
        raise SigningFault(_why_not(key, found.err, asked=may_ask))
    return found.out


def _why_not(key: Path, said: str, *, asked: bool) -> str:
    """Why a key did not sign, and what to do, from what `ssh-keygen` said."""
    if "incorrect passphrase" in said and asked:
        return f"That is not the passphrase of {key}. Try again."
    if "incorrect passphrase" in said:
        return f"{key} has a passphrase. Load the key into ssh-agent first: ssh-add {key}"
    if "too open" in said:
        return f"{key} can be read by others, so it is not used. Keep it to you: chmod 600 {key}"
    if "No private key found" in said:
        return f"ssh-agent does not hold the private half of {key}. Load it with: ssh-add"
    if "Couldn't load public key" in said:
        return f"{key} is not an SSH key. Name a private key, or the .pub of one in ssh-agent."
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")
    return f"{key} did not sign: {last.rstrip('.') or 'ssh-keygen does not say why'}."


def holds(
    message: bytes, signature: str, *, allowed: Path, identities: Sequence[str], at: datetime
) -> Held:
    """Whether this is the signature of `message` by a key that `allowed` held for one of these
    `identities` at the moment `at`. Without identities, whose it is is taken from `allowed`.

    Raises `SigningFault` where that cannot be found out.
    """
    check_readable(allowed)
    try:
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "signature"
            kept.write_text(signature, encoding="utf-8")
            return _held(message, kept, allowed, identities, at)
    except OSError as error:
        raise SigningFault(f"The signature cannot be checked: {error.strerror or error}.") from None


def _held(
    message: bytes, signature: Path, allowed: Path, identities: Sequence[str], at: datetime
) -> Held:
    what = ["-n", NAMESPACE, "-s", str(signature)]
    when = ["-O", f"verify-time={at:%Y%m%d%H%M%S}"]
    said = ""
    for identity in identities or _owners(allowed, signature, when):
        found = _run(["-Y", "verify", "-f", str(allowed), "-I", identity, *what, *when], message)
        if found.code == 0:
            return Held("", identity, _fingerprint_in(found.out))
        said += found.err
    whole = _run(["-Y", "check-novalidate", *what], message)
    if whole.code:
        return Held(
            "it is not a signature of this decision as it stands here, so one of the two was "
            "changed after it was made"
        )
    why = _whose(said, _owners(allowed, signature, when), identities, allowed, at)
    return Held(why, key=_fingerprint_in(whole.out))


def _fingerprint_in(said: str) -> str:
    found = _KEY.search(said)
    return found[1] if found else ""


def _owners(allowed: Path, signature: Path, when: list[str]) -> list[str]:
    found = _run(
        ["-Y", "find-principals", "-f", str(allowed), "-s", str(signature), *when], b""
    ).out
    return [line.strip() for line in found.splitlines() if line.strip()]


def _whose(
    said: str, owners: list[str], identities: Sequence[str], allowed: Path, at: datetime
) -> str:
    """Why a signature that is whole does not count, from what `ssh-keygen` said."""
    unread = re.search(r":(\d+): (?:invalid|bad|missing|unknown|parse)", said)
    more = f" (line {unread[1]} of that file cannot be read)" if unread else ""
    if "key has expired" in said:
        return f"its key was no longer valid on {day(at)}, says {allowed.name}"
    if "not yet valid" in said:
        return f"its key was not valid yet on {day(at)}, says {allowed.name}"
    if "not permitted for use in signature namespace" in said:
        return f"{allowed.name} does not allow its key to sign decisions"
    if owners:
        who = listed(list(identities), "or") or "anybody"
        return f"{allowed.name} knows its key as that of {listed(owners)}, not of {who}"
    return f"its key is not among the allowed signers in {allowed.name}{more}"


def check_readable(allowed: Path) -> None:
    """Raises `SigningFault` where the allowed signers cannot be read."""
    try:
        refuse_no_name(allowed)
        allowed.read_bytes()
    except FileNotFoundError:
        raise SigningFault(
            f"There is no file of allowed signers at {allowed}. Begin one with horizon sign setup "
            "KEY, or name another as --allowed-signers FILE."
        ) from None
    except OSError as error:
        raise SigningFault(f"{allowed} cannot be read: {error.strerror or error}.") from None


def public_key(signature: str) -> tuple[str, str]:
    """The public key that a signature names: its type and its base64, as allowed signers hold it.

    Raises `SigningFault` for what is no signature.
    """
    try:
        inner = signature.partition(_BEGIN)[2].partition(_END)[0]
        blob = base64.b64decode("".join(inner.split()), validate=True)
        key = _text(blob, len("SSHSIG") + 4)
        return _text(key, 0).decode("ascii"), base64.b64encode(key).decode("ascii")
    except (binascii.Error, ValueError):
        raise SigningFault("ssh-keygen wrote something that is not a signature.") from None


def _text(blob: bytes, start: int) -> bytes:
    """A field of the form that SSH uses: four bytes that say how long it is, and that much."""
    until = start + 4 + int.from_bytes(blob[start : start + 4], "big")
    if not start + 4 < until <= len(blob):
        raise ValueError("too short")
    return blob[start + 4 : until]


def fingerprint(public: str) -> str:
    """The fingerprint of a public key in base64, as `ssh-keygen -l` prints it: `SHA256:...`."""
    found = hashlib.sha256(base64.b64decode(public)).digest()
    return "SHA256:" + base64.b64encode(found).decode("ascii").rstrip("=")


def _run(
    arguments: Sequence[str],
    given: bytes,
    *,
    seconds: float = CHECK_SECONDS,
    may_ask: bool = False,
    stopped: Stopped = lambda: False,
) -> Answer:
    """Run `ssh-keygen`. Unless it `may_ask`, it has no terminal to ask in, and asks nowhere else.

    Days without a zone are read as UTC, so that every machine finds the same.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise SigningFault(
            "ssh-keygen is not installed here, so nothing can be signed and no signature checked. "
            "It comes with OpenSSH (package openssh-client)."
        )
    environ = {**os.environ, "TZ": "UTC", "LC_ALL": "C"}
    if not may_ask:
        environ["SSH_ASKPASS_REQUIRE"] = "never"
    try:
        process = subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environ,
            start_new_session=not may_ask,
        )
    except OSError as error:
        raise SigningFault(f"{program} cannot be run: {error.strerror or error}.") from None
    try:
        out, err = _waited(process, given, seconds, stopped)
    except BaseException:
        process.kill()
        with suppress(OSError, ValueError):
            process.communicate()
        raise
    said, complained = (printable(each.decode("utf-8", "replace")) for each in (out, err))
    return Answer(process.returncode, said, complained)


def _waited(
    process: subprocess.Popen[bytes], given: bytes, seconds: float, stopped: Stopped
) -> tuple[bytes, bytes]:
    left, sent = seconds, False
    while True:
        try:
            return process.communicate(None if sent else given, timeout=LOOK_EVERY)
        except subprocess.TimeoutExpired:
            sent, left = True, left - LOOK_EVERY
        if stopped():
            raise SigningFault("Nobody waited for the key.")
        if left <= 0:
            raise SigningFault(f"The key did not answer within {seconds:.0f} seconds.")
