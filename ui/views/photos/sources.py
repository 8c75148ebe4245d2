"""Where photos come from: dialogs, the clipboard, what is dropped, the watched folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.labels import Labels
from ui.tasks import Tasks
from ui.views.photos.drop_folder import DropFolder
from ui.views.photos.presenter import PhotosPresenter
from ui.widgets.file_dialog import ask_files, ask_folder
from ui.widgets.picture_mime import Handed, pictures_of


class Sources:
    """Asks for photos in every way and hands them to the presenter."""

    def __init__(
        self, presenter: PhotosPresenter, tasks: Tasks, labels: Labels, *, parent: QWidget
    ) -> None:
        self._presenter = presenter
        self._labels = labels
        self._parent = parent
        self._watched = Path()
        self._folder = DropFolder(tasks, take=self._on_found, parent=parent)

    def watch(self, folder: Path) -> None:
        """Watch a folder."""
        self._watched = folder
        self._folder.watch(folder)

    def look(self) -> None:
        """Look into the watched folder."""
        self._folder.look()

    def ask_files(self) -> None:
        """Ask for files; none is filtered out, so that each gets its answer."""
        ask_files(self._parent, self._labels("photos.import"), self._presenter.take_paths)

    def ask_folder(self) -> None:
        """Ask for a folder or an SD card."""
        title = self._labels("photos.import_folder")
        ask_folder(self._parent, title, lambda path: self._presenter.take_paths([path]))

    def ask_watched(self) -> None:
        """Ask for another folder to be watched."""
        title = self._labels("photos.drop_folder")
        ask_folder(self._parent, title, self._presenter.watch, begin=self._watched)

    def paste(self) -> None:
        """Take what lies on the clipboard."""
        self.take(pictures_of(QGuiApplication.clipboard().mimeData()))

    def take(self, handed: Handed) -> None:
        """Take what was handed over."""
        self._presenter.take_paths(handed.paths)
        self._presenter.take_contents(handed.contents)
        if handed.is_empty:
            self._presenter.say_nothing_pasted()

    def _on_found(self, files: Sequence[Path]) -> None:
        """Take what was found; while another screen is shown nobody knows whose it is."""
        if self._parent.isVisible():
            self._presenter.take_paths(files)
        else:
            self._presenter.take_strays(files)
