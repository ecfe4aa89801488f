"""Templates: what each paper holds, that people can change it, and what a mistake is told as."""

import io
import re
import shutil
from datetime import date
from itertools import pairwise

import pypdf
import pytest
from lxml import etree

from horizon.model.errors import BadInput
from horizon.model.technology import Sighting
from horizon.model.triage import Looked
from horizon.model.wording import day
from horizon.model.words import Edition
from horizon.papers.blocks import (
    Figure,
    Heading,
    KeyValues,
    Numbered,
    Recommendations,
    Table,
    Tone,
)
from horizon.papers.issuing import issue, last_meeting, reminders
from horizon.papers.items import moment
from horizon.papers.parts import MEETING_PARTS, PARTS
from horizon.papers.template import (
    FOLDER,
    IN_BOTH,
    OF_MEETING,
    WORDS,
    Plain,
    find_template,
    read_template,
    shipped_templates,
)
from horizon.register import Register
from horizon.register.as_at import still
from horizon.register.measures import financial_year, objective_4
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.papers.outside import resaved
from tests.papers.reading import text_of

NAMES = sorted(each.stem for each in FOLDER.glob("*.toml"))
MEETING = date(2026, 12, 8)


@pytest.fixture(scope="module")
def register(made_example, tmp_path_factory):
    path = tmp_path_factory.mktemp("templates") / "register.json"
    shutil.copy(made_example, path)
    shutil.copy(journal_path(made_example), journal_path(path))
    with Register.open(path, acting="Sam Example", clock=StandingClock()) as opened:
        yield opened


def made(register, tmp_path, name, extension=".md", **order):
    path = tmp_path / f"paper{extension}"
    template = find_template(name) if isinstance(name, str) else name
    if not template.called.body:
        order["body_id"] = "ai-sub-group"
    return issue(register, path, template=template, meeting_on=MEETING, **order), path


def headings(paper, level=1):
    return [e.text for e in paper.blocks if isinstance(e, Heading) and e.level == level]


def tables(paper):
    return {each.caption: each for each in paper.blocks if isinstance(each, Table)}


