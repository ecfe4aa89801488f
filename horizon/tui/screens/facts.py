"""Set facts, and see at once what tier they make."""

from __future__ import annotations

from textual import on
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from horizon.judgement.checklist import read_checklist
from horizon.judgement.tiers import read_tier
from horizon.model.facts import Fact, FactValue
from horizon.model.wording import count
from horizon.tui import pages
from horizon.tui.keymap import Binding
from horizon.tui.messages import RegisterChanged
from horizon.tui.screens.conflict import Clash
from horizon.tui.screens.sides import SidesScreen
from horizon.tui.widgets.page import MUTED, Hanging, Line


class FactsScreen(SidesScreen):
    """Answer each fact with y, n or u. Unknown counts as yes."""

    BINDINGS = [
        Binding("y", "set('yes')", "Yes"),
        Binding("n", "set('no')", "No"),
        Binding("u", "set('unknown')", "Unknown"),
        Binding("N", "rest", "Rest to no", tooltip="Set every fact that is not set yet to no"),
        Binding("backspace,delete", "take_back", "Take back", show=False),
    ]

    def __init__(self, technology_id: str) -> None:
        super().__init__(technology_id)
        self._given: dict[Fact, FactValue] = {}

    def on_mount(self) -> None:
        self.entitle("Facts", "Unknown counts as yes.")
        options = self.query_one(OptionList)
        for wording in self.register.framework.facts:
            options.add_option(Option(self._prompt(wording.id), id=wording.id.value))
        options.focus()
        options.highlighted = 0

    def _prompt(self, fact: Fact) -> Hanging:
        changed = "*" if fact in self._changes else " "
        value = self._supposed.get(fact)
        name = self.register.framework.fact_names[fact]
        return Hanging(Line(name, lead=f"{changed}{value or 'unset':<8}"))

    @property
    def _supposed(self) -> dict[Fact, FactValue]:
        """The facts as they would be: what the register holds now, and what was set here."""
        return {**self.technology.facts, **self._given}

    @property
    def _changes(self) -> dict[str, str]:
        held = self.technology.facts
        return {f.value: v.value for f, v in self._given.items() if held.get(f) is not v}

    @property
    def has_work(self) -> bool:
        return bool(self._changes)

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        framework = self.register.framework
        at = self.query_one(OptionList).highlighted or 0
        wording = framework.facts[at]
        before = self.register.reading(self.technology_id)
        supposed = self.technology.model_copy(update={"facts": self._supposed})
        tier = read_tier(framework, self._supposed)
        after = {e.item.id for e in read_checklist(framework, supposed, before.phase).applicable}
        now = {each.item.id for each in before.checklist.applicable}
        value = self._supposed.get(wording.id)
        said = value or "not set, which counts as yes"
        changed = tier.tier is not before.tier.tier
        was = f" (it is {before.tier.tier} now)" if changed else ""
        parts = [pages.line(wording.question, "bold"), pages.line(f"Answer: {said}")]
        parts += [pages.heading(f"Tier: {tier.tier}{was}")]
        parts += [pages.line(f"{each.rule.tier}: {each.words}") for each in tier.spoke]
        parts.append(pages.heading(f"{count(len(after), 'ethics question')} apply"))
        for title, items in (("New", after - now), ("No longer", now - after)):
            parts += [
                pages.line(f"{title}: {item.id}  {item.question}")
                for item in framework.items.values()
                if item.id in items
            ]
        if after == now:
            parts.append(pages.line("The same as before.", MUTED))
        self.show(pages.joined(parts))
        unsaved = f"{len(self._changes)} set here (*), not saved yet. " if self._changes else ""
        self.entitle("Facts", f"{unsaved}Unknown counts as yes.")

    def action_set(self, value: str) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        fact = self.register.framework.facts[at].id
        self._given[fact] = FactValue(value)
        options.replace_option_prompt_at_index(at, self._prompt(fact))
        if at + 1 < options.option_count:
            options.highlighted = at + 1
        self._show()

    def action_rest(self) -> None:
        options = self.query_one(OptionList)
        for at, wording in enumerate(self.register.framework.facts):
            if wording.id not in self._supposed:
                self._given[wording.id] = FactValue.NO
                options.replace_option_prompt_at_index(at, self._prompt(wording.id))
        self._show()

    def action_take_back(self) -> None:
        """Leave the fact as the register has it."""
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        fact = self.register.framework.facts[at].id
        self._given.pop(fact, None)
        options.replace_option_prompt_at_index(at, self._prompt(fact))
        self._show()

    @on(RegisterChanged)
    def _changed(self) -> None:
        """Show what somebody else set meanwhile beside what was set here."""
        options = self.query_one(OptionList)
        for at, wording in enumerate(self.register.framework.facts):
            options.replace_option_prompt_at_index(at, self._prompt(wording.id))
        self._show()

    def clashes(self) -> list[Clash]:
        held = self.base.facts if self.base else {}
        now, names = self.technology.facts, self.register.framework.fact_names
        return [
            Clash(fact, names[fact], held.get(fact, ""), now.get(fact, ""), given)
            for fact, given in self._given.items()
            if now.get(fact) not in (held.get(fact), given)
        ]

    def take_theirs(self, names: frozenset[str]) -> None:
        self._given = {fact: each for fact, each in self._given.items() if fact not in names}
        self._changed()

    def action_save(self) -> None:
        if not self._changes:
            self.dismiss("")
            return
        changed = self.technology.model_copy(update={"facts": self._supposed})
        self.save_if_sure(changed, self._save)

    def _save(self) -> None:
        self.save(
            lambda: self.register.set_facts(self.technology_id, self._changes, expect=self.expect),
            "Facts saved",
        )
