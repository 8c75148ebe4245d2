"""时间戳服务: who is asked for time stamps when a card is sealed; nobody until it is set."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.domain.moment import local_date
from ui.labels import Labels
from ui.widgets.file_dialog import ask_file
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel
from ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from app.services.seal.time_stamps import ChosenService


class StampPanel(Panel):
    """`given` carries the address and the file of the CA certificate; `cleared` tells to stop."""

    given = Signal(str, object)
    cleared = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__(labels("more.stamps"))
        self._labels = labels
        self._path: Path | None = None
        self._present = self.add_text(labels("more.stamps.present"))
        self._address = TextField(name=labels("more.stamps.address"))
        self._address.setPlaceholderText(labels("more.stamps.address"))
        self._address.returnPressed.connect(self._give)
        self._choose = QPushButton(labels("more.stamps.choose"))
        self._choose.clicked.connect(self._on_choose_clicked)
        self._name = QLabel()
        self._name.setObjectName("muted")
        self._clear = QPushButton(labels("more.stamps.clear"))
        self._clear.clicked.connect(self.cleared)
        self._use = QPushButton(labels("more.stamps.use"))
        self._use.clicked.connect(lambda _: self._give())
        self._refusal = Notice(kind="refusal")
        self.add(labels("more.stamps.change"), self._new_form())

    def show_service(self, service: "ChosenService | None") -> None:
        """Show the service that is set, and begin anew."""
        if service is None:
            self._present.setText(self._labels("more.stamps.none"))
        else:
            until = local_date(service.ca.not_after).isoformat()
            self._present.setText(
                self._labels("more.stamps.set", url=service.url, name=service.name, until=until)
            )
        if not service and self._clear.hasFocus():
            self._address.setFocus()
        self._clear.setEnabled(service is not None)
        self._address.clear()
        self._path = None
        self._name.setText(self._labels("more.stamps.no_file"))
        self.refuse("")

    def refuse(self, sentence: str) -> None:
        """Say why a service was not taken; what was typed stays."""
        self._refusal.tell(sentence)

    def choose(self, path: Path) -> None:
        """Take the file of a certificate."""
        self._path = path
        self._name.setText(path.name)
        self._use.setFocus()

    def _new_form(self) -> QFrame:
        about = QLabel(self._labels("more.stamps.about"))
        about.setObjectName("muted")
        about.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addWidget(self._name, stretch=1)
        row.addWidget(self._clear)
        row.addWidget(self._use)
        form = QFrame()
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(about)
        layout.addWidget(self._address)
        layout.addLayout(row)
        layout.addWidget(self._refusal)
        return form

    def _on_choose_clicked(self) -> None:
        ask_file(self, self._labels("more.stamps.choose"), self.choose)

    def _give(self) -> None:
        self._address.flush()
        if self._path is None:
            self.refuse(self._labels("more.stamps.choose_first"))
            self._choose.setFocus()
            return
        self.given.emit(self._address.text(), self._path)