@pytest.mark.parametrize("name", [each for each in NAMES if each != "minutes"])
def test_every_template_makes_a_paper_that_says_what_it_is(register, tmp_path, name):
    left, path = made(register, tmp_path, name)
    said = text_of(".md", path.read_bytes())
    assert left.template.startswith(f"{name} 1 (")
    assert left.paper.template == left.template
    assert "OFFICIAL" in said
    assert moment(register.state.head.paper_at) in said
    assert "Proposed framework, not adopted by the force" in said
    assert "{" not in said
    numbers = [each.number for each in left.paper.blocks if isinstance(each, Numbered)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", [each for each in NAMES if each != "minutes"])
def test_no_template_shows_a_lapsed_approval_as_one_that_holds(register, tmp_path, name):
    _, path = made(register, tmp_path, name)
    said = text_of(".md", path.read_bytes())
    if "Fraud report triage" in said and name not in ("triage-list",):
        assert "overdue" in said.casefold()
        assert "not approved" in said.casefold()


def rows_of(paper):
    """The cells of each row of its tables, and of each of its lists of particulars."""
    for block in paper.blocks:
        if isinstance(block, Table):
            yield from block.rows
        elif isinstance(block, KeyValues):
            yield tuple(cell for _, cell in block.pairs)


@pytest.mark.parametrize("name", [each for each in NAMES if each != "minutes"])
def test_what_is_not_approved_is_green_in_no_paper(register, tmp_path, name):
    left, _ = made(register, tmp_path, name)
    for row in rows_of(left.paper):
        said = [f"{cell.text} {cell.note}" for cell in row]
        lacking = [each for each in said if "Not approved" in each or "No approval" in each]
        for cell, words in zip(row, said, strict=True):
            if cell.tone is Tone.GOOD and (cell.text == "Clear" or words in lacking):
                assert not lacking


def test_a_clear_way_under_an_approval_that_lapsed_is_red(register, tmp_path):
    left, _ = made(register, tmp_path, "police-authority-report")
    rows = {row[0].note: row for row in tables(left.paper)["Highlights"].rows}
    drone, graph = rows["T-0014"][2], rows["T-0007"][2]
    assert (drone.text, drone.tone) == ("Clear", Tone.BAD)
    assert (graph.text, graph.note, graph.tone) == ("Clear", "No approval", Tone.PLAIN)
    assert rows["T-0001"][2].tone is Tone.GOOD


def test_the_templates_are_listed_under_the_names_they_are_asked_for_by():
    assert [each.called.id for each in shipped_templates()] == NAMES
    assert len(NAMES) == 11


def test_the_pack_has_one_page_for_each_technology(register, tmp_path):
    left, path = made(register, tmp_path, "ai-sub-group-pack", ".pdf")
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    starts = [at for at, page in enumerate(pages) if page.extract_text().count("Draft minute") == 1]
    assert len(starts) == len(left.technologies) == 5  # the agenda of the meeting that day
    assert starts == list(range(starts[0], starts[0] + len(starts)))


def pages_of_annexes(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [at for at, page in enumerate(pages) if re.search("Annex [0-9]: ", page.extract_text())]


@pytest.mark.parametrize("extension", [".docx", ".odt"])
def test_a_board_paper_fills_the_same_pages_in_a_word_processor(register, tmp_path, extension):
    _, own = made(register, tmp_path, "board-paper", ".pdf")
    _, path = made(register, tmp_path, "board-paper", extension)
    opened = resaved(path.read_bytes(), extension, ".pdf")
    assert pages_of_annexes(opened)[0] == pages_of_annexes(own.read_bytes())[0] == 2


def test_a_page_of_the_pack_says_what_stands_in_the_way_and_a_draft_minute(register, tmp_path):
    _, path = made(register, tmp_path, "ai-sub-group-pack", refs=["T-0025"])
    said = text_of(".md", path.read_bytes())
    assert "Red line LB1 crossed:" in said
    assert "And " in said
    assert "more, which the register lists." in said
    assert "resolved: **Approve / Approve with conditions / Defer for information" in said
    assert "Advice of the data protection officer: not held." in said


def test_triage_is_about_what_waits_for_triage(register, tmp_path):
    left, path = made(register, tmp_path, "triage-list")
    assert "1 is not at a gate of this body yet." in text_of(".md", path.read_bytes())
    stages = {register.technology(each).stage for each in left.technologies}
    waiting = {each.id for each in register.framework.route.stages if each.waiting}
    assert stages <= waiting
    (table,) = [each for caption, each in tables(left.paper).items() if "Triage" in caption]
    assert {row[5].text for row in table.rows} == {"To be decided"}


def test_the_triage_list_leaves_out_what_a_first_look_settled(tmp_path):
    clock = StandingClock(date(2026, 11, 2))
    with Register.create(
        tmp_path / "register.json", name="Small", acting="Asha Example", clock=clock
    ) as register:
        for name in ("New", "Logged", "Forward", "Watched", "Due"):
            sighting = Sighting(source="A paper", source_type="research", seen_on=date(2026, 11, 1))
            register.propose(name=name, sighting=sighting)
        sure = {"impact": 4, "uncertainty": 2}
        register.triage("Logged", Looked(verdict="log", **sure))
        register.triage(
            "Watched",
            Looked(verdict="watch", trigger="A force", check_on=date(2027, 5, 31), **sure),
        )
        register.triage(
            "Due", Looked(verdict="watch", trigger="A force", check_on=date(2026, 11, 20), **sure)
        )
        register.add_sighting(
            "Forward", Sighting(source="B", source_type="media", seen_on=date(2026, 11, 1))
        )
        register.triage("Forward", Looked(verdict="assess", **sure))
        clock.go_to(date(2026, 11, 24))
        left, path = made(register, tmp_path, "triage-list")
        names = {register.header(each).name for each in left.technologies}
        assert names == {"New", "Forward", "Due"}
        said = text_of(".md", path.read_bytes())
        assert "wait for nothing now: 1 watched until a later day and 1 logged." in said


def test_the_authority_report_has_the_parts_of_its_committees_reports(register, tmp_path):
    left, _ = made(register, tmp_path, "police-authority-report")
    assert headings(left.paper) == [
        "Summary", "Recommendation(s)", "Main Report", "Appendices", "Background Papers",
        "Source of the data", "Contact",
    ]  # fmt: skip
    assert headings(left.paper, 2)[:2] == ["Background", "Current Position"]
    header = left.paper.opening[0]
    assert isinstance(header, KeyValues)
    names = [name for name, _ in header.pairs]
    assert names[:3] == ["Committee(s)", "Dated", "Subject"]
    assert "Report of" in names
    said = dict(header.pairs)
    assert said["Committee(s)"].text == "Police Authority Board"
    assert said["Reference and marking"].text.startswith("PAB/2026-12-08/1, OFFICIAL")
    assert said["If so, how much?"].text == "To be completed"
    asked = next(each for each in left.paper.blocks if isinstance(each, Recommendations))
    assert asked.lead == "Members are asked to:"
    assert reminders(left) > 5


def test_the_authority_report_lists_each_technology_once_and_names_it_on_the_radar(
    register, tmp_path
):
    left, _ = made(register, tmp_path, "police-authority-report")
    names = [register.technology(each).name for each in left.technologies]
    listed = [row[0].text for each in tables(left.paper).values() for row in each.rows]
    assert sorted(listed) == sorted(names)
    radar = next(e for e in left.paper.blocks if isinstance(e, Figure) and "radar" in e.caption)
    shown = " ".join(etree.fromstring(radar.svg).itertext())
    assert "T-0013 Live facial recognition, Being looked at, AI" in shown
    assert all(name in shown for name in names)


@pytest.mark.parametrize("name", [each for each in NAMES if each != "minutes"])
def test_the_type_of_every_picture_can_be_read(register, tmp_path, name):
    left, _ = made(register, tmp_path, name)
    for figure in (each for each in left.paper.blocks if isinstance(each, Figure)):
        points = 470 * figure.width / 100 / figure.size[0]
        sizes = re.findall(r'font-size="([\d.]+)"', figure.svg)
        assert min(map(float, sizes)) * points >= 7, figure.caption


@pytest.mark.parametrize("name", [each for each in NAMES if each != "minutes"])
def test_words_that_lead_to_a_table_stay_with_it(register, tmp_path, name):
    left, _ = made(register, tmp_path, name)
    for words, table in pairwise(left.paper.blocks):
        if isinstance(words, Numbered) and isinstance(table, Table | KeyValues):
            assert words.introduces, words


def test_what_the_register_holds_on_an_implication_is_said(register, tmp_path):
    _, path = made(register, tmp_path, "change-board-paper", refs=["T-0014"])
    said = text_of(".md", path.read_bytes())
    (held,) = [e for e in register.technology("T-0014").evidence if e.document == "cost-estimate"]
    assert f"Cost estimate: held for T-0014 ({held.id}, {day(held.dated)})." in said
    assert "Business case: not held." in said
    assert "**Capacity.** To be completed:" in path.read_text("utf-8")


def test_every_decision_is_in_the_decisions_register(register, tmp_path):
    left, _ = made(register, tmp_path, "decisions-register")
    (table,) = [each for caption, each in tables(left.paper).items() if "decision" in caption]
    held = [d.number for t in register.state.technologies.values() for d in t.decisions]
    assert sorted(row[0].text for row in table.rows) == sorted(held)
    later, _ = made(register, tmp_path, "decisions-register", since=date(2026, 7, 31))
    (table,) = [each for caption, each in tables(later.paper).items() if "decision" in caption]
    assert "since 31 July 2026" in table.caption
    assert 0 < len(table.rows) < len(held)


def test_open_conditions_and_what_is_overdue_stand_with_their_owners(register, tmp_path):
    left, _ = made(register, tmp_path, "conditions-list")
    found = tables(left.paper)
    conditions = found["2 open conditions, 1 overdue"]
    assert [row[2].text for row in conditions.rows] == ["Mei Example", "Asha Example"]
    late = [row[3].text for row in found["Reviews overdue and approvals expired"].rows]
    assert late[0].endswith("days late")


@pytest.mark.parametrize("edition", [Edition.INTERNAL, Edition.PUBLIC])
def test_the_objective_4_table_says_what_the_measure_counts(register, tmp_path, edition):
    until = date(2026, 3, 31)
    left, _ = made(
        register, tmp_path, "objective-4", edition=edition, keep_back_unread=True, as_at=until
    )
    then = still(register, until)
    counted = objective_4(then, financial_year(until), until)
    found = tables(left.paper)
    (measure,) = [each for caption, each in found.items() if caption.startswith("Objective 4, ")]
    assert [row[1].text for row in measure.rows] == [str(n) for n in counted.counts.values()]
    each = found["Each submission"]
    assert [row[0].text for row in each.rows] == [one.number for one in counted.submissions]
    held = [tuple(cell.text == "Yes" for cell in row[3:]) for row in each.rows]
    assert held == [
        (one.scored, one.evidenced, one.evaluation_planned, one.evaluated)
        for one in counted.submissions
    ]
    assert any(any(row) for row in held)


def test_changes_are_told_from_the_bodys_last_meeting(register, tmp_path):
    assert last_meeting(register, "futures-delivery-group", MEETING) == date(2026, 7, 30)
    left, _ = made(register, tmp_path, "changes")
    (table,) = [each for caption, each in tables(left.paper).items() if "Changes" in caption]
    assert table.caption == "Changes since 30 July 2026"
    told = {row[0].note: row[1].text for row in table.rows}
    assert told["T-0019"] == (
        "Stage: from assessing to in trial\nStatus: from clear to below gate\n"
        "Decision DIP/2026/006: DIP Board, Endorse\n"
        "Decision DDAT/2026/004: DDaT Board, Accept the risk"
    )
    assert told["T-0029"] == "Entered, now signal"


def test_changes_can_be_told_from_any_day(register, tmp_path):
    left, _ = made(register, tmp_path, "changes", since=date(2026, 5, 31))
    (table,) = [each for caption, each in tables(left.paper).items() if "Changes" in caption]
    told = {row[0].note: row[1].text for row in table.rows}
    assert (
        "Decision AISG/2026/004: AI Sub-Group, Approve with conditions, 2 conditions"
        in (told["T-0019"])
    )


OWN = """
[template]
id = "mine"
name = "My paper"
version = "3"
dated = 2026-11-25
about = "Ours"
body = "dip-board"
purpose = "for information"
scope = "all"
title = "For {chair}: {technologies}"

[[header]]
name = "To"
says = "{body} on {meeting}"

[[sections]]
part = "text"
heading = "Hello {body}"
text = ["This is {marking}.", "It is {purpose}."]
numbered = true

[[sections]]
part = "annexes"
shows = ["facts"]
"""


def test_a_template_of_ones_own_says_what_its_file_says(register, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    left, paper = made(register, tmp_path, str(path))
    assert left.paper.title == "For Chief Operating Officer: 29 technologies"
    said = text_of(".md", paper.read_bytes())
    assert "DIP Board on 8 December 2026" in said
    assert "Hello DIP Board" in said
    assert "1. This is OFFICIAL." in said
    assert "2. It is For information." in said
    assert "Facts about the proposed use" in said
    assert "Guiding principles" not in said
    assert left.template.startswith("mine 3 (")


MISTAKES = [
    ('part = "annexes"', 'part = "annexe"', 24, "no part 'annexe'", "Did you mean annexes?"),
    ('part = "annexes"', "", 23, "part is missing", "Add a line for it"),
    ('shows = ["facts"]', 'show = ["facts"]', 25, "there is no 'show' here", "shows"),
    ('shows = ["facts"]', 'shows = ["fact"]', 25, "shows cannot be 'fact'", "facts"),
    ('"This is {marking}."', '"This is {markings}."', 20, "no word {markings}", "marking"),
    ('title = "For', 'titel = "For', 11, "there is no 'titel' here", "Did you mean title?"),
    ('scope = "all"', 'scope = "some"', 10, "scope cannot be 'some'", "agenda"),
    ("dated = 2026-11-25", 'dated = "soon"', 6, "dated cannot be 'soon'", "Use a date"),
    ('name = "My paper"', "", 2, "name is missing", "Add a line for it"),
    ('name = "To"', 'name = ""', 14, "name is empty", "Say something"),
    ('heading = "Hello {body}"', 'heading = "Hello"\nlevel = 2', 20, "of level 2", "one deeper"),
    ("[[sections]]", "[[sections]", 17, "not TOML", "bracket"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "what", "do"), MISTAKES)
def test_a_mistake_is_told_with_its_line_and_what_to_do(tmp_path, old, new, line, what, do):
    assert old in OWN
    path = tmp_path / "mine.toml"
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        find_template(str(path))
    assert what in refused.value.what
    assert refused.value.where.endswith(f"mine.toml, line {line}"), refused.value.where
    assert do in str(refused.value)


def test_a_template_that_asks_for_what_the_framework_lacks_is_refused_by_line(register, tmp_path):
    topics = 'topics = [\n  { name = "Cost", documents = ["costs"] },\n]\n'
    text = f'{OWN}\n[[sections]]\npart = "implications"\n{topics}'
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="the framework has no document 'costs'") as refused:
        made(register, tmp_path, str(path))
    assert "mine.toml, line 3" in refused.value.where
    path.write_text(OWN.replace("dip-board", "cabinet"), encoding="utf-8")
    with pytest.raises(BadInput, match="'cabinet' is not a body"):
        made(register, tmp_path, str(path))


def test_a_template_that_is_not_there_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(BadInput, match=r"no template 'board-papers'.*Did you mean board-paper\?"):
        find_template("board-papers")
    with pytest.raises(BadInput, match="cannot be read"):
        find_template(str(tmp_path / "nowhere.toml"))


def test_every_part_that_a_template_may_name_is_there():
    named = set(Plain.model_fields["part"].annotation.__args__)
    assert named <= set(PARTS)
    assert set(OF_MEETING) | set(IN_BOTH) == set(MEETING_PARTS)
    assert all(each.__doc__ for each in (*PARTS.values(), *MEETING_PARTS.values()))
    assert set(WORDS) >= {"body", "meeting", "reference"}


def test_what_is_filled_in_is_never_read_as_a_template(register, tmp_path):
    template = read_template(OWN, where="mine.toml")
    left, path = made(register, tmp_path, template, author="{reference} {nothing}")
    assert left.paper.author == "{reference} {nothing}"
    assert path.exists()


def test_another_template_is_another_paper_and_the_same_is_the_same(register, tmp_path):
    first, _ = made(register, tmp_path, "conditions-list")
    again, _ = made(register, tmp_path, "conditions-list")
    assert again.reference == first.reference
    other, _ = made(register, tmp_path, "decisions-register")
    assert other.reference != first.reference
