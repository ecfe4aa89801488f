"""A paper that leaves the register is written, recorded and put in place, or none of it."""

import hashlib

import pytest

from horizon.model.errors import BadInput, RuleBroken, StoreFault
from horizon.papers.issuing import issue
from horizon.papers.writers import WRITERS
from horizon.register.checking import verify
from horizon.store.files import journal_path
from tests.papers.registers import asked, make


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One register for tests that only add papers to it."""
    with make(tmp_path_factory.mktemp("issuing") / "register.json") as register:
        yield register


def test_the_journal_keeps_what_was_issued_to_whom_with_its_digests(shared, tmp_path):
    path = tmp_path / "paper.docx"
    issued = issue(shared, path, reference="KEPT", **asked())
    kept = next(each for each in shared.state.head.papers if each.reference == "KEPT")
    assert kept.file_digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert kept.content_digest == issued.paper.content_digest
    assert (kept.body, kept.format, kept.head) == ("ai-sub-group", "docx", issued.head)
    assert len(issued.technologies) == 3
    assert not verify(shared.path).faults


@pytest.mark.parametrize("extension", sorted(WRITERS))
def test_a_paper_can_be_made_again_byte_for_byte_after_it_was_issued(shared, tmp_path, extension):
    first, second = tmp_path / f"first{extension}", tmp_path / f"second{extension}"
    issue(shared, first, **asked())
    head = shared.state.head.hash
    again = issue(shared, second, **asked())
    assert shared.state.head.hash != head
    assert first.read_bytes() == second.read_bytes()
    assert again.head == shared.state.head.paper_hash


def test_one_paper_has_one_reference_in_every_format_and_another_the_next(tmp_path):
    with make(tmp_path / "register.json") as register:
        names = [
            issue(register, tmp_path / f"paper{extension}", **asked()).reference
            for extension in (".md", ".pdf", ".docx")
        ]
        assert names == ["AISG/2026-12-08/1"] * 3
        register.amend("T-0001", {"summary": "It changed."})
        later = issue(register, tmp_path / "later.md", **asked())
        assert later.reference == "AISG/2026-12-08/2"


def test_a_technology_named_twice_is_in_the_paper_once(shared, tmp_path):
    refs = ["T-0003", "Quantum sensing", "3"]
    assert len(issue(shared, tmp_path / "paper.md", refs=refs, **asked()).technologies) == 1


@pytest.mark.parametrize(
    ("name", "changes", "fault"),
    [
        ("paper.rtf", {}, BadInput),
        ("paper.md", {"refs": ["T-9999"]}, BadInput),
        ("paper.md", {"body_id": "cabinet"}, BadInput),
        ("paper.md", {"author": ""}, BadInput),
        ("nowhere/paper.md", {}, StoreFault),
    ],
)
def test_a_paper_that_cannot_be_made_is_not_recorded(shared, tmp_path, name, changes, fault):
    before = shared.state.head.seq
    with pytest.raises(fault):
        issue(shared, tmp_path / name, **asked(**changes))
    assert shared.state.head.seq == before
    assert list(tmp_path.iterdir()) == []


def test_a_paper_whose_marking_is_too_low_does_not_leave(tmp_path):
    path = tmp_path / "paper.md"
    with make(tmp_path / "register.json") as register:
        register.amend("T-0001", {"marking": "OFFICIAL-SENSITIVE"})
        with pytest.raises(RuleBroken):
            issue(register, path, **asked())
    assert not path.exists()


def test_a_paper_that_cannot_be_recorded_does_not_leave(tmp_path):
    register = make(tmp_path / "register.json")
    path = tmp_path / "paper.md"
    path.write_text("old", encoding="utf-8")
    journal_path(register.path).unlink()
    with pytest.raises(StoreFault):
        issue(register, path, **asked())
    register.close()
    assert path.read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".paper*"))


def test_a_first_paper_by_somebody_new_can_be_made_again(tmp_path):
    with make(tmp_path / "register.json") as register:
        register.acting = "Noor Example"
        first = issue(register, tmp_path / "first.md", **asked())
        second = issue(register, tmp_path / "second.md", **asked())
    assert second.head == first.head
    assert (tmp_path / "first.md").read_bytes() == (tmp_path / "second.md").read_bytes()
