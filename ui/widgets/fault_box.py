"""What a person sees of a bug: a calm sentence, the details one click away, a line in the log."""

import logging
import traceback

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from ui.labels import Labels

_log = logging.getLogger(__name__)


class FaultBox:
    """Tells faults one at a time: a second one while the first is open only goes to the log."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._box: QMessageBox | None = None

    def show(self, fault: BaseException) -> None:
        """Log a fault and tell it."""
        _log.error("fault of the program", exc_info=fault)
        if self._box is not None:
            return
        self._box = box = QMessageBox(
            QMessageBox.Icon.Warning,
            self._labels("title"),
            self._labels("fault"),
            QMessageBox.StandardButton.NoButton,
            QApplication.activeWindow(),
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText(self._labels("fault.next"))
        box.setDetailedText("".join(traceback.format_exception(fault)))
        box.addButton(self._labels("go_on"), QMessageBox.ButtonRole.AcceptRole)
        box.finished.connect(self._on_finished)
        box.open()

    def _on_finished(self) -> None:
        self._box = None
