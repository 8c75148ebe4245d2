"""另一名考核人员同时签封: his credential file and passphrase, closed until they are asked for."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.labels import Labels
from ui.views.signing.work import Second
from ui.widgets.file_dialog import ask_file
from ui.widgets.passphrase_field import PassphraseField


class SecondSeal(QWidget):
    """`second` is what was given; `entered` tells that Enter was pressed behind it."""

    entered = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._path: Path | None = None
        self._open = QPushButton(labels("signing.second"))
        self._open.setObjectName("option")
        self._open.setCheckable(True)
        self._choose = QPushButton(labels("credential.choose"))
        self._choose.clicked.connect(self._on_choose_clicked)
        self._name = QLabel()
        self._name.setObjectName("muted")
        self._words = PassphraseField(labels)
        self._words.setPlaceholderText(labels("signing.second.passphrase"))
        self._words.entered.connect(self.entered)
        self._behind = QWidget()
        self._open.toggled.connect(self._on_toggled)
        about = QLabel(labels("signing.second.about"))
        about.setObjectName("muted")
        about.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._choose)
        row.addWidget(self._name, stretch=1)
        inside = QVBoxLayout(self._behind)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(about)
        inside.addLayout(row)
        inside.addWidget(self._words)
        head = QHBoxLayout()
        head.addWidget(self._open)
        head.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._behind)
        self.reset()

    @property
    def is_asked(self) -> bool:
        """Tell whether a second person is to seal."""
        return not self.isHidden() and self._open.isChecked()

    @property
    def second(self) -> Second | None:
        """Return the credential chosen and the passphrase as typed, None while none is chosen."""
        if not self.is_asked or self._path is None:
            return None
        return Second(path=self._path, typed=self._words.text())

    def choose(self, path: Path) -> None:
        """Take a credential file."""
        self._path = path
        self._name.setText(path.name)
        self._words.clear()
        self._words.setEnabled(True)
        self._words.setFocus()

    def take_focus(self) -> None:
        """Begin where something is missing or wrong, which typing then replaces."""
        if self._path is None:
            self._choose.setFocus()
        else:
            self._words.setFocus(Qt.FocusReason.TabFocusReason)

    def reset(self) -> None:
        """Forget file and passphrase, and close."""
        self._open.setChecked(False)
        self._behind.hide()
        self._path = None
        self._name.setText(self._labels("credential.none_chosen"))
        self._words.clear()
        self._words.setEnabled(False)

    def _on_toggled(self, opened: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._behind.setVisible(opened)
        if opened:
            self._choose.setFocus()

    def _on_choose_clicked(self) -> None:
        ask_file(self, self._labels("credential.choose"), self.choose)
