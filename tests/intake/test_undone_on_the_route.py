"""An import undone beside what committees do, and how the past tells of it."""

from __future__ import annotations

import pytest

from horizon.model.errors import BadInput
from horizon.register import Register
from horizon.register.as_at import Archive, Moment, PastRegister
from horizon.register.auditing import Names, Trail
from horizon.register.checking import verify
from horizon.register.differing import difference
from horizon.register.imports import undone_words
from horizon.register.inputs import ItemInput
from horizon.register.views import history
from tests.intake.using import loaded
from tests.register.using import met, refused

LIST = "name,summary,url\nGait,Walks,https://old.example/1\nLip,Lips,https://old.example/2\n"


@pytest.mark.parametrize("ended", [False, True])
def test_what_a_meeting_has_on_its_agenda_does_not_leave(register: Register, ended: bool) -> None:
    loaded(register, LIST)
    ref = met(register, technology="Gait")
    if ended:
        register.minute(ref, 1, outcome="noted")
    words = refused(register, register.undo_import, "1", reason="The wrong list")
    assert "somebody has worked on T-0001 since" in words
    register.undo_import("1", reason="The wrong list", keep_changed=True)
    assert [each.name for each in register.state.technologies.headers()] == ["Gait"]
    assert verify(register.path).faults == ()


def test_what_was_reopened_does_not_leave(register: Register) -> None:
    loaded(register, LIST)
    register.reopen("Lip", trigger="incident", reason="A complaint was upheld")
    words = refused(register, register.undo_import, "1", reason="The wrong list")
    assert "T-0002" in words


def test_what_stayed_goes_on_to_a_meeting_after_the_undoing(register: Register) -> None:
    register.propose(name="Gait")
    loaded(register, LIST, decide={"2": "T-0001"})
    register.undo_import("1", reason="The wrong list")
    ref = met(register, technology="Gait")
    register.add_items(ref, [ItemInput(title="Any other business")])
    assert verify(register.path).faults == ()
    with pytest.raises(BadInput):
        register.add_items(ref, [ItemInput(technology="Lip")])


def test_the_journal_tells_of_what_left_by_its_label(register: Register) -> None:
    loaded(register, LIST)
    register.undo_import("1", reason="The wrong list")
    told = [each.words for each in history(register)]
    assert "took T-0002 out again with the import that entered it" in told
    trail = Trail(register.store)
    assert list(trail.read())[-1] == register.state.head.seq
    names = Names.of(register)
    every = [trail.entry(at, names) for at in range(len(trail))]
    assert "proposed 'Lip'" in {each.words for each in every if each}


def test_the_past_before_an_undoing_holds_what_has_left_since(register: Register) -> None:
    loaded(register, LIST)
    seq = register.state.head.seq
    register.undo_import("1", reason="The wrong list")
    past = Archive(register).at(Moment(event=seq))
    assert past is not None
    assert past.technology("Gait").label == "T-0001"
    found = difference(past, register)
    assert found.words == "0 new, 0 changed, 0 as they were"
    assert [each.name for each in found.of("gone")] == ["Gait", "Lip"]
    assert found.register == ("Import undone: list.csv",)


def test_what_changed_tells_of_rows_that_came_changed_and_are_gone(register: Register) -> None:
    loaded(register, LIST)
    first = as_at(register)
    loaded(register, LIST.replace("old.example/1", "new.example/1").replace("Lip", "Ear", 1))
    found = difference(first, register)
    told = {each.name: each.changes for each in found.technologies}
    assert told["Gait"] == ("Sighting changed at its source: list.csv, 24 November 2026",)
    assert told["Ear"] == ("Name: from Lip to Ear",)
    assert found.register == ("Imported: list.csv",)
    second = as_at(register)
    loaded(register, LIST.rpartition("Lip")[0])
    told = {each.name: each.changes for each in difference(second, register).technologies}
    assert told["Ear"] == ("The list 'list' names it no more since 24 November 2026",)
    register.undo_import("3", reason="The wrong list")
    assert difference(second, register).register == (
        "Imported: list.csv",
        "Import undone: list.csv",
    )


def test_a_sighting_that_an_import_brought_is_taken_out_with_it(register: Register) -> None:
    register.propose(name="Gait")
    loaded(register, LIST, decide={"2": "T-0001"})
    held = as_at(register)
    register.undo_import("1", reason="The wrong list")
    told = {each.name: each.changes for each in difference(held, register).technologies}
    assert told["Gait"] == ("Sighting taken out: list.csv, 24 November 2026",)


def as_at(register: Register) -> PastRegister:
    """The register as it stands now, to look back to."""
    found = Archive(register).at(Moment(event=register.state.head.seq))
    assert found is not None
    return found


def test_what_undoing_did_leaves_out_what_it_did_not() -> None:
    assert undone_words("a.csv", 0, 0) == "The import of a.csv is undone."
    assert undone_words("a.csv", 0, 1) == (
        "The import of a.csv is undone: 1 technology was set back."
    )
    assert undone_words("a.csv", 2, 3) == (
        "The import of a.csv is undone: 2 technologies left the register and 3 technologies were "
        "set back."
    )
