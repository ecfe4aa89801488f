"""The paper before it has a format."""

import pytest
from pydantic import ValidationError

from horizon.model.cleaning import clean
from horizon.papers.blocks import (
    Cell,
    Heading,
    Paragraph,
    Recommendations,
    Table,
    runs,
)
from tests.papers.making import fields, paper


@pytest.mark.parametrize("left_out", ["marking", "foi", "author", "reference", "head_hash"])
def test_a_paper_cannot_be_made_without(left_out):
    whole = fields()
    del whole[left_out]
    with pytest.raises(ValidationError, match=left_out):
        paper(**{left_out: None})
    with pytest.raises(ValidationError, match=left_out):
        type(paper())(**whole)


@pytest.mark.parametrize("marking", ["", "SECRET", "official"])
def test_a_paper_takes_no_marking_but_the_known_ones(marking):
    with pytest.raises(ValidationError, match="marking"):
        paper(marking=marking)


def test_a_paper_cannot_be_changed():
    with pytest.raises(ValidationError):
        paper().marking = "OFFICIAL"


def test_headings_do_not_skip_a_level():
    with pytest.raises(ValidationError, match="skips a level"):
        paper(blocks=(Heading(level=1, text="One"), Heading(level=3, text="Three")))


def test_a_table_is_as_wide_in_every_row():
    with pytest.raises(ValidationError, match="needs 2 cells"):
        Table(caption="A", summary="A", header=("1", "2"), widths=(1, 1), rows=((Cell(text="x"),),))


def test_recommendations_are_lettered_as_word_processors_count():
    asked = Recommendations(lead="To:", items=tuple(runs(str(n)) for n in range(29)))
    letters = [letter for letter, _ in asked.lettered]
    assert letters[:2] + letters[25:] == ["a", "b", "z", "aa", "bb", "cc"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain\ttext\nof two lines", "plain\ttext\nof two lines"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("nul\x00bell\x07", "nul[U+0000]bell[U+0007]"),
        ("evil\u202egpj.exe", "evil[U+202E]gpj.exe"),
        ("half\ud800", "half[U+D800]"),
        ("\ufeffmark\ufffe", "[U+FEFF]mark[U+FFFE]"),
        ("tag\U000e0041", "tag[U+E0041]"),
        ("café, naïve, 東京, 👩\u200d🔬", "café, naïve, 東京, 👩\u200d🔬"),
    ],
)
def test_text_is_cleaned_as_it_comes_in(typed, kept):
    assert clean(typed) == kept
    assert Paragraph(runs=runs(typed)).runs[0].text == kept


def test_every_format_of_a_paper_has_the_same_content_digest():
    assert paper().content_digest == paper().content_digest
    assert paper().content_digest != paper(author="Somebody Else").content_digest


def test_the_opening_says_whose_paper_it_is_and_that_it_is_illustrative():
    said = repr(paper().opening)
    for words in ("AISG/2026-12-08/1", "8 December 2026", "OFFICIAL-SENSITIVE", "For decision"):
        assert words in said
    assert "not adopted by the force" in said
    assert "made up" in said
    assert "made up" not in repr(paper(illustrative=False).opening)
