"""`horizon triage`: signals that want a look, and what was found at one."""

from __future__ import annotations

from tests.cli.using import CommandLine


def test_signals_are_listed_with_what_they_lack_and_looked_at(horizon: CommandLine) -> None:
    assert horizon.well("triage").out == "No signal wants a look today.\n"
    horizon.well("add", "Gait", "--source", "Acme", "--source-type", "vendor")
    assert "who never count alone" in horizon.well("triage", "--json").json[0]["lacking"]
    assert "not yet looked at" in horizon.well("triage").out
    done = horizon.well("triage", "Gait", "--impact", "4", "--uncertainty", "4")
    assert done.out.startswith("T-0001 Gait: watch until 25 May 2027; moved by: A source beside")
    assert horizon.well("triage").out == "No signal wants a look today.\n"
    assert "Watch: impact 4, uncertainty 4" in horizon.well("show", "Gait").out
    horizon.well("triage", "Gait", "--undo")
    assert len(horizon.well("triage", "--json").json) == 1


def test_what_cannot_be_recorded_says_what_is_missing(horizon: CommandLine) -> None:
    horizon.well("add", "Gait", "--source", "Acme", "--source-type", "vendor")
    assert horizon("triage", "Gait").code == 2
    refused = horizon("triage", "Gait", "--impact", "5", "--uncertainty", "1")
    assert refused.code == 3
    assert "cannot be taken forward yet" in refused.err
    assert horizon("triage", "Gait", "--undo").code == 3
    assert horizon("triage", "Gait", "--impact", "6", "--uncertainty", "1").code == 2
