"""The register as flat tables: as CSV that comes back as it was, and as a star for dashboards."""

import csv
import io
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horizon.intake.report import Outcome
from horizon.model.spreadsheet import guarded, unguarded
from horizon.model.technology import Details, Sighting
from horizon.papers.star import star, tables
from horizon.papers.tables import flat
from horizon.papers.tables.decisions import conditions, decisions
from horizon.papers.tables.of_technologies import NAME
from horizon.papers.tables.technologies import technologies
from horizon.papers.writers.csv_table import to_csv
from horizon.register import Proposal, Register
from horizon.register.as_at import still
from horizon.register.records import read_record
from horizon.store.files import journal_path
from tests.clocks import StandingClock
from tests.intake.using import loaded
from tests.papers.registers import seal

STARTS = ["=", "+", "-", "@", "\t=", "\x00", "'", "''=", " =", "＝", "'tis", ""]
FORMULA = '=HYPERLINK("https://example.org","x")'


@pytest.fixture(scope="module")
def register(made_example, tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / "register.json"
    shutil.copy(made_example, path)
    shutil.copy(journal_path(made_example), journal_path(path))
    with Register.open(path, acting="Sam Example", clock=StandingClock()) as opened:
        yield opened


@pytest.fixture(scope="module")
def reader(register):
    return still(register)


def named(number):
    """So many columns of text."""
    return (NAME,) * number


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def test_a_technology_is_one_row_with_how_it_stands_today(register, reader):
    table = technologies(reader)
    assert len(table.rows) == 29
    named = dict(zip(table.column("label"), table.column("standing"), strict=True))
    for header in register.state.technologies.headers():
        assert named[header.label] == register.reading(header.id).standing.words


def test_an_approval_that_lapsed_is_never_shown_as_one_that_holds(reader):
    table = technologies(reader)
    lapsed = [
        approved
        for standing, approved in zip(
            table.column("standing"), table.column("approved"), strict=True
        )
        if standing.startswith("Not approved")
    ]
    assert lapsed
    assert not any(lapsed)
    held = decisions(reader)
    for late, holds in zip(held.column("overdue"), held.column("holds"), strict=True):
        assert not (late and holds)


def test_the_table_and_the_record_of_an_approval_say_the_same_of_it(register, reader):
    told = decisions(reader)
    found = {True: 0, False: 0}
    for number, effect, holds in zip(
        told.column("decision"), told.column("effect"), told.column("holds"), strict=True
    ):
        if effect.startswith("approve"):
            assert holds is read_record(register, number).holds, number
            found[holds] += 1
    assert all(found.values())


def test_a_condition_says_what_became_of_it(reader):
    assert Counter(conditions(reader).column("state")) == {"met": 1, "overdue": 1, "open": 1}


def test_csv_has_one_header_row_crlf_line_ends_and_dates_that_sort(reader):
    content = to_csv(technologies(reader))
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 30
    header, first, *_ = rows_of(content)
    at = header.index("stage_since")
    assert date.fromisoformat(first[at])
    assert first[header.index("approved")] in ("true", "false")


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_begins_with_what_a_spreadsheet_runs(start):
    content = to_csv(flat("t", "T", "T", named(1), [(f"{start}1+1",)]))
    cell = rows_of(content)[1][0]
    assert cell.lstrip("' \t")[:1] not in "=+-@＝" or cell.startswith("'")
    assert cell[:1] not in "=+-@\t\r\n"


def test_a_separator_or_a_quote_within_a_cell_starts_no_cell():
    content = to_csv(flat("t", "T", "T", named(2), [('a,=1+1","=2', "b\r\n=3")]))
    assert rows_of(content)[1] == ['a,=1+1","=2', "b\n=3"]


@given(st.sampled_from(STARTS), st.text(max_size=20))
def test_what_is_guarded_comes_back_as_it_was(start, text):
    assert unguarded(guarded(start + text)) == start + text


def test_an_apostrophe_that_guards_nothing_is_part_of_the_text():
    assert unguarded("'tis a name") == "'tis a name"
    assert unguarded("'=1") == "=1"


TEXT = st.text(
    st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029\x85"), max_size=30
)
NASTY = st.builds(str.__add__, st.sampled_from(STARTS[:4] + STARTS[6:]), TEXT)
ONE_LINE = NASTY.map(lambda text: " ".join(text.split()))
RECORD = st.fixed_dictionaries(
    {
        "name": ONE_LINE.filter(lambda text: any(map(str.isalnum, text))),
        "kind": st.sampled_from(["ai", "sensing", "other"]),
        "summary": st.one_of(NASTY, st.just('two\nlines, "quoted"; =1')),
        "problem": NASTY,
        "supplier": ONE_LINE,
        "time_horizon": st.sampled_from(["H1", "H3", None]),
        "trl": st.sampled_from([1, 9, None]),
        "aliases": st.lists(
            st.sampled_from(["a;b", 'say "hi"', "c|d", "=x", "'y"]), max_size=3, unique=True
        ),
    }
)


def plain(record):
    return "".join(each for each in record["name"].casefold() if each.isalnum())


@given(st.lists(RECORD, max_size=4, unique_by=plain))
@settings(max_examples=20, deadline=None)
def test_an_export_that_is_imported_again_says_the_same(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("round")
    seen = Sighting(source="A fair", source_type="research", seen_on=date(2026, 1, 2))
    with _new(folder / "a.json") as first, _new(folder / "b.json") as second:
        first.propose_many(
            [
                Proposal(
                    details=Details(
                        **record | {"aliases": tuple(f"{a} {at}" for a in record["aliases"])}
                    ),
                    owner="Asha Example",
                    sightings=(seen,),
                )
                for at, record in enumerate(records)
            ]
        )
        content = to_csv(technologies(still(first)))
        report = loaded(second, content, "a.csv")
        assert [each.words for each in report.of(Outcome.REFUSED)] == []
        kept, back = (
            [each.details.model_dump(exclude={"owner"}) for each in r.state.technologies.values()]
            for r in (first, second)
        )
        assert back == kept
        assert to_csv(_comparable(second)) == to_csv(_comparable(first))


def _comparable(register):
    """The table without what a new entry cannot share: ids, and the file that it came from."""
    return technologies(still(register)).without("technology_id", "owner_id", "source")


def _new(path: Path) -> Register:
    return Register.create(path, name="Test", acting="Asha Example", clock=StandingClock())


def test_an_export_imported_into_its_own_register_changes_nothing(register, reader):
    before = register.state.head.seq
    report = loaded(register, to_csv(technologies(reader)), "own.csv")
    assert [each.outcome for each in report.rows] == [Outcome.UNCHANGED] * 29
    assert register.state.head.seq == before


def test_every_key_of_the_star_points_to_a_row_that_is_there(register, reader):
    held = {each.name: each for each in tables(reader, _commits(register))}
    joins = held["relationships"].rows
    assert len(joins) > 20
    for table, column, to, key, _ in joins:
        known = set(held[to].column(key))
        assert set(held[table].column(column)) - known - {None} == set(), (table, column)


def test_the_keys_that_are_pointed_to_are_unique(register, reader):
    held = {each.name: each for each in tables(reader, _commits(register))}
    for _, _, to, key, _ in held["relationships"].rows:
        keys = held[to].column(key)
        assert len(keys) == len(set(keys)), to


def test_a_dashboard_finds_one_active_way_between_two_tables(register, reader):
    held = {each.name: each for each in tables(reader, _commits(register))}
    active = [(f, t) for f, _, t, _, on in held["relationships"].rows if on]
    assert len(active) == len(set(active))
    assert all(f.startswith("fact_") and t.startswith("dim_") for f, t in active)


def test_every_column_of_the_star_is_explained(register, reader):
    held = {each.name: each for each in tables(reader, _commits(register))}
    told = {(row[0], row[1]) for row in held["columns"].rows}
    for table in held.values():
        if table.name not in ("columns", "relationships"):
            assert {(table.name, each.name) for each in table.columns} <= told
            assert all(len(row) == len(table.columns) for row in table.rows)


def test_ids_stay_the_same_from_one_export_to_the_next(register, reader):
    first = star(reader, _commits(register))
    assert star(still(register), _commits(register)) == first


def test_moves_are_told_in_the_order_they_happened(register, reader):
    table = next(each for each in tables(reader, _commits(register)) if each.name == "fact_move")
    assert table.column("event") == sorted(table.column("event"))
    last = {row[1]: row[4] for row in table.rows}
    for technology in reader.state.technologies.values():
        if technology.id in last and not technology.ended_reason:
            assert last[technology.id] == technology.stage


def test_scores_of_an_open_round_are_in_no_table(tmp_path):
    with _new(tmp_path / "r.json") as register:
        register.acting = "Mei Example"
        register.propose(name="Speech analytics")
        seal(register, "T-0001", "a zebra note")
        for content in star(still(register), _commits(register)).values():
            assert b"zebra" not in content


def _commits(register):
    return (commit for _, commit in register.history())
