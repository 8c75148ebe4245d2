"""屏幕手写: a page over the whole window, for one signature. Cancelling keeps what was."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.labels import Labels
from ui.views.signing.page import Page
from ui.views.signing.places import Place
from ui.widgets.ink_pad import InkPad
from ui.widgets.notice import Notice


class InkPage(QFrame):
    """Says who signs and what, and takes the ink. It stays until `finish` or until cancelled.

    `given` carries the `Ink`; `closed` tells that the page is gone.
    """

    given = Signal(object)
    closed = Signal()

    def __init__(self, labels: Labels, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("ink_page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(labels("signing.ink"))
        self._labels = labels
        self._window = window
        self._signer: tuple[str, str] | None = None
        self._refused_for: tuple[str, str] | None = None
        self._who, self._what, self._meaning = QLabel(), QLabel(), QLabel()
        self._who.setObjectName("heading")
        self._meaning.setObjectName("muted")
        self._refusal = Notice(kind="refusal")
        self.pad = InkPad(name=labels("signing.ink.pad"))
        self.pad.changed.connect(self._on_pad_changed)
        self._undo = self._new_button("signing.ink.undo", self.pad.undo)
        self._clear = self._new_button("signing.ink.clear", self.pad.clear)
        self._cancel = self._new_button("cancel", self.close_page)
        self._confirm = self._new_button("signing.ink.confirm", self._give)
        self._confirm.setObjectName("primary")
        self._build()
        window.installEventFilter(self)
        self.hide()

    @property
    def has_drawn(self) -> bool:
        """Tell whether ink stands here that was not taken yet."""
        return self.isVisible() and not self.pad.is_empty

    def begin(self, place: Place, name: str, page: Page) -> None:
        """Show the page for one signer: empty, or with what was drawn there and refused."""
        self._who.setText(self._labels("signing.ink.who", role=place.role, name=name))
        self._what.setText(page.what)
        self._meaning.setText(page.meaning)
        self._refusal.tell("")
        if self._refused_for != (place.signatory, name):
            self.pad.clear()
        self._signer, self._refused_for = (place.signatory, name), None
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._confirm.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why the signature was not taken; what was drawn stays."""
        self._refused_for = self._signer if sentence else None
        self._refusal.tell(sentence)

    def close_page(self) -> None:
        """Leave without a signature, or after it was taken."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Keep keys from the shortcuts of the window behind."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window, whatever its size."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Keep the focus on the page: what is behind it cannot be seen."""
        buttons = [each for each in self._order if each.isEnabled()]
        held = self.focusWidget()
        place = buttons.index(held) if held in buttons else -1
        buttons[(place + (1 if next_ else -1)) % len(buttons)].setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Enter, leave with Escape, undo; nothing reaches what is behind."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.pad.undo()
            return
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_page()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._give()
            case _:
                event.accept()

    def _build(self) -> None:
        self._order = (self._cancel, self._undo, self._clear, self._confirm)
        for label in (self._who, self._what, self._meaning):
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._cancel)
        buttons.addStretch()
        for button in (self._undo, self._clear, self._confirm):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 20, 32, 16)
        layout.setSpacing(8)
        for part in (self._who, self._what, self._meaning):
            layout.addWidget(part)
        layout.addWidget(self.pad, stretch=1)
        layout.addWidget(self._refusal)
        layout.addLayout(buttons)
        self._on_pad_changed()

    def _new_button(self, key: str, asked: Callable[[], None]) -> QPushButton:
        button = QPushButton(self._labels(key))
        button.clicked.connect(lambda _: asked())
        return button

    def _on_pad_changed(self) -> None:
        for button in (self._undo, self._clear):
            button.setEnabled(not self.pad.is_empty)

    def _give(self) -> None:
        self.given.emit(self.pad.ink())
