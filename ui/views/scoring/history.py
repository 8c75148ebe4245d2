"""Undo and redo of everything on one card; each is a new saved change.

A step is filled in by the lane that saved it, in the order of the strokes, and read by the same
lane when it is taken back: an undo asked for while saving is under way is in order all the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtGui import QUndoCommand, QUndoStack

from app.domain.card import Card
from app.domain.form import ClauseId
from app.domain.history import ClauseChange, changes_between
from app.services.cards.assess import find_card, restore
from app.services.desk.desk import Changes, Desk

_ALONE = -1  # Qt: never merged


class Kind(Enum):
    """Which strokes, one after the other at the same visit to a clause, make one step."""

    ALONE = auto()
    POINTS = auto()
    REASON = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a step did, as said to people, and where: `visit` counts the visits to clauses."""

    said: str
    clauses: tuple[ClauseId, ...]
    kind: Kind = Kind.ALONE
    visit: int = 0


class Step:
    """One stroke as saved: run on the database lane, and there alone read."""

    def __init__(self) -> None:
        self._changes: tuple[ClauseChange, ...] = ()
        self.is_void = False  # answered, and nothing changed

    def run(
        self, desk: Desk, card_id: str, work: Callable[[Desk], tuple[Card, Changes]]
    ) -> tuple[Card, Changes]:
        """Do the work and remember what it changed."""
        before, _ = find_card(desk, card_id)
        card, changes = work(desk)
        self._changes = changes_between(before, card)
        return card, changes

    @property
    def changes(self) -> tuple[ClauseChange, ...]:
        """Return what was changed; nothing for a stroke that was refused."""
        return self._changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An undo or a redo on its way to the disk."""

    clauses: tuple[ClauseId, ...]
    steps: tuple[Step, ...]
    is_undo: bool

    def run(self, desk: Desk, card_id: str) -> tuple[Card, Changes]:
        """Put the clauses back, or forward again; raises as `restore`."""
        changes = [change for step in self.steps for change in step.changes]
        if self.is_undo:
            changes = [change.reversed for change in reversed(changes)]
        return restore(desk, card_id, changes)


class _Command(QUndoCommand):
    """A step on the stack; its first redo was the stroke itself."""

    def __init__(self, words: Words, step: Step, moves: list[Move]) -> None:
        super().__init__(words.said)
        self.words = words
        self.steps: list[Step] = [step]
        self._moves = moves
        self._is_new = True

    @property
    def is_void(self) -> bool:
        return all(step.is_void for step in self.steps)

    def id(self) -> int:
        return _ALONE if self.words.kind is Kind.ALONE else self.words.kind.value

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Command) or _place(other.words) != _place(self.words):
            return False
        self.steps += other.steps
        self.words = other.words
        self.setText(other.words.said)
        return True

    def undo(self) -> None:
        if not self.isObsolete():
            self._move(is_undo=True)

    def redo(self) -> None:
        if self._is_new:
            self._is_new = False
        else:
            self._move(is_undo=False)

    def _move(self, *, is_undo: bool) -> None:
        clauses, steps = self.words.clauses, tuple(self.steps)
        self._moves.append(Move(clauses=clauses, steps=steps, is_undo=is_undo))


class History:
    """The steps of one revision of a card. `play` sends a move to the disk."""

    def __init__(self, play: Callable[[Move], None]) -> None:
        self._stack = QUndoStack()
        self._about: tuple[str, int] = ("", 0)
        self._moves: list[Move] = []  # played once the stack has moved: it cannot be asked twice
        self._play = play

    @property
    def undo_text(self) -> str:
        """Return what an undo would take back, '' when nothing."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """Return what a redo would do again, '' when nothing."""
        return self._stack.redoText()

    def add(self, words: Words, step: Step) -> None:
        """Add a stroke that goes to the disk now."""
        self._stack.push(_Command(words, step, self._moves))

    def drop_void(self) -> None:
        """Drop the newest steps that changed nothing."""
        while (command := self._newest()) is not None and command.is_void:
            command.setObsolete(True)
            self._stack.undo()

    def undo(self) -> None:
        """Take the newest step back."""
        self._stack.undo()
        self._play_moves()

    def redo(self) -> None:
        """Do the step taken back last again."""
        self._stack.redo()
        self._play_moves()

    def revert(self, move: Move) -> None:
        """Stand where one stood before a move that was refused."""
        (self._stack.redo if move.is_undo else self._stack.undo)()
        self._moves.clear()

    def begin(self, card: Card) -> None:
        """Forget everything, unless it is about this revision of this card."""
        if (card.id, card.revision) != self._about:
            self._about = (card.id, card.revision)
            self._stack.clear()

    def _newest(self) -> "_Command | None":
        index = self._stack.index()
        command = self._stack.command(index - 1) if index else None
        return command if isinstance(command, _Command) else None

    def _play_moves(self) -> None:
        moves = [*self._moves]
        self._moves.clear()
        for move in moves:
            self._play(move)


def _place(words: Words) -> tuple[Kind, Sequence[ClauseId], int]:
    return words.kind, words.clauses, words.visit
