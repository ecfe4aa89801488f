"""What every writer must do."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from horizon.model.errors import BadInput, StoreFault
from horizon.papers.blocks import (
    Bullets,
    Cell,
    Figure,
    Heading,
    KeyValues,
    Notice,
    Numbered,
    Paragraph,
    Recommendations,
    Table,
    bold,
    runs,
)
from horizon.papers.writers import WRITERS, replacing, write
from tests.papers.making import PICTURE, paper
from tests.papers.reading import text_of

EXTENSIONS = sorted(WRITERS)

HOSTILE = [
    '#panic("pwned") #read("/etc/passwd") #{1 + 1}',
    "$x^2$ *bold* _it_ `raw` = Heading\n= Not a heading\n- not a list\n+ nor this",
    "<label> @reference https://example.org // no comment /* nor this */ \\ \\n \\u{41}",
    "| pipe | in | cell | ** [link](javascript:alert(1)) <script>alert(1)</script> &amp; ![i](x)",
    "```\nfence\n``` ~~~ ---\n***\n1. one\n12) two",
    "<w:p><w:r><w:t>]]></w:t></w:r></w:p> &lt; {{ template }} %s %(x)s {0}",
    "nul \x00 escape \x1b[31m half \ud83d override \u202e tag \U000e0041 not a char \ufffe",
    "emoji 😀 👩‍🔬 中文 العربية עברית ไทย \u0301\u0301 \ue000 \u200b\u00ad",
    "x" * 3000,
    "word " * 2000,
    "line\n" * 300,
    "\t\t tab \t",
    "'single' \"double\" “curly” -- --- ... ~ nbsp\u00a0",
]


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_same_paper_is_the_same_bytes(extension):
    assert WRITERS[extension](paper()) == WRITERS[extension](paper())


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_same_paper_is_the_same_bytes_in_another_process_at_another_time(extension, tmp_path):
    script = (
        "import sys; from tests.papers.making import paper; "
        "from horizon.papers.writers import WRITERS; "
        "sys.stdout.buffer.write(WRITERS[sys.argv[1]](paper()))"
    )
    environment = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "HOME": str(tmp_path)}
    there = subprocess.run(
        [sys.executable, "-c", script, extension],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        check=True,
    )
    assert there.stdout == WRITERS[extension](paper())


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_another_day_is_another_paper(extension):
    assert WRITERS[extension](paper()) != WRITERS[extension](paper(as_at=date(2026, 11, 25)))


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_a_paper_says_all_that_it_must(extension):
    said = text_of(extension, WRITERS[extension](paper()))
    for words in (
        "AISG/2026-12-08/1",
        "AI Sub-Group, 8 December 2026",
        "OFFICIAL-SENSITIVE",
        "Disclosable, subject to review",
        "Farah Example",
        "For decision",
        "Proposed framework, not adopted by the force",
        "24 November 2026",
        "Illustrative",
        "Register head 3f8a3f8a3f8a",
        "(bb)" if extension not in (".docx", ".odt") else "It is recommended",
        "Below gate",
        "T-0020",
        "Annex 1: Fraud report triage",
    ):
        assert words in said, words


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_that_anybody_types_breaks_a_paper(extension, text):
    made = WRITERS[extension](made_of(text))
    assert "After all that" in text_of(extension, made)


@pytest.mark.parametrize("extension", [".docx", ".html", ".odt", ".pdf"])
def test_what_looks_like_code_is_shown_as_it_was_typed(extension):
    typed = 'Say #panic("no") and $x$ *b* _i_ <l> @r // \\ `c`'
    said = text_of(extension, WRITERS[extension](made_of(typed)))
    assert said.count(typed) > 5


@given(st.text(st.characters(codec=None, categories=None), min_size=1, max_size=30))
@example("\r")
@settings(max_examples=25)
def test_any_text_at_all_can_be_set(text):
    for extension in EXTENSIONS:
        assert WRITERS[extension](made_of(text))


def test_a_paper_is_written_whole_and_leaves_nothing_beside_it(tmp_path):
    for extension in EXTENSIONS:
        path = tmp_path / f"paper{extension.upper()}"
        assert write(paper(), path) == path.read_bytes() == WRITERS[extension](paper())
    assert len(list(tmp_path.iterdir())) == len(EXTENSIONS)


def test_a_format_nobody_writes_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(BadInput, match=r"\.docx, \.html, \.md, \.odt, \.pdf"):
        write(paper(), tmp_path / "paper.xls")
    with pytest.raises(BadInput, match="without an extension"):
        write(paper(), tmp_path / "paper")


def test_a_folder_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(StoreFault, match="could not be written: no such file"):
        write(paper(), tmp_path / "nowhere" / "paper.md")


def test_a_folder_in_the_way_is_refused_in_words(tmp_path):
    (tmp_path / "paper.md").mkdir()
    with pytest.raises(StoreFault, match="it is a folder"):
        write(paper(), tmp_path / "paper.md")


def test_what_goes_wrong_before_the_end_leaves_the_old_file(tmp_path):
    path = tmp_path / "paper.md"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), replacing(path, b"new"):
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    script = (
        "import resource, signal, sys; from pathlib import Path; "
        "from tests.papers.making import paper; from horizon.papers.writers import write; "
        "from horizon.model.errors import StoreFault\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write(paper(), Path(sys.argv[1]))\n"
        "except StoreFault as fault: print(fault)\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "could not be written: file too large" in there.stdout
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_keeps_who_may_read_it(tmp_path):
    path = tmp_path / "paper.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write(paper(), path)
    assert path.stat().st_mode & 0o777 == 0o640


def made_of(text: str):
    """A paper with this text wherever text can be."""
    return paper(
        title=text,
        reference=f"P {text}"[:6],
        body=text,
        foi=text,
        author=text,
        register_name=text,
        head_hash=text,
        framework_status=text,
        blocks=(
            Heading(level=1, text=text),
            Paragraph(runs=runs(text, bold(text))),
            Numbered(number=1, runs=runs(text)),
            Recommendations(lead=text, items=(runs(text), runs(bold(text)))),
            Bullets(items=(runs(text),)),
            Table(
                caption=text,
                summary=text,
                header=(text[:40], "Second"),
                widths=(1, 9),
                rows=((Cell(text=text), Cell(text=text, note=text)),),
            ),
            KeyValues(summary=text, pairs=((text[:40], Cell(text=text, note=text, tone="bad")),)),
            Notice(title=text, text=text),
            Figure(caption=text, alt=text, svg=PICTURE),
            Paragraph(runs=runs("After all that")),
        ),
    )
