"""One browser's session: the app, locked until somebody says who they are.

    python -m horizon.tui.browser.session PATH

The server starts it; what it remembers of looks and layout ends with it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from horizon import drafts
from horizon.register import Register
from horizon.register.signers import KEY
from horizon.tui.app import HorizonApp
from horizon.tui.browser.who import WhoScreen
from horizon.tui.keymap import Binding
from horizon.tui.widgets.register_table import RegisterTable

NOBODY = "nobody yet"
"""Who acts before a name is given: nothing is ever recorded under it."""

LOOKING = "You are only looking. Press F4 and say who you are to change something."


class BrowserApp(HorizonApp):
    """The app for one browser. Nothing can be changed before somebody gives a name."""

    CSS_PATH = ["../styles/app.tcss", "../styles/register.tcss"]
    BINDINGS = [Binding("f4", "who", "Who I am")]

    def on_mount(self) -> None:
        self.present.looking = LOOKING
        self.call_after_refresh(self.action_who)

    def action_who(self) -> None:
        """Ask who is there."""
        if isinstance(self.screen, WhoScreen) or self.is_working:
            return
        self.push_screen(WhoScreen(self.present), self._is)

    def _is(self, name: str | None) -> None:
        if name:
            self.present.acting, self.present.looking = name, ""
            self.notify(f"You act as {name}.", markup=False)
        elif self.present.looking:
            self.notify(self.present.looking)
        self.register_signal.publish(None)
        for table in self.screen.query(RegisterTable):
            table.focus()


def stand_apart(folder: Path) -> None:
    """Remember in `folder`, and nothing of whoever serves: nobody in a browser signs with their
    key. No draft is kept: a name in a browser is only said, and scores are sealed."""
    os.environ["HORIZON_SETTINGS"] = str(folder / "settings.json")
    os.environ[drafts.NONE] = "1"
    os.environ.pop(KEY, None)


def main() -> int:
    """Open the register and run the app on what the server sends and takes."""
    path = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="horizon-") as folder:
        stand_apart(Path(folder))
        with Register.open(path, acting=NOBODY) as register:
            app = BrowserApp(register)
            app.run()
            return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
