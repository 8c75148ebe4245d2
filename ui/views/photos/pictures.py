"""Brings pictures from the compute lane to the panes: small ones as seen, the large one chosen."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from app.errors import AppError
from ui.labels import Labels
from ui.tasks import Tasks
from ui.views.photos.large import NEAR, WHOLE, LargePicture
from ui.views.photos.picture_pane import PicturePane
from ui.views.photos.presenter import PhotosPresenter
from ui.views.photos.shown import caption_of
from ui.views.photos.thumbnails import Thumbnails
from ui.views.photos.tray_pane import TrayPane
from ui.widgets.pixels import image_over

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.pictures.scaling import Pixels
    from app.services.photos.photo_intake import PhotoRoom


class Pictures:
    """Wires tray and picture to what makes their pictures."""

    def __init__(
        self,
        presenter: PhotosPresenter,
        tasks: Tasks,
        labels: Labels,
        *,
        tray: TrayPane,
        picture: PicturePane,
    ) -> None:
        self._presenter = presenter
        self._labels = labels
        self._tray = tray
        self._picture = picture
        self._shown: Pixels | None = None  # the memory of the large picture
        self._thumbnails = Thumbnails(tasks, ready=self._on_thumbnail_made)
        self._large = LargePicture(tasks, ready=self._on_picture_made, refused=self._on_refused)
        tray.wanted.connect(self._on_thumbnail_wanted)
        tray.chosen.connect(self._on_photo_chosen)
        picture.near_asked.connect(self._on_near_asked)

    def use(self, room: "PhotoRoom") -> None:
        """Know where files are kept."""
        self._thumbnails.use(room)
        self._large.use(room)

    def _on_thumbnail_wanted(self, key: str) -> None:
        item = self._presenter.item(key)
        if item is not None:
            self._thumbnails.want(key, item.photo.file)

    def _on_thumbnail_made(self, key: str, made: "Pixels") -> None:
        self._tray.put_picture(key, _image(made).copy())

    def _on_photo_chosen(self, key: str) -> None:
        """Show the small picture until the large one is there."""
        item = self._presenter.item(key)
        if item is None:
            self._large.forget()
            self._picture.show_photo("", None, self._labels("photos.none_here"))
            return
        caption = caption_of(item, self._labels)
        self._picture.show_photo(key, self._tray.picture(key), caption)
        self._large.want(item.photo.file, WHOLE)

    def _on_near_asked(self) -> None:
        item = self._presenter.item(self._tray.key)
        if item is not None and self._picture.view.is_near:
            self._large.want(item.photo.file, NEAR)

    def _on_picture_made(self, key: str, made: "Pixels") -> None:
        if key == self._tray.key:
            self._picture.view.sharpen(_image(made))
            self._shown = made

    def _on_refused(self, refusal: AppError) -> None:
        self._picture.say(self._labels.refusal(refusal))


def _image(pixels: "Pixels") -> QImage:
    """Return pixels as Qt's picture over the same memory, which has to outlive it."""
    return image_over(pixels.content, width=pixels.width, height=pixels.height)
