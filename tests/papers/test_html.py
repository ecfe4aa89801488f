"""The HTML page: what a browser, a keyboard and a screen reader find in it."""

import itertools
import re

import pytest
from lxml import html

from horizon.papers.blocks import Heading, Paragraph, runs
from horizon.papers.writers import WRITERS
from tests.papers.making import paper
from tests.papers.outside import axe


@pytest.fixture(scope="module")
def page():
    return WRITERS[".html"](paper()).decode()


@pytest.fixture(scope="module")
def document(page):
    return html.document_fromstring(page)


def test_it_stands_alone_and_runs_nothing(page, document):
    assert not document.xpath("//script | //iframe | //object | //link | //img")
    assert not document.xpath("//@*[starts-with(name(), 'on')]")
    addresses = [each for each in document.xpath("//@href | //@src") if not each.startswith("#")]
    assert addresses == []
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "default-src 'none'" in page


def test_it_says_its_language_title_and_where_it_comes_from(document):
    assert document.get("lang") == "en-GB"
    assert document.findtext(".//title") == "New technology for decision"
    named = {each.get("name"): each.get("content") for each in document.xpath("//meta[@name]")}
    assert named["reference"] == "AISG/2026-12-08/1"
    assert named["register-head"] == "3f8a" * 16
    assert named["content-digest"] == paper().content_digest


def test_the_first_thing_a_keyboard_reaches_skips_to_the_paper(document):
    first = document.xpath("//*[@href or @tabindex]")[0]
    assert first.get("href") == "#main"
    assert document.get_element_by_id("main").tag == "main"


def test_headings_are_in_order_below_one_title(document):
    levels = [int(each.tag[1]) for each in document.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    steps = itertools.pairwise(levels)
    assert all(after <= before + 1 for before, after in steps)


def test_tables_have_captions_and_every_heading_a_scope(document):
    tables = document.xpath("//table")
    assert len(tables) == 5
    for table in tables:
        assert table.findtext("caption")
        assert all(each.get("scope") in ("col", "row") for each in table.iter("th"))
        assert table.xpath(".//th")


def test_a_table_that_may_scroll_is_reached_by_keyboard(document):
    wide = document.xpath("//div[@class='wide']")
    assert len(wide) == 2
    for each in wide:
        assert each.get("tabindex") == "0"
        assert document.get_element_by_id(each.get("aria-labelledby")).text


def test_no_two_things_have_one_name(document):
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    for named in document.xpath("//@aria-labelledby"):
        assert all(each in ids for each in named.split())


def test_a_picture_says_what_it_shows(document):
    picture = document.xpath("//figure/*[local-name()='svg']")[0]
    assert picture.get("role") == "img"
    assert document.xpath("//figure/figcaption")[0].text == "Two bars"


def test_a_long_paper_begins_with_links_to_its_parts(document):
    parts = document.xpath("//nav//a")
    assert [each.text for each in parts] == [
        "Summary", "Recommendations", "Main report", "Annex 1: Fraud report triage",
    ]  # fmt: skip
    for each in parts:
        assert document.get_element_by_id(each.get("href")[1:]).text == each.text


def test_a_short_paper_has_no_list_of_parts():
    short = paper(blocks=(Heading(level=1, text="Only"), Paragraph(runs=runs("this"))))
    assert "<nav" not in WRITERS[".html"](short).decode()


def test_printed_pages_carry_the_marking_and_their_number(page):
    rule = re.search(r"@page \{ @top-center \{ content: \"([^\"]+)\"", page)
    assert rule[1] == "OFFICIAL-SENSITIVE"
    assert "counter(page)" in page


def test_no_title_breaks_out_of_the_style(page):
    made = WRITERS[".html"](paper(reference='x"} </style><script>')).decode()
    assert "<script" not in made
    assert made.count("</style>") == 1


def test_axe_finds_nothing_wrong_by_wcag_2_2_aa(page):
    assert axe(page) == []


def test_axe_is_not_blind(page):
    spoilt = page.replace('<html lang="en-GB">', "<html>").replace("#1a1a1a", "#cccccc")
    assert {"html-has-lang", "color-contrast"} <= {each["id"] for each in axe(spoilt)}
