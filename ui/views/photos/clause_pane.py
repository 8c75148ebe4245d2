"""The right of 照片归类: the clauses with their codes and counts, or the units to choose from."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QListWidget,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.labels import Labels
from ui.models.photos import ClauseLine, ClauseModel
from ui.theme import worn
from ui.views.photos.page import Page

_NARROWEST, _WIDEST = 14, 24  # widths of a letter m
_EDGE = 8
_CODE = "4.2.3  "
_LINES = 2
_NEVER_FIRST = frozenset("，。、；：）》”")
_WALK = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_TOP_RIGHT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
_Index = QModelIndex | QPersistentModelIndex


class ClausePane(QWidget):
    """`clause_chosen` names a clause by its id; `unit_chosen` one of the units shown, by place."""

    clause_chosen = Signal(str)
    unit_chosen = Signal(int)
    choosing_ended = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._model = ClauseModel(self)
        self._clauses = _ClauseList(self._model, name=labels("photos.clauses"))
        self._clauses.clicked.connect(self._on_clause_activated)
        self._clauses.entered_by_key.connect(self._on_clause_activated)
        self._units = _UnitList(name=labels("photos.units"))
        self._units.chosen.connect(self.unit_chosen)
        self._units.left.connect(self.choosing_ended)
        self._title = QLabel()
        self._title.setObjectName("caption")
        self._title.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._clauses)
        self._stack.addWidget(self._units)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._stack, stretch=1)
        letter = self.fontMetrics().horizontalAdvance("m")
        self.setMinimumWidth(letter * _NARROWEST)
        self.setMaximumWidth(letter * _WIDEST)

    @property
    def is_choosing(self) -> bool:
        """Tell whether units are shown."""
        return self._stack.currentWidget() is self._units

    def show_page(self, page: Page, typed: str) -> None:
        """Show the clauses of a page, and the digits of a code typed so far."""
        self._model.show(page.clauses)
        if self.is_choosing:
            return
        if typed:
            self._title.setText(self._labels("photos.typed", digits=typed))
        elif page.repeat:
            self._title.setText(self._labels("photos.repeat", codes=page.repeat))
        else:
            self._title.setText(self._labels("photos.type_code"))

    def mark(self, clause_id: str) -> None:
        """Bring a clause into sight."""
        row = self._model.row(clause_id)
        if row >= 0:
            self._clauses.setCurrentIndex(self._model.index(row))

    def choose_unit(self, title: str) -> None:
        """Make room for the units to choose from; `show_units` follows."""
        self._units.wait()
        self._title.setText(title)
        self._stack.setCurrentWidget(self._units)
        self._units.setFocus()

    def show_units(self, names: tuple[str, ...]) -> None:
        """Show the units; the first nine can be chosen by their digit."""
        if self.is_choosing:
            self._units.show_names(names)

    def show_clauses(self) -> None:
        """Go back to the clauses."""
        self._stack.setCurrentWidget(self._clauses)

    def _on_clause_activated(self, index: QModelIndex) -> None:
        line: ClauseLine = index.data(Qt.ItemDataRole.UserRole)
        self.clause_chosen.emit(line.key)


class _UnitList(QListWidget):
    """Units to choose from: by digit, by Enter, by a click; Escape goes back."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName("units")
        self.setAccessibleName(name)
        self.itemClicked.connect(self._on_item_chosen)
        self._digit = 0

    def wait(self) -> None:
        """Show nothing yet; a digit pressed meanwhile is remembered."""
        self._digit = 0
        self.clear()

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show the units, and choose the one whose digit was pressed already."""
        self.addItems([f"{place}  {name}" for place, name in enumerate(names, start=1)])
        self.setCurrentRow(0)
        self._choose(self._digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose."""
        digit = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER:
            self._on_item_chosen()
        elif digit.isascii() and digit.isdigit():
            self._digit = int(digit)
            self._choose(self._digit)
        else:
            super().keyPressEvent(event)

    def _choose(self, number: int) -> None:
        if 1 <= number <= self.count():
            self.chosen.emit(number - 1)

    def _on_item_chosen(self) -> None:
        self._choose(self.currentRow() + 1)


class _ClauseList(QListView):
    """The clauses of a form; every key but walking and Enter is left to the screen."""

    entered_by_key = Signal(QModelIndex)

    def __init__(self, model: ClauseModel, *, name: str) -> None:
        super().__init__()
        self.setObjectName("clauses")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_ClauseDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, and choose with Enter."""
        if event.key() in _WALK:
            super().keyPressEvent(event)
        elif event.key() in _ENTER and self.currentIndex().isValid():
            self.entered_by_key.emit(self.currentIndex())
        else:
            event.ignore()


class _ClauseDelegate(QStyledItemDelegate):
    """Draws a clause: its code, two lines of its text, how many files stand behind it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for two lines; the whole text is the tip."""
        del option, index
        return QSize(0, self._view.fontMetrics().lineSpacing() * _LINES + 2 * _EDGE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw it; the current one is tinted, one with files has its count in the accent."""
        del option
        colours = worn()
        line: ClauseLine = index.data(Qt.ItemDataRole.UserRole)
        whole = self._view.visualRect(index)
        painter.save()
        if self._view.currentIndex() == index:
            painter.fillRect(whole, QColor(colours.accent_tint))
        painter.setPen(QColor(colours.line))
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        inner = whole.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        metrics = QFontMetrics(self._view.font())
        code = metrics.horizontalAdvance(_CODE)
        count = metrics.horizontalAdvance("000")
        painter.setPen(QColor(colours.accent_dark))
        painter.drawText(inner, _TOP_LEFT, line.code)
        painter.setPen(QColor(colours.accent if line.files else colours.muted))
        painter.drawText(inner, _TOP_RIGHT, str(line.files or ""))
        painter.setPen(QColor(colours.text))
        room = inner.adjusted(code, 0, -count, 0)
        painter.setClipRect(room)
        painter.drawText(room, _TOP_LEFT, _cut(line.title, metrics, room))
        painter.restore()


def _cut(text: str, metrics: QFontMetrics, room: QRect) -> str:
    """Return as much of a text as two lines hold; Chinese may be broken anywhere."""
    first = len(text)
    while first and metrics.horizontalAdvance(text[:first]) > room.width():
        first -= 1
    while 0 < first < len(text) and text[first] in _NEVER_FIRST:
        first -= 1
    rest = metrics.elidedText(text[first:], Qt.TextElideMode.ElideRight, room.width())
    return f"{text[:first]}\n{rest}"
