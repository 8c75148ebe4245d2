"""The middle of 照片归类: the photo, what is drawn on it, what happened last."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.photo import Shape
from ui.labels import Labels
from ui.views.photos.intake_report import IntakeReport
from ui.views.photos.page import Page
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.picture_marking import MarkingView, Tool


class PicturePane(QWidget):
    """Shows one photo, tools to draw on it, and what happened last.

    `near_asked`: more detail would be seen; `kept`: shapes to be kept for a key; `stamped`: a
    stamped copy is wanted; `stopped`: an intake is to end.
    """

    near_asked = Signal()
    kept = Signal(str, tuple)
    stamped = Signal()
    stopped = Signal()
    marking_ended = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._key = ""
        self._refused: dict[str, tuple[Shape, ...]] = {}
        self.view = MarkingView(name=labels("photos.picture"))
        self._caption = ElidedLabel()
        self._caption.setObjectName("muted")
        self._arrow = self._button(
            "photos.arrow", "photos.arrow_tip", lambda: self.begin(Tool.ARROW)
        )
        self._box = self._button("photos.box", "photos.box_tip", lambda: self.begin(Tool.BOX))
        self._stamp = self._button("photos.stamp", "photos.stamp_tip", self.stamped.emit)
        self._keep = self._button("photos.keep_marks", "photos.keep_marks_tip", self.keep)
        self._drop = self._button("photos.drop_marks", "photos.drop_marks_tip", self.end)
        self._further = self._button("photos.further", "photos.further_tip", lambda: self.zoom(-1))
        self._whole = self._button("photos.whole", "photos.whole_tip", self.view.fit)
        self._nearer = self._button("photos.nearer", "photos.nearer_tip", lambda: self.zoom(1))
        self._said = QLabel()
        self._said.setObjectName("muted")
        self._said.setWordWrap(True)
        self._progress = QLabel()
        self._stop = self._button("photos.stop", "photos.stop_tip", self.stopped.emit)
        self._report = IntakeReport(labels)
        self._build()
        self._show_tools()

    def show_page(self, page: Page) -> None:
        """Show what happened last, how far an intake is, what was not taken."""
        self._said.setText(page.said)
        self._progress.setText(page.progress)
        self._progress.setVisible(bool(page.progress))
        self._stop.setVisible(bool(page.progress))
        self._report.show_sentences(page.refused)

    def show_photo(self, key: str, picture: QImage | None, caption: str) -> None:
        """Show another photo, whole; what is drawn on the one before is kept."""
        self.keep()
        self._key = key
        self.view.show_picture(picture)
        self._caption.setText(caption)
        for button in (self._arrow, self._box, self._stamp):
            button.setEnabled(bool(key))
        self._take_up_refused()

    def say(self, sentence: str) -> None:
        """Say something about the photo."""
        self._said.setText(sentence)

    @property
    def is_marking(self) -> bool:
        """Tell whether something is being drawn."""
        return self._keep.isVisibleTo(self)

    def begin(self, tool: Tool) -> None:
        """Draw on the photo from now on."""
        if self.view.picture is not None:
            self.view.begin(tool)
            self._show_tools(is_marking=True)

    def keep(self) -> None:
        """Have what is drawn kept, and draw no more."""
        if self.is_marking:
            shapes = self.view.shapes
            self.end()
            self.kept.emit(self._key, shapes)

    def end(self) -> None:
        """Draw no more."""
        if self.is_marking:
            self.view.end()
            self._show_tools()
            self.marking_ended.emit()

    def take_up(self, key: str, shapes: tuple[Shape, ...]) -> None:
        """Have shapes that could not be kept back on their photo, now or when it is shown."""
        self._refused[key] = shapes
        if key == self._key and not self.is_marking:
            self._take_up_refused()

    @property
    def holds_refused(self) -> bool:
        """Tell whether something drawn could not be kept and would be lost."""
        return bool(self._refused) or self.is_marking

    def forget(self) -> None:
        """Give up what is drawn and could not be kept."""
        self._refused.clear()
        self.end()

    def _take_up_refused(self) -> None:
        shapes = self._refused.pop(self._key, ())
        if shapes:
            self.view.take_up(shapes)
            self._show_tools(is_marking=True)

    def zoom(self, steps: int) -> None:
        """Go nearer or further away."""
        self.view.zoom(steps)
        self.near_asked.emit()

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(4)
        for button in (
            self._arrow,
            self._box,
            self._stamp,
            self._keep,
            self._drop,
            self._further,
            self._whole,
            self._nearer,
        ):
            tools.addWidget(button)
        tools.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, stretch=1)
        foot.addWidget(self._progress)
        foot.addWidget(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(tools)
        layout.addWidget(self.view, stretch=1)
        layout.addWidget(self._caption)
        layout.addWidget(self._report)
        layout.addLayout(foot)

    def _button(self, key: str, tip: str, asked: Callable[[], None]) -> QPushButton:
        button = QPushButton(self._labels(key))
        button.setToolTip(self._labels(tip))
        button.setAccessibleName(self._labels(tip))
        button.clicked.connect(lambda _: asked())
        return button

    def _show_tools(self, *, is_marking: bool = False) -> None:
        self._keep.setVisible(is_marking)
        self._drop.setVisible(is_marking)
        self._stamp.setVisible(not is_marking)
