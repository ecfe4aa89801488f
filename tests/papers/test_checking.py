"""A file shown to the register: which state it came from, and whether anybody changed it."""

import json
import zipfile

import pytest

from horizon.model.errors import BadInput
from horizon.papers.checking import check_file
from horizon.papers.exporting import FORMATS, export_register, export_star
from horizon.papers.issuing import issue
from horizon.papers.writers import WRITERS
from horizon.papers.writers.packing import entries_of, packed
from horizon.register import Register
from tests.papers.registers import TODAY, asked, make


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    with make(tmp_path_factory.mktemp("checking") / "register.json") as opened:
        yield opened


@pytest.mark.parametrize("extension", sorted(WRITERS))
def test_a_paper_as_it_was_issued_says_where_it_came_from(register, tmp_path, extension):
    path = tmp_path / f"paper{extension}"
    made = issue(register, path, **asked())
    checked = check_file(register, path)
    assert checked.is_as_issued
    assert checked.paper.reference == made.reference
    assert checked.paper.body == "ai-sub-group"
    assert checked.origin.seq == register.state.head.paper_seq
    assert checked.origin.later == 0


@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_an_export_as_it_was_issued_says_where_it_came_from(register, tmp_path, extension):
    path = tmp_path / f"register{extension}"
    made = export_register(register, path)
    checked = check_file(register, path)
    assert checked.is_as_issued
    assert (checked.paper.reference, checked.paper.what) == (made.reference, "register")


def edited(path):
    """Change one word in a file, as somebody would in a word processor or an editor."""
    content = path.read_bytes()
    if content.startswith(b"PK"):
        parts = [(name, part.replace(b"booking", b"hooking")) for name, part in entries_of(content)]
        path.write_bytes(packed(parts, TODAY))
    elif path.suffix == ".pdf":
        path.write_bytes(content + b"\n% one more line\n")
    else:
        path.write_bytes(content.replace(b"booking", b"hooking"))
    assert path.read_bytes() != content


@pytest.mark.parametrize("extension", [".docx", ".html", ".odt", ".pdf"])
def test_a_paper_that_was_changed_is_known_for_what_it_was(register, tmp_path, extension):
    path = tmp_path / f"paper{extension}"
    made = issue(register, path, **asked())
    edited(path)
    checked = check_file(register, path)
    assert not checked.is_as_issued
    assert checked.faults == ("the file was changed after it was issued",)
    assert checked.paper.reference == made.reference


def test_a_changed_file_is_named_in_its_own_format(register, tmp_path):
    for extension in (".docx", ".html", ".odt"):
        issue(register, tmp_path / f"paper{extension}", **asked())
    edited(tmp_path / "paper.html")
    assert check_file(register, tmp_path / "paper.html").paper.format == "html"


@pytest.mark.parametrize("extension", [".json", ".jsonl", ".xlsx"])
def test_an_export_that_was_changed_is_known_for_what_it_was(register, tmp_path, extension):
    path = tmp_path / f"register{extension}"
    export_register(register, path)
    edited(path)
    assert check_file(register, path).faults == ("the file was changed after it was issued",)


def test_a_changed_markdown_names_only_its_register_state(register, tmp_path):
    path = tmp_path / "paper.md"
    issue(register, path, **asked())
    edited(path)
    (fault,) = check_file(register, path).faults
    assert "names the same register state" in fault


def test_a_stranger_is_not_known(register, tmp_path):
    for name, content in (
        ("a.csv", b"name\nx\n"), ("b.docx", b"PK\x03\x04 not a zip"), ("c.pdf", b""),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(content)
        checked = check_file(register, tmp_path / name)
        assert checked.paper is None
        assert checked.faults == ("it was not issued from this register",)


def test_a_paper_of_another_register_is_not_known(register, tmp_path):
    path = tmp_path / "paper.pdf"
    with make(tmp_path / "other.json") as other:
        issue(other, path, **asked())
    assert check_file(register, path).paper is None


def test_it_says_how_much_happened_since(tmp_path):
    path = tmp_path / "paper.pdf"
    with make(tmp_path / "register.json") as register:
        issue(register, path, **asked())
        register.amend("T-0001", {"summary": "It changed."})
        issue(register, tmp_path / "later.pdf", **asked())
        checked = check_file(register, path)
        assert checked.is_as_issued
        assert checked.origin.later == 1


def test_a_folder_is_checked_file_by_file(register, tmp_path):
    folder = tmp_path / "star"
    export_star(register, folder)
    assert check_file(register, folder).is_as_issued
    assert check_file(register, folder / "fact_decision.csv").is_as_issued
    (folder / "fact_decision.csv").write_bytes(b"decision\r\n")
    (folder / "dim_body.csv").unlink()
    (folder / "notes.txt").write_bytes(b"mine")
    assert check_file(register, folder).faults == (
        "dim_body.csv is missing",
        "fact_decision.csv was changed after it was issued",
        "notes.txt was not among the files",
    )


def test_a_zipped_star_is_checked_whole(register, tmp_path):
    path = tmp_path / "star.zip"
    export_star(register, path)
    assert check_file(register, path).is_as_issued
    with zipfile.ZipFile(path) as file:
        assert json.loads(file.read("export.json"))["generator"] == "Horizon"


def test_a_register_is_not_taken_for_a_paper_that_was_changed(tmp_path):
    with make(tmp_path / "register.json") as register:
        issue(register, tmp_path / "paper.md", **asked())
        register.save_if_behind()
        for name in ("register.json", "register.journal.jsonl"):
            with pytest.raises(BadInput, match=r"This is a register.*horizon verify"):
                check_file(register, tmp_path / name)


def test_a_file_that_is_not_there_is_said_to_be(register, tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        check_file(register, tmp_path / "nowhere.pdf")


def test_a_paper_whose_state_the_journal_does_not_have_is_not_as_issued(tmp_path):
    """Somebody put another journal in the place of this one."""
    path = tmp_path / "paper.pdf"
    with make(tmp_path / "register.json") as register:
        issue(register, path, **asked())
        kept = register.state.head.papers[-1]
    with Register.create(tmp_path / "new.json", name="New", acting="Farah Example") as other:
        other.state.head = other.state.head.model_copy(update={"papers": (kept,)})
        checked = check_file(other, path)
    assert not checked.is_as_issued
    assert "is not in this register" in checked.faults[0]
