"""Signing decisions from the app, in the background: a decision is recorded whatever becomes of its
signature."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from time import monotonic

from textual.worker import get_current_worker

from horizon import settings
from horizon.model.errors import HorizonError, RuleBroken
from horizon.model.signing_events import DecisionSigned
from horizon.register import Register, signers
from horizon.register.signers import Signer
from horizon.register.signing import Request, made
from horizon.tui.host import Host

WAITS = 2.0
"""Seconds after which it is said that a key has not answered yet: it may be a token to touch."""

DONE_SHOWN, FAILED_SHOWN = 4, 30
"""Seconds for which it is said what became of a signature."""

NOT_SET_UP = "Signing is not set up. Set it up with: horizon sign setup KEY"


def signer(register: Register) -> Signer | None:
    """Who signs here, or `None` where signing is not set up."""
    held = settings.load()
    return signers.signer(
        register.path, os.environ, key=held.signing_key, allowed=held.allowed_signers
    )


def allowed_signers(register: Register) -> Path | None:
    """The file of allowed signers."""
    held = settings.load().allowed_signers
    return signers.allowed_signers(register.path, os.environ, settled=held)


def begin(app: Host, number: str) -> bool:
    """Sign a recorded decision in a thread, and say what became of it. Gives `False`, and does
    nothing, where signing is not set up."""
    found = signer(app.present)
    if found is None:
        return False
    try:
        request = app.present.to_sign(number)
    except HorizonError as error:
        app.call_later(_unsigned, app, number, str(error))  # after what is said of saving
    else:
        app.run_worker(partial(_sign, app, request, found), thread=True, group="sign")
    return True


def _sign(app: Host, request: Request, found: Signer) -> None:
    """Make the signature. Nothing can be typed meanwhile, so a passphrase is for ssh-agent."""
    worker, number = get_current_worker(), request.claim.number
    begun, told = monotonic(), False

    def stopped() -> bool:
        nonlocal told
        if not told and monotonic() - begun > WAITS and not worker.is_cancelled:
            told = True
            said = f"{number} waits for its signature. Touch your security key if it blinks."
            app.call_from_thread(app.notify, said, timeout=FAILED_SHOWN, markup=False)
        return worker.is_cancelled

    try:
        signature = made(request, found, stopped=stopped)
    except HorizonError as error:
        if not worker.is_cancelled:
            app.call_from_thread(_unsigned, app, number, str(error))
        return
    if not worker.is_cancelled:
        app.call_from_thread(_record, app, request, signature)


def _record(app: Host, request: Request, signature: DecisionSigned) -> None:
    done = app.act(lambda: app.present.record_signature(request, signature))
    if isinstance(done, RuleBroken):  # signed by then, or erased
        app.notify(str(done), markup=False)
    elif isinstance(done, HorizonError):
        _unsigned(app, signature.decision, str(done))
    else:
        said = f"{signature.decision} signed by {request.person.name}"
        app.notify(said, timeout=DONE_SHOWN, markup=False)


def _unsigned(app: Host, number: str, why: str) -> None:
    said = f"{number} is recorded, but unsigned. {why} Press S on its record to sign it."
    app.notify(said, severity="warning", timeout=FAILED_SHOWN, markup=False)
