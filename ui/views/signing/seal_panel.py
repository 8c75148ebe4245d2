"""电子签封: the passphrase, asked for once a day, and the seal."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.labels import Labels
from ui.views.signing.page import Page
from ui.views.signing.second_seal import SecondSeal
from ui.views.signing.work import Second
from ui.widgets.notice import Notice
from ui.widgets.passphrase_field import PassphraseField


class SealPanel(QFrame):
    """Shown on a draft, and on a sealed card that still owes a signature (补签).

    `seal_asked` and `lock_asked` tell what was pressed; the passphrase is in `typed`. `grown`
    tells that more stands here while somebody is at it: a part opened, a refusal.
    """

    seal_asked = Signal()
    lock_asked = Signal()
    grown = Signal()

    def __init__(self, labels: Labels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._labels = labels
        title = QLabel(labels("signing.seal"))
        title.setObjectName("group")
        self._sentence = QLabel()
        self._sentence.setObjectName("muted")
        self._sentence.setWordWrap(True)
        self._passphrase = PassphraseField(labels)
        self._passphrase.setPlaceholderText(labels("signing.passphrase"))
        self._passphrase.entered.connect(self.ask)
        self._lock = QPushButton(labels("signing.lock"))
        self._lock.clicked.connect(self.lock_asked)
        self._seal = QPushButton(labels("signing.seal"))
        self._seal.clicked.connect(lambda _: self.ask())
        self._second = SecondSeal(labels)
        self._second.entered.connect(self.ask)
        self.refusal = Notice(kind="refusal")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._passphrase, stretch=1)
        row.addWidget(self._lock)
        row.addStretch()
        row.addWidget(self._seal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self._sentence)
        layout.addWidget(self._second)
        layout.addLayout(row)
        layout.addWidget(self.refusal)

    @property
    def typed(self) -> str:
        """Return the passphrase as typed."""
        return self._passphrase.text()

    @property
    def second(self) -> Second | None:
        """Return what another assessor brought to seal beside, None where nobody did."""
        return self._second.second

    def forget(self) -> None:
        """Forget the passphrases: they opened the keys, or belong to another moment."""
        self._passphrase.clear()
        self._second.reset()
        self.refusal.tell("")

    def show_page(self, page: Page) -> None:
        """Show how it stands with the key and the seal."""
        owes = any(place.is_open for place in page.places)
        self.setVisible(page.sealed is None or owes)
        self._sentence.setText(self._labels(_sentence(page)))
        asks = page.lock.has_credential and not page.lock.is_open
        self._passphrase.setVisible(asks)
        self._lock.setVisible(page.lock.is_open)
        self._second.setVisible(page.is_for_two and page.lock.has_credential)
        self._second.setEnabled(not page.busy)
        self._seal.setVisible(page.sealed is None and page.lock.has_credential)
        self._seal.setEnabled(page.is_ready and not page.busy)
        self._seal.setObjectName("primary" if page.is_ready else "")
        self._seal.style().polish(self._seal)

    def take_focus(self) -> None:
        """Begin at a passphrase that may have to be typed anew, else at the seal.

        No focus proxy: Tab would skip what stands before it.
        """
        if not self._passphrase.isHidden():
            self._passphrase.setFocus(Qt.FocusReason.TabFocusReason)  # selects what is there
        elif self._second.is_asked:
            self._second.take_focus()
        else:
            self._seal.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the part somebody is at needs more room."""
        super().resizeEvent(event)
        if event.size().height() > event.oldSize().height() and self._holds_focus():
            self.grown.emit()

    def ask(self) -> None:
        """Ask for the seal, once all that was begun here is given."""
        if not self._seal.isVisible() or not self._seal.isEnabled():
            return
        if self._second.is_asked and self.second is None:
            self.refusal.tell(self._labels("signing.second.choose_first"))
            self._second.take_focus()
            return
        self.seal_asked.emit()

    def _holds_focus(self) -> bool:
        held = QApplication.focusWidget()
        return held is not None and self.isAncestorOf(held)


def _sentence(page: Page) -> str:
    if not page.lock.has_credential:
        return "signing.seal.no_credential"
    if page.sealed is not None:
        return "signing.seal.late"
    if not page.is_ready:
        return "signing.seal.later"
    return "signing.seal.open" if page.lock.is_open else "signing.seal.ask"
