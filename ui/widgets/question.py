"""A question that stops for an answer: only before something would be lost or doubled."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(
    parent: QWidget,
    text: str,
    *,
    yes: str,
    no: str,
    then: Callable[[], object],
    otherwise: Callable[[], object] | None = None,
) -> None:
    """Ask; call `then` on yes, `otherwise` on no, which is the default and what Escape means."""
    box = QMessageBox(
        QMessageBox.Icon.Question, parent.window().windowTitle(), text, parent=parent
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton(yes, QMessageBox.ButtonRole.AcceptRole).clicked.connect(then)
    stay = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    if otherwise is not None:
        stay.clicked.connect(otherwise)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.open()
