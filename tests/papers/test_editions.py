"""Public editions: nobody is named, nothing that is not public gets out, in any format."""

import io
import json
import re
import zipfile

import pikepdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from horizon.framework.publication import shipped_publication
from horizon.judgement.publishing import Place, free_texts, texts_of, treated
from horizon.model.base import Model
from horizon.model.errors import BadInput, RuleBroken
from horizon.model.events import ReleasedText
from horizon.model.release import Release
from horizon.model.words import Edition, Marking
from horizon.papers.editions import Public
from horizon.papers.exporting import FORMATS, DataOrder, export_register, export_star
from horizon.papers.interchange import SHIPPED
from horizon.papers.issuing import issue
from horizon.papers.writers import WRITERS
from horizon.register import Register
from horizon.register.as_at import still
from tests.example.journey import ScriptClock
from tests.papers.reading import text_of
from tests.papers.registers import TODAY, asked, make

RULES = shipped_publication()
PUBLIC = {"edition": Edition.PUBLIC, "author": None, "foi": "", "marking": None}
SECRET = "zqwyvernqz"
"""How every text begins that must not get out. No other word has it."""


class Spoiling:
    """Puts a secret wherever a record holds what is not public, and names people in the rest."""

    def __init__(self, names):
        self.names, self.secrets = names, []

    def typed(self, place, text):
        return f"{text} says {self.names[len(text) % len(self.names)]}"

    def brief(self, place, text):
        return f"{text} of {self.names[len(text) % len(self.names)]}"

    def shown(self, place, text):
        return text

    def person(self, place, person, ground):
        return person

    def withheld(self, place, text, ground):
        self.secrets.append(f"{SECRET}{len(self.secrets)}{SECRET}")
        return self.secrets[-1]


def full(record):
    """A record with something in every text that was left empty."""
    changes = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if value == "" and name not in ("document", "gate"):
            changes[name] = f"Filled {name}"
        elif isinstance(value, Model):
            changes[name] = full(value)
        elif isinstance(value, tuple):
            changes[name] = tuple(full(e) if isinstance(e, Model) else e for e in value)
        elif isinstance(value, dict):
            changes[name] = {k: full(e) if isinstance(e, Model) else e for k, e in value.items()}
    return record.model_copy(update=changes)


def spoil(register, people):
    """Give people other names, put secrets and names everywhere, and release all of it as it is.

    One technology, named with secrets throughout, is marked OFFICIAL-SENSITIVE.
    """
    state = register.state
    for (key, person), (name, email) in zip(state.people.items(), people, strict=False):
        state.people[key] = person.model_copy(update={"name": name, "email": email})
    names = [text for pair in people[: len(state.people)] for text in pair]
    spoiling = Spoiling(names)
    for key, technology in list(state.technologies.items()):
        spoilt = treated(full(technology), RULES, spoiling, Place())
        releases = {
            each.place.key: Release(original=each.original, text=each.text, by="x", at="x")
            for each in free_texts(spoilt, RULES)
        }
        state.technologies[key] = spoilt.model_copy(update={"released": releases})
    for meeting_id, meeting in list(state.meetings.items()):
        spoilt_meeting = treated(meeting, RULES, spoiling, Place())
        read = {
            each.place.key: Release(original=each.original, text=each.text, by="x", at="x")
            for each in free_texts(spoilt_meeting, RULES)
        }
        state.meetings[meeting_id] = spoilt_meeting.model_copy(update={"released": read})
    last = state.technologies[key]
    secret = {name: f"{SECRET}{name}{SECRET}" for name in ("name", "summary", "supplier")}
    state.technologies[key] = last.model_copy(
        update={"marking": Marking.OFFICIAL_SENSITIVE, **secret}
    )
    return names


