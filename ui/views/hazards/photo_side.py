"""The photos of one side, 整改前 or 整改后: small pictures, and three ways to add more."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.evidence import Sha256
from app.domain.hazard import Side
from ui.labels import Labels
from ui.views.hazards.layouts import empty
from ui.views.hazards.page import Tile
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.file_dialog import ask_files
from ui.widgets.notice import Notice
from ui.widgets.picture_mime import may_hold_pictures, pictures_of
from ui.widgets.pixels import image_over

_THUMB = QSize(144, 108)
_KINDS = "*.jpg *.jpeg *.png *.heic *.heif *.webp *.bmp *.tif *.tiff *.gif"
_COLUMNS = 2
_CHOICES = 5
_TITLES = {Side.BEFORE: "hazards.photos.before", Side.AFTER: "hazards.photos.after"}


class PhotoSide(QFrame):
    """Shows one side and forwards what is dropped, pasted or picked."""

    files_given = Signal(list)
    picture_given = Signal(object)
    removed = Signal(str)

    def __init__(self, side: Side, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._title = labels(_TITLES[side])
        self._shown: tuple[Tile, ...] = ()
        self._pictures: dict[Sha256, QLabel] = {}
        self._is_read_only = False
        self.setObjectName("photos")
        self.setAccessibleName(self._title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self._add = self._button("hazards.photos.add", self._pick)
        self._paste = self._button("hazards.photos.paste", self._take_clipboard)
        self._hint = QLabel(labels("hazards.photos.none"))
        self._hint.setObjectName("muted")
        self._hint.setWordWrap(True)
        self._refusal = Notice(kind="refusal")
        self._tiles = QGridLayout()
        self._tiles.setSpacing(8)
        self._tiles.setColumnStretch(_COLUMNS, 1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(QLabel(self._title))
        head.addStretch()
        head.addWidget(self._add)
        head.addWidget(self._paste)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._hint)
        layout.addLayout(self._tiles)
        layout.addWidget(self._refusal)
        layout.addStretch()

    def show_tiles(self, tiles: tuple[Tile, ...], refusal: str, *, is_read_only: bool) -> None:
        """Show other photos; the buttons to change them only where they may be changed."""
        self._refusal.tell(refusal)
        self._add.setVisible(not is_read_only)
        self._paste.setVisible(not is_read_only)
        self._hint.setVisible(not tiles and not is_read_only)
        if (tiles, is_read_only) == (self._shown, self._is_read_only):
            return  # what is typed in a field draws the whole sheet
        self._shown = tiles
        if [tile.sha256 for tile in tiles] != [*self._pictures] or (
            is_read_only is not self._is_read_only
        ):
            self._is_read_only = is_read_only
            empty(self._tiles)
            self._pictures = {}
            for place, tile in enumerate(tiles):
                self._tiles.addWidget(self._new_tile(tile), place // _COLUMNS, place % _COLUMNS)
        for tile in tiles:
            self._pictures[tile.sha256].setPixmap(pixmap_of(tile))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste by key when the side itself has the focus."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self._is_read_only:
            self._take_clipboard()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let pictures and files in."""
        mime = event.mimeData()
        if not self._is_read_only and may_hold_pictures(mime):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take_clipboard(self) -> None:
        self._take(QGuiApplication.clipboard().mimeData())

    def _take(self, mime: QMimeData) -> None:
        handed = pictures_of(mime)
        if handed.paths:
            self.files_given.emit(list(handed.paths))
        for encode in handed.contents:
            self.picture_given.emit(encode)
        if handed.is_empty:
            self._refusal.tell(self._labels("hazards.photos.nothing"))

    def _pick(self) -> None:
        kinds = f"{self._labels('hazards.photos.files')} ({_KINDS})"
        ask_files(self, self._title, self.files_given.emit, kinds=kinds)

    def _new_tile(self, tile: Tile) -> QWidget:
        picture = QLabel()
        picture.setFixedSize(_THUMB)
        picture.setObjectName("thumb")
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setAccessibleName(tile.name)
        self._pictures[tile.sha256] = picture
        name = ElidedLabel(tile.name)
        name.setObjectName("caption")
        widget = QWidget()
        widget.setFixedWidth(_THUMB.width())
        layout = QVBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(picture)
        layout.addWidget(name)
        if not self._is_read_only:
            remove = self._button("hazards.photos.remove", lambda: self.removed.emit(tile.sha256))
            remove.setObjectName("quiet")
            remove.setAccessibleName(f"{self._labels('hazards.photos.remove')} {tile.name}")
            layout.addWidget(remove)
        layout.addStretch()
        return widget

    def _button(self, key: str, asked: Callable[[], None]) -> QPushButton:
        button = QPushButton(self._labels(key))
        button.setAccessibleName(f"{button.text()} {self._title}")
        button.clicked.connect(lambda _: asked())
        return button


class PhotoChoices(QWidget):
    """The photos behind the clause: pressed ones show the hazard before its rectification."""

    toggled = Signal(str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._shown: tuple[Tile, ...] = ()
        self._buttons: dict[Sha256, QPushButton] = {}
        caption = QLabel(labels("hazards.photos.choose"))
        caption.setObjectName("muted")
        caption.setWordWrap(True)
        self._name = caption.text()
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(_CHOICES, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(caption)
        layout.addLayout(self._grid)

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Show other photos; hidden while there is none."""
        self.setVisible(bool(tiles))
        if tiles == self._shown:
            return
        self._shown = tiles
        if [tile.sha256 for tile in tiles] != [*self._buttons]:
            empty(self._grid)
            self._buttons = {tile.sha256: self._new_button(tile) for tile in tiles}
            for place, button in enumerate(self._buttons.values()):
                self._grid.addWidget(button, place // _CHOICES, place % _CHOICES)
        for tile in tiles:
            button = self._buttons[tile.sha256]
            button.setChecked(tile.is_chosen)
            button.setIcon(QIcon(pixmap_of(tile)))
            button.setText("" if tile.pixels else tile.name)

    def _new_button(self, tile: Tile) -> QPushButton:
        button = QPushButton()
        button.setObjectName("thumb")
        button.setCheckable(True)
        button.setAccessibleName(f"{self._name} {tile.name}")
        button.setToolTip(tile.name)
        button.setIconSize(_THUMB)
        button.clicked.connect(partial(self._on_clicked, tile.sha256))
        return button

    def _on_clicked(self, sha256: Sha256) -> None:
        chosen = next(tile for tile in self._shown if tile.sha256 == sha256).is_chosen
        self._buttons[sha256].setChecked(chosen)  # only what is saved
        self.toggled.emit(sha256)


def pixmap_of(tile: Tile) -> QPixmap:
    """Return the small picture of a tile as large as it is shown."""
    if tile.pixels is None:
        return QPixmap()
    image = image_over(tile.pixels.content, width=tile.pixels.width, height=tile.pixels.height)
    return QPixmap.fromImage(image).scaled(
        _THUMB,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
