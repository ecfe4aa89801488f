"""Signed decisions in a database: the same signatures, checked against a file that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.model.errors import RuleBroken, SigningFault
from horizon.register import keygen, sharing
from horizon.register.checking import verify, with_signatures
from horizon.register.copying import copy
from horizon.register.signers import Signer, signer
from horizon.store.postgres.roles import Role
from tests.clocks import StandingClock
from tests.keys import made_key, public
from tests.papers.registers import make
from tests.register.using import approved
from tests.shared.using import OWNER, PEOPLE, Database


@pytest.fixture
def colp(database: Database, tmp_path: Path) -> Database:
    """A database with the register of a force, its secretary and an assessor."""
    make(tmp_path / "register.json").close()
    copy(tmp_path / "register.json", database.place(force="COLP"), acting=OWNER)
    for role in (Role.SECRETARY, Role.ASSESSOR):
        login, name = PEOPLE[role]
        place, clock = database.place(force="COLP"), StandingClock()
        sharing.grant(place, login, role, name=name, acting=OWNER, clock=clock)
    return database


def test_a_secretary_signs_what_she_records_and_it_holds_in_the_database_and_out_of_it(
    colp: Database, tmp_path: Path
) -> None:
    key, allowed = made_key(tmp_path / "sam"), tmp_path / "allowed"
    allowed.write_text(f'"Sam Example" namespaces="{keygen.NAMESPACE}" {public(key)}\n')
    place = colp.place(force="COLP")
    with colp.open("sam") as register:
        decision = register.sign(approved(register).number, Signer(key, allowed))
        assert [register.name(each.by) for each in decision.signatures] == ["Sam Example"]
    copy(place, tmp_path / "copy.json", acting=OWNER)
    for kept in (place, tmp_path / "copy.json"):
        found = with_signatures(verify(kept), allowed)
        assert found.faults == ()
        assert found.signatures is not None
        assert found.signatures.signed == (decision.number,)
    allowed.write_text("")
    (fault,) = with_signatures(verify(place), allowed).faults
    assert "its key is not among the allowed signers in allowed" in fault.what


def test_an_assessor_signs_no_decision(colp: Database, tmp_path: Path) -> None:
    key, allowed = made_key(tmp_path / "asha"), tmp_path / "allowed"
    allowed.write_text(f'"Asha Example" {public(key)}\n')
    with colp.open("sam") as register:
        number = approved(register).number
    with (
        colp.open("asha") as register,
        pytest.raises(RuleBroken, match="only a secretary of COLP"),
    ):
        register.sign(number, Signer(key, allowed))
    assert with_signatures(verify(colp.place(force="COLP")), None).faults == ()


def test_beside_a_database_there_is_no_file_so_one_has_to_be_named(colp: Database) -> None:
    found = signer(colp.place(force="COLP"), {}, key="key")
    assert found is not None
    with pytest.raises(SigningFault, match="a register in a database has none beside it"):
        _ = found.file
