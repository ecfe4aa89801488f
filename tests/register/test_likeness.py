"""Which entries are pointed out as perhaps the same, with which reasons, and which are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from horizon.model.errors import BadInput
from horizon.register.aliases import Aliases, aliases
from horizon.register.duplicates import Duplicates
from horizon.register.likeness import ALIKE, Card, Likeness, likeness, prepared
from tests.labelled import figures, labelled, scored


def alike(one: Card | str, other: Card | str, table: Aliases | None = None) -> Likeness:
    cards = [each if isinstance(each, Card) else Card(each, each) for each in (one, other)]
    first, second = (prepared(each, table or aliases()) for each in cards)
    there, back = likeness(first, second), likeness(second, first)
    assert abs(there.score - back.score) <= 1, "it makes no difference which comes first"
    return there


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "DARAT",
            "DARAT (Domestic Abuse Risk Assessment Tool)",
            "the same but for '(Domestic Abuse Risk Assessment Tool)'",
        ),
        ("DARAT", "Domestic Abuse Risk Assessment Tool", "is short for"),
        ("Kubernetes", "K8s", "both name Kubernetes"),
        ("Internationalisation", "I18n", "is short for"),
        ("Body-worn video", "BWV", "count as the same name"),
        ("Records Management System", "RMS", "is short for"),
        ("Niche RMS", "Niche Records Management System", "nearly the same name"),
        ("Apache Airflow", "Airflow", "the same but for 'Apache'"),
        ("Gait recognition", "Gait Recognition System", "the same but for 'System'"),
        ("Open CV", "opencv", "the same name"),
        ("Drone as First Responder", "Drones as first responder", "but for 'Drone' and 'Drones'"),
        ("Voice biometrics", "Biometrics, voice", "nearly the same name"),
        ("Fairlearn", "Fainlearn", "nearly the same name"),
        ("AI Fairness 360 Toolkit", "AIF360", "is short for"),
        ("OxRec", "Oxford Risk of Recidivism", "made of the beginnings of"),
        ("Verkeersregelinstallatie", "Verkeers Regel Installatie", "the same name"),
        ("Zivver", "Zivver: secure e-mail", "the same but for 'secure e-mail'"),
        ("Café Scan", "Cafe-Scan", "the same name"),
        ("TensorFlow", "TensorFlow 2.15", "the same but for '2.15'"),
        ("RStudio IDE", "RStudio (hosting)", "the same but for 'IDE' and '(hosting)'"),
        ("OxRec (Oxford Risk Tool)", "Oxford Risk Tool", "the same but for 'OxRec'"),
        ("Voice stress test 4", "Voice stress test", "the same but for '4'"),
    ],
)
def test_one_thing_under_two_names_is_pointed_out_with_why(one: str, other: str, why: str) -> None:
    found = alike(one, other)
    assert found.score >= ALIKE
    assert why in found.reasons[0]


@pytest.mark.parametrize(
    "other", ["RStudio (hosting)", "RStudio IDE", "RStudio 4", "R Studio Ltd", "R-Studio"]
)
def test_names_that_are_written_otherwise_are_not_alike_to_the_full(other: str) -> None:
    """Nor is it said of them that they are the same name."""
    found = alike(
        Card("1", "RStudio", supplier="RStudio", urls=("https://rstudio.com",)),
        Card("2", other, supplier="RStudio", urls=("https://rstudio.com",)),
    )
    same = other == "R-Studio"
    assert found.score >= ALIKE
    assert (found.score == 100) == same
    assert found.reasons[0].startswith("the same name") == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("License Plate Reader 1", "License Plate Reader 2"),
        ("Spark 3.5", "Spark 4.0"),
        ("HOLMES 2", "HOLMES 3"),
        ("Profile A national approach", "Profile B national approach"),
        ("Type II sensor", "Type III sensor"),
        ("TensorFlow", "TensorFlow Privacy"),
        ("Java", "JavaScript"),
        ("Mortgage Repayment Calculator", "Mortgage Affordability Calculator"),
        ("Amazon Translate", "Google Translate"),
        ("Oracle Database", "Oracle Cloud"),
        ("Digital canal: detection", "Digital canal: reporting"),
        ("Profile X National Approach (NA)", "National Approach (NA)"),
        ("Chatbot - planning law", "Chatbot - council tax"),
        ("Cortex", "Vortex"),
        ("ART (Adversarial Robustness Toolbox)", "Automated redaction tool"),
    ],
)
def test_two_things_that_are_named_alike_are_left_alone(one: str, other: str) -> None:
    assert alike(one, other).score < ALIKE


def test_two_suppliers_under_one_name_are_two_and_one_supplier_speaks_for_one() -> None:
    acme = Card("1", "Sentinel", supplier="Acme Vision Ltd")
    other = Card("2", "Sentinel", supplier="Northern Analytics plc")
    same = Card("3", "Acme Sentinel", supplier="Acme Vision Limited")
    assert alike(acme, other).score < ALIKE
    assert "but suppliers differ: Acme Vision Ltd and Northern Analytics plc" in (
        alike(acme, other).reasons
    )
    assert alike(acme, same).score >= ALIKE
    assert any("the same supplier" in each for each in alike(acme, same).reasons)


def test_a_name_that_any_tool_of_its_sort_may_have_is_not_enough_at_two_owners() -> None:
    here = Card("1", "Chatbot", owner="ICO", summary="Answers the public on data protection law")
    there = Card("2", "Chatbot", owner="AHRQ", summary="Finds health research for clinicians")
    assert alike(here, there).score < ALIKE
    assert alike(here, Card("3", "Chatbot", owner="ICO")).score >= ALIKE


def test_the_same_address_brings_near_names_together_and_never_far_ones() -> None:
    one = Card("1", "Acoustic gunshot detection", urls=("https://www.example.org/gunshot/",))
    other = Card("2", "Gunshot detection", urls=("http://example.org/gunshot",))
    far = Card("3", "Weather model", urls=("http://example.org/gunshot",))
    assert alike(one, other).score >= ALIKE
    assert "the same address, example.org/gunshot" in alike(one, other).reasons
    assert alike(one, far).score < ALIKE


def test_an_alias_counts_as_a_name() -> None:
    one = Card("1", "Interview transcription", aliases=("Scribe",))
    assert alike(one, "Scribe").score >= ALIKE


def test_the_list_of_aliases_beside_the_register_adds_to_the_shipped_one(tmp_path: Path) -> None:
    assert alike("Blue Falcon", "Op Kestrel").score < ALIKE
    (tmp_path / "aliases.toml").write_text('names = [["Blue Falcon", "Op Kestrel"]]\n')
    table = aliases(tmp_path)
    assert alike("Blue Falcon", "Op Kestrel", table).score >= ALIKE
    assert alike("Kubernetes", "K8s", table).score >= ALIKE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("names = [", "cannot be read"),
        ('name = [["a", "b"]]', "There is no 'name' here"),
        ('names = [["a"]]', "does not hold two names or more"),
        ("names = 3", "names is not a list"),
        ('vendors = ["ok", 3]', "does not hold words alone"),
        ('common = ["!!"]', "does not hold words alone"),
    ],
)
def test_a_list_of_aliases_that_cannot_be_understood_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "aliases.toml").write_text(text)
    with pytest.raises(BadInput, match=r"aliases\.toml") as refused:
        aliases(tmp_path)
    assert said in str(refused.value)


def test_pairs_are_found_without_comparing_all_and_a_newcomer_is_compared_in_passing() -> None:
    names = [f"Tool {chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(400)]
    names += ["Gait recognition", "Gait-recognition system", "Kubernetes", "K8s"]
    found = Duplicates([Card(str(at), name) for at, name in enumerate(names)], aliases())
    pairs = {(names[int(e.first)], names[int(e.second)]) for e in found.suggestions()}
    assert ("Gait recognition", "Gait-recognition system") in pairs
    assert ("Kubernetes", "K8s") in pairs
    assert len(list(found.pairs())) < 400 * 40
    near = found.like(Card("new", "Gait recogniton"))
    assert [names[int(key)] for key, _ in near] == ["Gait recognition", "Gait-recognition system"]
    assert found.like(Card("new", "Something else")) == []


def test_pairs_marked_as_different_are_not_suggested() -> None:
    found = Duplicates([Card("1", "Kafka"), Card("2", "Apache Kafka")], aliases())
    assert len(found.suggestions()) == 1
    assert found.suggestions([frozenset(("1", "2"))]) == []


def test_most_of_a_labelled_set_is_told_right() -> None:
    """The whole set and how it was labelled: tests/data/README.md. Unseen names will do worse."""
    cards, groups = labelled()
    with_table = figures(scored(cards, groups, aliases()), ALIKE)
    assert with_table.f1 >= 0.93
    bare = Aliases(**{**vars(aliases()), "names": {}})
    assert figures(scored(cards, groups, bare), ALIKE).f1 >= 0.90


def test_names_without_a_letter_are_like_nothing() -> None:
    assert alike("{", "{").score == alike("{", "Gait").score == 0
