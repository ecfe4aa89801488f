"""`horizon papers release`: typed texts read, released, kept back."""

from __future__ import annotations

from tests.cli.using import CommandLine

PUBLIC = ("export", "paper", "T-0018", "--body", "AISG", "--date", "2026-12-08",
          "--edition", "public", "-o", "p.html")  # fmt: skip


def test_a_public_edition_names_the_command_that_releases_its_texts(
    on_example: CommandLine,
) -> None:
    done = on_example(*PUBLIC)
    assert done.code == 3
    assert "horizon papers release T-0018" in done.err
    on_example.well("papers", "release", "T-0018", "--answer", "as-it-is")
    on_example.well(*PUBLIC)
    assert "Master record linkage" in (on_example.folder / "p.html").read_text("utf-8")


def test_texts_are_shown_with_what_looks_like_somebody_marked(on_example: CommandLine) -> None:
    problem = "Ask Asha Example or Jane Doe on 020 7601 2222."
    on_example.well("amend", "T-0018", "--problem", problem)
    done = on_example.well("papers", "release", "T-0018", "--list", "--only", "problem")
    assert "Ask [[Asha Example]] or [[Jane Doe]] on [[020 7601 2222]]." in done.out
    assert "Looks like: name of somebody in the register: Asha Example" in done.out
    told = on_example.well("papers", "release", "T-0018", "--only", "problem", "--json").json
    assert [each["what"] for each in told[0]["marks"]] == [
        "name of somebody in the register", "name", "phone number",
    ]  # fmt: skip


def test_each_text_is_answered_as_it_is_shown(on_example: CommandLine) -> None:
    on_example.well("amend", "T-0018", "--problem", "We asked Jane Doe.")
    only = ("--only", "name", "--only", "problem", "--only", "summary", "--only", "supplier")
    typed = "r\nk\nsecurity\nm\npersonal\ns\n"
    done = on_example.well("papers", "release", "T-0018", *only, typed=typed)
    assert done.out.count("Released.") == 2
    assert done.out.count("Kept back.") == 1
    with on_example.register() as register:
        technology = register.technology("T-0018")
        kept = technology.released
    assert kept["name"].text == technology.name
    assert (kept["summary"].text, kept["summary"].ground) == ("", "security")
    assert kept["problem"].text == "We asked [Left out: FOIA s.40(2)]."
    assert "supplier" not in kept
    assert "released 1 text for publication" in on_example.well("history", "T-0018").out
    assert "kept 1 back" in on_example.well("history", "T-0018").out


def test_what_was_read_is_not_asked_again(on_example: CommandLine) -> None:
    on_example.well("papers", "release", "T-0018", "--answer", "as-it-is")
    done = on_example.well("papers", "release", "T-0018")
    assert done.out == "T-0018: every text was read already.\n"
    again = on_example.well("papers", "release", "T-0018", "--list", "--again")
    assert "T-0018 name (1 of" in again.out


def test_keeping_back_without_a_ground_is_refused(on_example: CommandLine) -> None:
    done = on_example("papers", "release", "T-0018", "--answer", "keep-back")
    assert done.code == 3
    assert "needs a ground" in done.err
    assert "personal" in done.err


def test_public_data_is_made_without_anybody_in_it(on_example: CommandLine) -> None:
    refused = on_example("export", "register", "-o", "r.csv", "--edition", "public")
    assert refused.code == 3
    on_example.well(
        "export", "register", "-o", "r.csv", "--edition", "public", "--keep-back-unread"
    )
    said = (on_example.folder / "r.csv").read_text("utf-8")
    assert "Example" not in said
    assert "[Withheld: not yet read for release]" in said
    told = " ".join(on_example.well("history").out.split())
    assert "exported register REG/2026-11-24/P/1 (csv, public edition)" in told
