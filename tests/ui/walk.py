"""What is looked at on every screen of the walk; each check returns what is wrong, in words."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from ui.views.more.view import MoreView
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_button import KeyLine

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)
_PARTS = (QHeaderView, QScrollBar)  # of a view, not controls of their own
_LONGEST_ROUND = 500
_FEWEST_LETTERS = 4  # of a line that is wrapped
_SECTIONS = 3  # of a date
_ROUNDING = 2  # pixels


def nameless(scope: QWidget) -> list[str]:
    """Return the controls a screen reader has no word for."""
    return [f"nameless {_known(each)}" for each in _controls(scope) if not _name(each)]


def unreached(scope: QWidget) -> list[str]:
    """Return the enabled controls that Tab and the arrow keys of a group do not lead to."""
    reached = _tab_round()
    return [
        f"unreached {_known(each)}"
        for each in _controls(scope)
        if each.isEnabled() and each not in reached and not _is_by_key(each, reached)
    ]


def not_one_primary(scope: QWidget) -> list[str]:
    """Return the default actions when there is not exactly one; 更多 has none."""
    found = [each for each in _visible(scope) if each.objectName() == "primary"]
    needs_one = not any(isinstance(each, MoreView) for each in _visible(scope))
    is_right = len(found) == 1 if needs_one else not found
    return [] if is_right else [f"primary: {list(map(_known, found))}"]


def squeezed(scope: QWidget) -> list[str]:
    """Return the widgets that are smaller than they may be, scroll areas' contents left out."""
    return [
        f"squeezed {_known(each)} {_size(each)}"
        for each in _visible(scope)
        if _is_squeezed(each) and not _is_scrolled(each)
    ]


def cut(scope: QWidget) -> list[str]:
    """Return the labels and headings whose words are not all to be seen."""
    labels = [
        f"cut {_known(each)} {each.width()} of {each.sizeHint().width()}"
        for each in _visible(scope)
        if isinstance(each, QLabel) and not isinstance(each, ElidedLabel) and _is_cut(each)
    ]
    headers = [each for each in _visible(scope) if isinstance(each, QHeaderView)]
    areas = [each for each in _visible(scope) if isinstance(each, QScrollArea)]
    return [
        *labels,
        *(fault for header in headers for fault in _cut_sections(header)),
        *(f"cut contents of {_known(area)} {_size(area)}" for area in areas if _is_fixed(area)),
    ]


class Flashes(QObject):
    """Notes windows that come up beside the one: a part shown before it had a parent."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._seen: list[str] = []
        application.installEventFilter(self)

    def take(self) -> list[str]:
        """Return what was noted since the last time."""
        seen, self._seen = self._seen, []
        return seen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at everything that is shown."""
        if isinstance(watched, QWidget) and event.type() is QEvent.Type.Show:
            self._note(watched)
        return False

    def _note(self, widget: QWidget) -> None:
        if widget.isWindow() and not isinstance(widget, QMainWindow):
            self._seen.append(f"flash {_known(widget)}")


CHECKS: tuple[Callable[[QWidget], list[str]], ...] = (nameless, not_one_primary, squeezed, cut)


def _visible(scope: QWidget) -> Iterator[QWidget]:
    for each in scope.findChildren(QWidget):
        if each.isVisible() and not each.isWindow() and not each.objectName().startswith("qt_"):
            yield each


def _controls(scope: QWidget) -> list[QWidget]:
    return [each for each in _visible(scope) if _is_control(each)]


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, _PARTS):
        return False
    if isinstance(widget, _CONTROLS):
        return True
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _name(widget: QWidget) -> str:
    """Return what a screen reader says; a hint inside a field is no name."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _tab_round() -> set[QWidget]:
    """Press Tab until the focus is back where it was."""
    reached: set[QWidget] = set()
    widget = QApplication.focusWidget()
    while widget and widget not in reached and len(reached) < _LONGEST_ROUND:
        reached.add(widget)
        widget = _after(widget)
    return reached


def _after(widget: QWidget) -> QWidget | None:
    """Press Tab; in a date it goes from year to month to day before it leaves."""
    for _ in range(_SECTIONS if isinstance(widget, QAbstractSpinBox) else 1):
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is not widget:
            break
    return QApplication.focusWidget()


def _is_by_key(widget: QWidget, reached: set[QWidget]) -> bool:
    """Tell whether arrow keys lead to a button, or a key that it shows presses it."""
    if isinstance(widget, KeyLine):
        return True
    if not isinstance(widget, QAbstractButton):
        return False
    if not widget.shortcut().isEmpty():
        return True
    group: QButtonGroup | None = widget.group()
    return group is not None and any(each in reached for each in group.buttons())


def _is_squeezed(widget: QWidget) -> bool:
    needed = widget.minimumSizeHint()
    return not isinstance(widget, _PARTS) and (
        widget.width() < needed.width() - _ROUNDING
        or widget.height() < needed.height() - _ROUNDING
    )


def _is_scrolled(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            return True
        parent = area
    return False


def _is_cut(label: QLabel) -> bool:
    if not label.text():
        return False
    if label.wordWrap():
        letters = min(len(label.text()), _FEWEST_LETTERS)
        narrowest = label.fontMetrics().horizontalAdvance(label.text()[:letters])
        is_low = label.height() < label.heightForWidth(label.width()) - _ROUNDING
        return is_low or label.width() < narrowest - _ROUNDING
    return label.width() < label.sizeHint().width() - _ROUNDING


def _is_fixed(area: QScrollArea) -> bool:
    """Tell whether an area holds more than it shows and cannot be scrolled to the side."""
    never = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return never and area.widget().width() > area.viewport().width()


def _cut_sections(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return
    for section in range(header.count()):
        needed = header.fontMetrics().horizontalAdvance(
            str(header.model().headerData(section, header.orientation()))
        )
        if not header.isSectionHidden(section) and header.sectionSize(section) < needed:
            yield f"cut heading {section} {header.sectionSize(section)} of {needed}"


def _known(widget: QWidget) -> str:
    """Return what tells a widget from others."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel | QLineEdit) else ""
    words = (type(widget).__name__, widget.objectName(), widget.accessibleName(), text[:20])
    return " ".join(filter(None, words))


def _size(widget: QWidget) -> str:
    needed = widget.minimumSizeHint()
    return f"{widget.width()}x{widget.height()} of {needed.width()}x{needed.height()}"
