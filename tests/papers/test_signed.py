"""What the paper of a decision's record says of its signature, in each edition."""

from __future__ import annotations

from pathlib import Path

from horizon.model.words import Edition
from horizon.papers.issuing import issue_record
from horizon.register import keygen
from horizon.register.signers import Signer
from tests.keys import made_key, public
from tests.papers.registers import make
from tests.register.using import SAM, acting, approved


def test_the_record_says_who_signed_and_a_public_edition_that_somebody_did(tmp_path: Path) -> None:
    key, allowed = made_key(tmp_path / "key"), tmp_path / "allowed"
    allowed.write_text(f'"{SAM}" {public(key)}\n')
    fingerprint = keygen.fingerprint(public(key).split()[1])
    with make(tmp_path / "register.json") as register:
        number = approved(register).number
        issue_record(register, tmp_path / "unsigned.md", number=number)
        assert "| **Signature** | Unsigned |" in (tmp_path / "unsigned.md").read_text()
        with acting(register, SAM):
            register.sign(number, Signer(key, allowed))
        for name in ("signed.md", "again.md"):
            issue_record(register, tmp_path / name, number=number)
        said = (tmp_path / "signed.md").read_text()
        assert f"| **Signature** | Signed by {SAM} with key {fingerprint}" in said
        assert (tmp_path / "again.md").read_text() == said
        path = tmp_path / "public.md"
        issue_record(register, path, number=number, edition=Edition.PUBLIC, keep_back_unread=True)
        shown = path.read_text()
        assert "| **Signature** | Signed by \\[Name withheld\\] with key \\[Withheld" in shown
        assert fingerprint not in shown
