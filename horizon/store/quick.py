"""The chain alone, at about the pace of hashing the file.

A line that Horizon wrote holds, as they stand, the very bytes that its hash and its digests are
taken over. They are cut out and hashed; every other byte of the line is compared with what must be
there. So a line passes only if none of its bytes was changed and it follows from the one before.
A line that does not pass is left to `chain`, which says what is wrong with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from horizon.store.chain import Chain
from horizon.store.interface import Heard

_BEGIN, _DATA, _DIGEST, _SALT = b'{"events":[{', b',"data":', b',"digest":"', b',"salt":"'
_SEQ, _SEQ_END = b'","seq":', b',"subject":"'
_END = b',"hash":"%b","prev":"%b"}\n'
_LIST = len(b'{"events":')
_TAIL = len(_END % (b"0" * 64, b"0" * 64))
_DIGITS = 32
"""Characters of a salt."""

_sha256 = hashlib.sha256


def doubtful(lines: Iterable[bytes], chain: Chain, heard: Heard) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line that does not surely follow from the one before: changed,
    misplaced, torn, emptied by an erasure, or the first of all. `heard` is told of every line.

    `chain` goes on behind all others, without counting revisions; who is given a line here lets it
    go on behind that one before asking for the next.
    """
    prev, seq = _place(chain)
    for number, line in enumerate(lines, start=1):
        heard(number)
        if prev and (found := _one(line, prev, seq + 1) or _several(line, prev, seq + 1)):
            prev, seq = found
            continue
        if prev:
            chain.seq, chain.hashes = seq, frozenset((prev.decode(),))
        chain.revisions.clear()
        yield number, line
        prev, seq = _place(chain)
    if prev:
        chain.seq, chain.hashes = seq, frozenset((prev.decode(),))


def _place(chain: Chain) -> tuple[bytes, int]:
    """The hash that the next line must name and the last event; nothing where that is unsure."""
    if chain.seq and len(chain.hashes) == 1:
        return next(iter(chain.hashes)).encode(), chain.seq
    return b"", 0


def _one(line: bytes, prev: bytes, seq: int) -> tuple[bytes, int] | None:
    """Hash and last event of a line of one event that follows from `prev`."""
    data = line.find(_DATA)
    digest = line.rfind(_DIGEST)
    salt = line.find(_SALT, digest)
    salted = line[salt + 9 : salt + 41]
    if (
        line.startswith(_sha256(salted + line[data + 8 : digest]).hexdigest().encode(), digest + 11)
        and line.startswith(b'","seq":%d,"subject":"' % seq, salt + 41)
        and salted.isalnum()
        and line.startswith(_BEGIN)
    ):
        sealed = line[_LIST:data] + line[digest:salt] + line[salt + 42 : -_TAIL]
        hash = _sha256(prev + sealed).hexdigest().encode()
        if line.endswith(_END % (hash, prev)):
            return hash, seq
    return None


class _Data(msgspec.Struct, gc=False):
    """Of an event: its data as it is spelled there."""

    data: msgspec.Raw


class _Line(msgspec.Struct, gc=False):
    events: list[_Data]


_read = msgspec.json.Decoder(_Line).decode


class _Cut(NamedTuple):
    """An event's own part of its line, and where the rest of the line begins."""

    sealed: bytes
    rest: int


def _several(line: bytes, prev: bytes, seq: int) -> tuple[bytes, int] | None:
    """The same for a line of several events, where only reading it tells one from the other."""
    try:
        events = _read(line).events
    except (ValueError, RecursionError, msgspec.MsgspecError):
        return None
    at, sealed = _LIST, []
    for number, event in enumerate(events, start=seq):
        cut = _event(line, at, len(event.data), number)
        if cut is None:
            return None
        sealed.append(cut.sealed)
        at = cut.rest
    hash = _sha256(prev + b"".join(sealed) + line[at:-_TAIL]).hexdigest().encode()
    if events and line.startswith(_BEGIN) and line.endswith(_END % (hash, prev)):
        return hash, seq + len(events) - 1
    return None


def _event(line: bytes, at: int, length: int, seq: int) -> _Cut | None:
    """What follows `at` up to the salt of the event there, whose data has so many bytes."""
    data = line.find(_DATA, at) + len(_DATA)
    behind = data + length
    salt = line.find(_SALT, behind)
    digits = salt + len(_SALT)
    rest = digits + _DIGITS + 1
    salted = line[digits : rest - 1]
    digest = _sha256(salted + line[data:behind]).hexdigest().encode()
    if (
        line.startswith(_DIGEST + digest, behind)
        and line.startswith(_SEQ + b"%d" % seq + _SEQ_END, rest - 1)
        and salted.isalnum()
    ):
        return _Cut(line[at : data - len(_DATA)] + line[behind:salt], rest)
    return None
