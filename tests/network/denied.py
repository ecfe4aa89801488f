"""A process in which every use of the network is told and refused.

    python -m tests.network.denied commands < COMMANDS.json
    python -m tests.network.denied app REGISTER
    python -m tests.network.denied control

Two nets: Python's own audit events say what tried and where; on Linux the kernel also refuses
sockets of the internet to the process and all it starts, so that a library in another language
(the typesetter, the parsers) cannot slip through. `control` tries, to prove that both nets hold.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import json
import os
import platform
import shlex
import socket
import struct
import sys
from typing import Any

INTERNET = {int(socket.AF_INET), int(socket.AF_INET6)}
ASKING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"}
TRIED: list[str] = []


class Denied(OSError):
    """What a use of the network gets here."""


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    """Tell of and refuse what would use the network."""
    tried = event in ASKING
    if event == "socket.__new__":
        tried = int(arguments[1]) in INTERNET
    elif event in ("socket.connect", "socket.bind", "socket.sendto"):
        tried = int(arguments[0].family) in INTERNET
    if tried:
        TRIED.append(f"{event} {arguments[1:]!r}")
        raise Denied(f"the network was tried: {event} {arguments!r}")


_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | EACCES
_SOCKET = {"x86_64": 41, "aarch64": 198}


def _statement(code: int, yes: int, no: int, value: int) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def deny_in_kernel() -> bool:
    """Have the kernel refuse internet sockets to this process and its children; whether it does."""
    number = _SOCKET.get(platform.machine())
    if sys.platform != "linux" or number is None:
        return False
    load, equals, give = 0x20, 0x15, 0x06
    program = b"".join(
        [
            _statement(load, 0, 0, 0),  # the number of the system call
            _statement(equals, 0, 3, number),
            _statement(load, 0, 0, 16),  # its first argument: the family
            _statement(equals, 2, 0, socket.AF_INET),
            _statement(equals, 1, 0, socket.AF_INET6),
            _statement(give, 0, 0, _ALLOW),
            _statement(give, 0, 0, _REFUSE),
        ]
    )
    kept = ctypes.create_string_buffer(program, len(program))
    packed = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(kept))
    )
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, seccomp, filter = 38, 22, 2
    return (
        libc.prctl(no_new_privileges, 1, 0, 0, 0) == 0
        and libc.prctl(seccomp, filter, ctypes.byref(packed), 0, 0) == 0
    )


def control(in_kernel: bool) -> int:
    """Try the network in each way; 0 when every try was refused and told."""
    for attempt in (
        lambda: socket.socket(socket.AF_INET),
        lambda: socket.getaddrinfo("localhost", 80),
        lambda: socket.create_connection(("127.0.0.1", 9)),
    ):
        try:
            attempt()
        except Denied:
            continue
        return 3
    libc = ctypes.CDLL(None, use_errno=True)
    for family in INTERNET if in_kernel else ():
        if libc.socket(family, int(socket.SOCK_STREAM), 0) != -1:
            return 4
    local, _ = socket.socketpair()
    local.close()
    told = len(TRIED)
    TRIED.clear()
    return 0 if told == 3 else 5


def commands() -> int:
    """Run the commands read from standard input, one after the other, and print each. What a
    command prints goes to the file that it names behind `>`. Gives the first code that is not 0."""
    from horizon.cli import run

    for line in json.load(sys.stdin):
        print(f"$ {line}", flush=True)
        words = shlex.split(line)[1:]
        to = words[words.index(">") + 1] if ">" in words else os.devnull
        with open(to, "w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
            code = run(words[: words.index(">")] if ">" in words else words)
        if code:
            return code
    return 0


async def app(path: str) -> int:
    """Open every screen of the app, write something down and export a paper."""
    from pathlib import Path

    from tests.tui.using import go, using

    async with using(Path(path), acting="Asha Example") as user:
        start = user.on
        for key in ("b", "C", "R", "D", "A", "T", "comma", "m", "t", "d", "question_mark", "f3"):
            await user.press(key)
            await user.pilot.pause(0.2)
            print(key, user.on, flush=True)
            for _ in range(4):
                if user.on == start:
                    break
                await user.press("escape")
                await user.pilot.pause(0.05)
        await user.press("slash", *"face")
        await user.pilot.pause(0.3)
        await go(user, "T-0001")
        for key in ("f", "e", "g", "K", "O"):
            await user.press(key)
            await user.pilot.pause(0.2)
            print(key, user.on, flush=True)
            await user.press("escape")
        await user.press("f2")
        await user.type("Gait checker | Expo | https")
        await user.press("enter")
        await user.pilot.pause(0.3)
    return 0


def main() -> int:
    """Deny the network, then do what is asked. Ends with 9 when something tried it."""
    what, *more = sys.argv[1:]
    in_kernel = deny_in_kernel()
    print("kernel refuses" if in_kernel else "kernel does not refuse", flush=True)
    sys.addaudithook(hook)
    if what == "control":
        code = control(in_kernel)
    elif what == "commands":
        code = commands()
    else:
        code = asyncio.run(app(*more))
    for each in TRIED:
        print(f"TRIED {each}", flush=True)
    return 9 if TRIED else code


if __name__ == "__main__":
    sys.exit(main())
