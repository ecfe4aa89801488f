"""Whatever people typed, nothing of it steers a terminal, a paper, a spreadsheet or a browser."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from horizon.cli import run
from horizon.cli.frame import Session
from tests.clocks import StandingClock
from tests.hostile import RAW, make_hostile
from tests.tui.using import WIDE, User, go, using

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_hostile(ROOT / "register.json", tmp_path_factory.mktemp("hostile"))


COMMANDS = [
    "list", "list --needs-someone", "list --json", "show T-0002", "show T-0012 --json",
    "facts T-0002", "answer T-0002", "score show T-0002", "gate T-0002", "history",
    "history T-0012", "history --json", "people", "people --json", "condition list", "meeting list",
    "meeting show AISG/2026-12-08", "meeting show AISG/2026-06-16", "record FT/2025/001",
    "record FDG/2025/002 --json", "compare", "compare --json",
    "diff --from 2026-06-30 --to 2026-11-24", "measure --from 2026-01-01 --to 2026-12-31",
    "show T-0001 --as-at 2026-06-30", "duplicates list", "triage", "imports list", "papers list",
    "criteria show", "verify", "verify --json", "erase --find red", "add =1+1 --dry",
]  # fmt: skip


def test_no_command_sends_what_was_typed_to_the_terminal_raw(
    hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in COMMANDS:
        code = run(["--register", str(hostile), *line.split()], Session(clock=StandingClock()))
        said = capsys.readouterr()
        assert not RAW.search(said.out), (line, ascii(RAW.search(said.out)))
        assert not RAW.search(said.err), (line, ascii(RAW.search(said.err)))
        assert code in (0, 1) or "--dry" in line, (line, code, said.err)
        assert "Traceback" not in said.err


def drawn(user: User) -> str:
    """Every character that the screen would send to the terminal as text."""
    strips = user.app.screen._compositor.render_strips()
    return "\n".join("".join(each.text for each in strip) for strip in strips)


def links(user: User) -> list[str]:
    """Addresses that the screen would tell the terminal to open on a click."""
    strips = user.app.screen._compositor.render_strips()
    return [each.style.link for strip in strips for each in strip if each.style and each.style.link]


async def test_no_screen_draws_what_was_typed_raw(hostile: Path) -> None:
    async with using(hostile, size=WIDE) as user:
        start, found, seen = user.on, [], set()

        def look() -> None:
            seen.add(user.on)
            for line in drawn(user).splitlines():
                if RAW.search(line):
                    found.append(f"{user.on}: {line.strip()!a}")
            found.extend(f"{user.on}: {each}" for each in links(user))

        async def look_behind(*keys: str, home: str) -> None:
            """Press keys one after the other, look each time, and go back."""
            for key in keys:
                await user.press(key)
                await user.pilot.pause(0.05)
                look()
            for _ in range(6):
                if user.on != home:
                    await user.press("escape")
                    await user.pilot.pause()

        look()
        assert "=1+1" in drawn(user)
        for key in ("b", "C", "R", "D", "A", "m", "t", "d"):
            await look_behind(key, "down", "enter", home=start)
        await go(user, "T-0012")
        assert "[bold]" in drawn(user)
        for key in ("2", "3", "4", "5", "6", "f", "e", "g", "K", "O", "v", "c", "a"):
            await look_behind(key, home="TechnologyScreen")
        assert len(seen) > 12, seen
        assert not found, "\n".join(found)


def exported(hostile: Path, folder: Path, *arguments: str) -> bytes:
    """What an export makes of the hostile register; the last argument is its name."""
    to = folder / arguments[-1]
    said = ["--register", str(hostile), "export", *arguments[:-1], "-o", str(to)]
    assert run(said, Session(clock=StandingClock())) == 0
    return to.read_bytes()


PAPER = ("paper", "--body", "AISG", "--date", "2026-12-08")


class Tags(HTMLParser):
    """What of a page a browser would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        runs = [name for name, _ in attrs if name.startswith("on")]
        goes = [value or "" for name, value in attrs if name in ("href", "src", "action")]
        far = [each for each in goes if not each.startswith(("#", "data:image/"))]
        if tag in ("script", "iframe", "object", "img", "form") or runs or far:
            self.found.append(f"{tag} {attrs}")


def test_no_page_runs_or_fetches_what_was_typed(hostile: Path, tmp_path: Path) -> None:
    page = exported(hostile, tmp_path, *PAPER, "paper.html").decode()
    tags = Tags()
    tags.feed(page)
    assert not tags.found
    assert "&lt;script&gt;" in page
    assert not RAW.search(page)


def test_markdown_holds_what_was_typed_as_text(hostile: Path, tmp_path: Path) -> None:
    page = exported(hostile, tmp_path, *PAPER, "paper.md").decode()
    assert "bold" in page
    assert not RAW.search(page)
    assert not re.search(r"(?<!\\)<script|(?<!\\)!\[i\]\(http", page)


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_the_parts_of_a_document_are_xml_and_point_nowhere(
    hostile: Path, tmp_path: Path, ending: str
) -> None:
    content = exported(hostile, tmp_path, *PAPER, f"paper{ending}")
    with zipfile.ZipFile(io.BytesIO(content)) as document:
        for name in document.namelist():
            assert not name.startswith("/")
            assert ".." not in name
            if not name.endswith((".xml", ".rels")):
                continue
            tree = etree.fromstring(document.read(name))
            text = "".join(tree.itertext())
            assert not RAW.search(text), (name, ascii(RAW.search(text)))
            assert b'TargetMode="External"' not in document.read(name)
            assert b'xlink:href="http' not in document.read(name)


def test_the_typesetter_prints_what_was_typed_and_runs_none_of_it(
    hostile: Path, tmp_path: Path
) -> None:
    from pypdf import PdfReader

    content = exported(hostile, tmp_path, *PAPER, "paper.pdf")
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages)
    assert "#import" in text
    assert not RAW.search(text.replace("\n", ""))
    assert b"/URI" not in content
    assert b"/JavaScript" not in content


def test_no_cell_of_a_spreadsheet_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(exported(hostile, tmp_path, "register", "register.xlsx"))
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > 500
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.hyperlink for cell in cells if cell.hyperlink and cell.hyperlink.target]
    text = exported(hostile, tmp_path, "register", "register.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) > 20
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t")]


def test_data_for_other_programs_stays_data(hostile: Path, tmp_path: Path) -> None:
    held = json.loads(exported(hostile, tmp_path, "register", "register.json"))
    assert "\x1b[31m" in json.dumps(held, ensure_ascii=False).encode().decode("unicode_escape")
    picture = etree.fromstring(exported(hostile, tmp_path, "radar", "radar.svg"))
    tags = {etree.QName(each).localname for each in picture.iter() if isinstance(each.tag, str)}
    assert not tags & {"script", "foreignObject", "image", "use", "a"}
    assert not RAW.search("".join(picture.itertext()))
