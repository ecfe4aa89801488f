"""What can be saved of a damaged register, in a new one, with an account of what is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from horizon.model.errors import BadInput, NotUnderstood, StoreFault
from horizon.model.fold import apply
from horizon.model.state import State
from horizon.model.wording import count
from horizon.register import opening
from horizon.register.checking import verify
from horizon.register.ledger import Clock, Ledger, utc_now
from horizon.register.salvaged import Missing, again
from horizon.store import snapshot
from horizon.store.disk import beside, replace, why
from horizon.store.files import FileStore, journal_path
from horizon.store.journal import JournalFile
from horizon.store.salvaging import Broken, Salvaged, Whole, salvage
from horizon.store.snapshot import Saved, SnapshotStorage, Unreadable


@dataclass
class Recovered:
    """What was saved at `path`, and in lines of words what was not. `is_whole` says that nothing
    that was ever confirmed is missing."""

    path: Path
    events: int = 0
    technologies: int = 0
    head: str = ""
    is_whole: bool = True
    report: list[str] = field(default_factory=list)


def recover(damaged: Path, to: Path, *, acting: str, clock: Clock = utc_now) -> Recovered:
    """Save what can be saved of the register at `damaged` (its journal, its register.json, or both)
    in a new one at `to`. What is at `damaged` is only read.

    Lines that still follow one from another stay as they are, byte for byte. What follows behind a
    line that is broken comes in again in one line that says what is lost; how things stood is taken
    from register.json where it goes further. Raises `BadInput` for places that do not fit, and
    `StoreFault` when nothing can be saved.
    """
    if opening.exists(to):
        raise BadInput("There is a register here already", where=str(to), do="Use another place")
    journal = JournalFile(journal_path(damaged))
    saved, trouble = _snapshot(damaged)
    if journal.look() is None and not damaged.exists():
        raise BadInput("There is no register here", where=str(damaged), do="Check the path")
    found = salvage(journal.lines()) if journal.look() else Salvaged()
    state = _understood(found)
    if saved is not None and (other := _of_another(saved, found, state)):
        saved, trouble = None, other
    if not found.chained and not found.behind and saved is None:
        raise StoreFault(
            f"Nothing of {damaged} can be saved: no line of its journal can be read, and there is "
            "no register.json that can. Restore a backup with: horizon restore"
        )
    done = Recovered(to)
    done.report += _account(found, journal)
    if trouble:
        done.report.append(f"{damaged.name}: {trouble}.")
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        _begin(found, damaged if saved else None, to, acting=acting, clock=clock)
        useful = saved and found.chained and (saved.seq > state.head.seq or found.emptied)
        further = saved if useful else None
        based = saved.seq if saved and not found.chained else 0
        missing = Missing(found, further, based)
        done.is_whole = missing.is_nothing and bool(found.chained)
        with Ledger.open(to, acting=acting, clock=clock) as register:
            if not missing.is_nothing:
                done.report += again(register, missing, damaged.name)
            register.save_snapshot()
    except OSError as error:
        raise StoreFault(f"{to} cannot be written: {why(error)}.") from None
    if not found.chained:
        done.report.append(
            "The journal's beginning is not there. The register goes on from register.json under a "
            "new id, and its first event names the old head."
            if saved
            else "The journal's beginning is not there, nor a register.json that can be read. The "
            "register begins anew under a new id, with the framework that Horizon ships."
        )
    return _checked(done)


def _snapshot(damaged: Path) -> tuple[Saved | None, str]:
    """register.json where it can be relied on, or what is wrong with it."""
    if not damaged.exists():
        return None, "it is not there"
    try:
        saved = snapshot.load(SnapshotStorage(damaged))
        if saved is None:
            return None, "it is empty"
        state = State.from_tables(saved.tables)
        for key in state.technologies:
            state.technologies[key]
    except (Unreadable, ValidationError, KeyError, StoreFault) as error:
        said = " ".join(str(error).split())
        return None, f"it cannot be read ({said[:100]})"
    if saved.place is None or saved.place.digest != saved.digest:
        alone = not journal_path(damaged).exists()
        words = "it was changed by something other than Horizon"
        return (saved if alone else None), f"{words}, and was {'' if alone else 'not '}relied on"
    return saved, ""


def _of_another(saved: Saved, found: Salvaged, state: State) -> str:
    """Why a register.json does not belong to the lines of the journal, or nothing."""
    head = saved.tables["head"]["1"]
    if found.chained and head.get("register_id") != state.head.register_id:
        return "it belongs to another register, and was not relied on"
    ends = {each.last: each.commit.hash for each in (*found.chained, *found.behind)}
    if ends.get(saved.seq, saved.hash) != saved.hash:
        return "it stands on another history than the journal, and was not relied on"
    return ""


def _understood(found: Salvaged) -> State:
    """The state that the chained lines add up to; ends before one that cannot be understood."""
    state = State()
    for at, each in enumerate(found.chained):
        try:
            apply(state, each.commit)
        except NotUnderstood:
            found.broken.append(Broken(each.number, "cannot be understood", _kinds(each)))
            found.behind = [*found.chained[at + 1 :], *found.behind]
            del found.chained[at:]
            break
    return state


def _kinds(line: Whole) -> str:
    return ", ".join(dict.fromkeys(each.kind for each in line.commit.events))


def _begin(found: Salvaged, damaged: Path | None, to: Path, *, acting: str, clock: Clock) -> None:
    """Make the new register as far as the chain goes, or from register.json (`damaged`) alone; a
    new one where there is neither."""
    if found.torn:
        replace(beside(journal_path(to), "torn"), [found.torn])
    if found.chained:
        store = FileStore(to)
        try:
            store.bring(each.raw for each in found.chained)
        finally:
            store.close()
        return
    if damaged is None:
        Ledger.create(to, name="Recovered register", acting=acting, clock=clock).close()
        return
    shutil.copyfile(damaged, to)
    Ledger.open(to, acting=acting, clock=clock).close()


def _account(found: Salvaged, journal: JournalFile) -> Iterator[str]:
    """What is wrong with the journal, line by line."""
    if journal.look() is None:
        yield f"{journal.path.name} is not there."
        return
    for each in sorted(found.broken, key=lambda each: each.number):
        yield f"Line {each.number} {each.why}. It seems to have been: {each.seems}."
    for line in (*found.chained, *found.behind):
        for seq in line.emptied:
            yield (
                f"Line {line.number}: what event {seq} said was damaged and is left out; who, when "
                "and of what kind is kept."
            )
    for first, last in found.untold:
        what = f"Event {first} is" if first == last else f"Events {first} to {last} are"
        yield f"{what} missing."
    if found.repeated:
        numbers = ", ".join(map(str, found.repeated))
        yield f"Was there twice, and is taken once: line {numbers}."
    order = [line.number for line in (*found.chained, *found.behind)]
    if order != sorted(order):
        yield "Lines were out of order and are in order again."
    if found.torn:
        yield (
            f"The last line breaks off ({count(len(found.torn), 'byte')}). It was never confirmed "
            "to anyone, and is kept beside the new journal."
        )


def _checked(done: Recovered) -> Recovered:
    """Look at what was made, and add what does not add up there."""
    checked = verify(done.path)
    done.events, done.technologies, done.head = checked.events, checked.technologies, checked.head
    for fault in checked.faults:
        done.report.append(f"In the new register: {fault.what}.".replace("..", "."))
    return done
