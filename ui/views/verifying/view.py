"""The screen 核验: drop a file, paste a picture or type a check code; the verdict stands below."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton

from ui.views.verifying.presenter import VerifyingPresenter
from ui.views.verifying.verdict_panel import VerdictPanel
from ui.widgets.file_dialog import ask_file
from ui.widgets.notice import Notice
from ui.widgets.scan_drop import ScanDrop
from ui.widgets.screen import Around, Screen

if TYPE_CHECKING:  # it takes the crypto along
    from app.services.verify.telling import Told

_TALL = 132  # pixels: a place to drop something has to be hit


class VerifyingView(Screen):
    """Shows what comes of verifying; nothing is kept of it."""

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("verifying.title"))
        self._drop = ScanDrop(
            hint=self._labels("verifying.hint"),
            choose=self._labels("verifying.choose"),
            paste=self._labels("verifying.paste"),
            kinds="",
        )
        self._drop.setMinimumHeight(_TALL)
        self._drop.choose_button.setObjectName("primary")
        self._default = self._drop.choose_button
        self._code = QLineEdit()
        self._find = QPushButton(self._labels("verifying.find"))
        self._trust = QPushButton(self._labels("verifying.trust"))
        self._trusted = Notice()
        self._panel = VerdictPanel(self._labels)
        self._presenter = VerifyingPresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show_verdict,
            wait=self._panel.wait,
            refuse=self._panel.refuse,
            trusting=self._trusted.tell,
            announce=around.announce,
        )
        self._build()
        self.setAcceptDrops(True)

    def enter(self) -> None:
        """Begin at the button that asks for a file."""
        self._drop.choose_button.setFocus()

    def take(self, path: Path) -> None:
        """Verify a file."""
        self._presenter.take(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what is dropped beside the place for it, too."""
        self._drop.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Verify what is dropped."""
        self._drop.dropEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste a picture from anywhere on the screen."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._drop.paste()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._drop.given.connect(self._presenter.take)
        self._drop.several.connect(lambda: self._panel.refuse(self._labels("one_file")))
        caption = QLabel(self._labels("verifying.code"))
        caption.setObjectName("muted")
        caption.setBuddy(self._code)
        self._code.setAccessibleName(self._labels("verifying.code"))
        self._code.setPlaceholderText(self._labels("verifying.code_hint"))
        self._code.setMaximumWidth(260)
        self._code.returnPressed.connect(self._on_find_asked)
        self._find.clicked.connect(self._on_find_asked)
        self._trust.clicked.connect(self._on_trust_clicked)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(caption)
        line.addWidget(self._code, stretch=1)
        line.addWidget(self._find)
        line.addStretch()
        line.addWidget(self._trust)
        self.body.addWidget(self._drop)
        self.body.addLayout(line)
        self.body.addWidget(self._trusted)
        self.body.addWidget(self._panel, stretch=1)
        self.body.addStretch()
        self.add_button("verifying.back", self.left.emit, at_left=True)

    def _show_verdict(self, verdict: "Told") -> None:
        self._panel.show_verdict(verdict)

    def _on_find_asked(self) -> None:
        self._presenter.find(self._code.text())

    def _on_trust_clicked(self) -> None:
        ask_file(self, self._labels("verifying.trust"), self._presenter.take)
