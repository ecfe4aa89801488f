"""The two lines above every screen: which register, who acts, what it must not be taken for."""

from __future__ import annotations

from textual import getters
from textual.content import Content
from textual.widgets import Static

from horizon.model.wording import printable
from horizon.register import Register
from horizon.tui.host import Host


class Banner(Static):
    """Names the register, the person acting and the framework's status, and says plainly when it
    is the past that is shown."""

    app = getters.app(Host)

    def __init__(self, register: Register) -> None:
        super().__init__(classes="banner", markup=False)
        self._register = register

    def on_mount(self) -> None:
        self.app.register_signal.subscribe(self, self._changed)
        self._say()

    def on_unmount(self) -> None:
        self.app.register_signal.unsubscribe(self)

    def _changed(self, _: None) -> None:
        self._register = self.app.register
        self._say()

    def _say(self) -> None:
        register = self._register
        head = register.state.head
        name = printable(head.name)
        said = [register.framework.status_line]
        if head.illustrative and "illustrative" not in name.casefold():
            said.append("Illustrative register")
        if register.past:
            first = f"Horizon  THE PAST, AS AT {register.past.upper()}  ·  {name}"
            said = ["Read only: T comes back", *said]
        else:
            first = f"Horizon  {name}  ·  acting as {printable(register.acting)}"
            if register.read_only:
                said.insert(0, "Read only")
        self.set_class(bool(register.past), "past")
        self.update(Content(f"{first}\n{'  ·  '.join(said)}").stylize("bold", 0, 7))
