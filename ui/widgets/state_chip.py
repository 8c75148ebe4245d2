"""How far a card has come, as a coloured chip: in a list and beside a heading."""

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.delivery import State
from ui.theme import LIGHT, Colours, worn
from ui.widgets.pill import draw_pill

_HEIGHT = 24
_PADDING = 10
_Index = QModelIndex | QPersistentModelIndex


def chip_colours(state: State | None, colours: Colours = LIGHT) -> tuple[str, str]:
    """Return text and ground: calm for what is done, loud for what waits for somebody here."""
    match state:
        case None:
            return colours.muted, colours.idle_tint
        case State.COMPLETE | State.RETURNED:
            return colours.alert, colours.alert_tint
        case State.ADOPTED:
            return colours.on_accent, colours.accent
        case State.DRAFT | State.SIGNED | State.EXPORTED | State.RECEIVED:
            return colours.accent_dark, colours.accent_soft


class StateChip(QLabel):
    """A chip beside a heading."""

    def show_state(self, state: State | None, word: str) -> None:
        """Show another state."""
        ink, ground = chip_colours(state, worn())
        height = max(_HEIGHT, self.fontMetrics().height() + 4)
        self.setText(word)
        self.setStyleSheet(
            f"color: {ink}; background: {ground}; border-radius: {height // 2}px;"
            f"padding: 0 {_PADDING}px; min-height: {height}px; max-height: {height}px;"
        )


class StateDelegate(QStyledItemDelegate):
    """Draws a column as chips: the word is the text, the `State` the user role."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        """Leave the word to the chip."""
        del value, locale
        return ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the selection as usual, then the chip over it."""
        super().paint(painter, option, index)
        word = str(index.data())
        state = index.data(Qt.ItemDataRole.UserRole)  # Qt makes a plain string of it
        ink, ground = chip_colours(None if state is None else State(state), worn())
        cell = self._view.visualRect(index).adjusted(_PADDING // 2, 0, -_PADDING // 2, 0)
        draw_pill(painter, cell, word, ink=ink, ground=ground)
