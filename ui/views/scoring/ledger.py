"""Keeps account of strokes between the key and the disk: typed, under way, refused."""

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from app.domain.form import ClauseId
from ui.labels import SEPARATOR


class Part(Enum):
    """Which part of a clause a stroke is about; each is refused and put right by itself."""

    MARK = auto()
    REASON = auto()
    SOURCE = auto()
    FILES = auto()


Stroke = tuple[ClauseId, Part]
_NONE_AWAITED = 0


class Ledger:
    """What was typed stays here until it is saved, whatever is under way or refused."""

    def __init__(self) -> None:
        self._sent = 0
        self._answered = 0
        self._awaited: dict[Stroke, int] = {}
        self._typed: dict[Stroke, str] = {}
        self._refusals: dict[Stroke, str] = {}
        self._unsaved: set[Stroke] = set()

    @property
    def has_unsaved(self) -> bool:
        """Tell whether a stroke was refused and would be lost on leaving."""
        return bool(self._unsaved)

    @property
    def is_saving(self) -> bool:
        """Tell whether a stroke is under way."""
        return self._sent > self._answered

    def is_awaited(self, stroke: Stroke) -> bool:
        """Tell whether the newest stroke of its kind is under way."""
        return self._awaited.get(stroke, _NONE_AWAITED) != _NONE_AWAITED

    def type(self, stroke: Stroke, text: str) -> None:
        """Remember what was typed."""
        self._typed[stroke] = text

    def typed(self, stroke: Stroke, saved: str) -> str:
        """Return what is to be shown: what was typed since, else what is saved."""
        return self._typed.get(stroke, saved)

    def send(self, clauses: Iterable[ClauseId], part: Part) -> int:
        """Give a stroke that goes to the disk now its number."""
        self._sent += 1
        self._awaited |= dict.fromkeys(((clause, part) for clause in clauses), self._sent)
        return self._sent

    def answer(self, stroke: Stroke, number: int) -> bool:
        """Take note of an answer; tell whether no newer stroke of its kind is under way."""
        self._answered = number
        return self._awaited.get(stroke, _NONE_AWAITED) == number

    def refuse(self, stroke: Stroke, sentence: str, *, typed: bool) -> None:
        """Remember a refusal; what was `typed` is not saved and would be lost on leaving."""
        self._awaited[stroke] = _NONE_AWAITED
        self._refusals[stroke] = sentence
        if typed:
            self._unsaved.add(stroke)

    def refusal(self, clause_id: ClauseId) -> str:
        """Return what was refused at a clause."""
        sentences = (self._refusals.get((clause_id, part)) for part in Part)
        return SEPARATOR.join(filter(None, sentences))

    def forget(self, clause_id: ClauseId, *parts: Part) -> None:
        """Forget strokes of a clause: they are saved, or something else came in their place."""
        for part in parts or tuple(Part):
            stroke = (clause_id, part)
            self._awaited[stroke] = _NONE_AWAITED
            self._typed.pop(stroke, None)
            self._refusals.pop(stroke, None)
            self._unsaved.discard(stroke)

    def unsaved_at(self, clause_id: ClauseId | None) -> bool:
        """Tell whether something typed at a clause was refused."""
        return any((clause_id, part) in self._unsaved for part in Part)

    def unsaved(self) -> Iterator[tuple[ClauseId, Part, str]]:
        """Yield what was typed and refused."""
        for (clause_id, part), text in list(self._typed.items()):
            if (clause_id, part) in self._unsaved:
                yield clause_id, part, text
