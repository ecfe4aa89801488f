"""One mistake each: what is changed in which file, and what the refusal says.

Where that is `None`, the mistake shows in more places than one.
"""

# ruff: noqa: E501

from __future__ import annotations

Mistake = tuple[str, str, str, str | None]
"""File, text before, text after, refusal behind file and line."""

ONE_MISTAKE: dict[str, Mistake] = {
    "an unknown key": (
        "principles.toml", 'question = "How sound', 'qestion = "How sound',
        "criterion S1: there is no 'qestion' here. Did you mean question? Use: id, name, question,",
    ),
    "a negative weight": (
        "principles.toml", "weight = 25", "weight = -1",
        "criterion S1: weight cannot be -1. Use a whole number, 0 or more.",
    ),
    "a weight that is a fraction": (
        "principles.toml", "weight = 20", "weight = 2.5",
        "principle S: weight cannot be 2.5. Use a whole number, 0 or more.",
    ),
    "a weight that is a truth value": (
        "principles.toml", "weight = 25", "weight = true",
        "criterion S1: weight cannot be true. Use a whole number, 0 or more.",
    ),
    "a weight in quotes": (
        "principles.toml", "weight = 25", 'weight = "25"',
        "criterion S1: weight cannot be '25'. Use a whole number, 0 or more.",
    ),
    "a minimum off the scale": (
        "principles.toml", "trial_minimum = 2", "trial_minimum = 6",
        "criterion S1: trial_minimum cannot be 6. Use a whole number from 0 to 5.",
    ),
    "an empty anchor": (
        "principles.toml", '"The legal basis has not been considered"', '""',
        "criterion S1: anchors cannot hold ''. Give six, one for each level from 0 to 5.",
    ),
    "an anchor that is a number": (
        "principles.toml", '"We know that data protection duties apply, but no work has started"', "1",
        "criterion S1: anchors cannot hold 1. Give six, one for each level from 0 to 5.",
    ),
    "points that fall": (
        "principles.toml", "weight = 25", "points = [0, 400, 200, 600, 800, 1000]",
        "criterion S1: points do not rise from 0 to 1000. Give six whole numbers",
    ),
    "a half-width that is a fraction": (
        "principles.toml", "{ A = 0, B = 5,", "{ A = 0, B = 0.5,",
        "B cannot be 0.5. Use a whole number from 0 to 50.",
    ),
    "an evidence grade that does not exist": (
        "principles.toml", "{ A = 0, B = 5, C = 10, D = 20 }", "{ A = 0, B = 5, C = 10, D = 20, E = 9 }",
        "there is no evidence grade 'E'. Use one of: A, B, C, D.",
    ),
    "an evidence grade left out": (
        "principles.toml", "{ A = 0, B = 5, C = 10, D = 20 }", "{ A = 0, B = 5, C = 10 }",
        "half_widths has no D. Give all four: half_widths = { A = 0, B = 5, C = 10, D = 20 }.",
    ),
    "a date that is none": (
        "principles.toml", "dated = 2026-11-25", 'dated = "last year"',
        "dated cannot be 'last year'. Use a date: 2026-11-24.",
    ),
    "a status that is none": (
        "objectives.toml", 'status = "proposed"', 'status = "approved"',
        "status is approved. All files of a framework say the same, and principles.toml says proposed.",
    ),
    "an unknown key at the head of a file": (
        "route.toml", 'version = "0.2"', 'version = "0.2"\nauthor = "me"',
        None,
    ),
    "an unknown key in the first head": (
        "principles.toml", "notice =", "notic =",
        "there is no 'notic' here. Did you mean notice? Use: id, version, dated, status, title, notice.",
    ),
    "another version in another file": (
        "ethics.toml", 'version = "0.2"', 'version = "0.3"',
        "version is 0.3. All files of a framework say the same, and principles.toml says 0.2.",
    ),
    "two reasons to reopen with one id": (
        "route.toml", 'id = "incident"', 'id = "change"',
        "trigger change: there is another trigger 'change' above. Give each its own, or take one out.",
    ),
    "a consideration that no record holds": (
        "route.toml", 'weighs = "trade_offs"', 'weighs = "cost"',
        "gate G2: there is no weighs 'cost'. Use one of: options, legal_basis, proportionality, equality, dpo_advice, independent_advice, trade_offs.",
    ),
    "a quorum that is no number": (
        "route.toml", "quorum = 3\nchair =", 'quorum = "three"\nchair =',
        "body dip-board: quorum cannot be 'three'. Use a whole number, 0 or more.",
    ),
    "a chair who decides alone for a body that never meets": (
        "route.toml", 'abbreviation = "FT"', 'chairs_action = "light"\nabbreviation = "FT"',
        "body futures-team: its chair may decide alone, but no meeting of it could ratify that. Give the body a quorum, or take chairs_action out.",
    ),
    "a reason to reopen that is due at once": (
        "route.toml", "days = 14", "days = 0",
        "trigger red-line: days cannot be 0. Use a whole number, 1 or more.",
    ),
    "two criteria with one id": (
        "principles.toml", 'id = "S2"', 'id = "S1"',
        "criterion S1: there is another criterion 'S1' above. Give each its own, or take one out.",
    ),
    "strategic fit under a criterion's id": (
        "objectives.toml", 'id = "SO2"', 'id = "S1"',
        "criterion S1: a principle has a criterion 'S1' too.",
    ),
    "two checklist items with one id": (
        "ethics.toml", 'id = "PR1"', 'id = "LB1"',
        "item LB1: there is another item 'LB1' above.",
    ),
    "two gates with one id": (
        "route.toml", 'id = "G8"', 'id = "G7"',
        None,
    ),
    "an effect that does not exist": (
        "ethics.toml", 'trial = "blocker"', 'trial = "blocks"',
        "item LB1: there is no effect 'blocks'. Did you mean blocker? "
        "Use one of: blocker, condition, advisory, none.",
    ),
    "a phase that does not exist": (
        "ethics.toml", 'red_line = ["trial", "adoption"]', 'red_line = ["trial", "adopting"]',
        "item LB1: there is no phase 'adopting'. Did you mean adoption? Use one of: trial, adoption.",
    ),
    "a red line that does not block": (
        "ethics.toml", 'core = true', 'red_line = ["trial"]',
        None,
    ),
    "a core mark that is a number": (
        "ethics.toml", "core = true", "core = 1",
        "item LB1: core cannot be 1. Use true or false.",
    ),
    "a question that applies by an unknown fact": (
        "ethics.toml", '"affects_individuals", "biometric", "camera"', '"affects_individual", "camera"',
        "item LB2: there is no fact 'affects_individual'. Did you mean affects_individuals? "
        "Use one of: personal_data,",
    ),
    "a tier rule by an unknown fact": (
        "tiers.toml", 'all_of = ["biometric"]', 'all_of = ["biometrics"]',
        "rule T8: there is no fact 'biometrics'. Did you mean biometric? Use one of: personal_data,",
    ),
    "a tier rule by no fact": (
        "tiers.toml", 'applies = { all_of = ["biometric"] }', "applies = {}",
        "rule T8: it names no fact, so it would always apply.",
    ),
    "a tier that does not exist": (
        "tiers.toml", 'tier = "full"', 'tier = "deep"',
        "rule T2: there is no tier 'deep'. Use one of: light, standard, full, board.",
    ),
    "a gate with an unknown body": (
        "route.toml", 'bodies = ["ai-sub-group", "independent-ethics"]',
        'bodies = ["ai-subgroup", "ai-sub-group", "independent-ethics"]',
        "gate G2: there is no body 'ai-subgroup'. Did you mean ai-sub-group? Use one of: futures-team,",
    ),
    "a gate that asks an unknown body": (
        "route.toml", 'body = "dip-board", gate = "G3"', 'body = "dip", gate = "G3"',
        "gate G3: there is no body 'dip'. Use one of: futures-team,",
    ),
    "a gate that asks for an unknown document": (
        "route.toml", '{ document = "dpo-advice" }', '{ document = "dpo" }',
        "gate G2: there is no document 'dpo'. Use one of: dpia-screening,",
    ),
    "a gate that asks a body which does not decide there": (
        "route.toml", 'body = "dip-board", gate = "G3"', 'body = "police-authority-board", gate = "G3"',
        "gate G3: it asks for a decision of police-authority-board at G3, which is not among its bodies.",
    ),
    "a gate that asks a body which cannot approve": (
        "route.toml", 'body = "ai-sub-group", gate = "G2"', 'body = "independent-ethics", gate = "G2"',
        "gate G3: it asks for an approval of independent-ethics, none of whose outcomes approves.",
    ),
    "a gate that needs what Horizon cannot look for": (
        "route.toml", '"time_horizon"', '"time_horizn"',
        "gate G1: there is no need 'time_horizn'. Did you mean time_horizon? Use one of: sighting,",
    ),
    "an approval that lasts no time": (
        "route.toml", "life_months = 6", "life_months = 0",
        "gate G3: life_months cannot be 0. Use a whole number, 1 or more.",
    ),
    "an outcome with an unknown effect": (
        "route.toml", 'name = "Promote", effect = "approve"', 'name = "Promote", effect = "aprove"',
        "body futures-team, outcome promote: there is no effect 'aprove'. Did you mean approve?",
    ),
    "a way through a gate that does not exist": (
        "route.toml", 'to = "retired"\ngate = "G8"', 'to = "retired"\ngate = "G9"',
        None,
    ),
    "a way to a stage that does not exist": (
        "route.toml", 'origin = "evaluated"\nto = "assessing"', 'origin = "evaluated"\nto = "assess"',
        None,
    ),
    "one way twice": (
        "route.toml", 'to = "decommissioning"', 'to = "suspended"',
        None,
    ),
}  # fmt: skip
