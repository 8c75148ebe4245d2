"""The words of the interface, in the language it speaks."""

from typing import TYPE_CHECKING

from app.errors import AppError, FactValue
from app.text.catalogue import Catalogue

if TYPE_CHECKING:  # the domain takes 50 ms to import, and labels are needed for the first paint
    from app.domain.delivery import State
    from app.domain.form import Form
    from app.domain.revision import Change
    from app.domain.unit import Unit

SEPARATOR = "　"


class Labels:
    """Says what stands in the catalogue under `ui.`, and the words shared with other rooms."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, key: str, **facts: FactValue) -> str:
        """Return the text of `ui.<key>`, its placeholders filled."""
        return self._catalogue.text(f"ui.{key}", **facts)

    @property
    def catalogue(self) -> Catalogue:
        """Return the sentences of the whole program, for a service that tells in words."""
        return self._catalogue

    def refusal(self, error: AppError) -> str:
        """Return one line for a refusal: what is wrong and what to do next."""
        return self._catalogue.error_sentence(error)

    def state(self, state: "State | None") -> str:
        """Return the officials' word for how far a card has come; None: no card yet (未考核)."""
        return self("state.untouched") if state is None else self._catalogue.text(f"state.{state}")

    def unit(self, unit: "Unit") -> str:
        """Return the name of a unit, with its branch or project department."""
        if not unit.key.sub_unit:
            return unit.name
        return self("unit.with_sub_unit", name=unit.name, sub_unit=unit.key.sub_unit)

    def fact(self, name: str) -> str:
        """Return the name of a fact of the unit."""
        return self._catalogue.text(f"fact.{name}")

    def hint(self, name: str) -> str:
        """Return what a hint of 提示核对 says."""
        return self._catalogue.text(f"hint.{name}")

    def change(self, change: "Change", form: "Form") -> str:
        """Return what a revision changed, in one line."""
        from app.text.changes import change_words

        return change_words(change, form, self._catalogue)