def everything(extension, content):
    """All the text in a file, wherever it stands: parts, properties, metadata, streams."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [each.encode() for each in file.namelist()]
            parts += [file.read(each) for each in file.namelist()]
        raw = b"\n".join(parts).decode("utf-8", "replace")
        plain = re.sub(r"<[^>]+>", " ", raw)
    elif extension == ".pdf":
        with pikepdf.open(io.BytesIO(content)) as file:
            streams = [
                each.read_bytes() for each in file.objects if isinstance(each, pikepdf.Stream)
            ]
            info = [str(each) for each in file.docinfo.values()]
        raw = b"\n".join([content, *streams]).decode("latin-1") + "\n".join(info)
        plain = text_of(extension, content)
    else:
        raw = plain = content.decode("utf-8")
    said = text_of(extension, content) if extension in WRITERS else plain
    return " ".join(f"{raw}\n{plain}\n{said}".casefold().split())


def assert_public(extension, content, names):
    said = everything(extension, content)
    assert SECRET not in said, said[said.index(SECRET) - 200 : said.index(SECRET) + 50]
    for name in names:
        assert " ".join(name.casefold().split()) not in said, name


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("editions") / "register.json"
    make(path).close()
    return path


@pytest.fixture
def register(made, tmp_path):
    with reopened(made, tmp_path) as opened:
        yield opened


def reopened(made, folder):
    for each in made.parent.iterdir():
        if each.suffix in (".json", ".jsonl"):
            (folder / each.name).write_bytes(each.read_bytes())
    return Register.open(folder / made.name, acting="Farah Example", clock=ScriptClock(TODAY))


NAME = st.builds(
    lambda *parts: " ".join(parts),
    st.from_regex(r"[A-Z][a-z]{3,9}wyx", fullmatch=True),
    st.from_regex(r"[A-Z\u00c0-\u00d6][a-z\u00df-\u00f6]{3,9}vk", fullmatch=True),
)
EMAIL = st.from_regex(r"[a-z]{4,9}\.wyx@[a-z]{3,8}\.example", fullmatch=True)


@given(st.lists(st.tuples(NAME, EMAIL), min_size=12, max_size=12, unique=True))
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_no_name_and_nothing_non_public_reaches_a_public_edition(made, tmp_path_factory, people):
    folder = tmp_path_factory.mktemp("public")
    with reopened(made, folder) as register:
        names = spoil(register, people)
        for extension in WRITERS:
            path = folder / f"paper{extension}"
            issue(register, path, **asked(**PUBLIC))
            assert_public(extension, path.read_bytes(), names)
        order = DataOrder(edition=Edition.PUBLIC)
        for extension in FORMATS:
            path = folder / f"register{extension}"
            export_register(register, path, order)
            assert_public(extension, path.read_bytes(), names)
        export_star(register, folder / "star", order)
        for path in (folder / "star").iterdir():
            assert_public(path.suffix, path.read_bytes(), names)


def test_the_internal_edition_of_the_same_register_does_hold_it_all(register, tmp_path):
    """Else the test above could not fail."""
    people = [(f"Nam{at} Wyx", f"n{at}@wyx.example") for at in range(12)]
    names = spoil(register, people)
    path = tmp_path / "register.json.out.json"
    export_register(register, path)
    said = everything(".json", path.read_bytes())
    assert SECRET in said
    assert any(name.casefold() in said for name in names)
    issue(register, tmp_path / "p.md", **asked(marking=Marking.OFFICIAL_SENSITIVE))
    said = everything(".md", (tmp_path / "p.md").read_bytes())
    assert any(name.casefold() in said for name in names)


def release_all(register, how=lambda text: text):
    state = register.state
    for record in (*state.technologies.values(), *state.meetings.values()):
        texts = {}
        for each in texts_of(state, record, RULES):
            said = how(each.text)
            ground = "" if said == each.text else "personal"
            texts[each.place.key] = ReleasedText(original=each.original, text=said, ground=ground)
        if texts:
            register.release_texts(record.id, texts)


def test_texts_that_nobody_released_are_refused_one_by_one(register, tmp_path):
    with pytest.raises(RuleBroken) as refused:
        issue(register, tmp_path / "p.md", **asked(**PUBLIC))
    assert "read and released" in str(refused.value)
    assert "T-0001 name" in refused.value.missing
    assert "horizon papers release T-0001" in refused.value.who
    assert list(tmp_path.glob("p.md")) == []
    with pytest.raises(RuleBroken, match="read and released"):
        export_register(register, tmp_path / "r.csv", DataOrder(edition=Edition.PUBLIC))


def test_a_released_text_is_shown_and_a_changed_one_must_be_read_again(register, tmp_path):
    release_all(register)
    path = tmp_path / "p.md"
    issue(register, path, **asked(**PUBLIC))
    assert "Meeting room booking" in path.read_text("utf-8")
    register.amend("T-0001", {"summary": "Something else."})
    with pytest.raises(RuleBroken) as refused:
        issue(register, path, **asked(**PUBLIC))
    assert refused.value.missing == ("T-0001 summary",)


def test_who_released_a_text_is_on_record(register):
    register.acting = "Noor Example"
    release_all(register)
    kept = register.technology("T-0001").released["summary"]
    assert register.name(kept.by) == "Noor Example"
    told = [e for _, c in register.history() for e in c.events if e.kind == "texts-released"]
    assert {register.name(each.by) for each in told} == {"Noor Example"}


def test_a_text_that_is_kept_back_stands_with_its_number_and_ground(register, tmp_path):
    release_all(register, how=lambda text: "" if text.startswith("A thing") else text)
    path = tmp_path / "p.md"
    made = issue(register, path, **asked(**PUBLIC))
    said = text_of(".md", path.read_bytes())
    assert "[Withheld 1: FOIA s.40(2)]" in said
    assert "A thing that helps" not in said
    grounds = next(b for b in made.paper.blocks if getattr(b, "caption", "").startswith("Grounds"))
    assert grounds.rows[0][1].text == "FOIA s.40(2)"
    part = tmp_path / "np.md"
    issue(register, part, **asked(**PUBLIC | {"edition": Edition.NON_PUBLIC}))
    said = text_of(".md", part.read_bytes())
    assert "A thing that helps" in said
    assert "not for publication" in said
    assert "By virtue of paragraphs 1 and 2 of Part 1 of Schedule 12A" in said
    assert "OFFICIAL-SENSITIVE | Non-public" in said
    assert "Asha Example" in said


def test_something_left_out_needs_a_ground(register):
    text = next(free_texts(register.technology("T-0001"), RULES))
    with pytest.raises(RuleBroken, match="needs a ground"):
        register.release_texts("T-0001", {text.place.key: ReleasedText(original=text.original)})
    with pytest.raises(BadInput, match="'whim' is not a ground"):
        register.release_texts(
            "T-0001", {text.place.key: ReleasedText(original=text.original, ground="whim")}
        )


def test_a_text_is_released_as_it_was_read(register):
    text = next(free_texts(register.technology("T-0001"), RULES))
    given = {text.place.key: ReleasedText(original=text.original, text=text.text)}
    register.amend("T-0001", {"name": "Another name"})
    with pytest.raises(RuleBroken, match="was changed meanwhile"):
        register.release_texts("T-0001", given)
    with pytest.raises(BadInput, match="has no text at 'nowhere'"):
        register.release_texts("T-0001", {"nowhere": given["name"]})


def test_unread_texts_can_be_kept_back_instead(register, tmp_path):
    path = tmp_path / "p.html"
    issue(register, path, keep_back_unread=True, **asked(**PUBLIC))
    said = text_of(".html", path.read_bytes())
    assert "not yet read for release" in said
    assert "Meeting room booking" not in said


def test_a_paper_on_one_technology_whose_name_is_withheld_has_a_title_that_reads_well(
    register, tmp_path
):
    back = PUBLIC | {"keep_back_unread": True}
    named = asked(**back) | {"refs": ["T-0001"]}
    title = issue(register, tmp_path / "p.md", **named).paper.title
    assert title.startswith("One technology (name withheld), for ")
    release_all(register)
    assert issue(register, tmp_path / "p.md", **named).paper.title.startswith("Meeting room")


def test_a_sensitive_technology_stays_out_whole_and_is_counted(register, tmp_path):
    release_all(register)
    register.amend("T-0002", {"marking": "OFFICIAL-SENSITIVE"})
    path = tmp_path / "p.md"
    made = issue(register, path, **asked(**PUBLIC))
    said = text_of(".md", path.read_bytes())
    assert "T-0002" not in said
    assert "Live facial recognition" not in said
    assert "1 technology is in the non-public part only." in said
    assert len(made.technologies) == 2
    part = tmp_path / "np.md"
    issue(register, part, **asked(**PUBLIC | {"edition": Edition.NON_PUBLIC}))
    said = text_of(".md", part.read_bytes())
    assert "Live facial recognition (T-0002)" in said
    assert "Red line" in said


def test_a_paper_about_nothing_that_may_be_shown_is_not_published(register, tmp_path):
    register.amend("T-0003", {"marking": "OFFICIAL-SENSITIVE"})
    with pytest.raises(RuleBroken, match="nothing to publish"):
        issue(register, tmp_path / "p.md", refs=["T-0003"], **asked(**PUBLIC))


def test_a_public_edition_is_never_marked_sensitive(register, tmp_path):
    order = asked(**PUBLIC | {"marking": Marking.OFFICIAL_SENSITIVE})
    with pytest.raises(RuleBroken, match="never marked OFFICIAL-SENSITIVE"):
        issue(register, tmp_path / "p.md", **order)


@pytest.mark.parametrize("field", ["author", "foi", "reference"])
def test_what_is_typed_for_the_paper_names_nobody_either(register, tmp_path, field):
    release_all(register)
    order = asked(**PUBLIC) | {field: "From Asha  EXAMPLE"}
    if field == "reference":
        issue(register, tmp_path / "first.md", **asked(**PUBLIC))
    with pytest.raises(RuleBroken, match="names nobody whom the register knows"):
        issue(register, tmp_path / "p.md", **order)


def test_people_are_shown_by_their_role(register, tmp_path):
    release_all(register)
    register.name_person("Mei Example", role="Head of Digital")
    path = tmp_path / "p.md"
    issue(register, path, **asked(**PUBLIC))
    said = text_of(".md", path.read_bytes())
    assert "Head of Digital" in said
    assert "[Name withheld]" in said


def test_a_public_edition_says_the_same_as_the_internal_one_but_for_what_is_withheld(
    register, tmp_path
):
    release_all(register, how=lambda text: "" if text.startswith("A thing") else text)
    ours, theirs = tmp_path / "internal.md", tmp_path / "public.md"
    issue(register, ours, **asked(foi="Published", author="Test Police"))
    issue(register, theirs, **asked(**PUBLIC))
    internal, public = (text_of(".md", path.read_bytes()).splitlines() for path in (ours, theirs))
    end = next(at for at, line in enumerate(public) if "What this edition leaves out" in line)
    compared = list(zip(internal, public[: end - 1], strict=False))
    assert len(internal) - len(compared) < 8
    for inside, outside in compared:
        if inside != outside:
            assert re.search(
                r"Withheld|Name withheld|Public edition|/P/1|Register head", outside
            ), (inside, outside)


def test_scores_of_single_assessors_are_in_no_public_data(register, tmp_path):
    release_all(register)
    order = DataOrder(edition=Edition.PUBLIC)
    export_star(register, tmp_path / "star", order)
    assert not (tmp_path / "star" / "fact_score.csv").exists()
    assert "fact_score" not in (tmp_path / "star" / "columns.csv").read_text("utf-8")
    export_register(register, tmp_path / "r.json", order)
    whole = json.loads((tmp_path / "r.json").read_bytes())
    assert all("rounds" not in each for each in whole["technologies"].values())
    assert whole["export"]["1"]["edition"] == "public"


def test_public_data_still_fits_the_schema(register, tmp_path):
    release_all(register)
    export_register(register, tmp_path / "r.json", DataOrder(edition=Edition.PUBLIC))
    whole = json.loads((tmp_path / "r.json").read_bytes())
    validator = Draft202012Validator(json.loads(SHIPPED.read_text(encoding="utf-8")))
    assert [each.message for each in validator.iter_errors(whole)] == []


def test_data_has_no_non_public_part(register, tmp_path):
    with pytest.raises(BadInput, match="no non-public part"):
        export_register(register, tmp_path / "r.csv", DataOrder(edition=Edition.NON_PUBLIC))


def test_readings_are_the_same_in_public(register):
    whole = still(register)
    public = Public(whole, RULES)
    for key in public.state.technologies:
        ours, theirs = whole.reading(key), public.reading(key)
        assert theirs.standing == ours.standing
        assert theirs.status == ours.status
        assert theirs.scores.overall == ours.scores.overall
        assert theirs.tier == ours.tier
