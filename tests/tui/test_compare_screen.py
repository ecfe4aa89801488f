"""The Compare screen: a ranking, how surely, and weights that can be tried."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from horizon.judgement import comparison as comparing
from horizon.register import Register
from horizon.store.files import journal_path
from horizon.tui.pages import compare as compare_page
from horizon.tui.screens.compare import CompareScreen
from horizon.tui.widgets.register_table import RegisterTable
from horizon.tui.widgets.weights import Weights
from tests.clocks import StandingClock
from tests.scored import scored
from tests.tui.using import NARROW, WIDE, User, page, using

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scored") / "register.json"
    scored(path, 12)
    return path


@pytest.fixture
def register(made: Path, tmp_path: Path) -> Path:
    """Twelve technologies, of which eight can be ranked."""
    path = tmp_path / "register.json"
    shutil.copy(made, path)
    shutil.copy(journal_path(made), journal_path(path))
    return path


async def compare(user: User) -> None:
    """Go to Compare and wait for its figures."""
    await user.press("C")
    await user.until(lambda: isinstance(user.app.screen, CompareScreen) and bool(order(user)))


def table(user: User) -> list[tuple[str, ...]]:
    """The rows of the list, each as it is drawn."""
    rows = user.app.screen.query_one(RegisterTable).rows
    return [row.cells or (row.words,) for row in rows]


def order(user: User) -> list[str]:
    """The labels of what is ranked, best first."""
    return [row[2] for row in table(user) if len(row) > 3 and row[0] != "-"]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_what_can_be_ranked_is_ranked_and_the_rest_stands_below_with_the_reason(
    register: Path, size: tuple[int, int]
) -> None:
    async with using(register, size=size) as user:
        await compare(user)
        rows = table(user)
        assert len(order(user)) == 8
        assert rows[0][0].startswith(("One band", "Band 1"))
        barred = rows.index(("Not ranked, whatever the score",))
        assert rows[barred + 1][:3] == ("-", "stop", "T-0001")
        assert "is crossed" in rows[barred + 2][0]
        assert rows[barred + 3][:3] == ("-", "held", "T-0002")
        earlier = rows.index(("Scored under an earlier framework: not ranked with these",))
        assert rows[earlier + 1][2] == "T-0003"
        assert "1 technology has no closed scoring round" in rows[-1][0]
        assert all(row[1] in ("clear", "open") for row in rows[1:barred])
        assert all(share.endswith("%") for share in rows[1][-3:])
        assert "The board's weights." in user.screen


async def test_the_arrow_keys_try_other_weights_and_0_puts_the_boards_back(register: Path) -> None:
    async with using(register) as user:
        await compare(user)
        before = order(user)
        weights = user.app.screen.query_one(Weights)
        await user.press("right")
        assert weights.weights == (21, 20, 20, 20, 20)
        assert "WHAT-IF weights, not saved. 0 undoes them." in user.screen
        await user.press("tab", "down", "left", "shift+right")
        assert weights.weights == (21, 24, 20, 20, 20)
        weights.move(500)
        assert weights.weights == (21, 100, 20, 20, 20)
        await user.until(lambda: order(user) != before)
        await user.press("0")
        assert weights.weights == weights.board
        assert "The board's weights." in user.screen
        await user.until(lambda: order(user) == before)
    with Register.open(register, acting="Asha Example", clock=StandingClock()) as after:
        assert [each.weight for each in after.framework.principles] == [20] * 5


async def test_weights_stay_between_0_and_100_and_are_never_all_0(register: Path) -> None:
    async with using(register) as user:
        await compare(user)
        weights = user.app.screen.query_one(Weights)
        await user.press("tab")
        for _ in range(5):
            weights.move(-500)
            await user.press("down")
        assert sum(weights.weights) > 0
        assert min(weights.weights) == 0
        await user.until(lambda: len(order(user)) == 8)


async def test_the_number_of_places_can_be_changed(register: Path) -> None:
    async with using(register, size=NARROW) as user:
        await compare(user)
        await user.press("tab", "up")
        await user.hold(*["left"] * 4)
        await user.until(lambda: "in the first 1:" in user.screen)
        assert not user.app.screen.query_one(Weights).is_what_if
        await user.hold(*["right"] * 8)
        await user.until(lambda: "Places for all of them" in user.screen)
        assert len(next(row for row in table(user) if len(row) > 3)) == 6


async def test_what_would_swap_two_is_said_for_the_row_under_the_cursor(register: Path) -> None:
    async with using(register, size=NARROW) as user:
        await compare(user)
        first, second = order(user)[:2]
        await user.press("down", "w")
        await user.until(lambda: user.on == "PanelScreen")
        words = page(user, "panel")
        assert f"{first} leads {second}" in words
        assert "of all possible weights" in words
        assert "swaps them" in words or "No weights reverse this" in words
        assert "Scores: " in words or "No single score" in words
        await user.press("escape")
        assert user.on == "CompareScreen"


async def test_two_that_come_to_the_same_are_not_said_to_swap(made_example: Path) -> None:
    async with using(made_example) as user:
        await compare(user)
        await user.press("w")
        await user.until(lambda: user.on == "PanelScreen")
        assert "T-0007 and T-0014 come to the same" in user.screen
        words = page(user, "panel")
        assert "no weights tell them apart" in words
        assert words.rstrip().endswith(f"seed {comparing.seed_of(user.register.framework)}.")


async def test_what_is_out_of_use_is_left_out_and_what_is_not_approved_says_so(
    made_example: Path,
) -> None:
    async with using(made_example) as user:
        await compare(user)
        assert {"T-0009", "T-0004"}.isdisjoint(order(user))
        rows = table(user)
        said = ("  2 technologies are suspended or decommissioning: a brings them in",)
        assert said in rows
        drone = next(at for at, row in enumerate(rows) if "T-0014" in row)
        assert rows[drone + 1][0].strip().startswith("Not approved: FDG/2026/002 expired")
        await user.press("a")
        await user.until(lambda: "T-0009" in order(user))
        rows = table(user)
        planning = next(at for at, row in enumerate(rows) if "T-0009" in row)
        assert rows[planning + 1][0].strip() == "Suspended: not on its way to use."
        assert said not in rows
        await user.press("a")
        await user.until(lambda: "T-0009" not in order(user))


async def test_technologies_that_nothing_tells_apart_have_the_same_figures(
    made_example: Path,
) -> None:
    async with using(made_example) as user:
        await compare(user)
        figures = {row[2]: row[-3:] for row in table(user) if len(row) > 3 and row[0] == "5="}
        assert len(figures) == 5
        assert len(set(figures.values())) == 1


async def test_the_help_says_what_each_column_of_the_ranking_is(register: Path) -> None:
    async with using(register) as user:
        await compare(user)
        names = [each.title for each in compare_page.columns([], robust=True)]
        await user.press("question_mark")
        await user.until(lambda: user.on == "HelpScreen")
        said = page(user, "keys")
        assert "What the columns say" in said
        told = said.partition("What the columns say")[2]
        for name in set(names) - {"Label", "Name"}:
            assert f"\n{name} " in told


async def test_any_two_can_be_set_side_by_side(register: Path) -> None:
    async with using(register) as user:
        await compare(user)
        labels = order(user)
        await user.press("m", "down", "down", "down")
        await user.until(lambda: f"{labels[0]} leads {labels[3]}" in page(user))
        assert f"Beside {labels[0]}." in user.screen
        await user.press("up", "up", "up", "m", "down", "down", "down")
        await user.until(lambda: f"{labels[2]} leads {labels[3]}" in page(user))


async def test_the_cursor_passes_over_headings_and_reasons(register: Path) -> None:
    async with using(register, size=NARROW) as user:
        await compare(user)
        ranking = user.app.screen.query_one(RegisterTable)
        seen = [ranking.current]
        for _ in range(20):
            await user.press("down")
            seen.append(ranking.current)
        assert all(seen)
        assert len(dict.fromkeys(seen)) == 11
        await user.press("home")
        assert ranking.current == seen[0]
        assert ranking.scroll_offset.y == 0
        await user.press("end")
        assert ranking.current == seen[-1]


async def test_enter_opens_the_technology_and_coming_back_keeps_the_place(register: Path) -> None:
    async with using(register) as user:
        await compare(user)
        await user.press("down", "down", "enter")
        await user.until(lambda: user.on == "TechnologyScreen")
        await user.press("escape")
        await user.until(lambda: user.on == "CompareScreen")
        ranking = user.app.screen.query_one(RegisterTable)
        assert user.register.label(ranking.current) == order(user)[2]


async def test_a_change_of_another_window_shows_in_the_ranking(register: Path) -> None:
    clock = StandingClock()
    async with using(register, clock=clock) as user:
        await compare(user)
        gone = order(user)[0]
        with Register.open(register, acting="Ben Example", clock=clock) as other:
            other.withdraw(gone, reason="No longer needed")
        user.app.look()
        await user.until(lambda: order(user) != [] and gone not in order(user))


@pytest.mark.parametrize("size", [NARROW, (60, 20), (200, 50)])
async def test_a_register_without_scores_says_so(empty: Path, size: tuple[int, int]) -> None:
    async with using(empty, size=size) as user:
        await user.press("C")
        await user.until(lambda: "No technology has been scored yet" in user.screen)
        await user.press("down", "right", "w", "m", "enter", "tab", "0")
        assert user.on == "CompareScreen"


async def test_a_single_candidate_is_not_ranked_against_itself(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    scored(path, 5)
    async with using(path) as user:
        await user.press("C")
        await user.until(lambda: "One alone shows nothing" in user.screen)
        assert "%" not in table(user)[0][-1]


async def test_keys_are_answered_while_it_counts(register: Path) -> None:
    """A watch on the event loop: nothing holds it for long while weights change and are counted.
    The limit is loose, since the machine that runs this may be busy; tests/bench measures."""
    async with using(register) as user:
        await compare(user)
        gaps: list[float] = []

        async def watch() -> None:
            while True:
                started = time.perf_counter()
                await asyncio.sleep(0.002)
                gaps.append(time.perf_counter() - started)

        watching = asyncio.create_task(watch())
        for key in ("right", "right", "down", "shift+right", "down", "left", "0"):
            await user.press(key)
            await asyncio.sleep(0.1)
        watching.cancel()
        assert max(gaps) < 1


PROGRAM = """
import asyncio, sys
from pathlib import Path
from tests.tui.using import using

async def main():
    async with using(Path(sys.argv[1])) as user:
        await user.pilot.pause(0.1)
        assert "numpy" not in sys.modules, "loaded at the start"
        await user.press("C")
        await user.until(lambda: "numpy" in sys.modules)
asyncio.run(main())
"""


def test_the_app_starts_without_numpy_and_loads_it_when_figures_are_asked_for(
    register: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(register)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
