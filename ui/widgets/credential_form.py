"""Asks for a credential file (.akid) and its passphrase, inline: no text is entered in a box."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ui.labels import Labels
from ui.widgets.file_dialog import ask_file
from ui.widgets.notice import Notice
from ui.widgets.passphrase_field import PassphraseField


class CredentialForm(QFrame):
    """`given` carries the path of the file and the passphrase as typed."""

    given = Signal(object, str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._path: Path | None = None
        self._choose = QPushButton(labels("credential.choose"))
        self._choose.clicked.connect(self._on_choose_clicked)
        self._name = QLabel(labels("credential.none_chosen"))
        self._name.setObjectName("muted")
        self._words = PassphraseField(labels)
        self._words.setPlaceholderText(labels("credential.passphrase"))
        self._words.entered.connect(self._give)
        self._use = QPushButton(labels("credential.use"))
        self._use.clicked.connect(self._give)
        self._refusal = Notice(kind="refusal")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._choose)
        first.addWidget(self._name, stretch=1)
        second.addWidget(self._words, stretch=1)
        second.addWidget(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self._refusal)
        self._show_path(None)

    def refuse(self, sentence: str) -> None:
        """Say why a credential was not taken; what was chosen stays."""
        self._refusal.tell(sentence)
        self._words.setFocus()

    def reset(self) -> None:
        """Forget file and passphrase."""
        if self.isAncestorOf(self.window().focusWidget()):
            self._choose.setFocus()  # before the line it is in is of no use
        self._words.clear()
        self._refusal.tell("")
        self._show_path(None)

    def _on_choose_clicked(self) -> None:
        ask_file(self, self._labels("credential.choose"), self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        self._show_path(path)
        self._words.setFocus()

    def _show_path(self, path: Path | None) -> None:
        self._path = path
        self._name.setText(path.name if path else self._labels("credential.none_chosen"))
        self._words.setEnabled(path is not None)
        self._use.setEnabled(path is not None)

    def _give(self) -> None:
        if self._path is not None:
            self._refusal.tell("")
            self.given.emit(self._path, self._words.text())
