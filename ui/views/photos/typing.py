"""What is being typed: a code digit by digit, perhaps to be added (+) to the photos filed last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.form import ClauseId
from ui.views.photos.codes import Typed, clause_of, type_digit


@dataclass
class Typing:
    """The codes of the form shown, and what was typed of one so far."""

    codes: Mapping[ClauseId, str] = field(default_factory=dict)
    is_also: bool = False
    _typed: Typed = field(default_factory=Typed)

    @property
    def text(self) -> str:
        """Return what was typed, as it is shown."""
        return f"+{self._typed.digits}" if self.is_also else self._typed.digits

    def digit(self, digit: str) -> ClauseId | None:
        """Take a digit; return the clause once no longer code begins with what was typed."""
        self._typed = type_digit(self.codes, self._typed.digits, digit)
        return self._typed.clause

    def whole(self) -> ClauseId | None:
        """Return the clause whose whole code was typed, if there is one."""
        return clause_of(self.codes, self._typed.digits)

    def also(self) -> None:
        """Let the next code be one more for the photos filed last."""
        self.is_also, self._typed = True, Typed()

    def clear(self) -> None:
        """Forget what was typed."""
        self.is_also, self._typed = False, Typed()
