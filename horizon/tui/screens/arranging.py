"""Columns and order of a list of technologies, remembered for each register."""

from __future__ import annotations

from textual import on
from textual.screen import Screen

from horizon.tui.lists.layout import Layout, keep_layout
from horizon.tui.lists.views import View
from horizon.tui.screens.on_register import OnRegister
from horizon.tui.widgets.register_table import RegisterTable


class ArrangingScreen(OnRegister, Screen[None]):
    """A screen with a list of technologies that people lay out as they like."""

    _view: View

    def __init__(self) -> None:
        super().__init__()
        self._sorted: tuple[int, bool] | None = None
        self._layout = Layout()

    def _show(self) -> None:
        """Show what fits, the cursor where it was."""
        raise NotImplementedError

    @on(RegisterTable.SortAsked)
    def _sort(self, event: RegisterTable.SortAsked) -> None:
        order: list[tuple[int, bool] | None] = [None]
        table = self.query_one(RegisterTable)
        order += [(at, back) for at in table.shown_columns for back in (False, True)]
        if event.column < 0:
            here = order.index(self._sorted) if self._sorted in order else 0
            following = order[(here + 1) % len(order)]
        else:
            same = self._sorted is not None and self._sorted[0] == event.column
            following = (event.column, bool(same and self._sorted and not self._sorted[1]))
        self._sorted = following
        self._keep_sort()
        self._show()

    def _kept_sort(self) -> tuple[int, bool] | None:
        """The order in which the view was last looked at, if another than its own."""
        title, backwards = self._layout.sorts.get(self._view.name, ("", False))
        titles = [each.title for each in self._view.columns]
        return (titles.index(title), backwards) if title in titles else None

    def _keep_sort(self) -> None:
        sorts = {view: e for view, e in self._layout.sorts.items() if view != self._view.name}
        if self._sorted is not None:
            at, backwards = self._sorted
            sorts[self._view.name] = (self._view.columns[at].title, backwards)
        self._keep(Layout(self._layout.columns, sorts))

    def _keep(self, layout: Layout) -> None:
        self._layout = layout
        keep_layout(self.register.state.head.register_id, layout)

    def action_columns(self) -> None:
        """Choose which columns the list shows."""
        from horizon.tui.screens.choose_columns import ChooseColumns

        def chose(titles: tuple[str, ...] | None) -> None:
            if titles is not None:
                self._keep(Layout(titles, self._layout.sorts))
                self._show()
                self.call_after_refresh(self._say_what_gives_way, titles)

        self.app.push_screen(ChooseColumns(self._view.columns, self._layout.columns), chose)

    def _say_what_gives_way(self, titles: tuple[str, ...]) -> None:
        columns = self._view.columns
        shown = {columns[at].title for at in self.query_one(RegisterTable).shown_columns}
        missing = [e.title for e in columns if e.title in titles and e.title not in shown]
        if missing:
            words = f"No room for {', '.join(missing)}: widen the window, or untick another."
            self.notify(words, markup=False)
