"""What stands above the places: what holds a card up, and what a correction changed."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.labels import SEPARATOR, Labels
from ui.steps import Step
from ui.views.signing.page import Page
from ui.widgets.notice import Notice


class Notes(QWidget):
    """Sentences with the way to mend what they say; `step_asked` names a screen."""

    step_asked = Signal(str)

    def __init__(self, labels: Labels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._holds = _Note("hold")
        self._holds.add_way(labels("signing.to_scoring"), partial(self._ask, Step.SCORING))
        self._cautions = Notice(kind="caution")
        self._revision = _Note("revision")
        self._revision.add_way(labels("signing.to_visit"), partial(self._ask, Step.VISIT))
        self._revision.add_way(labels("signing.to_scoring"), partial(self._ask, Step.SCORING))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for note in (self._holds, self._revision, self._cautions):
            layout.addWidget(note)

    def show_page(self, page: Page) -> None:
        """Show what is to be said of a card; nothing, where there is nothing."""
        self._holds.show_lines("", page.holds)
        self._cautions.tell(SEPARATOR.join(page.cautions))
        note = page.revision
        if note is None:
            self._revision.show_lines("", ())
        else:
            lines = (note.reason, *note.lines, note.consequence)
            self._revision.show_lines(note.title, lines, is_alert=note.is_scores)
        self._revision.show_ways(page.sealed is None)
        is_needed = bool(page.holds or page.cautions or note)
        self.setVisible(is_needed)

    def _ask(self, step: Step) -> None:
        self.step_asked.emit(step)


class _Note(QFrame):
    """A title, lines, and buttons that lead to where it is mended."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setObjectName(kind)
        self._title = QLabel()
        self._title.setObjectName("group")
        self._lines = QLabel()
        self._lines.setWordWrap(True)
        self._ways = QWidget()
        self._buttons = QHBoxLayout(self._ways)
        self._buttons.setContentsMargins(0, 4, 0, 0)
        self._buttons.setSpacing(8)
        self._buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        for part in (self._title, self._lines, self._ways):
            layout.addWidget(part)
        self.hide()

    def add_way(self, word: str, asked: "partial[None]") -> None:
        button = QPushButton(word)
        button.clicked.connect(lambda _: asked())
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def show_lines(self, title: str, lines: tuple[str, ...], *, is_alert: bool = False) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._lines.setText("\n".join(lines))
        self.setProperty("alert", is_alert)
        self.style().polish(self)
        self.setVisible(bool(lines))

    def show_ways(self, shown: bool) -> None:  # noqa: FBT001 - as QWidget.setVisible
        self._ways.setVisible(shown)
