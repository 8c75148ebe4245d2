"""The left of 照片归类: which group is shown, its small pictures, how many there are."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ui.labels import Labels
from ui.models.photos import PhotoModel
from ui.views.photos.page import Group, Page
from ui.widgets.picture_list import PictureList

_GROUPS = {
    Group.WAITING: "photos.group_waiting",
    Group.FILED: "photos.group_filed",
    Group.UNCLAIMED: "photos.group_unclaimed",
}


class TrayPane(QWidget):
    """Shows a group of photos. `chosen` tells the key of the photo the person is at, '' for none.

    `wanted` names a photo whose small picture is seen and not held.
    """

    chosen = Signal(str)
    wanted = Signal(str)
    group_asked = Signal(str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._model = PhotoModel(self)
        self._model.wanted.connect(self.wanted, Qt.ConnectionType.QueuedConnection)
        self.list = PictureList(self._model, name=labels("photos.tray"))
        self.list.selectionModel().currentChanged.connect(self._on_list_current_changed)
        self._told = ""
        self._groups = {group: self._new_group(group) for group in Group}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        groups = QGridLayout()
        groups.setSpacing(4)
        columns = self.list.columns
        groups.addWidget(self._groups[Group.WAITING], 0, 0)
        groups.addWidget(self._groups[Group.FILED], *divmod(1, columns))
        groups.addWidget(self._groups[Group.UNCLAIMED], 2, 0, 1, columns)
        layout.addLayout(groups)
        layout.addWidget(self.list, stretch=1)
        self.setFixedWidth(self.list.sizeHint().width())

    @property
    def key(self) -> str:
        """Return the key of the photo the person is at, '' for none."""
        return self._model.key(self.list.currentIndex().row())

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the selected photos, in order."""
        return tuple(self._model.key(row) for row in self.list.selected_rows())

    def show_page(self, page: Page) -> None:
        """Show the photos of a page; where the one the person was at is gone, the next."""
        for group, button in self._groups.items():
            button.setText(self._labels(_GROUPS[group], photos=page.counts[group]))
            button.setChecked(group is page.group)
            button.setVisible(group is not Group.UNCLAIMED or page.counts[group] > 0)
        before, at = self.key, self.list.currentIndex().row()
        if not self._model.show(page.photos):
            return
        row = self._model.row(before)
        self.list.go_to(max(at, 0) if row < 0 else row)
        self._on_list_current_changed()

    def put_picture(self, key: str, picture: QImage) -> None:
        """Hold a small picture."""
        self._model.put_picture(key, picture)

    def picture(self, key: str) -> QImage | None:
        """Return a small picture if it is held."""
        return self._model.picture(key)

    def step(self, photos: int) -> None:
        """Go some photos on."""
        row = self.list.currentIndex().row() + photos
        if 0 <= row < self._model.rowCount():
            self.list.go_to(row)

    def _new_group(self, group: Group) -> QPushButton:
        button = QPushButton()
        button.setObjectName("choice")
        button.setCheckable(True)
        button.clicked.connect(partial(self._on_group_clicked, group))
        return button

    def _on_group_clicked(self, group: Group) -> None:
        self._groups[group].setChecked(True)
        self.group_asked.emit(group)
        self.list.setFocus()

    def _on_list_current_changed(self) -> None:
        if self.key != self._told:
            self._told = self.key
            self.chosen.emit(self.key)
