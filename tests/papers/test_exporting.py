"""Exports of the register: the same bytes for the same state, whoever makes them and where."""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from horizon.model.words import Edition, Marking
from horizon.papers.exporting import FORMATS, DataOrder, Export, reader_of
from horizon.papers.star import star
from horizon.papers.writers import WRITERS
from horizon.register import Register
from horizon.register.as_at import still
from horizon.register.reader import Still
from horizon.store.files import journal_path
from tests.papers.making import paper

DAY = date(2026, 11, 24)

ELSEWHERE = """
import hashlib, json, sys
from datetime import date
from pathlib import Path
from tests.papers.test_exporting import digests
print(json.dumps(digests(Path(sys.argv[1]))))
"""


def digests(path: Path) -> dict[str, str]:
    """SHA-256 of every format of a register, and of every table of its star."""
    with Register.open(path, acting=f"Somebody at {path.name}") as register:
        reader = Still(still(register).state, DAY)
        export = Export(reader, "REG/2026-11-24/1", Marking.OFFICIAL)
        made = {name: write(export) for name, write in FORMATS.items()}
        made |= star(reader, (commit for _, commit in register.history()))
    return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}


@pytest.fixture
def copied(made_example, tmp_path):
    def copy(name: str) -> Path:
        path = tmp_path / name / "register.json"
        path.parent.mkdir()
        shutil.copy(made_example, path)
        shutil.copy(journal_path(made_example), journal_path(path))
        return path

    return copy


def test_the_same_state_is_the_same_bytes_in_another_place_at_another_time(copied, tmp_path):
    here = digests(copied("here"))
    environment = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "HOME": str(tmp_path)}
    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(copied("there"))],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert there.returncode == 0, there.stderr
    assert json.loads(there.stdout) == here


def test_the_bytes_do_not_depend_on_how_a_machine_compresses(copied, tmp_path):
    """Zipped formats are stored, since other zlibs compress the same bytes differently."""
    files = {f"paper{each}": WRITERS[each](paper()) for each in (".docx", ".odt")}
    with Register.open(copied("one"), acting="Sam Example") as register:
        reader = Still(still(register).state, DAY)
    files["register.xlsx"] = FORMATS[".xlsx"](Export(reader, "R", Marking.OFFICIAL))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        with zipfile.ZipFile(tmp_path / name) as file:
            kinds = {each.compress_type for each in file.infolist()}
            assert kinds == {zipfile.ZIP_STORED}, name
            assert {each.date_time[:3] for each in file.infolist()} == {(2026, 11, 24)}


@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.PUBLIC])
def test_a_selection_takes_only_its_own_items_of_meetings_along(made_example, edition):
    with Register.open(made_example, acting="Asha Example") as register:
        items = [item for each in register.state.meetings.values() for item in each.items]
        chosen = next(item.technology for item in items if item.technology)
        order = DataOrder(edition=edition, only=(chosen,), keep_back_unread=True)
        state = reader_of(register, order).state
        left = [item for each in state.meetings.values() for item in each.items]
        assert list(state.technologies) == [chosen]
        assert {item.technology for item in left} == {chosen}
        assert len(left) == sum(item.technology == chosen for item in items) < len(items)
        assert all(each.items for each in state.meetings.values())
