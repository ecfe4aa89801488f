"""Markdown, read by a Markdown reader."""

from markdown_it import MarkdownIt

from horizon.papers.blocks import Cell, Paragraph, Table, bold, runs
from horizon.papers.writers import WRITERS
from tests.papers.making import paper

READER = MarkdownIt("commonmark").enable("table")


def parsed(*blocks):
    return READER.parse(WRITERS[".md"](paper(blocks=blocks)).decode())


def html(*blocks):
    return READER.render(WRITERS[".md"](paper(blocks=blocks)).decode())


def table(text):
    return Table(
        caption="C", summary="S", header=("One", "Two"), widths=(1, 1),
        rows=((Cell(text=text), Cell(text="end")),),
    )  # fmt: skip


def test_headings_tables_and_lists_are_what_they_say():
    kinds = [each.type for each in READER.parse(WRITERS[".md"](paper()).decode())]
    assert kinds.count("table_open") == 5
    assert kinds.count("heading_open") == 7
    assert kinds.count("bullet_list_open") == 1
    assert "blockquote_open" in kinds


def test_numbered_paragraphs_keep_their_numbers():
    said = WRITERS[".md"](paper()).decode()
    for number in (1, 2, 3):
        assert f"\n{number}. " in said


def test_the_marking_begins_and_ends_the_paper():
    lines = WRITERS[".md"](paper()).decode().strip().splitlines()
    assert lines[0] == lines[-1] == "**OFFICIAL-SENSITIVE**"


def test_what_somebody_typed_stays_text():
    typed = "<script>x</script> [a](b) ![i](j) `c` *d* _e_ ~~f~~ &amp; <https://x.org>"
    shown = html(Paragraph(runs=runs(typed)))
    for tag in ("<script", "<a ", "<img", "<code", "<em"):
        assert tag not in shown, tag
    assert "&amp;amp;" in shown


def test_lines_that_look_like_markup_stay_lines():
    typed = "# heading\n- list\n+ list\n1. list\n2) list\n> quote\n===\n---\n    code\n\t code"
    kinds = {each.type for each in parsed(Paragraph(runs=runs(typed)))}
    plain = {each.type for each in parsed(Paragraph(runs=runs("plain")))}
    assert kinds == plain


def test_a_pipe_or_a_line_end_does_not_break_a_table():
    shown = html(table("a | b\nc || d \\| e"))
    assert shown.count("<td>") == html(table("plain")).count("<td>")


def test_bold_words_are_bold_even_with_a_space_after_them():
    shown = html(Paragraph(runs=runs(bold("Outcome: "), "Approve (AISG/2026/002).")))
    assert "<p><strong>Outcome:</strong> Approve (AISG/2026/002).</p>" in shown
